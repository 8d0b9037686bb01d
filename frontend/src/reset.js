// Reset: lets every filter and the chosen stop go.

import { el } from "./dom.js";

const ALL = { stop: null, from: null, to: null, country: null, person: null };

export function mount(root, hub) {
  const button = el("button", { type: "button", class: "button", onclick: () => hub.act(ALL) }, "Reset");
  root.replaceChildren(button);
  return hub.subscribe((state) => {
    button.disabled = !Object.keys(ALL).some((key) => state[key]);
  });
}
