/**
 * Offsets of the service count Unicode code points; strings here count UTF-16 units, two for
 * each astral character (𠮷). This is the only module that converts.
 */

const HIGH = /[\ud800-\udbff][\udc00-\udfff]/g;

/** A text that can be addressed by code points. */
export class SourceText {
  /** @param {string} text */
  constructor(text) {
    this.text = text;
    /** @type {number[]} code point offsets of the astral characters, ascending */
    this.astral = [];
    for (const found of text.matchAll(HIGH)) this.astral.push(found.index - this.astral.length);
    this.length = text.length - this.astral.length;
  }

  /**
   * @param {number} point an offset in code points
   * @returns {number} the same place in UTF-16 units
   */
  unit(point) {
    return point + below(this.astral, point);
  }

  /**
   * @param {number} start in code points
   * @param {number} end in code points, exclusive
   */
  slice(start, end) {
    return this.text.slice(this.unit(start), this.unit(end));
  }
}

/**
 * How many values of an ascending list are smaller than a limit.
 * @param {number[]} values
 * @param {number} limit
 */
function below(values, limit) {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle] < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
