/** The page of a result: what it is about, the filters, the source and the tabs. */

import { darken } from "./arriving.js";
import { renderCharts } from "./charts.js";
import { remember, renderCompare } from "./compare.js";
import { byId, h, icon } from "./dom.js";
import { findingsOf, renderFindings } from "./findings.js";
import { grouped, oneLine } from "./format.js";
import { t } from "./i18n.js";
import { filterItems, renderItems } from "./items.js";
import { startLinks } from "./link.js";
import { minimap } from "./minimap.js";
import { renderAbout, renderRefused, renderUnclaimed } from "./panels.js";
import { filterSource, renderSource } from "./source.js";
import { unlight } from "./spot.js";
import { chosen, onFilter, passes } from "./state.js";
import { openTab, startTabs } from "./tabs.js";
import { toolbar } from "./toolbar.js";

let life = new AbortController();

/** Take the result off the page. */
export function leave() {
  life.abort();
  life = new AbortController();
  unlight();
  darken();
  byId("workspace").replaceChildren();
}

/**
 * @param {import("./types.js").Loaded} loaded
 * @param {string} tab the tab to open
 */
export function renderWorkspace(loaded, tab) {
  leave();
  const { signal } = life;
  const root = byId("workspace");
  const { result } = loaded;
  remember(result);
  const scroller = h("div", { class: "source-scroll", role: "region", "aria-label": t("sourceLabel"), "aria-describedby": "source-help", tabindex: 0 });
  const map = minimap(loaded, scroller, signal);
  scroller.append(h("p", { class: "sr", id: "source-help" }, t("sourceHelp")));
  const filtered = () => {
    const { shown, all } = filterItems(result);
    filterSource(result);
    map.draw();
    byId("report-title").textContent = title(result);
    byId("live").textContent = t("shown", { n: shown, all });
    // Contradicted numbers are only in refused claims: who asks for them is shown those.
    if (!shown && openTab() === "items" && refusedShown(result)) byId("tab-refused").click();
  };
  const sourceText = renderSource(loaded, signal, () => { filterSource(result); map.draw(); requestAnimationFrame(() => skipNoise(scroller)); });
  sourceText.dataset.roving = "";
  scroller.append(sourceText);
  const panel = h("div", { class: "panel" });
  const split = h(
    "div",
    { class: "split", data: { pane: "panel" } },
    h("div", { class: "source-pane" }, scroller, map.strip),
    panel,
  );
  root.replaceChildren(...[masthead(result), banner(result), toolbar(result), split, switcher(split)].filter((node) => node !== null));
  startTabs(panel, tabs(loaded, signal), tab, signal);
  startLinks(split, (pane) => { if (split.dataset.pane !== pane) switchTo(split, pane); });
  onFilter(filtered, signal);
  filterItems(result);
}

/**
 * Begin where the first statement is, when what sites put before a report fills the pane.
 * @param {HTMLElement} scroller
 */
function skipNoise(scroller) {
  const first = scroller.querySelector(".ev");
  if (!first || scroller.scrollTop) return;
  const down = first.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
  if (down > scroller.clientHeight) scroller.scrollTop = down - scroller.clientHeight / 4;
}

/** @param {import("./types.js").Result} result */
function masthead(result) {
  const [first] = result.reports;
  const items = result.reports.reduce((sum, report) => sum + report.items.length, 0);
  const numbers = result.reports.reduce((sum, report) => sum + report.quantities.length, 0);
  const about = [first?.organisation, first?.period, t("characters", { n: grouped(result.source.characters) }), t(`engine.${result.engine.name}`)];
  return h(
    "header",
    { class: "masthead" },
    h(
      "div",
      { class: "masthead-title" },
      h("h1", { id: "report-title", lang: "zh-CN" }, title(result)),
      h("p", { class: "masthead-about" }, about.filter(Boolean).map((word) => h("span", {}, word))),
    ),
    h("p", { class: "masthead-figures" }, figure(items, t("items")), figure(numbers, t("numbers"))),
  );
}

/** @param {import("./types.js").Result} result */
function title({ reports }) {
  const { report } = chosen();
  const words = oneLine(reports[report ?? 0]?.title ?? t("untitled"));
  return report === null && reports.length > 1 ? `${words} ${t("andMore", { n: reports.length - 1 })}` : words;
}

/**
 * @param {number} value
 * @param {string} name
 */
function figure(value, name) {
  return h("span", { class: "figure" }, h("b", { class: "num" }, grouped(value)), h("span", {}, name));
}

/** @param {import("./types.js").Result} result */
function banner(result) {
  if (!result.partial.length && !result.engine.degraded) return null;
  const words = result.partial.length ? t("partialBanner", { n: result.partial.length }) : t("degraded");
  return h("p", { class: "banner" }, icon("problem"), words);
}

/**
 * @param {import("./types.js").Loaded} loaded
 * @param {AbortSignal} signal
 * @returns {import("./tabs.js").Tab[]}
 */
function tabs(loaded, signal) {
  const { result } = loaded;
  const mine = () => result.reports.filter((_, index) => chosen().report === null || chosen().report === index);
  return [
    { name: "items", count: () => result.reports.reduce((sum, { items }, index) => sum + items.filter((item) => passes(item, index)).length, 0), render: () => [renderItems(loaded, signal)], once: true },
    { name: "unclaimed", count: () => mine().reduce((sum, report) => sum + report.unclaimed.length, 0), render: () => renderUnclaimed(loaded) },
    { name: "refused", count: () => refusedShown(result), render: () => renderRefused(loaded) },
    { name: "findings", count: () => findingsOf(result).length, render: () => renderFindings(loaded) },
    { name: "compare", render: () => renderCompare(loaded, signal), once: true },
    { name: "charts", render: () => renderCharts(loaded) },
    { name: "about", render: () => renderAbout(loaded) },
  ];
}

/** @param {import("./types.js").Result} result */
function refusedShown(result) {
  return result.refused.filter((claim) => passes(claim, null)).length;
}

/** On narrow pages one pane is seen at a time. @param {HTMLElement} split */
function switcher(split) {
  const button = (/** @type {"source" | "panel"} */ pane, /** @type {string} */ words) =>
    h("button", { type: "button", data: { pane }, "aria-pressed": String(split.dataset.pane === pane), on: { click: () => switchTo(split, pane) } }, words);
  return h("div", { class: "switcher" }, button("source", t("viewSource")), button("panel", t("viewItems")));
}

/**
 * @param {HTMLElement} split
 * @param {string} pane
 */
function switchTo(split, pane) {
  split.dataset.pane = pane;
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".switcher button"))) {
    button.setAttribute("aria-pressed", String(button.dataset.pane === pane));
  }
}

