// The entry inside the folium map's frame, whose own script makes the map and calls TripMap.start.

/** @import { Map as LeafletMap } from "leaflet" */
/** @import { Door } from "../types.d.ts" */

import { followFrame } from "./core/theme.js";
import { takeFonts } from "./map/fonts.js";
import { startMap } from "./map/start.js";

/** Wait for the page's door, which may be there before or after this frame. @param {(door: Door) => void} use */
function whenDoor(use) {
  const page = window.parent;
  if (page.tripHub) return use(page.tripHub);
  return page.addEventListener("trip-hub", () => page.tripHub && use(page.tripHub), { once: true });
}

/** Tell the page that the pointer moves in here, which it would not see. */
const passOn = () => window.frameElement?.dispatchEvent(new Event("pointermove", { bubbles: true }));

/** @param {Response} response */
function topologyOf(response) {
  if (!response.ok) throw new Error(`The shapes of the countries could not be fetched (${response.status}).`);
  return response.json();
}

/** @param {LeafletMap} map @param {string} assets where the browser's files are served */
function start(map, assets) {
  window.frameElement?.setAttribute("title", "Map of the trip");
  followFrame();
  takeFonts();
  const shapes = () => fetch(`${assets}/countries-50m.json`).then(topologyOf);
  startMap(map, shapes, whenDoor);
  whenDoor((door) => document.addEventListener("keydown", door.keys));
  for (const sign of ["pointermove", "pointerdown"]) document.addEventListener(sign, passOn);
}

window.TripMap = { start };
