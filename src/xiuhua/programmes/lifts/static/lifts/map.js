/**
 * The five-colour map (五色加梯地图): stairwells by their stage, filters that need no new page, one stairwell beside the
 * map, and the programme replayed.
 *
 * @import { TheMap } from "../ui/map/map.js"
 * @import { Stage } from "../ui/map/bands.js"
 * @import { Lift, Mark, Replay } from "./tally.js"
 */

import { boundsOf } from "../ui/map/data.js";
import { createMap } from "../ui/map/map.js";
import { _ } from "../ui/words.js";
import { startClock, words } from "./clock.js";
import { POINTS, addPoints } from "./points.js";
import { FARTHEST, IN_HAND, byHouse, counted, passes, standing } from "./tally.js";

/** @type {{ layers: Record<string, string>, lifts: string, panel: string, replay: string }} */
const settings = JSON.parse(document.getElementById("lift-map-settings")?.textContent ?? "{}");
const NARROW = matchMedia("(max-width: 991.98px)");
const element = /** @type {HTMLElement} */ (document.getElementById("lift-map"));
const frame = /** @type {HTMLElement} */ (document.getElementById("a-map"));
const form = /** @type {HTMLFormElement} */ (document.getElementById("a-filter"));
const panel = /** @type {HTMLElement} */ (document.getElementById("a-panel"));
const stuckBox = /** @type {HTMLElement} */ (document.getElementById("a-stuck"));
const more = document.getElementById("a-more");
const sentence = /** @type {HTMLElement} */ (document.getElementById("a-sentence"));
const today = sentence.textContent ?? "";
const tiles = /** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll(".a-tile"));

/** Room for what floats over the map. */
const PADDING = () => (NARROW.matches ? { top: 24, right: 60, bottom: 24, left: 24 } : { top: 44, right: 84, bottom: 84, left: 352 });

/** @type {TheMap | null} */
let map = null;
/** @type {any[]} */
let features = [];
/** @type {Replay | null} */
let replay = null;
/** @type {number | null} Day that is replayed; null for today. */
let day = null;
let picked = "";

/** @param {string} name */
const asked = (name) => String(new FormData(form).get(name) ?? "");

/** @returns {Set<string>} */
function marksShown() {
  return new Set([...tiles].filter((tile) => tile.getAttribute("aria-pressed") === "true").map((tile) => tile.dataset.mark ?? ""));
}

/** Bring map, figures and the list of what is stuck in line with what is asked, on the day that is shown. */
function follow() {
  const wanted = { committee: asked("committee"), year: asked("year"), stuck: day === null ? asked("stuck") : "" };
  const then = day === null || !replay ? null : standing(replay, day);
  /** @param {Lift} lift @returns {Mark} */
  const markOf = (lift) => (then && lift.stage !== "unsuitable" ? (then.get(lift.id) ?? "waiting") : lift.stage);
  const within = features.filter(({ properties }) => passes(properties, wanted));
  const marked = within.map((one) => ({ one, mark: markOf(one.properties) }));
  const shown = marksShown();
  const drawn = marked.filter(({ mark }) => shown.has(mark));
  /** @type {any} */ (map?.map.getSource(POINTS))?.setData({
    type: "FeatureCollection",
    features: drawn.map(({ one, mark }) => ({ ...one, properties: { ...one.properties, stage: mark, order: FARTHEST.length - FARTHEST.indexOf(mark), quiet: mark === "unsuitable" && shown.size > 1 } })),
  });
  map?.setStages(/** @type {Record<number, Stage>} */ (byHouse(drawn.map(({ one, mark }) => [one.properties.building, mark]))));
  tell(counted(marked.map(({ mark }) => mark)), within, Object.values(wanted).some(Boolean));
  listStuck(new Set(drawn.map(({ one }) => String(one.properties.id))));
  carry(wanted, shown);
  document.body.classList.toggle("is-past", day !== null);
  document.body.classList.toggle("is-narrowed", Object.values(wanted).some(Boolean));
  map?.map.once("idle", () => (element.dataset.shows = String(drawn.length)));
}

/**
 * The list and the file are narrowed to the same stairwells.
 *
 * @param {Record<string, string>} wanted
 * @param {Set<string>} shown marks
 */
