// The map's view follows what is chosen, and the page is told when it is another than that of the whole route.

/** @import { Query, StopFeature } from "../../types.d.ts" */
/** @import { TripLayer } from "./layer.js" */

import { besideDays, sameFilters } from "../core/query.js";

/** What the filters leave and the map can show. @param {TripLayer} layer */
const left = (layer) => layer.door.visibleStops().filter((stop) => stop.geometry);

/** The same, or the whole route where they leave nothing. @param {TripLayer} layer @returns {readonly StopFeature[]} */
export function fitting(layer) {
  const stops = left(layer);
  return stops.length ? stops : layer.located;
}

/** Show the stops that the filters leave, as large as they fit. @param {TripLayer} layer */
export function fitRoute(layer) {
  if (!layer.presenting) layer.camera.fit(fitting(layer), true);
}

/**
 * Go where a change leads: to a chosen stop that is out of sight; to the chosen countries or the person; after another
 * choice of days only if a stop is out of sight, so that the map rests while the days are dragged.
 *
 * @param {TripLayer} layer
 * @param {Query} before
 */
export function follow(layer, before) {
  const { query, camera } = layer;
  if (query.stop && query.stop !== before.stop) return reveal(layer, query.stop);
  if (sameFilters(before, query)) return;
  const stops = left(layer);
  const daysOnly = sameFilters(besideDays(before), besideDays(query));
  if (stops.length && !(daysOnly && stops.every((stop) => camera.sees(stop)))) camera.fit(stops, true);
}

/** @param {TripLayer} layer @param {string} id */
function reveal({ camera, door }, id) {
  const stop = door.stopOf(id);
  if (stop?.geometry) camera.reveal(stop);
}

/** Tell the page whether the view has been moved; not at once, as what is told comes back. @param {TripLayer} layer */
export function tellView(layer) {
  queueMicrotask(() => {
    if (layer.trip && !layer.presenting) layer.door.moved(!layer.camera.shows(layer.located));
  });
}
