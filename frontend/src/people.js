// One person to filter by: a field that finds any spelling of a name, and lets go when it is emptied.

import { el, onChosen } from "./dom.js";

export function mount(root, hub) {
  const names = el("datalist", { id: "people-names" });
  const field = el("input", { type: "search", class: "choice-field", list: "people-names", placeholder: "Everyone", "aria-label": "Person", autocomplete: "off" });
  root.replaceChildren(field, names);
  let source = null;
  let shown = null;

  onChosen(field, () => {
    const person = source.people.find(({ label, name }) => label === field.value || name === field.value);
    if (person && person.id !== shown) hub.act({ person: person.id, stop: null });
    else if (!field.value && shown) hub.act({ person: null });
    else take(shown); // what names nobody is not left standing
  });

  const take = (id) => {
    shown = id || null;
    const person = source.people.find((item) => item.id === shown);
    field.value = person ? person.name : "";
  };

  return hub.subscribe((state, trip) => {
    const other = trip !== source;
    if (other) {
      source = trip;
      names.replaceChildren(...trip.people.map(({ label }) => el("option", { value: label })));
    }
    if (other || (state.person || null) !== shown) take(state.person);
  });
}
