/** Items in four columns, each under its kind, its headings above it. */

import { withChips } from "./chips.js";
import { h, icon, inChunks } from "./dom.js";
import { t } from "./i18n.js";
import { SourceText } from "./spans.js";
import { chosen, filtering, passes } from "./state.js";
import { KINDS } from "./types.js";

/** @typedef {{item: import("./types.js").Item, report: number}} Entry */

/**
 * @param {import("./types.js").Loaded} loaded
 * @param {AbortSignal} signal
 * @returns {HTMLElement}
 */
export function renderItems({ result }, signal) {
  if (!result.reports.some((report) => report.items.length)) return nothing(result);
  const columns = h("div", { class: "columns", data: { roving: "" } });
  for (const kind of KINDS) {
    /** @type {Entry[]} */
    const entries = result.reports.flatMap((report, index) =>
      report.items.filter((item) => item.kind === kind).map((item) => ({ item, report: index })),
    );
    columns.append(column(kind, entries, result.reports.length > 1, signal));
  }
  columns.querySelector(".card")?.setAttribute("tabindex", "0");
  return columns;
}

/** Why there is nothing to show. @param {import("./types.js").Result} result */
function nothing(result) {
  const key = result.refused.length ? "allRefused" : result.reports.length ? "noItems" : "noReport";
  return h("div", { class: "nothing" }, h("h2", {}, t(key)), h("p", {}, t(`${key}Note`)));
}

/**
 * @param {import("./types.js").Kind} kind
 * @param {Entry[]} entries
 * @param {boolean} many whether there is more than one report
 * @param {AbortSignal} signal
 */
function column(kind, entries, many, signal) {
  const list = h("div", { class: "cards" });
  let above = "";
  let before = -1;
  inChunks(entries, ({ item, report }) => {
    const path = item.section.join(" › ");
    const key = `${report} ${path}`;
    if (many && report !== before) list.append(h("p", { class: "path report-mark", data: { report } }, t("reportOf", { n: report + 1 })));
    before = report;
    if (key !== above && path) list.append(heading(item, report));
    above = key;
    const made = card(item, report);
    if (!passes(item, report)) made.hidden = true;
    list.append(made);
  }, { now: 40, each: 40, signal });
  return h(
    "section",
    { class: `column k-${kind}${entries.length ? "" : " bare"}`, "aria-labelledby": `column-${kind}`, data: { kind } },
    h(
      "h2",
      { class: "column-head", id: `column-${kind}` },
      icon(kind),
      h("span", {}, t(`kind.${kind}`)),
      h("span", { class: "count num" }, entries.length),
    ),
    list,
    h("p", { class: "empty", hidden: entries.length > 0 }, t("noneHere")),
  );
}

/**
 * @param {import("./types.js").Item} item
 * @param {number} report
 */
function heading(item, report) {
  const last = item.section.at(-1) ?? "";
  return h("p", { class: "path", lang: "zh-CN", title: item.section.join(" › "), data: { report } }, last);
}

/**
 * @param {import("./types.js").Item} item
 * @param {number} report
 */
export function card(item, report) {
  const repaired = item.status === "repaired";
  return h(
    "article",
    {
      class: `card k-${item.kind}`,
      id: `item-${item.id}`,
      tabindex: -1,
      data: { items: item.id, report },
      "aria-label": `${t(`kind.${item.kind}`)} ${item.id}`,
    },
    h("p", { class: "card-text", lang: "zh-CN" }, withChips(item.text, item.quantities, new SourceText(item.text))),
    repaired && h("p", { class: "badge", title: t("statusNote.repaired") }, t("status.repaired")),
  );
}

/**
 * Show what the filters keep.
 * @param {import("./types.js").Result} result
 * @returns {{shown: number, all: number}}
 */
export function filterItems(result) {
  const counts = { shown: 0, all: 0 };
  /** @type {Map<string, number>} */
  const byKind = new Map();
  result.reports.forEach((report, index) => {
    for (const item of report.items) {
      const seen = passes(item, index);
      counts.all += 1;
      if (seen) {
        counts.shown += 1;
        byKind.set(item.kind, (byKind.get(item.kind) ?? 0) + 1);
      }
      const element = document.getElementById(`item-${item.id}`);
      if (element) element.hidden = !seen;
    }
  });
  for (const column of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".column"))) {
    update(column, byKind.get(column.dataset.kind ?? "") ?? 0);
  }
  return counts;
}

/**
 * @param {HTMLElement} column
 * @param {number} shown
 */
function update(column, shown) {
  const count = column.querySelector(".count");
  if (count) count.textContent = String(shown);
  const empty = /** @type {HTMLElement | null} */ (column.querySelector(".empty"));
  if (empty) {
    empty.hidden = shown > 0;
    empty.textContent = filtering() || chosen().report !== null ? t("noMatch") : t("noneHere");
  }
  column.classList.toggle("away", chosen().kinds.size > 0 && !chosen().kinds.has(column.dataset.kind ?? ""));
  for (const path of /** @type {NodeListOf<HTMLElement>} */ (column.querySelectorAll(".path"))) {
    const stop = path.classList.contains("report-mark") ? "report-mark" : "path";
    let next = path.nextElementSibling;
    let seen = false;
    while (next && !next.classList.contains(stop) && !seen) {
      seen = next.matches(".card:not([hidden])");
      next = next.nextElementSibling;
    }
    path.hidden = !seen;
  }
}
