// The trip on the Leaflet map: countries, legs, numbered markers that never hide each other, and the selected stop's
// card. It runs inside the map's frame, draws what the hub of the page tells it, and tells the hub what was clicked.

import L from "leaflet";
import { feature } from "topojson-client";
import { TripCrowd } from "./crowd.js";

const SVG = "http://www.w3.org/2000/svg";
const GAP = 5; // pixels between the rims of two markers
const RADIUS = { country: 22, selected: 17 }; // pixels, as in map.css
const ROUNDS = 60;
const MANY = 150; // more located stops than this are drawn by crowd.js
const LISTED = 50; // stops of one place that its card lists
const FIT_ZOOM = 7; // a trip of one town is not shown at street level, where the base map has nothing to show
const ANTARCTICA = "010"; // its ring runs round the pole, which this projection cannot show

/** Wait for the page's hub, which may come before or after this frame. */
function whenHub(use) {
  const page = window.parent;
  if (page.tripHub) return use(page.tripHub);
  page.addEventListener("trip-hub", () => use(page.tripHub), { once: true });
}

function el(name, className, text) {
  const node = document.createElement(name);
  if (className) node.className = className;
  if (text !== undefined && text !== null) node.textContent = text;
  return node;
}

class TripLayer {
  constructor(map, assets, hub) {
    this.map = map;
    this.assets = assets;
    this.hub = hub;
    this.markers = new Map();
    this.state = {};
    this.trip = null;
    this.overlay = L.layerGroup().addTo(map);
    map.createPane("arrows").style.zIndex = 450;
    map.createPane("leaders").style.zIndex = 460; // below every marker, so that a true point never covers a number
    this.card = el("section", "card");
    this.card.hidden = true;
    this.card.setAttribute("aria-label", "Selected stop");
    map.getContainer().append(this.card);
    L.DomEvent.disableClickPropagation(this.card);
    this.card.addEventListener("click", L.DomEvent.stopPropagation); // Leaflet cannot tell once what was clicked is gone
    L.DomEvent.disableScrollPropagation(this.card);
    this.untouched = true; // until the reader moves the map, a change of its size fits the route anew
    const touched = () => (this.untouched = false);
    for (const kind of ["pointerdown", "wheel", "keydown"]) map.getContainer().addEventListener(kind, touched, { passive: true });
    map.on("resize", () => this.untouched && !this.state.stop && !this.presenting && this.trip && this.fit());
    map.on("moveend", () => this.arrange());
    map.on("resize", () => (this.presenting ? this.enlarge() : this.arrange()));
    map.on("move zoom", () => this.placeCard());
    map.on("zoomstart", () => map.getContainer().classList.add("zooming"));
    map.on("zoomend", () => map.getContainer().classList.remove("zooming"));
  }

  /** Take the hub's state; draw anew only when the trip itself is another one. */
  take(state, trip) {
    const other = trip !== this.trip;
    const presenting = state.view === "present";
    const changed = other || state.stop !== this.state.stop || presenting !== this.presenting;
    const turned = presenting && (!this.presenting || state.slide !== this.state.slide);
    this.state = state;
    if (other) this.drawTrip(trip);
    if (presenting !== this.presenting) this.enter(presenting);
    this.showStops();
    if (changed) this.select();
    if (turned) this.turnTo();
  }

  /** Begin or end presenting; exploring goes on where it was. */
  enter(presenting) {
    this.presenting = presenting;
    if (presenting) this.before = { center: this.map.getCenter(), zoom: this.map.getZoom() };
    this.map.getContainer().classList.toggle("presenting", presenting);
    this.map.invalidateSize({ pan: false });
    if (!presenting && this.before) this.map.setView(this.before.center, this.before.zoom, { animate: false });
    this.enlarge();
  }

  /** Marks and names as large as the stage asks for; also when the frame only now has its size. */
  enlarge() {
    this.scale = this.presenting ? Math.max(1, this.map.getSize().y / 720) : 1;
    this.map.getContainer().style.setProperty("--scale", this.scale);
    this.measure();
  }

