// The links of the application's own pages are followed here, without loading the page anew.

/** @import { Change } from "../../types.d.ts" */
/** @import { Store } from "./store.js" */

import { CLOSED } from "./query.js";

/**
 * What a link changes; null where it is none of ours.
 *
 * @param {DOMStringMap} data the data attributes of the link
 * @param {Store} store
 * @returns {Change | null}
 */
export function changeOf({ source, passage, person, goStop, view }, store) {
  if (source) return { source, passage: passage || null };
  if (person) return { ...CLOSED, person, stop: null, view: null };
  if (goStop) return { ...CLOSED, ...store.reach(goStop), view: null };
  return view === undefined ? null : { ...CLOSED, view: view || null };
}

/** @param {MouseEvent} event */
const isPlain = (event) =>
  !(event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey);

/** @param {Store} store @returns {(event: MouseEvent) => void} */
export function follower(store) {
  return (event) => {
    const link = event.target instanceof Element && event.target.closest("a[href^='?']");
    if (!(link instanceof HTMLElement) || !isPlain(event)) return;
    const change = changeOf(link.dataset, store);
    if (!change) return;
    store.act(change);
    event.preventDefault();
  };
}
