/**
 * The live feed: parts of a page ask again when something happened that concerns them.
 *
 * ```html
 * <section data-xh-feed="rosters. jobs.finish" hx-get="/jobs/" hx-trigger="xh:feed" hx-select="#jobs" hx-target="#jobs">
 * ```
 *
 * Each entry's verb is held against the prefixes; a part that is concerned gets one `xh:feed` event a moment later,
 * however many entries came. What the server says (`data-xh-feed-url` of the body):
 *
 * - as `text/event-stream`: messages with `id:` the entry's number and `data: {"verb": "rosters.apply", …}`;
 * - as `application/json`, asked with `?since=ID` (empty at first): `{"last": ID, "entries": [{"verb": …}, …]}`.
 *
 * A page that nobody looks at does not listen, since a browser keeps few connections; it asks once when it is looked at
 * again. After a few failures in a row (a proxy that holds streams back, a network that cuts them) it polls.
 *
 * @typedef {{ verb: string }} Entry
 */

const SETTLE_MS = 400;
const POLL_MS = 15_000;
const RETRY_MS = 2_000;
const FAILURES_BEFORE_POLLING = 3;

/** Listens for a page. */
export class Feed {
  /** @type {EventSource | null} */
  #source = null;
  /** @type {number | undefined} */
  #timer;
  #last = "";
  #failures = 0;

  /**
   * @param {string} url
   * @param {(entry: Entry) => void} listener
   * @param {{ poll?: number, retry?: number }} [pauses] in milliseconds
   */
  constructor(url, listener, { poll = POLL_MS, retry = RETRY_MS } = {}) {
    this.url = url;
    this.listener = listener;
    this.pauses = { poll, retry };
  }

  /** Listen, or poll where listening does not work. */
  start() {
    this.stop();
    if (this.#failures >= FAILURES_BEFORE_POLLING || !("EventSource" in window)) this.#poll();
    else this.#listen();
  }

  stop() {
    this.#source?.close();
    this.#source = null;
    window.clearTimeout(this.#timer);
  }

  #listen() {
    const source = new EventSource(this.#address());
    this.#source = source;
    source.addEventListener("message", (event) => {
      this.#failures = 0;
      this.#last = event.lastEventId || this.#last;
      this.listener(JSON.parse(event.data));
    });
    source.addEventListener("error", () => {
      this.#failures += 1;
      source.close(); // its own reconnecting would not count failures, nor carry what we know
      if (this.#source === source) this.#timer = window.setTimeout(() => this.start(), this.pauses.retry * this.#failures);
    });
  }

  async #poll() {
    try {
      const answer = await fetch(this.#address(), { headers: { Accept: "application/json" } });
      if (answer.status === 401 || answer.status === 403) return;
      const { last, entries } = await answer.json();
      this.#last = String(last ?? this.#last);
      for (const entry of entries) this.listener(entry);
    } catch {
      // the network is away: ask again at the next turn
    }
    this.#timer = window.setTimeout(() => this.#poll(), this.pauses.poll);
  }

  #address() {
    const url = new URL(this.url, location.href);
    if (this.#last) url.searchParams.set("since", this.#last);
    return url.href;
  }
}

/** @type {Map<Element, number>} */
const waiting = new Map();

/**
 * Let the parts of the page that an entry concerns ask again, each once for all entries of a moment.
 *
 * @param {Entry} entry
 */
export function tell({ verb }) {
  for (const part of document.querySelectorAll("[data-xh-feed]")) {
    const prefixes = (part.getAttribute("data-xh-feed") ?? "").split(/\s+/).filter(Boolean);
    if (waiting.has(part) || !prefixes.some((prefix) => verb.startsWith(prefix))) continue;
    const timer = window.setTimeout(() => {
      waiting.delete(part);
      part.dispatchEvent(new CustomEvent("xh:feed", { bubbles: false }));
    }, SETTLE_MS);
    waiting.set(part, timer);
  }
}

function begin() {
  const url = document.body.dataset.xhFeedUrl;
  if (!url || !document.querySelector("[data-xh-feed]")) return;
  const feed = new Feed(url, tell);
  document.addEventListener("visibilitychange", () => (document.hidden ? feed.stop() : feed.start()));
  if (!document.hidden) feed.start();
}

begin();
