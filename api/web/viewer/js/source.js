/** The source with its evidence: on the left, in blocks that the browser lays out when seen. */

import { h, inChunks } from "./dom.js";
import { t } from "./i18n.js";
import { blockEnds, segments } from "./segments.js";
import { passes } from "./state.js";

/** @type {WeakMap<Element, {quantity: import("./types.js").Quantity, used: boolean}>} */
const numbers = new WeakMap();
/** Marks by item. @type {Map<string, HTMLElement[]>} */
let marks = new Map();
/** Numbers of the source by id. @type {Map<string, HTMLElement>} */
let places = new Map();

/** @param {Element} element */
export const quantityOf = (element) => numbers.get(element) ?? null;
/** @param {string} id @returns {HTMLElement[]} */
export const marksOf = (id) => marks.get(id) ?? [];
/** @param {string} id */
export const placeOf = (id) => places.get(id) ?? null;

/**
 * @param {import("./types.js").Loaded} loaded
 * @param {AbortSignal} signal
 * @param {() => void} done called when all of it stands
 * @returns {HTMLElement}
 */
export function renderSource({ result, source }, signal, done) {
  marks = new Map();
  places = new Map();
  const unclaimed = new Set(result.reports.flatMap((report) => report.unclaimed));
  const ends = blockEnds(source);
  const list = segments(result, source.length, ends);
  /** @type {import("./segments.js").Segment[][]} */
  const blocks = [];
  let next = 0;
  for (const end of ends) {
    const block = [];
    while (next < list.length && list[next].end <= end) block.push(list[next++]);
    blocks.push(block);
  }
  const text = h("div", { class: "source-text", lang: "zh-CN" });
  let first = true;
  inChunks(
    blocks,
    (block) => {
      const paragraph = h("div", { class: "block" });
      for (const segment of block) paragraph.append(piece(segment, source, unclaimed));
      text.append(paragraph);
      const mark = first ? paragraph.querySelector(".ev") : null;
      if (mark) {
        mark.setAttribute("tabindex", "0");
        first = false;
      }
    },
    { now: 8, each: 12, signal, done },
  );
  return text;
}

/**
 * @param {import("./segments.js").Segment} segment
 * @param {import("./spans.js").SourceText} source
 * @param {Set<string>} unclaimed
 * @returns {Node}
 */
function piece(segment, source, unclaimed) {
  const text = source.slice(segment.start, segment.end);
  const { quantity, kind, items } = segment;
  if (!kind && !quantity && segment.inside) return document.createTextNode(text);
  const classes = [];
  if (kind) classes.push("ev", `k-${kind}`);
  if (!segment.inside && !kind) classes.push("noise");
  if (quantity) {
    classes.push("q");
    if (quantity.masked) classes.push("masked");
    if (unclaimed.has(quantity.id)) classes.push("unclaimed");
  }
  const element = h(kind ? "mark" : "span", {
    class: classes.join(" "),
    title: classes[0] === "noise" ? t("noise") : null,
    tabindex: kind ? -1 : null,
    role: kind ? "button" : null,
    data: kind ? { items: items.join(" ") } : null,
  }, text);
  if (quantity) {
    numbers.set(element, { quantity, used: !unclaimed.has(quantity.id) });
    if (!places.has(quantity.id)) places.set(quantity.id, element);
  }
  for (const id of items) {
    const known = marks.get(id);
    if (known) known.push(element);
    else marks.set(id, [element]);
  }
  return element;
}

/**
 * Fade the evidence of what the filters leave out.
 * @param {import("./types.js").Result} result
 */
export function filterSource(result) {
  /** @type {Map<HTMLElement, boolean>} */
  const kept = new Map();
  result.reports.forEach((report, index) => {
    for (const item of report.items) {
      const seen = passes(item, index);
      for (const mark of marksOf(item.id)) kept.set(mark, seen || (kept.get(mark) ?? false));
    }
  });
  for (const [mark, seen] of kept) mark.classList.toggle("off", !seen);
}

/**
 * The source as far as it can be told from the spans of the reports, when it was not kept.
 * @param {import("./types.js").Result} result
 */
export function sourceFromSpans(result) {
  /** @type {string[]} */
  const points = new Array(result.source.characters).fill(" ");
  for (const { span } of result.reports) {
    [...span.quote].forEach((point, index) => { points[span.start + index] = point; });
  }
  return points.join("");
}
