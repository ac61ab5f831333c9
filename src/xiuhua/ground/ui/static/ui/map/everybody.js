/**
 * The one map on pages for everybody: the ground as one sees it in the street, flat, without a popup.
 *
 * The element, or another that carries the addresses, has `data-xh-ground` (an address with NAME in it), `data-xh-office`
 * and `data-xh-bounds` (west, south, east, north).
 *
 * @import { TheMap } from "./map.js"
 */

import { createMap } from "./map.js";

const LAYERS = ["subdistrict", "green", "water", "campus", "square", "path", "lane", "street", "building"];

/**
 * @param {HTMLElement} element where it is drawn
 * @param {DOMStringMap} told what carries the addresses
 * @returns {Promise<TheMap>}
 */
export function drawForEverybody(element, told = element.dataset) {
  const ground = (/** @type {string} */ name) => `${(told.xhGround ?? "").replace("NAME", name)}?office=${told.xhOffice ?? ""}`;
  const [west, south, east, north] = (told.xhBounds ?? "").split(",").map(Number);
  return createMap(element, {
    layers: Object.fromEntries(LAYERS.map((name) => [name, ground(name)])),
    bounds: [west, south, east, north],
    pitch: 0,
    bearing: 0,
    hash: false,
    legend: false,
    describe: () => null,
  });
}