  /** Fly to the slide: the whole route, or the stop with the leg that led there; the legs ahead are faint. */
  turnTo() {
    const order = this.hub.visibleStops();
    const at = order.findIndex((stop) => stop.id === this.state.stop);
    const last = at < 0 && Number(this.state.slide || 1) > 1 ? order.length : at;
    const ahead = new Set(order.slice(Math.max(0, last + 1)).map((stop) => stop.id));
    const opening = last < 0;
    for (const { stop, anchor, leader } of this.markers.values()) {
      anchor.classList.toggle("ahead", !opening && ahead.has(stop.id));
      leader.classList.toggle("ahead", !opening && ahead.has(stop.id));
    }
    for (const { leg, line, mark } of this.legs) {
      const { from, to } = leg.properties;
      const classes = { ahead: !opening && (ahead.has(from) || ahead.has(to)), now: to === this.state.stop };
      for (const [name, on] of Object.entries(classes)) {
        line.eachLayer((path) => path.getElement().classList.toggle(name, on));
        mark.getElement().classList.toggle(name, on);
      }
    }
    this.fly(at < 0 ? null : order[at]);
  }

  /** Bring the stop and the leg that led to it into the part of the frame that the card leaves free. */
  fly(stop) {
    const size = this.map.getSize();
    const beside = [size.x * (stop ? 0.36 : 0.46), size.y * 0.14];
    const animate = !still();
    if (!stop || !stop.geometry) {
      const done = this.located.filter((item) => item.properties.status !== "announced");
      const bounds = L.latLngBounds((done.length ? done : this.located).map(latLng));
      return this.map.fitBounds(bounds, { paddingTopLeft: [60, 60], paddingBottomRight: beside, maxZoom: FIT_ZOOM, animate });
    }
    const leg = this.legs.find(({ leg: item }) => item.properties.to === stop.id);
    const points = leg ? leg.leg.geometry.coordinates.flat().map(([lon, lat]) => [lat, lon]) : [latLng(stop)];
    const bounds = L.latLngBounds([latLng(stop), ...points]);
    this.map.fitBounds(bounds, { paddingTopLeft: [90, 110], paddingBottomRight: beside, maxZoom: 6, animate, duration: 0.25 });
  }

  drawTrip(trip) {
    this.trip = trip;
    this.markers.clear();
    this.overlay.clearLayers();
    this.legs = [];
    this.located = trip.stops.features.filter((stop) => stop.geometry);
    if (this.located.length > MANY) {
      this.crowd = new TripCrowd(this.map, this.located, trip.legs.features, {
        pick: (stops) => this.pick(stops),
        foresee: (stop) => this.hub.foresee(stop.id),
      });
    } else {
      this.legs = trip.legs.features.map((leg) => this.drawLeg(leg));
      for (const stop of this.located) this.markers.set(stop.id, this.drawMarker(stop));
    }
    this.drawCountries();
    this.fit();
  }

  /** The first view frames what the sources report as done; a place only announced may lie outside it. */
  fit() {
    const done = this.located.filter((stop) => stop.properties.status !== "announced");
    const points = (done.length ? done : this.located).map((stop) => latLng(stop));
    if (points.length) this.map.fitBounds(L.latLngBounds(points), { padding: this.margin(), maxZoom: FIT_ZOOM, animate: false });
    this.arrange();
  }

  /** Room around the route for the names beside its outermost markers; less where the frame is narrow. */
  margin() {
    return [Math.min(96, this.map.getSize().x * 0.1), 48];
  }

  async drawCountries() {
    if (this.land) return this.tint();
    const response = await (window.tripArchive || window.fetch)(`${this.assets}/countries-50m.json`);
    const topology = await response.json();
    const countries = feature(topology, topology.objects.countries).features.filter((country) => country.id !== ANTARCTICA);
    for (const country of countries) country.geometry.coordinates = unwrapped(country.geometry);
    for (const country of countries) country.geometry.type = "MultiPolygon";
    this.land = L.geoJSON(countries, { interactive: false, style: { className: "land" }, smoothFactor: 0.8 });
    this.land.addTo(this.map).bringToBack();
    this.tint();
  }

  tint() {
    const own = new Set(this.trip.shapes);
    this.land.eachLayer((layer) => {
      const path = layer.getElement && layer.getElement();
      if (path) path.classList.toggle("trip", own.has(layer.feature.id));
    });
  }

