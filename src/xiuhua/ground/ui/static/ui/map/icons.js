/**
 * Pictures for the map, drawn from the same sprite as the pages' when the style first asks for one.
 *
 * `poi-school` is a white symbol on an indigo disc, `sought:poi-school` the same in cinnabar; any symbol of the sprite
 * works, and one that it lacks becomes a plain disc.
 *
 * @import { Map as GlMap } from "./vendor.js"
 */

import { HATCH, hatch } from "./bands.js";

const SIDE = 44;
const INDIGO = "#2c4a73";
const CINNABAR = "#a8322a";

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
  if (id === HATCH) return hatch();
  if (id.startsWith("xh-gate")) return gate(id === "xh-gate-closed");
  const name = id.replace("sought:", "");
  const symbol = new RegExp(`<symbol id="${name}"[^>]*>(.*?)</symbol>`, "s").exec(sprite);
  return disc(symbol?.[1] ?? "", name === id ? INDIGO : CINNABAR);
}

/** @returns {CanvasRenderingContext2D} */
function sheet() {
  const canvas = document.createElement("canvas");
  canvas.width = SIDE;
  canvas.height = SIDE;
  return /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", { willReadFrequently: true }));
}

/**
 * A white symbol on a disc with a white rim.
 *
 * @param {string} body markup of the symbol
 * @param {string} colour
 * @returns {Promise<ImageData>}
 */
async function disc(body, colour) {
  const white = body.replaceAll("currentColor", "#ffffff");
  const mark = `<svg x="10" y="10" width="24" height="24" viewBox="0 0 24 24">${white}</svg>`;
  const round = `<circle cx="22" cy="22" r="19" fill="${colour}" stroke="#ffffff" stroke-width="3"/>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${SIDE}" height="${SIDE}">${round}${mark}</svg>`;
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
