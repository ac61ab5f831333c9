/** The place of a project, pointed at on the map: a click fills in longitude and latitude; typing them moves the mark. */

import { createMap } from "../ui/map/map.js";
import { _ } from "../ui/words.js";

/** @type {{ layers: Record<string, string>, named?: string }} */
const settings = JSON.parse(document.getElementById("pj-map-settings")?.textContent ?? "{}");
const element = document.getElementById("pj-pick");
const lon = /** @type {HTMLInputElement | null} */ (document.querySelector("[name=lon]"));
const lat = /** @type {HTMLInputElement | null} */ (document.querySelector("[name=lat]"));
const DECIMALS = 6;

/**
 * The mark as the map's layer of facilities draws it.
 *
 * @param {string} x
 * @param {string} y
 */
function mark(x, y) {
  const features = x && y
    ? [{ type: "Feature", id: 1, properties: { id: 1, type: "here", icon: "i-map-pin", name: "" }, geometry: { type: "Point", coordinates: [Number(x), Number(y)] } }]
    : [];
  return /** @type {const} */ ({ type: "FeatureCollection", features });
}

if (element && lon && lat) {
  const map = await createMap(element, {
    layers: /** @type {any} */ ({ ...settings.layers, facility: mark(lon.value, lat.value) }),
    describe: () => null,
    hash: false,
    pitch: 0,
    bearing: 0,
  });
  map.setSought("here", settings.named ?? _("项目位置"));
  const show = () => /** @type {any} */ (map.map.getSource("facility")).setData(mark(lon.value, lat.value));
  map.map.on("click", ({ lngLat }) => {
    lon.value = lngLat.lng.toFixed(DECIMALS);
    lat.value = lngLat.lat.toFixed(DECIMALS);
    show();
  });
  for (const field of [lon, lat]) field.addEventListener("change", show);
}
