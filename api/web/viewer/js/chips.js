/** Numbers as chips: coloured by verdict, each with a sign of its own, the reason on hover. */

import { h, icon } from "./dom.js";
import { t } from "./i18n.js";

/** Checks by chip, for the tip. @type {WeakMap<Element, import("./types.js").Check>} */
const checks = new WeakMap();

/** @param {Element} chip */
export const checkOf = (chip) => checks.get(chip) ?? null;

/**
 * A statement with its numbers as chips. Chips stay out of the tab order until their card is
 * reached, so that a long report can still be walked by keyboard.
 * @param {string} text
 * @param {import("./types.js").Check[]} list
 * @param {import("./spans.js").SourceText} words the text, addressable by code points
 * @returns {(string | HTMLElement)[]}
 */
export function withChips(text, list, words) {
  const parts = [];
  let position = 0;
  const sorted = [...list].sort((one, other) => one.quantity.span.start - other.quantity.span.start);
  for (const check of sorted) {
    const { start, end } = check.quantity.span;
    if (start < position || end > words.length) continue;
    if (start > position) parts.push(words.slice(position, start));
    parts.push(chip(words.slice(start, end), check));
    position = end;
  }
  if (position < words.length) parts.push(words.slice(position, words.length));
  return parts.length ? parts : [text];
}

/**
 * @param {string} text
 * @param {import("./types.js").Check} check
 */
function chip(text, check) {
  const element = h(
    "span", // a real button would not break lines as text does
    { role: "button", class: `chip v-${check.verdict}`, tabindex: -1, data: check.source ? { place: check.source.id } : null },
    icon(check.verdict),
    h("span", { class: "chip-text" }, text),
    h("span", { class: "sr" }, ` (${t(`verdict.${check.verdict}`)})`),
  );
  checks.set(element, check);
  return element;
}
