// What an exported page holds, handed out in the application's place.

/** @import { Query, StopFeature, Trip } from "../types.d.ts" */

import { el } from "./core/dom.js";
import { VIEWS } from "./core/query.js";

const DAY = /^\d{4}-\d\d-\d\d$/;

export class Archive {
  /**
   * @param {Trip} trip
   * @param {Record<string, string>} pages HTML by path
   * @param {() => readonly StopFeature[]} visible the stops that the reader's filters leave
   */
  constructor(trip, pages, visible) {
    this.trip = trip;
    this.pages = new Map(Object.entries(pages));
    this.stops = new Set(trip.stops.features.map((stop) => stop.id));
    this.visible = visible;
    this.known = this.#known();
  }

  /** What the application would answer at a path: the trip's data, or a page. @param {string} path */
  answer(path) {
    const [name = "", filters] = path.split("?");
    if (name === "map.json") return Response.json(this.trip);
    const html = this.pages.get(decodeURIComponent(name));
    if (html === undefined) return new Response("", { status: 404 });
    return new Response(filters ? this.#filtered(name, html) : html);
  }

  /** A page made for every stop of the file, brought into line with the filters. @param {string} name @param {string} html */
  #filtered(name, html) {
    const page = el("template");
    page.innerHTML = html;
    const shown = new Set(this.visible().map((stop) => stop.id));
    for (const row of page.content.querySelectorAll("[data-stop-row]")) {
      if (!shown.has(row.getAttribute("data-stop-row") ?? "")) row.remove();
    }
    const figures = name === "opening.html" && page.content.querySelector(".slide-figures");
    const words = `Shown: ${shown.size} of ${this.stops.size} stops`;
    if (figures) figures.after(el("p", { class: "slide-facts" }, words));
    return page.innerHTML;
  }

  /**
   * The query that an address asks for; what the file does not have is left out, never guessed.
   *
   * @param {Record<string, string>} values
   * @returns {Query}
   */
  read(values) {
    const found = Object.entries(this.known).filter(([key, knows]) => values[key] && knows(values[key]));
    /** @type {Query} */
    const query = Object.fromEntries(found.map(([key]) => [key, values[key]]));
    if (query.from && query.to && query.to < query.from) delete query.to;
    return query;
  }

  /** How each word of the query is read. @returns {Record<string, (value: string) => boolean>} */
  #known() {
    const { first, last, countries } = this.trip;
    return {
      stop: (id) => this.stops.has(id),
      from: (day) => DAY.test(day) && day > first && day <= last,
      to: (day) => DAY.test(day) && day >= first && day < last,
      country: (codes) => codes.split(",").every((code) => Object.hasOwn(countries, code)),
      person: (id) => this.pages.has(`person/${id}.html`),
      view: (name) => VIEWS.some((view) => view === name && view !== "search"),
      source: (id) => this.pages.has(`source/${id}.html`),
      passage: (ends) => /^\d+-\d+$/.test(ends),
      slide: (number) => /^\d{1,6}$/.test(number),
    };
  }
}
