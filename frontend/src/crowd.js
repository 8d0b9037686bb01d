// Stops and legs of a trip too large for one DOM element each: drawn on a canvas, stops that would hide each other as
// one disc with their number. A click on a disc of one stop selects it; on one of many it leads nearer, or lists them.

import L from "leaflet";

const CELL = 34; // pixels: two discs are at least this far apart
const TURN = Math.PI * 2;
const SAME = 1e-4; // of the world's width at zoom 0: nearer than this is the same place at every zoom

export class TripCrowd {
  /**
   * `stops` and `legs` are GeoJSON features; `pick(stops)` is told which stops a click meant, and `foresee(stop)` that
   * the pointer is on a stop which a click would select.
   */
  constructor(map, stops, legs, { pick, foresee }) {
    this.map = map;
    this.pick = pick;
    this.points = stops.map((stop) => ({ stop, ...world(map, stop.geometry.coordinates) }));
    this.byId = new Map(this.points.map((point) => [point.stop.id, point]));
    this.legs = legs.map((leg) => ({ ends: [leg.properties.from, leg.properties.to], lines: lines(map, leg) }));
    this.shown = this.points;
    this.canvas = document.createElement("canvas");
    this.canvas.className = "crowd";
    map.createPane("crowd").style.zIndex = 450; // below every marker, so that no disc covers the selected stop
    map.getPane("crowd").append(this.canvas);
    map.on("move resize", () => this.draw());
    map.on("zoomstart", () => this.canvas.classList.add("away"));
    map.on("zoomend", () => this.canvas.classList.remove("away"));
    map.on("click", (event) => this.click(event.containerPoint));
    map.on("mousemove", (event) => {
      const cell = this.cellAt(event.containerPoint);
      map.getContainer().style.cursor = cell ? "pointer" : "";
      if (cell && cell.members.length === 1) foresee(cell.members[0].stop);
    });
    new MutationObserver(() => this.draw()).observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  }

  /** Show these stops and the legs between them. The selected one has a marker of its own above, so it changes nothing. */
  show(stops) {
    if (this.visible === stops) return;
    this.visible = stops;
    this.shown = stops.map((stop) => this.byId.get(stop.id)).filter(Boolean);
    this.ids = new Set(stops.map((stop) => stop.id));
    this.cells = null;
    this.draw();
  }

  /** Where a stop is drawn and can be clicked, in pixels of the frame; null where it shares its disc or is hidden. */
  pointOf(id) {
    const cell = this.cellsNow().find(({ members }) => members.length === 1 && members[0].stop.id === id);
    const at = cell && this.place(cell);
    const size = this.map.getSize();
    return at && at.x > 20 && at.y > 20 && at.x < size.x - 20 && at.y < size.y - 40 ? at : null;
  }

  scale() {
    return 2 ** this.map.getZoom();
  }

  place({ x, y }) {
    const scale = this.scale();
    const origin = this.map.getPixelBounds().min;
    return { x: x * scale - origin.x, y: y * scale - origin.y };
  }

  cellsNow() {
    const zoom = this.map.getZoom();
    if (!this.cells || this.cellsZoom !== zoom) {
      this.cells = gather(this.shown, this.scale());
      this.cellsZoom = zoom;
    }
    return this.cells;
  }

  cellAt(point) {
    return this.cellsNow().find((cell) => {
      const at = this.place(cell);
      return Math.hypot(at.x - point.x, at.y - point.y) <= radius(cell) + 4;
    });
  }

  click(point) {
    const cell = this.cellAt(point);
    if (!cell) return;
    const { members } = cell;
    const near = members.every(({ x, y }) => Math.abs(x - members[0].x) < SAME && Math.abs(y - members[0].y) < SAME);
    if (members.length === 1 || near) return this.pick(members.map(({ stop }) => stop));
    const bounds = L.latLngBounds(members.map(({ stop }) => [stop.geometry.coordinates[1], stop.geometry.coordinates[0]]));
    this.map.fitBounds(bounds, { padding: [60, 60], maxZoom: Math.min(this.map.getMaxZoom(), 12) });
  }

