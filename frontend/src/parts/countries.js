// The countries: a button each, or where they are many a field to search in, with a button for each one chosen.

/** @import { Mount, Query, Trip } from "../../types.d.ts" */
/** @import { Store } from "../core/store.js" */

import { button, el, onChosen } from "../core/dom.js";

const MANY = 16;
const FIELD = {
  type: "search",
  class: "choice-field",
  list: "country-names",
  placeholder: "Add a country",
  "aria-label": "Add a country",
  autocomplete: "off",
};

class Countries {
  list = el("div", { class: "choices", role: "group", "aria-label": "Countries" });
  names = el("datalist", { id: "country-names" });
  field = el("input", FIELD);
  /** @type {Trip | null} */
  trip = null;
  /** @type {string[]} */
  chosen = [];

  /** @param {HTMLElement} root @param {Store} store */
  constructor(root, store) {
    this.store = store;
    root.replaceChildren(this.list);
    onChosen(this.field, () => this.add());
  }

  get all() {
    return this.trip?.countries ?? {};
  }

  get many() {
    return Object.keys(this.all).length > MANY;
  }

  /** Choose the country that the field names. */
  add() {
    const found = Object.keys(this.all).find((code) => this.all[code] === this.field.value);
    if (!found) return;
    this.field.value = "";
    if (!this.chosen.includes(found)) this.toggle(found);
  }

  /** @param {string} code */
  toggle(code) {
    const on = (/** @type {string} */ other) => this.chosen.includes(other) !== (other === code);
    this.store.act({ country: Object.keys(this.all).filter(on).join() || null });
  }

  /** @param {Query} query @param {Trip} trip */
  take({ country }, trip) {
    const codes = country ? country.split(",") : [];
    if (trip === this.trip && codes.join() === this.chosen.join()) return;
    this.chosen = codes;
    if (trip !== this.trip) this.offer(trip);
    if (this.many) this.showChosen();
    else this.mark();
  }

  /** @param {Trip} trip */
  offer(trip) {
    this.trip = trip;
    const names = this.many ? Object.values(this.all).sort() : [];
    this.names.replaceChildren(...names.map((name) => el("option", { value: name })));
    const buttons = () => Object.keys(this.all).map((code) => this.button(code));
    this.list.replaceChildren(...(this.many ? [this.field, this.names] : buttons()));
  }

  showChosen() {
    for (const old of this.list.querySelectorAll(".choice")) old.remove();
    this.list.append(...this.chosen.map((code) => this.button(code)));
  }

  mark() {
    for (const item of this.list.querySelectorAll("button")) {
      item.setAttribute("aria-pressed", String(this.chosen.includes(item.dataset.country ?? "")));
    }
  }

  /** @param {string} code */
  button(code) {
    const pressed = String(this.chosen.includes(code));
    const more = { "data-country": code, "aria-pressed": pressed };
    return button("choice", null, this.all[code], () => this.toggle(code), more);
  }
}

/** @type {Mount} */
export function mount(root, { store }) {
  const part = new Countries(root, store);
  return store.subscribe((query, trip) => part.take(query, trip));
}
