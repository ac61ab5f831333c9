/**
 * Draw an analysis area on the map: by clicks, or by keyboard with the cross in the middle.
 *
 * ```js
 * const area = await drawArea(map);   // a GeoJSON Polygon, or null when given up
 * ```
 *
 * Keys while the map has the focus: arrows move, Enter sets a corner at the cross, Backspace takes the last one back,
 * F finishes, Escape gives up.
 *
 * @import { TheMap } from "./map.js"
 * @import { GeoJSONSource, MapMouseEvent } from "./vendor.js"
 * @typedef {{ type: "Polygon", coordinates: number[][][] }} Area
 * @typedef {[number, number]} Corner
 */

import { _ } from "../words.js";

const SOURCE = "xh-drawing";
const CLOSE_PX = 12;

/**
 * Let the reader draw one polygon.
 *
 * @param {TheMap} the
 * @returns {Promise<Area | null>}
 */
export function drawArea(the) {
  return new Promise((resolve) => {
    const drawing = new Drawing(the, resolve);
    drawing.start();
  });
}

/**
 * Show an area that was drawn before; null takes it away.
 *
 * @param {TheMap} the
 * @param {Area | null} area
 */
export function showArea(the, area) {
  sketch(the, (area?.coordinates[0].slice(0, -1) ?? []).map(([x, y]) => /** @type {Corner} */ ([x, y])), true);
}

class Drawing {
  /** @type {Corner[]} */
  #corners = [];
  #end = new AbortController();

  /**
   * @param {TheMap} the
   * @param {(area: Area | null) => void} done
   */
  constructor(the, done) {
    this.the = the;
    this.done = done;
    this.say = document.createElement("span");
    this.bar = document.createElement("div");
    this.finishButton = this.#button(_("画完"), "btn btn-primary", () => this.#finish());
    this.undoButton = this.#button(_("撤回一点"), "btn", () => this.#undo());
    const give = this.#button(_("不画了"), "btn btn-quiet", () => this.#close(null));
    this.bar.className = "xh-float xh-drawbar";
    this.say.setAttribute("role", "status");
    this.bar.append(this.say, this.finishButton, this.undoButton, give);
  }

  start() {
    const { map } = this.the;
    const canvas = map.getCanvas();
    const signal = this.#end.signal;
    this.the.drawing = true;
    map.doubleClickZoom.disable();
    canvas.style.cursor = "crosshair";
    this.the.element.append(this.bar);
    const click = (/** @type {MapMouseEvent} */ event) => this.#click(event.point.x, event.point.y, event.lngLat.toArray());
    map.on("click", click);
    signal.addEventListener("abort", () => map.off("click", click));
    canvas.addEventListener("keydown", (event) => this.#key(event), { signal, capture: true });
    canvas.focus();
    this.#show();
  }

  /**
   * @param {number} x
   * @param {number} y
   * @param {Corner} at
   */
  #click(x, y, at) {
    const first = this.#corners[0];
    if (first && this.#corners.length >= 3) {
      const start = this.the.map.project(first);
      if (Math.hypot(start.x - x, start.y - y) <= CLOSE_PX) {
        this.#finish();
        return;
      }
    }
    this.#corners.push(at);
    this.#show();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const act = {
      Enter: () => {
        this.#corners.push(/** @type {Corner} */ (this.the.map.getCenter().toArray()));
        this.#show();
      },
      Backspace: () => this.#undo(),
      Escape: () => this.#close(null),
      f: () => this.#finish(),
      F: () => this.#finish(),
    }[event.key];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  #undo() {
    this.#corners.pop();
    this.#show();
  }

  #finish() {
    if (this.#corners.length < 3 || crossesItself(this.#corners)) {
      this.#show();
      return;
    }
    this.#close({ type: "Polygon", coordinates: [[...this.#corners, this.#corners[0]]] });
  }

  /** @param {Area | null} area */
  #close(area) {
    const { map } = this.the;
    this.#end.abort();
    this.bar.remove();
    this.the.drawing = false;
    map.doubleClickZoom.enable();
    map.getCanvas().style.cursor = "";
    showArea(this.the, area);
    this.done(area);
  }

  #show() {
    const crossed = crossesItself(this.#corners);
    const missing = 3 - this.#corners.length;
    if (crossed) this.say.textContent = _("线和线交叉了，撤回一点再画");
    else if (missing > 0) this.say.textContent = _("在图上点出范围的角，还差 %(missing)s 个", { missing });
    else this.say.textContent = _("%(corners)s 个角，点「画完」合上", { corners: this.#corners.length });
    this.finishButton.disabled = missing > 0 || crossed;
    this.undoButton.disabled = this.#corners.length === 0;
    sketch(this.the, this.#corners, false);
  }

  /**
   * @param {string} words
   * @param {string} css
   * @param {() => void} press
   */
  #button(words, css, press) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = css;
    button.textContent = words;
    button.addEventListener("click", press);
    return button;
  }
}

/**
 * Put corners and the line through them on the map.
 *
 * @param {TheMap} the
 * @param {Corner[]} corners
 * @param {boolean} closed
 */
function sketch({ map }, corners, closed) {
  const line = closed || corners.length > 2 ? [...corners, corners[0]] : corners;
  /** @type {any[]} */
  const features = corners.map((at) => ({ type: "Feature", properties: {}, geometry: { type: "Point", coordinates: at } }));
  if (corners.length > 2) features.push({ type: "Feature", properties: {}, geometry: { type: "Polygon", coordinates: [line] } });
  if (corners.length === 2) features.push({ type: "Feature", properties: {}, geometry: { type: "LineString", coordinates: line } });
  /** @type {any} */
  const data = { type: "FeatureCollection", features: closed ? features.filter((one) => one.geometry.type === "Polygon") : features };
  const source = /** @type {GeoJSONSource | undefined} */ (map.getSource(SOURCE));
  if (source) {
    source.setData(data);
    return;
  }
  map.addSource(SOURCE, { type: "geojson", data });
  map.addLayer({ id: `${SOURCE}-fill`, type: "fill", source: SOURCE, filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-color": "#2c4a73", "fill-opacity": 0.08 } });
  map.addLayer({ id: `${SOURCE}-line`, type: "line", source: SOURCE, filter: ["!=", ["geometry-type"], "Point"], paint: { "line-color": "#2c4a73", "line-width": 2.5, "line-dasharray": [3, 2] } });
  map.addLayer({ id: `${SOURCE}-corner`, type: "circle", source: SOURCE, filter: ["==", ["geometry-type"], "Point"], paint: { "circle-radius": 5, "circle-color": "#ffffff", "circle-stroke-color": "#2c4a73", "circle-stroke-width": 2.5 } });
}

/**
 * Whether a closed line through the corners crosses itself.
 *
 * @param {Corner[]} corners
 * @returns {boolean}
 */
export function crossesItself(corners) {
  const n = corners.length;
  /** @param {number} i */
  const side = (i) => [corners[i], corners[(i + 1) % n]];
  for (let i = 0; i < n; i += 1) {
    for (let j = i + 2; j < n; j += 1) {
      if (i === 0 && j === n - 1) continue;
      const [[a, b], [c, d]] = [side(i), side(j)];
      if (turn(a, b, c) !== turn(a, b, d) && turn(c, d, a) !== turn(c, d, b)) return true;
    }
  }
  return false;
}

/**
 * @param {Corner} a
 * @param {Corner} b
 * @param {Corner} c
 */
function turn(a, b, c) {
  return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]) > 0;
}
