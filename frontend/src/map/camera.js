// What part of the world the map shows.

/** @import { LatLng, LatLngBounds, Map as LeafletMap } from "leaflet" */
/** @import { StopFeature } from "../../types.d.ts" */
/** @import { Leg } from "./legs.js" */
/** @typedef {{ center: LatLng, zoom: number }} View */

import L from "leaflet";
import { latLng } from "./markers.js";

const FIT_ZOOM = 7; // a trip of one town is not shown at street level, where the base map has nothing to show
const LEG_ZOOM = 6;
const FLY_S = 0.25;
const NARROW = 600; // pixels: in a narrower frame, as on a phone, a slide's card lies below the map and not beside it
const SAME = 3; // pixels: views that are nearer are the same; Leaflet rounds

const still = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

/** What the sources report as done; a place only announced may lie outside it. @param {readonly StopFeature[]} located */
function boundsOf(located) {
  const done = located.filter((stop) => stop.properties.status !== "announced");
  return L.latLngBounds((done.length ? done : located).map(latLng));
}

export class Camera {
  /** What the view was last fitted to, and whether it still is: then it is fitted anew when the frame's size changes. */
  goal = { stops: /** @type {readonly StopFeature[]} */ ([]), kept: true };
  /** Where exploring goes on after presenting. @type {(View & Camera["goal"]) | null} */
  #before = null;
  /** What is to be shown again while the frame finds its size after presenting. @type {(View & Camera["goal"]) | null} */
  #back = null;
  #size = L.point(0, 0);

  /** @param {LeafletMap} map */
  constructor(map) {
    this.map = map;
    map.on("moveend", () => this.#moved());
    const touched = () => {
      this.#back = null;
    };
    for (const kind of ["pointerdown", "wheel", "keydown"]) {
      map.getContainer().addEventListener(kind, touched, { passive: true });
    }
  }

  /** The view in which these stops lie, with room for the names beside the outermost. @param {readonly StopFeature[]} stops @returns {View} */
  #viewOf(stops) {
    const size = this.map.getSize();
    const room = L.point(2 * Math.min(96, size.x * 0.1), 96); // less where the frame is narrow
    const bounds = boundsOf(stops);
    const zoom = Math.min(FIT_ZOOM, this.map.getBoundsZoom(bounds, false, room));
    const ends = [bounds.getNorthWest(), bounds.getSouthEast()].map((end) => this.map.project(end, zoom));
    const middle = L.bounds(ends).getCenter();
    return { center: this.map.unproject(middle, zoom), zoom };
  }

  /** Whether the map shows these stops as fitting them does. @param {readonly StopFeature[]} stops */
  shows(stops) {
    if (!stops.length) return true;
    const { center, zoom } = this.#viewOf(stops);
    const away = this.map.latLngToContainerPoint(center).distanceTo(this.map.getSize().divideBy(2));
    return Math.abs(zoom - this.map.getZoom()) < 0.01 && away <= SAME;
  }

  /** Show these stops as they fit the frame: at once, or flown where readers want things to move. */
  fit(/** @type {readonly StopFeature[]} */ stops, fly = false) {
    if (!stops.length) return;
    this.goal = { stops, kept: true };
    this.#back = null;
    this.#size = this.map.getSize();
    if (fly && this.shows(stops)) return;
    const { center, zoom } = this.#viewOf(stops);
    if (fly && !still()) this.map.flyTo(center, zoom, { duration: FLY_S });
    else this.map.setView(center, zoom, { animate: false });
  }

  /** A view that the reader, or a stop, has moved is no longer that which was fitted. */
  #moved() {
    if (this.map.getSize().equals(this.#size)) this.goal.kept = this.shows(this.goal.stops);
  }

  /** The frame has another size: what was fitted is fitted anew. */
  resized() {
    this.#size = this.map.getSize();
    if (this.#back) this.#return(this.#back);
    else if (this.goal.kept) this.fit(this.goal.stops);
  }

  /** Bring the whole route into the part of the frame that the opening slide leaves free. @param {readonly StopFeature[]} located */
  flyOver(located) {
    if (located.length) this.#fly(boundsOf(located), { side: 0.46, left: [60, 60], zoom: FIT_ZOOM });
  }

  /** Bring a stop and the leg that led there into the part that the card leaves free. */
  flyTo(/** @type {StopFeature} */ stop, /** @type {Leg | undefined} */ leg) {
    const positions = leg ? leg.feature.geometry.coordinates.flat() : [];
    const points = positions.map(([lon, lat]) => L.latLng(lat, lon));
    this.#fly(L.latLngBounds([latLng(stop), ...points]), { side: 0.41, left: [90, 110], zoom: LEG_ZOOM });
  }

  /** @param {LatLngBounds} bounds @param {{ side: number, left: [number, number], zoom: number }} room */
  #fly(bounds, { side, left, zoom }) {
    const { x, y } = this.map.getSize();
    /** @type {{ paddingTopLeft: [number, number], paddingBottomRight: [number, number] }} */
    const free =
      x < NARROW
        ? { paddingTopLeft: [68, 60], paddingBottomRight: [36, y * 0.7] }
        : { paddingTopLeft: left, paddingBottomRight: [x * side, y * 0.14] };
    this.map.fitBounds(bounds, { ...free, maxZoom: zoom, animate: !still(), duration: FLY_S });
  }

  /** Whether a place lies in the frame, and not at its very edge. @param {StopFeature} stop */
  sees(stop) {
    return this.map.getBounds().pad(-0.05).contains(latLng(stop));
  }

  /** Bring a selected stop into view where it is not. @param {StopFeature} stop */
  reveal(stop) {
    if (this.sees(stop)) return;
    this.#back = null;
    // Also where nothing may be seen to move: Leaflet would draw all countries anew if it were not "animated".
    this.map.panTo(latLng(stop), { animate: true, duration: still() ? 0.001 : FLY_S });
  }

  /** Remember what is shown. */
  keep() {
    this.#before = { center: this.map.getCenter(), zoom: this.map.getZoom(), ...this.goal };
    this.#back = null;
    this.goal = { stops: [], kept: false };
  }

  /** Show what was remembered; until the reader moves the map, also when the frame gets its size only afterwards. */
  restore() {
    if (this.#before) this.#return(this.#before);
  }

  /** @param {View & Camera["goal"]} before */
  #return(before) {
    const { center, zoom, stops, kept } = before;
    this.map.setView(center, zoom, { animate: false });
    if (kept) this.fit(stops);
    this.goal = { stops, kept };
    this.#back = before;
  }
}
