/**
 * The service worker: the shell's files lie here plain, pages sealed. A page comes from the network; where that fails, the kept
 * copy; where there is none, the page that says what can be done without signal. It never touches a POST.
 *
 * Forms to write in, as a visitor finds them, and the list of what waits have nothing of anybody in them: they lie plain, and
 * open without signal however long that lasts. Every other page is kept only if it says so (`<meta name="xh-keep">`) and only for the person whose it is; at sign-out, when somebody
 * else's page comes, and after 72 hours the key is thrown away, and the copies with it.
 */

import { forget, heldKey, keyFor, leaveTo } from "./copies.js";
import { digestOf, openCopy, sealCopy } from "./seal.js";
import { kept } from "./store.js";
import { flush } from "./sync.js";

/**
 * @typedef {object} Told
 * @property {string} version
 * @property {boolean} fresh files under their plain names: ask for them first
 * @property {string} static where static files lie
 * @property {string[]} shell
 * @property {string} offline
 * @property {string[]} pages
 * @property {string[]} plain pages with nothing of anybody in them
 * @property {string} outbox
 * @property {string} signOut
 */

const PREFIX = "xh-shell-";
const PATIENCE_MS = 8000;
const AGAIN_MS = 6 * 3600 * 1000;
const MOST_KEPT = 60;
const KEPT_AT = "X-Kept-At";
const worker = /** @type {any} */ (self);

/** @param {Told} told */
export function start(told) {
  const shell = PREFIX + told.version;

  worker.addEventListener("install", (/** @type {any} */ event) => event.waitUntil(install(shell, told)));
  worker.addEventListener("activate", (/** @type {any} */ event) => event.waitUntil(activate(shell)));
  worker.addEventListener("message", (/** @type {any} */ event) => event.waitUntil(keepPages(shell, told)));
  worker.addEventListener("sync", (/** @type {any} */ event) => event.waitUntil(flush(told.outbox, { all: true })));
  worker.addEventListener("fetch", (/** @type {any} */ event) => {
    /** @type {Request} */
    const request = event.request;
    const url = new URL(request.url);
    if (url.origin !== location.origin) return;
    if (request.method === "POST" && told.signOut && url.pathname === told.signOut) event.waitUntil(forget());
    if (request.method !== "GET") return;
    if (url.pathname.startsWith(told.static)) event.respondWith(fileOf(request, shell, told.fresh));
    else if (request.mode === "navigate") event.respondWith(pageOf(event, shell, told.offline));
  });
}

/**
 * @param {string} shell
 * @param {Told} told
 */
async function install(shell, told) {
  const cache = await caches.open(shell);
  await cache.addAll(told.shell);
  await cache.put(told.offline, await fetch(told.offline, { credentials: "omit" }));
  await keepPlain(shell, told.plain);
  await worker.skipWaiting();
}

/** @param {string} shell */
async function activate(shell) {
  for (const name of await caches.keys()) if (name.startsWith(PREFIX) && name !== shell) await caches.delete(name);
  await heldKey();
  await worker.clients.claim();
}

/**
 * A file of the shell: its name says what is in it, so the one at hand is as good as the server's.
 *
 * @param {Request} request
 * @param {string} shell
 * @param {boolean} fresh
 */
async function fileOf(request, shell, fresh) {
  const cache = await caches.open(shell);
  const held = await cache.match(request.url);
  if (held && !fresh) return held;
  try {
    const response = await fetch(request);
    if (response.status === 200) await cache.put(request.url, response.clone());
    return response;
  } catch (error) {
    if (held) return held;
    throw error;
  }
}

/**
 * @param {any} event
 * @param {string} shell
 * @param {string} offline
 */
async function pageOf(event, shell, offline) {
  const path = pathOf(event.request.url);
  const held = await copyOf(path);
  try {
    const response = await (held ? hurried(event.request) : fetch(event.request));
    if (response.status === 200 && !response.redirected) event.waitUntil(keep(path, response.clone()).catch(() => undefined));
    return response;
  } catch {
    const cache = await caches.open(shell);
    return held ?? (await cache.match(path)) ?? (await cache.match(offline)) ?? Response.error();
  }
}

