/**
 * Pictures for the map, drawn from the same sprite as the pages' when the style first asks for one.
 *
 * `poi-school` is a white symbol on an indigo disc, `sought:poi-school` the same in cinnabar; any symbol of the sprite
 * works, and one that it lacks becomes a plain disc.
 *
 * @import { Map as GlMap } from "./vendor.js"
 */

import { HATCH, QUIET_HATCH, hatch } from "./bands.js";

const SIDE = 44;
const INDIGO = "#2c4a73";
const CINNABAR = "#a8322a";

/** Symbols of the stages of lifts: body and edge, as the tokens of the same name. @type {Record<string, [string, string]>} */
const STAGES = {
  "lift-waiting": ["#b9b4aa", "#767065"],
  "lift-consult": ["#e3b23c", "#8a6208"],
  "lift-signed": ["#d9772b", "#9c4a10"],
  "lift-building": ["#2e6f9e", "#1f527a"],
  "lift-running": ["#2f8f5b", "#1d6a40"],
  "lift-unsuitable": ["#7d776c", "#7d776c"],
};

/**
 * Let the map draw its pictures as it needs them.
 *
 * @param {GlMap} map
 * @param {string} sprite text of the SVG sprite
 */
export function drawPictures(map, sprite) {
  map.setMissingStyleImageResolver(async (id) => {
    const picture = await pictureOf(id, sprite);
    if (!map.hasImage(id)) map.addImage(id, picture, { pixelRatio: 2 });
  });
}

/**
 * @param {string} id
 * @param {string} sprite
 */
async function pictureOf(id, sprite) {
  if (id === HATCH || id === QUIET_HATCH) return hatch(id);
  if (id.startsWith("xh-gate")) return gate(id === "xh-gate-closed");
  const name = id.replace("sought:", "");
  if (name in STAGES) return stage(symbolOf(name, sprite), STAGES[name]);
  return disc(symbolOf(name, sprite), name === id ? INDIGO : CINNABAR);
}

/**
 * Register the symbols of the stages of lifts, before the layer that shows them is added: a tile that was laid out
 * without them would miss them.
 *
 * @param {GlMap} map
 * @param {string} sprite text of the SVG sprite
 */
export async function addStages(map, sprite) {
  const pictures = await Promise.all(Object.keys(STAGES).map(async (id) => /** @type {const} */ ([id, await pictureOf(id, sprite)])));
  for (const [id, picture] of pictures) if (!map.hasImage(id)) map.addImage(id, picture, { pixelRatio: 2 });
}

/** @param {string} name @param {string} sprite */
function symbolOf(name, sprite) {
  return new RegExp(`<symbol id="${name}"[^>]*>(.*?)</symbol>`, "s").exec(sprite)?.[1] ?? "";
}

/** @returns {CanvasRenderingContext2D} */
function sheet() {
  const canvas = document.createElement("canvas");
  canvas.width = SIDE;
  canvas.height = SIDE;
  return /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", { willReadFrequently: true }));
}

/**
 * The symbol of a stage, in its own colours, with a white rim around it.
 *
 * @param {string} body markup of the symbol
 * @param {[string, string]} colours body and edge
 */
function stage(body, [fill, edge]) {
  const drawn = body.replaceAll(/var\(--mark-fill[^)]*\)/g, fill).replaceAll(/var\(--mark-[a-z]+, (#fff)\)/g, "$1");
  const rim = body.replaceAll(/(?:fill|stroke)="[^"]*"/g, "").replaceAll(/stroke-width="[^"]*"/g, "");
  return painted(`<svg x="5" y="5" width="34" height="34" viewBox="0 0 24 24"><g fill="none" stroke="#ffffff" stroke-width="6.5" stroke-linejoin="round">${rim}</g>${drawn.replaceAll("currentColor", edge)}</svg>`);
}

/**
 * A white symbol on a disc with a white rim.
 *
 * @param {string} body markup of the symbol
 * @param {string} colour
 * @returns {Promise<ImageData>}
 */
function disc(body, colour) {
  const white = body.replaceAll("currentColor", "#ffffff");
  const mark = `<svg x="10" y="10" width="24" height="24" viewBox="0 0 24 24">${white}</svg>`;
  const round = `<circle cx="22" cy="22" r="19" fill="${colour}" stroke="#ffffff" stroke-width="3"/>`;
  return painted(round + mark);
}

/**
 * Markup of a square of `SIDE`, as pixels.
 *
 * @param {string} markup
 * @returns {Promise<ImageData>}
 */
async function painted(markup) {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${SIDE}" height="${SIDE}">${markup}</svg>`;
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const paper = sheet();
  paper.drawImage(image, 0, 0);
  return paper.getImageData(0, 0, SIDE, SIDE);
}

/**
 * A gate: two posts, open between them or barred.
 *
 * @param {boolean} closed
 * @returns {ImageData}
 */
function gate(closed) {
  const paper = sheet();
  paper.fillStyle = "#ffffff";
  paper.strokeStyle = closed ? CINNABAR : "#6f6248";
  paper.lineWidth = 3.5;
  paper.lineCap = "round";
  paper.beginPath();
  paper.arc(22, 22, 14, 0, 2 * Math.PI);
  paper.fill();
  paper.stroke();
  paper.beginPath();
  const strokes = closed ? [[15, 22, 29, 22]] : [[17, 15, 17, 29], [27, 15, 27, 29]];
  for (const [x0, y0, x1, y1] of strokes) {
    paper.moveTo(x0, y0);
    paper.lineTo(x1, y1);
  }
  paper.stroke();
  return paper.getImageData(0, 0, SIDE, SIDE);
}