function carry(wanted, shown) {
  const [only, ...others] = shown;
  const stage = only && !others.length ? only : "";
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("a[data-a-carry]"))) {
    const address = new URL(link.href);
    const asking = { ...wanted, stage: stage === "unsuitable" ? "" : stage, suits: stage === "unsuitable" ? "no" : "" };
    for (const [name, value] of Object.entries(asking)) {
      if (value) address.searchParams.set(name, value);
      else address.searchParams.delete(name);
    }
    link.href = address.href;
  }
}

/** What the address asks for, as the list's own filters write it. */
function takeUp() {
  const given = new URLSearchParams(location.search);
  for (const select of form.querySelectorAll("select")) {
    const value = given.get(select.name) ?? "";
    if ([...select.options].some((option) => option.value === value)) select.value = value;
  }
  const stage = given.get("suits") === "no" ? "unsuitable" : given.get("stage");
  if (stage) for (const tile of tiles) tile.setAttribute("aria-pressed", String(tile.dataset.mark === stage));
  showFilters();
}

/** Let what is narrowed be seen. */
function showFilters() {
  for (const select of form.querySelectorAll("select")) select.classList.toggle("is-set", select.value !== "");
  const reset = form.querySelector("button");
  if (reset) reset.hidden = ![...form.querySelectorAll("select")].some((select) => select.value);
}

/**
 * @param {Record<Mark, number>} counts
 * @param {any[]} within
 * @param {boolean} narrowed
 */
function tell(counts, within, narrowed) {
  for (const tile of tiles) {
    const figure = tile.querySelector("b");
    if (figure) figure.textContent = String(counts[/** @type {Mark} */ (tile.dataset.mark)]);
  }
  const suitable = within.filter(({ properties }) => properties.stage !== "unsuitable" && properties.judged).length;
  const inHand = IN_HAND.reduce((sum, mark) => sum + counts[/** @type {Mark} */ (mark)], 0);
  const share = suitable ? `${((100 * inHand) / suitable).toFixed(1)}%` : "—";
  const told = _("%(suitable)s 个适合加梯的门洞，已签约、施工和运行共 %(in_hand)s 个，占 %(share)s", { suitable, in_hand: inHand, share });
  sentence.textContent = day === null ? (narrowed ? told : today) : _("%(day)s：%(told)s", { day: words(day), told });
  drawBar(counts);
}

/** @param {Record<Mark, number>} counts */
function drawBar(counts) {
  const bar = document.getElementById("a-stack");
  const five = FARTHEST.slice(0, 5);
  const whole = five.reduce((sum, mark) => sum + counts[mark], 0);
  let x = 0;
  const parts = five.filter((mark) => counts[mark]).map((mark) => {
    const width = (100 * counts[mark]) / whole;
    const rect = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    rect.setAttribute("class", `seg-${mark}`);
    rect.setAttribute("x", `${x.toFixed(3)}%`);
    rect.setAttribute("width", `${Math.max(width - 0.16, 0.1).toFixed(3)}%`);
    rect.setAttribute("height", "6");
    x += width;
    return rect;
  });
  bar?.replaceChildren(...parts);
}

/** @param {Set<string>} drawn stairwells on the map */
function listStuck(drawn) {
  const list = stuckBox.querySelector("ol");
  const all = more?.getAttribute("aria-expanded") === "true";
  const rows = /** @type {HTMLElement[]} */ ([...(list?.children ?? [])]);
  const found = rows.filter((row) => drawn.has(row.querySelector("a")?.dataset.stairwell ?? ""));
  for (const row of rows) row.hidden = true;
  for (const row of all ? found : found.slice(0, Number(list?.dataset.shown))) row.hidden = false;
  if (more) more.textContent = all ? _("只看前几个") : _("全部 %(count)s 个", { count: found.length });
  const none = stuckBox.querySelector("p");
  if (none) none.hidden = found.length > 0;
}

/**
 * Open one stairwell beside the map; an empty number closes it.
 *
 * @param {string} id
 * @param {boolean} [go] whether the map goes there
 */
async function open(id, go = false) {
  picked = id;
  mark(go);
  frame.classList.toggle("has-panel", id !== "");
  const address = new URL(location.href);
  if (id) address.searchParams.set("stairwell", id);
  else address.searchParams.delete("stairwell");
  history.replaceState(history.state, "", address);
  if (!id) {
    panel.hidden = true;
    return;
  }
  panel.classList.add("is-busy");
  panel.hidden = false;
  const answer = await fetch(settings.panel.replace(":id", id), { headers: { "HX-Request": "true" } });
  if (picked !== id) return;
  panel.classList.remove("is-busy");
  if (answer.ok) panel.innerHTML = await answer.text();
  else sayMissing();
  const title = panel.querySelector("h2");
  if (title) panel.setAttribute("aria-label", title.textContent ?? "");
  title?.focus({ preventScroll: true });
  if (NARROW.matches) panel.scrollIntoView({ block: "start" });
}

