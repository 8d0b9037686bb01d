// One page: its store, its pages, its keys, and the door through which the map's frame reaches them.

/** @import { Ask, Door, Page, Query, Trip } from "../../types.d.ts" */

import { Connection } from "./connection.js";
import { Keys } from "./keys.js";
import { follower } from "./links.js";
import { Pages } from "./pages.js";
import { Store } from "./store.js";
import { titleOf } from "./trip.js";

const OPTIONS = ["reveal", "notes", "blank"];

/**
 * @param {Ask | null} archive what answers in place of the application, in an exported page
 * @param {() => void} back is called whenever the application answers again after it did not
 * @returns {Page}
 */
export function openPage(archive, back = () => {}) {
  const connection = new Connection(archive !== null, back);
  const address = (/** @type {string} */ path) => `${store.base}/${path}`;
  const ask = archive ?? ((path) => fetch(address(path)));
  const store = new Store({ fetchTrip: () => ask("map.json").then(tripOf), doubt: connection.doubt });
  const pages = new Pages({ ask, address, doubt: connection.doubt });
  const keys = new Keys(store);
  store.subscribe((query, trip) => markRoot(store, query, trip));
  document.addEventListener("keydown", keys.handle);
  document.addEventListener("click", follower(store));
  return { store, pages, keys, connection, exported: archive !== null };
}

/** @param {Response} response @returns {Promise<Trip>} */
async function tripOf(response) {
  if (!response.ok) throw new Error(`The trip's map data could not be fetched (${response.status}).`);
  return response.json();
}

/** The style sheet shows and hides by these attributes; Streamlit leaves this element alone. */
function markRoot(/** @type {Store} */ store, /** @type {Query} */ query, /** @type {Trip} */ trip) {
  const root = document.documentElement;
  root.dataset.view = query.view || "explore";
  root.toggleAttribute("data-stop", Boolean(query.stop));
  root.toggleAttribute("data-source", Boolean(query.source));
  for (const name of OPTIONS) root.toggleAttribute(`data-${name}`, store.options.has(name));
  document.title = titleOf(query, trip, query.stop ? store.stopOf(query.stop) : undefined);
}

/** Open the door to the map's frame, which may come before or after the page. @param {Page} page */
export function openDoor({ store, pages, keys }) {
  /** @type {Door} */
  const door = {
    act: (change) => store.act(change),
    subscribe: (listener) => store.subscribe(listener),
    visibleStops: () => store.visibleStops(),
    stopOf: (id) => store.stopOf(id),
    foresee: (id) => pages.foresee(id),
    keys: keys.handle,
    onFit: (fit) => store.onFit(fit),
    moved: (moved) => store.showMoved(moved),
    isOn: (option) => store.options.has(option),
  };
  window.tripHub = door;
  window.dispatchEvent(new CustomEvent("trip-hub"));
}
