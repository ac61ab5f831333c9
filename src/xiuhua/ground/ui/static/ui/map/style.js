/**
 * The ground of the one map: rice paper, pale so that the question asked stands out. Imports nothing.
 *
 * There is no `glyphs` key: MapLibre 6 then draws every label in the browser from the fonts named in `text-font`.
 * Sources are GeoJSON with one entry for each layer name; a missing one is drawn as empty, so a page passes what it has.
 *
 * @typedef {{ type: "FeatureCollection", features: any[] }} Collection
 * @typedef {number[]} Point
 */

export const PALETTE = Object.freeze({
  paper: "#f0ebe1",
  land: "#f6f2ea",
  quarter: "#f3ede2",
  campus: "#ece8d6",
  square: "#efe9dd",
  green: "#d8e3c8",
  water: "#cbdde2",
  waterEdge: "#b3cad1",
  street: "#fffefb",
  streetEdge: "#e3dbcd",
  lane: "#fffdf9",
  path: "#d0c5b2",
  rail: "#b9b0a1",
  wall: "#a99b84",
  boundary: "#8c8375",
  building: "#ece6da",
  tower: "#e6dfd2",
  buildingEdge: "#cbbfab",
  ink: "#26221d",
});

/** Layer names that a page may pass, from the bottom up. */
export const LAYERS = Object.freeze([
  "subdistrict", "campus", "square", "green", "water", "quarter", "path", "lane", "street", "rail", "wall", "gate",
  "building", "committee", "facility",
]);

export const FONT = ["Noto Sans SC", "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", "sans-serif"];

const TOWER_M = 27;
const HALO = "#fffdf9";

/** @returns {Collection} */
const nothing = () => ({ type: "FeatureCollection", features: [] });

/**
 * A MapLibre style over our own data.
 *
 * @param {Record<string, Collection | undefined>} data GeoJSON by layer name; features carry `properties.id`
 * @returns {any} a style specification; typed loosely so that this file needs no import
 */
export function groundStyle(data) {
  /** @type {Record<string, any>} */
  const sources = {};
  for (const name of LAYERS) sources[name] = source(data[name] ?? nothing());
  sources.outside = source(outside(data.subdistrict));
  sources.label = source(labels(data));
  return {
    version: 8,
    name: "绣花 · 宣纸底图",
    light: { anchor: "map", position: [1.3, 200, 35], color: "#fffaf0", intensity: 0.32 },
    sources,
    layers: [...surfaces(), ...ways(), ...buildings(), ...boundaries(), ...names()],
  };
}

/** @param {Collection} collection */
function source(collection) {
  return { type: "geojson", data: collection, promoteId: "id", tolerance: 0.2, buffer: 64 };
}

/**
 * @param {string} id
 * @param {string} type
 * @param {string} from
 * @param {Record<string, any>} paint
 * @param {Record<string, any>} [rest]
 */
function layer(id, type, from, paint, rest = {}) {
  return { id, type, source: from, paint, ...rest };
}

/** @param {...any} stops zoom and value in turn */
const byZoom = (...stops) => ["interpolate", ["exponential", 1.5], ["zoom"], ...stops];

const ROUND = { "line-cap": "round", "line-join": "round" };

function surfaces() {
  const p = PALETTE;
  return [
    { id: "paper", type: "background", paint: { "background-color": p.paper } },
    layer("land", "fill", "subdistrict", { "fill-color": p.land }),
    layer("quarter", "fill", "quarter", { "fill-color": p.quarter }),
    layer("campus", "fill", "campus", { "fill-color": p.campus }),
    layer("square", "fill", "square", { "fill-color": p.square }),
    layer("green", "fill", "green", { "fill-color": p.green }),
    layer("outside", "fill", "outside", { "fill-color": "#faf7f1", "fill-opacity": 0.62 }),
    layer("water", "fill", "water", { "fill-color": p.water }, { filter: ["==", ["geometry-type"], "Polygon"] }),
    layer("water-edge", "line", "water", { "line-color": p.waterEdge, "line-width": byZoom(13, 0.5, 17, 1.6) }),
  ];
}

