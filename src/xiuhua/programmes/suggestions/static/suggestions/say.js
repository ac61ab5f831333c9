/**
 * 我要反映: speaking instead of typing, and saying where by the phone's own position or on a map. Without scripts the form has a
 * text for the place and a file for the recording.
 */

import { _ } from "../ui/words.js";
import { icon, made } from "../ui/phone/parts.js";

const LONGEST_MS = 120_000;
/** What browsers record, the best first. */
const SORTS = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];

const form = document.querySelector("form.ph-form");
if (form instanceof HTMLFormElement) {
  speaking(form);
  placing(form);
  replying(form);
}

/** @param {HTMLFormElement} form */
function speaking(form) {
  const mic = form.querySelector("[data-xh-mic]");
  const box = form.querySelector("[data-xh-voice]");
  const input = box?.querySelector("input[type=file]");
  if (!(mic instanceof HTMLButtonElement) || !(box instanceof HTMLElement) || !(input instanceof HTMLInputElement)) return;
  if (!navigator.mediaDevices?.getUserMedia || typeof MediaRecorder === "undefined" || typeof DataTransfer === "undefined") return;
  const words = mic.querySelector("span");
  const say = (/** @type {string | undefined} */ text) => words && (words.textContent = text ?? "");
  /** @type {MediaRecorder | null} */
  let recorder = null;
  let wanted = false;
  let timer = 0;

  const stop = () => {
    wanted = false;
    clearTimeout(timer);
    if (recorder?.state === "recording") recorder.stop();
  };
  const start = async () => {
    if (wanted) return;
    wanted = true;
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      const type = SORTS.find((sort) => MediaRecorder.isTypeSupported(sort)) ?? "";
      const parts = /** @type {Blob[]} */ ([]);
      recorder = new MediaRecorder(stream, type ? { mimeType: type } : {});
      recorder.ondataavailable = (event) => parts.push(event.data);
      recorder.onstop = () => {
        for (const track of stream.getTracks()) track.stop();
        mic.classList.remove("is-live");
        say(mic.dataset.xhHold);
        keep(new Blob(parts, { type: recorder?.mimeType || type }));
      };
      recorder.start();
      mic.classList.add("is-live");
      say(mic.dataset.xhLetGo);
      timer = window.setTimeout(stop, LONGEST_MS);
      if (!wanted) stop();
    } catch {
      wanted = false;
      say(mic.dataset.xhNone);
      mic.disabled = true;
      box.classList.remove("is-taken-over");
    }
  };
  /** @param {Blob | null} blob */
  const keep = (blob) => {
    const carried = new DataTransfer();
    if (blob?.size) carried.items.add(new File([blob], blob.type.includes("mp4") ? "voice.m4a" : "voice.webm", { type: blob.type }));
    input.files = carried.files;
    show(blob);
  };
  /** @param {Blob | null} blob */
  const show = (blob) => {
    box.querySelector(".s-recorded")?.remove();
    box.classList.toggle("has-voice", Boolean(blob?.size));
    if (blob?.size) {
      const play = document.createElement("audio");
      play.controls = true;
      play.src = URL.createObjectURL(blob);
      play.setAttribute("aria-label", box.dataset.xhPlay ?? "");
      const drop = document.createElement("button");
      drop.type = "button";
      drop.setAttribute("aria-label", box.dataset.xhDrop ?? "");
      drop.append(icon("i-trash"));
      drop.addEventListener("click", () => {
        keep(null);
        mic.focus();
      });
      box.append(made("div", "s-recorded", play, drop));
    }
  };

  mic.hidden = false;
  box.classList.add("is-taken-over");
  mic.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    event.preventDefault();
    mic.setPointerCapture(event.pointerId);
    void start();
  });
  for (const name of ["pointerup", "pointercancel"]) mic.addEventListener(name, stop);
  // By keyboard or a screen reader's tap: one press begins, the next ends.
  mic.addEventListener("click", (event) => {
    if (event.detail !== 0) return;
    if (wanted) stop();
    else void start();
  });
  input.addEventListener("change", () => show(input.files?.[0] ?? null));
  form.addEventListener("reset", () => keep(null));
}

