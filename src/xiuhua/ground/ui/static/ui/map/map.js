/**
 * The one map (一张图).
 *
 * ```js
 * import { createMap } from "../ui/map/map.js";
 *
 * const map = await createMap(element, { layers: { building: "/layers/building.geojson", … } });
 * map.setReach({ 17: "5", 18: "out" });          // colours buildings by id
 * map.setSought("clinic", "卫生站");              // marks one facility type
 * map.onPick((pick) => …);
 * ```
 *
 * The element carries `data-worker-url` and `data-sprite-url` (template `ui/components/map.html`). The view stands in the
 * address (`#map=zoom/lat/lon/bearing/pitch`), so a link shows what one sees.
 *
 * @import { Map as GlMap, GeoJSONSource, LngLatBoundsLike, MapGeoJSONFeature, PaddingOptions } from "./vendor.js"
 * @import { Band, BandWords, Stage } from "./bands.js"
 * @import { Collection } from "./style.js"
 * @typedef {{ layer: string, id: string | number, properties: Record<string, any>, at: [number, number] }} Pick
 * @typedef {object} MapOptions
 * @property {Record<string, string | Collection>} layers GeoJSON, or its address, by layer name (`LAYERS` of style.js)
 * @property {[number, number, number, number]} [bounds] west, south, east, north; default: all there is
 * @property {PaddingOptions} [padding] pixels at the edges that something covers; default 24 on each side
 * @property {number} [pitch]
 * @property {number} [bearing]
 * @property {string} [attribution]
 * @property {boolean} [hash] keep the view in the address; default yes
 * @property {boolean} [legend] draw the legend of bands once `setReach` is called; default yes
 * @property {(pick: Pick) => (Node | null)} [describe] contents of the popup; null for none
 */

import { legend } from "./bands.js";
import { boundsOf, centre, fetchText, loadAll } from "./data.js";
import { drawPictures } from "./icons.js";
import { describe, openPopup } from "./popup.js";
import { groundStyle } from "./style.js";
import { addTools } from "./tools.js";
import { Map as MapLibre, setWorkerUrl } from "./vendor.js";
import { _ } from "../words.js";

/** The most zoom that is added or taken so that the ground fills the frame. */
const NEARER = 1.5;
const PADDING = { top: 24, right: 24, bottom: 24, left: 24 };

/** What a click finds, from the top down; a page adds its own by `pickable`. */
const PICKABLE = ["facility-sought", "facility", "building", "building-out"];
/** Pixels around a click within which a page's own points are found. */
const NEAR = 7;

/**
 * Draw the map in an element and hand back what steers it.
 *
 * @param {HTMLElement} element an `.xh-map` with `data-worker-url` and `data-sprite-url`
 * @param {MapOptions} options
 * @returns {Promise<TheMap>}
 * @throws {Error} where the browser cannot draw WebGL; the element then says so
 */
export async function createMap(element, options) {
  element.classList.add("is-busy");
  const [data, sprite] = await Promise.all([loadAll(element, options.layers), fetchText(element.dataset.spriteUrl)]);
  const viewed = options.hash !== false && location.hash.includes("map=");
  const canvas = part("div", "xh-map-canvas");
  element.prepend(canvas);
  const bounds = options.bounds ?? boundsOf(data);
  const map = build(element, canvas, data, bounds, options);
  drawPictures(map, sprite);
  if (!viewed) fill(map, groundPoints(data, bounds), options.padding ?? PADDING);
  await new Promise((resolve) => map.once("idle", resolve));
  element.classList.remove("is-busy");
  element.dataset.ready = "true";
  return new TheMap(element, map, data, bounds, options);
}

/**
 * @param {HTMLElement} element
 * @param {HTMLElement} container
 * @param {Record<string, Collection>} data
 * @param {LngLatBoundsLike} bounds
 * @param {MapOptions} options
 * @returns {GlMap}
 */
function build(element, container, data, bounds, options) {
  setWorkerUrl(new URL(element.dataset.workerUrl ?? "", document.baseURI).href);
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const bearing = options.bearing ?? -12;
  try {
    return new MapLibre({
      container,
      style: groundStyle(data),
      bounds,
      fitBoundsOptions: { padding: options.padding ?? PADDING, bearing },
      pitch: options.pitch ?? 45,
      bearing,
      maxPitch: 65,
      minZoom: 10,
      maxZoom: 19,
      hash: options.hash === false ? false : "map",
      fadeDuration: still ? 0 : 200,
      attributionControl: false,
      canvasContextAttributes: { preserveDrawingBuffer: true, antialias: true },
      locale: { "Map.Title": _("地图：方向键移动，加减号缩放，回车看中间的楼栋"), "Popup.Close": _("关上") },
    });
  } catch (error) {
    element.classList.remove("is-busy");
    container.remove();
    const say = part("p", "empty");
    say.textContent = _("这台电脑的浏览器画不了立体地图（WebGL 没有打开）；旁边的表格照样能用。");
    element.append(say);
    throw error;
  }
}

