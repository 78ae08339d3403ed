/** Where the page starts: wires the parts, and nothing else. */

import { apiKey, Failure, setApiKey, stored, structure } from "./api.js";
import { renderCompose, startDrop, tell } from "./compose.js";
import { byId, icon } from "./dom.js";
import { renderExports } from "./exports.js";
import { language, setLanguage, t, translatePage } from "./i18n.js";
import { remember } from "./prefs.js";
import { choose, current, show } from "./state.js";
import { openTab } from "./tabs.js";
import { startTips } from "./tip.js";
import { leave, renderWorkspace } from "./workspace.js";

let running = new AbortController();

/** @param {string | File} upload */
function submit(upload) {
  if (current()) compose();
  work((signal) => structure(upload, { signal, arrived: (n) => tell(`${t("working")} ${t("arrived", { n })}`, { busy: true, cancel }) }));
}

const cancel = () => running.abort();

/** @param {(signal: AbortSignal) => Promise<import("./types.js").Loaded>} task */
async function work(task) {
  running.abort();
  running = new AbortController();
  const { signal } = running;
  tell(t("working"), { busy: true, cancel });
  try {
    const loaded = await task(signal);
    if (signal.aborted) return;
    tell("");
    show(loaded);
    const address = `#report=${loaded.result.id}`;
    if (location.hash !== address) history.pushState(null, "", address);
    render();
    byId("main").focus();
    byId("live").textContent = t("itemsN", { n: loaded.result.reports.reduce((sum, report) => sum + report.items.length, 0) });
  } catch (error) {
    if (signal.aborted) tell("");
    else if (error instanceof Failure) {
      tell(error.message);
      if (error.status === 401) askKey();
    } else {
      tell(t("failed"));
      console.error(error);
    }
  }
}

/** Draw what there is, in the language there is. */
function render() {
  translatePage();
  const loaded = current();
  byId("compose").hidden = Boolean(loaded);
  byId("workspace").hidden = !loaded;
  byId("new-report").hidden = !loaded;
  document.body.classList.toggle("reading", Boolean(loaded));
  renderExports(loaded?.result ?? null);
  if (loaded) renderWorkspace(loaded, openTab());
  else renderCompose(submit);
  document.title = loaded?.result.reports[0]?.title ? `${loaded.result.reports[0].title} · Groundwork` : `Groundwork · ${t("strapline")}`;
  const other = byId("language-button");
  other.textContent = t("languageShort");
  other.lang = language() === "zh" ? "en" : "zh-CN";
  other.title = t("otherLanguage");
  other.setAttribute("aria-label", `${t("languageShort")} · ${t("otherLanguage")}`);
  renderTheme();
}

function renderTheme() {
  const button = byId("theme-button");
  button.replaceChildren(icon(document.documentElement.dataset.theme === "dark" ? "sun" : "moon"));
  button.title = t("theme");
  button.setAttribute("aria-label", t("theme"));
}

function compose() {
  leave();
  show(null);
  render();
}

function askKey() {
  const dialog = /** @type {HTMLDialogElement} */ (byId("key-dialog"));
  const input = /** @type {HTMLInputElement} */ (byId("key-input"));
  input.value = apiKey();
  dialog.onclose = () => {
    if (dialog.returnValue === "save") setApiKey(input.value.trim());
    if (dialog.returnValue === "forget") setApiKey("");
    dialog.returnValue = "";
    input.value = "";
  };
  dialog.showModal();
}

/** Show the result that the address names, or the empty page. */
function follow() {
  const id = new URLSearchParams(location.hash.slice(1)).get("report");
  if (!id) compose();
  else if (current()?.result.id !== id) {
    compose();
    work((signal) => stored(id, signal));
  }
}

byId("new-report").addEventListener("click", () => {
  history.pushState(null, "", location.pathname);
  compose();
  byId("text").focus();
});
byId("brand").addEventListener("click", (event) => {
  event.preventDefault();
  history.pushState(null, "", location.pathname);
  compose();
});
byId("key-button").addEventListener("click", askKey);
byId("key-button").title = t("key");
byId("theme-button").addEventListener("click", () => {
  const next = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
  document.documentElement.dataset.theme = next;
  remember("theme", next);
  renderTheme();
  choose(() => {}); // what is drawn in colours of the page is drawn again
});
byId("language-button").addEventListener("click", () => {
  setLanguage(language() === "zh" ? "en" : "zh");
  render();
});
for (const place of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-icon]"))) {
  place.append(icon(place.dataset.icon ?? ""));
}
addEventListener("popstate", follow);
addEventListener("hashchange", follow);
startDrop(submit);
startTips();
follow();
