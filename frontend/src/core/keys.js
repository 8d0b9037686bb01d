// Keys of the whole page: through the stops, back to all of them, out of a source. While presenting, the presentation's.

/** @import { Change, Query } from "../../types.d.ts" */
/** @import { Store } from "./store.js" */

import { CLOSED } from "./query.js";

/** @typedef {Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "defaultPrevented" | "target">} Pressed */
/** @typedef {(event: KeyboardEvent) => boolean} Presenter */

/** The key that fits the route into the map. */
export const FIT_KEY = "0";
const STEPS = /** @type {Record<string, number>} */ ({ PageDown: 1, PageUp: -1 });

/** Whether a key belongs to the element that has the focus. @param {Pressed} event @param {string} elements */
export function isFor(event, elements) {
  const target = /** @type {Partial<Element> | null} */ (event.target);
  return Boolean(target?.closest?.(elements));
}

/** @param {Pressed} event */
export const isChord = (event) => event.ctrlKey || event.metaKey || event.altKey;

/**
 * What a key does: a step along the stops, a change, fitting the route into the map, or null for nothing.
 *
 * @param {Pressed} event
 * @param {Query} query
 * @returns {number | Change | "fit" | null}
 */
export function meaning(event, query) {
  if (event.defaultPrevented || isChord(event)) return null;
  if (event.key === "Escape" && query.source) return CLOSED;
  if (query.source || query.view || isFor(event, "input, textarea, select, [role=slider]")) return null;
  if (event.key === "Escape" && query.stop) return { stop: null };
  if (event.key === FIT_KEY) return "fit";
  return STEPS[event.key] ?? null;
}

export class Keys {
  /** @type {Presenter | null} */
  #presenter = null;

  /** @param {Store} store */
  constructor(store) {
    this.store = store;
  }

  /** What the presentation does with a key; it returns whether the key was its own. @param {Presenter} presenter */
  present(presenter) {
    this.#presenter = presenter;
  }

  handle = (/** @type {KeyboardEvent} */ event) => {
    if (this.#presented(event) || this.#done(event)) event.preventDefault();
  };

  /** @param {KeyboardEvent} event */
  #presented(event) {
    return this.store.query.view === "present" && this.#presenter?.(event);
  }

  /** @param {KeyboardEvent} event */
  #done(event) {
    const wanted = meaning(event, this.store.query);
    if (wanted === "fit") this.store.fit();
    else if (typeof wanted === "number") this.store.step(wanted);
    else if (wanted) this.store.act(wanted);
    return wanted !== null;
  }
}
