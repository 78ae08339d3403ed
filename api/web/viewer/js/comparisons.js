/** Comparisons of two results, as the service makes them; each is asked for once. */

import { call } from "./api.js";

/**
 * @typedef {{item: string, kind: string, text: string, evidence: import("./types.js").Span[],
 *   quantity: import("./types.js").Quantity | null}} Stated
 * @typedef {{target: Stated, outcome: string, achieved: Stated | null, completion: string | null,
 *   difference: string | null, doubts: string[], explanation: {zh: string, en: string}}} Followed
 * @typedef {{last: Record<string, any>, this: Record<string, any>, followed: Followed[],
 *   counts: Record<string, number>, warnings: string[]}} Comparison
 */

/** In the order they are listed. */
export const OUTCOMES = ["met", "missed", "unsure", "not_comparable", "mentioned", "not_mentioned"];

/** @type {Map<string, Promise<Comparison>>} */
const asked = new Map();

/**
 * @param {string} last id of the result with the targets
 * @param {string} now id of the result with what was reached
 * @returns {Promise<Comparison>}
 */
export function compared(last, now) {
  const key = `${last} ${now}`;
  const known = asked.get(key) ?? ask(last, now);
  asked.set(key, known);
  known.catch(() => asked.delete(key)); // a failure is no answer to keep
  return known;
}

/**
 * @param {string} last
 * @param {string} now
 */
async function ask(last, now) {
  const body = JSON.stringify({ last: { id: last }, this: { id: now } });
  const headers = { "Content-Type": "application/json" };
  return (await call("/v1/comparisons", { method: "POST", headers, body })).json();
}
