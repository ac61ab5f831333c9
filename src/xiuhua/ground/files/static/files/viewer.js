/**
 * Opens photographs large, in a dialog over the page: by touch, mouse or keys, and told to screen readers.
 *
 * Without this script a photograph opens by itself, as the link that it is.
 */
import { _ } from "../ui/words.js";

/** @type {HTMLDialogElement | null} */
let viewer = null;
/** @type {HTMLAnchorElement[]} */
let shown = [];
let at = 0;

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {string} [text]
 * @returns {HTMLElementTagNameMap[Tag]}
 */
function made(tag, text = "") {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}

/**
 * @param {string} text
 * @param {() => void} press
 */
function button(text, press) {
  const element = made("button", text);
  element.type = "button";
  element.addEventListener("click", press);
  return element;
}

/** @returns {HTMLDialogElement} */
function dialog() {
  const fresh = made("dialog");
  fresh.className = "xh-viewer";
  fresh.setAttribute("aria-label", _("照片"));
  const head = made("header");
  const said = made("p");
  said.setAttribute("aria-live", "polite");
  head.append(said, button(_("关闭"), () => fresh.close()));
  const foot = made("footer");
  foot.append(button(_("上一张"), () => step(-1)), button(_("下一张"), () => step(1)));
  fresh.append(head, made("img"), foot);
  fresh.addEventListener("keydown", (event) => {
    if (event.key === "ArrowLeft") step(-1);
    if (event.key === "ArrowRight") step(1);
  });
  fresh.addEventListener("close", () => shown[at]?.focus());
  document.body.append(fresh);
  return fresh;
}

/** @param {number} by */
function step(by) {
  at = (at + by + shown.length) % shown.length;
  show();
}

function show() {
  viewer ??= dialog();
  const link = /** @type {HTMLAnchorElement} */ (shown[at]);
  const words = link.querySelector("img")?.alt ?? "";
  const picture = /** @type {HTMLImageElement} */ (viewer.querySelector("img"));
  picture.src = link.href;
  picture.alt = words;
  const place = shown.length > 1 ? _("（第 %(number)s 张，共 %(count)s 张）", { number: at + 1, count: shown.length }) : "";
  /** @type {HTMLElement} */ (viewer.querySelector("p")).textContent = words + place;
  /** @type {HTMLElement} */ (viewer.querySelector("footer")).hidden = shown.length < 2;
  if (!viewer.open) viewer.showModal();
}

document.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest("[data-xh-photos] a:has(img)") : null;
  const list = link?.closest("[data-xh-photos]");
  if (!list || !(link instanceof HTMLAnchorElement) || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  shown = /** @type {HTMLAnchorElement[]} */ ([...list.querySelectorAll("a:has(img)")]);
  at = shown.indexOf(link);
  show();
});
