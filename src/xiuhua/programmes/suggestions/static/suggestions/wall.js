/**
 * 便签墙: typed as fast as people speak. Enter hangs a note, Tab goes to the next column, arrows walk over the wall; two
 * who type at once see each other's notes within two seconds. Without network, notes wait in this tab and go by themselves.
 */

import { _ } from "../ui/words.js";
import { draw, hanging } from "./wall_draw.js";
import { freshKey, Waiting } from "./wall_store.js";

/** @typedef {import("./wall_draw.js").Wall} Wall */
/** @type {{ event: number, topics: string[], writes: boolean, notes: string, note: string, turn: string, wall: Wall }} */
const settings = JSON.parse(document.getElementById("w-settings")?.textContent ?? "{}");
const EVERY_MS = 2000;
const SAID_MS = 4000;

const waiting = new Waiting(settings.event);
const form = document.querySelector("[data-w-form]");
const input = document.getElementById("w-words");
const deeds = document.querySelector("[data-w-deeds]");
const said = document.querySelector("[data-w-said]");
let wall = settings.wall;
/** The note under which the focus was last, and the one that is to be merged. */
let at = 0;
let merging = 0;
let isSending = false;
/** @type {number | undefined} */
let silence;

/** @param {Wall} next */
function show(next) {
  const before = new Set(wall.notes.map((note) => note.id));
  wall = next;
  draw(wall, waiting.all());
  const fresh = wall.notes.filter((note) => !before.has(note.id)).at(-1);
  if (fresh) document.getElementById(`w-note-${fresh.id}`)?.scrollIntoView({ block: "nearest" });
}

/**
 * @param {string} text
 * @param {string} [css]
 */
function say(text, css = "") {
  if (!said) return;
  window.clearTimeout(silence);
  said.textContent = text;
  said.className = `w-said ${css}`;
  if (css !== "is-off") silence = window.setTimeout(() => (said.textContent = ""), SAID_MS);
}

/**
 * Post a form; the wall as it is then, or why not. Null where there is no network.
 *
 * @param {string} url
 * @param {[string, string][]} fields
 * @param {string} [key]
 * @returns {Promise<{ wall?: Wall, detail?: string, stale?: boolean } | null>}
 */
async function post(url, fields, key = freshKey()) {
  const token = form?.querySelector("[name=csrfmiddlewaretoken]");
  const headers = {
    "X-CSRFToken": token instanceof HTMLInputElement ? token.value : "",
    "Idempotency-Key": key,
    "X-Requested-With": "fetch",
  };
  try {
    const answer = await fetch(url, { method: "POST", body: new URLSearchParams(fields), headers });
    if (answer.ok && !answer.redirected) return { wall: await answer.json() };
    if (answer.status === 422) return { detail: (await answer.json()).detail };
    if (answer.status >= 500) return null;
    return { detail: _("没有办成，请重新打开这一页"), stale: true }; // signed out meanwhile, or called off
  } catch {
    return null;
  }
}

/** Send what waits, in order; what the server refuses comes back into the line. */
async function send() {
  if (isSending) return;
  isSending = true;
  try {
    for (const one of waiting.all()) {
      const answer = await post(settings.notes, [["words", one.words], ["topic", String(one.topic)]], one.key);
      if (answer === null) {
        say(_("没有网络，%(count)s 张便签先存在这一页，联网就贴上去", { count: waiting.all().length }), "is-off");
        return;
      }
      if (answer.stale) return say(answer.detail ?? "", "is-bad");
      waiting.drop(one.key);
      if (answer.wall) show(answer.wall);
      else refuse(answer.detail ?? "", one.words);
    }
    if (said?.classList.contains("is-off")) say("");
  } finally {
    isSending = false;
    draw(wall, waiting.all());
  }
}

/**
 * @param {string} why
 * @param {string} words
 */
function refuse(why, words) {
  say(why, "is-bad");
  if (input instanceof HTMLInputElement && !input.value) input.value = words;
}

async function look() {
  if (document.hidden) return;
  try {
    const answer = await fetch(`${settings.notes}?seen=${encodeURIComponent(wall.version)}`);
    if (answer.status === 200 && !answer.redirected) show(await answer.json());
    if (waiting.all().length) await send();
  } catch {
    /* without network the wall stays as it was */
  }
}

/** @returns {HTMLInputElement[]} */
function topics() {
  return [...document.querySelectorAll("[name=topic]")].filter((one) => one instanceof HTMLInputElement);
}

/** @param {number} number */
function choose(number) {
  const all = topics();
  const one = all[(number + all.length) % all.length];
  if (one) one.checked = true;
}

function chosen() {
  return Math.max(0, topics().findIndex((one) => one.checked));
}

/** @param {string} what */
async function act(what) {
  const note = wall.notes.find((one) => one.id === at);
  if (!note) return;
  if (what === "merge") return merge(note.id);
  if (what === "turn" && note.url) return window.location.assign(note.url);
  if (what === "turn" || what === "turn_column") {
    const column = wall.notes.filter((one) => !one.suggestion && (what === "turn" ? one.id === at : one.topic === note.topic));
    if (!column.length) return say(_("已经转过了"));
    const answer = await done(settings.turn, column.map((one) => ["note", String(one.id)]));
    if (answer) say(_("转成了 %(count)s 件建议", { count: column.length }));
    return;
  }
  await done(noteUrl(note.id), [["do", what]]);
}

