import { h, s, render, button, post, get, failed, toast, age, bytes, count, word, shown } from './dom.js';
import { plot } from './plot.js';

const STATES = { READY: 'good', FAILED: 'bad' };

function arrow(active) {
  return s(
    'svg',
    { class: active ? 'arrow active' : 'arrow', viewBox: '0 0 56 16', 'aria-hidden': 'true' },
    s('path', { d: 'M4 5h48m0 0-4-4m4 4-4 4' }),
    s('path', { d: 'M52 11H4m0 0 4-4m-4 4 4 4' }),
  );
}

function figure(value, label) {
  return h('div', { class: 'figure' }, h('span', { class: 'value' }, value), h('span', { class: 'soft' }, label));
}

function flow(label, one) {
  const rate = one.bytesPerSecond > 0 ? `, ${bytes(one.bytesPerSecond)}/s` : '';
  return h(
    'div',
    { class: 'flow' },
    h('span', { class: 'soft' }, label),
    h('span', {}, `${count(one.edits, 'edit')}, ${bytes(one.bytes)}${rate}`),
    h('span', { class: 'soft' }, one.edits > 0 ? `${one.edit.p50Millis.toFixed(1)} ms each, 95 of 100 below ${one.edit.p95Millis.toFixed(1)}` : ''),
  );
}

function replica(one) {
  return h(
    'div',
    { class: 'replica' },
    h(
      'div',
      { class: 'replica-head' },
      h('span', { class: `dot ${STATES[one.state] ?? 'warn'}`, 'aria-hidden': 'true' }),
      h('strong', {}, `${one.service}-${one.number}`),
      h('span', {}, word(one.state)),
      h('span', { class: 'soft' }, [count(one.files, 'file'), one.waiting > 0 && `${one.waiting} waiting`, one.conflicts > 0 && `${one.conflicts} in conflict`, one.detail].filter(Boolean).join(', ')),
    ),
    flow('to the container', one.toContainer),
    flow('to the host', one.toHost),
    one.waits.map(wait => h('p', { class: 'wait' }, h('span', { class: 'mono' }, shown(wait.path)), h('span', { class: 'soft' }, ` ${wait.why}`))),
    one.waits.length < one.waiting && one.waits.length > 0 && h('p', { class: 'soft' }, `and ${one.waiting - one.waits.length} more`),
    one.errors.slice(0, 3).map(error => h('p', { class: 'wait bad' }, `${age(error.when)} ago: ${error.message}`)),
  );
}

