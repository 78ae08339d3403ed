/** The dialog that takes an API key. */

import { apiKey, setApiKey } from "./api.js";
import { byId } from "./dom.js";
import { t } from "./i18n.js";

/**
 * @param {string} [why] what the service said, when it was the service that asked
 * @param {() => void} [kept] called when there is a key to go on with
 */
export function askKey(why = "", kept = () => {}) {
  const dialog = /** @type {HTMLDialogElement} */ (byId("key-dialog"));
  const input = /** @type {HTMLInputElement} */ (byId("key-input"));
  input.value = apiKey();
  byId("key-note").textContent = why || t("keyNote");
  dialog.onclose = () => {
    const answer = dialog.returnValue;
    const key = input.value.trim();
    dialog.returnValue = "";
    input.value = "";
    if (answer === "forget") setApiKey("");
    if (answer !== "save") return;
    setApiKey(key);
    if (key) kept();
  };
  if (!dialog.open) dialog.showModal();
  input.select();
}
