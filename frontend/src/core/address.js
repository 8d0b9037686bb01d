// The address bar, which always says what is shown. The page writes it as soon as an act is shown, and not before: for
// the browser that takes longer than showing it. Streamlit writes it again when Python has answered, and does nothing
// where it says so already.

/** @import { Query } from "../../types.d.ts" */

import { KEYS } from "./query.js";

/** Words of Streamlit's own that stay: whether, and how, the page is shown inside another. */
const EMBED = /^embed/;

/** What of the page the address needs: whether it has told Python what that has not answered. @typedef {{ isAhead: boolean }} Ahead */

export class Address {
  #push = window.history.pushState.bind(window.history);
  #replace = window.history.replaceState.bind(window.history);
  /** @type {Query | null} */
  #waiting = null;

  /**
   * While the page is ahead of Python, an answer to an older act must not turn the address back.
   *
   * @param {Ahead} page
   */
  constructor(page) {
    window.history.pushState = (...entry) => {
      if (!page.isAhead) this.#push(...entry);
    };
  }

  /** What an act shows becomes an entry of the history, each its own. @param {Query} query */
  act(query) {
    this.#flush();
    this.#waiting = query;
    setTimeout(() => this.#flush());
  }

  /** Python has answered the last act, and may have corrected it. @param {Query} query */
  settle(query) {
    this.#flush();
    this.#write(query, this.#replace);
  }

  #flush() {
    if (this.#waiting) this.#enter(this.#waiting);
    this.#waiting = null;
  }

  /** The next slide takes the place of the last. @param {Query} query */
  #enter(query) {
    const turned = query.view === "present" && new URLSearchParams(location.search).get("view") === "present";
    this.#write(query, turned && !query.source ? this.#replace : this.#push);
  }

  /** @param {Query} query @param {History["pushState"]} write */
  #write(query, write) {
    const words = searchOf(query, location.search);
    if (words !== location.search.replace(/^\?/, "")) write({}, "", location.pathname + (words && `?${words}`));
  }
}

/**
 * The query as Python writes it (urllib.parse.urlencode), letter by letter: else Streamlit takes it for another address.
 *
 * @param {Query} query
 * @param {string} before
 */
export function searchOf(query, before = "") {
  const kept = [...new URLSearchParams(before)].filter(([key]) => EMBED.test(key));
  const words = KEYS.filter((key) => query[key]).map((key) => [key, String(query[key])]);
  return new URLSearchParams([...kept, ...words]).toString().replaceAll("*", "%2A").replaceAll("%7E", "~");
}
