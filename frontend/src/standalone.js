// The exported page: the application's own parts in one document, with neither the application nor a network. What the
// application would serve lies in the document, and the selection, which Python would keep, is kept in the address after
// the "#": so a link leads to a stop, and the browser's back button goes back.

/** @import { Change, Query, Trip } from "../types.d.ts" */

import L from "leaflet";
import { Archive } from "./archive.js";
import { find } from "./core/dom.js";
import { openDoor, openPage } from "./core/page.js";
import { cleaned } from "./core/query.js";
import { startMap } from "./map/start.js";
import { PARTS } from "./parts/registry.js";

const embedded = (/** @type {string} */ id) => find(document, `#${id}`).textContent ?? "";
const trip = /** @type {Trip} */ (JSON.parse(embedded("trip-map")));
const archive = new Archive(trip, JSON.parse(embedded("trip-pages")), () => page.store.visibleStops());
const page = openPage(async (path) => archive.answer(path));

/** The selection that the address asks for; a link that was opened in another tab asks after a "?". */
const asked = () => archive.read(Object.fromEntries(new URLSearchParams(location.hash.slice(1) || location.search)));
const words = (/** @type {Query} */ query) => new URLSearchParams(query).toString();

let query = asked();
let echo = 0;

/** Tell the store the selection, as Python does; its acts come back to `told`. */
function answer() {
  page.store.receive({ session: "file", base: "file", query, echo }, told).catch(reportError);
}

/** Take an act as Python does. @param {string} _ @param {unknown} value */
function told(_, value) {
  const { n, change } = /** @type {{ n: number, change: Change }} */ (value);
  const before = query;
  query = cleaned(page.store.stops.withoutHidden(archive.read(cleaned({ ...query, ...change }))));
  echo = n;
  if (words(before) !== words(query)) keep(before);
  answer();
}

/** Put the selection into the address. @param {Query} before */
function keep(before) {
  const turned = before.view === "present" && query.view === "present" && before.source === query.source;
  // Another slide is no place to go back to. An empty "#" stays, lest an older "?" be read again.
  history[turned ? "replaceState" : "pushState"](null, "", `#${words(query)}`);
}

window.addEventListener("popstate", () => {
  query = asked();
  answer();
});

for (const root of document.querySelectorAll("[data-part]")) {
  if (root instanceof HTMLElement) PARTS[root.dataset.part ?? ""]?.(root, page);
}
find(document, "[data-print]").addEventListener("click", () => window.print());
openDoor(page);
const map = L.map(find(document, "[data-map]"), { center: [30, 80], zoom: 3 });
startMap(
  map,
  async () => JSON.parse(embedded("trip-countries")),
  (use) => window.tripHub && use(window.tripHub),
);
answer();
