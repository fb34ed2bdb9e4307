import { h, render, button, post, get, toast, bytes, shown } from './dom.js';

const KEEPS = [
  ['host', 'Keep the host’s'],
  ['container', 'Keep the container’s'],
  ['both', 'Keep both'],
];

function about(side) {
  switch (side.kind) {
    case 'text':
      return bytes(side.size);
    case 'binary':
      return `binary, ${bytes(side.size)}: it is not shown`;
    case 'large':
      return `${bytes(side.size)}: too large to be shown`;
    case 'link':
      return `a link to ${side.target}`;
    case 'unreadable':
      return `cannot be read: ${side.why}`;
    default:
      return side.kind === 'absent' ? 'was deleted' : `a ${side.kind}`;
  }
}

/** Returns where two lines begin and cease to differ. */
function between(left, right) {
  let start = 0;
  while (start < left.length && start < right.length && left[start] === right[start]) {
    start++;
  }
  let end = 0;
  while (end < left.length - start && end < right.length - start && left[left.length - 1 - end] === right[right.length - 1 - end]) {
    end++;
  }
  return [start, end];
}

function cell(text, [start, end], element) {
  return [text.slice(0, start), start < text.length - end && h(element, {}, text.slice(start, text.length - end)), text.slice(text.length - end)];
}

function row(one) {
  if (one.kind === 'GAP') {
    return h('tr', { class: 'gap' }, h('td', { colspan: 4 }, `${one.count} lines are the same`));
  }
  const parts = one.kind === 'CHANGED' ? between(one.left, one.right) : null;
  return h(
    'tr',
    { class: one.kind.toLowerCase() },
    h('td', { class: 'number' }, one.leftNumber || ''),
    h('td', { class: 'code left' }, parts ? cell(one.left, parts, 'del') : one.left),
    h('td', { class: 'number' }, one.rightNumber || ''),
    h('td', { class: 'code right' }, parts ? cell(one.right, parts, 'ins') : one.right),
  );
}

/** The files that both sides changed, beside one another, and the decision. */
export function conflicts(section, state) {
  let chosen = null;
  let versions = null;
  let seen = '';
  const list = h('ul', { class: 'card files' });
  const body = h('div', {});
  section.append(h('header', { class: 'head' }, h('h2', { id: 'conflicts-title' }, 'Conflicts')), list, body);

  async function choose(id) {
    chosen = id;
    versions = null;
    draw();
    const read = await get(`conflict?${id}`);
    if (chosen === id) {
      versions = read;
      draw();
    }
  }

  async function decide(one, keep) {
    if (await post('resolve', { id: one.id, keep })) {
      const kept = keep === 'both' ? 'both versions are kept' : `the ${keep}’s version stands, the other is in the history`;
      toast(`${shown(one.path)}: ${kept}`);
    }
  }

  function diff(one) {
    return h(
      'article',
      { class: 'card diff', 'aria-label': `Both versions of ${shown(one.path)}` },
      h(
        'header',
        {},
        h('span', { class: 'mono path' }, shown(one.path)),
        h('div', { class: 'buttons' }, KEEPS.map(([keep, label]) => button(label, () => decide(one, keep)))),
      ),
      versions?.fault && h('p', { class: 'wait bad' }, versions.fault.what),
      versions && !versions.fault &&
        h(
          'div',
          { class: 'scroll', tabindex: '0' },
          h(
            'table',
            {},
            h('caption', { class: 'hidden' }, 'On the left the host, on the right the container'),
            h('colgroup', {}, h('col', { class: 'number' }), h('col', {}), h('col', { class: 'number' }), h('col', {})),
            h(
              'thead',
              {},
              h(
                'tr',
                {},
                h('th', { colspan: 2, scope: 'col' }, 'Host ', h('span', { class: 'soft' }, about(versions.host))),
                h('th', { colspan: 2, scope: 'col' }, `${one.service}-${one.number} `, h('span', { class: 'soft' }, about(versions.container))),
              ),
            ),
            h('tbody', {}, (versions.rows ?? []).map(row)),
          ),
        ),
      versions?.cut && h('p', { class: 'soft wait' }, 'The rest is not shown.'),
    );
  }

  function draw() {
    const all = state.conflicts;
    if (!all.some(one => one.id === chosen)) {
      chosen = null;
      versions = null;
    }
    list.hidden = all.length < 2;
    render(
      list,
      all.map(one =>
        h('li', {}, h('button', { type: 'button', 'data-key': one.id, 'aria-pressed': String(one.id === chosen), onclick: () => choose(one.id) }, h('span', { class: 'mono' }, shown(one.path)), h('span', { class: 'soft' }, ` ${one.service}`))),
      ),
    );
    const one = all.find(other => other.id === chosen);
    render(
      body,
      one
        ? diff(one)
        : h(
            'div',
            { class: 'card empty' },
            h('p', {}, 'No file waits for a decision.'),
            h('p', { class: 'soft' }, 'Files wait here under ', h('code', {}, 'x-devshell: {policy: manual}'), '. Under the other policies one version stands at once, and the other is in the ', h('a', { href: '#history' }, 'history'), '.'),
          ),
    );
  }

  return {
    of: ['conflicts'],
    draw() {
      const now = JSON.stringify(state.conflicts);
      if (now === seen) {
        return;
      }
      seen = now;
      draw();
      if (chosen === null && state.conflicts.length > 0) {
        choose(state.conflicts[0].id);
      }
    },
    shown() {
      draw();
      if (chosen === null && state.conflicts.length > 0) {
        choose(state.conflicts[0].id);
      } else if (chosen !== null) {
        choose(chosen);
      }
    },
  };
}
