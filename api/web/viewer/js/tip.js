/** The card beside a number: what was claimed, what the source says, and why. */

import { checkOf } from "./chips.js";
import { byId, h, icon } from "./dom.js";
import { amount, circumstances, listed, oneLine } from "./format.js";
import { language, t } from "./i18n.js";
import { quantityOf } from "./source.js";

const GAP = 8;
/** @type {Element | null} */
let owner = null;

/** Listen on the page: chips, and numbers in the source. */
export function startTips() {
  const over = (/** @type {Event} */ event) => {
    const target = event.target instanceof Element ? event.target.closest(".chip, .q") : null;
    if (target) open(target);
    else if (owner && !(event.target instanceof Element && event.target.closest("#tip"))) close();
  };
  document.addEventListener("pointerover", over);
  document.addEventListener("focusin", over);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && owner) close();
  });
  document.addEventListener("scroll", close, { capture: true, passive: true });
  byId("tip").addEventListener("pointerleave", close);
}

/** @param {Element} target */
function open(target) {
  if (target === owner) return;
  const content = body(target);
  if (!content) return;
  const tip = byId("tip");
  close();
  owner = target;
  tip.replaceChildren(...content);
  tip.hidden = false;
  target.setAttribute("aria-describedby", "tip");
  place(tip, target.getClientRects()[0] ?? target.getBoundingClientRect());
}

function close() {
  owner?.removeAttribute("aria-describedby");
  owner = null;
  byId("tip").hidden = true;
}

/**
 * @param {HTMLElement} tip
 * @param {DOMRect} at
 */
function place(tip, at) {
  const { width, height } = tip.getBoundingClientRect();
  const left = Math.min(Math.max(GAP, at.left - 8), innerWidth - width - GAP);
  const below = at.bottom + GAP;
  const top = below + height > innerHeight - GAP ? Math.max(GAP, at.top - height - GAP) : below;
  tip.style.left = `${left}px`;
  tip.style.top = `${top}px`;
}

/**
 * @param {Element} target
 * @returns {Node[] | null}
 */
function body(target) {
  const check = checkOf(target);
  if (check) return checked(check);
  const found = quantityOf(target);
  if (!found) return null;
  const verdict = found.quantity.masked ? "masked" : found.used ? "supported" : "unclaimed";
  return [head(verdict, found.used || found.quantity.masked ? null : t("verdict.unclaimed")), facts(found.quantity)];
}

/** @param {import("./types.js").Check} check */
function checked(check) {
  const nodes = [head(check.verdict, null), facts(check.quantity)];
  if (check.reasons.length) {
    nodes.push(h("p", { class: "tip-why" }, listed(check.reasons.map((reason) => t(`reason.${reason}`)))));
  }
  if (check.explanation) nodes.push(h("p", { class: "tip-told" }, check.explanation[language()]));
  if (check.source) {
    nodes.push(h("p", { class: "tip-source" }, h("span", {}, t("inSource")), h("q", {}, oneLine(check.source.span.quote))));
  }
  if (check.found_elsewhere.length) {
    const quotes = check.found_elsewhere.slice(0, 3).map((span) => `${oneLine(span.quote)} @${span.start}`);
    nodes.push(h("p", { class: "tip-source" }, h("span", {}, t("elsewhere")), quotes.join(" · ")));
  }
  return nodes;
}

/**
 * @param {string} verdict
 * @param {string | null} words
 */
function head(verdict, words) {
  const sign = verdict === "unclaimed" ? null : icon(verdict);
  return h("p", { class: `tip-head v-${verdict}` }, sign, words ?? t(`verdict.${verdict}`));
}

/** @param {import("./types.js").Quantity} quantity */
function facts(quantity) {
  const rows = [
    [t("value"), amount(quantity)],
    [t("kindOf"), [t(`type.${quantity.type}`), circumstances(quantity)].filter(Boolean).join(" · ")],
    [t("indicator"), quantity.label ?? ""],
    [t("period"), quantity.period ?? ""],
  ];
  return h(
    "dl",
    {},
    rows.filter(([, value]) => value).map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value))),
  );
}