/** What maps where, what passes, what waits, and what it takes. */
export function sync(section, state) {
  let plans = null;
  let way = 'toContainer';
  const active = new Map();
  const pause = button('Pause', () => post(state.sync?.paused ? 'resume' : 'pause'), { 'data-key': 'pause' });
  const flush = button('Flush', async () => {
    flush.disabled = true;
    if (await post('flush')) {
      toast('All that was written so far is applied everywhere');
    }
    flush.disabled = false;
  }, { title: 'Wait until all that was written so far is applied everywhere' });
  const figures = h('div', { class: 'figures' });
  const map = h('div', {});
  const ways = h('div', { class: 'segments', role: 'group', 'aria-label': 'Direction' });
  const graph = h('div', { class: 'card plot-card' });
  const recent = h('ul', { class: 'card recent' });
  section.append(
    h('header', { class: 'head' }, h('h2', { id: 'sync-title' }, 'Sync'), h('div', { class: 'tools' }, flush, pause)),
    figures,
    map,
    h('div', { class: 'head small' }, h('h3', {}, 'What an edit takes'), ways),
    graph,
    h('h3', {}, 'What changed lately'),
    recent,
  );

  async function load() {
    const read = await get('plan');
    if (read.fault) {
      failed(read.fault);
    } else {
      plans = read;
      draw();
    }
  }

  function mapping(plan, one) {
    const host = one.host === '' ? '.' : one.host;
    return h(
      'li',
      { class: 'mapping' },
      h('span', { class: 'mono path' }, one.directory && host !== '.' ? `${host}/` : host),
      arrow((active.get(plan.service) ?? 0) > Date.now()),
      h('span', { class: 'mono path' }, one.container),
      h('span', { class: 'origin soft mono' }, one.origin),
    );
  }

  function service(plan, replicas) {
    return h(
      'article',
      { class: 'card map', 'aria-label': plan.service },
      h(
        'header',
        {},
        h('strong', {}, plan.service),
        h('span', { class: 'soft' }, [plan.stage && !/^\d+$/.test(plan.stage) && `stage ${plan.stage}`, `a conflict is decided by: ${word(plan.policy)}`].filter(Boolean).join(' · ')),
      ),
      plan.mappings.length > 0
        ? h('ul', { class: 'mappings' }, h('li', { class: 'mapping legend soft' }, h('span', {}, 'host'), h('span', {}), h('span', {}, 'container'), h('span', {}, 'because of')), plan.mappings.map(one => mapping(plan, one)))
        : h('p', { class: 'soft' }, plan.notes[0] ?? 'Nothing of the host maps into it.'),
      plan.holes.map(hole => h('p', { class: 'wait soft' }, 'left out: ', h('span', { class: 'mono' }, hole.container), ` (${hole.mount})`)),
      replicas.map(replica),
    );
  }

  function drawMap() {
    const replicas = state.sync?.replicas ?? [];
    const all = plans ?? [];
    const mapped = all.filter(plan => plan.mappings.length > 0 || replicas.some(one => one.service === plan.service));
    const rest = all.filter(plan => !mapped.includes(plan));
    render(
      map,
      plans === null ? h('p', { class: 'card empty' }, 'Reading what maps where …') : mapped.map(plan => service(plan, replicas.filter(one => one.service === plan.service))),
      rest.length > 0 && h('p', { class: 'soft' }, `Not synced, because nothing of the host is copied into them: ${rest.map(plan => plan.service).join(', ')}`),
    );
  }

  function draw() {
    const now = state.sync;
    if (!now) {
      return;
    }
    pause.textContent = now.paused ? 'Resume' : 'Pause';
    const sum = of => now.replicas.reduce((total, one) => total + of(one), 0);
    const slowest = of => Math.max(0, ...now.replicas.map(of));
    const taken = (edits, millis) => (sum(edits) > 0 ? `${slowest(millis).toFixed(1)} ms` : '–');
    render(
      figures,
      figure(sum(one => one.files).toLocaleString('en'), 'files in sync'),
      figure(sum(one => one.waiting).toLocaleString('en'), 'on the way'),
      figure(taken(one => one.toContainer.edits, one => one.toContainer.edit.p50Millis), 'to the container'),
      figure(taken(one => one.toHost.edits, one => one.toHost.edit.p50Millis), 'to the host'),
      figure(now.watches.used.toLocaleString('en'), now.watches.limit > 0 ? `of ${now.watches.limit.toLocaleString('en')} watches` : 'watches'),
    );
    drawMap();
    drawPlot();
    render(
      recent,
      state.changes.length === 0
        ? h('li', { class: 'empty' }, 'Nothing changed since this page was served.')
        : state.changes
            .slice(-12)
            .reverse()
            .map(one =>
              h(
                'li',
                {},
                h('span', { class: 'soft when' }, `${age(one.at)} ago`),
                h('span', { class: 'mono path' }, one.paths.map(shown).join('  '), one.count > one.paths.length && `  and ${one.count - one.paths.length} more`),
                h('span', { class: 'soft' }, one.byContainer ? 'from a container' : one.services.length > 0 ? `to ${one.services.join(', ')}` : 'goes nowhere'),
              ),
            ),
    );
  }

  function drawPlot() {
    if (section.hidden) {
      return;
    }
    render(
      ways,
      [['toContainer', 'To the container'], ['toHost', 'To the host']].map(([id, title]) =>
        h('button', { type: 'button', 'data-key': id, 'aria-pressed': String(id === way), onclick: () => { way = id; drawPlot(); } }, title),
      ),
    );
    render(
      graph,
      plot(state.samples, way, way === 'toContainer' ? 'To the container' : 'To the host'),
      h('p', { class: 'legend soft' }, h('span', { class: 'key p50' }), 'median ', h('span', { class: 'key p95' }), '95 of 100 are below; in ms, of the last 100 edits of the slowest container. Marks below: seconds with edits.'),
    );
  }

  return {
    of: ['sync', 'changes', 'clock', 'samples'],
    draw() {
      if (!section.hidden) {
        draw();
      }
    },
    shown() {
      load();
      draw();
    },
    /** Lets the arrows of the services that a change goes to be seen. */
    passed(change) {
      for (const name of change.services) {
        active.set(name, Date.now() + 1500);
      }
      setTimeout(() => !section.hidden && drawMap(), 1600);
    },
  };
}
