// The pages that the application renders, by their paths; each is asked for once and kept while it is among the last.

/** @import { Ask, Query } from "../../types.d.ts" */

import { address } from "./query.js";

const KEPT = 400;

/** The one table of the pages: what each shows -> its path below the trip's data. */
export const PATHS = {
  stop: (/** @type {string} */ id) => `stop/${encodeURIComponent(id)}.html`,
  person: (/** @type {string} */ id) => `person/${encodeURIComponent(id)}.html`,
  source: (/** @type {string} */ id) => `source/${encodeURIComponent(id)}.html`,
  slide: (/** @type {string} */ id) => `slide/${encodeURIComponent(id)}.html`,
  opening: (/** @type {Query} */ query) => `opening.html?${address(query)}`,
  closing: (/** @type {Query} */ query) => `closing.html?${address(query)}`,
  evidence: (/** @type {Query} */ query) => `evidence.html?${address(query)}`,
  search: (/** @type {Query} */ query) => `search.html?${address(query, ["q"])}`,
  sources: () => "sources.html",
  method: () => "method.html",
  file: (/** @type {string} */ format, /** @type {Query} */ query) => `export/${format}?${address(query)}`,
};

export class Pages {
  /** @type {Map<string, Promise<string>>} */
  #kept = new Map();

  /**
   * @param {object} outside
   * @param {Ask} outside.ask
   * @param {(path: string) => string} outside.address the whole address of a path
   * @param {() => void} outside.doubt is told when nothing answered
   */
  constructor({ ask, address, doubt }) {
    this.ask = ask;
    this.address = address;
    this.doubt = doubt;
  }

  /** The HTML of a page. @param {string} path @returns {Promise<string>} */
  get(path) {
    const url = this.address(path);
    return this.#kept.get(url) ?? this.#fetch(url, path);
  }

  /** Fetch the page of a stop that is likely to be chosen next: a neighbour, or the one that the pointer rests on. */
  foresee(/** @type {string | undefined} */ id) {
    if (id) this.get(PATHS.stop(id)).catch(() => null); // choosing it will ask again and tell what is wrong
  }

  /** @param {string} url @param {string} path */
  #fetch(url, path) {
    if (this.#kept.size >= KEPT) this.#kept.delete(this.#kept.keys().next().value ?? "");
    const html = this.ask(path).then(textOf, () => this.#unanswered());
    html.catch(() => this.#kept.delete(url));
    this.#kept.set(url, html);
    return html;
  }

  /** @returns {never} */
  #unanswered() {
    this.doubt();
    throw new Error("The dashboard does not answer. This page comes as soon as it does.");
  }
}

/** @param {Response} response */
function textOf(response) {
  if (!response.ok) throw new Error(`This page could not be fetched (${response.status}); reload the page.`);
  return response.text();
}
