/** Charts, drawn by Chart.js; each has its table for those who would rather read. */

import { bySection, byType, byVerdict, flow, targets } from "./chart-data.js";
import { compared } from "./comparisons.js";
import { h, icon } from "./dom.js";
import { oneLine } from "./format.js";
import { t } from "./i18n.js";
import { pattern } from "./patterns.js";
import { at } from "./spot.js";
import { VERDICTS } from "./types.js";

/** @type {any[]} */
let drawn = [];

/** @param {string} name of a CSS variable */
const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** @returns {Promise<any>} */
async function library() {
  await import("/vendor/chart.js-4.6.1/chart.umd.min.js");
  const { Chart } = /** @type {any} */ (globalThis);
  Chart.defaults.font.family = css("--sans");
  Chart.defaults.font.size = 12;
  Chart.defaults.color = css("--soft");
  Chart.defaults.borderColor = css("--line");
  Chart.defaults.animation = matchMedia("(prefers-reduced-motion: reduce)").matches ? false : { duration: 500 };
  return Chart;
}

/**
 * @param {import("./types.js").Loaded} loaded
 * @returns {Node[]}
 */
export function renderCharts({ result }) {
  for (const chart of drawn) chart.destroy();
  drawn = [];
  const figures = [
    figure("chartVerdicts", byVerdict(result), doughnut, "round"),
    figure("chartFlow", flow(result), stream, "wide"),
    figure("chartSections", bySection(result), stacked, "tall"),
    figure("chartTypes", byType(result), stacked, "tall"),
  ];
  const grid = h("div", { class: "charts" }, figures.map((each) => each.element));
  const draw = (/** @type {any} */ Chart, /** @type {any} */ each) => {
    if (each.canvas.isConnected) drawn.push(new Chart(each.canvas, each.config()));
  };
  const ready = library();
  ready.then((Chart) => figures.forEach((each) => draw(Chart, each)));
  compared(result.id, result.id).then(async (comparison) => {
    const table = targets(comparison);
    if (!table.rows.length || !grid.isConnected) return;
    const { element, canvas, config } = figure("chartTargets", table, bullets, "tall");
    element.querySelector("details")?.replaceWith(targetTable(table.rows));
    if (!table.labels.length) element.querySelector(".chart-body")?.remove();
    grid.append(element);
    draw(await ready, { canvas, config });
  }).catch(() => {}); // no result kept to compare, or nothing to show: one chart fewer
  return [grid];
}

/**
 * @param {string} key
 * @param {import("./chart-data.js").Table & {notes?: string[]}} table
 * @param {(table: any) => any} config
 * @param {string} shape
 */
function figure(key, table, config, shape) {
  const canvas = /** @type {HTMLCanvasElement} */ (h("canvas", { role: "img", "aria-label": `${t(key)}: ${t(`${key}Note`)}` }));
  const frame = h("div", { class: `chart-frame ${shape}` }, canvas, shape === "round" ? centre(table) : null);
  if (shape === "tall") frame.style.height = `${Math.max(150, 62 + table.labels.length * 30)}px`;
  const element = h(
    "figure",
    { class: `chart ${shape}`, id: key },
    h("figcaption", {}, h("h2", {}, t(key)), h("p", {}, t(`${key}Note`))),
    h("div", { class: "chart-body" }, frame, shape === "round" ? verdictList(table) : null),
    shape === "wide" ? null : h("details", { class: "chart-table" }, h("summary", {}, t("table")), asTable(table)),
  );
  return { element, canvas, config: () => config(table) };
}

/** What stands in the middle of the ring. @param {import("./chart-data.js").Table} table */
function centre(table) {
  const [{ values }] = table.series;
  const all = values.reduce((sum, value) => sum + value, 0);
  const share = all ? Math.floor((values[0] / all) * 1000) / 10 : 0;
  return h("p", { class: "chart-centre" }, h("b", { class: "num" }, `${share}%`), h("span", {}, table.labels[0]));
}

/** @param {import("./chart-data.js").Table} table */
function verdictList(table) {
  return h("ul", { class: "chart-list" }, VERDICTS.map((verdict, index) =>
    h("li", {}, h("span", { class: `sign v-${verdict}` }, icon(verdict)), table.labels[index], h("b", { class: "num" }, table.series[0].values[index]))));
}

