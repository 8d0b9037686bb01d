// The legs between the stops: a line along the great circle, with an arrow in its middle.

/** @import { LayerGroup, Map as LeafletMap } from "leaflet" */
/** @import { Door, LegFeature, Position } from "../../types.d.ts" */

import L from "leaflet";
import { middleOf } from "./geometry.js";
import { svg } from "./svg.js";

const SHORT = 70; // pixels: a leg that is shorter lies below the markers at its ends and has no arrow

/** @param {Position} position */
const latLng = ([lon, lat]) => L.latLng(lat, lon);

export class Leg {
  /** @param {LegFeature} feature @param {LayerGroup} overlay @param {Door} door */
  constructor(feature, overlay, door) {
    const { inferred, planned } = feature.properties;
    const className = `leg${inferred ? " inferred" : ""}${planned ? " planned" : ""}`;
    this.feature = feature;
    this.at = middleOf(feature);
    this.arrow = svg(
      "svg",
      { class: `arrow ${className}`, viewBox: "-8 -8 16 16" },
      svg("path", { d: "M-5,-5 L5,0 L-5,5" }),
    );
    this.line = L.geoJSON(feature, { interactive: false, style: { className } }).addTo(overlay);
    const words = legWords(feature, door);
    for (const path of this.paths()) path.append(svg("title", {}, words));
    const icon = L.divIcon({ className: "arrow-anchor", iconSize: [0, 0], html: /** @type {any} */ (this.arrow) });
    const options = { icon, interactive: false, keyboard: false, pane: "arrows" };
    this.mark = L.marker(latLng(this.at.point), options).addTo(overlay);
  }

  /** @returns {Element[]} */
  paths() {
    const layers = /** @type {import("leaflet").Path[]} */ (this.line.getLayers());
    return layers.map((path) => path.getElement()).filter((node) => node !== undefined);
  }

  /** Give the line and the arrow a class, or take it. @param {string} name @param {boolean} on */
  toggle(name, on) {
    for (const node of [...this.paths(), this.mark.getElement()]) node?.classList.toggle(name, on);
  }

  /** Turn the arrow along its leg. @param {LeafletMap} map */
  turn(map) {
    const point = (/** @type {Position} */ position) => map.latLngToLayerPoint(latLng(position));
    const [a, b] = [point(this.at.before), point(this.at.after)];
    this.arrow.style.transform = `translate(-50%, -50%) rotate(${Math.atan2(b.y - a.y, b.x - a.x)}rad)`;
    this.arrow.classList.toggle("away", point(this.at.start).distanceTo(point(this.at.end)) < SHORT);
  }
}

/** In words, shown on hover: from where to where, how far, and why its order is uncertain. */
function legWords(/** @type {LegFeature} */ { properties }, /** @type {Door} */ door) {
  const { from, to, km, reason, planned } = properties;
  const name = (/** @type {string} */ id) => door.stopOf(id)?.properties.name ?? id;
  const end = planned ? ", announced only" : "";
  const why = reason ? `. Order inferred. ${reason}` : "";
  return `${name(from)} to ${name(to)}, ${km.toLocaleString("en")} km along the great circle${end}${why}`;
}
