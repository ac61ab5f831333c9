/** Small pieces that the phone's scripts draw, as the templates draw them. */

import { _ } from "../words.js";

/**
 * A symbol of the sprite.
 *
 * @param {string} name
 * @param {string} [css]
 */
export function icon(name, css = "") {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  if (css) svg.setAttribute("class", css);
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `${document.body.dataset.xhSprite}#${name}`);
  svg.append(use);
  return svg;
}

/**
 * @param {string} tag
 * @param {string} css
 * @param {...(Node | string)} inside
 * @returns {HTMLElement}
 */
export function made(tag, css, ...inside) {
  const element = document.createElement(tag);
  if (css) element.className = css;
  element.append(...inside);
  return element;
}

/**
 * A button of the phone.
 *
 * @param {string} words
 * @param {string} css
 * @param {() => unknown} pressed
 */
export function button(words, css, pressed) {
  const one = document.createElement("button");
  one.type = "button";
  one.className = `weui-btn ${css}`;
  one.textContent = words;
  one.addEventListener("click", pressed);
  return one;
}

/**
 * Say something at the top of the page, where it is also read out; what was said under the same name goes.
 *
 * @param {string} name
 * @param {"off" | "bad" | "good"} tone
 * @param {...(Node | string)} words nothing takes it away
 */
export function say(name, tone, ...words) {
  const box = document.querySelector("[data-xh-status]");
  box?.querySelector(`[data-xh-said="${name}"]`)?.remove();
  if (!box || !words.length) return;
  const symbol = { off: "i-cloud-off", bad: "i-alert-triangle", good: "i-cloud-check" }[tone];
  const note = made("div", `ph-note is-${tone}`, icon(symbol), made("span", "", ...words));
  note.dataset.xhSaid = name;
  box.append(note);
}

/**
 * Ask before something that cannot be taken back. Escape and the last answer are the way out; the keyboard stays inside.
 *
 * @param {string} title
 * @param {string} text
 * @param {{ words: string, css: string, value: string }[]} answers
 * @returns {Promise<string>} value of the answer; empty for none
 */
export function ask(title, text, answers) {
  return new Promise((resolve) => {
    const before = document.activeElement;
    const heading = made("h2", "", title);
    const said = made("p", "", text);
    heading.id = "xh-ask";
    said.id = "xh-ask-why";
    const acts = made("div", "ph-acts");
    const box = made("div", "", heading, said, acts);
    const veil = made("div", "ph-ask", box);
    box.setAttribute("role", "alertdialog");
    box.setAttribute("aria-modal", "true");
    box.setAttribute("aria-labelledby", heading.id);
    box.setAttribute("aria-describedby", said.id);
    /** @param {string} value */
    const close = (value) => {
      veil.remove();
      if (before instanceof HTMLElement) before.focus();
      resolve(value);
    };
    for (const { words, css, value } of answers) acts.append(button(words, css, () => close(value)));
    acts.append(button(_("不，回去"), "weui-btn_default", () => close("")));
    veil.addEventListener("keydown", (event) => {
      if (event.key === "Escape") close("");
      if (event.key === "Tab") turn(event, acts);
    });
    document.body.append(veil);
    const first = acts.firstElementChild;
    if (first instanceof HTMLElement) first.focus();
  });
}

/**
 * From the last button to the first, and back.
 *
 * @param {KeyboardEvent} event
 * @param {HTMLElement} acts
 */
function turn(event, acts) {
  const [first, last] = [acts.firstElementChild, acts.lastElementChild];
  const to = event.shiftKey ? (document.activeElement === first ? last : null) : document.activeElement === last ? first : null;
  if (!(to instanceof HTMLElement)) return;
  event.preventDefault();
  to.focus();
}
