/**
 * The page of a run: the map answers the same question as the panel beside it.
 *
 * htmx swaps the panel; what stands in it (`#lc-answer`) is what the map then shows, however it came there: by the form,
 * a link, or the browser's way back. The form also recolours the map at once, before the panel comes.
 *
 * @import { Pick, TheMap } from "../ui/map/map.js"
 * @import { Colouring, Reach } from "./reach.js"
 * @typedef {{ persona: string, type: string, minutes: number, show: string, before: string }} Question
 */

import { createMap } from "../ui/map/map.js";
import { describe } from "../ui/map/popup.js";
import { _ } from "../ui/words.js";
import { byChange, byLacks, byMinutes } from "./reach.js";

const NARROW = "(max-width: 991.98px)";
/** Turned so that a subdistrict along the creek runs from the legend up to the tools, past the controls. */
const VIEW = { pitch: 50, bearing: 36 };

const panel = /** @type {HTMLElement} */ (document.getElementById("lc-panel"));
const form = /** @type {HTMLFormElement} */ (document.getElementById("lc-ask"));
const typeSelect = /** @type {HTMLSelectElement} */ (document.getElementById("lc-type"));
const settings = JSON.parse(document.getElementById("lc-settings")?.textContent ?? "{}");

/** @type {TheMap | null} */
let map = null;
let picked = "";
let painting = 0;

/** @type {Map<string, Promise<Reach>>} */
const fetched = new Map();

/** @param {string} url @param {string} persona @returns {Promise<Reach>} */
function reachOf(url, persona) {
  const address = `${url}?persona=${persona}`;
  const known = fetched.get(address);
  if (known) return known;
  const coming = fetch(address).then((answer) => {
    if (answer.ok) return answer.json();
    fetched.delete(address);
    throw new Error(`${address}: ${answer.status}`);
  });
  fetched.set(address, coming);
  return coming;
}

/** What the panel answers. */
function answered() {
  const answer = /** @type {HTMLElement} */ (document.getElementById("lc-answer"));
  return answer.dataset;
}

/** @returns {Question} */
function asked() {
  const data = new FormData(form);
  const word = (/** @type {string} */ name) => String(data.get(name) ?? "");
  return { persona: word("persona"), type: word("type"), minutes: Number(word("minutes")), show: word("show"), before: answered().before ?? "" };
}

/** @param {Question} question @returns {Promise<Colouring>} */
async function colouring({ persona, type, minutes, show, before }) {
  const reach = await reachOf(settings.reach, persona);
  if (show === "lacks") return byLacks(reach);
  if (show === "change" && before) return byChange(reach, await reachOf(before, persona), type, minutes);
  return byMinutes(reach, type, minutes);
}

/** @param {Question} question */
async function paint(question) {
  if (!map) return;
  const turn = (painting += 1);
  map.element.classList.add("is-busy");
  try {
    const { bands, words } = await colouring(question);
    if (turn !== painting) return;
    map.setReach(bands, words);
    const sought = question.show === "lacks" ? "" : question.type;
    map.setSought(sought, sought && settings.types[sought].short);
    map.element.dataset.shows = `${question.persona} ${question.type} ${question.minutes} ${question.show}`;
  } finally {
    if (turn === painting) map.element.classList.remove("is-busy");
  }
}

/** Bring form, title and map in line with the panel. */
function follow() {
  const { persona, type, minutes, show, committee = "", before = "", title = "" } = answered();
  for (const [name, value] of Object.entries({ persona, minutes, show })) {
    const radio = form.querySelector(`input[name="${name}"][value="${value}"]`);
    if (radio instanceof HTMLInputElement) radio.checked = true;
  }
  typeSelect.value = type ?? "";
  offerChange(Boolean(before));
  markCommon();
  document.title = title;
  const summary = document.querySelector("[data-lc-summary]");
  if (summary) summary.textContent = panel.querySelector("h1")?.textContent?.trim() ?? "";
  const say = document.getElementById("lc-say");
  if (say) say.textContent = panel.querySelector("[data-lc-sentence]")?.textContent ?? "";
  if (map && committee !== picked) {
    if (committee) map.pickCommittee(committee);
    else map.pickCommittee(null);
  }
  picked = committee;
  void paint({ persona: persona ?? "", type: type ?? "", minutes: Number(minutes), show: show ?? "", before });
}

/** @param {boolean} comparing */
function offerChange(comparing) {
  const label = form.querySelector("[data-lc-change]");
  const radio = label?.querySelector("input");
  if (!(label instanceof HTMLElement) || !radio) return;
  label.hidden = !comparing;
  radio.disabled = !comparing;
}

