// Stops and legs of a trip too large for one DOM element each: drawn on a canvas, stops that would hide each other as
// one disc with their number. A click on a disc of one stop selects it; on one of many it leads nearer, or lists them.

/** @import { LeafletMouseEvent, Map as LeafletMap } from "leaflet" */
/** @import { LegFeature, Point, Position, StopFeature } from "../../types.d.ts" */
/** @import { Cell } from "./gather.js" */
/** @typedef {(name: string) => string} Colours a custom property of the style sheet */

import L from "leaflet";
import { el } from "../core/dom.js";
import { discRadius, gather, isOnePlace, short } from "./gather.js";
import { latLng } from "./markers.js";

const TURN = Math.PI * 2;
const PANE = "crowd";
const CLOSEST = 12; // zoom to which a click leads nearer
const TOUCH = 4; // pixels around a disc that count as it
const EDGE = { side: 20, below: 40 }; // of the frame, where other things lie

export class Crowd {
  /** @type {readonly StopFeature[] | null} */
  #visible = null;
  /** @type {Set<string> | null} */
  #ids = null;
  /** @type {Cell[] | null} */
  #cells = null;
  #cellsZoom = Number.NaN;
  #canvas = el("canvas", { class: "crowd" });
  #themes = new MutationObserver(() => this.draw());
  /** What it listens to, to be let go with it. @type {Record<string, (event: any) => void>} */
  #heard = {
    "move resize": () => this.draw(),
    zoomstart: () => this.#canvas.classList.add("away"),
    zoomend: () => this.#canvas.classList.remove("away"),
    click: (event) => this.click(event.containerPoint),
    mousemove: (event) => this.point(event),
  };

  /**
   * `pick` is told which stops a click meant, and `foresee` that the pointer is on a stop which a click would select.
   *
   * @param {LeafletMap} map
   * @param {readonly StopFeature[]} stops
   * @param {readonly LegFeature[]} legs
   * @param {{ pick: (stops: readonly StopFeature[]) => void, foresee: (stop: StopFeature) => void }} outside
   */
  constructor(map, stops, legs, { pick, foresee }) {
    this.map = map;
    this.pick = pick;
    this.foresee = foresee;
    this.points = stops.map((stop) => ({ stop, ...world(map, stop.geometry?.coordinates ?? [0, 0]) }));
    this.byId = new Map(this.points.map((point) => [point.stop.id, point]));
    this.legs = legs.map((leg) => ({ ends: [leg.properties.from, leg.properties.to], lines: linesOf(map, leg) }));
    this.shown = this.points;
    const pane = map.getPane(PANE) ?? map.createPane(PANE);
    pane.style.zIndex = "450"; // below every marker, so that no disc covers the selected stop
    pane.append(this.#canvas);
    map.on(this.#heard);
    this.#themes.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  }

  /** Let go of the map. */
  remove() {
    this.map.off(this.#heard);
    this.#themes.disconnect();
    this.#canvas.remove();
    this.map.getContainer().style.cursor = "";
  }

  /** Show these stops and the legs between them. The selected one has a marker of its own above, so it changes nothing. */
  show(/** @type {readonly StopFeature[]} */ stops) {
    if (this.#visible === stops) return;
    this.#visible = stops;
    this.#ids = new Set(stops.map((stop) => stop.id));
    this.shown = stops.map((stop) => this.byId.get(stop.id)).filter((point) => point !== undefined);
    this.#cells = null;
    this.draw();
  }

  /** Where a stop is drawn and can be clicked, in pixels of the frame; null where it shares its disc or is hidden. */
  pointOf(/** @type {string} */ id) {
    const cell = this.cells().find(({ members }) => members.length === 1 && members[0]?.stop.id === id);
    return cell ? this.#within(this.place(cell)) : null;
  }

  /** @param {Point} at @returns {Point | null} */
  #within(at) {
    const size = this.map.getSize();
    const { side, below } = EDGE;
    return at.x > side && at.y > side && at.x < size.x - side && at.y < size.y - below ? at : null;
  }

  // --- What is where

  scale() {
    return 2 ** this.map.getZoom();
  }

  /** @param {Point} point of the world @returns {Point} of the frame */
  place({ x, y }) {
    const scale = this.scale();
    const origin = this.origin();
    return { x: x * scale - origin.x, y: y * scale - origin.y };
  }

  /** @returns {Point} */
  origin() {
    const { x = 0, y = 0 } = this.map.getPixelBounds().min ?? {};
    return { x, y };
  }

  cells() {
    const zoom = this.map.getZoom();
    if (!this.#cells || this.#cellsZoom !== zoom) this.#cells = gather(this.shown, this.scale());
    this.#cellsZoom = zoom;
    return this.#cells;
  }

  /** @param {Point} point */
  cellAt(point) {
    return this.cells().find((cell) => {
      const at = this.place(cell);
      return Math.hypot(at.x - point.x, at.y - point.y) <= discRadius(cell) + TOUCH;
    });
  }

  // --- The pointer

  /** @param {LeafletMouseEvent} event */
  point(event) {
    const cell = this.cellAt(event.containerPoint);
    this.map.getContainer().style.cursor = cell ? "pointer" : "";
    const [only, other] = cell?.members ?? [];
    if (only && !other) this.foresee(only.stop);
  }

  /** @param {Point} point */
  click(point) {
    const cell = this.cellAt(point);
    if (!cell) return;
    const stops = cell.members.map(({ stop }) => stop);
    if (isOnePlace(cell)) this.pick(stops);
    else this.#approach(stops);
  }

  /** @param {readonly StopFeature[]} stops */
  #approach(stops) {
    const maxZoom = Math.min(this.map.getMaxZoom(), CLOSEST);
    this.map.fitBounds(L.latLngBounds(stops.map(latLng)), { padding: [60, 60], maxZoom });
  }

  // --- Drawing

  draw() {
    const size = this.map.getSize();
    const sharp = window.devicePixelRatio || 1;
    this.#resize(size, sharp);
    L.DomUtil.setPosition(this.#canvas, this.map.containerPointToLayerPoint([0, 0])); // its pane moves, it stays
    const pen = this.#canvas.getContext("2d");
    if (!pen) return;
    pen.setTransform(sharp, 0, 0, sharp, 0, 0);
    pen.clearRect(0, 0, size.x, size.y);
    const style = getComputedStyle(this.#canvas);
    const colour = (/** @type {string} */ name) => style.getPropertyValue(name).trim();
    this.drawLegs(pen, colour("--accent"));
    this.drawCells(pen, size, colour);
  }

  /** @param {Point} size @param {number} sharp pixels of the screen to one of the page */
  #resize({ x, y }, sharp) {
    const canvas = this.#canvas;
    if (canvas.width === x * sharp && canvas.height === y * sharp) return;
    canvas.width = x * sharp;
    canvas.height = y * sharp;
    canvas.style.width = `${x}px`;
    canvas.style.height = `${y}px`;
  }

  /** @param {CanvasRenderingContext2D} pen @param {string} colour */
  drawLegs(pen, colour) {
    const ids = this.#ids;
    const between = ids ? this.legs.filter(({ ends }) => ends.every((id) => ids.has(id))) : this.legs;
    pen.strokeStyle = colour;
    pen.lineWidth = 1;
    pen.globalAlpha = Math.max(0.06, Math.min(0.6, 60 / Math.max(1, between.length)));
    pen.beginPath();
    const frame = { scale: this.scale(), ...this.origin() };
    for (const { lines } of between) for (const line of lines) trace(pen, line, frame);
    pen.stroke();
    pen.globalAlpha = 1;
  }

  /** @param {CanvasRenderingContext2D} pen @param {Point} size @param {Colours} colour */
  drawCells(pen, size, colour) {
    const colours = { fill: colour("--accent"), rim: colour("--paper"), number: colour("--on-accent") };
    pen.font = `600 13px ${colour("--sans")}`;
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.lineWidth = 2;
    for (const cell of this.cells()) {
      const at = this.place(cell);
      const r = discRadius(cell);
      if (at.x >= -r && at.y >= -r && at.x <= size.x + r && at.y <= size.y + r) drawCell(pen, at, cell, colours);
    }
  }
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {Point} at
 * @param {Cell} cell
 * @param {{ fill: string, rim: string, number: string }} colours
 */
function drawCell(pen, { x, y }, cell, { fill, rim, number }) {
  pen.beginPath();
  pen.arc(x, y, discRadius(cell), 0, TURN);
  pen.fillStyle = fill;
  pen.fill();
  pen.strokeStyle = rim;
  pen.stroke();
  if (cell.members.length === 1) return;
  pen.fillStyle = number;
  pen.fillText(short(cell.members.length), x, y + 1);
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {Float64Array} line pairs of x and y, in pixels of the world at zoom 0
 * @param {Point & { scale: number }} frame
 */
function trace(pen, line, { scale, x, y }) {
  for (let at = 0; at < line.length; at += 2) {
    const [across, down] = [Number(line[at]) * scale - x, Number(line[at + 1]) * scale - y];
    if (at) pen.lineTo(across, down);
    else pen.moveTo(across, down);
  }
}

/** A position in pixels of the world at zoom 0. @param {LeafletMap} map @param {Position} position @returns {Point} */
function world(map, [lon, lat]) {
  const { x, y } = map.project([lat, lon], 0);
  return { x, y };
}

/** @param {LeafletMap} map @param {LegFeature} leg */
const linesOf = (map, leg) =>
  leg.geometry.coordinates.map((line) =>
    Float64Array.from(line.flatMap((position) => Object.values(world(map, position)))),
  );
