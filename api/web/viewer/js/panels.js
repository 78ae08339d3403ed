/** The quieter tabs: unclaimed numbers, refused claims, and how the run went. */

import { withChips } from "./chips.js";
import { h, icon } from "./dom.js";
import { amount, circumstances, grouped, oneLine } from "./format.js";
import { language, t } from "./i18n.js";
import { quoted } from "./spot.js";
import { SourceText } from "./spans.js";
import { chosen, passes } from "./state.js";
import { told } from "./told.js";

const CONTEXT = 14;

/** @param {import("./types.js").Loaded} loaded */
export function renderUnclaimed({ result, source }) {
  const reports = result.reports.filter((_, index) => chosen().report === null || chosen().report === index);
  const all = reports.reduce((sum, report) => sum + report.quantities.length, 0);
  const rows = reports.flatMap((report) => {
    const ids = new Set(report.unclaimed);
    return report.quantities.filter((quantity) => ids.has(quantity.id));
  });
  if (!rows.length) return [h("p", { class: "lead-note" }, t("unclaimedNone"))];
  const used = all - rows.length;
  return [
    h("p", { class: "lead-note" }, t("unclaimedLead", { all, used, n: rows.length })),
    h("div", { class: "coverage", role: "img", "aria-label": `${used} / ${all}` }, bar(used / all)),
    h(
      "table",
      { class: "ledger", data: { roving: "" } },
      h("thead", {}, h("tr", {}, [t("number"), t("indicator"), t("kindOf"), t("value"), t("context")].map((name) => h("th", { scope: "col" }, name)))),
      h("tbody", {}, rows.map((quantity, index) => ledgerRow(quantity, source, index === 0))),
    ),
  ];
}

/** @param {number} share from 0 to 1 */
function bar(share) {
  const fill = h("span", { class: "coverage-fill" });
  fill.style.width = `${(share * 100).toFixed(1)}%`;
  return fill;
}

/**
 * @param {import("./types.js").Quantity} quantity
 * @param {SourceText} source
 * @param {boolean} first
 */
function ledgerRow(quantity, source, first) {
  const { start, end, quote } = quantity.span;
  const before = source.slice(Math.max(0, start - CONTEXT), start);
  const after = source.slice(end, Math.min(source.length, end + CONTEXT));
  const kind = [t(`type.${quantity.type}`), circumstances(quantity)].filter(Boolean).join(" · ");
  return h(
    "tr",
    { data: { place: quantity.id }, tabindex: first ? 0 : -1 },
    h("td", {}, h("span", { class: quantity.masked ? "q masked" : "q unclaimed", lang: "zh-CN" }, oneLine(quote))),
    h("td", { lang: "zh-CN" }, quantity.label ?? "—"),
    h("td", { class: "soft" }, kind),
    h("td", { class: "num" }, amount(quantity) || "—"),
    h("td", { class: "context", lang: "zh-CN" }, `…${oneLine(before)}`, h("b", {}, oneLine(quote)), `${oneLine(after)}…`),
  );
}

/** @param {import("./types.js").Loaded} loaded */
export function renderRefused({ result }) {
  if (!result.refused.length) return [h("p", { class: "lead-note" }, t("refusedNone"))];
  const shown = result.refused.filter((claim) => passes(claim, null));
  return [
    h("p", { class: "lead-note" }, t("refusedLead")),
    h("div", { class: "refused", data: { roving: "" } }, shown.map(refusedCard)),
    shown.length ? null : h("p", { class: "empty" }, t("noMatch")),
  ].filter((node) => node !== null);
}

/** @param {import("./types.js").Refused} claim */
function refusedCard(claim) {
  const objections = claim.quantities.filter((check) => check.verdict !== "supported");
  return h(
    "article",
    { class: `refusal k-${claim.kind}` },
    h("p", { class: "refusal-kind" }, icon(claim.kind), t(`kind.${claim.kind}`)),
    h("p", { class: "card-text", lang: "zh-CN" }, withChips(claim.text, claim.quantities, new SourceText(claim.text)).map(tabbable)),
    h("p", { class: "refusal-why" }, icon("contradicted"), h("span", {}, claim.reason[language()])),
    objections.filter((check) => check.explanation).map((check) =>
      h("p", { class: "refusal-told" }, check.explanation?.[language()] ?? "")),
    claim.evidence.map(quoted),
  );
}

/** @param {string | HTMLElement} part */
function tabbable(part) {
  if (part instanceof HTMLElement) part.setAttribute("tabindex", "0");
  return part;
}

/** @param {import("./types.js").Loaded} loaded */
export function renderAbout({ result, whole }) {
  const { engine, source, usage } = result;
  const pairs = (/** @type {Record<string, any>} */ record) =>
    Object.entries(record).map(([name, value]) => `${name} ${value}`).join(" · ");
  const name = [t(`engine.${engine.name}`), engine.model].filter(Boolean).join(" · ");
  const tokens = usage.prompt_tokens + usage.completion_tokens + usage.repair_tokens;
  const rows = [
    ["run_id", result.id],
    ["run_sha", source.sha256],
    ["run_engine", engine.degraded ? `${name} — ${t("degraded")}` : name],
    ["run_mode", engine.mode],
    ["run_prompt", [engine.prompt, engine.prompt_digest].filter(Boolean).join(" · ")],
    ["run_versions", pairs(engine.versions)],
    ["run_media", source.media_type],
    ["run_encoding", source.encoding],
    ["run_cleaning", Object.entries(source.cleaning).map(([kind, times]) => `${t(`clean.${kind}`)} ${grouped(times)}`).join(" · ") || t("cleaningNone")],
    ["run_usage", usage.calls ? [t("calls", { n: usage.calls }), t("tokens", { n: grouped(tokens) }), t("seconds", { n: usage.seconds })].join(" · ") : ""],
  ];
  const warnings = [...result.warnings, ...(whole ? [] : [t("noSource")])];
  return [
    h("dl", { class: "facts" }, rows.filter(([, value]) => value).map(([key, value]) =>
      h("div", {}, h("dt", {}, t(String(key))), h("dd", {}, String(value))))),
    list("run_warnings", warnings.map(told)),
    list("run_partial", result.partial.map((part) => `[${grouped(part.start)}, ${grouped(part.end)}) ${told(part.error)}`)),
  ].filter((node) => node !== null);
}

/**
 * @param {string} key
 * @param {string[]} lines
 */
function list(key, lines) {
  if (!lines.length) return null;
  return h("section", { class: "notes" }, h("h2", {}, t(key)), h("ul", {}, lines.map((line) => h("li", {}, line))));
}

