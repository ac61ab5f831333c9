/**
 * Sealing by WebCrypto: letters to the office's public key (as `ground/sealing/letters.py` opens them), copies to a key of
 * this phone that nobody can take out of it.
 */

/** @typedef {import("./store.js").Sealed} Sealed */
/** @typedef {{ field: string, name: string, type: string, bytes: Uint8Array<ArrayBuffer> }} Enclosed */

const MARK = "XHL1";
const INFO = "xiuhua/letter/1";
const CURVE = { name: "ECDH", namedCurve: "P-256" };
const NONCE = 12;

/** Whether this browser can seal at all: it can on https and on the machine itself. */
export function canSeal() {
  return typeof crypto !== "undefined" && Boolean(crypto.subtle) && typeof indexedDB !== "undefined";
}

/**
 * @param {(string | ArrayBuffer | Uint8Array)[]} parts
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function joined(parts) {
  const encoder = new TextEncoder();
  const all = parts.map((part) => (typeof part === "string" ? encoder.encode(part) : new Uint8Array(part)));
  const whole = new Uint8Array(all.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of all) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/**
 * The inside of a letter: four bytes of length, the head, the files.
 *
 * @param {object} head
 * @param {Enclosed[]} files
 */
export function framed(head, files) {
  const told = files.map(({ field, name, type, bytes }) => ({ field, name, type, size: bytes.length }));
  const written = joined([JSON.stringify({ ...head, files: told })]);
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, written.length);
  return joined([length, written, ...files.map((file) => file.bytes)]);
}

/**
 * Seal a letter: a key for this one letter, agreed with the office's, and forgotten.
 *
 * @param {string} written the office's public key, as `id.base64`
 * @param {Uint8Array<ArrayBuffer>} plain
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
export async function sealLetter(written, plain) {
  const [kid, encoded] = written.split(".");
  const theirs = Uint8Array.from(atob(encoded), (letter) => letter.charCodeAt(0));
  const office = await crypto.subtle.importKey("raw", theirs, CURVE, false, []);
  const once = await crypto.subtle.generateKey(CURVE, false, ["deriveBits"]);
  const point = await crypto.subtle.exportKey("raw", once.publicKey);
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: office }, once.privateKey, 256);
  const material = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const key = await crypto.subtle.deriveKey(
    { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: joined([INFO, point, theirs]) },
    material,
    { name: "AES-GCM", length: 256 },
    false,
    ["encrypt"],
  );
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE));
  const before = joined([MARK, new Uint8Array([kid.length]), kid, point, nonce]);
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce, additionalData: before }, key, plain);
  return joined([before, sealed]);
}

/**
 * A digest that says nothing of what was digested.
 *
 * @param {string} text
 */
export async function digestOf(text) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", joined([text])));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** A key that seals copies; it cannot be read out, only used and thrown away. */
export function newCopyKey() {
  return crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

/**
 * @param {CryptoKey} key
 * @param {Uint8Array<ArrayBuffer>} plain
 * @returns {Promise<Sealed>}
 */
export async function sealCopy(key, plain) {
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE));
  return { nonce, bytes: await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce }, key, plain) };
}

/**
 * @param {CryptoKey} key
 * @param {Sealed} sealed
 * @returns {Promise<ArrayBuffer>}
 */
export function openCopy(key, sealed) {
  return crypto.subtle.decrypt({ name: "AES-GCM", iv: sealed.nonce }, key, sealed.bytes);
}