/**
 * Let the ground fill the frame as it is seen, aslant and turned: MapLibre fits the box around it as if seen from above,
 * which leaves much of the frame empty. The perspective moves with the camera, hence a few rounds.
 *
 * @param {GlMap} map
 * @param {[number, number][]} points
 * @param {PaddingOptions} padding
 */
function fill(map, points, padding) {
  const { top = 0, right = 0, bottom = 0, left = 0 } = padding;
  const { clientWidth, clientHeight } = map.getCanvas();
  for (let round = 0; round < 4; round += 1) {
    const seen = points.map((point) => map.project(point));
    const [xs, ys] = [seen.map(({ x }) => x), seen.map(({ y }) => y)];
    const [west, east, north, south] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    map.panBy([(west + east) / 2 - (left + clientWidth - right) / 2, (north + south) / 2 - (top + clientHeight - bottom) / 2], { duration: 0 });
    const room = Math.min((clientWidth - left - right) / (east - west), (clientHeight - top - bottom) / (south - north));
    map.setZoom(map.getZoom() + Math.max(-NEARER, Math.min(Math.log2(room), NEARER)));
  }
}

/**
 * Points around the ground that the map is about.
 *
 * @param {Record<string, Collection>} data
 * @param {[number, number, number, number]} bounds
 * @returns {[number, number][]}
 */
function groundPoints(data, [west, south, east, north]) {
  const outline = (data.subdistrict?.features ?? []).flatMap(({ geometry }) => geometry?.coordinates.flat(geometry.type === "MultiPolygon" ? 2 : 1) ?? []);
  return outline.length ? outline : [[west, south], [east, south], [west, north], [east, north]];
}

/** What steers a map that has been drawn. */
export class TheMap {
  /** @type {Set<(pick: Pick | null) => void>} */
  #listeners = new Set();
  /** @type {Map<string | number, Band | Stage>} */
  #bands = new Map();
  /** @type {HTMLElement | null} */
  #legend = null;
  #sought = { type: "", words: "" };
  /** @type {BandWords} */
  #words = {};

