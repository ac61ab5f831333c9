/**
 * The map: the ground, buildings by band, facilities, and what a building reaches.
 *
 * @import { Findings, Question } from "./findings.js"
 * @import { Translate } from "./words.js"
 */

import { COLOURS, legend, swatch } from "../../../ground/ui/static/ui/map/bands.js";
import { drawPictures } from "../../../ground/ui/static/ui/map/icons.js";
import { groundStyle } from "../../../ground/ui/static/ui/map/style.js";
import { AttributionControl, Map, NavigationControl, Popup, setWorkerUrl } from "../../../ground/ui/static/vendor/maplibre/maplibre-gl.js";
import { byId, element, people } from "./elements.js";
import { originName } from "./figures.js";

const CREDIT = '© <a href="https://www.openstreetmap.org/copyright">OpenStreetMap contributors</a>';
const NARROW_PX = 820;
/** A building flown to stands this far below the middle, so that its card has room above. */
const BELOW_PX = 120;
const BESIDE_PX = 90;

/** The one map of the page. */
export class Drawing {
  /**
   * @param {Findings} findings
   * @param {string} worker address of MapLibre's worker
   * @param {Translate} _
   */
  constructor(findings, worker, _) {
    this.findings = findings;
    this.popup = new Popup({ maxWidth: "300px" });
    const { layers, bounds } = findings.payload;
    this.buildings = layers.building ?? { type: "FeatureCollection", features: [] };
    setWorkerUrl(worker);
    const narrow = innerWidth <= NARROW_PX;
    this.map = new Map({
      container: "map",
      style: groundStyle(layers),
      bounds,
      fitBoundsOptions: { pitch: 48, bearing: -14, padding: narrow ? 12 : { left: 40, right: 40, top: 40, bottom: 40 } },
      attributionControl: false,
      canvasContextAttributes: { antialias: true, preserveDrawingBuffer: true },
      maxPitch: 70,
      locale: {
        "NavigationControl.ZoomIn": _("放大"),
        "NavigationControl.ZoomOut": _("缩小"),
        "NavigationControl.ResetBearing": _("转回正北"),
        "Popup.Close": _("关闭"),
        "Map.Title": _("地图"),
      },
    });
    this.map.addControl(new AttributionControl({ compact: false, customAttribution: CREDIT }), "bottom-right");
    this.map.addControl(new NavigationControl({ visualizePitch: true }), "top-right");
    this.ready = this.#prepare();
  }

  async #prepare() {
    drawPictures(this.map, this.findings.payload.sprite);
    await this.map.once("load");
    if (innerWidth > NARROW_PX) this.#makeRoomForControls();
    this.#addPlainOrigins();
    for (const layer of ["building", "building-out", "origin"]) {
      if (!this.map.getLayer(layer)) continue;
      this.map.on("click", layer, (event) => this.#pick(event));
      this.map.on("mouseenter", layer, () => this.#cursor("pointer"));
      this.map.on("mouseleave", layer, () => this.#cursor(""));
    }
  }

  /** The controls cover the map's left: closer, and a little to the right of them. */
  #makeRoomForControls() {
    this.map.jumpTo({ zoom: this.map.getZoom() + 0.3 });
    this.map.panBy([-BESIDE_PX, 0], { animate: false });
  }

  /** Origins that are no buildings (nodes, cells) as dots. */
  #addPlainOrigins() {
    const { id, lon, lat } = this.findings.payload.origins;
    const drawn = new Set(this.buildings.features.map((/** @type {any} */ one) => one.properties.origin));
    const features = id.flatMap((_id, origin) =>
      drawn.has(origin) ? [] : [{ type: "Feature", properties: { origin, band: "none" }, geometry: { type: "Point", coordinates: [lon[origin], lat[origin]] } }],
    );
    this.dots = { type: "FeatureCollection", features };
    if (!features.length) return;
    this.map.addSource("origin", { type: "geojson", data: /** @type {any} */ (this.dots) });
    const paint = {
      "circle-radius": ["interpolate", ["exponential", 1.5], ["zoom"], 12, 1.6, 16, 5],
      "circle-color": ["match", ["get", "band"], "5", COLOURS[5], "10", COLOURS[10], "15", COLOURS[15], "out", COLOURS.out, COLOURS.none],
      "circle-stroke-width": ["interpolate", ["linear"], ["zoom"], 13, 0.4, 16, 1.2],
      "circle-stroke-color": ["match", ["get", "band"], "out", "#a8432a", "#5b8a70"],
    };
    this.map.addLayer(/** @type {any} */ ({ id: "origin", type: "circle", source: "origin", paint }), "facility");
  }

