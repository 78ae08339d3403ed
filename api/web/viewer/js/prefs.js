/** What the page remembers between visits. Storage may be forbidden; then nothing is kept. */

/** @param {string} name */
export function recall(name) {
  try {
    return localStorage.getItem(`groundwork.${name}`);
  } catch {
    return null;
  }
}

/**
 * @param {string} name
 * @param {string} value
 */
export function remember(name, value) {
  try {
    localStorage.setItem(`groundwork.${name}`, value);
  } catch {
    // The choice holds for this visit.
  }
}
