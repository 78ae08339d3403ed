/** The two languages of the page. */

import en from "../words/en.js";
import zh from "../words/zh.js";
import { recall, remember } from "./prefs.js";

const TABLES = { zh, en };
/** @typedef {keyof typeof TABLES} Language */

/** @type {Language} */
let current = first();

/** @returns {Language} */
function first() {
  const stored = recall("language");
  if (stored === "zh" || stored === "en") return stored;
  return navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en";
}

export const language = () => current;

/** @param {Language} next */
export function setLanguage(next) {
  current = next;
  remember("language", next);
}

/**
 * Look up a phrase, e.g. `t("kind.goal")` or `t("itemsN", {n: 3})`. A key without a phrase
 * gives its last part: new enumeration values of the service stay readable.
 * @param {string} key
 * @param {Record<string, string | number>} [values]
 * @returns {string}
 */
export function t(key, values = {}) {
  const phrase = known(key) ?? key.split(".").pop()?.replaceAll("_", " ") ?? key;
  return phrase.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}

/**
 * A phrase that there may be: null when there is none.
 * @param {string} key
 * @returns {string | null}
 */
export function known(key) {
  /** @type {any} */
  let found = TABLES[current];
  for (const part of key.split(".")) found = found?.[part];
  return typeof found === "string" ? found : null;
}

/** Write the phrases of the fixed parts of the page. */
export function translatePage() {
  document.documentElement.lang = t("lang");
  for (const element of document.querySelectorAll("[data-t]")) {
    element.textContent = t(/** @type {HTMLElement} */ (element).dataset.t ?? "");
  }
}
