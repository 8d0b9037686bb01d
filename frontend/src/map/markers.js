// A stop's marker: a numbered disc that is a button, its name, and the line to its true point where it had to move aside.

/** @import { LayerGroup, LatLng, Map as LeafletMap } from "leaflet" */
/** @import { Door, Point, Precision, StopFeature, StopProperties } from "../../types.d.ts" */

import L from "leaflet";
import { button, el } from "../core/dom.js";
import { plural, placeOf as where } from "../core/words.js";
import { placeOf, radius } from "./declutter.js";
import { svg } from "./svg.js";

const ASIDE = 3; // pixels: a marker that moved by less stands at its place

/** Where a stop is. @param {StopFeature} stop */
export function latLng({ geometry }) {
  const [lon, lat] = geometry?.coordinates ?? [0, 0];
  return L.latLng(lat, lon);
}

export class Marker {
  /** Its true point in the frame. @type {Point} */
  home = { x: 0, y: 0 };
  /** How far it moved aside. @type {Point} */
  offset = { x: 0, y: 0 };
  scale = 1;
  /** Of its name, in pixels; 0 while it has to be measured. */
  width = 0;

  /** @param {StopFeature} stop @param {LayerGroup} overlay @param {Door} door */
  constructor(stop, overlay, door) {
    this.stop = stop;
    this.overlay = overlay;
    this.button = drawButton(stop, door);
    this.label = el("span", { class: "marker-name" }, stop.properties.name);
    this.anchor = el("div", { class: "marker" }, this.button, this.label);
    this.line = svg("line");
    this.leader = el("div", { class: "leader away" }, svg("svg", {}, this.line), el("i", { class: "true-point" }));
    this.under = pin(latLng(stop), this.leader, "leader-anchor", { pane: "leaders" }).addTo(overlay);
    this.marker = pin(latLng(stop), this.anchor, "marker-anchor").addTo(overlay);
  }

  remove() {
    this.overlay.removeLayer(this.marker).removeLayer(this.under);
  }

  get away() {
    return this.anchor.classList.contains("away");
  }

  get r() {
    return radius(/** @type {Precision} */ (this.stop.properties.precision), this.scale);
  }

  /** Where it stands in the frame. @returns {Point} */
  get at() {
    return placeOf(this);
  }

  /** Show or hide it. @param {boolean} away @returns {boolean} whether that is a change */
  setAway(away) {
    const changed = this.away !== away;
    this.anchor.classList.toggle("away", away);
    if (away) this.leader.classList.add("away");
    return changed;
  }

  /** @param {boolean} ahead */
  setAhead(ahead) {
    for (const node of [this.anchor, this.leader]) node.classList.toggle("ahead", ahead);
  }

  /** @param {boolean} selected */
  select(selected) {
    this.button.classList.toggle("selected", selected);
    this.button.setAttribute("aria-pressed", String(selected));
    this.marker.setZIndexOffset(selected ? 1000 : 0);
  }

  /** Learn where its true point is. @param {LeafletMap} map @param {number} scale */
  locate(map, scale) {
    this.home = map.latLngToContainerPoint(this.marker.getLatLng());
    this.scale = scale;
  }

  /** Stand where it was moved to. */
  place() {
    const { x, y } = this.offset;
    this.button.style.translate = `${x}px ${y}px`; // not by transform: while presenting, `scale` would multiply it
    this.leader.classList.toggle("away", Math.hypot(x, y) <= ASIDE);
    this.line.setAttribute("x2", String(x));
    this.line.setAttribute("y2", String(y));
  }

  /** @param {Point | null} corner of the name, from the middle of the marker; null where there is no room for it */
  placeName(corner) {
    this.label.classList.toggle("away", !corner);
    if (!corner) return;
    const { x, y } = this.offset;
    this.label.style.transform = `translate(${x + corner.x}px, ${y + corner.y}px)`;
  }
}

/** @param {LatLng} at @param {HTMLElement} html @param {string} className @param {object} more */
function pin(at, html, className, more = {}) {
  const icon = L.divIcon({ className, iconSize: [0, 0], html });
  return L.marker(at, { icon, interactive: false, keyboard: false, ...more });
}

/** @param {StopFeature} stop @param {Door} door */
function drawButton(stop, door) {
  const { number, status, precision, in_question } = stop.properties;
  const title = titleOf(stop.properties);
  const node = button(
    `stop-marker ${status} ${precision}`,
    `Stop ${number}: ${title}`,
    number,
    () => door.act({ stop: stop.id }),
    {
      title,
      "data-stop": stop.id,
      onpointerenter: () => door.foresee(stop.id),
    },
  );
  if (in_question) node.append(el("i", { class: "differs" }));
  L.DomEvent.disableClickPropagation(node);
  return node;
}

/** The stop in a sentence or a few. @param {StopProperties} stop */
export function titleOf(stop) {
  const { short_days, status, date_reason, precision, difference_count = 0, in_question } = stop;
  return [
    `${where(stop)}: ${short_days}, ${status}`,
    date_reason && `Day inferred: ${date_reason}`,
    precision === "country" && "Only the country is known, so the ring stands for all of it.",
    in_question && `In question: ${in_question.join("; ")}.`,
    difference_count && `Sources differ on ${plural(difference_count, "point")}.`,
  ]
    .filter(Boolean)
    .join(" ");
}
