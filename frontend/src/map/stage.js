// The map while presenting: what lies ahead is faint, and the view flies to the slide.

/** @import { StopFeature } from "../../types.d.ts" */
/** @import { TripLayer } from "./layer.js" */

/** Fly to the slide: the whole route, or the stop with the leg that led there; the legs ahead are faint. @param {TripLayer} layer */
export function turnTo(layer) {
  const order = layer.door.visibleStops();
  const stop = order.find(({ id }) => id === layer.query.stop);
  fadeAhead(layer, new Set(aheadOf(order, stop).map(({ id }) => id)));
  const leg = layer.legs.find(({ feature }) => feature.properties.to === stop?.id);
  if (stop?.geometry) layer.camera.flyTo(stop, leg);
  else layer.camera.flyOver(layer.located);
}

/**
 * The stops that the presentation has not come to. Its first slide shows the whole route, and so does its last one.
 *
 * @param {readonly StopFeature[]} order
 * @param {StopFeature | undefined} stop
 */
const aheadOf = (order, stop) => (stop ? order.slice(order.indexOf(stop) + 1) : []);

/** @param {TripLayer} layer @param {Set<string>} ahead */
function fadeAhead(layer, ahead) {
  for (const [id, marker] of layer.markers) marker.setAhead(ahead.has(id));
  for (const leg of layer.legs) {
    const { from, to } = leg.feature.properties;
    leg.toggle("ahead", ahead.has(from) || ahead.has(to));
    leg.toggle("now", to === layer.query.stop);
  }
}
