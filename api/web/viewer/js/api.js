/** Talking to the service. Every failure becomes a Failure with a sentence for people. */

import { known, language, t } from "./i18n.js";

const KEY = "groundwork.key";

/** What went wrong, in the reader's language. */
export class Failure extends Error {
  /**
   * @param {string} message what it is, and what to do
   * @param {number} status 0 when there was no answer
   * @param {string} note what the service said of this time
   */
  constructor(message, status, note = "") {
    super(message);
    this.status = status;
    this.note = note;
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
  if (!answer.ok) throw problemOf(await answer.json().catch(() => ({})), answer.status, answer.headers);
  return answer;
}

/**
 * A problem (RFC 9457), or the error of a job, in words.
 * @param {any} problem
 * @param {number} status
 * @param {Headers} [headers]
 */
export function problemOf(problem, status, headers) {
  const kind = String(problem.type ?? "").split("/").pop() ?? "";
  const after = headers?.get("Retry-After");
  const note = [
    status ? `${status} ${problem.detail ?? ""}` : problem.detail,
    after ? t("retryAfter", { n: after }) : "",
    problem.request_id ? `${t("requestId")} ${problem.request_id}` : "",
  ];
  if (status === 401) return new Failure(t(apiKey() ? "keyRefused" : "needKey"), status, problem.detail);
  const words = known(`problem.${kind}`) ?? (language() === "zh" ? problem.zh : problem.title);
  return new Failure(words || t("failed"), status, note.filter(Boolean).join(" · "));
}