/** Say that a dossier did not come, with a way to close what is empty. */
function sayMissing() {
  const line = document.createElement("p");
  line.textContent = _("这个门洞的档案没有取到。刷新页面再试。");
  const shut = document.createElement("button");
  shut.type = "button";
  shut.className = "btn";
  shut.dataset.aClose = "";
  shut.textContent = _("关上");
  const body = document.createElement("div");
  body.className = "xh-drawer-body";
  body.append(line, shut);
  panel.replaceChildren(body);
  shut.focus();
}

/** @param {boolean} go */
function mark(go) {
  for (const link of stuckBox.querySelectorAll("a")) {
    if (link.dataset.stairwell === picked) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  map?.map.setFilter(`${POINTS}-picked`, ["==", ["to-string", ["get", "id"]], picked]);
  const one = features.find(({ properties }) => String(properties.id) === picked);
  if (!go || !one || !map) return;
  const right = NARROW.matches ? 0 : 404;
  map.map.easeTo({ center: one.geometry.coordinates, zoom: Math.max(map.map.getZoom(), 16.4), offset: [(NARROW.matches ? 0 : 150) - right / 2, 0] });
}

/** The slider is there at once; the past is fetched when somebody asks for it. */
function offerReplay() {
  const slider = /** @type {HTMLInputElement} */ (document.getElementById("a-day"));
  const output = /** @type {HTMLOutputElement} */ (document.getElementById("a-date"));
  const play = /** @type {HTMLButtonElement} */ (document.getElementById("a-play"));
  void fetch(settings.replay)
    .then((answer) => answer.json())
    .then((/** @type {Replay} */ found) => {
      replay = found;
      startClock({ slider, output, play }, found, (chosen) => {
        if (chosen === day) return;
        day = chosen;
        follow();
      });
    });
}

function listen() {
  form.addEventListener("change", () => {
    showFilters();
    follow();
    const committee = map?.data.committee?.features.find((one) => one.properties.path === asked("committee"));
    map?.pickCommittee(committee?.properties.id ?? null);
  });
  form.addEventListener("reset", () => setTimeout(() => form.dispatchEvent(new Event("change")), 0));
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const tile of tiles) {
    tile.addEventListener("click", () => {
      tile.setAttribute("aria-pressed", String(tile.getAttribute("aria-pressed") !== "true"));
      follow();
    });
  }
  more?.addEventListener("click", () => {
    more.setAttribute("aria-expanded", String(more.getAttribute("aria-expanded") !== "true"));
    follow();
  });
  stuckBox.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    void open(link.dataset.stairwell ?? "", true);
  });
  panel.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("[data-a-close]")) close();
  });
  panel.addEventListener("keydown", (event) => event.key === "Escape" && close());
}

function close() {
  const back = /** @type {HTMLElement | null} */ (stuckBox.querySelector("a[aria-current]") ?? element.querySelector("canvas"));
  void open("");
  back?.focus();
}

async function start() {
  listen();
  takeUp();
  const viewed = location.hash.includes("map=");
  const coming = fetch(settings.lifts).then((answer) => answer.json());
  map = await createMap(element, {
    layers: settings.layers,
    pitch: 32,
    bearing: 0,
    padding: PADDING(),
    legend: false,
    describe: () => null,
  });
  features = (await coming).features;
  for (const one of features) one.properties.id = one.id;
  await addPoints(map, element.dataset.spriteUrl ?? "");
  map.onPick((pick) => {
    if (pick?.layer === POINTS) void open(String(pick.id));
    else if (pick === null) void open("");
  });
  follow();
  offerReplay();
  const asked = new URLSearchParams(location.search).get("stairwell");
  if (features.length) map.home = boundsOf({ building: { type: "FeatureCollection", features } });
  if (asked) void open(asked, !viewed);
  else if (!viewed) map.map.fitBounds(map.home, { padding: PADDING(), pitch: map.map.getPitch(), maxZoom: 16, duration: 0 });
}

void start();
