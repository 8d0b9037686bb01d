// The itinerary: every stop that the filters leave as a row, which is a button. Long lists draw only what is in view.

/** @import { Mount, Page, Query, StopFeature } from "../../types.d.ts" */

import { el } from "../core/dom.js";
import { filterKey } from "../core/query.js";
import { countsOf, daysOf, placeOf } from "../core/words.js";
import { PersonCard } from "./person-card.js";

const ROW = 56; // pixels, as in page.css; every row has the same height, so that a long list can be windowed
const WINDOW = 60; // rows drawn at most: twice what a tall screen shows
const ABOVE = 15; // of them above what is in view

/** The first row to draw. @param {number} scrolled pixels @param {number} count */
export const firstRow = (scrolled, count) =>
  count <= WINDOW ? 0 : Math.min(Math.max(0, Math.floor(scrolled / ROW) - ABOVE), count - WINDOW);

class Itinerary {
  list = el("ol", { class: "itinerary" });
  empty = el("p", { class: "empty" });
  /** @type {readonly StopFeature[]} */
  stops = [];
  /** @type {string | null} */
  shownFor = null;
  /** @type {number | null} */
  drawn = null;

  /** @param {HTMLElement} root @param {Page} page */
  constructor(root, page) {
    this.page = page;
    this.person = new PersonCard(page);
    const title = el("h2", { class: "part-title" }, "Itinerary");
    root.replaceChildren(this.person.box, title, this.empty, this.list);
    this.scroller = root.closest(".st-key-panel") ?? document.documentElement;
    this.scroller.addEventListener("scroll", () => this.draw(), { passive: true });
  }

  /** @param {Query} query */
  take(query) {
    this.person.take(query.person ?? "");
    if (filterKey(query) === this.shownFor) return;
    this.shownFor = filterKey(query);
    this.stops = this.page.store.visibleStops();
    this.drawn = null;
    this.empty.hidden = this.stops.length > 0;
    this.empty.textContent = this.empty.hidden ? "" : "No stop is left by these filters. Widen them, or press Reset.";
    this.draw();
  }

  draw() {
    const scrolled = Math.max(0, this.scroller.getBoundingClientRect().top - this.list.getBoundingClientRect().top);
    const first = firstRow(scrolled, this.stops.length);
    if (this.drawn === first) return;
    this.drawn = first;
    const rows = this.stops.slice(first, first + WINDOW);
    this.list.style.paddingTop = `${first * ROW}px`;
    this.list.style.paddingBottom = `${Math.max(0, this.stops.length - first - rows.length) * ROW}px`;
    this.list.replaceChildren(...rows.map((stop, at) => this.row(stop, first + at)));
  }

  /** @param {StopFeature} stop @param {number} index */
  row(stop, index) {
    const { store, pages } = this.page;
    const choose = {
      type: "button",
      "data-stop": stop.id,
      onclick: () => store.act({ stop: stop.id }),
      onpointerenter: () => pages.foresee(stop.id),
    };
    const place = { "aria-posinset": index + 1, "aria-setsize": this.stops.length };
    return el("li", place, el("button", choose, ...content(stop)));
  }
}

/** @param {StopFeature} stop */
function content({ properties }) {
  const { number, status, precision } = properties;
  const facts = [daysOf(properties), status !== "visited" && status, ...countsOf(properties)].filter(Boolean);
  const words = el(
    "span",
    { class: "row-words" },
    el("span", { class: "row-name" }, placeOf(properties)),
    el("span", { class: "row-facts" }, facts.join(" · ")),
  );
  return [el("span", { class: `disc ${status} ${precision}`, "aria-hidden": true }, number), words];
}

/** @type {Mount} */
export function mount(root, page) {
  const part = new Itinerary(root, page);
  return page.store.subscribe((query) => part.take(query));
}
