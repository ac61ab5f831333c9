/**
 * Sending what waits. Each letter is sent by one tab at a time and is forgotten only when the server has said that it has it.
 */

import { changed, database, leases, letters } from "./store.js";
import { keepCopy } from "./copies.js";

/** @typedef {import("./store.js").Letter} Letter */
/** @typedef {{ now: string, owner: string, csrf: string, key: string }} Box */
/** @typedef {{ text: string, field: string | null, mend: string | null }} Reason */
/**
 * What became of a letter: taken (with where to see it), or why not.
 *
 * @typedef {object} Outcome
 * @property {"taken" | "refused" | "conflict" | "sign_in" | "later"} what
 * @property {any} [answer] what the server said
 * @property {number} [wait] milliseconds before the next try
 */

const NAME = "xh-outbox";
const ANSWER_MS = 120_000;
const LEASE_MS = 150_000;
const FIRST_WAIT_MS = 2000;
const LONGEST_WAIT_MS = 300_000;

/**
 * How long to wait after that many tries in vain: twice as long each time, up to five minutes, never at the same moment as
 * everybody else's phone.
 *
 * @param {number} tries
 */
export function pause(tries) {
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(tries, 12)) * (0.75 + Math.random() / 2);
}

/**
 * What an answer means for its letter.
 *
 * @param {number} status
 * @param {any} answer
 * @param {string | null} retryAfter
 * @returns {Outcome}
 */
export function outcomeOf(status, answer, retryAfter) {
  if (status >= 200 && status < 300) return { what: "taken", answer };
  if (status === 401 || status === 403) return { what: "sign_in" };
  if (status === 409) return { what: "conflict", answer };
  if (status >= 400 && status < 500 && status !== 408 && status !== 429) return { what: "refused", answer };
  return { what: "later", wait: waitOf(retryAfter), answer: status === 429 ? answer : undefined };
}

/** @param {string | null} retryAfter */
function waitOf(retryAfter) {
  const seconds = Number(retryAfter);
  if (retryAfter && Number.isFinite(seconds)) return seconds * 1000;
  const until = retryAfter ? Date.parse(retryAfter) : Number.NaN;
  return Number.isNaN(until) ? undefined : Math.max(0, until - Date.now());
}

/**
 * Ask what is needed before sending; null without signal.
 *
 * @param {string} url
 * @returns {Promise<Box | null>}
 */
export async function askBox(url) {
  try {
    const response = await fetch(url, { headers: { Accept: "application/json" }, cache: "no-store" });
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}

/**
 * Send one letter and say what became of it.
 *
 * @param {Letter} letter
 * @param {Box} box
 * @param {string} url
 * @returns {Promise<Outcome>}
 */
export async function send(letter, box, url) {
  if (letter.owner && letter.owner !== box.owner) return { what: "sign_in" };
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), ANSWER_MS);
  try {
    const response = await fetch(`${url}${letter.kind}/`, {
      method: "POST",
      body: letter.sealed,
      signal: stop.signal,
      headers: {
        "Content-Type": "application/octet-stream",
        "X-CSRFToken": box.csrf,
        "Idempotency-Key": letter.key,
        "X-Phone-Now": new Date().toISOString(),
        Accept: "application/json",
      },
    });
    const isJson = (response.headers.get("Content-Type") ?? "").includes("json");
    return outcomeOf(response.status, isJson ? await response.json() : {}, response.headers.get("Retry-After"));
  } catch {
    return { what: "later" };
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Send everything that may be sent now.
 *
 * @param {string} url address of the box
 * @param {{ all?: boolean, only?: string }} [how] `all`: also what was to wait longer; `only`: this letter
 * @returns {Promise<Map<string, Outcome>>} what became of each that was tried
 */
export async function flush(url, how = {}) {
  /** @type {Map<string, Outcome>} */
  const outcomes = new Map();
  await alone(async () => {
    const due = (await letters.orderBy("at").toArray()).filter((letter) => isDue(letter, how));
    if (!due.length) return;
    const box = await askBox(url);
    for (const letter of due) {
      const fresh = await letters.get(letter.key);
      if (!fresh) continue;
      const outcome = box ? await send(fresh, box, url) : /** @type {Outcome} */ ({ what: "later" });
      outcomes.set(letter.key, outcome);
      await note(fresh, outcome, box);
      if (!box) break;
    }
  });
  if (outcomes.size) changed(how.only ? 0 : goneOf(outcomes));
  return outcomes;
}

/**
 * How many letters the server has taken.
 *
 * @param {Map<string, Outcome>} outcomes
 */
export function goneOf(outcomes) {
  return [...outcomes.values()].filter(({ what }) => what === "taken").length;
}

/**
 * @param {Letter} letter
 * @param {{ all?: boolean, only?: string }} how
 */
function isDue(letter, how) {
  if (how.only) return letter.key === how.only;
  if (letter.state === "refused" || letter.state === "conflict") return false;
  return how.all || letter.next <= Date.now();
}

/**
 * Write down what became of a letter.
 *
 * @param {Letter} letter
 * @param {Outcome} outcome
 * @param {Box | null} box
 */
async function note(letter, outcome, box) {
  if (outcome.what === "taken") {
    await letters.delete(letter.key);
    return;
  }
  const tries = letter.tries + 1;
  if (outcome.what === "later") {
    await letters.update(letter.key, { state: "waiting", tries, next: Date.now() + (outcome.wait ?? pause(tries)) });
  } else if (outcome.what === "sign_in") {
    await letters.update(letter.key, { state: "sign_in", next: 0 });
  } else {
    const answer = await keepCopy(box?.owner ?? letter.owner, outcome.answer ?? {});
    await letters.update(letter.key, { state: outcome.what, tries, answer });
  }
}

/**
 * When the next letter is to be tried; null where none is.
 *
 * @returns {Promise<number | null>}
 */
export async function nextTry() {
  const waiting = (await letters.toArray()).filter((letter) => letter.state === "waiting");
  return waiting.length ? Math.min(...waiting.map((letter) => letter.next)) : null;
}

/**
 * Do something that only one tab does at a time; the others let it be.
 *
 * @param {() => Promise<void>} work
 */
async function alone(work) {
  if (typeof navigator !== "undefined" && navigator.locks) {
    await navigator.locks.request(NAME, work);
    return;
  }
  const holder = String(Math.random());
  if (!(await leased(holder))) return;
  try {
    await work();
  } finally {
    await leases.delete(NAME);
  }
}

/**
 * Take the lease of sending, where nobody has it: for browsers without locks. Who dies lets go after a while.
 *
 * @param {string} holder
 */
function leased(holder) {
  return database.transaction("rw", leases, async () => {
    const held = await leases.get(NAME);
    if (held && held.until > Date.now()) return false;
    await leases.put({ name: NAME, holder, until: Date.now() + LEASE_MS });
    return true;
  });
}