function ways() {
  const p = PALETTE;
  const wide = ["==", ["get", "kind"], "arterial"];
  return [
    layer("path", "line", "path", { "line-color": p.path, "line-width": 1.4, "line-dasharray": [3, 2] }, { minzoom: 15, layout: { "line-cap": "round" } }),
    layer("lane", "line", "lane", { "line-color": p.lane, "line-width": byZoom(13, 0.8, 18, 12) }, { layout: ROUND }),
    layer("street-casing", "line", "street", {
      "line-color": p.streetEdge,
      "line-width": byZoom(12, ["case", wide, 4, 3], 18, ["case", wide, 42, 30]),
    }, { layout: ROUND }),
    layer("street", "line", "street", {
      "line-color": p.street,
      "line-width": byZoom(12, ["case", wide, 2.6, 1.8], 18, ["case", wide, 39, 27]),
    }, { layout: ROUND }),
    layer("rail", "line", "rail", { "line-color": p.rail, "line-width": byZoom(13, 1, 17, 3) }),
    layer("rail-ties", "line", "rail", { "line-color": p.street, "line-width": byZoom(13, 0.5, 17, 2), "line-dasharray": [5, 5] }),
    layer("wall", "line", "wall", { "line-color": p.wall, "line-width": byZoom(14, 0.7, 18, 3) }, { minzoom: 14.2 }),
    layer("wall-studs", "line", "wall", {
      "line-color": p.wall,
      "line-width": byZoom(15, 2.5, 18, 9),
      "line-dasharray": [0.25, 3],
    }, { minzoom: 15 }),
    layer("gate", "symbol", "gate", {}, {
      minzoom: 15,
      layout: {
        "icon-image": ["match", ["get", "kind"], ["private", "closed"], "xh-gate-closed", "xh-gate"],
        "icon-size": byZoom(15, 0.7, 18, 1.3),
        "icon-allow-overlap": true,
        "icon-ignore-placement": true,
      },
    }),
  ];
}

const HEIGHT = ["coalesce", ["get", "height"], ["*", 3, ["coalesce", ["get", "levels"], 6]]];
const OUT = ["in", ["get", "band"], ["literal", ["out", "unsuitable"]]];

/**
 * Buildings take their colour from `properties.band` where `setReach` or `setStages` has put one; a picked one wears a
 * cap of ink.
 */
function buildings() {
  const p = PALETTE;
  const colour = [
    "match", ["get", "band"],
    "5", "#1f5f4a", "10", "#5b9c7f", "15", "#b5d3bf", "never", "#cdb59c",
    "running", "#a9d6bb", "building", "#aecfe6", "signed", "#f2c39b", "consult", "#f2dc94", "waiting", "#e2d9c8",
    ["case", [">=", HEIGHT, TOWER_M], p.tower, p.building],
  ];
  const solid = { "fill-extrusion-height": HEIGHT, "fill-extrusion-vertical-gradient": true, "fill-extrusion-opacity": 0.94 };
  return [
    layer("building-edge", "line", "building", { "line-color": p.buildingEdge, "line-width": byZoom(14, 0.4, 18, 1.4) }, { minzoom: 14 }),
    layer("building", "fill-extrusion", "building", { ...solid, "fill-extrusion-color": colour }, { minzoom: 11, filter: ["!", OUT] }),
    layer("building-out", "fill-extrusion", "building", { ...solid, "fill-extrusion-pattern": ["match", ["get", "band"], "unsuitable", "xh-hatch-quiet", "xh-hatch"] }, { minzoom: 11, filter: OUT }),
    layer("building-picked", "fill-extrusion", "building", {
      ...solid,
      "fill-extrusion-color": p.ink,
      "fill-extrusion-base": HEIGHT,
      "fill-extrusion-height": ["+", HEIGHT, 1.2],
    }, { filter: ["==", ["get", "id"], ""] }),
  ];
}

function boundaries() {
  const p = PALETTE;
  return [
    layer("committee", "line", "committee", { "line-color": p.boundary, "line-width": 1, "line-dasharray": [2, 3] }),
    layer("committee-picked", "line", "committee", { "line-color": p.ink, "line-width": 2.4 }, { filter: ["==", ["get", "id"], ""], layout: ROUND }),
    layer("subdistrict", "line", "subdistrict", { "line-color": p.boundary, "line-width": 1.8, "line-dasharray": [1.5, 2.5] }),
  ];
}

/**
 * @param {string} id
 * @param {string} from
 * @param {string} colour
 * @param {Record<string, any>} layout
 * @param {Record<string, any>} [rest]
 */
function text(id, from, colour, layout, rest = {}) {
  return layer(id, "symbol", from, { "text-color": colour, "text-halo-color": HALO, "text-halo-width": 1.6 }, {
    ...rest,
    layout: { "text-field": ["get", "name"], "text-font": FONT, "text-size": 13, ...layout },
  });
}