/** @param {HTMLFormElement} form */
function placing(form) {
  const box = form.querySelector("[data-xh-where]");
  if (!(box instanceof HTMLElement)) return;
  const field = (/** @type {string} */ name) => /** @type {HTMLInputElement} */ (form.elements.namedItem(name));
  const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (box.querySelector(`[data-xh-${name}]`));
  const [placed, picture, named, how, said] = ["placed", "picture", "named", "how", "said"].map(part);
  const find = /** @type {HTMLElement} */ (box.querySelector(".s-find"));
  /** What we wrote into the text of the place, so that what the person wrote is never overwritten. */
  let ours = "";

  /**
   * @param {number} lon
   * @param {number} lat
   * @param {string} words how it is known
   */
  const put = async (lon, lat, words) => {
    field("lon").value = lon.toFixed(6);
    field("lat").value = lat.toFixed(6);
    how.textContent = words;
    named.textContent = _("正在看这是哪里");
    show(true);
    const query = `?lon=${lon.toFixed(6)}&lat=${lat.toFixed(6)}`;
    try {
      const near = await (await fetch(`${box.dataset.xhNear}${query}`)).json();
      if (!near.inside) {
        clear();
        said.textContent = _("这个位置不在本街道，请在地图上点，或者写在上面。");
        return;
      }
      named.textContent = near.name;
      if (picture instanceof HTMLImageElement) picture.src = `${box.dataset.xhAround}${query}`;
      if (!field("place").value.trim() || field("place").value === ours) field("place").value = ours = near.name;
    } catch {
      named.textContent = _("位置记下了");
    }
  };
  const clear = () => {
    field("lon").value = field("lat").value = "";
    show(false);
  };
  /** @param {boolean} is */
  const show = (is) => {
    placed.hidden = !is;
    find.hidden = is;
    said.textContent = "";
  };
  const locate = () => {
    said.textContent = _("正在找您的位置");
    navigator.geolocation.getCurrentPosition(
      ({ coords }) =>
        void put(coords.longitude, coords.latitude, _("手机定位，偏差约 %(metres)s 米", { metres: Math.round(coords.accuracy) })),
      () => {
        said.textContent = _("没找到位置，请在地图上点，或者写在上面。");
      },
      { enableHighAccuracy: true, timeout: 12_000, maximumAge: 60_000 },
    );
  };
  const map = async () => {
    said.textContent = _("正在打开地图");
    try {
      const { pickOnMap } = await import("./place.js");
      said.textContent = "";
      const at = field("lon").value ? /** @type {[number, number]} */ ([Number(field("lon").value), Number(field("lat").value)]) : null;
      const point = await pickOnMap(box, at);
      if (point) await put(point[0], point[1], _("在地图上点的"));
      else clear();
    } catch {
      said.textContent = _("现在打不开地图，请写在上面。");
    }
  };

  box.hidden = false;
  part("locate").hidden = !("geolocation" in navigator);
  part("locate").addEventListener("click", locate);
  part("map").addEventListener("click", () => void map());
  part("move").addEventListener("click", () => void map());
  /** @param {string} words */
  const given = (words) => field("lon").value && void put(Number(field("lon").value), Number(field("lat").value), words);
  given(_("扫码的地方"));
  field("lat").addEventListener("input", () => given(_("上次标的")));
  form.addEventListener("reset", () => setTimeout(() => (ours = ""), 0));
  form.addEventListener("reset", clear);
}

/**
 * Ask for the telephone only where an answer is wanted by message.
 *
 * @param {HTMLFormElement} form
 */
function replying(form) {
  const box = form.querySelector(".s-reply");
  const wants = form.elements.namedItem("wants_reply");
  if (!(box instanceof HTMLElement) || !(wants instanceof HTMLInputElement)) return;
  const fold = () => box.classList.toggle("is-folded", !wants.checked);
  for (const name of ["change", "input"]) wants.addEventListener(name, fold);
  form.addEventListener("reset", () => setTimeout(fold));
  fold();
}
