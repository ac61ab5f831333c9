/**
 * The form for a new analysis: what the choice of an area needs is shown, and one draws on the map instead of writing
 * coordinates. Without this script every field stands open and the form works as it is.
 *
 * @import { Area } from "../ui/map/draw.js"
 */

import { drawArea, showArea } from "../ui/map/draw.js";
import { createMap } from "../ui/map/map.js";
import { _ } from "../ui/words.js";

const form = /** @type {HTMLFormElement} */ (document.querySelector("[data-lc-new]"));
const text = /** @type {HTMLTextAreaElement} */ (form.elements.namedItem("area"));
const committee = /** @type {HTMLSelectElement} */ (form.elements.namedItem("committee"));

/** Show what the chosen kind of area needs. */
function unfold() {
  const where = String(new FormData(form).get("where"));
  for (const part of form.querySelectorAll("[data-lc-part]")) {
    if (part instanceof HTMLElement) part.hidden = part.dataset.lcPart !== where;
  }
}

/** @returns {Area | null} the polygon that stands in the text, if it is one */
function written() {
  try {
    const found = JSON.parse(text.value);
    const geometry = found?.type === "Feature" ? found.geometry : found;
    return geometry?.type === "Polygon" ? geometry : null;
  } catch {
    return null;
  }
}

/** @param {Area | null} area */
function sayDrawn(area) {
  const say = form.querySelector("[data-lc-drawn]");
  if (say) say.textContent = area ? _("已经画好，%(corners)s 个角", { corners: area.coordinates[0].length - 1 }) : "";
}

async function start() {
  unfold();
  form.addEventListener("change", unfold);
  document.getElementById("lc-wrong")?.focus();
  form.addEventListener("submit", () => {
    const button = form.querySelector("[data-lc-go]");
    if (button instanceof HTMLButtonElement) {
      button.disabled = true;
      button.textContent = _("正在算，几秒钟就好");
    }
  });
  const element = /** @type {HTMLElement} */ (document.getElementById("lc-map"));
  const layers = JSON.parse(document.getElementById("lc-layers")?.textContent ?? "{}");
  const map = await createMap(element, { layers, pitch: 0, bearing: 0, hash: false });
  const draw = form.querySelector("[data-lc-draw]");
  if (!(draw instanceof HTMLElement)) return;
  draw.hidden = false;
  draw.addEventListener("click", async () => {
    element.scrollIntoView({ block: "nearest" });
    const area = await drawArea(map);
    if (area) text.value = JSON.stringify({ ...area, coordinates: area.coordinates.map((ring) => ring.map(([x, y]) => [Number(x.toFixed(6)), Number(y.toFixed(6))])) });
    sayDrawn(area ?? written());
    showArea(map, area ?? written());
  });
  showArea(map, written());
  sayDrawn(written());
  text.addEventListener("change", () => {
    showArea(map, written());
    sayDrawn(written());
  });
  committee.addEventListener("change", () => map.pickCommittee(committee.value));
  if (committee.value) map.pickCommittee(committee.value);
}

void start();
