/** Talking to the service. Every failure becomes a Failure with a sentence for people. */

import { language, t } from "./i18n.js";
import { events } from "./sse.js";
import { sourceFromSpans } from "./source.js";
import { SourceText } from "./spans.js";

const KEY = "groundwork.key";

/** What went wrong, in the reader's language. */
export class Failure extends Error {
  /**
   * @param {string} message
   * @param {number} status 0 when there was no answer
   */
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

export const apiKey = () => {
  try { return sessionStorage.getItem(KEY) ?? ""; } catch { return ""; }
};

/** @param {string} key empty to forget it */
export function setApiKey(key) {
  try {
    if (key) sessionStorage.setItem(KEY, key);
    else sessionStorage.removeItem(KEY);
  } catch {
    // Storage is forbidden: the key cannot be kept.
  }
}

/**
 * @param {string} path
 * @param {RequestInit & {headers?: Record<string, string>}} [options]
 * @returns {Promise<Response>}
 */
export async function call(path, options = {}) {
  const key = apiKey();
  const headers = { ...options.headers, ...(key ? { Authorization: `Bearer ${key}` } : {}) };
  let answer;
  try {
    answer = await fetch(path, { ...options, headers });
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw new Failure(t("network"), 0);
  }
  if (!answer.ok) throw await failure(answer);
  return answer;
}

/** @param {Response} answer */
async function failure(answer) {
  if (answer.status === 401 || answer.status === 403) return new Failure(t("needKey"), answer.status);
  const problem = await answer.json().catch(() => ({}));
  const words = language() === "zh" ? problem.zh : problem.detail;
  return new Failure(words || problem.title || `HTTP ${answer.status}`, answer.status);
}

/**
 * Structure a text or a file.
 * @param {string | File} upload
 * @param {{signal: AbortSignal, arrived: (count: number) => void}} options
 * @returns {Promise<import("./types.js").Loaded>}
 */
export async function structure(upload, { signal, arrived }) {
  const prefer = { Prefer: "respond-async, wait=2" };
  const answer = await call("/v1/reports", typeof upload === "string"
    ? { method: "POST", signal, headers: { ...prefer, "Content-Type": "application/json" }, body: JSON.stringify({ text: upload }) }
    : { method: "POST", signal, headers: prefer, body: form(upload) });
  const result = answer.status === 202
    ? await finished(answer.headers.get("Location") ?? "", signal, arrived)
    : await answer.json();
  return withSource(result, typeof upload === "string" ? upload : null, signal);
}

/** @param {File} file */
function form(file) {
  const data = new FormData();
  data.append("file", file, file.name);
  return data;
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
 * Wait for a job: its events when they can be read, else by asking again.
 * @param {string} job address of the job
 * @param {AbortSignal} signal
 * @param {(count: number) => void} arrived
 * @returns {Promise<import("./types.js").Result>}
 */
async function finished(job, signal, arrived) {
  try {
    let count = 0;
    for await (const event of events(`${job}/events`, signal)) {
      if (event.name === "item") arrived((count += 1));
      if (event.name === "done" || event.name === "error") break;
    }
  } catch (error) {
    if (signal.aborted) throw error;
  }
  for (;;) {
    const state = await (await call(`${job}?wait=20`, { signal })).json();
    if (state.result && typeof state.result === "object") return state.result;
    const id = state.result_id ?? (typeof state.result === "string" ? state.result.split("/").pop() : null);
    if (id) return (await call(`/v1/reports/${id}`, { signal })).json();
    if (["failed", "cancelled"].includes(state.status)) {
      throw new Failure(state.error?.zh ?? state.error?.detail ?? t("failed"), 0);
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
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
