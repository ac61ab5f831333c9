/**
 * The words that our scripts say: written in Chinese, translated where the page carries an English catalogue.
 *
 * The server puts `<script type="application/json" id="xh-words">` on pages that are not Chinese; without it the message
 * itself is what people read.
 */

/** @type {Record<string, string> | null} */
let catalogue = null;

/** @returns {Record<string, string>} */
function words() {
  if (catalogue === null) {
    const element = document.getElementById("xh-words");
    catalogue = element?.textContent ? JSON.parse(element.textContent) : {};
  }
  return /** @type {Record<string, string>} */ (catalogue);
}

/**
 * The message in the reader's language, with its `%(name)s` places filled.
 *
 * @param {string} message
 * @param {Record<string, string | number>} [values]
 * @returns {string}
 */
export function _(message, values = {}) {
  const text = words()[message] ?? message;
  return text.replace(/%\((\w+)\)s/g, (place, name) => String(values[name] ?? place));
}
