// What part of the world the map shows.

/** @import { LatLngBounds, Map as LeafletMap } from "leaflet" */
/** @import { StopFeature } from "../../types.d.ts" */
/** @import { Leg } from "./legs.js" */

import L from "leaflet";
import { latLng } from "./markers.js";

const FIT_ZOOM = 7; // a trip of one town is not shown at street level, where the base map has nothing to show
const LEG_ZOOM = 6;
const FLY_S = 0.25;

const still = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

/** What the sources report as done; a place only announced may lie outside it. @param {readonly StopFeature[]} located */
function boundsOf(located) {
  const done = located.filter((stop) => stop.properties.status !== "announced");
  return L.latLngBounds((done.length ? done : located).map(latLng));
}

export class Camera {
  /** Where exploring goes on after presenting. @type {{ center: L.LatLng, zoom: number } | null} */
  #before = null;
  /** Until the reader moves the map, a change of its size fits the route anew. */
  untouched = true;

  /** @param {LeafletMap} map */
  constructor(map) {
    this.map = map;
    const touched = () => {
      this.untouched = false;
    };
    for (const kind of ["pointerdown", "wheel", "keydown"]) {
      map.getContainer().addEventListener(kind, touched, { passive: true });
    }
  }

  /** The first view of a route. @param {readonly StopFeature[]} located */
  fit(located) {
    if (!located.length) return;
    // Room for the names beside the outermost markers; less where the frame is narrow.
    const padding = L.point(Math.min(96, this.map.getSize().x * 0.1), 48);
    this.map.fitBounds(boundsOf(located), { padding, maxZoom: FIT_ZOOM, animate: false });
  }

  /** Bring the whole route into the part of the frame that the opening slide leaves free. @param {readonly StopFeature[]} located */
  flyOver(located) {
    if (located.length) this.#fly(boundsOf(located), { side: 0.46, left: [60, 60], zoom: FIT_ZOOM });
  }

  /** Bring a stop and the leg that led there into the part that the card leaves free. */
  flyTo(/** @type {StopFeature} */ stop, /** @type {Leg | undefined} */ leg) {
    const positions = leg ? leg.feature.geometry.coordinates.flat() : [];
    const points = positions.map(([lon, lat]) => L.latLng(lat, lon));
    this.#fly(L.latLngBounds([latLng(stop), ...points]), { side: 0.36, left: [90, 110], zoom: LEG_ZOOM });
  }

  /** @param {LatLngBounds} bounds @param {{ side: number, left: [number, number], zoom: number }} room */
  #fly(bounds, { side, left, zoom }) {
    const size = this.map.getSize();
    const paddingBottomRight = L.point(size.x * side, size.y * 0.14);
    const animate = !still();
    this.map.fitBounds(bounds, { paddingTopLeft: left, paddingBottomRight, maxZoom: zoom, animate, duration: FLY_S });
  }

  /** Bring a selected stop into view where it is not. @param {StopFeature} stop */
  reveal(stop) {
    if (this.map.getBounds().pad(-0.05).contains(latLng(stop))) return;
    // Also where nothing may be seen to move: Leaflet would draw all countries anew if it were not "animated".
    this.map.panTo(latLng(stop), { animate: true, duration: still() ? 0.001 : FLY_S });
  }

  /** Remember what is shown. */
  keep() {
    this.#before = { center: this.map.getCenter(), zoom: this.map.getZoom() };
  }

  /** Show what was remembered. */
  restore() {
    if (this.#before) this.map.setView(this.#before.center, this.#before.zoom, { animate: false });
  }
}
