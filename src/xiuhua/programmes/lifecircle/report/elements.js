/**
 * An element with attributes and children.
 *
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Record<string, string | boolean>} [attributes] a truthy `true` stands without a value, `false` is left out
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Name]}
 */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== false) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children);
  return made;
}

/**
 * The element of the page with an id.
 *
 * @param {string} id
 * @returns {HTMLElement}
 */
export function byId(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}

/**
 * A count as people write it.
 *
 * @param {number} count
 * @returns {string}
 */
export function people(count) {
  return Math.round(count).toLocaleString("en-US");
}

/**
 * A share as a percentage with one decimal.
 *
 * @param {number} share
 * @returns {string}
 */
export function percent(share) {
  return `${(100 * share).toFixed(1)}%`;
}
