/** What the server would not take, said at the fields that it is about, and above them all. */

import { _ } from "../words.js";
import { icon, made } from "./parts.js";

/** @typedef {import("./sync.js").Reason} Reason */

/** @param {Reason} reason */
export function wordsOf(reason) {
  return reason.mend ? _("%(cause)s；%(mend)s", { cause: reason.text, mend: reason.mend }) : reason.text;
}

/**
 * Draw the reasons on a form; none takes away those of the last time.
 *
 * @param {HTMLFormElement} form
 * @param {Reason[]} reasons
 */
export function draw(form, reasons) {
  for (const one of form.querySelectorAll("[data-xh-refused]")) one.remove();
  for (const box of form.querySelectorAll("[data-xh-field].is-bad")) mend(box);
  const top = form.querySelector("[data-xh-refusals]");
  top?.replaceChildren();
  if (!reasons.length || !top) return;
  const list = document.createElement("ul");
  for (const reason of reasons) {
    const box = reason.field ? form.querySelector(`[data-xh-field="${CSS.escape(reason.field)}"]`) : null;
    list.append(made("li", "", ...(box ? [linkTo(box), _("："), wordsOf(reason)] : [wordsOf(reason)])));
    if (box) mark(box, wordsOf(reason));
  }
  const heading = made("h2", "", _("还有 %(number)s 处要改", { number: reasons.length }));
  const note = made("div", "ph-note is-bad ph-refused", icon("i-alert-triangle"), made("div", "", heading, list));
  note.setAttribute("role", "alert");
  note.tabIndex = -1;
  top.append(note);
  note.focus();
}

/** @param {Element} box */
function controlOf(box) {
  return box.querySelector("input, textarea, select");
}

/** @param {Element} box */
function linkTo(box) {
  const link = document.createElement("a");
  const label = (box.querySelector("label, legend, .ph-label")?.firstChild?.textContent ?? "").trim();
  link.textContent = label;
  link.href = `#${controlOf(box)?.id ?? ""}`;
  link.addEventListener("click", (event) => {
    const control = controlOf(box);
    if (!(control instanceof HTMLElement)) return;
    event.preventDefault();
    control.focus();
  });
  return link;
}

/**
 * @param {Element} box
 * @param {string} words
 */
function mark(box, words) {
  const control = controlOf(box);
  const said = made("p", "ph-bad", icon("i-alert-triangle"), made("span", "", words));
  said.dataset.xhRefused = "";
  said.id = `${control?.id}_refused`;
  box.classList.add("is-bad");
  box.append(said);
  control?.setAttribute("aria-invalid", "true");
  control?.setAttribute("aria-describedby", said.id);
}

/** @param {Element} box */
function mend(box) {
  box.classList.remove("is-bad");
  box.querySelector(".ph-bad")?.remove();
  const control = controlOf(box);
  control?.removeAttribute("aria-invalid");
  control?.removeAttribute("aria-describedby");
}
