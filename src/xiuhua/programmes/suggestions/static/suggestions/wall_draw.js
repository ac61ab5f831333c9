/** Drawing the wall: notes are changed where they hang, so that the focus stays and nothing jumps. */

import { _ } from "../ui/words.js";

/** @typedef {{ id: number, topic: number, words: string, dots: number, more: number, place: string, url: string, suggestion: string }} Note */
/** @typedef {{ version: string, own: number, notes: Note[] }} Wall */
/** @typedef {import("./wall_store.js").Unsent} Unsent */

const SPOKEN_DOTS = 12;

/**
 * @param {string} tag
 * @param {string} css
 * @param {string} [text]
 */
function made(tag, css, text = "") {
  const element = document.createElement(tag);
  element.className = css;
  element.textContent = text;
  return element;
}

/** @param {Note} note */
function dots(note) {
  const box = made("span", "w-dots");
  box.setAttribute("aria-label", _("%(count)s 个点", { count: note.dots }));
  for (let number = 0; number < Math.min(note.dots, SPOKEN_DOTS); number += 1) box.append(made("i", ""));
  box.append(String(note.dots));
  return box;
}

/** @param {Note} note */
function meta(note) {
  const line = made("small", "w-meta");
  if (note.dots) line.append(dots(note));
  if (note.more) line.append(made("span", "", _("另有 %(count)s 张一样", { count: note.more })));
  if (note.place) line.append(made("span", "", note.place));
  if (note.suggestion) line.append(made("span", "w-turned", _("已转 %(number)s", { number: note.suggestion })));
  return line;
}

/**
 * The same element for the same note; anew only what has changed.
 *
 * @param {Note} note
 * @returns {HTMLLIElement}
 */
function item(note) {
  const told = JSON.stringify(note);
  const there = document.getElementById(`w-note-${note.id}`);
  const button = there instanceof HTMLButtonElement ? there : made("button", "w-note");
  if (!(button instanceof HTMLButtonElement)) throw new Error("no button");
  if (button.dataset.wTold !== told) {
    button.type = "button";
    button.id = `w-note-${note.id}`;
    button.dataset.wNote = String(note.id);
    button.dataset.wTold = told;
    button.classList.toggle("is-turned", Boolean(note.suggestion));
    button.replaceChildren(made("span", "", note.words), ...(meta(note).childElementCount ? [meta(note)] : []));
  }
  const parent = button.parentElement;
  if (parent instanceof HTMLLIElement) return parent;
  const li = document.createElement("li");
  li.append(button);
  return li;
}

/** @param {Unsent} one */
function unsent(one) {
  const li = document.createElement("li");
  const note = made("div", "w-note is-unsent");
  note.append(made("span", "", one.words), made("small", "w-meta", _("还没发出去")));
  li.append(note);
  return li;
}

/**
 * Put the wall before people's eyes.
 *
 * @param {Wall} wall
 * @param {Unsent[]} waiting
 */
export function draw(wall, waiting) {
  const held = document.activeElement;
  for (const column of document.querySelectorAll("[data-w-column]")) {
    const topic = Number(column.getAttribute("data-w-column"));
    const notes = wall.notes.filter((note) => note.topic === topic);
    const here = waiting.filter((one) => one.topic === topic);
    const items = [...notes.map(item), ...here.map(unsent)];
    const list = column.querySelector("[data-w-notes]");
    const same = list && list.children.length === items.length && items.every((one, at) => list.children[at] === one);
    if (list && !same) list.replaceChildren(...items);
    const sum = column.querySelector("[data-w-sum]");
    if (sum) sum.textContent = notes.length ? String(notes.length) : "";
  }
  const count = document.querySelector("[data-w-count]");
  const own = document.querySelector("[data-w-own]");
  const all = wall.notes.reduce((sum, note) => sum + 1 + note.more, 0);
  if (count) count.textContent = String(all + waiting.length);
  if (own) own.textContent = String(wall.own);
  if (held instanceof HTMLElement && held !== document.activeElement && held.isConnected) held.focus();
}

/** @returns {HTMLButtonElement[]} */
export function hanging() {
  return [...document.querySelectorAll("[data-w-note]")].filter((one) => one instanceof HTMLButtonElement);
}