  drawLeg(leg) {
    const { inferred, planned } = leg.properties;
    const className = `leg${inferred ? " inferred" : ""}${planned ? " planned" : ""}`;
    const line = L.geoJSON(leg, { interactive: false, style: { className } }).addTo(this.overlay);
    const words = this.legWords(leg.properties);
    line.eachLayer((path) => {
      const title = document.createElementNS(SVG, "title");
      title.textContent = words;
      path.getElement().append(title);
    });
    const icon = L.divIcon({ className: "arrow-anchor", iconSize: [0, 0], html: arrow(className) });
    const at = middle(leg);
    const mark = L.marker(at.point, { icon, interactive: false, keyboard: false, pane: "arrows" }).addTo(this.overlay);
    return { leg, line, mark, at };
  }

  /** A leg in words, shown on hover: from where to where, how far, and why its order is uncertain. */
  legWords({ from, to, km, reason, planned }) {
    const name = (id) => this.hub.stopOf(id).properties.name;
    const end = planned ? ", announced only" : "";
    return `${name(from)} to ${name(to)}, ${km.toLocaleString("en")} km along the great circle${end}${reason ? `. Order inferred. ${reason}` : ""}`;
  }

  drawMarker(stop) {
    const { number, name, country, status, precision, short_days, date_reason, difference_count } = stop.properties;
    const anchor = el("div", "marker");
    const { leader, line, under } = this.drawLeader(latLng(stop));
    const button = el("button", `stop-marker ${status} ${precision}`, number);
    button.type = "button";
    button.dataset.stop = stop.id;
    button.title = [
      `${name}${name === country ? "" : `, ${country}`}: ${short_days}, ${status}`,
      date_reason && `Day inferred: ${date_reason}`,
      precision === "country" && "Only the country is known, so the ring stands for all of it.",
      difference_count && `Sources differ on ${difference_count} point${difference_count === 1 ? "" : "s"}.`,
    ].filter(Boolean).join(" ");
    if (difference_count) button.append(el("i", "differs"));
    button.setAttribute("aria-label", `Stop ${number}: ${button.title}`);
    button.addEventListener("click", () => this.hub.act({ stop: stop.id }));
    button.addEventListener("pointerenter", () => this.hub.foresee(stop.id));
    L.DomEvent.disableClickPropagation(button);
    const label = el("span", "marker-name", name);
    anchor.append(button, label);
    const icon = L.divIcon({ className: "marker-anchor", iconSize: [0, 0], html: anchor });
    const marker = L.marker(latLng(stop), { icon, interactive: false, keyboard: false }).addTo(this.overlay);
    return { stop, marker, anchor, button, leader, line, under, label, offset: L.point(0, 0) };
  }

  /** The line from a marker that had to move aside to its true point; hidden while it has not. */
  drawLeader(point) {
    const leader = el("div", "leader away");
    const svg = document.createElementNS(SVG, "svg");
    const line = document.createElementNS(SVG, "line");
    svg.append(line);
    leader.append(svg, el("i", "true-point"));
    const icon = L.divIcon({ className: "leader-anchor", iconSize: [0, 0], html: leader });
    const under = L.marker(point, { icon, interactive: false, keyboard: false, pane: "leaders" }).addTo(this.overlay);
    return { leader, line, under };
  }

  showStops() {
    const visible = this.hub.visibleStops();
    if (this.crowd) this.crowd.show(visible);
    const ids = this.crowd ? null : new Set(visible.map((stop) => stop.id));
    let changed = false;
    for (const { stop, anchor, leader } of this.markers.values()) {
      const away = ids !== null && !ids.has(stop.id);
      if (anchor.classList.contains("away") !== away) changed = true;
      anchor.classList.toggle("away", away);
      if (away) leader.classList.add("away");
    }
    const away = (id) => {
      const marker = this.markers.get(id);
      return !marker || marker.anchor.classList.contains("away");
    };
    for (const { leg, line, mark } of this.legs) {
      const faint = away(leg.properties.from) || away(leg.properties.to);
      line.eachLayer((path) => path.getElement() && path.getElement().classList.toggle("faint", faint));
      mark.getElement().classList.toggle("faint", faint);
    }
    if (changed) this.arrange();
  }

