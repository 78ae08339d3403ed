/** What the numbers of a report tell about each other. */

import { h, icon } from "./dom.js";
import { language, t } from "./i18n.js";
import { quoted } from "./spot.js";
import { chosen } from "./state.js";

/** @param {import("./types.js").Result} result */
export function findingsOf(result) {
  const { report } = chosen();
  return result.reports
    .filter((_, index) => report === null || report === index)
    .flatMap((each) => each.findings);
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
  return h(
    "article",
    { class: "finding" },
    h("p", { class: "finding-kind" }, icon("problem"), t(`finding.${each.kind}`)),
    h("p", { class: "finding-text" }, each.message[language()]),
    h("p", { class: "finding-sum num" }, each.arithmetic),
    each.spans.map(quoted),
  );
}
