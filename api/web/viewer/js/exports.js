/** The menu of exports. With an API key, a file is fetched and handed over; else it is a link. */

import { apiKey, call } from "./api.js";
import { byId, h, icon } from "./dom.js";
import { language, t } from "./i18n.js";

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
  const list = h("div", { class: "menu-list", id: "export-list", hidden: true }, FORMATS.map((format) => link(result.id, format)));
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
    if (!apiKey()) return;
    event.preventDefault();
    save(href);
  });
  return anchor;
}

/** @param {string} href */
async function save(href) {
  const answer = await call(href);
  const name = /filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition") ?? "")?.[1] ?? "groundwork";
  const url = URL.createObjectURL(await answer.blob());
  const anchor = /** @type {HTMLAnchorElement} */ (h("a", { href: url, download: name }));
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
