import { h, s, render, button, post, count, shown, age } from './dom.js';

const KEPT = 20;
const STAGES = {
  synced: 'sync',
  settled: 'services settle',
  compiled: 'compile',
  run: 'run',
};

function millis(value) {
  return value >= 10000 ? `${(value / 1000).toFixed(0)} s` : value >= 1000 ? `${(value / 1000).toFixed(1)} s` : `${Math.round(value)} ms`;
}

/** Reads runs off the events of a test loop. */
function read(runs, event) {
  let run = runs.at(-1);
  switch (event.event) {
    case 'run':
      runs.push({ n: event.n, at: event.at, why: event.why, changed: event.changed, classes: event.tests.length, tests: [], current: '', state: 'running' });
      runs.splice(0, runs.length - KEPT);
      return '';
    case 'busy':
      return `${event.with} …`;
    case 'said':
      return event.text;
    case 'nothing':
      return 'The change concerns no test.';
    case 'waiting':
      return 'Waiting for a change …';
    case 'broken':
      runs.push({ n: event.n, at: event.at, why: 'does not compile', changed: [], tests: [], state: 'broken', problems: event.problems });
      return '';
    case 'error':
      runs.push({ n: event.n, at: event.at, why: '', changed: [], tests: [], state: 'error', fault: event.fault });
      return '';
    default:
      break;
  }
  if (!run) {
    return '';
  }
  if (event.event === 'started') {
    run.current = event.name;
  } else if (event.event === 'finished') {
    run.tests.push(event);
  } else if (event.event === 'cancelled') {
    run.state = 'cancelled';
  } else if (event.event === 'done') {
    Object.assign(run, { state: event.ok ? 'passed' : 'failed', stages: event.stages, counts: event, trouble: event.trouble });
  }
  return '';
}

function bars(run) {
  const stages = run.stages;
  const end = Math.max(1, stages.verdict ?? 0);
  const synced = stages.synced ?? 0;
  const began = Math.max(0, end - (stages.run ?? 0));
  const rows = [];
  for (const [stage, title] of Object.entries(STAGES)) {
    if (stages[stage] === undefined) {
      continue;
    }
    const from = stage === 'settled' ? synced : stage === 'run' ? began : 0;
    rows.push({ title, from, took: stages[stage], kind: 'stage' });
  }
  const tests = run.tests.map(test => ({
    title: test.name,
    from: Math.max(began, test.at - run.at + began - test.millis),
    took: test.millis,
    kind: test.status.toLowerCase(),
  }));
  return [...rows, ...tests.slice(0, 40)].map(row => ({ ...row, end }));
}

/** From the save to the verdict, a line for each stage and each test. */
function timeline(run) {
  const rows = bars(run);
  const left = 250;
  const width = 960;
  const height = 22;
  const scale = (width - left - 70) / rows[0].end;
  const drawing = s('svg', {
    class: 'timeline',
    viewBox: `0 0 ${width} ${rows.length * height + 4}`,
    role: 'img',
    'aria-label': rows.map(row => `${row.title} ${millis(row.took)}`).join(', '),
  });
  rows.forEach((row, index) => {
    const y = index * height;
    const x = Math.min(left + row.from * scale, width - 72);
    const long = Math.max(2, Math.min(row.took * scale, width - 70 - x));
    const title = row.title.length > 34 ? `${row.title.slice(0, 33)}…` : row.title;
    drawing.append(
      s('text', { class: row.kind === 'stage' ? 'label' : 'label test', x: row.kind === 'stage' ? 0 : 14, y: y + 15 }, title),
      s('line', { class: 'grid', x1: left, x2: width - 70, y1: y + 11, y2: y + 11 }),
      s('rect', { class: `bar ${row.kind}`, x, y: y + 5, width: long, height: 12, rx: 2 }),
      s('text', { class: 'tick', x: width, y: y + 15, 'text-anchor': 'end' }, millis(row.took)),
    );
  });
  return drawing;
}

function failure(test) {
  return h(
    'details',
    { class: 'failure', open: true },
    h('summary', {}, h('span', { class: 'bad' }, 'Failed: '), h('span', { class: 'mono' }, test.name)),
    h('pre', {}, test.message || test.type),
    test.output && h('details', {}, h('summary', { class: 'soft' }, 'What it printed'), h('pre', {}, test.output)),
    test.stack && h('details', {}, h('summary', { class: 'soft' }, 'Stack trace'), h('pre', {}, test.stack)),
  );
}

