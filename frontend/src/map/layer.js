// The trip on the Leaflet map: it draws what the page's store tells it, and tells the store what was clicked.

/** @import { Map as LeafletMap } from "leaflet" */
/** @import { Topology } from "topojson-specification" */
/** @import { Door, Point, Query, StopFeature, Trip } from "../../types.d.ts" */

import L from "leaflet";
import { Camera } from "./camera.js";
import { Card } from "./card.js";
import { Crowd } from "./crowd.js";
import { namePlaces, spread } from "./declutter.js";
import { fitting, follow, tellView } from "./follow.js";
import { Land } from "./land.js";
import { Leg } from "./legs.js";
import { latLng, Marker } from "./markers.js";
import { turnTo } from "./stage.js";

const MANY = 150; // more located stops than this are drawn as a crowd
const STAGE = 720; // pixels: a stage that is higher has larger marks

/** Below every marker, so that a true point never covers a number. */
const PANES = { arrows: "450", leaders: "460" };

export class TripLayer {
  /** @type {Trip | null} */
  trip = null;
  /** @type {Query} */
  query = {};
  /** @type {Map<string, Marker>} */
  markers = new Map();
  /** @type {Leg[]} */
  legs = [];
  /** @type {readonly StopFeature[]} */
  located = [];
  /** @type {Crowd | null} */
  crowd = null;
  presenting = false;
  /** How large the marks are. */
  scale = 1;

  /** @param {LeafletMap} map @param {() => Promise<Topology>} shapes @param {Door} door */
  constructor(map, shapes, door) {
    this.map = map;
    this.door = door;
    for (const [name, height] of Object.entries(PANES)) map.createPane(name).style.zIndex = height;
    this.overlay = L.layerGroup().addTo(map);
    this.camera = new Camera(map);
    this.card = new Card(map.getContainer(), door);
    this.land = new Land(map, shapes);
    this.#listen(map);
  }

