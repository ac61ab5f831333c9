/**
 * What the map draws, fetched, and where it lies.
 *
 * @import { Collection } from "./style.js"
 */

import { _ } from "../words.js";

/** @param {string | undefined} url */
export async function fetchText(url) {
  return url ? (await fetch(url)).text() : "";
}

/**
 * Fetch what is given as an address; a layer that does not come is said on the map and drawn as empty.
 *
 * @param {HTMLElement} element
 * @param {Record<string, string | Collection>} layers
 * @returns {Promise<Record<string, Collection>>}
 */
export async function loadAll(element, layers) {
  /** @type {string[]} */
  const missing = [];
  const loaded = await Promise.all(
    Object.entries(layers).map(async ([name, given]) => {
      const collection = typeof given === "string" ? await load(given).catch(() => null) : given;
      if (!collection) missing.push(name);
      for (const feature of collection?.features ?? []) {
        feature.properties ??= {};
        feature.properties.id ??= feature.id;
      }
      return /** @type {const} */ ([name, collection ?? { type: "FeatureCollection", features: [] }]);
    }),
  );
  if (missing.length) {
    const say = document.createElement("p");
    say.className = "xh-float xh-mapsay";
    say.setAttribute("role", "status");
    say.textContent = _("有图层没有取到：%(names)s。刷新页面再试。", { names: missing.join("、") });
    element.append(say);
  }
  return Object.fromEntries(loaded);
}

/**
 * @param {string} url
 * @returns {Promise<Collection>}
 */
async function load(url) {
  const answer = await fetch(url, { headers: { Accept: "application/geo+json, application/json" } });
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer.json();
}

/**
 * Widen a box until it holds all of a geometry's coordinates.
 *
 * @param {any} coordinates
 * @param {[number, number, number, number]} box west, south, east, north
 */
function stretch(coordinates, box) {
  if (typeof coordinates[0] !== "number") {
    for (const part of coordinates) stretch(part, box);
    return;
  }
  const [x, y] = coordinates;
  box[0] = Math.min(box[0], x);
  box[1] = Math.min(box[1], y);
  box[2] = Math.max(box[2], x);
  box[3] = Math.max(box[3], y);
}

/**
 * West, south, east and north of the subdistrict, else of its committees, else of the buildings.
 *
 * @param {Record<string, Collection>} data
 * @returns {[number, number, number, number]}
 */
export function boundsOf(data) {
  /** @type {[number, number, number, number]} */
  const box = [180, 90, -180, -90];
  const ground = ["subdistrict", "committee", "building"].find((name) => data[name]?.features.length);
  for (const { geometry } of data[ground ?? "building"]?.features ?? []) if (geometry) stretch(geometry.coordinates, box);
  return box[0] <= box[2] ? box : [121.37, 31.21, 121.42, 31.25];
}

/**
 * Middle of a geometry's bounds.
 *
 * @param {any} geometry
 * @returns {[number, number]}
 */
export function centre(geometry) {
  /** @type {[number, number, number, number]} */
  const box = [180, 90, -180, -90];
  stretch(geometry.coordinates, box);
  return [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2];
}