function names() {
  /** @param {string} kind */
  const of = (kind) => ({ filter: ["==", ["get", "kind"], kind] });
  return [
    layer("facility", "symbol", "facility", {}, {
      minzoom: 15.4,
      filter: ["!=", ["get", "icon"], ""],
      layout: { "icon-image": ["get", "icon"], "icon-size": byZoom(14, 0.72, 17, 1), "icon-padding": 1 },
    }),
    text("street-label", "street", "#6b645a", {
      "symbol-placement": "line", "symbol-spacing": 320, "text-size": 12, "text-letter-spacing": 0.16, "text-max-angle": 40,
    }, { minzoom: 14 }),
    text("quarter-label", "label", "#6b645a", { "text-size": 12, "text-max-width": 7 }, { ...of("quarter"), minzoom: 16 }),
    text("water-label", "label", "#46707c", { "text-letter-spacing": 0.2 }, of("water")),
    text("green-label", "label", "#4d6b3a", { "text-letter-spacing": 0.14, "text-max-width": 9 }, { ...of("green"), minzoom: 13.5 }),
    text("campus-label", "label", "#6f6248", { "text-letter-spacing": 0.14, "text-max-width": 9 }, { ...of("campus"), minzoom: 13.5 }),
    text("committee-label", "label", "#26221d", {
      "text-size": byZoom(12, 11, 15, 16), "text-letter-spacing": 0.1,
      "text-variable-anchor": ["center", "top", "bottom", "left", "right"], "text-radial-offset": 0.8,
    }, { ...of("committee"), maxzoom: 16 }),
    layer("facility-sought", "symbol", "facility", {}, {
      filter: ["==", ["get", "type"], ""],
      layout: {
        "icon-image": ["concat", "sought:", ["get", "icon"]],
        "icon-size": byZoom(12, 0.6, 16, 1.1),
        "icon-allow-overlap": true,
      },
    }),
  ];
}

/**
 * One point for each name, inside the largest piece that bears it, so that a name cut by tiles stands once.
 *
 * @param {Record<string, Collection | undefined>} data
 * @returns {Collection}
 */
function labels(data) {
  /** @type {any[]} */
  const features = [];
  for (const kind of ["water", "green", "campus", "quarter", "committee"]) {
    /** @type {Record<string, { area: number, at: Point }>} */
    const largest = {};
    for (const feature of data[kind]?.features ?? []) {
      const name = feature.properties?.name;
      for (const ring of name ? outerRings(feature.geometry) : []) {
        const piece = middle(ring);
        if (piece.area > (largest[name]?.area ?? -1)) largest[name] = piece;
      }
    }
    for (const [name, { at }] of Object.entries(largest)) {
      features.push({ type: "Feature", properties: { kind, name }, geometry: { type: "Point", coordinates: at } });
    }
  }
  return { type: "FeatureCollection", features };
}

/**
 * @param {any} geometry
 * @returns {Point[][]}
 */
function outerRings(geometry) {
  if (geometry?.type === "Polygon") return [geometry.coordinates[0]];
  if (geometry?.type === "MultiPolygon") return geometry.coordinates.map((/** @type {Point[][]} */ part) => part[0]);
  return [];
}

/**
 * A point inside a ring: halfway along its widest east-west chord near the middle, where a centroid may fall outside.
 *
 * @param {Point[]} ring
 * @returns {{ area: number, at: Point }}
 */
function middle(ring) {
  const ys = ring.map((point) => point[1]);
  const [low, high] = [Math.min(...ys), Math.max(...ys)];
  let doubled = 0;
  for (let i = 1; i < ring.length; i += 1) doubled += ring[i - 1][0] * ring[i][1] - ring[i][0] * ring[i - 1][1];
  /** @type {{ width: number, at: Point }} */
  let best = { width: -1, at: ring[0] };
  for (const share of [0.5, 0.42, 0.58, 0.34, 0.66]) {
    const y = low + share * (high - low) + 1e-9;
    const crossings = chords(ring, y);
    for (let i = 1; i < crossings.length; i += 2) {
      const width = crossings[i] - crossings[i - 1];
      if (width > best.width) best = { width, at: [(crossings[i] + crossings[i - 1]) / 2, y] };
    }
  }
  return { area: Math.abs(doubled), at: best.at };
}

/**
 * @param {Point[]} ring
 * @param {number} y
 * @returns {number[]} where the ring crosses the parallel, from west to east
 */
function chords(ring, y) {
  const found = [];
  for (let i = 1; i < ring.length; i += 1) {
    const [[x0, y0], [x1, y1]] = [ring[i - 1], ring[i]];
    if (y0 > y !== y1 > y) found.push(x0 + ((y - y0) / (y1 - y0)) * (x1 - x0));
  }
  return found.sort((a, b) => a - b);
}

/**
 * Everything but the subdistrict, to veil it.
 *
 * @param {Collection | undefined} subdistrict
 * @returns {Collection}
 */
function outside(subdistrict) {
  const holes = (subdistrict?.features ?? []).flatMap((feature) => outerRings(feature.geometry));
  if (!holes.length) return nothing();
  const world = [[-180, -85], [180, -85], [180, 85], [-180, 85], [-180, -85]];
  return { type: "FeatureCollection", features: [{ type: "Feature", properties: {}, geometry: { type: "Polygon", coordinates: [world, ...holes] } }] };
}