  draw() {
    const { map, canvas } = this;
    const size = map.getSize();
    const sharp = window.devicePixelRatio || 1;
    if (canvas.width !== size.x * sharp || canvas.height !== size.y * sharp) {
      canvas.width = size.x * sharp;
      canvas.height = size.y * sharp;
      canvas.style.width = `${size.x}px`;
      canvas.style.height = `${size.y}px`;
    }
    L.DomUtil.setPosition(canvas, map.containerPointToLayerPoint([0, 0])); // it stays in the frame while its pane moves
    const pen = canvas.getContext("2d");
    pen.setTransform(sharp, 0, 0, sharp, 0, 0);
    pen.clearRect(0, 0, size.x, size.y);
    const style = getComputedStyle(canvas);
    const colour = (name) => style.getPropertyValue(name).trim();
    this.drawLegs(pen, colour("--accent"));
    this.drawCells(pen, size, colour);
  }

  drawLegs(pen, colour) {
    const scale = this.scale();
    const origin = this.map.getPixelBounds().min;
    const between = this.ids ? this.legs.filter(({ ends }) => this.ids.has(ends[0]) && this.ids.has(ends[1])) : this.legs;
    pen.strokeStyle = colour;
    pen.lineWidth = 1;
    pen.globalAlpha = Math.max(0.06, Math.min(0.6, 60 / Math.max(1, between.length)));
    pen.beginPath();
    for (const leg of between) {
      for (const line of leg.lines) {
        pen.moveTo(line[0] * scale - origin.x, line[1] * scale - origin.y);
        for (let at = 2; at < line.length; at += 2) pen.lineTo(line[at] * scale - origin.x, line[at + 1] * scale - origin.y);
      }
    }
    pen.stroke();
    pen.globalAlpha = 1;
  }

  drawCells(pen, size, colour) {
    const [accent, paper, onAccent] = ["--accent", "--paper", "--on-accent"].map(colour);
    pen.font = `600 13px ${colour("--sans")}`;
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    for (const cell of this.cellsNow()) {
      const at = this.place(cell);
      const r = radius(cell);
      if (at.x < -r || at.y < -r || at.x > size.x + r || at.y > size.y + r) continue;
      pen.beginPath();
      pen.arc(at.x, at.y, r, 0, TURN);
      pen.fillStyle = accent;
      pen.fill();
      pen.lineWidth = 2;
      pen.strokeStyle = paper;
      pen.stroke();
      if (cell.members.length === 1) continue;
      pen.fillStyle = onAccent;
      pen.fillText(short(cell.members.length), at.x, at.y + 1);
    }
  }
}

const radius = ({ members }) => (members.length === 1 ? 7 : members.length < 100 ? 13 : 16);

const short = (count) => (count < 1000 ? String(count) : `${Math.round(count / 100) / 10}k`);

/** A position in pixels of the world at zoom 0. */
function world(map, [lon, lat]) {
  const { x, y } = map.project([lat, lon], 0);
  return { x, y };
}

function lines(map, leg) {
  return leg.geometry.coordinates.map((line) => line.flatMap((position) => Object.values(world(map, position))));
}

/** Stops gathered so that no two discs hide each other: by grid cell, then cells too near joined to the larger. */
function gather(points, scale) {
  const grid = new Map();
  for (const point of points) {
    const key = Math.floor((point.x * scale) / CELL) * 1e7 + Math.floor((point.y * scale) / CELL);
    const cell = grid.get(key);
    if (cell) cell.push(point);
    else grid.set(key, [point]);
  }
  const cells = [...grid.entries()].map(([key, members]) => ({ key, members, ...centre(members) }));
  cells.sort((a, b) => b.members.length - a.members.length);
  const kept = new Map();
  for (const cell of cells) {
    const host = neighbour(kept, cell, scale);
    if (host) host.members = host.members.concat(cell.members);
    else kept.set(cell.key, cell);
  }
  return [...kept.values()];
}

function neighbour(kept, cell, scale) {
  for (const across of [-1e7, 0, 1e7]) {
    for (const down of [-1, 0, 1]) {
      const other = kept.get(cell.key + across + down);
      if (other && Math.hypot(other.x - cell.x, other.y - cell.y) * scale < CELL) return other;
    }
  }
  return null;
}

function centre(members) {
  let [x, y] = [0, 0];
  for (const member of members) {
    x += member.x;
    y += member.y;
  }
  return { x: x / members.length, y: y / members.length };
}