  /**
   * @param {HTMLElement} element
   * @param {GlMap} map MapLibre's own, for what is not here
   * @param {Record<string, Collection>} data
   * @param {LngLatBoundsLike} home
   * @param {MapOptions} options
   */
  constructor(element, map, data, home, options) {
    this.element = element;
    this.map = map;
    this.data = data;
    this.home = home;
    this.options = options;
    /** A drawing in progress takes the clicks for itself. */
    this.drawing = false;
    /** Layers of points that the page has added and whose features are picked before all others. @type {string[]} */
    this.pickable = [];
    addTools(this);
    element.append(attribution(options.attribution));
    map.on("click", (event) => this.#pickAt(event.point.x, event.point.y));
    map.on("mousemove", (event) => {
      if (!this.drawing) map.getCanvas().style.cursor = this.#topAt(event.point.x, event.point.y) ? "pointer" : "";
    });
    map.getCanvas().addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || this.drawing) return;
      event.preventDefault(); // else the same press closes the popup, whose button takes the focus
      this.#pickAt(map.getCanvas().clientWidth / 2, map.getCanvas().clientHeight / 2);
    });
  }

  /**
   * Colour buildings by how near something is.
   *
   * @param {Record<string | number, Band>} bands by building id; a building left out keeps its plain colour
   * @param {BandWords} [words] what the bands mean in the legend, where it is not minutes
   */
  setReach(bands, words = {}) {
    this.#words = words;
    this.#paint(bands);
    this.#drawLegend();
  }

  /**
   * Colour buildings by how far the lift of a stairwell in them has come; hatched where none can stand.
   *
   * @param {Record<string | number, Stage>} stages by building id
   */
  setStages(stages) {
    this.#paint(stages);
  }

  /** @param {Record<string | number, Band | Stage>} bands by building id */
  #paint(bands) {
    const source = /** @type {GeoJSONSource} */ (this.map.getSource("building"));
    const update = [];
    for (const { properties } of this.data.building?.features ?? []) {
      const band = bands[properties.id] ?? "none";
      if ((this.#bands.get(properties.id) ?? "none") === band) continue;
      this.#bands.set(properties.id, band);
      properties.band = band;
      update.push({ id: properties.id, addOrUpdateProperties: [{ key: "band", value: band }] });
    }
    if (update.length) source.updateData({ update });
  }

  /**
   * Mark the facilities of one type in cinnabar, above everything; an empty type marks none.
   *
   * @param {string} type
   * @param {string} [words] its name in the legend
   */
  setSought(type, words = "") {
    this.#sought = { type, words };
    this.map.setFilter("facility-sought", ["==", ["get", "type"], type]);
    this.map.setFilter("facility", ["all", ["!=", ["get", "icon"], ""], ["!=", ["get", "type"], type]]);
    this.#drawLegend();
  }

  /**
   * Show or hide layers of the style.
   *
   * @param {string[]} ids
   * @param {boolean} visible
   */
  show(ids, visible) {
    for (const id of ids) this.map.setLayoutProperty(id, "visibility", visible ? "visible" : "none");
  }

  /**
   * Go to a building, outline it and open its popup; null lets go of the last one.
   *
   * @param {string | number | null} id
   */
  select(id) {
    const feature = this.data.building?.features.find((one) => String(one.properties.id) === String(id));
    this.map.setFilter("building-picked", ["==", ["to-string", ["get", "id"]], feature ? String(id) : ""]);
    if (!feature) return;
    const at = centre(feature.geometry);
    this.map.easeTo({ center: at, zoom: Math.max(this.map.getZoom(), 16.5) });
    this.#open({ layer: "building", id: feature.properties.id, properties: feature.properties, at });
  }

  /**
   * Draw a line around a committee; null takes it away.
   *
   * @param {string | number | null} id
   * @param {boolean} [go] whether to go there
   */
  pickCommittee(id, go = true) {
    const feature = this.data.committee?.features.find((one) => String(one.properties.id) === String(id));
    this.map.setFilter("committee-picked", ["==", ["to-string", ["get", "id"]], feature ? String(id) : ""]);
    if (!feature || !go) return;
    this.fit(boundsOf({ committee: { type: "FeatureCollection", features: [feature] } }));
  }

  /** @param {LngLatBoundsLike} [bounds] default: everything */
  fit(bounds = this.home) {
    this.map.fitBounds(bounds, { padding: this.options.padding ?? PADDING, pitch: this.map.getPitch(), bearing: this.map.getBearing() });
  }

  /**
   * Be told what is clicked, or chosen by keyboard; null when nothing is.
   *
   * @param {(pick: Pick | null) => void} listener
   */
  onPick(listener) {
    this.#listeners.add(listener);
  }

  /** @param {number} x @param {number} y @returns {MapGeoJSONFeature | undefined} */
  #topAt(x, y) {
    const there = (/** @type {string[]} */ ids) => ids.filter((id) => this.map.getLayer(id));
    const own = there(this.pickable);
    const box = /** @type {[[number, number], [number, number]]} */ ([[x - NEAR, y - NEAR], [x + NEAR, y + NEAR]]);
    const found = own.length ? this.map.queryRenderedFeatures(box, { layers: own }) : [];
    return found[0] ?? this.map.queryRenderedFeatures([x, y], { layers: there(PICKABLE) })[0];
  }

  /** @param {number} x @param {number} y */
  #pickAt(x, y) {
    if (this.drawing) return;
    const top = this.#topAt(x, y);
    if (!top) {
      this.map.setFilter("building-picked", ["==", ["get", "id"], ""]);
      for (const listener of this.#listeners) listener(null);
      return;
    }
    const { id } = top.properties;
    const at = /** @type {[number, number]} */ (this.map.unproject([x, y]).toArray());
    if (top.source === "building") this.map.setFilter("building-picked", ["==", ["get", "id"], id]);
    this.#open({ layer: top.source, id, properties: top.properties, at });
  }

  /** @param {Pick} pick */
  #open(pick) {
    const content = (this.options.describe ?? describe)(pick);
    if (content) openPopup(this.map, pick.at, content);
    for (const listener of this.#listeners) listener(pick);
  }

  #drawLegend() {
    if (this.options.legend === false) return;
    this.#legend?.remove();
    const present = new Set(this.#bands.values());
    const bands = /** @type {Band[]} */ (["5", "10", "15", "out", "never"]).filter((band) => present.has(band));
    this.#legend = null;
    if (!bands.length && !this.#sought.type) return;
    this.#legend = legend(bands, _, this.#sought.words, this.#words);
    this.#legend.classList.add("xh-float");
    this.element.append(this.#legend);
  }
}

/**
 * @param {string} tag
 * @param {string} css
 * @returns {HTMLElement}
 */
function part(tag, css) {
  const element = document.createElement(tag);
  element.className = css;
  return element;
}

/** @param {string | undefined} words */
function attribution(words) {
  const box = part("div", "xh-attrib");
  const link = document.createElement("a");
  link.href = "https://www.openstreetmap.org/copyright";
  link.rel = "noreferrer";
  link.textContent = words ?? _("© OpenStreetMap 贡献者");
  box.append(link);
  return box;
}
