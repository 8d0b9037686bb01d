// The countries: a button each, or where they are many a field to search in, with a button for each one chosen.

import { el, onChosen } from "./dom.js";

const MANY = 16;

export function mount(root, hub) {
  const list = el("div", { class: "choices", role: "group", "aria-label": "Countries" });
  const names = el("datalist", { id: "country-names" });
  const field = el("input", { type: "search", class: "choice-field", list: "country-names", placeholder: "Add a country", "aria-label": "Add a country", autocomplete: "off" });
  root.replaceChildren(list);
  let source = null;
  let chosen = [];

  const tell = (codes) => hub.act({ country: codes.join() || null });
  const ordered = (codes) => Object.keys(source.countries).filter((code) => codes.includes(code));
  const toggle = (code) => tell(ordered(chosen.includes(code) ? chosen.filter((other) => other !== code) : [...chosen, code]));

  onChosen(field, () => {
    const found = Object.entries(source.countries).find(([, name]) => name === field.value);
    if (!found) return;
    field.value = "";
    if (!chosen.includes(found[0])) toggle(found[0]);
  });

  const button = (code) =>
    el("button", { type: "button", class: "choice", "data-country": code, "aria-pressed": String(chosen.includes(code)), onclick: () => toggle(code) }, source.countries[code]);

  return hub.subscribe((state, trip) => {
    const codes = state.country ? state.country.split(",") : [];
    if (trip === source && codes.join() === chosen.join()) return;
    chosen = codes;
    if (trip !== source) {
      source = trip;
      const many = Object.keys(trip.countries).length > MANY;
      names.replaceChildren(...(many ? Object.values(trip.countries).sort().map((name) => el("option", { value: name })) : []));
      list.replaceChildren(...(many ? [field, names] : Object.keys(trip.countries).map(button)));
    }
    if (list.contains(field)) {
      for (const old of list.querySelectorAll(".choice")) old.remove();
      list.append(...chosen.map(button));
    } else {
      for (const item of list.children) item.setAttribute("aria-pressed", String(chosen.includes(item.dataset.country)));
    }
  });
}
