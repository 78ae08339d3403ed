/** What is on the page, and what the reader chose to see of it. */

/**
 * @typedef {{kinds: Set<string>, verdicts: Set<string>, words: string, report: number | null}} Filters
 */

/** @type {import("./types.js").Loaded | null} */
let loaded = null;

/** @type {Filters} */
const filters = { kinds: new Set(), verdicts: new Set(), words: "", report: null };

/** Listeners hear of a changed filter. */
const changes = new EventTarget();

export const current = () => loaded;
export const chosen = () => filters;

/** @param {import("./types.js").Loaded | null} next */
export function show(next) {
  loaded = next;
  reset();
}

export function reset() {
  filters.kinds.clear();
  filters.verdicts.clear();
  filters.words = "";
  filters.report = null;
}

/** @param {(filters: Filters) => void} change */
export function choose(change) {
  change(filters);
  changes.dispatchEvent(new Event("filter"));
}

/**
 * @param {() => void} listener
 * @param {AbortSignal} signal
 */
export function onFilter(listener, signal) {
  changes.addEventListener("filter", listener, { signal });
}

/** Whether any filter but the report is set. */
export function filtering() {
  return filters.kinds.size > 0 || filters.verdicts.size > 0 || filters.words !== "";
}

/**
 * Whether a statement passes the filters.
 * @param {import("./types.js").Item | import("./types.js").Refused} claim
 * @param {number | null} report index of its report; null for a refused claim
 */
export function passes(claim, report) {
  if (filters.report !== null && report !== null && report !== filters.report) return false;
  if (filters.kinds.size && !filters.kinds.has(claim.kind)) return false;
  if (filters.verdicts.size && !claim.quantities.some((check) => filters.verdicts.has(check.verdict))) return false;
  if (!filters.words) return true;
  const section = "section" in claim ? claim.section.join(" ") : "";
  return `${claim.text} ${section}`.toLowerCase().includes(filters.words.toLowerCase());
}
