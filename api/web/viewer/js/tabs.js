/** Tabs, as the ARIA pattern has them: arrow keys move, the panel follows. */

import { h } from "./dom.js";
import { t } from "./i18n.js";
import { onFilter } from "./state.js";

/**
 * @typedef {{name: string, count?: () => number, render: () => Node[], once?: boolean}} Tab
 *   `once`: rendered a single time and kept; the others are rendered on each visit
 */

let open = "items";
export const openTab = () => open;

/**
 * @param {HTMLElement} panel
 * @param {Tab[]} tabs
 * @param {string} first name of the tab to open
 * @param {AbortSignal} signal
 */
export function startTabs(panel, tabs, first, signal) {
  const buttons = tabs.map((tab) =>
    h("button", { type: "button", role: "tab", class: "tab", id: `tab-${tab.name}`, "aria-controls": `panel-${tab.name}` },
      t(tab.name), tab.count ? h("span", { class: "tab-count num" }, tab.count()) : null));
  const bodies = tabs.map((tab) =>
    h("div", { role: "tabpanel", class: `tab-body b-${tab.name}`, id: `panel-${tab.name}`, "aria-labelledby": `tab-${tab.name}`, tabindex: 0, hidden: true }));
  const list = h("div", { class: "tabs", role: "tablist", "aria-label": t("panelLabel") }, buttons);
  panel.replaceChildren(list, ...bodies);

  const select = (/** @type {number} */ index, focus = true) => {
    open = tabs[index].name;
    tabs.forEach((tab, other) => {
      const chosen = other === index;
      buttons[other].setAttribute("aria-selected", String(chosen));
      buttons[other].tabIndex = chosen ? 0 : -1;
      bodies[other].hidden = !chosen;
      if (chosen && !(tab.once && bodies[other].hasChildNodes())) bodies[other].replaceChildren(...tab.render());
    });
    if (focus) buttons[index].focus();
  };
  buttons.forEach((button, index) => button.addEventListener("click", () => select(index)));
  list.addEventListener("keydown", (event) => {
    const at = tabs.findIndex((tab) => tab.name === open);
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    select((next + tabs.length) % tabs.length);
  });
  onFilter(() => {
    tabs.forEach((tab, index) => {
      const count = buttons[index].querySelector(".tab-count");
      if (count && tab.count) count.textContent = String(tab.count());
      if (tab.name === open && !tab.once) bodies[index].replaceChildren(...tab.render());
    });
  }, signal);
  select(Math.max(0, tabs.findIndex((tab) => tab.name === first)), false);
}