/** @param {import("./chart-data.js").Table & {notes?: string[]}} table */
function asTable(table) {
  return h(
    "table",
    { class: "ledger" },
    h("thead", {}, h("tr", {}, h("td", {}), table.series.map((series) => h("th", { scope: "col" }, series.name)))),
    h("tbody", {}, table.labels.map((label, row) => h(
      "tr", {}, h("th", { scope: "row" }, label),
      table.series.map((series) => h("td", { class: "num" }, series.values[row])),
      table.notes ? h("td", { lang: "zh-CN" }, table.notes[row]) : null,
    ))),
  );
}

/** @param {ReturnType<typeof targets>["rows"]} rows */
function targetTable(rows) {
  const heads = ["indicator", "thisReached", "aim", "completion"];
  return h(
    "table",
    { class: "ledger" },
    h("thead", {}, h("tr", {}, heads.map((key) => h("th", { scope: "col" }, t(key))))),
    h("tbody", {}, rows.map((row) => h(
      "tr", {}, h("th", { scope: "row", lang: "zh-CN" }, row.label),
      h("td", { lang: "zh-CN" }, oneLine(row.actual?.span.quote ?? ""), " ", at(row.evidence)),
      h("td", { lang: "zh-CN" }, oneLine(row.target?.span.quote ?? "")),
      h("td", { class: "num" }, row.completion === null ? "—" : `${row.completion}%`),
    ))),
  );
}

/** @param {import("./chart-data.js").Table} table */
function doughnut(table) {
  const fills = VERDICTS.map((verdict) => pattern(verdict, css));
  return {
    type: "doughnut",
    data: { labels: table.labels, datasets: [{ data: table.series[0].values, backgroundColor: fills, borderColor: css("--sheet"), borderWidth: 2 }] },
    options: { cutout: "66%", maintainAspectRatio: false, plugins: { legend: { display: false } } },
  };
}

/** @param {import("./chart-data.js").Table} table */
function datasets(table) {
  return table.series.map((series) => ({
    label: series.name, data: series.values, backgroundColor: pattern(series.key, css), borderWidth: 0,
    maxBarThickness: 18, categoryPercentage: 0.8, barPercentage: 0.9, borderRadius: 2,
  }));
}

/** @param {import("./chart-data.js").Table} table */
function stacked(table) {
  return {
    type: "bar",
    data: { labels: table.labels, datasets: datasets(table) },
    options: {
      indexAxis: "y", maintainAspectRatio: false, interaction: { mode: "index", axis: "y", intersect: false },
      scales: { x: { stacked: true, ticks: { precision: 0 }, border: { display: false } }, y: { stacked: true, grid: { display: false }, ticks: { color: css("--text"), autoSkip: false } } },
      plugins: { legend: legend() },
    },
  };
}

/** @param {import("./chart-data.js").Table} table */
function stream(table) {
  return {
    type: "bar",
    data: { labels: table.labels, datasets: datasets(table).map((set) => ({ ...set, maxBarThickness: 60, categoryPercentage: 1, barPercentage: 0.94 })) },
    options: {
      maintainAspectRatio: false, interaction: { mode: "index", intersect: false },
      scales: { x: { stacked: true, grid: { display: false }, ticks: { maxTicksLimit: 11, maxRotation: 0 } }, y: { stacked: true, display: false, max: 100 } },
      plugins: { legend: legend(), tooltip: { filter: (/** @type {any} */ entry) => entry.raw > 0, callbacks: { label: (/** @type {any} */ entry) => ` ${entry.dataset.label} ${entry.raw}%` } } },
    },
  };
}

/** @param {import("./chart-data.js").Table & {notes: string[]}} table */
function bullets(table) {
  const [target, actual] = datasets(table);
  return {
    type: "bar",
    data: { labels: table.labels, datasets: [{ ...actual, maxBarThickness: 11 }, { ...target, maxBarThickness: 22, grouped: false, order: 2 }].map((set) => ({ ...set, grouped: false })) },
    options: {
      indexAxis: "y", maintainAspectRatio: false, interaction: { mode: "index", axis: "y", intersect: false },
      scales: { x: { ticks: { callback: (/** @type {number} */ value) => `${value}%` }, border: { display: false } }, y: { grid: { display: false }, ticks: { color: css("--text"), autoSkip: false } } },
      plugins: { legend: legend(), tooltip: { callbacks: { afterBody: (/** @type {any[]} */ entries) => table.notes[entries[0].dataIndex] } } },
    },
  };
}

function legend() {
  return { position: "top", align: "start", labels: { boxWidth: 14, boxHeight: 10, padding: 14, color: css("--text") } };
}
