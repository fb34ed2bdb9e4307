import { s } from './dom.js';

const WIDTH = 960;
const HEIGHT = 170;
const LEFT = 44;
const RIGHT = 8;
const TOP = 10;
const BOTTOM = 26;
const SPAN = 10 * 60 * 1000;
const GAP = 5000;

/** Returns a round number that is not smaller, for the end of an axis. */
function above(value) {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, 0.1)));
  return [1, 2, 5, 10].map(step => step * power).find(round => round >= value) ?? 10 * power;
}

function path(points) {
  let text = '';
  let before = null;
  for (const [x, y, at] of points) {
    text += before !== null && at - before < GAP ? `L${x.toFixed(1)} ${y.toFixed(1)}` : `M${x.toFixed(1)} ${y.toFixed(1)}`;
    before = at;
  }
  return text;
}

/** Draws what edits took over the last ten minutes: of one way, the median and the slowest twentieth. */
export function plot(samples, way, label) {
  const now = samples.length > 0 ? samples.at(-1).at : Date.now();
  const points = samples
    .filter(one => one.at > now - SPAN)
    .map(one => {
      const flows = one.replicas.map(replica => replica[way]).filter(flow => flow.edits > 0);
      return {
        at: one.at,
        edits: one.replicas.reduce((sum, replica) => sum + replica[way].edits, 0),
        p50: Math.max(0, ...flows.map(flow => flow.p50)),
        p95: Math.max(0, ...flows.map(flow => flow.p95)),
        any: flows.length > 0,
      };
    });
  const known = points.filter(one => one.any);
  const most = above(Math.max(1, ...known.map(one => one.p95)));
  const x = at => LEFT + ((at - (now - SPAN)) / SPAN) * (WIDTH - LEFT - RIGHT);
  const y = value => HEIGHT - BOTTOM - (value / most) * (HEIGHT - TOP - BOTTOM);
  const drawing = s('svg', {
    class: 'plot',
    viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
    role: 'img',
    'aria-label':
      known.length > 0
        ? `${label}: median ${known.at(-1).p50.toFixed(1)} ms, 95 of 100 below ${known.at(-1).p95.toFixed(1)} ms`
        : `${label}: no edits yet`,
  });
  for (const part of [0, 0.5, 1]) {
    const at = y(most * part);
    drawing.append(
      s('line', { class: 'grid', x1: LEFT, x2: WIDTH - RIGHT, y1: at, y2: at }),
      s('text', { class: 'tick', x: LEFT - 8, y: at + 4, 'text-anchor': 'end' }, `${Number((most * part).toPrecision(2))}`),
    );
  }
  for (const minutes of [10, 5, 0]) {
    const anchor = minutes === 10 ? 'start' : minutes === 0 ? 'end' : 'middle';
    drawing.append(
      s('text', { class: 'tick', x: x(now - minutes * 60000), y: HEIGHT - 8, 'text-anchor': anchor }, minutes === 0 ? 'now' : `${minutes} min ago`),
    );
  }
  drawing.append(s('text', { class: 'tick', x: LEFT, y: TOP - 1, 'text-anchor': 'end', dx: -8, dy: -1 }, ''));
  for (let i = 1; i < points.length; i++) {
    if (points[i].edits > points[i - 1].edits) {
      // A mark at the bottom for each second with edits: it says where the numbers are fresh.
      drawing.append(s('line', { class: 'edits', x1: x(points[i].at), x2: x(points[i].at), y1: HEIGHT - BOTTOM, y2: HEIGHT - BOTTOM + 5 }));
    }
  }
  if (known.length > 0) {
    drawing.append(
      s('path', { class: 'p95', d: path(known.map(one => [x(one.at), y(one.p95), one.at])) }),
      s('path', { class: 'p50', d: path(known.map(one => [x(one.at), y(one.p50), one.at])) }),
      s('circle', { class: 'p50-end', cx: x(known.at(-1).at), cy: y(known.at(-1).p50), r: 3 }),
    );
  } else {
    drawing.append(s('text', { class: 'tick', x: WIDTH / 2, y: HEIGHT / 2, 'text-anchor': 'middle' }, 'No edits yet'));
  }
  return drawing;
}
