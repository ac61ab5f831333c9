/**
 * The meeting about shares: every change of the form is worked out anew by the server, and the answer is drawn into the
 * page that stands. Without this script the form itself is sent.
 *
 * @typedef {{ id: number, room: string, amount: string, stays: boolean, more: string }} Room
 * @typedef {{ floor: number, percent: string, amount: string, bar: number, area: number | null, benefit: number | null, said: string, rooms: Room[] }} Floor
 * @typedef {{ kind: string, sound: boolean, said: string[], explains: string, subsidy: string, residents: string, sum: string, own_subsidy: boolean,
 *   floors: Floor[], warnings: { text: string, source: string, mark: string }[], beside: { key: string, title: string, floors: Floor[] }[] }} Board
 */

import { _ } from "../ui/words.js";

const form = /** @type {HTMLFormElement} */ (document.getElementById("mt-form"));
const stage = /** @type {HTMLElement} */ (form.querySelector("[data-mt-stage]"));
const asked = /** @type {HTMLInputElement | null} */ (document.querySelector("[data-mt-asked]"));
const WAIT_MS = 120;

/** @type {AbortController | null} */
let running = null;
let timer = 0;

/**
 * @param {Element | null | undefined} element
 * @param {string} words
 */
function write(element, words) {
  if (element && element.textContent !== words) element.textContent = words;
}

/** @param {string} kind what belongs to the chosen way is shown, the rest is not */
function unfold(kind) {
  for (const element of form.querySelectorAll("[data-mt-for], [data-mt-not]")) {
    if (!(element instanceof HTMLElement)) continue;
    const wanted = element.dataset.mtFor?.split(" ").includes(kind) ?? !element.dataset.mtNot?.split(" ").includes(kind);
    element.hidden = !wanted;
  }
}

/**
 * @param {Element | null | undefined} mark
 * @param {string} name
 * @param {number | null} at nowhere, where it cannot be worked out
 */
function place(mark, name, at) {
  mark?.setAttribute("visibility", at === null ? "hidden" : "visible");
  if (at !== null) mark?.setAttribute(name, String(at));
}

/** @param {Floor} floor */
function drawFloor(floor) {
  const row = form.querySelector(`[data-mt-floor="${floor.floor}"]`);
  if (!row) return;
  const bar = row.querySelector("svg");
  bar?.setAttribute("aria-label", floor.said);
  bar?.querySelector(".now")?.setAttribute("width", String(floor.bar));
  place(bar?.querySelector(".area"), "x", floor.area);
  place(bar?.querySelector(".benefit"), "cx", floor.benefit);
  for (const cell of row.querySelectorAll("[data-mt-cell=percent]")) write(cell, floor.percent);
  write(row.querySelector("[data-mt-cell=floor-amount]"), floor.amount);
  for (const room of floor.rooms) {
    const cell = row.querySelector(`[data-mt-room="${room.id}"]`);
    write(cell?.querySelector("[data-mt-cell=amount]"), room.amount);
    write(cell?.querySelector("[data-mt-cell=more]"), room.more);
    cell?.classList.toggle("is-out", !room.stays);
  }
}

/**
 * @param {string} tag
 * @param {string} words
 * @param {string} [css]
 */
function element(tag, words, css = "") {
  const made = document.createElement(tag);
  made.textContent = words;
  if (css) made.className = css;
  return made;
}

/** @param {Board} board */
function drawBeside(board) {
  const frame = form.querySelector("[data-mt-compare]");
  const table = frame?.querySelector("table");
  if (!(frame instanceof HTMLElement) || !table) return;
  frame.hidden = board.beside.length === 0;
  const head = table.tHead?.rows[0];
  if (!head || !table.tBodies[0]) return;
  while (head.cells.length > 2) head.deleteCell(-1);
  for (const other of board.beside) {
    const cell = element("th", other.title, "xh-num");
    cell.setAttribute("scope", "col");
    head.append(cell);
  }
  const rows = board.floors.map((floor) => {
    const row = document.createElement("tr");
    const name = element("th", _("%(floor)s 层", { floor: floor.floor }));
    name.setAttribute("scope", "row");
    row.append(name);
    for (const scheme of [board, ...board.beside]) {
      const here = scheme.floors.find((one) => one.floor === floor.floor);
      const cell = element("td", here?.amount ?? "", "xh-num");
      cell.append(element("small", here?.percent ?? ""));
      row.append(cell);
    }
    return row;
  });
  table.tBodies[0].replaceChildren(...rows);
}

/** @param {Board} board */
function draw(board) {
  stage.dataset.kind = board.kind;
  unfold(board.kind);
  for (const name of /** @type {const} */ (["subsidy", "residents", "explains", "sum"])) {
    write(form.querySelector(`[data-mt="${name}"]`), board[name]);
  }
  const said = form.querySelector("[data-mt-said]");
  said?.classList.toggle("is-soft", board.sound);
  said?.replaceChildren(...board.said.map((words) => element("li", words)));
  form.querySelector("[data-mt-warnings]")?.replaceChildren(
    ...board.warnings.map((warning) => {
      const item = element("li", `${warning.text} `);
      item.append(element("span", warning.source, `xh-source ${warning.mark}`));
      return item;
    }),
  );
  board.floors.forEach(drawFloor);
  drawBeside(board);
  const because = document.querySelector("[data-mt-because]");
  if (because instanceof HTMLElement) because.hidden = !board.own_subsidy;
}

function query() {
  const told = new URLSearchParams();
  for (const [name, value] of new FormData(form)) told.append(name, String(value));
  return told;
}

async function workOut() {
  running?.abort();
  running = new AbortController();
  const told = query();
  if (asked) asked.value = told.toString();
  history.replaceState(null, "", `?${told}`);
  try {
    const answer = await fetch(`${form.dataset.mtUrl}?${told}`, { signal: running.signal, headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    draw(await answer.json());
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") return;
    const said = form.querySelector("[data-mt-said]");
    said?.classList.remove("is-soft");
    said?.replaceChildren(element("li", _("没有连上，页面上还是上一次算的数")));
  }
}

function soon() {
  clearTimeout(timer);
  timer = window.setTimeout(() => void workOut(), WAIT_MS);
}

/** A slider and its number say the same. */
for (const range of form.querySelectorAll("[data-mt-range]")) {
  const number = range.parentElement?.querySelector("[data-mt-number]");
  if (!(range instanceof HTMLInputElement) || !(number instanceof HTMLInputElement)) continue;
  range.hidden = false;
  range.addEventListener("input", () => { number.value = range.value; });
  number.addEventListener("input", () => { range.value = number.value; });
}

/** No more side by side than there is room for. */
function limitPicks() {
  const group = form.querySelector("[data-mt-most]");
  if (!(group instanceof HTMLElement)) return;
  const boxes = [...group.querySelectorAll("input")];
  const full = boxes.filter((box) => box.checked).length >= Number(group.dataset.mtMost);
  for (const box of boxes) box.disabled = full && !box.checked;
}

const full = document.querySelector("[data-mt-full]");
if (full instanceof HTMLElement && document.fullscreenEnabled) {
  full.hidden = false;
  full.addEventListener("click", () => void stage.requestFullscreen());
}

const plain = form.querySelector("[data-mt-plain]");
if (plain instanceof HTMLElement) plain.hidden = true;
unfold(String(new FormData(form).get("kind")));
limitPicks();
if (asked && !asked.value) asked.value = query().toString();
form.addEventListener("input", () => {
  limitPicks();
  unfold(String(new FormData(form).get("kind")));
  soon();
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  void workOut();
});