  /** Spread the markers that would hide each other, each with a line to its true point; then place names and card. */
  arrange() {
    if (!this.trip) return;
    const shown = [...this.markers.values()].filter(({ anchor }) => !anchor.classList.contains("away"));
    const card = this.cardSize(shown);
    for (const item of shown) {
      item.home = this.map.latLngToContainerPoint(item.marker.getLatLng());
      item.scale = this.scale || 1;
    }
    spread(shown);
    for (const item of shown) {
      const { x, y } = item.offset;
      item.button.style.translate = `${x}px ${y}px`; // not by transform: while presenting, `scale` would multiply it
      item.leader.classList.toggle("away", Math.hypot(x, y) <= 3);
      item.line.setAttribute("x2", x);
      item.line.setAttribute("y2", y);
    }
    placeNames(shown, this.map.getSize());
    for (const { mark, at } of this.legs) turn(this.map, mark, at);
    this.placeCard(card);
  }

  /** The card's size. Reading it and the width of new names together lets the browser lay them out once. */
  cardSize(shown = []) {
    this.card.classList.remove("small");
    for (const item of shown) if (!item.width) item.label.classList.remove("away");
    for (const item of shown) item.width ||= item.label.offsetWidth;
    return L.point(this.card.offsetWidth, this.card.offsetHeight);
  }

  /** Names have their true width only when the typeface is there. */
  measure() {
    for (const item of this.markers.values()) item.width = 0;
    this.arrange();
  }

  /** Where a stop is drawn and can be clicked, in pixels of the frame; null where it cannot. */
  pointOf(id) {
    const item = this.markers.get(id);
    if (!item) return this.crowd ? this.crowd.pointOf(id) : null;
    const { x, y } = this.map.latLngToContainerPoint(item.marker.getLatLng()).add(item.offset);
    return { x, y };
  }

  /** What a click on the crowd meant: one stop is selected, several at one place are listed. */
  pick(stops) {
    if (stops.length === 1) return this.hub.act({ stop: stops[0].id });
    const list = el("ul", "card-list");
    for (const stop of stops.slice(0, LISTED)) {
      const button = el("button", "", `${stop.properties.number} ${stop.properties.name}, ${stop.properties.short_days}`);
      button.type = "button";
      button.addEventListener("click", () => this.hub.act({ stop: stop.id }));
      button.addEventListener("pointerenter", () => this.hub.foresee(stop.id));
      const item = el("li");
      item.append(button);
      list.append(item);
    }
    if (stops.length > LISTED) list.append(el("li", "more", `and ${stops.length - LISTED} more; narrow the days to see them`));
    this.listed = stops[0];
    this.card.replaceChildren(el("h2", "card-name", `${stops.length} stops here`), this.closeButton(), list);
    this.card.hidden = false;
    this.placeCard();
  }

  closeButton() {
    const close = el("button", "card-close", "×");
    close.type = "button";
    close.setAttribute("aria-label", "Close the card and show all stops");
    close.addEventListener("click", () => {
      this.fillCard(null);
      if (this.state.stop) this.hub.act({ stop: null });
    });
    return close;
  }

  /** In a crowd only the selected stop has a marker of its own. */
  lift(stop) {
    for (const [id, { marker, under }] of this.markers) {
      if (stop && id === stop.id) continue;
      this.overlay.removeLayer(marker).removeLayer(under);
      this.markers.delete(id);
    }
    if (stop && stop.geometry && !this.markers.has(stop.id)) this.markers.set(stop.id, this.drawMarker(stop));
  }

  select() {
    const chosen = this.state.stop && this.hub.stopOf(this.state.stop);
    this.fillCard(chosen);
    if (this.crowd) this.lift(chosen);
    for (const [id, { button, marker }] of this.markers) {
      const selected = id === this.state.stop;
      button.classList.toggle("selected", selected);
      button.setAttribute("aria-pressed", String(selected));
      marker.setZIndexOffset(selected ? 1000 : 0);
    }
    const marker = chosen && this.markers.get(chosen.id);
    if (marker && !this.presenting && !this.map.getBounds().pad(-0.05).contains(marker.marker.getLatLng())) {
      // Also where nothing may be seen to move: Leaflet would draw all countries anew if it were not "animated".
      this.map.panTo(marker.marker.getLatLng(), { animate: true, duration: still() ? 0.001 : 0.25 });
    }
    if (this.crowd) this.arrange();
    else this.placeCard();
  }