/**
 * A page from the network, unless it takes too long and there is a copy.
 *
 * @param {Request} request
 * @returns {Promise<Response>}
 */
function hurried(request) {
  return Promise.race([
    fetch(request),
    new Promise((_resolve, reject) => {
      setTimeout(() => reject(new Error("no answer")), PATIENCE_MS);
    }),
  ]);
}

/** @param {string} address */
function pathOf(address) {
  const url = new URL(address);
  return url.pathname + url.search;
}

/**
 * Seal a page for the person whose it is, if it is to be kept.
 *
 * @param {string} path
 * @param {Response} response
 */
async function keep(path, response) {
  if (!(response.headers.get("Content-Type") ?? "").startsWith("text/html")) return;
  const text = await response.text();
  const head = text.slice(0, text.indexOf("</head>"));
  const owner = /<meta name="xh-owner" content="([^"]*)">/.exec(head)?.[1];
  if (owner === undefined) return;
  await leaveTo(owner);
  if (!head.includes('<meta name="xh-keep"')) return;
  const sealed = await sealCopy(await keyFor(owner), new TextEncoder().encode(text));
  const policy = response.headers.get("Content-Security-Policy") ?? "";
  await kept.put({ digest: await digestOf(path), owner, at: Date.now(), policy, sealed });
  const over = (await kept.count()) - MOST_KEPT;
  if (over > 0) await kept.bulkDelete(await kept.orderBy("at").limit(over).primaryKeys());
}

/**
 * The kept copy of a page, opened; null where there is none, or it may not be read any more.
 *
 * @param {string} path
 */
async function copyOf(path) {
  try {
    const held = await heldKey();
    const copy = held ? await kept.get(await digestOf(path)) : undefined;
    if (!held || !copy || copy.owner !== held.owner) return null;
    const headers = { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": copy.policy };
    const text = new TextDecoder().decode(await openCopy(held.key, copy.sealed));
    return new Response(text.replace("<html", "<html data-xh-kept"), { headers });
  } catch {
    return null;
  }
}

/**
 * Keep the pages that are to open without signal, those that are not fresh.
 *
 * @param {string} shell
 * @param {Told} told
 */
async function keepPages(shell, told) {
  await keepPlain(shell, told.plain);
  const held = await heldKey();
  for (const page of told.pages) {
    const copy = held ? await kept.get(await digestOf(page)) : undefined;
    if (copy && copy.owner === held?.owner && Date.now() - copy.at < AGAIN_MS) continue;
    try {
      const response = await fetch(page, { headers: { "X-Automatic": "1" } });
      if (response.status === 200 && !response.redirected) await keep(page, response);
    } catch {
      return;
    }
  }
}

/**
 * Keep pages as a visitor finds them: asked for without a cookie, so that nothing of anybody can be in them.
 *
 * @param {string} shell
 * @param {string[]} pages
 */
async function keepPlain(shell, pages) {
  const cache = await caches.open(shell);
  for (const page of pages) {
    const copy = await cache.match(page);
    if (copy && Date.now() - Number(copy.headers.get(KEPT_AT)) < AGAIN_MS) continue;
    try {
      const response = await fetch(page, { credentials: "omit", headers: { "X-Automatic": "1" } });
      if (response.status !== 200 || response.redirected) continue;
      const told = await response.text();
      if (!told.includes('<meta name="xh-owner" content="">')) continue;
      const text = told.replace("<html", "<html data-xh-kept data-xh-plain");
      const policy = response.headers.get("Content-Security-Policy") ?? "";
      const headers = { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": policy, [KEPT_AT]: `${Date.now()}` };
      await cache.put(page, new Response(text, { headers }));
    } catch {
      return;
    }
  }
}
