/** Last year's targets against this report: chosen here, compared by the service. */

import { Failure } from "./api.js";
import { compared, OUTCOMES } from "./comparisons.js";
import { TYPES } from "./compose.js";
import { h, icon } from "./dom.js";
import { clipped, oneLine } from "./format.js";
import { language, t } from "./i18n.js";
import { at } from "./spot.js";
import { structure } from "./structure.js";
import { told } from "./told.js";

/** Signs of outcomes, by what they share with verdicts. @type {Record<string, string>} */
const SIGNS = { met: "supported", missed: "contradicted", unsure: "unsupported", not_comparable: "masked", mentioned: "arrow", not_mentioned: "close" };

/** Results of this visit, by id. @type {Map<string, import("./types.js").Result>} */
const seen = new Map();

/** What is compared with the result on the page. @type {{now: string, found: import("./comparisons.js").Comparison} | null} */
let shown = null;

/** @param {import("./types.js").Result} result */
export function remember(result) {
  seen.set(result.id, result);
}

/**
 * @param {import("./types.js").Loaded} loaded
 * @param {AbortSignal} signal
 */
export function renderCompare({ result }, signal) {
  const place = h("div", { class: "compared" }, shown?.now === result.id ? outcome(shown.found) : null);
  const state = h("p", { class: "compare-state", role: "status" });
  const run = async (/** @type {() => Promise<string>} */ last) => {
    state.className = "compare-state";
    state.textContent = t("working");
    try {
      const found = await compared(await last(), result.id);
      shown = { now: result.id, found };
      state.textContent = "";
      place.replaceChildren(...outcome(found));
    } catch (error) {
      if (signal.aborted) return;
      state.classList.add("failed");
      state.textContent = error instanceof Failure ? `${error.message} ${error.note}` : t("failed");
    }
  };
  const read = (/** @type {string | File} */ upload) => run(async () => {
    const nobody = { start: () => {}, item: () => {}, progress: () => {}, again: () => {} };
    const { result: last } = await structure(upload, signal, nobody);
    remember(last);
    return last.id;
  });
  return [h("p", { class: "lead-note" }, t("compareLead")), choice(result, read, (id) => run(async () => id)), state, place];
}

/**
 * Where last year's report comes from: a file, the clipboard, or this visit.
 * @param {import("./types.js").Result} result
 * @param {(upload: string | File) => void} read
 * @param {(id: string) => void} again
 */
function choice(result, read, again) {
  const file = /** @type {HTMLInputElement} */ (h("input", { type: "file", class: "sr", id: "last-file", accept: TYPES, tabindex: -1, "aria-label": t("lastFile") }));
  file.addEventListener("change", () => {
    if (file.files?.[0]) read(file.files[0]);
    file.value = "";
  });
  const area = /** @type {HTMLTextAreaElement} */ (h("textarea", { class: "last-text", id: "last-text", lang: "zh-CN", rows: 3, placeholder: t("lastPaste"), "aria-label": t("lastPaste") }));
  const go = () => { if (area.value.trim()) read(area.value); };
  const others = [...seen.values()].filter((other) => other.id !== result.id && other.reports.length);
  return h(
    "div",
    { class: "compare-choice" },
    area,
    h(
      "p",
      { class: "compare-actions" },
      h("button", { type: "button", class: "primary", id: "compare-run", on: { click: go } }, t("compareRun")),
      file,
      h("button", { type: "button", class: "plain", on: { click: () => file.click() } }, icon("upload"), t("lastFile")),
      others.map((other) => h("button", { type: "button", class: "link", on: { click: () => again(other.id) } }, clipped(oneLine(other.reports[0].title ?? t("untitled")), 22))),
    ),
  );
}

/** @param {import("./comparisons.js").Comparison} found */
function outcome(found) {
  const rows = found.followed.toSorted((one, other) => OUTCOMES.indexOf(one.outcome) - OUTCOMES.indexOf(other.outcome));
  const sides = [found.last, found.this].map((side) => oneLine(side.title ?? t("untitled")));
  return [
    h("p", { class: "compare-sides", lang: "zh-CN" }, h("span", {}, sides[0]), icon("arrow"), h("span", {}, sides[1])),
    ...(found.warnings.length ? [h("section", { class: "notes" }, h("ul", {}, found.warnings.map((each) => h("li", {}, told(each)))))] : []),
    h("ul", { class: "compare-counts" }, OUTCOMES.filter((name) => found.counts[name]).map((name) =>
      h("li", {}, sign(name), t(`outcome.${name}`), h("b", { class: "num" }, found.counts[name])))),
    rows.length ? h("table", { class: "ledger followed" },
      h("thead", {}, h("tr", {}, ["outcomeHead", "lastTarget", "thisReached", "completion"].map((key) => h("th", { scope: "col" }, t(key))))),
      h("tbody", {}, rows.map(row))) : h("p", { class: "empty" }, t("nothingFollowed")),
  ];
}

/** @param {string} name */
const sign = (name) => h("span", { class: `sign o-${name}` }, icon(SIGNS[name] ?? "arrow"));

/** @param {import("./comparisons.js").Followed} each */
function row({ target, outcome: name, achieved, completion, doubts, explanation }) {
  return h(
    "tr",
    { class: `o-row-${name}` },
    h("td", { class: "outcome", title: explanation[language()] }, sign(name), t(`outcome.${name}`)),
    h("td", { lang: "zh-CN" }, marked(target)),
    h("td", { lang: "zh-CN" }, achieved ? [...marked(achieved), " ", at(achieved.evidence[0])] : "—",
      doubts.length ? h("p", { class: "doubt", lang: t("lang") }, explanation[language()]) : null),
    h("td", { class: "num" }, completion === null ? "—" : `${completion}%`),
  );
}

/**
 * A statement with its number in bold.
 * @param {import("./comparisons.js").Stated} stated
 */
function marked({ text, quantity }) {
  const words = oneLine(text);
  const quote = quantity ? oneLine(quantity.span.quote) : "";
  const place = quote ? words.indexOf(quote) : -1;
  if (place < 0) return [words];
  return [words.slice(0, place), h("b", {}, quote), words.slice(place + quote.length)];
}
