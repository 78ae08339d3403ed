/** What the numbers of a report tell about each other. */

import { h, icon } from "./dom.js";
import { oneLine } from "./format.js";
import { language, t } from "./i18n.js";
import { chosen } from "./state.js";

/** @param {import("./types.js").Result} result */
export function findingsOf(result) {
  const { report } = chosen();
  return result.reports
    .filter((_, index) => report === null || report === index)
    .flatMap((each) => each.findings ?? []);
}

/** @param {import("./types.js").Loaded} loaded */
export function renderFindings({ result }) {
  const found = findingsOf(result);
  if (!found.length) return [h("p", { class: "lead-note" }, t("findingsNone"))];
  return [
    h("p", { class: "lead-note" }, t("findingsLead")),
    h("div", { class: "findings" }, found.map(finding)),
  ];
}

/** @param {import("./types.js").Finding} each */
function finding(each) {
  const told = each.explanation ?? each.message ?? each.text ?? "";
  const words = typeof told === "string" ? told : told[language()] ?? "";
  /** @type {import("./types.js").Span[]} */
  const spans = each.evidence ?? each.spans ?? (each.span ? [each.span] : []);
  return h(
    "article",
    { class: `finding s-${each.severity ?? "info"}` },
    h("p", { class: "finding-kind" }, icon("problem"), t(`finding.${each.kind ?? each.type ?? "finding"}`)),
    h("p", { class: "finding-text" }, words),
    spans.map((span) => h("blockquote", { lang: "zh-CN" }, oneLine(span.quote), h("span", { class: "at num" }, ` @${span.start}`))),
  );
}
