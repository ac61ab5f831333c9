/**
 * The stairwells as a layer of the one map: a symbol each by its stage, and a ring around the one that is picked.
 *
 * @import { TheMap } from "../ui/map/map.js"
 */

import { fetchText } from "../ui/map/data.js";
import { addStages } from "../ui/map/icons.js";

/** Name of the source, and of the layer that is picked from. */
export const POINTS = "lift";

const SIZE = ["interpolate", ["linear"], ["zoom"], 12, 0.46, 14, 0.58, 15.5, 0.76, 17, 1];
/** From afar, those that no lift suits would bury the others; their houses are hatched from nearby on. */
const SEEN = ["step", ["zoom"], ["case", ["get", "quiet"], 0, 1], 14.6, 1];

/**
 * @param {TheMap} the
 * @param {string} sprite address of the SVG sprite
 */
export async function addPoints(the, sprite) {
  const { map } = the;
  await addStages(map, await fetchText(sprite));
  map.addSource(POINTS, { type: "geojson", data: { type: "FeatureCollection", features: [] }, promoteId: "id" });
  map.addLayer({
    id: `${POINTS}-picked`,
    type: "circle",
    source: POINTS,
    filter: ["==", ["get", "id"], ""],
    paint: { "circle-radius": 17, "circle-color": "#fffdf9", "circle-opacity": 0.85, "circle-stroke-color": "#26221d", "circle-stroke-width": 2.5 },
  });
  map.addLayer({
    id: POINTS,
    type: "symbol",
    source: POINTS,
    layout: {
      "icon-image": ["concat", "lift-", ["get", "stage"]],
      "icon-size": /** @type {any} */ (SIZE),
      "icon-allow-overlap": true,
      "icon-ignore-placement": true,
      "symbol-sort-key": ["get", "order"],
      "symbol-z-order": "auto",
    },
    paint: { "icon-opacity": /** @type {any} */ (SEEN) },
  });
  the.pickable.push(POINTS);
}
