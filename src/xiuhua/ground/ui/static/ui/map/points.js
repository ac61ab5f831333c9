/**
 * The rows of a list as symbols on the one map: each tells what it is and leads on; one kind is marked in cinnabar.
 *
 * The page has the map as `xh-points-map` and, as JSON in `xh-points`, `layers` (address by name), `points` (features with
 * `type`, `place` and `url`) and `marked` (the type that is marked, and what it is called). One row alone is moved to.
 *
 * @import { Collection } from "./style.js"
 * @import { Pick } from "./map.js"
 */

import { _ } from "../words.js";
import { createMap } from "./map.js";
import { describe } from "./popup.js";

/** @type {{ layers: Record<string, string>, points: Collection, marked: { type: string, words: string } }} */
const settings = JSON.parse(document.getElementById("xh-points")?.textContent ?? "{}");
const element = document.getElementById("xh-points-map");

/**
 * @param {Pick} pick
 * @returns {Node}
 */
function told(pick) {
  const box = /** @type {HTMLElement} */ (describe(pick));
  if (!pick.properties.url) return box;
  const place = document.createElement("p");
  place.textContent = pick.properties.place;
  const line = document.createElement("p");
  const link = document.createElement("a");
  link.href = pick.properties.url;
  link.textContent = _("看详细");
  line.append(link);
  box.append(place, line);
  return box;
}

if (element) {
  const map = await createMap(element, {
    layers: { ...settings.layers, facility: settings.points },
    describe: told,
    pitch: 0,
    bearing: 0,
  });
  map.map.setLayerZoomRange("facility", 0, 24);
  map.map.setLayoutProperty("facility", "icon-allow-overlap", true);
  map.setSought(settings.marked.type, settings.marked.words);
  const [only, ...others] = settings.points.features;
  if (only && !others.length && only.geometry.type === "Point") {
    const [lon, lat] = /** @type {[number, number]} */ (only.geometry.coordinates);
    map.map.jumpTo({ center: [lon, lat], zoom: 17 });
  }
}
