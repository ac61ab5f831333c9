/**
 * Notes that are typed and not on the wall yet: kept in this tab until the server has them, each under its own key, so
 * that one that is sent twice hangs there once.
 */

/** @typedef {{ key: string, words: string, topic: number }} Unsent */

/** A key that nobody has had; pages that came without TLS have no `randomUUID`. */
export function freshKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((one) => one.toString(16).padStart(2, "0")).join("");
}

export class Waiting {
  /** @param {number} event */
  constructor(event) {
    this.name = `xh-wall-${event}`;
  }

  /** @returns {Unsent[]} */
  all() {
    try {
      return JSON.parse(sessionStorage.getItem(this.name) ?? "[]");
    } catch {
      return [];
    }
  }

  /**
   * @param {string} words
   * @param {number} topic
   */
  add(words, topic) {
    this.#keep([...this.all(), { key: freshKey(), words, topic }]);
  }

  /** @param {string} key */
  drop(key) {
    this.#keep(this.all().filter((one) => one.key !== key));
  }

  /** @param {Unsent[]} notes */
  #keep(notes) {
    sessionStorage.setItem(this.name, JSON.stringify(notes));
  }
}
