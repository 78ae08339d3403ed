/** The menu of exports. A file is fetched, so that a key can be sent and a failure be told. */

import { call, Failure } from "./api.js";
import { byId, h, icon } from "./dom.js";
import { language, t } from "./i18n.js";
import { askKey } from "./key.js";
import { notice } from "./notice.js";

const FORMATS = ["xlsx", "csv", "html", "md", "json", "jsonl", "w3c"];

let life = new AbortController();

/** @param {import("./types.js").Result | null} result */
export function renderExports(result) {
  const menu = byId("export-menu");
  life.abort();
  life = new AbortController();
  const { signal } = life;
  menu.hidden = !result;
  if (!result) return;
  const list = h("div", { class: "menu-list", id: "export-list", hidden: true }, FORMATS.map((format) => link(result.id, format)), printer());
  const button = h("button", { type: "button", class: "tool", "aria-expanded": "false", "aria-controls": "export-list" }, icon("download"), h("span", { class: "tool-word" }, t("export")));
  button.setAttribute("aria-label", t("export"));
  const toggle = (/** @type {boolean} */ open) => {
    list.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
  };
  button.addEventListener("click", () => toggle(list.hidden));
  menu.replaceChildren(button, list);
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !list.hidden) {
      toggle(false);
      button.focus();
    }
  }, { signal });
  menu.addEventListener("focusout", (event) => {
    if (event.relatedTarget instanceof Node && !menu.contains(event.relatedTarget)) toggle(false);
  }, { signal });
  // Safari gives no focus to what is clicked; a click elsewhere must close the menu as well.
  document.addEventListener("pointerdown", (event) => {
    if (event.target instanceof Node && !menu.contains(event.target)) toggle(false);
  }, { signal });
}

/**
 * @param {string} id
 * @param {string} format
 */
function link(id, format) {
  const href = `/v1/reports/${encodeURIComponent(id)}/export?format=${format}&lang=${language()}`;
  const anchor = h("a", { href, download: "", data: { format } }, h("b", {}, format === "w3c" ? "W3C" : format.toUpperCase()), h("span", {}, t(`exports.${format}`)));
  anchor.addEventListener("click", (event) => {
    event.preventDefault();
    save(href);
  });
  return anchor;
}

function printer() {
  return h("button", { type: "button", id: "print", on: { click: () => print() } }, h("b", {}, t("print")), h("span", {}, t("printNote")));
}

/** @param {string} href */
async function save(href) {
  try {
    const answer = await call(href);
    const url = URL.createObjectURL(await answer.blob());
    const anchor = /** @type {HTMLAnchorElement} */ (h("a", { href: url, download: nameOf(answer) }));
    anchor.click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    if (error.status === 401) askKey(error.message, () => save(href));
    else notice(error.message, error.note);
  }
}

/** @param {Response} answer */
function nameOf(answer) {
  const told = answer.headers.get("Content-Disposition") ?? "";
  const full = /filename\*=UTF-8''([^;]+)/.exec(told)?.[1];
  return full ? decodeURIComponent(full) : /filename="([^"]+)"/.exec(told)?.[1] ?? "groundwork";
}
