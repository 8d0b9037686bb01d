// The legend of the map's signs.

/** @import { Map as LeafletMap } from "leaflet" */

import L from "leaflet";
import { el } from "../core/dom.js";

/** @type {[className: string, number: string, words: string, differs?: boolean][]} */
const DISCS = [
  ["visited", "1", "Visited"],
  ["announced", "2", "Announced only"],
  ["reported", "3", "Reported, not in the official list"],
  ["disputed", "?", "Disputed: sources differ"],
  ["visited country", "4", "Wide ring: country known, not the place"],
  ["visited", "5", "Diamond: sources differ on its place, day or visit", true],
];
const LINES = [
  ["", "Leg, direction of travel"],
  ["inferred", "Dashed: order inferred"],
  ["planned", "Dotted: announced only"],
];

/** @param {HTMLElement} sign @param {string} words */
const row = (sign, words) => el("p", { class: "legend-row" }, sign, el("span", {}, words));

function draw() {
  const discs = DISCS.map(([className, number, words, differs]) =>
    row(el("span", { class: `disc ${className}` }, number, differs && el("i", { class: "differs" })), words),
  );
  const lines = LINES.map(([className, words = ""]) => row(el("span", { class: `line ${className}` }), words));
  return el("details", { class: "legend" }, el("summary", {}, "Legend"), ...discs, ...lines);
}

/** @param {LeafletMap} map */
export function addLegend(map) {
  const control = new L.Control({ position: "bottomleft" });
  control.onAdd = () => {
    const box = draw();
    L.DomEvent.disableClickPropagation(box);
    return box;
  };
  control.addTo(map);
}