  /**
   * Colour every origin by the question, and mark the facilities sought.
   *
   * @param {Question} question
   * @param {Translate} _
   */
  show(question, _) {
    this.question = question;
    this.words = _;
    this.popup.remove();
    for (const { properties } of [...this.buildings.features, ...(this.dots?.features ?? [])]) {
      properties.band = properties.origin < 0 ? "none" : this.findings.band(question, properties.origin);
    }
    this.#setData("building", this.buildings);
    this.#setData("origin", this.dots);
    const key = question.type === null ? "" : this.findings.payload.types[question.type].key;
    this.map.setFilter("facility", ["all", ["!=", ["get", "icon"], ""], ["!=", ["get", "type"], key]]);
    this.map.setFilter("facility-sought", ["==", ["get", "type"], key]);
    this.map.setPaintProperty("facility", "icon-opacity", key ? 0.35 : 0.9);
    const silent = question.type === null && !this.findings.scored.length;
    byId("legend").replaceChildren(...(silent ? [] : [this.#legend(question, _)]));
  }

  /**
   * Fly to an origin and open what it reaches.
   *
   * @param {number} origin
   */
  goTo(origin) {
    const { lon, lat } = this.findings.payload.origins;
    this.map.easeTo({ center: [lon[origin], lat[origin]], zoom: Math.max(this.map.getZoom(), 16.5), offset: [0, BELOW_PX] });
    this.#open(origin, [lon[origin], lat[origin]]);
    if (innerWidth <= NARROW_PX) byId("map").scrollIntoView({ block: "center" });
  }

  /**
   * @param {string} name
   * @param {any} data
   */
  #setData(name, data) {
    /** @type {any} */ (this.map.getSource(name))?.setData(data);
  }

  /** @param {string} cursor */
  #cursor(cursor) {
    this.map.getCanvas().style.cursor = cursor;
  }

  /** @param {any} event */
  #pick(event) {
    const origin = event.features?.[0]?.properties?.origin ?? -1;
    if (origin >= 0) this.#open(origin, event.lngLat);
  }

  /**
   * @param {number} origin
   * @param {any} at
   */
  #open(origin, at) {
    if (!this.question || !this.words) return;
    this.popup.setLngLat(at).setDOMContent(card(this.findings, this.question, origin, this.words)).addTo(this.map);
  }

  /**
   * @param {Question} question
   * @param {Translate} _
   * @returns {HTMLElement}
   */
  #legend(question, _) {
    if (question.type !== null) return legend(["5", "10", "15", "out"], _, this.findings.payload.types[question.type].name[question.lang]);
    const [few, some, many] = this.findings.cuts();
    /** @type {["5" | "10" | "15" | "out", string][]} */
    const items = [
      ["5", _("缺 %(from)s 至 %(to)s 类", { from: 0, to: few - 1 })],
      ["10", _("缺 %(from)s 至 %(to)s 类", { from: few, to: some - 1 })],
      ["15", _("缺 %(from)s 至 %(to)s 类", { from: some, to: many - 1 })],
      ["out", _("缺 %(from)s 类以上", { from: many })],
    ];
    const box = element("div", { class: "xh-legend", role: "group", "aria-label": _("图例") });
    for (const [band, words] of items) box.append(element("span", {}, swatch(band), words));
    return box;
  }
}

/**
 * What an origin reaches and what it lacks.
 *
 * @param {Findings} findings
 * @param {Question} question
 * @param {number} origin
 * @param {Translate} _
 * @returns {HTMLElement}
 */
function card(findings, question, origin, _) {
  const { types, origins, personas, counted } = findings.payload;
  /** @param {number} type */
  const name = (type) => types[type].name[question.lang];
  const box = element("div", { class: "lc-pop" }, element("h3", {}, originName(findings, origin, _)));
  const who = personas[question.persona].name[question.lang];
  const residents = counted ? `${_("约 %(count)s 位居民（估计）", { count: people(origins.residents[origin]) })} · ${who}` : who;
  box.append(element("p", { class: "lc-quiet" }, residents));
  const state = origins.state[origin];
  if (state) box.append(element("p", { class: "is-lacking" }, _(state === 1 ? "不在主路网上：这里的路与外面不相连" : "附近没有路")));
  const lacking = findings.lacking(question.persona, origin);
  if (lacking.length) {
    const join = question.lang === "zh" ? "、" : ", ";
    box.append(element("h4", { class: "is-lacking" }, _("缺 %(count)s 类：", { count: lacking.length })), element("p", { class: "is-lacking" }, lacking.map(name).join(join)));
  }
  const reached = types.flatMap((_type, place) => {
    const seconds = findings.seconds(question.persona, origin, place);
    return seconds === null ? [] : [{ place, seconds }];
  });
  reached.sort((a, b) => a.seconds - b.seconds);
  const list = element("dl");
  for (const { place, seconds } of reached) {
    list.append(element("dt", {}, name(place)), element("dd", {}, _("%(minutes)s 分钟", { minutes: Math.max(1, Math.ceil(seconds / 60)) })));
  }
  box.append(element("h4", {}, reached.length ? _("走得到：") : _("一类也走不到")), list);
  return box;
}
