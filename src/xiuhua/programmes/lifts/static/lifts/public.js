/** The map of lifts for everybody: a ring for each block, parted by stage; one that is picked is told below. */

import { drawForEverybody } from "../ui/map/everybody.js";
import { boundsOf } from "../ui/map/data.js";
import { made } from "../ui/phone/parts.js";
import { _ } from "../ui/words.js";

const BLOCKS = "blocks";
const SIDE = 104;
/** Stages from the end, their colours as the tokens have them, and what they are called. */
const STAGES = /** @type {const} */ ([
  ["running", "#2f8f5b"], ["building", "#2e6f9e"], ["signed", "#d9772b"], ["consult", "#e3b23c"], ["waiting", "#d3cdc2"],
]);

const element = document.querySelector(".l-blocks");
if (element instanceof HTMLElement) void draw(element);

/** @param {HTMLElement} element */
async function draw(element) {
  const coming = fetch(`${element.dataset.xhPoints}?office=${element.dataset.xhOffice}`).then((answer) => answer.json());
  const the = await drawForEverybody(element);
  const { map } = the;
  const blocks = await coming;
  for (const one of blocks.features) {
    one.properties.picture = `block-${one.id}`;
    map.addImage(one.properties.picture, ring(one.properties), { pixelRatio: 2 });
  }
  map.addSource(BLOCKS, { type: "geojson", data: blocks });
  map.addLayer({
    id: BLOCKS,
    type: "symbol",
    source: BLOCKS,
    layout: {
      "icon-image": ["get", "picture"],
      "icon-allow-overlap": true,
      "icon-size": ["interpolate", ["linear"], ["zoom"], 12, 0.6, 14, 0.9, 16, 1.1],
      "symbol-sort-key": ["get", "suitable"],
    },
  });
  if (blocks.features.length) {
    the.home = boundsOf({ building: blocks });
    map.fitBounds(the.home, { padding: 48, maxZoom: 16, duration: 0 });
  }
  the.pickable.push(BLOCKS);
  the.onPick((pick) => {
    if (pick?.layer === BLOCKS) tell(pick.properties);
  });
  map.once("idle", () => (element.dataset.shows = String(blocks.features.length)));
}

/**
 * A ring parted by stage, and in it how many of those that a lift suits are in hand.
 *
 * @param {Record<string, any>} block
 * @returns {ImageData}
 */
function ring(block) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = SIDE;
  const paper = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", { willReadFrequently: true }));
  const middle = SIDE / 2;
  paper.beginPath();
  paper.arc(middle, middle, middle - 4, 0, 2 * Math.PI);
  paper.fillStyle = "#fffdf9";
  paper.fill();
  let from = -Math.PI / 2;
  for (const [stage, colour] of STAGES) {
    const turn = (2 * Math.PI * (block[stage] ?? 0)) / Math.max(block.suitable, 1);
    if (!turn) continue;
    paper.beginPath();
    paper.arc(middle, middle, middle - 12, from, from + turn);
    paper.strokeStyle = colour;
    paper.lineWidth = 15;
    paper.stroke();
    from += turn;
  }
  paper.beginPath();
  paper.arc(middle, middle, middle - 3, 0, 2 * Math.PI);
  paper.strokeStyle = "#8d8476";
  paper.lineWidth = 2;
  paper.stroke();
  paper.fillStyle = "#26221d";
  paper.textAlign = "center";
  paper.textBaseline = "middle";
  paper.font = `600 26px ${getComputedStyle(document.body).fontFamily}`;
  paper.fillText(`${block.in_hand}/${block.suitable}`, middle, middle + 1);
  return paper.getImageData(0, 0, SIDE, SIDE);
}

/** @param {Record<string, any>} block */
function tell(block) {
  const names = { running: _("已运行"), building: _("施工中"), signed: _("已签约"), consult: _("征询中"), waiting: _("未启动") };
  const told = STAGES.filter(([stage]) => block[stage]).map(([stage]) => _("%(stage)s %(count)s 个", { stage: names[stage], count: block[stage] }));
  if (block.unsuitable) told.push(_("不具备条件 %(count)s 个", { count: block.unsuitable }));
  document.querySelector("[data-xh-picked]")?.replaceChildren(made("b", "", block.name), `　${told.join(_("，"))}`);
}
