import { h, render, button, post, age, word, shown } from './dom.js';

const MARKS = {
  HEALTHY: 'good',
  RUNNING: 'good',
  UNHEALTHY: 'bad',
  FAILED: 'bad',
  RESTARTING: 'bad',
  STARTING: 'warn',
  PAUSED: 'warn',
};

export function mark(condition) {
  return h('span', { class: `dot ${MARKS[condition] ?? 'off'}`, 'aria-hidden': 'true' });
}

function everywhere(ip) {
  return ip === '' || ip === '0.0.0.0' || ip === '::';
}

/** One for each port: an address of each family is one binding to a person. */
function ports(containers) {
  const seen = new Map();
  for (const port of containers.flatMap(one => one.ports).filter(one => one.host > 0)) {
    seen.set(`${port.host}-${port.container}`, port);
  }
  return [...seen.values()].map(port => {
    const host = `${everywhere(port.hostIp) ? 'localhost' : port.hostIp}:${port.host}`;
    const text = [h('span', {}, `:${port.host}`), h('span', { class: 'soft' }, ` → ${port.container}`)];
    const linked = port.protocol === 'tcp' && /^[\w.[\]:-]+$/.test(host);
    return linked
      ? h('a', { class: 'mono', href: `http://${host}`, target: '_blank', rel: 'noopener noreferrer', title: host }, text)
      : h('span', { class: 'mono', title: host }, text);
  });
}

function detail(service, container) {
  const rests = container && (container.condition === 'HEALTHY' || container.condition === 'RUNNING');
  if (container?.detail) {
    return container.detail;
  }
  if (container && ['FAILED', 'EXITED'].includes(container.condition) && container.exitCode !== 0) {
    return `exit code ${container.exitCode}`;
  }
  return !rests && service.waitsFor.length > 0 ? `waits for ${service.waitsFor.join(', ')}` : '';
}

function row(service, tasks) {
  const own = service.containers.filter(one => !one.oneOff);
  const worst = own.find(one => one.condition === service.condition) ?? own[0];
  const task = tasks.filter(one => one.service === service.name).at(-1);
  const going = task?.state === 'going';
  const ask = what => () => post(what, { service: service.name });
  return h(
    'li',
    { class: 'service', 'data-service': service.name },
    h(
      'div',
      { class: 'service-name' },
      mark(service.condition),
      h('strong', {}, service.name),
      own.length > 1 && h('span', { class: 'soft' }, `× ${own.length}`),
    ),
    h(
      'div',
      { class: 'service-state' },
      service.condition === 'ABSENT' ? 'not started' : word(service.condition),
      worst?.since && h('span', { class: 'soft' }, ` · ${age(worst.since)}`),
    ),
    h('div', { class: 'ports' }, ports(own)),
    h(
      'div',
      { class: 'buttons' },
      button('Restart', ask('restart'), { 'data-key': `restart ${service.name}`, disabled: going, 'aria-label': `Restart ${service.name}` }),
      button('Rebuild', ask('rebuild'), { 'data-key': `rebuild ${service.name}`, disabled: going, 'aria-label': `Rebuild ${service.name}` }),
    ),
    detail(service, worst) && h('p', { class: 'service-detail' }, detail(service, worst)),
    going && h('p', { class: 'service-detail soft mono', role: 'status' }, `is being ${task.what} … ${task.line ?? ''}`),
    task?.state === 'failed' &&
      h('p', { class: 'service-detail bad' }, [task.fault.what, task.fault.why, task.fault.next].filter(Boolean).join(' · ')),
  );
}

function notice(one) {
  const held = one.code === 'DELETIONS-HELD';
  return h(
    'li',
    { class: 'notice' },
    h('p', {}, one.what.charAt(0).toUpperCase() + one.what.slice(1), '.'),
    one.why && h('p', { class: 'soft' }, one.why),
    one.paths.length > 0 && h('p', { class: 'mono soft' }, one.paths.slice(0, 3).map(shown).join('  '), one.paths.length > 3 && `  and ${one.paths.length - 3} more`),
    held
      ? h(
          'div',
          { class: 'buttons' },
          button('Send the files back', () => post('restore')),
          button('Delete them here too', () => {
            if (confirm(`Delete ${one.paths.length || 'these'} files on this machine too? They stay in the history.`)) {
              post('release');
            }
          }),
        )
      : one.next && h('p', {}, h('code', {}, one.next)),
  );
}

/** The services as they stand, and what needs somebody. */
export function services(section, state) {
  const needs = h('div', {});
  const list = h('ul', { class: 'card services' });
  section.append(h('header', { class: 'head' }, h('h2', { id: 'services-title' }, 'Services')), needs, list);
  return {
    of: ['services', 'tasks', 'sync', 'conflicts', 'clock'],
    draw() {
      const standing = state.sync?.notices ?? [];
      const problems = state.sync?.problems ?? [];
      render(
        needs,
        (standing.length > 0 || problems.length > 0 || state.conflicts.length > 0) && [
          h('h3', {}, 'Needs you'),
          h(
            'ul',
            { class: 'card notices' },
            state.conflicts.length > 0 &&
              h(
                'li',
                { class: 'notice' },
                h('p', {}, h('a', { href: '#conflicts', 'data-key': 'to-conflicts' }, state.conflicts.length === 1 ? 'One file was changed on both sides' : `${state.conflicts.length} files were changed on both sides`), ' and waits for a decision.'),
              ),
            standing.map(notice),
            problems
              .slice(0, 10)
              .map(one => h('li', { class: 'notice' }, h('p', {}, h('span', { class: 'mono' }, shown(one.path)), ` is left alone (${one.service}): ${one.message}`))),
          ),
        ],
      );
      render(
        list,
        state.services.length === 0
          ? h('li', { class: 'empty' }, state.sync ? 'This project has no services.' : 'Looking …')
          : state.services.map(one => row(one, state.tasks)),
      );
    },
  };
}
