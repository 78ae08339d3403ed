/** The first page: a sheet to paste on, a place to drop a file, and what to expect. */

import { call } from "./api.js";
import { byId, h, icon } from "./dom.js";
import { grouped } from "./format.js";
import { t } from "./i18n.js";
import { SourceText } from "./spans.js";
import { KINDS, VERDICTS } from "./types.js";

export const TYPES = ".txt,.md,.markdown,.html,.htm,.json,.docx,.pdf,text/plain,text/markdown,text/html,application/pdf";

/** @typedef {(upload: string | File) => void} Submit */

/** Kept over a change of language. */
let draft = "";

/** @param {Submit} submit */
export function renderCompose(submit) {
  const area = /** @type {HTMLTextAreaElement} */ (h("textarea", {
    id: "text", class: "paper-text", lang: "zh-CN", spellcheck: "false", placeholder: t("placeholder"), "aria-labelledby": "paper-label",
  }));
  area.value = draft;
  const count = h("span", { class: "paper-count num", "aria-hidden": "true" });
  const run = /** @type {HTMLButtonElement} */ (h("button", { type: "button", class: "primary", id: "run" }, t("run"), h("kbd", {}, t("runHint"))));
  const send = () => area.value.trim() && submit(area.value);
  const update = () => {
    draft = area.value;
    count.textContent = draft ? t("characters", { n: grouped(new SourceText(draft).length) }) : "";
    run.disabled = !draft.trim();
  };
  area.addEventListener("input", update);
  area.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) send();
  });
  run.addEventListener("click", send);
  update();
  const paper = h(
    "div",
    { class: "paper", id: "paper" },
    h("label", { class: "sr", id: "paper-label", for: "text" }, t("paperLabel")),
    area,
    h("div", { class: "paper-foot" }, count, h("span", { class: "paper-types" }, t("fileTypes"))),
    h("p", { class: "paper-drop", "aria-hidden": "true" }, icon("upload"), t("drop")),
  );
  byId("compose").replaceChildren(
    h("div", { class: "compose-head" }, h("h1", { id: "compose-title" }, t("headline")), h("p", { class: "lead" }, t("lead"))),
    paper,
    h("div", { class: "compose-actions" }, run, chooser(submit), exampleButton(submit)),
    h("p", { class: "compose-state", id: "compose-state", role: "alert", hidden: true }),
    legend(),
  );
}

/** @param {Submit} submit */
function chooser(submit) {
  const input = /** @type {HTMLInputElement} */ (h("input", { type: "file", class: "sr", id: "file", accept: TYPES, tabindex: -1, "aria-label": t("choose") }));
  input.addEventListener("change", () => {
    if (input.files?.[0]) submit(input.files[0]);
    input.value = "";
  });
  return h("span", {}, input, h("button", { type: "button", class: "plain", on: { click: () => input.click() } }, icon("upload"), t("choose")));
}

/** @param {Submit} submit */
function exampleButton(submit) {
  const show = async () => {
    const answer = await call("/viewer/example.txt").catch(() => null);
    if (answer) submit(await answer.text());
    else tell(t("network"));
  };
  return h("button", { type: "button", class: "link", id: "example", on: { click: show } }, t("example"), icon("arrow"));
}

/** Take files dropped anywhere on the page. @param {Submit} submit */
export function startDrop(submit) {
  let depth = 0;
  const over = (/** @type {boolean} */ on) => document.body.classList.toggle("dropping", on);
  const holdsFile = (/** @type {DragEvent} */ event) => event.dataTransfer?.types.includes("Files");
  document.addEventListener("dragenter", (event) => { if (holdsFile(event)) { depth += 1; over(true); } });
  document.addEventListener("dragleave", () => { depth = Math.max(0, depth - 1); if (!depth) over(false); });
  document.addEventListener("dragover", (event) => { if (holdsFile(event)) event.preventDefault(); });
  document.addEventListener("drop", (event) => {
    const file = event.dataTransfer?.files[0];
    depth = 0;
    over(false);
    if (!file) return;
    event.preventDefault();
    submit(file);
  });
}

/** What the marks mean, shown on words of our own. */
function legend() {
  return h(
    "div",
    { class: "legend" },
    h("ul", { class: "legend-kinds" }, KINDS.map((kind) =>
      h("li", { class: `k-${kind}` }, icon(kind), h("b", {}, t(`kind.${kind}`)), h("span", {}, t(`kindNotes.${kind}`))))),
    h("ul", { class: "legend-verdicts", "aria-label": t("howNumbers") }, VERDICTS.map((verdict) =>
      h("li", {}, sample(verdict), h("span", {}, `${t(`verdict.${verdict}`)} · ${t(`verdictNotes.${verdict}`)}`)))),
  );
}

/** @param {import("./types.js").Verdict} verdict */
function sample(verdict) {
  const text = { supported: "42家", masked: "xx家", unsupported: "45家", contradicted: "24家" }[verdict];
  return h("span", { class: "legend-chip", lang: "zh-CN", "aria-hidden": "true" }, h("span", { class: `chip v-${verdict}` }, icon(verdict), text));
}

/**
 * Say how it goes: working, or what went wrong.
 * @param {string} words empty for nothing
 * @param {{busy?: boolean, note?: string, action?: {words: string, act: () => void}}} [options]
 */
export function tell(words, { busy = false, note = "", action } = {}) {
  const state = byId("compose-state");
  state.hidden = !words;
  state.classList.toggle("busy", busy);
  state.replaceChildren(
    ...(busy ? [h("span", { class: "pulse", "aria-hidden": "true" })] : words ? [icon("problem")] : []),
    h("span", {}, words, note ? h("span", { class: "compose-note" }, note) : null),
    ...(action ? [h("button", { type: "button", class: "link", on: { click: action.act } }, action.words)] : []),
  );
  byId("compose").classList.toggle("waiting", busy);
}
