/**
 * 朗读: the page is read out by the browser's own speech, from the top; what is being read is marked; the button stops it.
 */

import { _ } from "../words.js";
import { icon, say } from "./parts.js";

const WHAT = "h1, h2, h3, p, li, dt, dd, legend, label, button, a, summary, td, th, output, .ph-note span";
const VOICE_MS = 1500;

/**
 * What there is to read: the smallest pieces with words in them, in the order in which they stand.
 *
 * @param {ParentNode} root
 */
export function pieces(root) {
  return [...root.querySelectorAll(WHAT)].filter((one) => {
    if (!(one instanceof HTMLElement) || !one.offsetParent) return false;
    return wordsOf(one) !== "" && !one.parentElement?.closest("p, li, label, button, a, summary, dt, dd, td, th, legend");
  });
}

/**
 * The words of a piece, with what a field holds.
 *
 * @param {Element} one
 */
export function wordsOf(one) {
  const said = (one.getAttribute("aria-label") ?? one.textContent ?? "").replace(/\s+/g, " ").trim();
  const field = one instanceof HTMLLabelElement ? one.control : null;
  const typed = field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement ? field : null;
  const isText = typed && !["checkbox", "radio", "file", "password"].includes(typed.type);
  return isText && typed.value ? `${said}。${typed.value}` : said;
}

/** A voice that speaks Chinese, or the page's own language; null where the browser has none at all. */
async function voice() {
  const language = document.documentElement.lang || "zh-CN";
  const found = () => {
    const voices = speechSynthesis.getVoices();
    return voices.find((one) => one.lang.replace("_", "-").startsWith(language.slice(0, 2))) ?? voices[0] ?? null;
  };
  if (found()) return found();
  await new Promise((resolve) => {
    speechSynthesis.addEventListener("voiceschanged", resolve, { once: true });
    setTimeout(resolve, VOICE_MS);
  });
  return found();
}

/** Let the button read and stop. */
export function reading() {
  const press = document.querySelector("[data-xh-read]");
  if (!(press instanceof HTMLButtonElement)) return;
  /** Counts the readings, so that one that was stopped says no more. */
  let turn = 0;
  let speaking = false;
  /** @param {boolean} on */
  const show = (on) => {
    speaking = on;
    const words = on ? _("停") : _("朗读");
    const label = press.querySelector("span");
    if (label) label.textContent = words;
    else press.setAttribute("aria-label", words);
    press.querySelector("svg")?.replaceWith(icon(on ? "i-player-stop" : "i-volume", "xh-icon"));
  };
  const stop = () => {
    turn += 1;
    speechSynthesis.cancel();
    for (const one of document.querySelectorAll(".ph-reading")) one.classList.remove("ph-reading");
    show(false);
  };
  const start = async () => {
    const spoken = typeof speechSynthesis === "undefined" ? null : await voice();
    if (!spoken) {
      say("read", "off", _("这部手机不会朗读。可以请家里人在手机设置里打开「文字转语音」。"));
      return;
    }
    const mine = ++turn;
    const all = pieces(document.getElementById("main") ?? document.body);
    show(true);
    for (const one of all) {
      if (mine !== turn) return;
      one.classList.add("ph-reading");
      one.scrollIntoView({ block: "nearest" });
      await spokenOut(wordsOf(one), spoken);
      one.classList.remove("ph-reading");
    }
    if (mine === turn) show(false);
  };
  press.hidden = false;
  press.addEventListener("click", () => (speaking ? stop() : void start()));
  addEventListener("pagehide", () => speaking && stop());
}

/**
 * @param {string} words
 * @param {SpeechSynthesisVoice} spoken
 * @returns {Promise<unknown>}
 */
function spokenOut(words, spoken) {
  return new Promise((resolve) => {
    const utterance = new SpeechSynthesisUtterance(words);
    utterance.voice = spoken;
    utterance.lang = spoken.lang;
    utterance.rate = 0.9;
    utterance.onend = utterance.onerror = resolve;
    speechSynthesis.speak(utterance);
  });
}
