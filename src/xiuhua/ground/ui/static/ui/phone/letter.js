/** A form as a letter, and a letter's draft as a form again. */

import { keepCopy, readCopy } from "./copies.js";
import { scaled } from "./photos.js";
import { framed, sealLetter } from "./seal.js";

/** @typedef {import("./store.js").Letter} Letter */
/** @typedef {import("./seal.js").Enclosed} Enclosed */
/** @typedef {{ name: string, fields: Record<string, string[]>, files: { field: string, name: string, type: string, size: number }[] }} Draft */

const NOT_SENT = ["csrfmiddlewaretoken", "once"];
const NAME_LENGTH = 24;

/** A fresh idempotency key. */
export function newKey() {
  return crypto.randomUUID?.() ?? [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Seal what stands in a form.
 *
 * @param {HTMLFormElement} form
 * @param {string} owner
 * @returns {Promise<Letter>}
 */
export async function letterOf(form, owner) {
  const at = Date.now();
  const { fields, files } = await contentsOf(form);
  const key = onceOf(form).value;
  const kind = form.dataset.xhOutbox ?? "";
  const head = { v: 1, kind, owner, key, written_at: new Date(at).toISOString(), fields };
  const office = document.querySelector("meta[name=xh-letters]")?.getAttribute("content") ?? "";
  const sealed = await sealLetter(office, framed(head, files));
  const told = files.map(({ field, name, type, bytes }) => ({ field, name, type, size: bytes.length }));
  const draft = await keepCopy(owner, { name: nameOf(form, fields), fields, files: told }, files.map((file) => file.bytes));
  return {
    key,
    kind,
    kindTitle: form.dataset.xhTitle ?? "",
    owner,
    page: location.pathname + location.search,
    at,
    sealed,
    state: "waiting",
    tries: 0,
    next: 0,
    draft,
    answer: null,
  };
}

/**
 * The hidden field with the form's idempotency key.
 *
 * @param {HTMLFormElement} form
 */
export function onceOf(form) {
  let once = form.elements.namedItem("once");
  if (!(once instanceof HTMLInputElement)) {
    once = document.createElement("input");
    if (once instanceof HTMLInputElement) Object.assign(once, { type: "hidden", name: "once" });
    form.append(once);
  }
  return /** @type {HTMLInputElement} */ (once);
}

/**
 * What a letter says, where it can still be read here.
 *
 * @param {Letter} letter
 * @param {string} owner who reads
 * @returns {Promise<{ draft: Draft, files: Map<string, File[]> } | null>}
 */
export async function draftOf(letter, owner) {
  const copy = letter.owner === owner ? await readCopy(owner, letter.draft) : null;
  if (!copy) return null;
  /** @type {Map<string, File[]>} */
  const files = new Map();
  let at = 0;
  for (const { field, name, type, size } of /** @type {Draft} */ (copy.value).files) {
    files.set(field, [...(files.get(field) ?? []), new File([copy.rest.slice(at, at + size)], name, { type })]);
    at += size;
  }
  return { draft: copy.value, files };
}

/**
 * Put what was written back into its form.
 *
 * @param {HTMLFormElement} form
 * @param {Record<string, string[]>} fields
 * @param {Map<string, File[]>} files
 */
export function fill(form, fields, files) {
  for (const [name, values] of Object.entries(fields)) {
    for (const [index, control] of controlsOf(form, name).entries()) {
      if (control instanceof HTMLInputElement && ["checkbox", "radio"].includes(control.type)) control.checked = values.includes(control.value);
      else if (control instanceof HTMLSelectElement && control.multiple) for (const option of control.options) option.selected = values.includes(option.value);
      else if ("value" in control) control.value = values[index] ?? "";
      control.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
  for (const [name, some] of files) {
    const input = controlsOf(form, name)[0];
    if (!(input instanceof HTMLInputElement) || input.type !== "file") continue;
    input.dispatchEvent(new CustomEvent("xh:put", { detail: some }));
    if (!input.files?.length) putInto(input, some);
  }
}

/**
 * Files back into an input that nobody looks after, such as the recording's.
 *
 * @param {HTMLInputElement} input
 * @param {File[]} files
 */
function putInto(input, files) {
  const carried = new DataTransfer();
  files.forEach((file) => carried.items.add(file));
  input.files = carried.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

/**
 * @param {HTMLFormElement} form
 * @param {string} name
 * @returns {(HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement)[]}
 */
function controlsOf(form, name) {
  return /** @type {any} */ ([...form.elements].filter((one) => one.getAttribute("name") === name));
}

/**
 * @param {HTMLFormElement} form
 * @returns {Promise<{ fields: Record<string, string[]>, files: Enclosed[] }>}
 */
async function contentsOf(form) {
  /** @type {Record<string, string[]>} */
  const fields = {};
  /** @type {Enclosed[]} */
  const files = [];
  for (const [name, value] of new FormData(form)) {
    if (NOT_SENT.includes(name)) continue;
    if (typeof value === "string") (fields[name] ??= []).push(value);
    else if (value.size) {
      const file = await scaled(value);
      files.push({ field: name, name: file.name, type: file.type, bytes: new Uint8Array(await file.arrayBuffer()) });
    }
  }
  return { fields, files };
}

/**
 * What the person will know the letter by.
 *
 * @param {HTMLFormElement} form
 * @param {Record<string, string[]>} fields
 */
function nameOf(form, fields) {
  const words = (fields[form.dataset.xhNamedBy ?? ""]?.[0] ?? "").trim().split("\n")[0];
  return words.length > NAME_LENGTH ? `${words.slice(0, NAME_LENGTH)}…` : words;
}
