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

import { bandOf } from "../ui/map/bands.js";
import { _ } from "../ui/words.js";

/** Largest number of lacking types of each band but the last. */
const LACKS = /** @type {const} */ ([["5", 2], ["10", 5], ["15", 9]]);

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
 * How many of the required types each building lacks, each within the minutes of its own level.
 *
 * @param {Reach} reach
 */
export function byLacks(reach) {
  const required = Object.entries(reach.required);
  /** @param {number} place */
  const lacks = (place) => required.filter(([type, minutes]) => !reaches(reach.seconds[type]?.[place], minutes)).length;
  /** @type {BandWords} */
  const words = { out: _("缺 %(most)s 类以上", { most: LACKS[2][1] + 1 }) };
  let least = 0;
  for (const [band, most] of LACKS) {
    words[band] = least ? _("缺 %(least)s 至 %(most)s 类", { least, most }) : _("至多缺 %(most)s 类", { most });
    least = most + 1;
  }
  return coloured(reach, (place) => LACKS.find(([, most]) => lacks(place) <= most)?.[0] ?? "out", words);
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
