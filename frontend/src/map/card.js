// The selected stop's card on the map, or a list of the stops of one place.

/** @import { Door, Point, StopFeature, StopProperties } from "../../types.d.ts" */

import L from "leaflet";
import { button, el } from "../core/dom.js";
import { daysOf } from "../core/words.js";
import { cardPlace } from "./declutter.js";

const LISTED = 50; // stops of one place that the card lists

export class Card {
  box = el("section", { class: "card", hidden: true, "aria-label": "Selected stop" });
  /** What is listed, by its first stop. @type {StopFeature | null} */
  listed = null;

  /** @param {HTMLElement} container the map's @param {Door} door */
  constructor(container, door) {
    this.door = door;
    container.append(this.box);
    L.DomEvent.disableClickPropagation(this.box);
    this.box.addEventListener("click", L.DomEvent.stopPropagation); // Leaflet cannot tell once what was clicked is gone
    L.DomEvent.disableScrollPropagation(this.box);
  }

  get hidden() {
    return this.box.hidden;
  }

  hide() {
    this.listed = null;
    this.box.hidden = true;
    this.box.replaceChildren();
  }

  /** @param {StopFeature} stop */
  show({ properties, geometry }) {
    this.listed = null;
    this.box.hidden = false;
    const { number, name, status } = properties;
    const head = [el("span", { class: `card-number ${status}` }, number), el("h2", { class: "card-name" }, name)];
    const lost = geometry
      ? []
      : [el("p", { class: "card-note" }, "This place could not be located, so it has no marker.")];
    this.box.replaceChildren(...head, this.closeButton(), ...lost, ...facts(properties));
  }

  /** Several stops at one place. @param {readonly StopFeature[]} stops */
  list(stops) {
    const items = stops.slice(0, LISTED).map((stop) => el("li", {}, this.listItem(stop)));
    const more = stops.length - LISTED;
    if (more > 0) items.push(el("li", { class: "more" }, `and ${more} more; narrow the days to see them`));
    this.listed = stops[0] ?? null;
    this.box.hidden = false;
    const head = el("h2", { class: "card-name" }, `${stops.length} stops here`);
    this.box.replaceChildren(head, this.closeButton(), el("ul", { class: "card-list" }, ...items));
  }

  /** @param {StopFeature} stop */
  listItem({ id, properties }) {
    const words = `${properties.number} ${properties.name}, ${properties.short_days}`;
    const foresee = { onpointerenter: () => this.door.foresee(id) };
    return button("", null, words, () => this.door.act({ stop: id }), foresee);
  }

  closeButton() {
    return button("card-close", "Close the card and show all stops", "×", () => {
      const wasList = this.listed;
      this.hide();
      if (!wasList) this.door.act({ stop: null });
    });
  }

  /** Its size, as large as it would be. @returns {Point} */
  size() {
    this.box.classList.remove("small");
    return this.measured();
  }

  /** @returns {Point} */
  measured() {
    return { x: this.box.offsetWidth, y: this.box.offsetHeight };
  }

  /**
   * Put it near its marker where it covers none; make it smaller where the frame has no such place.
   *
   * @param {Point} home
   * @param {{ at: Point, r: number }[]} markers
   * @param {Point} frame
   * @param {Point} size
   */
  place(home, markers, frame, size) {
    let place = cardPlace(home, markers, size, frame);
    if (place.covers) {
      this.box.classList.add("small");
      place = cardPlace(home, markers, this.measured(), frame);
    }
    this.box.style.transform = `translate(${Math.round(place.x)}px, ${Math.round(place.y)}px)`;
  }
}

/** @param {StopProperties} stop */
function facts(stop) {
  const { name, country, status, verdict, shown = [] } = stop;
  const line = [name === country ? null : country, daysOf(stop), status].filter(Boolean).join(" · ");
  const verdicts = [verdict, ...shown].join("; ");
  return [
    el("p", { class: "card-facts" }, line),
    ...meetingList(stop),
    ...quotation(stop),
    el("p", { class: "card-verdict" }, verdicts),
  ];
}

/** @param {StopProperties} stop */
function meetingList({ meetings = [], meeting_count = 0 }) {
  if (!meetings.length) return [];
  const more = meeting_count - meetings.length;
  const items = meetings.map((title) => el("li", {}, title));
  if (more > 0) items.push(el("li", { class: "more" }, `and ${more} more`));
  return [el("ul", {}, ...items)];
}

/** @param {StopProperties} stop */
function quotation({ lead, lead_speaker, lead_caveat }) {
  if (!lead) return [];
  const speaker = [lead_speaker, lead_caveat].filter(Boolean).join("; ");
  return [el("blockquote", {}, `“${lead}”`), el("p", { class: "card-speaker" }, speaker)];
}
