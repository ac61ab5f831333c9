/**
 * The inbox: keys for what its buttons do, drafts that outlive a reload, first drafts of replies, filters at once.
 *
 * Keys press buttons that are there anyway (`data-c-key`), and are off while somebody types.
 */

import { _ } from "../ui/words.js";
import { fill, guard } from "./words.js";

const DRAFT = "xh-suggestion-draft-";

/** @returns {HTMLAnchorElement[]} */
function rows() {
  return [...document.querySelectorAll("a[data-c-row]")].filter((one) => one instanceof HTMLAnchorElement);
}

/** @returns {string} number of what lies open */
function open() {
  const pane = document.querySelector("[data-c-open]");
  return pane instanceof HTMLElement ? (pane.dataset.cOpen ?? "") : "";
}

/** Mark the row of what lies open, and bring it into sight. */
function markRow() {
  for (const row of rows()) {
    if (row.dataset.cRow === open()) {
      row.setAttribute("aria-current", "true");
      row.closest("li")?.classList.remove("is-new");
      row.scrollIntoView({ block: "nearest" });
    } else row.removeAttribute("aria-current");
  }
}

/** @param {number} by */
function step(by) {
  const all = rows();
  const at = all.findIndex((row) => row.dataset.cRow === open());
  all[at < 0 ? 0 : at + by]?.click();
}

function read() {
  const pane = document.querySelector(".c-scroll");
  if (pane instanceof HTMLElement) pane.focus();
}

function help() {
  const box = document.getElementById("c-help");
  if (box instanceof HTMLDialogElement && !box.open) box.showModal();
}

/** Write the reply, or send it where something is written. */
function reply() {
  const box = document.getElementById("c-words");
  if (!(box instanceof HTMLTextAreaElement)) return;
  if (box.value.trim()) box.form?.requestSubmit();
  else intoSight(box);
}

/**
 * Bring a box into sight within its pane, and write there.
 *
 * @param {HTMLTextAreaElement} box
 */
function intoSight(box) {
  const pane = box.closest(".c-scroll");
  const way = box.getBoundingClientRect().bottom - (pane?.getBoundingClientRect().bottom ?? 0);
  if (pane && way > 0) pane.scrollBy(0, way + 40);
  box.focus({ preventScroll: pane !== null });
}

/** @param {string} key */
function press(key) {
  if (key === "r" && document.getElementById("c-words")) return reply();
  const button = document.querySelector(`[data-c-key="${key}"]`);
  if (button instanceof HTMLElement) button.click();
}

/** @type {Record<string, () => void>} */
const MOVES = { j: () => step(1), k: () => step(-1), "?": help };

/** @param {KeyboardEvent} event */
function onKey(event) {
  const at = event.target instanceof HTMLElement ? event.target : document.body;
  const typing = at.isContentEditable || at.closest("input:not([type=checkbox]):not([type=radio]), textarea, select");
  if (typing) {
    if (event.key === "Escape") at.blur();
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && at instanceof HTMLTextAreaElement) at.form?.requestSubmit();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || document.querySelector("dialog[open]")) return;
  const key = event.key.toLowerCase();
  if (key === "enter") {
    if (!at.closest("a, button, summary")) read();
    return;
  }
  if (!(key in MOVES) && !/^[a-z]$/.test(key)) return;
  event.preventDefault(); // a box that a key opens must not receive the letter
  (MOVES[key] ?? (() => press(key)))();
}

/** A reply that is not sent yet is kept in this window until it is. */
function drafts() {
  const form = document.querySelector("form[data-c-draft]");
  const box = form?.querySelector("textarea");
  if (!(form instanceof HTMLFormElement) || !box) return;
  const key = DRAFT + form.dataset.cDraft;
  const kept = sessionStorage.getItem(key);
  if (kept && !box.value.trim()) box.value = kept;
  guard(box, document.getElementById("c-words-why"));
  const keep = () => (box.value.trim() ? sessionStorage.setItem(key, box.value) : sessionStorage.removeItem(key));
  box.addEventListener("input", keep);
  box.addEventListener("xh:filled", keep);
  form.addEventListener("submit", (event) => {
    if (!event.defaultPrevented) sessionStorage.removeItem(key);
  });
  templates(form, box);
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLTextAreaElement} box
 */
function templates(form, box) {
  const list = form.querySelector("[data-c-templates]");
  if (!(list instanceof HTMLSelectElement)) return;
  let before = box.value;
  list.addEventListener("change", () => {
    const { words, kind } = list.selectedOptions[0]?.dataset ?? {};
    if (!words || !fill(box, words, before)) return;
    before = words;
    const radio = form.querySelector(`input[type=radio][name=kind][value="${kind}"]`);
    if (radio instanceof HTMLInputElement) radio.checked = true;
  });
}

/** The button of merging says how many become one. */
function merging() {
  const form = document.getElementById("c-merge");
  const words = form?.querySelector("[data-c-merge]");
  if (!form || !words) return;
  const count = () => {
    const chosen = form.querySelectorAll("input[name=alike]:checked").length;
    words.textContent = chosen ? _("%(count)s 件并成一件", { count: chosen + 1 }) : _("并成一件");
  };
  form.addEventListener("change", count);
  count();
}

/** What lies open was put anew, or the page has just come. */
function fresh() {
  markRow();
  drafts();
  merging();
}

const { htmx } = /** @type {{ htmx?: { config: { refreshOnHistoryMiss: boolean } } }} */ (/** @type {unknown} */ (window));
if (htmx) htmx.config.refreshOnHistoryMiss = true; // what lies open holds personal data, and is asked for anew on the way back

document.addEventListener("keydown", onKey);
document.addEventListener("htmx:afterSwap", (event) => {
  const target = event instanceof CustomEvent ? event.detail.target : null;
  if (!(target instanceof HTMLElement) || target.id !== "c-panes") return;
  document.getElementById("c-wrap")?.classList.add("is-reading");
  document.querySelector(".c-scroll")?.scrollTo(0, 0);
  if (matchMedia("(max-width: 991.98px)").matches) window.scrollTo(0, 0);
  fresh();
});
for (const button of document.querySelectorAll("[data-c-help]")) {
  if (!(button instanceof HTMLElement)) continue;
  button.hidden = false;
  button.addEventListener("click", help);
}
document.querySelector("[data-c-filters]")?.addEventListener("change", (event) => {
  const form = event.currentTarget;
  if (form instanceof HTMLFormElement && event.target instanceof HTMLSelectElement) form.requestSubmit();
});
fresh();
