/**
 * Copies that can be read on this phone: kept pages, and what one wrote, to be mended. Their key belongs to one person, is
 * thrown away at sign-out and after 72 hours, and with it everything that it opened. Letters stay: only the office opens them.
 */

import { keys, kept } from "./store.js";
import { joined, newCopyKey, openCopy, sealCopy } from "./seal.js";

/** @typedef {import("./store.js").Sealed} Sealed */

export const KEEP_MS = 72 * 3600 * 1000;
const ID = "copies";
/** A clock that was set back does not lengthen the time. */
const CLOCK_MS = 5 * 60 * 1000;

/** Throw the key away, and what it opened. */
export async function forget() {
  await keys.delete(ID);
  await kept.clear();
}

/**
 * The key that there is, and whose; null where there is none. One that is too old is thrown away first.
 *
 * @returns {Promise<import("./store.js").CopyKey | null>}
 */
export async function heldKey() {
  const held = await keys.get(ID);
  if (!held) return null;
  const age = Date.now() - held.at;
  if (age < KEEP_MS && age > -CLOCK_MS) return held;
  await forget();
  return null;
}

/**
 * Whose the page is that is open; null where it is nobody's. A form that the worker keeps plain does not know: it is of
 * whoever the copies belong to, and of a visitor where there are none any more.
 *
 * @returns {Promise<string | null>}
 */
export async function ownerHere() {
  const told = document.querySelector("meta[name=xh-owner]")?.getAttribute("content") ?? null;
  if (told === null || !isPlain()) return told;
  return (await heldKey())?.owner ?? told;
}

/** Whether the page that is open is one that lies on this phone plain. */
export function isPlain() {
  return document.documentElement.hasAttribute("data-xh-plain");
}

/**
 * Throw away what is too old, and what is not of the person whose page came from the server.
 *
 * @param {string} owner
 */
export async function leaveTo(owner) {
  const held = await heldKey();
  if (held && held.owner !== owner) await forget();
}

/**
 * The key of a person, made where there is none; another's is thrown away.
 *
 * @param {string} owner
 * @returns {Promise<CryptoKey>}
 */
export async function keyFor(owner) {
  await leaveTo(owner);
  const held = await heldKey();
  if (held) return held.key;
  const key = await newCopyKey();
  await keys.put({ id: ID, key, owner, at: Date.now() });
  return key;
}

/**
 * Seal something that can be told as JSON, with bytes after it.
 *
 * @param {string} owner
 * @param {unknown} value
 * @param {Uint8Array<ArrayBuffer>[]} [more]
 * @returns {Promise<Sealed>}
 */
export async function keepCopy(owner, value, more = []) {
  const written = joined([JSON.stringify(value)]);
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, written.length);
  return sealCopy(await keyFor(owner), joined([length, written, ...more]));
}

/**
 * Read a copy; null where it cannot be read any more.
 *
 * @param {string} owner
 * @param {Sealed | null} sealed
 * @returns {Promise<{ value: any, rest: Uint8Array<ArrayBuffer> } | null>}
 */
export async function readCopy(owner, sealed) {
  const held = sealed ? await heldKey() : null;
  if (!held || !sealed || held.owner !== owner) return null;
  try {
    const bytes = await openCopy(held.key, sealed);
    const length = new DataView(bytes).getUint32(0);
    const value = JSON.parse(new TextDecoder().decode(new Uint8Array(bytes, 4, length)));
    return { value, rest: new Uint8Array(bytes.slice(4 + length)) };
  } catch {
    return null;
  }
}
