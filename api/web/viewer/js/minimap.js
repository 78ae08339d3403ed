/** A strip beside the source: where in the report each kind of evidence stands. */

import { h } from "./dom.js";
import { passes } from "./state.js";

const WIDTH = 14;

/**
 * @param {import("./types.js").Loaded} loaded
 * @param {HTMLElement} scroller
 * @param {AbortSignal} signal
 */
export function minimap({ result, source }, scroller, signal) {
  const canvas = /** @type {HTMLCanvasElement} */ (h("canvas", {}));
  const seen = h("div", { class: "minimap-seen" });
  const strip = h("div", { class: "minimap", "aria-hidden": "true" }, canvas, seen);
  const draw = () => paint(canvas, result, source.length);
  const frame = () => {
    const all = Math.max(1, scroller.scrollHeight);
    seen.hidden = scroller.clientHeight >= all;
    seen.style.top = `${(scroller.scrollTop / all) * 100}%`;
    seen.style.height = `${(scroller.clientHeight / all) * 100}%`;
  };
  scroller.addEventListener("scroll", frame, { passive: true, signal });
  const watcher = new ResizeObserver(() => { draw(); frame(); });
  watcher.observe(scroller);
  signal.addEventListener("abort", () => watcher.disconnect());
  const jump = (/** @type {PointerEvent} */ event) => {
    const { top, height } = strip.getBoundingClientRect();
    scroller.scrollTop = ((event.clientY - top) / height) * scroller.scrollHeight - scroller.clientHeight / 2;
  };
  strip.addEventListener("pointerdown", (event) => { strip.setPointerCapture(event.pointerId); jump(event); });
  strip.addEventListener("pointermove", (event) => { if (event.buttons) jump(event); });
  return { strip, draw: () => { draw(); frame(); } };
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {import("./types.js").Result} result
 * @param {number} length of the source
 */
function paint(canvas, result, length) {
  const height = canvas.clientHeight;
  const pen = canvas.getContext("2d");
  if (!pen || !height) return;
  const ratio = devicePixelRatio || 1;
  canvas.width = WIDTH * ratio;
  canvas.height = height * ratio;
  pen.scale(ratio, ratio);
  const style = getComputedStyle(document.documentElement);
  const y = (/** @type {number} */ point) => (point / length) * height;
  result.reports.forEach((report, index) => {
    for (const item of report.items) {
      pen.globalAlpha = passes(item, index) ? 0.85 : 0.12;
      pen.fillStyle = style.getPropertyValue(`--${item.kind}`).trim();
      for (const span of item.evidence) pen.fillRect(3, y(span.start), WIDTH - 6, Math.max(1.5, y(span.end) - y(span.start) - 0.5));
    }
  });
}
