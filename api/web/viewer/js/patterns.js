/** Fills that differ in pattern as well as in hue, for eyes and printers that do not tell hues. */

const SIZE = 8;

/** Colour and pattern of each series. @type {Record<string, [string, string]>} */
const FILLS = {
  goal: ["--goal", "plain"], achievement: ["--achievement", "rising"], problem: ["--problem", "dots"], plan: ["--plan", "level"],
  supported: ["--achievement", "plain"], masked: ["--rule", "hatch"], unsupported: ["--none-line", "dots"], contradicted: ["--bad", "level"],
  used: ["--achievement", "plain"], unclaimed: ["--rule", "hatch"], target: ["--rule", "plain"], actual: ["--goal", "plain"],
};

/**
 * @param {string} key a kind, a verdict or a series
 * @param {(name: string) => string} css
 * @returns {CanvasPattern | string}
 */
export function pattern(key, css) {
  const [colour, shape] = FILLS[key] ?? ["--soft", "plain"];
  const fill = css(colour);
  if (shape === "plain") return fill;
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = SIZE;
  const pen = canvas.getContext("2d");
  if (!pen) return fill;
  pen.fillStyle = fill;
  pen.fillRect(0, 0, SIZE, SIZE);
  pen.strokeStyle = pen.fillStyle = css("--sheet");
  pen.globalAlpha = 0.55;
  pen.lineWidth = 1.2;
  pen.beginPath();
  if (shape === "dots") {
    for (const [x, y] of [[2, 2], [6, 6]]) {
      pen.moveTo(x, y);
      pen.arc(x, y, 1.1, 0, Math.PI * 2);
    }
    pen.fill();
  } else {
    lines(pen, shape);
    pen.stroke();
  }
  return pen.createPattern(canvas, "repeat") ?? fill;
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {string} shape
 */
function lines(pen, shape) {
  if (shape === "level") {
    pen.moveTo(0, SIZE / 2);
    pen.lineTo(SIZE, SIZE / 2);
    return;
  }
  for (const shift of [-SIZE, 0, SIZE]) {
    pen.moveTo(shift, SIZE);
    pen.lineTo(shift + SIZE, 0);
    if (shape === "hatch") {
      pen.moveTo(shift, 0);
      pen.lineTo(shift + SIZE, SIZE);
    }
  }
}
