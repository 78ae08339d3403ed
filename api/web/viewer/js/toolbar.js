/** Filters: by kind, by verdict, by report and by words. */

import { h, icon } from "./dom.js";
import { clipped, oneLine } from "./format.js";
import { t } from "./i18n.js";
import { choose, chosen, filtering, reset } from "./state.js";
import { KINDS, VERDICTS } from "./types.js";

/** How long a typist may pause before the items are searched. */
const PAUSE_MS = 120;

/** @param {import("./types.js").Result} result */
export function toolbar(result) {
  const claims = [...result.reports.flatMap((report) => report.items), ...result.refused];
  const checks = claims.flatMap((claim) => claim.quantities);
  const items = result.reports.flatMap((report) => report.items);
  const kinds = KINDS.map((kind) => ({ key: kind, set: chosen().kinds, look: `k-${kind}`, name: t(`kind.${kind}`), count: items.filter((item) => item.kind === kind).length }));
  const verdicts = VERDICTS.map((verdict) => ({ key: verdict, set: chosen().verdicts, look: `v-${verdict}`, name: t(`verdict.${verdict}`), count: checks.filter((check) => check.verdict === verdict).length }));
  const clear = h("button", { type: "button", class: "link clear", hidden: !filtering() }, t("clear"));
  const bar = h("div", { class: "toolbar", role: "search" });
  const changed = (/** @type {(filters: any) => void} */ change) => {
    choose(change);
    clear.hidden = !filtering();
  };
  const find = /** @type {HTMLInputElement} */ (h("input", { type: "search", placeholder: t("search"), "aria-label": t("search"), id: "find", value: chosen().words }));
  let wait = 0;
  find.addEventListener("input", () => {
    clearTimeout(wait);
    wait = setTimeout(() => changed((filters) => { filters.words = find.value.trim(); }), PAUSE_MS);
  });
  clear.addEventListener("click", () => {
    const { report } = chosen();
    find.value = "";
    changed((filters) => { reset(); filters.report = report; });
    for (const toggle of bar.querySelectorAll(".toggle")) toggle.setAttribute("aria-pressed", "false");
    find.focus();
  });
  bar.append(
    reportPicker(result, changed),
    h("div", { class: "toggles", role: "group", "aria-label": t("byKind") }, kinds.map((each) => toggle(each, changed))),
    h("div", { class: "toggles", role: "group", "aria-label": t("byVerdict") }, verdicts.map((each) => toggle(each, changed))),
    h("div", { class: "find" }, icon("search"), find),
    clear,
  );
  return bar;
}

/**
 * @param {{key: string, set: Set<string>, look: string, name: string, count: number}} each
 * @param {(change: (filters: any) => void) => void} changed
 */
function toggle({ key, set, look, name, count }, changed) {
  const button = h("button", { type: "button", class: `toggle ${look}`, "aria-pressed": String(set.has(key)), disabled: count === 0 },
    h("span", { class: "sign" }, icon(key)), name, h("span", { class: "num" }, count));
  button.addEventListener("click", () => changed(() => {
    if (!set.delete(key)) set.add(key);
    button.setAttribute("aria-pressed", String(set.has(key)));
  }));
  return button;
}

/**
 * @param {import("./types.js").Result} result
 * @param {(change: (filters: any) => void) => void} changed
 * @returns {Node}
 */
function reportPicker(result, changed) {
  if (result.reports.length < 2) return document.createTextNode("");
  const select = /** @type {HTMLSelectElement} */ (h(
    "select",
    { class: "picker", id: "report-picker", "aria-label": t("whole") },
    h("option", { value: "" }, t("allReports", { n: result.reports.length })),
    result.reports.map((report, index) => h("option", { value: index }, `${index + 1}. ${clipped(oneLine(report.title ?? t("untitled")), 18)}`)),
  ));
  select.value = chosen().report === null ? "" : String(chosen().report);
  select.addEventListener("change", () => changed((filters) => {
    filters.report = select.value === "" ? null : Number(select.value);
  }));
  return select;
}
