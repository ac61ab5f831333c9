/**
 * From seconds by building to what the map colours. Imports nothing but the bands, so that it is easy to test.
 *
 * @import { Band, BandWords } from "../ui/map/bands.js"
 * @typedef {object} Reach what the server tells of one persona
 * @property {number[]} buildings
 * @property {number[]} people
 * @property {Record<string, number>} required minutes by required type
 * @property {Record<string, number[]>} seconds by type, -1 beyond fifteen minutes
 * @typedef {{ bands: Record<number, Band>, words: BandWords }} Colouring
 */

import { BANDS, bandOf } from "../ui/map/bands.js";
import { _ } from "../ui/words.js";

/** @param {number | undefined} seconds @param {number} minutes */
const reaches = (seconds, minutes) => seconds !== undefined && seconds >= 0 && seconds <= 60 * minutes;

/**
 * @param {Reach} reach
 * @param {(place: number) => Band} band
 * @param {BandWords} [words]
 * @returns {Colouring}
 */
function coloured(reach, band, words = {}) {
  return { bands: Object.fromEntries(reach.buildings.map((id, place) => [id, band(place)])), words };
}

/**
 * How many minutes each building walks to a type; farther than was asked for is out of reach.
 *
 * @param {Reach} reach
 * @param {string} type
 * @param {number} minutes
 */
export function byMinutes(reach, type, minutes) {
  const seconds = reach.seconds[type] ?? [];
  return coloured(reach, (place) => (reaches(seconds[place], minutes) ? bandOf(seconds[place]) : "out"));
}

/**
 * How many of the required types each building lacks, each within the minutes of its own level. Four bands with about as
 * many buildings in each: what is much and what is little depends on who walks.
 *
 * @param {Reach} reach
 */
export function byLacks(reach) {
  const required = Object.entries(reach.required);
  const lacks = reach.buildings.map((_id, place) => required.filter(([type, minutes]) => !reaches(reach.seconds[type]?.[place], minutes)).length);
  const ordered = [...lacks].sort((a, b) => a - b);
  /** @param {number} share */
  const upTo = (share) => ordered[Math.floor(share * (ordered.length - 1))] ?? 0;
  const most = [upTo(0.25), upTo(0.5), upTo(0.75), ordered.at(-1) ?? 0];
  /** @type {BandWords} */
  const words = {};
  let least = ordered[0] ?? 0;
  most.forEach((last, place) => {
    const range = { least, most: last };
    if (last >= least) words[BANDS[place]] = last === least ? _("缺 %(most)s 类", range) : _("缺 %(least)s 至 %(most)s 类", range);
    least = Math.max(least, last + 1);
  });
  return coloured(reach, (place) => BANDS[most.findIndex((last) => lacks[place] <= last)] ?? "out", words);
}

/**
 * What became of each building since an earlier run; one that the earlier run did not ask about stays plain.
 *
 * @param {Reach} now
 * @param {Reach} before
 * @param {string} type
 * @param {number} minutes
 */
export function byChange(now, before, type, minutes) {
  const was = new Map(before.buildings.map((id, place) => [id, reaches(before.seconds[type]?.[place], minutes)]));
  const seconds = now.seconds[type] ?? [];
  /** @param {number} place @returns {Band} */
  const band = (place) => {
    const then = was.get(now.buildings[place]);
    if (then === undefined) return "none";
    if (reaches(seconds[place], minutes)) return then ? "15" : "5";
    return then ? "out" : "never";
  };
  return coloured(now, band, { 5: _("现在够得到了"), 15: _("一直够得到"), out: _("现在够不到了"), never: _("一直够不到") });
}
