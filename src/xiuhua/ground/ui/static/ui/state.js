/**
 * The controls of a page in its address, so that a link shows what one sees (the map keeps its own view behind the `#`).
 */

/**
 * What the address asks for.
 *
 * @template {Record<string, string>} State
 * @param {State} defaults
 * @returns {State}
 */
export function readState(defaults) {
  const asked = new URLSearchParams(location.search);
  const state = Object.entries(defaults).map(([key, value]) => [key, asked.get(key) ?? value]);
  return Object.fromEntries(state);
}

/**
 * Put the controls into the address without a new entry in the history.
 *
 * @param {Record<string, string>} state
 */
export function writeState(state) {
  const url = new URL(location.href);
  for (const [key, value] of Object.entries(state)) url.searchParams.set(key, value);
  history.replaceState(history.state, "", url);
}
