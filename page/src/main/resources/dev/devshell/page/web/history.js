import { h, render, button, post, toast, age, bytes, shown } from './dom.js';

const WHY = { replaced: 'replaced', deleted: 'deleted', conflict: 'lost a conflict', undone: 'replaced by an undo' };

/** What the sync replaced and deleted, and the way back. */
export function history(section, state) {
  const search = h('input', {
    type: 'search',
    placeholder: 'Find a path',
    'aria-label': 'Find a path in the history',
    'aria-keyshortcuts': '/',
    spellcheck: 'false',
    oninput: () => draw(),
  });
  const list = h('div', { class: 'card' });
  section.append(
    h('header', { class: 'head' }, h('h2', { id: 'history-title' }, 'History'), h('div', { class: 'tools' }, search)),
    h('p', { class: 'soft lead' }, 'Every version that the sync replaced or deleted. Undo puts it back on the host, as an edit like any other: what that replaces is here too.'),
    list,
  );

  async function undo(version) {
    if (await post('undo', { id: version.id })) {
      toast(`${shown(version.path)} is as it was ${age(version.when)} ago`);
    }
  }

  function row(version) {
    return h(
      'tr',
      {},
      h('td', { class: 'soft when', title: version.when }, `${age(version.when)} ago`),
      h('td', { class: 'mono path' }, shown(version.path)),
      h('td', {}, version.side === 'host' ? 'host' : version.service),
      h('td', { class: 'soft' }, WHY[version.reason] ?? version.reason),
      h('td', { class: 'soft size' }, version.kind === 'file' ? bytes(version.size) : version.kind),
      h('td', { class: 'end' }, button('Undo', () => undo(version), { 'data-key': version.id, 'aria-label': `Undo: bring back ${shown(version.path)} as it was ${age(version.when)} ago`, title: `devshell sync undo ${version.id}` })),
    );
  }

  function draw() {
    const asked = search.value.toLowerCase();
    const fitting = state.history.filter(one => shown(one.path).toLowerCase().includes(asked));
    render(
      list,
      fitting.length === 0
        ? h('p', { class: 'empty' }, state.history.length === 0 ? 'Nothing was replaced or deleted.' : 'No path fits.')
        : h(
            'table',
            { class: 'versions' },
            h('thead', {}, h('tr', {}, ['When', 'Path', 'Was on', 'Why', 'Size', ''].map(title => h('th', { scope: 'col' }, title)))),
            h('tbody', {}, fitting.map(row)),
          ),
    );
  }

  return { of: ['history', 'clock'], draw: () => !section.hidden && draw(), shown: draw };
}
