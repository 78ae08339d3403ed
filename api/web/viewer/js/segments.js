/** Cutting the source where something starts or ends: evidence, a number, a report, a block. */

/**
 * @typedef {{start: number, end: number, items: string[], kind: string | null,
 *   quantity: import("./types.js").Quantity | null, inside: boolean}} Segment
 */

const BLOCK = 600;

/**
 * Cut a text into blocks of whole lines, each long enough to be worth laying out by itself.
 * @param {import("./spans.js").SourceText} source
 * @returns {number[]} where blocks end, in code points
 */
export function blockEnds(source) {
  const ends = [];
  let last = 0;
  let point = 0;
  for (const line of source.text.split(/(?<=\n)/)) {
    point += [...line].length;
    if (point - last >= BLOCK) {
      ends.push(point);
      last = point;
    }
  }
  if (last < source.length) ends.push(source.length);
  return ends;
}

/**
 * One sweep over everything that starts and ends, in text order.
 * @param {import("./types.js").Result} result
 * @param {number} length of the source
 * @param {number[]} cuts more places to cut at
 * @returns {Segment[]} sorted, whole, not overlapping
 */
export function segments(result, length, cuts) {
  const events = collect(result);
  for (const cut of cuts) events.push({ at: cut, opens: false, key: "", apply: () => {} });
  events.push({ at: length, opens: false, key: "", apply: () => {} });
  // What ends comes before what starts at the same place.
  events.sort((one, other) => one.at - other.at || Number(one.opens) - Number(other.opens));
  /** @type {Open} */
  const open = { items: new Map(), quantities: new Map(), reports: 0 };
  const found = [];
  let position = 0;
  for (const event of events) {
    if (event.at > position) {
      found.push(segment(position, Math.min(event.at, length), open));
      position = event.at;
    }
    event.apply(open);
  }
  return found;
}

/**
 * @typedef {{items: Map<string, string>, quantities: Map<string, import("./types.js").Quantity>,
 *   reports: number}} Open what covers the place the sweep has reached
 * @typedef {{at: number, opens: boolean, key: string, apply: (open: Open) => void}} Event
 */

/**
 * @param {import("./types.js").Result} result
 * @returns {Event[]}
 */
function collect(result) {
  /** @type {Event[]} */
  const events = [];
  /** @type {(span: import("./types.js").Span, key: string, on: Event["apply"], off: Event["apply"]) => void} */
  const range = (span, key, on, off) => {
    events.push({ at: span.start, opens: true, key, apply: on });
    events.push({ at: span.end, opens: false, key, apply: off });
  };
  for (const report of result.reports) {
    range(report.span, "", (open) => { open.reports += 1; }, (open) => { open.reports -= 1; });
    for (const quantity of report.quantities) {
      const { id } = quantity;
      range(quantity.span, id, (open) => open.quantities.set(id, quantity), (open) => open.quantities.delete(id));
    }
    for (const item of report.items) {
      for (const span of item.evidence) {
        range(span, item.id, (open) => open.items.set(item.id, item.kind), (open) => open.items.delete(item.id));
      }
    }
  }
  return events;
}

/**
 * @param {number} start
 * @param {number} end
 * @param {Open} open
 * @returns {Segment}
 */
function segment(start, end, open) {
  return {
    start,
    end,
    items: [...open.items.keys()],
    kind: [...open.items.values()].pop() ?? null,
    quantity: [...open.quantities.values()].pop() ?? null,
    inside: open.reports > 0,
  };
}