  fillCard(stop) {
    this.listed = null;
    this.card.hidden = !stop || this.presenting;
    if (this.card.hidden) return this.card.replaceChildren();
    const { number, name, country, short_days, date_basis, status, meetings = [], meeting_count } = stop.properties;
    const { lead, lead_speaker, lead_caveat, verdict, shown = [] } = stop.properties;
    const basis = { inferred: " (inferred)", "dated-line": " (document date)" }[date_basis] || "";
    const head = el("h2", "card-name", name);
    const facts = el("p", "card-facts", [name === country ? null : country, `${short_days}${basis}`, status].filter(Boolean).join(" · "));
    this.card.replaceChildren(el("span", `card-number ${status}`, number), head, this.closeButton(), facts);
    if (!stop.geometry) this.card.append(el("p", "card-note", "This place could not be located, so it has no marker."));
    if (meetings.length) {
      const list = el("ul");
      for (const title of meetings) list.append(el("li", "", title));
      if (meeting_count > meetings.length) list.append(el("li", "more", `and ${meeting_count - meetings.length} more`));
      this.card.append(list);
    }
    if (lead) {
      const words = el("blockquote", "", `“${lead}”`);
      this.card.append(words, el("p", "card-speaker", [lead_speaker, lead_caveat].filter(Boolean).join("; ")));
    }
    this.card.append(el("p", "card-verdict", [verdict, ...shown].join("; ")));
  }

  /** Put the card near its marker where it covers none; made smaller where the frame has no such place. */
  placeCard(measured) {
    if (this.card.hidden) return;
    const card = measured || this.cardSize();
    const at = (item) => this.map.latLngToContainerPoint(item.marker.getLatLng()).add(item.offset);
    const shown = [...this.markers.values()].filter(({ anchor }) => !anchor.classList.contains("away"));
    const taken = shown.map((item) => ({ ...at(item), r: radius(item) + 4 }));
    const marker = this.markers.get(this.state.stop);
    const home = marker ? at(marker) : this.listed ? this.map.latLngToContainerPoint(latLng(this.listed)) : L.point(12, 12);
    let place = this.freePlace(home, taken, card);
    if (place.covers) {
      this.card.classList.add("small");
      place = this.freePlace(home, taken, L.point(this.card.offsetWidth, this.card.offsetHeight));
    }
    this.card.style.transform = `translate(${Math.round(place.x)}px, ${Math.round(place.y)}px)`;
  }

  /** The place for the card that covers the fewest markers and, among those, is nearest to its own. */
  freePlace(home, taken, { x: width, y: height }) {
    const size = this.map.getSize();
    const [right, bottom] = [Math.max(8, size.x - width - 8), Math.max(8, size.y - height - 8)];
    const wanted = [
      [home.x + 28, home.y - height / 2],
      [home.x - 28 - width, home.y - height / 2],
      [home.x - width / 2, home.y + 28],
      [home.x - width / 2, home.y - 28 - height],
    ];
    for (let x = 8; x <= right; x += 24) for (let y = 8; y <= bottom; y += 24) wanted.push([x, y]);
    let best = null;
    for (const [left, top] of wanted) {
      const [x, y] = [clamp(left, 8, right), clamp(top, 8, bottom)];
      const covers = taken.filter((m) => m.x + m.r > x && m.x - m.r < x + width && m.y + m.r > y && m.y - m.r < y + height).length;
      const away = Math.hypot(x + width / 2 - home.x, y + height / 2 - home.y);
      if (!best || covers < best.covers || (covers === best.covers && away < best.away)) best = { x, y, covers, away };
    }
    return best;
  }
}

const clamp = (value, low, high) => Math.max(low, Math.min(value, high));

/** Polygons whose rings run on past 180 degrees instead of jumping to -180; such a one is drawn on both edges. */
function unwrapped({ type, coordinates }) {
  const polygons = type === "Polygon" ? [coordinates] : coordinates;
  return polygons.flatMap((rings) => {
    const whole = rings.map(unwrapRing);
    const crosses = whole.some((ring) => ring.some(([lon]) => Math.abs(lon) > 180.0001));
    if (!crosses) return [whole];
    const aside = whole[0][0][0] > 0 ? -360 : 360;
    return [whole, whole.map((ring) => ring.map(([lon, lat]) => [lon + aside, lat]))];
  });
}

