/** Where the page starts: wires the parts, and nothing else. */

import { Failure } from "./api.js";
import { renderArriving } from "./arriving.js";
import { renderCompose, startDrop, tell } from "./compose.js";
import { byId, icon } from "./dom.js";
import { renderExports } from "./exports.js";
import { language, setLanguage, t, translatePage } from "./i18n.js";
import { askKey } from "./key.js";
import { remember } from "./prefs.js";
import { choose, current, show } from "./state.js";
import { stored, structure } from "./structure.js";
import { openTab } from "./tabs.js";
import { startTips } from "./tip.js";
import { leave, renderWorkspace } from "./workspace.js";

let running = new AbortController();
/** Whether items are arriving: the page is theirs then. */
let arriving = false;

/** @param {string | File} upload */
function submit(upload) {
  /** @type {import("./jobs.js").Listener | null} */
  let listener = null;
  work((signal) => structure(upload, signal, {
    start: () => {
      arriving = true;
      listener = renderArriving(typeof upload === "string" ? upload : null, cancel);
      place(true);
      byId("main").focus();
    },
    item: (item) => listener?.item(item),
    progress: (done, total) => listener?.progress(done, total),
    again: () => listener?.again(),
  }));
}

const cancel = () => running.abort();

/** @param {(signal: AbortSignal) => Promise<import("./types.js").Loaded>} task */
async function work(task) {
  compose();
  const { signal } = running;
  tell(t("working"), { busy: true, action: { words: t("cancel"), act: cancel } });
  try {
    const loaded = await task(signal);
    if (signal.aborted) return;
    arriving = false;
    tell("");
    show(loaded);
    const address = `#report=${loaded.result.id}`;
    if (location.hash !== address) history.pushState(null, "", address);
    render();
    byId("main").focus();
    byId("live").textContent = t("itemsN", { n: loaded.result.reports.reduce((sum, report) => sum + report.items.length, 0) });
  } catch (error) {
    if (running.signal !== signal) return; // something else was begun meanwhile
    const cancelled = signal.aborted;
    compose();
    if (!cancelled) explain(error, () => work(task));
  }
}

/**
 * @param {unknown} error
 * @param {() => void} again
 */
function explain(error, again) {
  const action = { words: t("retry"), act: again };
  if (error instanceof Failure) {
    tell(error.message, { note: error.note, action });
    if (error.status === 401) askKey(error.message, again);
  } else {
    tell(t("failed"), { action });
    console.error(error);
  }
}

/** Give the page to a report, or to the sheet to paste on. @param {boolean} reading */
function place(reading) {
  byId("compose").hidden = reading;
  byId("workspace").hidden = !reading;
  byId("new-report").hidden = !reading;
  document.body.classList.toggle("reading", reading);
}

/** Draw what there is, in the language there is. */
function render() {
  translatePage();
  const loaded = current();
  place(Boolean(loaded) || arriving);
  renderExports(loaded?.result ?? null);
  if (loaded) renderWorkspace(loaded, openTab());
  else if (!arriving) renderCompose(submit);
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

/** Show the empty sheet; what was under way is given up. */
function compose() {
  running.abort();
  running = new AbortController();
  arriving = false;
  leave();
  show(null);
  render();
}

/** Show the result that the address names, or the empty page. */
function follow() {
  const id = new URLSearchParams(location.hash.slice(1)).get("report");
  if (!id) compose();
  else if (current()?.result.id !== id) work((signal) => stored(id, signal));
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
byId("key-button").addEventListener("click", () => askKey());
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
for (const holder of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-icon]"))) {
  holder.append(icon(holder.dataset.icon ?? ""));
}
/** Paper is light. */
let onScreen = document.documentElement.dataset.theme;
addEventListener("beforeprint", () => {
  onScreen = document.documentElement.dataset.theme;
  document.documentElement.dataset.theme = "light";
  choose(() => {});
});
addEventListener("afterprint", () => {
  document.documentElement.dataset.theme = onScreen;
  choose(() => {});
});
addEventListener("popstate", follow);
addEventListener("hashchange", follow);
startDrop(submit);
startTips();
follow();
