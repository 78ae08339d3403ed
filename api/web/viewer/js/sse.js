/** Server-sent events over fetch, because EventSource cannot send an API key. */

import { call } from "./api.js";

/**
 * @param {string} path
 * @param {AbortSignal} signal
 * @returns {AsyncGenerator<{name: string, data: string, id: string}>}
 */
export async function* events(path, signal) {
  const answer = await call(path, { signal, headers: { Accept: "text/event-stream" } });
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (!reader) return;
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const parts = (rest + value.replace(/\r\n?/g, "\n")).split("\n\n");
    rest = parts.pop() ?? "";
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
