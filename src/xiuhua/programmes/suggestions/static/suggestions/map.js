/**
 * Suggestions on the one map: each by the symbol of its category, those not taken up yet in cinnabar; a click leads on.
 *
 * @import { Collection } from "../ui/map/style.js"
 * @import { Pick } from "../ui/map/map.js"
 */

import { createMap } from "../ui/map/map.js";
import { describe } from "../ui/map/popup.js";
import { _ } from "../ui/words.js";

/** @type {{ layers: Record<string, string>, suggestions: Collection, marked: { type: string, words: string } }} */
const settings = JSON.parse(document.getElementById("c-map-settings")?.textContent ?? "{}");
const element = document.getElementById("c-map");

/**
 * @param {Pick} pick
 * @returns {Node}
 */
function describeSuggestion(pick) {
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
    layers: { ...settings.layers, facility: settings.suggestions },
    describe: describeSuggestion,
    pitch: 0,
    bearing: 0,
  });
  map.map.setLayerZoomRange("facility", 0, 24);
  map.map.setLayoutProperty("facility", "icon-allow-overlap", true);
  map.setSought(settings.marked.type, settings.marked.words);
  const [only, ...others] = settings.suggestions.features;
  if (only && !others.length && only.geometry.type === "Point") {
    const [lon, lat] = /** @type {[number, number]} */ (only.geometry.coordinates);
    map.map.jumpTo({ center: [lon, lat], zoom: 17 });
  }
}
