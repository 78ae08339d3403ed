/** Writing numbers for people. Values arrive as decimal strings and are never rounded. */

import { language, t } from "./i18n.js";

/** @param {string | number} value a plain decimal */
export function grouped(value) {
  const [whole, fraction] = String(value).split(".");
  const digits = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ",");
  return fraction ? `${digits}.${fraction}` : digits;
}

/**
 * How much a quantity is, exactly: `150,000,000 元`.
 * @param {import("./types.js").Quantity} quantity
 */
export function amount(quantity) {
  if (quantity.masked) return t("verdict.masked");
  if (quantity.value === null) return "";
  const range = quantity.upper === null ? "" : `–${grouped(quantity.upper)}`;
  return `${grouped(quantity.value)}${range}${quantity.unit ? ` ${quantity.unit}` : ""}`;
}

/**
 * The words that go with a value: 同比 增加 约数.
 * @param {import("./types.js").Quantity} quantity
 */
export function circumstances(quantity) {
  const words = [];
  if (quantity.basis) words.push(t(`basis.${quantity.basis}`));
  if (quantity.change) words.push(t(`change.${quantity.change}`));
  if (quantity.qualifier !== "exact") words.push(t(`qualifier.${quantity.qualifier}`));
  return words.join(" · ");
}

/** @param {string} text with the line breaks that converters left */
export function oneLine(text) {
  return text.replace(/\s+/g, " ").trim();
}

/**
 * Shorten a text to its first characters, astral ones kept whole.
 * @param {string} text
 * @param {number} limit
 */
export function clipped(text, limit) {
  const points = [...text];
  return points.length > limit ? `${points.slice(0, limit - 1).join("")}…` : text;
}

/** @param {string[]} words */
export function listed(words) {
  return words.join(language() === "zh" ? "、" : ", ");
}
