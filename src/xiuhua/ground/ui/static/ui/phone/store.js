/**
 * What this phone keeps (IndexedDB): letters that wait, sealed to the office; copies to read here, sealed to this phone.
 */

import { Dexie } from "../../vendor/dexie/dexie.js";

/**
 * A letter of the outbox. Nothing in it can be read here but its kind and when it was written.
 *
 * @typedef {object} Letter
 * @property {string} key its idempotency key
 * @property {string} kind what the server takes it as
 * @property {string} kindTitle what its form is called
 * @property {string} owner reference of who wrote it; empty for a visitor
 * @property {string} page address of its form
 * @property {number} at when it was written, by this phone's clock
 * @property {Uint8Array<ArrayBuffer>} sealed
 * @property {"waiting" | "refused" | "conflict" | "sign_in"} state
 * @property {number} tries
 * @property {number} next not to be tried before
 * @property {Sealed | null} draft what was written, to be mended
 * @property {Sealed | null} answer why it was refused, or what is there already
 */

/**
 * Something that only this phone can read, and only as long as its key is there.
 *
 * @typedef {object} Sealed
 * @property {Uint8Array<ArrayBuffer>} nonce
 * @property {ArrayBuffer} bytes
 */

/** @typedef {{ id: string, key: CryptoKey, owner: string, at: number }} CopyKey */
/**
 * A page; its address may open it for anybody (a link that nobody guesses), so it lies under a digest of that.
 *
 * @typedef {{ digest: string, owner: string, at: number, policy: string, sealed: Sealed }} Kept
 */
/** @typedef {{ name: string, until: number, holder: string }} Lease */

const database = new Dexie("xiuhua");
database.version(1).stores({ letters: "key, owner, at", keys: "id", kept: "url, at", leases: "name" });
database.version(2).stores({ kept: null, pages: "digest, at" });

/** @type {import("dexie").Table<Letter, string>} */
export const letters = database.table("letters");
/** @type {import("dexie").Table<CopyKey, string>} */
export const keys = database.table("keys");
/** @type {import("dexie").Table<Kept, string>} */
export const kept = database.table("pages");
/** @type {import("dexie").Table<Lease, string>} */
export const leases = database.table("leases");

export { database };

const CHANNEL = "xh-outbox";
/** @type {BroadcastChannel | null} */
const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel(CHANNEL);
/** @type {Set<(gone: number) => void>} */
const listeners = new Set();
if (channel) channel.onmessage = (event) => listeners.forEach((listener) => listener(Number(event.data) || 0));

/**
 * Tell this page and all others that the outbox is another.
 *
 * @param {number} [gone] how many letters have gone by themselves, for the pages that did not send them
 */
export function changed(gone = 0) {
  listeners.forEach((listener) => listener(0));
  channel?.postMessage(gone);
}

/**
 * Hear of every change of the outbox, made here or in another tab.
 *
 * @param {(gone: number) => void} listener
 */
export function onChange(listener) {
  listeners.add(listener);
}