function unwrapRing(ring) {
  let turns = 0;
  return ring.map(([lon, lat], at) => {
    if (at && lon - ring[at - 1][0] > 180) turns -= 360;
    if (at && lon - ring[at - 1][0] < -180) turns += 360;
    return [lon + turns, lat];
  });
}

const still = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

const latLng = (stop) => L.latLng(stop.geometry.coordinates[1], stop.geometry.coordinates[0]);

/** A marker keeps the room that it needs when selected, so that selecting moves none. */
const radius = (item) => item.scale * (item.stop.properties.precision === "country" ? RADIUS.country : RADIUS.selected);

/** Push markers apart until none covers another; each stays as near its true point as that allows. */
function spread(items) {
  for (const item of items) item.offset = L.point(0, 0);
  for (let round = 0; round < ROUNDS; round += 1) {
    let moved = false;
    for (let i = 0; i < items.length; i += 1) {
      for (let j = i + 1; j < items.length; j += 1) moved = push(items[i], items[j], j) || moved;
    }
    if (!moved) return;
  }
}

function push(a, b, turnBy) {
  const gap = b.home.add(b.offset).subtract(a.home.add(a.offset));
  const distance = Math.hypot(gap.x, gap.y);
  const apart = radius(a) + radius(b) + GAP;
  if (distance >= apart) return false;
  const angle = distance < 0.5 ? turnBy * 2.4 : Math.atan2(gap.y, gap.x); // same point: fan out by the golden angle
  const shift = L.point(Math.cos(angle), Math.sin(angle)).multiplyBy((apart - distance) / 2 + 0.5);
  a.offset = a.offset.subtract(shift);
  b.offset = b.offset.add(shift);
  return true;
}

/** Names stand right, left, below or above their marker where they cover nothing; where none fits they are left out. */
function placeNames(items, size) {
  const taken = items.map((item) => {
    const at = item.home.add(item.offset);
    const r = radius(item) - 2;
    return { left: at.x - r, right: at.x + r, top: at.y - r, bottom: at.y + r };
  });
  for (const item of items) {
    item.label.classList.remove("away");
    const at = item.home.add(item.offset);
    const { width } = item;
    const r = radius(item) + 2;
    const half = 9 * item.scale;
    const places = [[r, -half], [-r - width, -half], [-width / 2, r], [-width / 2, -r - 2 * half]];
    const fits = places.find(([x, y]) => {
      const box = { left: at.x + x, right: at.x + x + width, top: at.y + y, bottom: at.y + y + 18 * item.scale };
      if (box.left < 4 || box.right > size.x - 4 || taken.some((other) => overlap(box, other))) return false;
      taken.push(box);
      return true;
    });
    item.label.classList.toggle("away", !fits);
    if (fits) item.label.style.transform = `translate(${item.offset.x + fits[0]}px, ${item.offset.y + fits[1]}px)`;
  }
}

const overlap = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** The middle of a leg's longest line and the points around it, to set its arrow. */
function middle(leg) {
  const line = leg.geometry.coordinates.reduce((a, b) => (b.length > a.length ? b : a));
  const at = Math.max(1, Math.floor(line.length / 2));
  const [before, after] = [line[at - 1], line[at]].map(([lon, lat]) => L.latLng(lat, lon));
  return { before, after, point: L.latLng((before.lat + after.lat) / 2, (before.lng + after.lng) / 2), ends: [line[0], line[line.length - 1]] };
}

function arrow(className) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", `arrow ${className}`);
  svg.setAttribute("viewBox", "-8 -8 16 16");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", "M-5,-5 L5,0 L-5,5");
  svg.append(path);
  return svg;
}

/** Turn the arrow along its leg; hide it where the leg is shorter than the two markers at its ends. */
function turn(map, mark, at) {
  const [a, b] = [map.latLngToLayerPoint(at.before), map.latLngToLayerPoint(at.after)];
  const [start, end] = at.ends.map(([lon, lat]) => map.latLngToLayerPoint([lat, lon]));
  const svg = mark.getElement().firstChild;
  svg.style.transform = `translate(-50%, -50%) rotate(${Math.atan2(b.y - a.y, b.x - a.x)}rad)`;
  svg.classList.toggle("away", start.distanceTo(end) < 70);
}

