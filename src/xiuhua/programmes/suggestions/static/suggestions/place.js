/**
 * Pointing at a place on the map: loaded only when somebody asks for it, since the map is larger than all the rest.
 */

import { drawForEverybody } from "../ui/map/everybody.js";
import { button, icon, made } from "../ui/phone/parts.js";
import { _ } from "../ui/words.js";

const NEAR_ZOOM = 16.5;

/**
 * Let the person move the map under a pin.
 *
 * @param {HTMLElement} box carries the addresses
 * @param {[number, number] | null} at where to begin
 * @returns {Promise<[number, number] | null>} longitude and latitude; null if they thought better of it
 */
export async function pickOnMap(box, at) {
  await stylesheet(box.dataset.xhMapCss ?? "");
  const element = made("div", "xh-map");
  element.dataset.workerUrl = box.dataset.xhWorker ?? "";
  element.dataset.spriteUrl = document.body.dataset.xhSprite ?? "";
  const pin = icon("i-map-pin");
  pin.classList.add("s-cross");
  /** @type {(point: [number, number] | null) => void} */
  let answer = () => undefined;
  const answered = new Promise((/** @type {typeof answer} */ resolve) => (answer = resolve));
  const here = button(_("就是这里"), "weui-btn_primary", () => answer(centre()));
  const back = button(_("不标了"), "weui-btn_default", () => answer(null));
  here.disabled = true;
  const dialog = made("div", "s-map", made("p", "", _("拖动地图，让图钉指着那个地方")), element, made("div", "ph-acts is-two", back, here));
  dialog.setAttribute("role", "dialog");
  dialog.setAttribute("aria-modal", "true");
  dialog.setAttribute("aria-label", _("在地图上点"));
  element.append(pin);
  const before = document.activeElement;
  document.body.append(dialog);
  for (const one of document.body.children) if (one !== dialog && one instanceof HTMLElement) one.inert = true;
  dialog.addEventListener("keydown", (event) => event.key === "Escape" && answer(null));
  let centre = () => /** @type {[number, number] | null} */ (null);
  try {
    const { map } = await drawForEverybody(element, box.dataset);
    if (at) map.jumpTo({ center: at, zoom: NEAR_ZOOM });
    centre = () => {
      const { lng, lat } = map.getCenter();
      return [lng, lat];
    };
    here.disabled = false;
    here.focus();
    return await answered;
  } finally {
    for (const one of document.body.children) if (one instanceof HTMLElement) one.inert = false;
    dialog.remove();
    if (before instanceof HTMLElement) before.focus();
  }
}

/**
 * @param {string} url
 * @returns {Promise<void>}
 */
function stylesheet(url) {
  return new Promise((resolve, reject) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = url;
    link.onload = () => resolve();
    link.onerror = () => reject(new Error(url));
    document.head.append(link);
  });
}
