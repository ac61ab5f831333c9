/**
 * Reach bands (可达分档): how near something is on foot, told by one hue from dark to pale, and by a hatch where it is out
 * of reach, so that the map reads on a black-and-white printer too. Imports nothing.
 *
 * @typedef {"5" | "10" | "15" | "out" | "never" | "none"} Band
 * @typedef {"waiting" | "consult" | "signed" | "building" | "running" | "unsuitable"} Stage of a stairwell's lift
 * @typedef {Partial<Record<Band, string>>} BandWords what the bands mean, where it is not minutes
 * @typedef {(message: string, values?: Record<string, string | number>) => string} Translate
 */

/** @type {Translate} */
const inChinese = (message, values = {}) => message.replace(/%\((\w+)\)s/g, (place, name) => String(values[name] ?? place));

/** @type {Band[]} */
export const BANDS = ["5", "10", "15", "out"];

/** Colours as the tokens of the same name; `edge` closes a shape that is too pale by itself. */
export const COLOURS = Object.freeze({
  5: "#1f5f4a",
  10: "#5b9c7f",
  15: "#b5d3bf",
  out: "#d8643f",
  never: "#cdb59c",
  none: "#ece6da",
});

/** Names of the hatches among the map's images: out of reach, and no lift can stand here. */
export const HATCH = "xh-hatch";
export const QUIET_HATCH = "xh-hatch-quiet";

/**
 * Band of a walking time.
 *
 * @param {number | null | undefined} seconds null, undefined, NaN or Infinity where nothing lies within the limit
 * @returns {Band}
 */
export function bandOf(seconds) {
  if (seconds === null || seconds === undefined || !(seconds <= 900)) return "out";
  if (seconds <= 300) return "5";
  return seconds <= 600 ? "10" : "15";
}

/**
 * What a band is called.
 *
 * @param {Band} band
 * @param {Translate} [_]
 * @returns {string}
 */
export function bandLabel(band, _ = inChinese) {
  if (band === "out") return _("够不到");
  if (band === "none") return _("不住人");
  if (band === "never") return _("一直够不到");
  return _("%(minutes)s 分钟", { minutes: band });
}

/**
 * The hatch as pixels, for `map.addImage(HATCH, hatch(), { pixelRatio: 2 })`: stripes at 45 degrees that join at the edges.
 *
 * @param {string} [name] which of the two
 * @param {number} [size] a multiple of 4, in device pixels
 * @returns {{ width: number, height: number, data: Uint8ClampedArray }}
 */
export function hatch(name = HATCH, size = 24) {
  const [ground, stripe] = name === HATCH ? [[232, 150, 120], [168, 67, 42]] : [[233, 227, 216], [168, 158, 142]];
  const data = new Uint8ClampedArray(size * size * 4);
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      const across = (x + y) % (size / 2);
      data.set([...(across < size / 5 ? stripe : ground), 255], 4 * (y * size + x));
    }
  }
  return { width: size, height: size, data };
}

const SVG = "http://www.w3.org/2000/svg";

/**
 * A shape with attributes.
 *
 * @param {string} name
 * @param {Record<string, string>} attributes
 * @returns {SVGElement}
 */
function shape(name, attributes) {
  const element = /** @type {SVGElement} */ (document.createElementNS(SVG, name));
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

/**
 * The little picture beside a word in a legend or a table.
 *
 * @param {Band | "facility"} band
 * @returns {SVGElement}
 */
export function swatch(band) {
  const svg = shape("svg", { viewBox: "0 0 15 15", width: "15", height: "15", "aria-hidden": "true" });
  if (band === "facility") {
    svg.append(shape("circle", { cx: "7.5", cy: "7.5", r: "5.5", fill: "#a8322a" }));
    return svg;
  }
  const pale = band === "15" || band === "never" || band === "none";
  const [inset, side] = pale ? [".5", "14"] : ["0", "15"];
  const fill = { 5: COLOURS[5], 10: COLOURS[10], 15: "#cfe3d5", out: "#e58c6c", never: COLOURS.never, none: COLOURS.none }[band];
  const stroke = { 15: "#5b8a70", none: "#b9af9f" }[band === "15" ? 15 : "none"];
  svg.append(shape("rect", { x: inset, y: inset, width: side, height: side, rx: "3", fill, ...(pale && { stroke }) }));
  if (band === "out") svg.append(shape("path", { d: "M-2 8L8 -2M1 15L15 1M8 18L18 8", stroke: "#a8432a", "stroke-width": "1.6" }));
  return svg;
}

/**
 * A legend of bands, nearest first, and the facility sought, if any.
 *
 * @param {Band[]} bands
 * @param {Translate} [_]
 * @param {string} [facility] name of the facility type that the map marks
 * @param {BandWords} [words]
 * @returns {HTMLElement}
 */
export function legend(bands, _ = inChinese, facility = "", words = {}) {
  const box = document.createElement("div");
  box.className = "xh-legend";
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", _("图例"));
  /** @type {[Band | "facility", string][]} */
  const items = bands.map((band) => [band, words[band] ?? bandLabel(band, _)]);
  if (facility) items.push(["facility", facility]);
  for (const [kind, label] of items) {
    const item = document.createElement("span");
    item.append(swatch(kind), label);
    box.append(item);
  }
  return box;
}
