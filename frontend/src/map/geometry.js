// Lines and shapes on a map that ends at 180 degrees.

/** @import { LegFeature, Position } from "../../types.d.ts" */

/**
 * The middle of a leg's longest line, the points around it, and the line's ends: to set the leg's arrow.
 *
 * @param {LegFeature} leg
 */
export function middleOf(leg) {
  const line = leg.geometry.coordinates.reduce((a, b) => (b.length > a.length ? b : a));
  const at = Math.max(1, Math.floor(line.length / 2));
  const [before, after] = /** @type {[Position, Position]} */ ([line[at - 1], line[at]]);
  const [start, end] = /** @type {[Position, Position]} */ ([line[0], line[line.length - 1]]);
  /** @type {Position} */
  const point = [(before[0] + after[0]) / 2, (before[1] + after[1]) / 2];
  return { before, after, point, start, end };
}

/**
 * Polygons whose rings run on past 180 degrees instead of jumping to -180; such a one is drawn on both edges.
 *
 * @param {{ type: string, coordinates: any }} geometry a Polygon or a MultiPolygon
 * @returns {Position[][][]}
 */
export function unwrapped({ type, coordinates }) {
  /** @type {Position[][][]} */
  const polygons = type === "Polygon" ? [coordinates] : coordinates;
  return polygons.flatMap((rings) => bothEdges(rings.map(unwrapRing)));
}

/** @param {Position[][]} rings */
function bothEdges(rings) {
  if (!rings.some((ring) => ring.some(([lon]) => Math.abs(lon) > 180.0001))) return [rings];
  const aside = (rings[0]?.[0]?.[0] ?? 0) > 0 ? -360 : 360;
  return [rings, rings.map((ring) => ring.map(([lon, lat]) => /** @type {Position} */ ([lon + aside, lat])))];
}

/** @param {Position[]} ring @returns {Position[]} */
function unwrapRing(ring) {
  let turns = 0;
  return ring.map(([lon, lat], at) => {
    turns += jump(lon - (ring[at - 1]?.[0] ?? lon));
    return [lon + turns, lat];
  });
}

/** By how much to go on where a line jumps from one edge of the map to the other. @param {number} step degrees */
const jump = (step) => (step > 180 ? -360 : step < -180 ? 360 : 0);
