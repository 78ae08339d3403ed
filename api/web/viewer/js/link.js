/** Lighting up: the evidence of an item, the items of a piece of evidence. Roving focus in both. */

import { marksOf, placeOf } from "./source.js";
import { spotlight } from "./spot.js";

/** @type {Element[]} */
let lit = [];

/** @param {string[]} ids */
function light(ids) {
  dim();
  for (const id of ids) {
    lit.push(...marksOf(id));
    const card = cardOf(id);
    if (card) lit.push(card);
  }
  for (const element of lit) element.classList.add("lit");
}

function dim() {
  for (const element of lit) element.classList.remove("lit");
  lit = [];
}

/** @param {string} id */
export const cardOf = (id) => document.getElementById(`item-${id}`);

/** @param {Element} element @returns {string[]} */
function idsOf(element) {
  const holder = /** @type {HTMLElement | null} */ (element.closest("[data-items]"));
  return holder?.dataset.items ? holder.dataset.items.split(" ") : [];
}

/**
 * @param {HTMLElement} root the workspace
 * @param {(pane: "source" | "panel") => void} reveal brings a pane to the front on narrow pages
 */
export function startLinks(root, reveal) {
  const over = (/** @type {Event} */ event) => {
    const ids = event.target instanceof Element ? idsOf(event.target) : [];
    // The gap between two pieces of evidence puts nothing out: eyes are still on their way.
    if (ids.length) light(ids);
  };
  root.addEventListener("pointerover", over);
  root.addEventListener("focusin", (event) => {
    over(event);
    const target = /** @type {HTMLElement} */ (event.target);
    if (target.matches(".card, .ev")) activate(target, false);
  });
  root.addEventListener("pointerleave", dim);
  root.addEventListener("click", (event) => {
    if (!(event.target instanceof Element)) return;
    const spot = /** @type {HTMLElement | null} */ (event.target.closest("[data-spot]"));
    if (spot) {
      reveal("source");
      spotlight(spot.dataset.spot ?? "");
      return;
    }
    if (getSelection()?.toString()) return;
    const holder = /** @type {HTMLElement | null} */ (event.target.closest("[data-items], [data-place]"));
    // Where nothing hovers, a tap on a chip shows its reason and stays where it is.
    if (holder && !(holder.matches(".chip") && matchMedia("(hover: none)").matches)) go(holder, reveal);
  });
  root.addEventListener("keydown", (event) => key(event, reveal));
}

/**
 * From one side to the other.
 * @param {HTMLElement} from
 * @param {(pane: "source" | "panel") => void} reveal
 */
function go(from, reveal) {
  if (from.dataset.place) {
    reveal("source");
    flash(placeOf(from.dataset.place));
    return;
  }
  const [id] = idsOf(from);
  if (from.classList.contains("ev")) {
    reveal("panel");
    const card = cardOf(id);
    if (card) activate(/** @type {HTMLElement} */ (card), false);
    light([id]);
    flash(card);
  } else {
    reveal("source");
    flash(marksOf(id)[0] ?? null);
  }
}

/** @param {Element | null} element */
export function flash(element) {
  if (!element) return;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  element.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
  element.classList.add("flash");
  setTimeout(() => element.classList.remove("flash"), 1400);
}

/**
 * Make a card the one that the tab key reaches, and its chips with it.
 * @param {HTMLElement} card
 * @param {boolean} focus
 */
function activate(card, focus) {
  const list = card.closest("[data-roving]");
  list?.querySelectorAll('[tabindex="0"]').forEach((other) => other.setAttribute("tabindex", "-1"));
  card.setAttribute("tabindex", "0");
  card.querySelectorAll(".chip").forEach((chip) => chip.setAttribute("tabindex", "0"));
  if (focus) card.focus();
}

/**
 * @param {KeyboardEvent} event
 * @param {(pane: "source" | "panel") => void} reveal
 */
function key(event, reveal) {
  if (!(event.target instanceof HTMLElement)) return;
  const holder = /** @type {HTMLElement | null} */ (event.target.closest(".chip, .card, .ev, [data-place]"));
  if (!holder || event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    go(holder, reveal);
    if (holder.dataset.place) return;
    const [id] = idsOf(holder);
    const other = holder.classList.contains("ev") ? cardOf(id) : marksOf(id)[0];
    other?.focus({ preventScroll: true });
  } else if (event.key.startsWith("Arrow")) {
    const next = neighbour(/** @type {HTMLElement} */ (holder.closest(".card") ?? holder), event.key);
    if (next) {
      event.preventDefault();
      activate(next, true);
    }
  }
}

/**
 * @param {HTMLElement} from
 * @param {string} arrow
 * @returns {HTMLElement | null}
 */
function neighbour(from, arrow) {
  const step = arrow === "ArrowDown" || arrow === "ArrowRight" ? 1 : -1;
  const column = from.closest(".column");
  if (column && (arrow === "ArrowLeft" || arrow === "ArrowRight")) {
    const columns = [...(column.parentElement?.children ?? [])];
    const beside = step > 0 ? columns.slice(columns.indexOf(column) + 1) : columns.slice(0, columns.indexOf(column)).reverse();
    const firsts = beside.map((other) => /** @type {HTMLElement | null} */ (other.querySelector(".card:not([hidden])")));
    return firsts.find((card) => card !== null) ?? null;
  }
  const scope = column ?? from.closest("[data-roving]");
  if (!scope) return null;
  const all = /** @type {HTMLElement[]} */ ([...scope.querySelectorAll(".card:not([hidden]), .ev:not(.off), tr[data-place]")]);
  const own = idsOf(from).join(" ");
  let place = all.indexOf(from) + step;
  while (all[place] && from.classList.contains("ev") && idsOf(all[place]).join(" ") === own) place += step;
  return all[place] ?? null;
}