  /** @param {LeafletMap} map */
  #listen(map) {
    const zooming = (/** @type {boolean} */ on) => () => map.getContainer().classList.toggle("zooming", on);
    map.on("resize", () => this.resized());
    map.on("moveend", () => this.arrange());
    map.on("moveend resize", () => tellView(this));
    map.on("move zoom", () => this.placeCard());
    map.on("zoomstart", zooming(true));
    map.on("zoomend", zooming(false));
  }

  resized() {
    this.camera.resized();
    if (!this.presenting) return this.arrange();
    this.enlarge();
    if (this.trip) turnTo(this); // full screen, or a frame that only now has its size: the card lies elsewhere
  }

  /** Take the store's query; draw anew only when the trip itself is another one. @param {Query} query @param {Trip} trip */
  take(query, trip) {
    const before = { ...this.query, trip: this.trip, presenting: this.presenting };
    this.query = query;
    const presenting = query.view === "present";
    if (trip !== before.trip) this.drawTrip(trip);
    if (presenting !== before.presenting) this.enter(presenting);
    this.map.getContainer().classList.toggle("revealing", this.door.isOn("reveal"));
    this.showStops();
    if (trip !== before.trip || query.stop !== before.stop || presenting !== before.presenting) this.select();
    if (!presenting && !before.presenting) follow(this, before);
    if (presenting && (!before.presenting || query.slide !== before.slide)) turnTo(this);
  }

  // --- The trip

  /** @param {Trip} trip */
  drawTrip(trip) {
    this.clear();
    this.located = trip.stops.features.filter((stop) => stop.geometry);
    if (this.located.length > MANY) this.drawCrowd(trip);
    else this.drawStops(trip);
    this.trip = trip;
    this.camera.fit(fitting(this));
    this.arrange();
    this.land.tint(new Set(trip.shapes));
  }

  clear() {
    this.crowd?.remove();
    this.crowd = null;
    this.markers.clear();
    this.legs = [];
    this.overlay.clearLayers();
  }

  /** @param {Trip} trip */
  drawStops(trip) {
    this.legs = trip.legs.features.map((leg) => new Leg(leg, this.overlay, this.door));
    for (const stop of this.located) this.addMarker(stop);
  }

  /** @param {Trip} trip */
  drawCrowd(trip) {
    this.crowd = new Crowd(this.map, this.located, trip.legs.features, {
      pick: (stops) => this.pick(stops),
      foresee: (stop) => this.door.foresee(stop.id),
    });
  }

  /** @param {StopFeature} stop */
  addMarker(stop) {
    this.markers.set(stop.id, new Marker(stop, this.overlay, this.door));
  }

  // --- Which stops are shown, and which one is selected

  showStops() {
    const visible = this.door.visibleStops();
    if (this.crowd) return this.crowd.show(visible);
    const ids = new Set(visible.map((stop) => stop.id));
    const changed = [...this.markers].filter(([id, marker]) => marker.setAway(!ids.has(id)));
    for (const leg of this.legs) {
      const { from, to } = leg.feature.properties;
      leg.toggle("faint", !ids.has(from) || !ids.has(to));
    }
    if (changed.length) this.arrange();
  }

  select() {
    const chosen = this.query.stop ? this.door.stopOf(this.query.stop) : undefined;
    if (chosen && !this.presenting) this.card.show(chosen);
    else this.card.hide();
    if (this.crowd) this.lift(chosen);
    for (const [id, marker] of this.markers) marker.select(id === chosen?.id);
    if (this.crowd) this.arrange();
    else this.placeCard();
  }

  /** In a crowd only the selected stop has a marker of its own. @param {StopFeature | undefined} chosen */
  lift(chosen) {
    for (const [id, marker] of this.markers) {
      if (id === chosen?.id) continue;
      marker.remove();
      this.markers.delete(id);
    }
    if (chosen?.geometry && !this.markers.has(chosen.id)) this.addMarker(chosen);
  }

  /** What a click on the crowd meant: one stop is selected, several at one place are listed. @param {readonly StopFeature[]} stops */
  pick(stops) {
    const [first] = stops;
    if (stops.length === 1 && first) return this.door.act({ stop: first.id });
    this.card.list(stops);
    this.placeCard();
  }

  /** Where a stop is drawn and can be clicked, in pixels of the frame; null where it cannot. @param {string} id */
  pointOf(id) {
    const marker = this.markers.get(id);
    if (!marker) return this.crowd?.pointOf(id) ?? null;
    marker.locate(this.map, this.scale);
    return marker.at;
  }

  // --- Where everything stands

  get shown() {
    return [...this.markers.values()].filter((marker) => !marker.away);
  }

  /** Spread the markers that would hide each other, each with a line to its true point; then place names and card. */
  arrange() {
    if (!this.trip) return;
    const { shown } = this;
    const card = this.sizes(shown);
    for (const marker of shown) marker.locate(this.map, this.scale);
    spread(shown, this.scale);
    for (const marker of shown) marker.place();
    const names = namePlaces(shown, this.map.getSize());
    shown.forEach((marker, at) => {
      marker.placeName(names[at] ?? null);
    });
    for (const leg of this.legs) leg.turn(this.map);
    this.placeCard(card);
  }

  /** The card's size. Reading it and the width of new names together lets the browser lay them out once. */
  sizes(/** @type {Marker[]} */ shown) {
    for (const marker of shown) if (!marker.width) marker.label.classList.remove("away");
    const card = this.card.size();
    for (const marker of shown) marker.width ||= marker.label.offsetWidth;
    return card;
  }

  /** @param {Point} [measured] the card's size */
  placeCard(measured) {
    if (this.card.hidden) return;
    const size = measured ?? this.card.size();
    const { shown } = this;
    for (const marker of shown) marker.locate(this.map, this.scale);
    const taken = shown.map(({ at, r }) => ({ at, r: r + 4 }));
    this.card.place(this.cardHome(), taken, this.map.getSize(), size);
  }

  /** @returns {Point} what the card belongs to, in pixels of the frame */
  cardHome() {
    const marker = this.markers.get(this.query.stop ?? "");
    if (marker) return marker.at;
    return this.card.listed ? this.map.latLngToContainerPoint(latLng(this.card.listed)) : { x: 12, y: 12 };
  }

  /** Names have their true width only when the typeface is there. */
  measure() {
    for (const marker of this.markers.values()) marker.width = 0;
    this.arrange();
  }

  // --- Presenting

  /** Begin or end presenting; exploring goes on where it was. @param {boolean} presenting */
  enter(presenting) {
    this.presenting = presenting;
    if (presenting) this.camera.keep();
    this.map.getContainer().classList.toggle("presenting", presenting);
    this.map.invalidateSize({ pan: false });
    if (!presenting) this.camera.restore();
    this.enlarge();
  }

  /** Marks and names as large as the stage asks for; also when the frame only now has its size. */
  enlarge() {
    this.scale = this.presenting ? Math.max(1, this.map.getSize().y / STAGE) : 1;
    this.map.getContainer().style.setProperty("--scale", String(this.scale));
    this.measure();
  }
}
