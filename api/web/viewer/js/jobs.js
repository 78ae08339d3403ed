/** Following a job: its events while they can be read, and its end in any case. */

import { call, Failure, problemOf } from "./api.js";
import { t } from "./i18n.js";
import { events } from "./sse.js";

const FINAL = ["succeeded", "partial", "failed", "cancelled"];
const PAUSE_MS = 1_000;

/**
 * @typedef {{item: (item: import("./types.js").Item) => void,
 *   progress: (done: number, total: number | null) => void, again: () => void}} Listener
 *   `again`: another try began, what was told before counts no more
 */

/**
 * Wait for a job, telling of it on the way.
 * @param {string} address of the job
 * @param {AbortSignal} signal
 * @param {Listener} listener
 * @returns {Promise<import("./types.js").Result>}
 */
export async function follow(address, signal, listener) {
  const cancel = () => { call(address, { method: "DELETE" }).catch(() => {}); };
  signal.addEventListener("abort", cancel);
  try {
    const job = await ended(address, signal, listener);
    if (job.result) return await (await call(job.result, { signal })).json();
    if (job.error) throw problemOf(job.error, 0);
    throw new Failure(t(job.state === "cancelled" ? "cancelled" : "failed"), 0);
  } finally {
    signal.removeEventListener("abort", cancel);
  }
}

/**
 * @param {string} address
 * @param {AbortSignal} signal
 * @param {Listener} listener
 * @returns {Promise<any>} the job in its last state
 */
async function ended(address, signal, listener) {
  let last = "";
  for (;;) {
    let broken = false;
    try {
      for await (const event of events(`${address}/events`, signal, last)) {
        last = event.id || last;
        if (event.name === "done") break;
        tell(event, listener);
      }
    } catch (error) {
      if (signal.aborted) throw error;
      broken = true;
    }
    // A stream ends after a while, or cannot be had at all; the job itself is asked either way.
    const job = await (await call(broken ? `${address}?wait=5` : address, { signal })).json();
    if (FINAL.includes(job.state)) return job;
    if (broken) {
      listener.progress(job.progress.done, job.progress.total);
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
}

/**
 * @param {{name: string, data: string}} event
 * @param {Listener} listener
 */
function tell({ name, data }, listener) {
  if (name === "running" || name === "retry") listener.again();
  if (name !== "item" && name !== "chunk") return;
  const told = JSON.parse(data);
  if (name === "item") listener.item(told);
  else listener.progress(told.done, told.total);
}
