/** Pointing at any range of the source, marked or not. */

import { h, icon } from "./dom.js";
import { grouped, oneLine } from "./format.js";
import { t } from "./i18n.js";
import { flash } from "./link.js";
import { current } from "./state.js";

const NAME = "spot";

/**
 * A quote with a button that shows its place.
 * @param {import("./types.js").Span} span
 */
export function quoted(span) {
  return h("blockquote", {}, h("span", { lang: "zh-CN" }, oneLine(span.quote)), " ", at(span));
}

/**
 * A button that shows a place.
 * @param {import("./types.js").Span} span
 */
export function at(span) {
  const label = `${t("jump")} @${grouped(span.start)}`;
  return h("button", { type: "button", class: "at num", title: t("jump"), "aria-label": label, data: { spot: `${span.start},${span.end}` } }, `@${grouped(span.start)}`, icon("arrow"));
}

/** @param {string} range "start,end" in code points */
export function spotlight(range) {
  const source = current()?.source;
  if (!source) return;
  const [start, end] = range.split(",").map((point) => source.unit(Number(point)));
  const found = rangeOf(start, end);
  if (!found) return;
  flash(found.startContainer.parentElement);
  if ("highlights" in CSS) CSS.highlights.set(NAME, new Highlight(found));
}

/** Put the light out, with the text it stood on. */
export function unlight() {
  if ("highlights" in CSS) CSS.highlights.delete(NAME);
}

/**
 * @param {number} start in UTF-16 units
 * @param {number} end
 * @returns {Range | null} null while that part is not on the page yet
 */
function rangeOf(start, end) {
  const text = document.querySelector(".source-text");
  if (!text) return null;
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  let position = 0;
  let begun = false;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const next = position + (node.nodeValue ?? "").length;
    if (!begun && start < next) {
      range.setStart(node, start - position);
      begun = true;
    }
    if (begun && end <= next) {
      range.setEnd(node, end - position);
      return range;
    }
    position = next;
  }
  return null;
}
