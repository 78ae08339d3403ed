/** A word at the foot of the page, when something beside the main thing went wrong. */

import { byId, h, icon } from "./dom.js";

const STAYS_MS = 12_000;

let timer = 0;

/**
 * @param {string} words
 * @param {string} [note]
 */
export function notice(words, note = "") {
  const place = byId("notice");
  place.hidden = false;
  place.replaceChildren(icon("problem"), h("span", {}, words, note ? h("small", {}, note) : null));
  clearTimeout(timer);
  timer = setTimeout(() => { place.hidden = true; }, STAYS_MS);
}
