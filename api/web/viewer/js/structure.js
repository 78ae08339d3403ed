/** From an upload, or from the id of a result, to what the page shows. */

import { call, Failure } from "./api.js";
import { follow } from "./jobs.js";
import { sourceFromSpans } from "./source.js";
import { SourceText } from "./spans.js";

/** @typedef {import("./jobs.js").Listener & {start: () => void}} Waiting */

/** Rules answer at once; a model takes its time, so that its items are shown as they come. */
const BY_RULES = document.querySelector('meta[name="engine"]')?.getAttribute("content") === "rules";

/**
 * @param {string | File} upload
 * @param {AbortSignal} signal
 * @param {Waiting} waiting told when it will take a while, and how it goes
 * @returns {Promise<import("./types.js").Loaded>}
 */
export async function structure(upload, signal, waiting) {
  const answer = await ask(upload, signal);
  const job = answer.status === 202 ? answer.headers.get("Location") : null;
  if (job) waiting.start();
  const result = job ? await follow(job, signal, waiting) : await answer.json();
  return withSource(result, typeof upload === "string" ? upload : null, signal);
}

/**
 * @param {string | File} upload
 * @param {AbortSignal} signal
 */
async function ask(upload, signal) {
  if (BY_RULES) return call("/v1/reports", request(upload, signal));
  try {
    return await call("/v1/reports", request(upload, signal, { Prefer: "respond-async" }));
  } catch (error) {
    // Jobs need the store; without it the service still answers those who wait.
    if (error instanceof Failure && error.status === 503) return call("/v1/reports", request(upload, signal));
    throw error;
  }
}

/**
 * @param {string | File} upload
 * @param {AbortSignal} signal
 * @param {Record<string, string>} headers
 */
function request(upload, signal, headers = {}) {
  if (typeof upload === "string") {
    return { method: "POST", signal, headers: { ...headers, "Content-Type": "application/json" }, body: JSON.stringify({ text: upload }) };
  }
  const form = new FormData();
  form.append("file", upload, upload.name);
  return { method: "POST", signal, headers, body: form };
}

/**
 * Fetch a result again by its id.
 * @param {string} id
 * @param {AbortSignal} signal
 */
export async function stored(id, signal) {
  const answer = await call(`/v1/reports/${encodeURIComponent(id)}`, { signal });
  return withSource(await answer.json(), null, signal);
}

/**
 * @param {import("./types.js").Result} result
 * @param {string | null} pasted
 * @param {AbortSignal} signal
 * @returns {Promise<import("./types.js").Loaded>}
 */
async function withSource(result, pasted, signal) {
  if (pasted !== null) {
    const source = new SourceText(pasted);
    if (source.length === result.source.characters) return { result, source, whole: true };
  }
  try {
    const answer = await call(`/v1/reports/${result.id}/source`, { signal });
    return { result, source: new SourceText(await decoded(answer)), whole: true };
  } catch (error) {
    if (signal.aborted) throw error;
    return { result, source: new SourceText(sourceFromSpans(result)), whole: false };
  }
}

/** `Response.text()` would drop a byte order mark, which counts as a character. @param {Response} answer */
async function decoded(answer) {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(await answer.arrayBuffer());
}
