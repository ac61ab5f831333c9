/**
 * What the map says about a thing that is clicked.
 *
 * @import { Map as GlMap } from "./vendor.js"
 * @import { Pick } from "./map.js"
 */

import { bandLabel } from "./bands.js";
import { Popup } from "./vendor.js";
import { _ } from "../words.js";

/** @type {WeakMap<GlMap, Popup>} */
const open = new WeakMap();

/**
 * Open a popup in place of the last one; Escape closes it, and the focus goes back to the map.
 *
 * @param {GlMap} map
 * @param {[number, number]} at
 * @param {Node} content
 */
export function openPopup(map, at, content) {
  open.get(map)?.remove();
  const popup = new Popup({ maxWidth: "none", offset: 10 });
  /** @param {KeyboardEvent} event */
  const close = (event) => {
    if (event.key !== "Escape") return;
    const back = popup.getElement()?.contains(document.activeElement) ?? false;
    popup.remove();
    if (back) map.getCanvas().focus();
  };
  document.addEventListener("keydown", close);
  popup.on("close", () => document.removeEventListener("keydown", close));
  open.set(map, popup.setLngLat(at).setDOMContent(content).addTo(map));
}

/**
 * Name, what it is, and how near what was sought: what every page can say.
 *
 * @param {Pick} pick
 * @returns {Node}
 */
export function describe({ layer, properties }) {
  const box = document.createElement("div");
  box.className = "xh-pop";
  const head = document.createElement("h3");
  head.textContent = properties.name || (layer === "building" ? _("没有名字的楼") : properties.type_name || "");
  box.append(head);
  /** @type {string[]} */
  const facts = [];
  if (layer === "facility") facts.push(properties.type_name ?? "");
  if (properties.quarter) facts.push(properties.quarter);
  if (properties.levels) facts.push(_("%(levels)s 层", { levels: Math.round(properties.levels) }));
  if (properties.residents) facts.push(_("%(residents)s 人", { residents: Math.round(properties.residents) }));
  if (properties.band && properties.band !== "none") facts.push(bandLabel(properties.band, _));
  const line = document.createElement("p");
  line.textContent = facts.filter(Boolean).join(" · ");
  box.append(line);
  return box;
}
