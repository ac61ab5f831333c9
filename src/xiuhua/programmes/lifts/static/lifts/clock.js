/**
 * The time slider of the five-colour map (回放): a day to be chosen, and a button that lets the years run by.
 *
 * Arrows go a day, Page Up and Page Down a month, Home to the beginning, End to today. Where motion is not wanted, it goes
 * a month at a time and slowly.
 */

import { _ } from "../ui/words.js";

const A_DAY = 86_400_000;
const QUIET = matchMedia("(prefers-reduced-motion: reduce)");
/** Milliseconds between two steps of the play. */
const PACE = { quiet: 1200, usual: 160 };
const DAYS_A_STEP = 12;

/** @param {number} day counted from 1 January 1970 */
export function words(day) {
  const date = new Date(day * A_DAY);
  return _("%(year)s 年 %(month)s 月 %(day)s 日", { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() });
}

/** @param {number} day @param {number} by */
export function monthAway(day, by) {
  const date = new Date(day * A_DAY);
  const there = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + by, 1));
  const most = new Date(Date.UTC(there.getUTCFullYear(), there.getUTCMonth() + 1, 0)).getUTCDate();
  return Math.round(there.setUTCDate(Math.min(date.getUTCDate(), most)) / A_DAY);
}

/**
 * @param {{ slider: HTMLInputElement, output: HTMLOutputElement, play: HTMLButtonElement }} parts
 * @param {{ first: number, last: number }} span
 * @param {(day: number | null) => void} show gets the day; null for today
 */
export function startClock({ slider, output, play }, { first, last }, show) {
  slider.min = String(first);
  slider.max = String(last);
  slider.value = String(last);
  slider.disabled = false;
  let timer = 0;
  const draw = () => {
    const day = Number(slider.value);
    const said = day === last ? _("今天") : words(day);
    output.textContent = day === last ? said : new Date(day * A_DAY).toISOString().slice(0, 10);
    slider.setAttribute("aria-valuetext", said);
    show(day === last ? null : day);
  };
  /** @param {boolean} on */
  const run = (on) => {
    clearInterval(timer);
    timer = 0;
    play.setAttribute("aria-pressed", String(on));
    play.setAttribute("aria-label", on ? _("停下") : _("播放"));
    const use = play.querySelector("use");
    const sprite = use?.getAttribute("href")?.split("#")[0] ?? "";
    use?.setAttribute("href", `${sprite}#${on ? "i-player-stop" : "i-player-play"}`);
    if (!on) return;
    if (Number(slider.value) >= last) slider.value = String(first);
    timer = setInterval(step, QUIET.matches ? PACE.quiet : PACE.usual);
    draw();
  };
  const step = () => {
    const day = Number(slider.value);
    slider.value = String(Math.min(last, QUIET.matches ? monthAway(day, 1) : day + DAYS_A_STEP));
    draw();
    if (Number(slider.value) >= last) run(false);
  };
  play.addEventListener("click", () => run(timer === 0));
  slider.addEventListener("input", () => {
    run(false);
    draw();
  });
  slider.addEventListener("keydown", (event) => {
    const by = { PageUp: 1, PageDown: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    run(false);
    slider.value = String(monthAway(Number(slider.value), by));
    draw();
  });
  draw();
}
