import { h, render, toast, failed, startFrom, count } from './dom.js';
import { services } from './services.js';
import { logs } from './logs.js';
import { sync } from './sync.js';
import { conflicts } from './conflicts.js';
import { tests } from './tests.js';
import { history } from './history.js';

const VIEWS = [
  ['services', 'Services'],
  ['logs', 'Logs'],
  ['sync', 'Sync'],
  ['conflicts', 'Conflicts'],
  ['tests', 'Tests'],
  ['history', 'History'],
];

/** What the page was told last. */
const state = {
  sync: null,
  services: [],
  conflicts: [],
  history: [],
  tasks: [],
  samples: [],
  changes: [],
  over: false,
};

const parts = {};
for (const [id, make] of Object.entries({ services, logs, sync, conflicts, tests, history })) {
  parts[id] = make(document.getElementById(`view-${id}`), state);
}

function view() {
  const asked = location.hash.slice(1);
  return VIEWS.some(([id]) => id === asked) ? asked : 'services';
}

function show() {
  for (const [id] of VIEWS) {
    document.getElementById(`view-${id}`).hidden = id !== view();
  }
  nav();
  parts[view()].shown?.();
}

function badge(id) {
  switch (id) {
    case 'services':
      return state.services.filter(one => ['UNHEALTHY', 'FAILED', 'RESTARTING'].includes(one.condition)).length;
    case 'conflicts':
      return state.conflicts.length;
    case 'sync':
      return state.sync ? state.sync.replicas.filter(one => one.state === 'FAILED').length : 0;
    case 'tests':
      return parts.tests.failures();
    default:
      return 0;
  }
}

function nav() {
  render(
    document.getElementById('nav'),
    VIEWS.map(([id, title], index) => {
      const many = badge(id);
      return h(
        'a',
        {
          href: `#${id}`,
          'data-key': id,
          'aria-current': id === view() ? 'page' : null,
          'aria-keyshortcuts': String(index + 1),
        },
        h('span', {}, title),
        many > 0 ? h('span', { class: 'badge', title: `${many} need you` }, String(many)) : h('kbd', { 'aria-hidden': 'true' }, String(index + 1)),
      );
    }),
  );
}

function standing() {
  const now = state.sync;
  const [mark, text] = state.over
    ? ['off', 'The session has ended']
    : !now
      ? ['off', 'Connecting …']
      : now.paused
        ? ['warn', 'Sync is paused']
        : now.replicas.length === 0
          ? ['off', 'Nothing is in sync']
          : now.replicas.some(one => one.state === 'FAILED')
            ? ['bad', 'A container is not in sync']
            : now.settled
              ? state.conflicts.length > 0
                ? ['warn', `In sync but for ${count(state.conflicts.length, 'conflict')}`]
                : ['good', 'In sync']
              : ['warn', count(now.replicas.reduce((sum, one) => sum + one.waiting, 0), 'change') + ' on the way'];
  render(document.getElementById('standing'), h('span', { class: `dot ${mark}`, 'aria-hidden': 'true' }), text);
}

function gone(text) {
  const banner = document.getElementById('gone');
  banner.hidden = !text;
  render(banner, text || '');
}

function changed(...names) {
  for (const [id, part] of Object.entries(parts)) {
    if (names.some(name => part.of.includes(name))) {
      part.draw();
    }
  }
  nav();
  standing();
}

const handlers = {
  hello() {
    state.over = false;
    gone('');
  },
  sync(value) {
    state.sync = value;
    startFrom(value.directory);
    document.getElementById('project').textContent = value.project;
    document.getElementById('directory').textContent = value.directory;
    document.getElementById('directory').title = value.directory;
    document.title = `${value.project} – devshell`;
    changed('sync');
  },
  services(value) {
    state.services = value;
    changed('services');
  },
  conflicts(value) {
    state.conflicts = value;
    changed('conflicts');
  },
  history(value) {
    state.history = value;
    changed('history');
  },
  tasks(value) {
    for (const task of value) {
      const before = state.tasks.find(one => one.id === task.id);
      if (before?.state === 'going' && task.state !== 'going') {
        task.state === 'done' ? toast(`${task.service} was ${task.what}`) : failed(task.fault);
      }
    }
    state.tasks = value;
    changed('tasks');
  },
  samples(value) {
    state.samples = value;
    changed('samples');
  },
  sample(value) {
    state.samples.push(value);
    state.samples.splice(0, state.samples.length - 600);
    changed('samples');
  },
  changes(value) {
    state.changes = value;
    changed('changes');
  },
  change(value) {
    state.changes.push(value);
    state.changes.splice(0, state.changes.length - 50);
    parts.sync.passed(value);
    changed('changes');
  },
  notice(value) {
    toast([value.what, value.next].filter(Boolean).join(' · '));
  },
  logs: value => parts.logs.all(value),
  log: value => parts.logs.add(value),
  'logs-trouble': value => failed(value),
  dropped: value => parts.logs.dropped(value.lines),
  tests(value) {
    parts.tests.all(value);
    nav();
  },
  test(value) {
    parts.tests.add(value);
    nav();
  },
  testing: value => parts.tests.standing(value),
  trouble(value) {
    gone(value.what ? [value.what, value.why, value.next].filter(Boolean).join(' · ') : '');
  },
  ended() {
    state.over = true;
    gone('The session has ended. “devshell up -d” begins another, “devshell ui” shows it.');
    source.close();
    standing();
  },
};

const source = new EventSource('api/events');
for (const [kind, handle] of Object.entries(handlers)) {
  source.addEventListener(kind, event => handle(JSON.parse(event.data)));
}
source.addEventListener('error', () => {
  if (!state.over) {
    gone('devshell does not answer. The page goes on when it does; “devshell ui” serves it anew.');
  }
});

addEventListener('hashchange', show);
addEventListener('keydown', event => {
  const typing = event.target.closest('input, textarea, select');
  if (event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  if (typing) {
    if (event.key === 'Escape') {
      event.target.blur();
    }
    return;
  }
  const number = Number(event.key);
  if (number >= 1 && number <= VIEWS.length) {
    location.hash = VIEWS[number - 1][0];
  } else if (event.key === '/') {
    const search = document.querySelector('section:not([hidden]) input[type=search]');
    if (search) {
      event.preventDefault();
      search.focus();
    }
  }
});
setInterval(() => changed('clock'), 10000);
show();
standing();
