import { h, render, button, failed } from './dom.js';

const KEPT = 5000;
const DRAWN = 1000;
const HUES = 8;

/** Which colour is a service's own: the same in every window, and never the only sign. */
function hue(name) {
  let sum = 0;
  for (const character of name) {
    sum = (sum * 31 + character.codePointAt(0)) % 9973;
  }
  return sum % HUES;
}

function clock(time) {
  const at = new Date(time);
  return Number.isNaN(at.getTime()) ? '' : at.toLocaleTimeString('en-GB');
}

/** Finds a text, or with slashes around it a regular expression; null where it is none. */
function matcher(asked) {
  if (asked === '') {
    return { test: () => true, marks: null };
  }
  const slashed = asked.match(/^\/(.+)\/$/);
  try {
    const pattern = slashed ? slashed[1] : asked.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    const expression = new RegExp(pattern, 'i');
    return { test: text => expression.test(text), marks: new RegExp(pattern, 'gi') };
  } catch (error) {
    return null;
  }
}

function marked(text, marks) {
  if (!marks) {
    return [text];
  }
  const parts = [];
  let from = 0;
  for (const found of text.matchAll(marks)) {
    if (found[0] === '') {
      break;
    }
    parts.push(text.slice(from, found.index), h('mark', {}, found[0]));
    from = found.index + found[0].length;
  }
  parts.push(text.slice(from));
  return parts;
}

/** What the containers write, as it comes. */
export function logs(section, state) {
  let lines = [];
  let last = 0;
  let find = matcher('');
  let missed = 0;
  const hidden = new Set();
  let following = true;

  const search = h('input', {
    type: 'search',
    placeholder: 'Find, or /regular expression/',
    'aria-label': 'Find in the logs',
    'aria-keyshortcuts': '/',
    spellcheck: 'false',
    oninput: () => {
      const found = matcher(search.value);
      search.setAttribute('aria-invalid', String(found === null));
      if (found) {
        find = found;
        redraw();
      }
    },
  });
  const chips = h('div', { class: 'chips', role: 'group', 'aria-label': 'Services' });
  const told = h('p', { class: 'soft told', role: 'status' });
  const latest = button('Follow', () => follow(true), { 'aria-pressed': 'true' });
  const box = h('div', { class: 'log card', tabindex: '0', role: 'log', 'aria-label': 'Log lines', 'aria-live': 'off' });
  section.append(
    h('header', { class: 'head' }, h('h2', { id: 'logs-title' }, 'Logs'), h('div', { class: 'tools' }, search, latest)),
    chips,
    box,
    told,
  );
  box.addEventListener('scroll', () => {
    const end = box.scrollHeight - box.scrollTop - box.clientHeight < 24;
    if (end !== following) {
      follow(end);
    }
  });

  function follow(on) {
    following = on;
    latest.setAttribute('aria-pressed', String(on));
    if (on) {
      box.scrollTop = box.scrollHeight;
    }
  }

  function names() {
    return [...new Set([...state.services.map(one => one.name), ...lines.map(one => one.service)])].sort();
  }

  function drawChips() {
    const longest = Math.max(4, ...lines.map(line => line.source.length));
    box.style.setProperty('--source', `${longest}ch`);
    render(
      chips,
      names().map(name =>
        h(
          'button',
          {
            type: 'button',
            class: `chip hue-${hue(name)}`,
            'data-key': `chip ${name}`,
            'aria-pressed': String(!hidden.has(name)),
            onclick: () => {
              hidden.has(name) ? hidden.delete(name) : hidden.add(name);
              drawChips();
              redraw();
            },
          },
          name,
        ),
      ),
    );
  }

  const wanted = line => !hidden.has(line.service) && find.test(line.text);

  function drawn(line) {
    return h(
      'div',
      { class: 'line' },
      h('time', { class: 'soft', title: line.time }, clock(line.time)),
      h('span', { class: `source hue-${hue(line.service)}` }, line.source),
      h('span', { class: 'text' }, marked(line.text, find.marks)),
    );
  }

  function redraw() {
    const fitting = lines.filter(wanted);
    box.replaceChildren(...fitting.slice(-DRAWN).map(drawn));
    if (fitting.length === 0) {
      box.append(h('p', { class: 'empty' }, lines.length === 0 ? 'Nothing was written yet.' : 'No line fits.'));
    }
    tell(fitting.length);
    follow(following);
  }

  function tell(fitting) {
    const parts = [`${fitting.toLocaleString('en')} of ${lines.length.toLocaleString('en')} lines`];
    if (fitting > DRAWN) {
      parts.push(`the last ${DRAWN.toLocaleString('en')} are shown`);
    }
    if (missed > 0) {
      parts.push(`${missed.toLocaleString('en')} skipped: they came too fast (devshell logs has them)`);
    }
    told.textContent = parts.join(' · ');
  }

  /** Services are told one after the other; a person reads by time. */
  function untangle() {
    lines.sort((one, other) => (one.time < other.time ? -1 : one.time > other.time ? 1 : one.n - other.n));
  }

  function add(more) {
    const fresh = more.filter(line => line.n > last);
    if (fresh.length === 0) {
      return;
    }
    last = fresh.at(-1).n;
    const known = names().length;
    const before = lines.at(-1)?.time ?? '';
    const tangled = fresh.some((line, index) => line.time < (index > 0 ? fresh[index - 1].time : before));
    lines.push(...fresh);
    if (tangled) {
      untangle();
    }
    lines.splice(0, lines.length - KEPT);
    if (names().length !== known || chips.childElementCount === 0) {
      drawChips();
    }
    if (!section.hidden && tangled) {
      redraw();
    } else if (!section.hidden) {
      const fitting = fresh.filter(wanted).slice(-DRAWN);
      box.querySelector('.empty')?.remove();
      box.append(...fitting.map(drawn));
      while (box.childElementCount > DRAWN) {
        box.firstElementChild.remove();
      }
      tell(lines.filter(wanted).length);
      if (following) {
        box.scrollTop = box.scrollHeight;
      }
    }
  }

  return {
    of: ['services'],
    draw: drawChips,
    shown: redraw,
    all(value) {
      lines = value;
      last = value.length > 0 ? value.at(-1).n : 0;
      untangle();
      drawChips();
      redraw();
    },
    add,
    dropped(many) {
      missed += many;
      tell(lines.filter(wanted).length);
    },
  };
}
