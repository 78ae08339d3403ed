/** While a model is at work: the statements verified so far, and their evidence in the text. */

import { byId, h } from "./dom.js";
import { t } from "./i18n.js";
import { card } from "./items.js";
import { SourceText } from "./spans.js";
import { KINDS } from "./types.js";

const canPaint = "highlights" in CSS;

/**
 * Take the page for a report that is under way.
 * @param {string | null} text what was pasted; null for a file, whose text only the service knows
 * @param {() => void} cancel
 * @returns {import("./jobs.js").Listener}
 */
export function renderArriving(text, cancel) {
  const source = new SourceText(text ?? "");
  const bar = /** @type {HTMLProgressElement} */ (h("progress", { class: "arriving-bar", "aria-label": t("working") }));
  const count = h("b", { class: "num" }, 0);
  const parts = h("span", {});
  const lists = new Map(KINDS.map((kind) => [kind, h("div", { class: "cards" })]));
  const counts = new Map(KINDS.map((kind) => [kind, h("span", { class: "count num" }, 0)]));
  const words = h("div", { class: "source-text", lang: "zh-CN" }, source.text);
  const columns = h("div", { class: "columns" }, KINDS.map((kind) =>
    h("section", { class: `column k-${kind}` }, h("h2", { class: "column-head" }, t(`kind.${kind}`), counts.get(kind)), lists.get(kind))));
  byId("workspace").replaceChildren(
    h(
      "header",
      { class: "masthead arriving" },
      h("div", { class: "masthead-title" }, h("h1", { id: "report-title" }, t("working")), h("p", { class: "masthead-about" }, parts)),
      h("button", { type: "button", class: "plain", id: "cancel", on: { click: cancel } }, t("cancel")),
      h("p", { class: "masthead-figures" }, h("span", { class: "figure" }, count, h("span", {}, t("items")))),
    ),
    bar,
    h(
      "div",
      { class: text === null ? "split sole" : "split", data: { pane: "panel" } },
      text === null ? null : h("div", { class: "source-pane" }, h("div", { class: "source-scroll", role: "region", tabindex: 0, "aria-label": t("source") }, words)),
      h("div", { class: "panel" }, h("div", { class: "tab-body b-items", role: "region", tabindex: 0, "aria-label": t("items") }, columns)),
    ),
  );
  let arrived = 0;
  const forget = () => {
    arrived = 0;
    count.textContent = "0";
    for (const kind of KINDS) {
      lists.get(kind)?.replaceChildren();
      const shown = counts.get(kind);
      if (shown) shown.textContent = "0";
    }
    darken();
  };
  return {
    again: forget,
    progress: (done, total) => {
      if (total) { bar.max = total; bar.value = done; }
      parts.textContent = t("parts", { done, total: total ?? "…" });
      byId("live").textContent = t("arrived", { n: arrived });
    },
    item: (item) => {
      const list = lists.get(item.kind);
      const shown = counts.get(item.kind);
      if (!list || !shown) return;
      list.append(card(item, 0));
      shown.textContent = String(list.childElementCount);
      count.textContent = String((arrived += 1));
      if (words.firstChild) for (const span of item.evidence) paint(words.firstChild, source, item.kind, span);
    },
  };
}

/** Put out what was lit, when the text leaves the page. */
export function darken() {
  if (canPaint) for (const kind of KINDS) CSS.highlights.delete(`arriving-${kind}`);
}

/**
 * @param {Node} text
 * @param {SourceText} source
 * @param {string} kind
 * @param {import("./types.js").Span} span
 */
function paint(text, source, kind, span) {
  if (!canPaint || span.end > source.length) return;
  const name = `arriving-${kind}`;
  const lit = CSS.highlights.get(name) ?? new Highlight();
  const range = document.createRange();
  range.setStart(text, source.unit(span.start));
  range.setEnd(text, source.unit(span.end));
  lit.add(range);
  CSS.highlights.set(name, lit);
}
