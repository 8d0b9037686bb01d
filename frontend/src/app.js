// The entry under Streamlit: its component mounts each part of the page, and the hub that Python answers to, by `mount`.

/** @import { Confirmation, Report } from "../types.d.ts" */

import { Address } from "./core/address.js";
import { openDoor, openPage } from "./core/page.js";
import { keepDialogsShut } from "./core/streamlit.js";
import { followStreamlit } from "./core/theme.js";
import { PARTS } from "./parts/registry.js";

/** @typedef {{ part: string } & Partial<Confirmation>} Data */
/** @typedef {{ data: Data, parentElement: HTMLElement, setTriggerValue: Report }} Component */

const REVIVE_MS = 3000;

/** Has Python run the whole page; the hub's own report runs its fragment alone. @type {Report | null} */
let redraw = null;

const page = openPage(null, () => {
  page.store.notify(); // the parts ask again for what they did not get
  page.store.lost = true;
  revive();
});

/** After an absence the application may be a new one that knows nothing of this page: have it draw the page once. */
function revive() {
  if (!page.store.lost) return;
  redraw?.("again", Date.now());
  setTimeout(revive, REVIVE_MS);
}

/** Mount one part; called again with every new data. Returns its cleanup. @param {Component} component */
export function mount({ data, parentElement, setTriggerValue }) {
  if (data.part === "hub") return hear(/** @type {Confirmation} */ (data), parentElement, setTriggerValue);
  redraw = setTriggerValue;
  if (parentElement.dataset.part) return null;
  parentElement.dataset.part = data.part;
  return PARTS[data.part]?.(parentElement, page);
}

/** @param {Confirmation} data @param {HTMLElement} place @param {Report} report */
function hear(data, place, report) {
  page.store.receive(data, report).catch((error) => {
    place.textContent = String(error.message || error);
  });
  return null;
}

page.store.address = new Address(page.store);
openDoor(page);
followStreamlit();
keepDialogsShut();