function markCommon() {
  for (const link of form.querySelectorAll("[data-lc-type]")) {
    if (link.getAttribute("data-lc-type") === typeSelect.value) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

/** @param {string} show */
function choose(show) {
  const radio = form.querySelector(`input[name="show"][value="${show}"]`);
  if (radio instanceof HTMLInputElement) radio.checked = true;
}

/**
 * With another run to compare with, the map shows the change and the committees stand by it; without, neither can.
 *
 * @param {HTMLSelectElement} select
 */
function compareWith(select) {
  const comparing = select.value !== "";
  offerChange(comparing);
  choose(comparing ? "change" : "minutes");
  const sort = panel.querySelector('input[name="sort"]');
  if (sort instanceof HTMLInputElement) sort.value = comparing ? "change" : "share";
}

/** @param {string} type */
function seek(type) {
  typeSelect.value = type;
  typeSelect.dispatchEvent(new Event("change", { bubbles: true }));
}

/** @param {string} id */
function goToBuilding(id) {
  if (!map) return;
  map.select(id);
  if (matchMedia(NARROW).matches) map.element.scrollIntoView({ block: "start" });
}

/**
 * What a popup says: of a building what the server knows, of a facility its name and a way to ask about its type.
 *
 * @param {Pick} pick
 * @returns {Node}
 */
function tell(pick) {
  const box = document.createElement("div");
  box.append(describe(pick));
  if (pick.layer === "building") void fill(box, String(pick.id));
  const type = pick.properties.type;
  if (pick.layer === "facility" && settings.types[type] && type !== typeSelect.value) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-sm lc-pop-seek";
    button.textContent = _("看谁走得到%(type)s", { type: settings.types[type].short });
    button.addEventListener("click", () => seek(type));
    box.append(button);
  }
  return box;
}

/** @param {HTMLElement} box @param {string} id */
async function fill(box, id) {
  const { persona, type, minutes } = asked();
  const address = settings.building.replace(":id", id);
  const answer = await fetch(`${address}?persona=${persona}&type=${type}&minutes=${minutes}`, { headers: { "HX-Request": "true" } });
  if (answer.ok) box.innerHTML = await answer.text();
}

/** The outline of an analysis that was asked about a part of the subdistrict only. */
function drawArea() {
  if (!map || !settings.area) return;
  map.map.addSource("lc-area", { type: "geojson", data: { type: "Feature", properties: {}, geometry: settings.area } });
  map.map.addLayer({ id: "lc-area", type: "line", source: "lc-area", paint: { "line-color": "#2c4a73", "line-width": 2.5, "line-dasharray": [3, 2] } });
}

/** @param {Event} event */
function press(event) {
  const target = event.target instanceof Element ? event.target : null;
  const link = target?.closest("[data-lc-type], [data-lc-building]");
  if (link) {
    event.preventDefault();
    const type = link.getAttribute("data-lc-type");
    if (type) seek(type);
    else goToBuilding(link.getAttribute("data-lc-building") ?? "");
    return;
  }
  const row = target?.closest("tr[data-committee]");
  if (row && !target?.closest("a, button")) row.querySelector("a")?.click();
}

function listen() {
  let hash = location.hash;
  document.addEventListener("click", press);
  document.addEventListener(
    "change",
    (event) => {
      hash = location.hash;
      if (event.target instanceof HTMLSelectElement && event.target.name === "compare") compareWith(event.target);
      else if (event.target instanceof Element && event.target.closest("#lc-ask")) {
        markCommon();
        void paint(asked());
      }
    },
    { capture: true },
  );
  document.body.addEventListener("htmx:configRequest", (event) => {
    const { parameters } = /** @type {CustomEvent} */ (event).detail;
    const usual = parameters.compare ? { show: "change", sort: "change" } : { show: "minutes", sort: "share" };
    for (const [name, value] of Object.entries({ compare: "", ...usual })) if (parameters[name] === value) delete parameters[name];
    hash = location.hash;
  });
  // htmx pushes an address without the map's view: put it back.
  document.body.addEventListener("htmx:pushedIntoHistory", () => history.replaceState(history.state, "", location.pathname + location.search + hash));
  document.body.addEventListener("htmx:afterSettle", (event) => {
    if (event.target === panel) follow();
  });
  document.body.addEventListener("htmx:historyRestore", follow);
}

async function start() {
  listen();
  const narrow = matchMedia(NARROW).matches;
  if (narrow) document.getElementById("lc-ask-box")?.removeAttribute("open");
  const element = /** @type {HTMLElement} */ (document.getElementById("lc-map"));
  map = await createMap(element, {
    layers: settings.layers,
    describe: tell,
    ...VIEW,
    padding: narrow ? { top: 60, right: 52, bottom: 72, left: 12 } : { top: 28, right: 60, bottom: 52, left: 24 },
  });
  drawArea();
  const viewed = location.hash.includes("map=");
  picked = answered().committee ?? "";
  if (picked) map.pickCommittee(picked, !viewed);
  follow();
  const building = new URLSearchParams(location.search).get("building");
  if (building) map.select(building);
}

void start();