/** @param {number} id */
async function merge(id) {
  if (!merging) {
    merging = id;
    say(_("选中了。再选说同一件事的那张，再按一次合并"));
  } else {
    const from = merging;
    merging = 0;
    if (from !== id) await done(noteUrl(from), [["do", "merge"], ["into", String(id)]]);
  }
  mark();
}

/** @param {number} id */
function noteUrl(id) {
  return settings.note.replace(/0\/$/, `${id}/`);
}

/**
 * @param {string} url
 * @param {[string, string][]} fields
 */
async function done(url, fields) {
  const answer = await post(url, fields);
  if (answer?.wall) {
    show(answer.wall);
    mark();
    return true;
  }
  say(answer?.detail ?? _("没有网络，联网以后再按一次"), answer ? "is-bad" : "is-off");
  return false;
}

function mark() {
  for (const one of hanging()) one.classList.toggle("is-picked", Number(one.dataset.wNote) === merging);
  const hangs = wall.notes.some((note) => note.id === at);
  if (deeds instanceof HTMLElement) deeds.hidden = !hangs;
}

/**
 * Walk over the wall: up and down within a column, to the sides at the same height.
 *
 * @param {HTMLButtonElement} from
 * @param {string} key
 */
function walk(from, key) {
  const columns = [...document.querySelectorAll("[data-w-notes]")].map((list) => hanging().filter((one) => list.contains(one)));
  const x = columns.findIndex((column) => column.includes(from));
  const y = columns[x]?.indexOf(from) ?? 0;
  if (key === "ArrowDown" && y + 1 >= (columns[x]?.length ?? 0)) return write();
  if (key === "ArrowUp" || key === "ArrowDown") return columns[x]?.[y + (key === "ArrowUp" ? -1 : 1)]?.focus();
  const by = key === "ArrowLeft" ? -1 : 1;
  for (let to = x + by; to >= 0 && to < columns.length; to += by) {
    const column = columns[to] ?? [];
    if (column.length) return column[Math.min(y, column.length - 1)]?.focus();
  }
}

function write() {
  if (input instanceof HTMLElement) input.focus();
}

/** @param {KeyboardEvent} event */
function typed(event) {
  if (event.isComposing || event.ctrlKey || event.metaKey) return;
  if (event.key === "Tab" && input?.dataset.wFree !== "1") {
    event.preventDefault();
    choose(chosen() + (event.shiftKey ? -1 : 1));
  } else if (event.altKey && /^Digit[1-9]$/.test(event.code)) {
    event.preventDefault();
    choose(Number(event.code.slice(-1)) - 1);
  } else if (event.key === "Escape" && input) input.dataset.wFree = "1";
  else if (event.key === "ArrowUp") {
    event.preventDefault();
    const list = document.querySelectorAll("[data-w-notes]")[chosen()];
    const here = hanging();
    (here.filter((one) => list?.contains(one)).at(-1) ?? here.at(-1))?.focus();
  }
}

/** @type {Record<string, string>} */
const KEYS = { "+": "dot", "=": "dot", "-": "undot", m: "merge", s: "turn", S: "turn_column", Delete: "down" };

/** @param {KeyboardEvent} event */
function pressed(event) {
  const note = event.target;
  if (!(note instanceof HTMLButtonElement) || !note.dataset.wNote || event.ctrlKey || event.metaKey || event.altKey) return;
  const what = KEYS[event.key] ?? KEYS[event.key.toLowerCase()];
  if (event.key.startsWith("Arrow")) walk(note, event.key);
  else if (event.key === "/" || event.key === "Escape") write();
  else if (/^[1-9]$/.test(event.key) && Number(event.key) <= settings.topics.length) {
    void done(noteUrl(Number(note.dataset.wNote)), [["do", "move"], ["topic", String(Number(event.key) - 1)]]);
  } else if (what && settings.writes) void act(what);
  else return;
  event.preventDefault();
}

form?.addEventListener("submit", (event) => {
  event.preventDefault();
  if (!(input instanceof HTMLInputElement) || !input.value.trim()) return;
  waiting.add(input.value.trim(), chosen());
  input.value = "";
  draw(wall, waiting.all());
  void send();
});
input?.addEventListener("keydown", typed);
input?.addEventListener("focus", () => {
  delete input.dataset.wFree;
});
document.addEventListener("keydown", pressed);
document.addEventListener("focusin", (event) => {
  if (event.target instanceof HTMLElement && event.target.dataset.wNote) at = Number(event.target.dataset.wNote);
  else if (event.target === input) at = 0;
  mark();
});
document.addEventListener("click", (event) => {
  const note = event.target instanceof Element ? event.target.closest("[data-w-note]") : null;
  if (note instanceof HTMLElement) note.focus(); // Safari gives a button that is touched no focus
});
deeds?.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest("[data-w-do]") : null;
  const what = button?.getAttribute("data-w-do");
  if (what) void act(what);
});
window.addEventListener("online", () => void send());
window.addEventListener("beforeunload", (event) => {
  if (waiting.all().length) event.preventDefault();
});
window.setInterval(() => void look(), EVERY_MS);

show(wall);
if (window.matchMedia("(min-width: 901px)").matches) write();
if (waiting.all().length) void send();
