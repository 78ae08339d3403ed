/** What the charts show, as plain tables: no drawing here. */

import { clipped, oneLine } from "./format.js";
import { t } from "./i18n.js";
import { chosen } from "./state.js";
import { KINDS, VERDICTS } from "./types.js";

const SECTIONS = 14;
const STRETCHES = 50;

/**
 * @typedef {{labels: string[], series: {key: string, name: string, values: number[]}[]}} Table
 */

/** @param {import("./types.js").Result} result */
function reports(result) {
  const { report } = chosen();
  return result.reports.filter((_, index) => report === null || report === index);
}

/** @param {import("./types.js").Result} result @returns {Table} */
export function byVerdict(result) {
  const checks = [...reports(result).flatMap((report) => report.items), ...result.refused].flatMap((claim) => claim.quantities);
  const counts = VERDICTS.map((verdict) => checks.filter((check) => check.verdict === verdict).length);
  return { labels: VERDICTS.map((verdict) => t(`verdict.${verdict}`)), series: [{ key: "verdicts", name: t("count"), values: counts }] };
}

/** @param {import("./types.js").Result} result @returns {Table} */
export function bySection(result) {
  /** @type {Map<string, Record<string, number>>} */
  const sections = new Map();
  for (const report of reports(result)) {
    for (const item of report.items) {
      const name = oneLine(item.section[0] ?? t("noSection"));
      const counts = sections.get(name) ?? {};
      counts[item.kind] = (counts[item.kind] ?? 0) + 1;
      sections.set(name, counts);
    }
  }
  const shown = [...sections].slice(0, SECTIONS);
  return {
    labels: shown.map(([name]) => clipped(name, 13)),
    series: KINDS.map((kind) => ({ key: kind, name: t(`kind.${kind}`), values: shown.map(([, counts]) => counts[kind] ?? 0) })),
  };
}

/**
 * How many characters of evidence of each kind each stretch of the reports holds.
 * @param {import("./types.js").Result} result
 * @returns {Table}
 */
export function flow(result) {
  const chosenReports = reports(result);
  const start = Math.min(...chosenReports.map((report) => report.span.start));
  const end = Math.max(...chosenReports.map((report) => report.span.end));
  const size = Math.max(1, (end - start) / STRETCHES);
  const series = KINDS.map((kind) => ({ key: kind, name: t(`kind.${kind}`), values: new Array(STRETCHES).fill(0) }));
  for (const item of chosenReports.flatMap((report) => report.items)) {
    const values = series[KINDS.indexOf(item.kind)].values;
    for (const span of item.evidence) spread(values, (span.start - start) / size, (span.end - start) / size);
  }
  for (const { values } of series) values.forEach((value, index) => { values[index] = Math.round(value * 100); });
  return { labels: series[0].values.map((_, index) => `${Math.round((index / STRETCHES) * 100)}%`), series };
}

/**
 * Add to each bin how much of it a range covers.
 * @param {number[]} bins
 * @param {number} from in bins
 * @param {number} to in bins
 */
function spread(bins, from, to) {
  for (let bin = Math.floor(from); bin < Math.min(to, bins.length); bin += 1) {
    bins[bin] += Math.min(to, bin + 1) - Math.max(from, bin);
  }
}

/** @param {import("./types.js").Result} result @returns {Table} */
export function byType(result) {
  /** @type {Map<string, [number, number]>} */
  const types = new Map();
  for (const report of reports(result)) {
    const left = new Set(report.unclaimed);
    for (const quantity of report.quantities) {
      const counts = types.get(quantity.type) ?? [0, 0];
      counts[left.has(quantity.id) ? 1 : 0] += 1;
      types.set(quantity.type, counts);
    }
  }
  const sorted = [...types].sort(([, one], [, other]) => other[0] + other[1] - one[0] - one[1]);
  return {
    labels: sorted.map(([type]) => t(`type.${type}`)),
    series: [
      { key: "used", name: t("used"), values: sorted.map(([, counts]) => counts[0]) },
      { key: "unclaimed", name: t("verdict.unclaimed"), values: sorted.map(([, counts]) => counts[1]) },
    ],
  };
}

/**
 * Indicators for which one report tells both what was reached and what is aimed at, in percent of
 * the target. Only pairs that the service is sure of: a guess would be worse than a gap.
 * @param {import("./comparisons.js").Comparison} comparison of the result with itself
 */
export function targets({ followed }) {
  const { report } = chosen();
  const reportOf = (/** @type {string} */ item) => item.slice(0, item.indexOf("i"));
  const rows = followed.flatMap(({ outcome, target, achieved, completion, difference }) => {
    const sure = ["met", "missed"].includes(outcome) && target.quantity && achieved?.quantity;
    if (!sure || reportOf(target.item) !== reportOf(achieved.item)) return [];
    if (report !== null && reportOf(target.item) !== `r${report + 1}`) return [];
    const label = clipped(oneLine(target.quantity?.label ?? target.text), 14);
    return [{ label, actual: achieved.quantity, target: target.quantity, completion, difference, evidence: achieved.evidence[0] }];
  });
  const drawn = rows.filter((row) => row.completion !== null).slice(0, SECTIONS);
  return {
    rows,
    labels: drawn.map((row) => row.label),
    series: [
      { key: "target", name: t("target"), values: drawn.map(() => 100) },
      { key: "actual", name: t("actual"), values: drawn.map((row) => Number(row.completion)) },
    ],
    notes: drawn.map((row) => `${oneLine(row.actual?.span.quote ?? "")} / ${oneLine(row.target?.span.quote ?? "")}`),
  };
}