function verdict(run) {
  switch (run.state) {
    case 'running':
      return `${run.tests.length} done${run.current ? `, at ${run.current}` : ''}`;
    case 'passed':
    case 'failed':
      return [run.counts.failed > 0 && `${run.counts.failed} failed`, `${run.counts.passed} passed`, run.counts.skipped > 0 && `${run.counts.skipped} skipped`]
        .filter(Boolean)
        .join(', ');
    case 'cancelled':
      return 'cancelled';
    default:
      return '';
  }
}

const TITLES = { running: 'Running', passed: 'Passed', failed: 'Failed', cancelled: 'Cancelled', broken: 'Does not compile', error: 'Cannot be run' };
const MARKS = { running: 'warn', passed: 'good', failed: 'bad', broken: 'bad', error: 'bad' };

function card(run) {
  const because = run.changed.length > 0 ? run.changed.slice(0, 3).map(shown).join(', ') : 'asked for';
  return h(
    'article',
    { class: 'card run', 'data-state': run.state, 'aria-label': `Run: ${TITLES[run.state]}` },
    h(
      'header',
      {},
      h('span', { class: `dot ${MARKS[run.state] ?? 'off'}`, 'aria-hidden': 'true' }),
      h('strong', {}, TITLES[run.state]),
      h('span', {}, verdict(run)),
      h('span', { class: 'soft end' }, [run.stages && `${millis(run.stages.verdict)} to the verdict`, `${age(run.at)} ago`].filter(Boolean).join(' · ')),
    ),
    run.classes && h('p', { class: 'soft' }, `${because}: ${count(run.classes, 'class', 'classes')} (${run.why})`),
    run.trouble && h('p', { class: 'bad' }, run.trouble),
    run.fault && h('p', {}, [run.fault.what, run.fault.why, run.fault.next].filter(Boolean).join(' · ')),
    run.problems?.map(one => h('pre', {}, `${one.file ? `${shown(one.file)}:${one.line}: ` : ''}${one.message}`)),
    run.tests.filter(test => test.status === 'FAILED').map(failure),
    run.stages && timeline(run),
  );
}

/** The tests of the directory that the page was asked for in. */
export function tests(section, state) {
  let runs = [];
  let last = 0;
  let active = false;
  let said = '';
  const again = h('input', { type: 'checkbox', id: 'again' });
  const run = button('Run tests', () => post('test', { action: 'run', watch: again.checked }), { class: 'primary' });
  const failedOnly = button('Run those that failed', () => post('test', { action: 'failed' }));
  const stop = button('Stop', () => post('test', { action: 'stop' }));
  const line = h('p', { class: 'soft lead', role: 'status' });
  const list = h('div', {});
  section.append(
    h(
      'header',
      { class: 'head' },
      h('h2', { id: 'tests-title' }, 'Tests'),
      h('div', { class: 'tools' }, h('label', { for: 'again' }, again, ' again when a change has landed'), failedOnly, stop, run),
    ),
    line,
    list,
  );

  function draw() {
    failedOnly.hidden = !active || !again.checked;
    stop.hidden = !active;
    run.disabled = active && !again.checked;
    run.textContent = active && again.checked ? 'Run all' : 'Run tests';
    again.disabled = active;
    line.textContent = said;
    line.hidden = !said;
    if (section.hidden) {
      return;
    }
    render(
      list,
      runs.length === 0
        ? h('div', { class: 'card empty' }, h('p', {}, 'No tests were run here yet.'), h('p', { class: 'soft' }, 'Runs the JUnit tests of this directory against the running containers, as ', h('code', {}, 'devshell test'), ' does.'))
        : [...runs].reverse().map(card),
    );
  }

  return {
    of: ['clock'],
    draw,
    shown: draw,
    failures: () => (runs.at(-1)?.state === 'failed' ? runs.at(-1).counts.failed : 0),
    all(events) {
      runs = [];
      last = 0;
      events.forEach(event => {
        said = read(runs, event);
        last = event.n;
      });
      draw();
    },
    add(event) {
      if (event.n > last) {
        last = event.n;
        said = read(runs, event);
        draw();
      }
    },
    standing(value) {
      active = value.active;
      if (active) {
        again.checked = value.watching;
      } else {
        said = '';
      }
      draw();
    },
  };
}
