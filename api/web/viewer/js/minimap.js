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
  const canvas = /** @type {HTMLCanvasElement} */ (h("canvas", { class: "minimap", "aria-hidden": "true" }));
  const draw = () => {
    const height = canvas.clientHeight;
    const pen = canvas.getContext("2d");
    if (!pen || !height) return;
    const ratio = devicePixelRatio || 1;
    canvas.width = WIDTH * ratio;
    canvas.height = height * ratio;
    pen.scale(ratio, ratio);
    const style = getComputedStyle(document.documentElement);
    const y = (/** @type {number} */ point) => (point / source.length) * height;
    result.reports.forEach((report, index) => {
      for (const item of report.items) {
        pen.globalAlpha = passes(item, index) ? 0.85 : 0.12;
        pen.fillStyle = style.getPropertyValue(`--${item.kind}`).trim();
        for (const span of item.evidence) pen.fillRect(3, y(span.start), WIDTH - 6, Math.max(1.5, y(span.end) - y(span.start) - 0.5));
      }
    });
    pen.globalAlpha = 1;
    pen.strokeStyle = style.getPropertyValue("--soft").trim();
    const seen = scroller.clientHeight / scroller.scrollHeight;
    if (seen < 1) pen.strokeRect(0.5, (scroller.scrollTop / scroller.scrollHeight) * height + 0.5, WIDTH - 1, Math.max(10, seen * height) - 1);
  };
  let asked = false;
  const later = () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => { asked = false; if (!signal.aborted) draw(); });
  };
  scroller.addEventListener("scroll", later, { passive: true, signal });
  const watcher = new ResizeObserver(later);
  watcher.observe(scroller);
  signal.addEventListener("abort", () => watcher.disconnect());
  const jump = (/** @type {PointerEvent} */ event) => {
    const place = event.offsetY / canvas.clientHeight;
    scroller.scrollTop = place * scroller.scrollHeight - scroller.clientHeight / 2;
  };
  canvas.addEventListener("pointerdown", (event) => { canvas.setPointerCapture(event.pointerId); jump(event); });
  canvas.addEventListener("pointermove", (event) => { if (event.buttons) jump(event); });
  return { canvas, draw: later };
}

