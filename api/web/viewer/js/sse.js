/** Server-sent events over fetch, because EventSource cannot send an API key. */

import { call } from "./api.js";

/**
 * @param {string} path
 * @param {AbortSignal} signal
 * @param {string} last id of the last event that was read; empty to begin with the first
 * @returns {AsyncGenerator<{name: string, data: string, id: string}>}
 */
export async function* events(path, signal, last = "") {
  const headers = { Accept: "text/event-stream", ...(last ? { "Last-Event-ID": last } : {}) };
  const answer = await call(path, { signal, headers });
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (!reader) return;
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const text = rest + value;
    const cut = text.endsWith("\r") ? text.length - 1 : text.length; // half of a line break, perhaps
    const parts = text.slice(0, cut).replace(/\r\n?/g, "\n").split("\n\n");
    rest = (parts.pop() ?? "") + text.slice(cut);
    for (const part of parts) {
      const event = parse(part);
      if (event) yield event;
    }
  }
}

/**
 * @param {string} block the lines of one event
 * @returns {{name: string, data: string, id: string} | null} null for a comment
 */
export function parse(block) {
  const event = { name: "message", data: "", id: "" };
  let meant = false;
  for (const line of block.split("\n")) {
    if (!line || line.startsWith(":")) continue;
    const [field, ...others] = line.split(":");
    const value = others.join(":").replace(/^ /, "");
    meant = true;
    if (field === "event") event.name = value;
    else if (field === "id") event.id = value;
    else if (field === "data") event.data += (event.data ? "\n" : "") + value;
  }
  return meant ? event : null;
}
