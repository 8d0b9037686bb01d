// One person to filter by: a field that finds any spelling of a name, and lets go when it is emptied.

/** @import { Mount, Query, Trip } from "../../types.d.ts" */
/** @import { Store } from "../core/store.js" */

import { el, onChosen } from "../core/dom.js";

const FIELD = {
  type: "search",
  class: "choice-field",
  list: "people-names",
  placeholder: "Everyone",
  "aria-label": "Person",
  autocomplete: "off",
};

class People {
  names = el("datalist", { id: "people-names" });
  field = el("input", FIELD);
  /** @type {Trip | null} */
  trip = null;
  /** The person that is chosen, by id. @type {string | undefined} */
  chosen;

  /** @param {HTMLElement} root @param {Store} store */
  constructor(root, store) {
    this.store = store;
    root.replaceChildren(this.field, this.names);
    onChosen(this.field, () => this.choose());
  }

  choose() {
    const words = this.field.value;
    const person = this.trip?.people.find(({ label, name }) => label === words || name === words);
    if (person && person.id !== this.chosen) this.store.act({ person: person.id, stop: null });
    else if (!words && this.chosen) this.store.act({ person: null });
    else this.write(this.chosen); // what names nobody is not left standing
  }

  /** @param {string | undefined} id */
  write(id) {
    this.chosen = id;
    this.field.value = this.trip?.people.find((person) => person.id === id)?.name ?? "";
  }

  /** @param {Query} query @param {Trip} trip */
  take({ person }, trip) {
    if (trip === this.trip && person === this.chosen) return;
    if (trip !== this.trip)
      this.names.replaceChildren(...trip.people.map(({ label }) => el("option", { value: label })));
    this.trip = trip;
    this.write(person);
  }
}

/** @type {Mount} */
export function mount(root, { store }) {
  const part = new People(root, store);
  return store.subscribe((query, trip) => part.take(query, trip));
}
