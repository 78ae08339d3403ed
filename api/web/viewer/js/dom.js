/** Building elements: text only ever becomes text, never markup. */

const SVG = "http://www.w3.org/2000/svg";

/** Paths on a 16 by 16 grid, drawn with a round pen. @type {Record<string, string[]>} */
const ICONS = {
  goal: ["M3.5 14V2.5", "M3.5 3h8.6l-2 2.9 2 2.9H3.5"],
  achievement: ["M8 1.8 9.8 5.6l4.1.5-3 2.9.8 4.1L8 11.1l-3.7 2 .8-4.1-3-2.9 4.1-.5z"],
  problem: ["M8 2.2 14.6 13.6H1.4z", "M8 6.5v3.4", "M8 11.7v.1"],
  plan: ["M2.5 3.8h11v9.7h-11z", "M2.5 6.8h11", "M5.4 2v3", "M10.6 2v3", "M5.2 10h3.4"],
  supported: ["M3 8.6 6.4 12 13 4.6"],
  masked: ["M2.5 2.5h11v11h-11z", "M2.5 8 8 2.5", "M3 13 13 3", "M8 13.5 13.5 8"],
  unsupported: ["M5.2 6a2.8 2.8 0 1 1 4 2.5C8.3 9 8 9.4 8 10.3", "M8 13v.1"],
  contradicted: ["M4 4l8 8", "M12 4l-8 8"],
  plus: ["M8 3v10", "M3 8h10"],
  code: ["M5.5 4.5 2 8l3.5 3.5", "M10.5 4.5 14 8l-3.5 3.5"],
  key: ["M9.2 6.8a3 3 0 1 1 0-.1z", "M9.2 6.8H14v2.7", "M11.8 6.8v2"],
  sun: ["M8 5.2a2.8 2.8 0 1 1 0 5.6 2.8 2.8 0 0 1 0-5.6z", "M8 1.5v1.3M8 13.2v1.3M1.5 8h1.3M13.2 8h1.3M3.4 3.4l.9.9M11.7 11.7l.9.9M12.6 3.4l-.9.9M4.3 11.7l-.9.9"],
  moon: ["M13.5 9.6A5.8 5.8 0 0 1 6.4 2.5a5.8 5.8 0 1 0 7.1 7.1z"],
  download: ["M8 2v8", "M4.6 7 8 10.4 11.4 7", "M2.5 13.5h11"],
  upload: ["M8 10.5V2.5", "M4.6 5.8 8 2.4l3.4 3.4", "M2.5 13.5h11"],
  search: ["M7 2.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9z", "M10.3 10.3 13.8 13.8"],
  close: ["M4 4l8 8", "M12 4l-8 8"],
  arrow: ["M3 8h10", "M9 4l4 4-4 4"],
};

/**
 * @typedef {Node | string | number | null | undefined | false} Child
 */

/**
 * Make an element. Properties: `class`, `data` (an object), `on` (an object of listeners), any
 * other name becomes an attribute; false and null leave it out.
 * @param {string} tag
 * @param {Record<string, any>} [props]
 * @param {...(Child | Child[])} children
 * @returns {HTMLElement}
 */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "class") element.className = value;
    else if (name === "data") Object.assign(element.dataset, value);
    else if (name === "on") for (const [event, fn] of Object.entries(value)) element.addEventListener(event, fn);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  add(element, children);
  return element;
}

/**
 * @param {Element | DocumentFragment} parent
 * @param {(Child | Child[])[]} children
 */
export function add(parent, children) {
  for (const child of children.flat()) {
    if (child === null || child === undefined || child === false) continue;
    parent.append(child instanceof Node ? child : String(child));
  }
}

/**
 * @param {string} name a key of ICONS
 * @returns {SVGElement}
 */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", `icon i-${name}`);
  svg.setAttribute("aria-hidden", "true");
  for (const line of ICONS[name] ?? []) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", line);
    svg.append(path);
  }
  return svg;
}

/**
 * @param {string} id
 * @returns {HTMLElement}
 */
export function byId(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`no element #${id}`);
  return element;
}

/**
 * Do a long list of steps without holding up the page: some now, the rest when there is time.
 * @template T
 * @param {T[]} steps
 * @param {(step: T) => void} work
 * @param {{now?: number, each?: number, signal?: AbortSignal, done?: () => void}} [options]
 */
export function inChunks(steps, work, { now = 60, each = 80, signal, done } = {}) {
  let next = 0;
  const run = (/** @type {number} */ count) => {
    const end = Math.min(steps.length, next + count);
    while (next < end) work(steps[next++]);
    if (next >= steps.length) done?.();
  };
  run(now);
  const more = () => {
    if (signal?.aborted || next >= steps.length) return;
    run(each);
    if (next < steps.length) setTimeout(more, 0);
  };
  if (next < steps.length) setTimeout(more, 0);
}