function legend(map) {
  const control = L.control({ position: "bottomleft" });
  control.onAdd = () => {
    const box = el("details", "legend");
    box.append(el("summary", "", "Legend"));
    const rows = [
      ["visited", "1", "Visited"],
      ["announced", "2", "Announced only"],
      ["reported", "3", "Reported, not in the official list"],
      ["disputed", "?", "Disputed: sources differ"],
      ["visited country", "4", "Wide ring: country known, not the place"],
      ["visited", "5", "Diamond: sources differ on something", true],
    ];
    for (const [className, number, words, differs] of rows) {
      const row = el("p", "legend-row");
      const disc = el("span", `disc ${className}`, number);
      if (differs) disc.append(el("i", "differs"));
      row.append(disc, el("span", "", words));
      box.append(row);
    }
    for (const [className, words] of [["", "Leg, direction of travel"], ["inferred", "Dashed: order inferred"], ["planned", "Dotted: announced only"]]) {
      const row = el("p", "legend-row");
      row.append(el("span", `line ${className}`), el("span", "", words));
      box.append(row);
    }
    L.DomEvent.disableClickPropagation(box);
    return box;
  };
  control.addTo(map);
}

/** The frame takes the page's theme: Streamlit writes its colours into the frame's root element. */
function followTheme() {
  const root = document.documentElement;
  const take = () => {
    const colour = getComputedStyle(root).getPropertyValue("--background-color").trim();
    const dark = isDark(colour);
    if (root.dataset.theme !== (dark ? "dark" : "light")) root.dataset.theme = dark ? "dark" : "light";
  };
  new MutationObserver(take).observe(root, { attributes: true, attributeFilter: ["style"] });
  take();
}

function isDark(colour) {
  const hex = /^#([0-9a-f]{6})/i.exec(colour);
  const parts = hex ? [0, 2, 4].map((at) => parseInt(hex[1].slice(at, at + 2), 16)) : (colour.match(/[\d.]+/g) || [255, 255, 255]).map(Number);
  return parts[0] * 0.299 + parts[1] * 0.587 + parts[2] * 0.114 < 128;
}

/** Use the page's own typefaces: its font rules are copied, their addresses made absolute. */
function takeFonts() {
  const style = el("style");
  for (const sheet of window.parent.document.styleSheets) {
    let rules = [];
    try {
      rules = [...sheet.cssRules];
    } catch {
      continue; // a sheet that may not be read, such as a browser extension's, has no typeface of ours
    }
    for (const rule of rules) {
      if (rule.type !== CSSRule.FONT_FACE_RULE || !/Source (Sans|Serif)/.test(rule.cssText)) continue;
      const from = sheet.href || window.parent.document.baseURI;
      style.append(rule.cssText.replace(/url\("([^"]+)"\)/g, (_, url) => `url("${new URL(url, from)}")`));
    }
  }
  document.head.append(style);
}

export function start(map, assets) {
  if (window.parent !== window) {
    window.frameElement.title = "Map of the trip";
    followTheme();
    takeFonts();
  }
  map.zoomControl.setPosition("topright");
  map.attributionControl.setPrefix(false);
  map.attributionControl.addAttribution("Boundaries: Natural Earth; drawing them is no judgement on them");
  map.options.minZoom = 1;
  map.options.zoomSnap = 0.25; // the route fills the frame instead of waiting for the next whole zoom
  legend(map);
  new ResizeObserver(() => map.invalidateSize({ pan: false })).observe(map.getContainer());
  whenHub((hub) => {
    const layer = new TripLayer(map, assets, hub);
    const end = hub.subscribe((state, trip) => layer.take(state, trip));
    if (window.parent !== window) document.addEventListener("keydown", hub.keys);
    const option = () => map.getContainer().classList.toggle("revealing", "reveal" in window.parent.document.documentElement.dataset);
    window.parent.addEventListener("present-option", option);
    option();
    window.addEventListener("pagehide", end);
    document.fonts.ready.then(() => layer.measure());
    document.fonts.addEventListener("loadingdone", () => layer.measure());
    window.tripLayer = layer;
  });
}

