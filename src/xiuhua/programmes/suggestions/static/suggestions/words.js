/**
 * Words to a person that start from a first draft: its gaps 【】 are marked in the box, and hold back sending.
 *
 * A box is a `textarea` within a form that has `data-c-gaps`, or the field `words` of a page with `data-c-drafts`. What
 * is refused here is refused by the server in the same words; this only says it before anything is sent.
 */

import { _ } from "../ui/words.js";

const GAP = /【[^】]*】/;
const GAPS = /(【[^】]*】)/;
const FEWEST_ROWS = 3;
const MOST_ROWS = 16;

/**
 * Keep marks under the gaps of a box, and do not let its form go while one is open.
 *
 * @param {HTMLTextAreaElement} box
 * @param {HTMLElement | null} why where it is said what is amiss
 */
export function guard(box, why) {
  const form = box.form;
  const frame = framed(box);
  const mirror = document.createElement("div");
  mirror.className = "c-mirror";
  mirror.setAttribute("aria-hidden", "true");
  frame.prepend(mirror);
  box.classList.add("is-mirrored");

  const draw = () => {
    mirror.replaceChildren(...box.value.split(GAPS).map((part) => (GAP.test(part) ? marked(part) : document.createTextNode(part))), "\n");
    fit(box);
    if (why && !GAP.test(box.value)) why.replaceChildren();
  };
  box.addEventListener("input", draw);
  box.addEventListener("xh:filled", () => {
    draw();
    nextGap(box);
  });
  form?.addEventListener("submit", (event) => {
    const gap = GAP.exec(box.value);
    if (!gap) return;
    event.preventDefault();
    const said = document.createElement("p");
    said.textContent = _("底稿里的「%(gap)s」还没有写；把每个【】换成这一件的情况", { gap: gap[0].slice(1, -1) });
    why?.replaceChildren(said);
    nextGap(box);
  });
  draw();
}

/**
 * Let a box be as high as what is written in it; by its rows, since a style of its own would not survive the policy.
 *
 * @param {HTMLTextAreaElement} box
 */
function fit(box) {
  box.rows = FEWEST_ROWS;
  while (box.scrollHeight > box.clientHeight && box.rows < MOST_ROWS) box.rows += 1;
}

/**
 * The frame around a box, which holds its marks.
 *
 * @param {HTMLElement} box
 * @returns {HTMLElement}
 */
function framed(box) {
  if (box.parentElement?.classList.contains("c-box")) return box.parentElement;
  const frame = document.createElement("div");
  frame.className = "c-box";
  box.replaceWith(frame);
  frame.append(box);
  return frame;
}

/**
 * @param {string} text
 * @returns {HTMLElement}
 */
function marked(text) {
  const mark = document.createElement("mark");
  mark.textContent = text;
  return mark;
}

/**
 * Put the cursor on the first gap, so that typing fills it.
 *
 * @param {HTMLTextAreaElement} box
 */
export function nextGap(box) {
  const gap = GAP.exec(box.value);
  box.focus({ preventScroll: box.closest(".c-scroll") !== null });
  if (gap) box.setSelectionRange(gap.index, gap.index + gap[0].length);
}

/**
 * Fill a box with a first draft, unless something of one's own stands there.
 *
 * @param {HTMLTextAreaElement} box
 * @param {string} words
 * @param {string} before what was filled in before
 * @returns {boolean} whether it was filled
 */
export function fill(box, words, before) {
  if (box.value.trim() && box.value !== before && !window.confirm(_("框里已经写了字，换成底稿吗？"))) return false;
  box.value = words;
  box.dispatchEvent(new CustomEvent("xh:filled"));
  return true;
}

/** A page whose form has words: the list of drafts fills them. */
function begin() {
  const drafts = document.querySelector("[data-c-drafts]");
  const box = document.querySelector("textarea[name=words]");
  if (!(drafts instanceof HTMLElement) || !(box instanceof HTMLTextAreaElement)) return;
  const why = document.createElement("div");
  why.className = "invalid-feedback d-block";
  why.setAttribute("role", "alert");
  box.after(why);
  guard(box, why);
  const list = document.querySelector(`[name="${drafts.dataset.cDrafts}"]`);
  if (!(list instanceof HTMLSelectElement)) return;
  let before = box.value;
  list.addEventListener("change", () => {
    const chosen = [...drafts.children].find((one) => one instanceof HTMLElement && one.dataset.key === list.value);
    const words = chosen instanceof HTMLElement ? (chosen.dataset.words ?? "") : "";
    if (words && fill(box, words, before)) before = words;
  });
}

begin();
