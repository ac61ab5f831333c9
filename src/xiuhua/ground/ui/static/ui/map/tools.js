/**
 * Buttons at the edge of the map: nearer, farther, all of it, flat or in relief, layers, whole screen, print.
 *
 * @import { TheMap } from "./map.js"
 */

import { _ } from "../words.js";

/** Switches of the layer panel: words, and the style's layers that each one governs. */
const SWITCHES = () => [
  { words: _("楼栋"), ids: ["building", "building-out", "building-edge"] },
  { words: _("围墙和出入口"), ids: ["wall", "wall-studs", "gate"] },
  { words: _("设施"), ids: ["facility"] },
  { words: _("居委会边界"), ids: ["committee", "committee-label"] },
  { words: _("绿地和水面"), ids: ["green", "water", "water-edge", "green-label", "water-label"] },
  { words: _("路名"), ids: ["street-label"] },
];

/**
 * Put the tools on a map.
 *
 * @param {TheMap} the
 */
export function addTools(the) {
  const { element, map } = the;
  const box = document.createElement("div");
  box.className = "xh-float xh-maptools";
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", _("地图工具"));
  /**
   * @param {string} icon
   * @param {string} words
   * @param {(button: HTMLButtonElement) => void} press
   * @param {boolean} [rare] left out on a phone
   */
  const add = (icon, words, press, rare = false) => {
    const button = document.createElement("button");
    button.type = "button";
    button.title = words;
    button.setAttribute("aria-label", words);
    button.classList.toggle("is-rare", rare);
    button.append(symbol(element.dataset.spriteUrl ?? "", icon));
    button.addEventListener("click", () => press(button));
    box.append(button);
    return button;
  };
  add("i-plus", _("放大"), () => map.zoomIn());
  add("i-minus", _("缩小"), () => map.zoomOut());
  add("i-target-arrow", _("回到全街道"), () => the.fit());
  const relief = add("i-building-community", _("立体"), () => map.easeTo(map.getPitch() > 5 ? { pitch: 0, bearing: 0 } : { pitch: the.options.pitch || 45, bearing: the.options.bearing || -12 }));
  const mark = () => relief.setAttribute("aria-pressed", String(map.getPitch() > 5));
  map.on("pitchend", mark);
  mark();
  const panel = layerPanel(the);
  const layers = add("i-stack-2", _("图层"), () => toggle());
  const toggle = (open = panel.hidden) => {
    panel.hidden = !open;
    layers.setAttribute("aria-expanded", String(open));
    if (open) panel.querySelector("input")?.focus();
  };
  toggle(false);
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    toggle(false);
    layers.focus();
  });
  add("i-maximize", _("满屏"), () => (document.fullscreenElement ? document.exitFullscreen() : element.requestFullscreen()), true);
  add("i-printer", _("打印"), () => window.print(), true);
  element.append(box, panel, cross());
  paper(the);
}

/**
 * @param {TheMap} the
 * @returns {HTMLElement}
 */
function layerPanel(the) {
  const panel = document.createElement("section");
  panel.className = "xh-float xh-layers";
  panel.setAttribute("aria-label", _("图层"));
  const head = document.createElement("h2");
  head.textContent = _("图层");
  panel.append(head);
  for (const { words, ids } of SWITCHES()) {
    const label = document.createElement("label");
    const box = document.createElement("input");
    box.type = "checkbox";
    box.className = "form-check-input";
    box.checked = true;
    box.addEventListener("change", () => the.show(ids, box.checked));
    label.append(box, words);
    panel.append(label);
  }
  return panel;
}

/**
 * @param {string} sprite
 * @param {string} name
 */
function symbol(sprite, name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `${sprite}#${name}`);
  svg.append(use);
  return svg;
}

/** A cross in the middle, shown while the keyboard steers the map: what Enter picks. */
function cross() {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "xh-cross");
  svg.setAttribute("viewBox", "0 0 26 26");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", "M13 1v9M13 16v9M1 13h9M16 13h9");
  path.setAttribute("stroke", "currentColor");
  path.setAttribute("stroke-width", "2");
  svg.append(path);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Tab" || event.key.startsWith("Arrow")) svg.classList.add("is-on");
  });
  document.addEventListener("pointerdown", () => svg.classList.remove("is-on"));
  return svg;
}

/**
 * Let the map take the paper's width before printing, and the screen's after.
 *
 * @param {TheMap} the
 */
function paper(the) {
  const fit = () => {
    the.map.resize();
    the.map.redraw();
  };
  window.addEventListener("beforeprint", fit);
  window.addEventListener("afterprint", fit);
}
