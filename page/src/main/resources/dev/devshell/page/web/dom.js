// Elements are made from names and text. Nothing here, or anywhere else in the page, turns a string into markup.

const SVG = 'http://www.w3.org/2000/svg';

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (name.startsWith('on')) {
      element.addEventListener(name.slice(2), value);
    } else if (value === true) {
      element.setAttribute(name, '');
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, String(value));
    }
  }
  element.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false));
  return element;
}

/** Makes an element; children are elements and text. */
export function h(name, attributes, ...children) {
  return fill(document.createElement(name), attributes, children);
}

/** Makes an element of a drawing. */
export function s(name, attributes, ...children) {
  return fill(document.createElementNS(SVG, name), attributes, children);
}

/** Replaces what an element holds; whoever had the focus has it again, found by its key. */
export function render(element, ...children) {
  const focused = element.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
  element.replaceChildren(...children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false));
  if (focused) {
    element.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  }
}

export function toast(text, bad = false) {
  const line = h('p', { class: bad ? 'toast bad' : 'toast' }, text);
  document.getElementById('toasts').append(line);
  setTimeout(() => line.remove(), bad ? 12000 : 5000);
}

export function failed(fault) {
  toast([fault.what, fault.why, fault.next].filter(Boolean).join(' · '), true);
}

/** Has something done; tells what went wrong. */
export async function post(what, args) {
  try {
    const response = await fetch(`api/${what}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Devshell': 'page' },
      body: JSON.stringify(args ?? {}),
    });
    const body = await response.text();
    if (response.ok) {
      return JSON.parse(body);
    }
    failed(body ? JSON.parse(body) : { what: `devshell answered ${response.status}`, why: '', next: '' });
  } catch (error) {
    failed({ what: 'devshell does not answer', why: '', next: 'devshell ui' });
  }
  return null;
}

export async function get(what) {
  try {
    const response = await fetch(`api/${what}`);
    const body = await response.json();
    return response.ok ? body : { fault: body };
  } catch (error) {
    return { fault: { what: 'devshell does not answer', why: '', next: '' } };
  }
}

export function button(label, onclick, attributes) {
  return h('button', { type: 'button', 'data-key': label, onclick, ...attributes }, label);
}

/** How long ago something was. */
export function age(instant) {
  const seconds = Math.max(0, (Date.now() - (typeof instant === 'number' ? instant : Date.parse(instant))) / 1000);
  if (Number.isNaN(seconds)) {
    return '';
  }
  if (seconds < 60) {
    return `${Math.floor(seconds)} s`;
  }
  if (seconds < 3600) {
    return `${Math.floor(seconds / 60)} min`;
  }
  return seconds < 86400 ? `${Math.floor(seconds / 3600)} h` : `${Math.floor(seconds / 86400)} d`;
}

export function bytes(count) {
  for (const [unit, size] of [['GiB', 2 ** 30], ['MiB', 2 ** 20], ['KiB', 2 ** 10]]) {
    if (count >= size) {
      return `${(count / size).toFixed(count / size < 10 ? 1 : 0)} ${unit}`;
    }
  }
  return `${count} B`;
}

export function count(number, one, many) {
  return `${number.toLocaleString('en')} ${number === 1 ? one : many ?? `${one}s`}`;
}

export function word(state) {
  return state.toLowerCase().replaceAll('_', ' ');
}

let root = '';

/** From here on, paths are shown from this directory. */
export function startFrom(directory) {
  root = directory.endsWith('/') ? directory : `${directory}/`;
}

export function shown(path) {
  return path.startsWith(root) ? path.slice(root.length) || '.' : path;
}
