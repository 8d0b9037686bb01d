// The button below those of the zoom: it brings the route back into the frame.

/** @import { Map as LeafletMap } from "leaflet" */

import L from "leaflet";
import { button, el } from "../core/dom.js";
import { FIT_KEY } from "../core/keys.js";
import { svg } from "./svg.js";

const CORNERS = "M2,6 V2 H6 M10,2 H14 V6 M14,10 V14 H10 M6,14 H2 V10";

/** @param {LeafletMap} map @param {() => void} fit */
export function addFitButton(map, fit) {
  const control = new L.Control({ position: "topright" });
  control.onAdd = () => {
    const sign = svg("svg", { viewBox: "0 0 16 16", "aria-hidden": "true" }, svg("path", { d: CORNERS }));
    const more = { title: `Fit route (${FIT_KEY})`, "aria-keyshortcuts": FIT_KEY };
    const box = el("div", { class: "fit-route" }, button("", "Fit route", /** @type {any} */ (sign), fit, more));
    L.DomEvent.disableClickPropagation(box);
    return box;
  };
  control.addTo(map);
}
