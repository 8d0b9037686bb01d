// Starts the trip's layer on a Leaflet map, in the application's frame and in an exported page alike.

/** @import { Map as LeafletMap } from "leaflet" */
/** @import { Topology } from "topojson-specification" */
/** @import { Door } from "../../types.d.ts" */

import { addFitButton } from "./fit-button.js";
import { fitRoute } from "./follow.js";
import { TripLayer } from "./layer.js";
import { addLegend } from "./legend.js";

const CREDIT = "Boundaries: Natural Earth; drawing them is no judgement on them";

/**
 * @param {LeafletMap} map
 * @param {() => Promise<Topology>} shapes asks for the shapes of the countries
 * @param {(use: (door: Door) => void) => void} whenDoor waits for the page
 */
export function startMap(map, shapes, whenDoor) {
  furnish(map);
  whenDoor((door) => {
    const layer = new TripLayer(map, shapes, door);
    const ends = [door.subscribe((query, trip) => layer.take(query, trip)), door.onFit(() => fitRoute(layer))];
    window.addEventListener("pagehide", () => {
      for (const end of ends) end();
    });
    addFitButton(map, () => fitRoute(layer));
    document.fonts.ready.then(() => layer.measure());
    document.fonts.addEventListener("loadingdone", () => layer.measure());
    window.tripLayer = layer;
    layer.land.draw();
  });
}

/** @param {LeafletMap} map */
function furnish(map) {
  map.zoomControl.setPosition("topright");
  map.attributionControl.setPrefix(false).addAttribution(CREDIT);
  map.options.minZoom = 1;
  map.options.zoomSnap = 0.25; // the route fills the frame instead of waiting for the next whole zoom
  addLegend(map);
  new ResizeObserver(() => map.invalidateSize({ pan: false })).observe(map.getContainer());
}
