/**
 * Counting on the five-colour map: which stairwells pass the filters, and where each stood on a day. Imports nothing.
 *
 * @typedef {"waiting" | "consult" | "signed" | "building" | "running" | "unsuitable"} Mark
 * @typedef {{ id: number, name: string, stage: Mark, judged: boolean, committee: string, building: number, year: number | null, stuck_days: number }} Lift
 * @typedef {{ committee: string, year: string, stuck: string }} Asked year is the first of a decade
 * @typedef {{ stages: Mark[], moves: [number, number, number][], first: number, last: number }} Replay
 */

/** What is won comes first, as on the bar; of the stairwells in one house the one that has come farthest counts. */
export const FARTHEST = /** @type {const} */ (["running", "building", "signed", "consult", "waiting", "unsuitable"]);
export const IN_HAND = Object.freeze(["running", "building", "signed"]);

/**
 * Whether a stairwell is asked for, apart from its mark.
 *
 * @param {Lift} lift
 * @param {Asked} asked
 */
export function passes(lift, { committee, year, stuck }) {
  if (committee && lift.committee !== committee) return false;
  if (year && Math.floor((lift.year ?? 0) / 10) * 10 !== Number(year)) return false;
  return !stuck || lift.stuck_days >= Number(stuck);
}

/**
 * Where every stairwell stood at the end of a day; what had not begun waited, what a lift does not suit is left out.
 *
 * @param {Replay} replay
 * @param {number} day counted from 1 January 1970
 * @returns {Map<number, Mark>}
 */
export function standing(replay, day) {
  /** @type {Map<number, Mark>} */
  const found = new Map();
  for (const [dossier, on, stage] of replay.moves) {
    if (on > day) break;
    found.set(dossier, replay.stages[stage]);
  }
  return found;
}

/**
 * How many have each mark.
 *
 * @param {Iterable<Mark>} marks
 * @returns {Record<Mark, number>}
 */
export function counted(marks) {
  const counts = { waiting: 0, consult: 0, signed: 0, building: 0, running: 0, unsuitable: 0 };
  for (const mark of marks) counts[mark] += 1;
  return counts;
}

/**
 * The mark of each house: of the stairwells in it the one that has come farthest.
 *
 * @param {Iterable<[number, Mark]>} pairs house and mark
 * @returns {Record<number, Mark>}
 */
export function byHouse(pairs) {
  /** @type {Record<number, Mark>} */
  const found = {};
  for (const [house, mark] of pairs) {
    if (!(house in found) || FARTHEST.indexOf(mark) < FARTHEST.indexOf(found[house])) found[house] = mark;
  }
  return found;
}
