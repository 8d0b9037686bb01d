// The store: the one place in the page where the selection lives while Python has not yet answered.
//
// Every part (map, itinerary, panel, timeline) calls act() and is told through subscribe(); so all of them change in the
// same frame, and Python follows. What is shown is what Python last confirmed with the changes laid over it that it has
// not yet answered; only changes are reported, so that nothing else is ever overwritten.

/** @import { Address } from "./address.js" */
/** @import { Change, Confirmation, Listener, Query, Report, StopFeature, Trip } from "../../types.d.ts" */

import { cleaned, shows, UNFILTERED } from "./query.js";
import { Stops } from "./trip.js";

const AGAIN_MS = 3000;
/** The option that the map's view is not that of the whole route. */
export const MOVED = "moved";

export class Store {
  /** @type {Query} What is shown. */
  query = {};
  /** @type {Trip | null} */
  trip = null;
  stops = new Stops([]);
  /** Where the trip's data are served from. @type {string | null} */
  base = null;
  /** Whether the connection was lost and Python has not been heard since. */
  lost = false;
  /** What this page alone shows, and no address tells: reveal, notes, blank, moved. @type {Set<string>} */
  options = new Set();

  /** Where acts are written down at once; an exported page has its own. @type {Pick<Address, "act" | "settle"> | null} */
  address = null;

  /** @type {Set<Listener>} */
  #listeners = new Set();
  /** What brings the map's view to the stops that are shown. @type {Set<() => void>} */
  #fitters = new Set();
  /** @type {Query} */
  #confirmed = {};
  /** @type {Change} */
  #pending = {};
  #previewing = false;
  /** @type {string | null} */
  #session = null;
  #sent = 0;
  /** @type {Report | null} */
  #report = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #again;

  /**
   * @param {object} outside
   * @param {(base: string) => Promise<Trip>} outside.fetchTrip
   * @param {() => void} outside.doubt is told when an act was not answered in time
   * @param {number} [outside.again] milliseconds after which it is reported once more
   */
  constructor({ fetchTrip, doubt, again = AGAIN_MS }) {
    this.fetchTrip = fetchTrip;
    this.doubt = doubt;
    this.again = again;
  }

  /** Whether Python has been told what it has not answered yet. */
  get isAhead() {
    return Object.keys(this.#pending).length > 0;
  }

  /** What is shown, as an address says it: without the stop that a slide shows by itself. @returns {Query} */
  get asked() {
    return this.stops.withoutHidden(cleaned({ ...this.#confirmed, ...this.#pending }));
  }

  /** Call the listener now and at every change; returns the function that ends it. @param {Listener} listener */
  subscribe(listener) {
    this.#listeners.add(listener);
    if (this.trip) listener(this.query, this.trip);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** Tell every part; one that fails must not keep the others from following. */
  notify() {
    if (!this.trip) return;
    for (const listener of [...this.#listeners]) {
      try {
        listener(this.query, this.trip);
      } catch (error) {
        reportError(error);
      }
    }
  }

  /** Show a change to the reader without telling Python: a date range while it is dragged. @param {Change} change */
  preview(change) {
    this.#previewing = true;
    this.#pending = { ...this.#pending, ...change };
    this.#show();
  }

  /** Change the selection: show it at once, then report it to Python. @param {Change} change */
  act(change = {}) {
    this.preview(change);
    this.#previewing = false;
    this.#sent += 1;
    this.address?.act(this.asked);
    this.#tell();
  }

  /** Select the visible stop before (-1) or after (1) the selected one. @param {number} direction */
  step(direction) {
    const next = this.stops.beside(this.query, direction);
    if (next) this.act({ stop: next.id });
  }

  /** The change that selects this stop: filters that would hide it are let go. @param {string} id @returns {Change} */
  reach(id) {
    const stop = this.stopOf(id);
    return stop && shows(this.query)(stop.properties) ? { stop: id } : { ...UNFILTERED, stop: id };
  }

  /** The stops that the filters leave, in order. @returns {readonly StopFeature[]} */
  visibleStops() {
    return this.stops.visible(this.query);
  }

  /** @param {string} id */
  stopOf(id) {
    return this.stops.byId.get(id);
  }

  /** Turn one of the page's own options on or off. @param {string} name */
  toggle(name) {
    if (!this.options.delete(name)) this.options.add(name);
    this.notify();
  }

  /** Bring the map's view to the stops that are shown. */
  fit() {
    for (const fit of [...this.#fitters]) fit();
  }

  /** Be told when the view is to be fitted; returns the function that ends it. @param {() => void} fit */
  onFit(fit) {
    this.#fitters.add(fit);
    return () => {
      this.#fitters.delete(fit);
    };
  }

  /** Whether the map's view is another than that of the whole route. @param {boolean} moved */
  showMoved(moved) {
    if (moved !== this.options.has(MOVED)) this.toggle(MOVED);
  }

  /** Take what Python confirms. @param {Confirmation} confirmation @param {Report} report */
  async receive({ base, session, echo, query }, report) {
    this.lost = false;
    this.#report = report;
    const forgotten = this.#session !== null && session !== this.#session; // the application has begun anew
    if (this.#session === null) this.#sent = echo;
    this.#session = session;
    this.#confirmed = query;
    if (base !== this.base) await this.#open(base);
    if (forgotten && Object.keys(this.#pending).length) this.#tell(); // what was done while it was away
    const last = echo >= this.#sent; // else an answer to an older act: a newer one is on its way
    const told = this.isAhead;
    if (last) this.#answered();
    this.#show();
    if (told && !this.isAhead) this.address?.settle(this.asked);
  }

  #answered() {
    clearTimeout(this.#again);
    if (!this.#previewing) this.#pending = {};
  }

  /** @param {string} base */
  async #open(base) {
    this.base = base;
    this.trip = null;
    const trip = await this.fetchTrip(base);
    if (base !== this.base) return; // another one came meanwhile
    this.stops = new Stops(trip.stops.features);
    this.trip = trip;
  }

  #show() {
    this.query = this.stops.settled(cleaned({ ...this.#confirmed, ...this.#pending }));
    this.notify();
  }

  /** Report what Python has not answered; again after a while, should the report be lost (it may be repeated). */
  #tell() {
    clearTimeout(this.#again);
    if (!this.#report) return;
    this.#report("act", { n: this.#sent, change: this.#pending });
    this.#again = setTimeout(() => {
      this.doubt();
      this.#tell();
    }, this.again);
  }
}
