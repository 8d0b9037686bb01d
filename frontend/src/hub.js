// The hub: the one place in the page where the selection lives while Python has not yet answered.
//
// Every control (map, itinerary, panel, timeline) calls act() and is told through subscribe(); so all of them change in
// the same frame, and Python follows. The state is the query of the address bar: {stop, from, to, country, person, view,
// q, source, passage}; a missing key filters nothing. What is shown is what Python last confirmed with the changes laid
// over it that it has not yet answered; only changes are reported, so that nothing else is ever overwritten.

import { doubt, whenBack } from "./connection.js";


const listeners = new Set();
let state = {};
let confirmed = {};
let pending = {};
let previewing = false;
let trip = null;
let byId = new Map();
let base = null;
let session = null;
let sent = 0;
let report = null;
let again = null;
let parts = {};

/** What each part of the page is mounted by. */
export const register = (all) => (parts = all);

let redraw = null; // has Python run the whole page; the hub's own report runs its fragment alone
let lost = false;

const AGAIN_MS = 3000;

/** The filters of `query` as a test of a stop's properties; the same rule as Selection.shows in selection.py. */
function filterOf({ country, person, from, to }) {
  const countries = country ? new Set(country.split(",")) : null;
  return ({ country_code, people, first_day, last_day }) =>
    !(countries && !countries.has(country_code)) &&
    !(person && !(people && people.includes(person))) &&
    !(first_day && ((from && last_day < from) || (to && first_day > to)));
}

let visible = [];
let visibleFor = null;

/** The stops that the state's filters leave, in order; found once for each change of the filters. */
export function visibleStops() {
  if (!trip) return [];
  const key = JSON.stringify([base, state.country, state.person, state.from, state.to]);
  if (key !== visibleFor) {
    const shows = filterOf(state);
    visible = trip.stops.features.filter((stop) => shows(stop.properties));
    visibleFor = key;
  }
  return visible;
}

/** The document's title: the stop or page that is shown, the trip, and whose trip it is. */
function titleOf({ stop, view }, { title, traveller }) {
  const shown = stop ? stopOf(stop).properties.name : view && `${view[0].toUpperCase()}${view.slice(1)}`;
  return [shown, title, traveller].filter(Boolean).join(" · ");
}

/** Tell every part; one that fails must not keep the others from following. */
function notify() {
  const root = document.documentElement; // page.css shows and hides by these; Streamlit leaves this element alone
  root.dataset.view = state.view || "explore";
  root.toggleAttribute("data-stop", Boolean(state.stop));
  root.toggleAttribute("data-source", Boolean(state.source));
  if (trip) document.title = titleOf(state, trip);
  for (const listener of [...listeners]) {
    try {
      listener(state, trip);
    } catch (error) {
      window.reportError(error);
    }
  }
}

/** Call `listener(state, trip)` now and at every change; returns the function that ends it. */
export function subscribe(listener) {
  listeners.add(listener);
  if (trip) listener(state, trip);
  return () => listeners.delete(listener);
}

/** Show a change to the reader at once without telling Python: a date range while it is dragged. */
export function preview(change) {
  previewing = true;
  pending = { ...pending, ...change };
  show();
}

function show() {
  state = settled({ ...confirmed, ...pending });
  notify();
}

/** Change the selection: show it at once, then report it to Python. */
export function act(change = {}) {
  preview(change);
  previewing = false;
  sent += 1;
  tell();
}

/** Report what Python has not answered; again after a while, should the report be lost on its way (it may be repeated). */
function tell() {
  clearTimeout(again);
  if (!report) return;
  report("act", { n: sent, change: pending });
  again = setTimeout(() => {
    doubt();
    tell();
  }, AGAIN_MS);
}

function settled(next) {
  const query = Object.fromEntries(Object.entries(next).filter(([, value]) => value));
  const chosen = query.stop && stopOf(query.stop);
  if (chosen && !filterOf(query)(chosen.properties)) delete query.stop;
  if (query.view === "present") query.stop = presented(query);
  return query;
}

/** The stop of a slide: slide 1 opens, the last one closes, and each between shows the next visible stop. */
function presented(query) {
  state = query; // visibleStops() answers for the filters of the state
  const stop = visibleStops()[Number(query.slide || 1) - 2];
  return stop && stop.id;
}

/** Select the visible stop before (-1) or after (1) the selected one; from none, the first or the last. */
export function step(direction) {
  const stops = visibleStops();
  if (!stops.length) return;
  const at = stops.findIndex((stop) => stop.id === state.stop);
  const next = at < 0 ? (direction > 0 ? 0 : stops.length - 1) : at + direction;
  if (stops[next]) act({ stop: stops[next].id });
}

/** After an absence the application may be a new one that knows nothing of this page: have it draw the page once. */
function revive() {
  if (!lost) return;
  if (redraw) redraw("again", Date.now());
  setTimeout(revive, AGAIN_MS);
}

async function receive(data, setTriggerValue) {
  lost = false;
  report = setTriggerValue;
  const forgotten = session !== null && data.session !== session; // the application has begun anew
  if (session === null) sent = data.echo;
  session = data.session;
  if (data.base !== base) {
    base = data.base;
    trip = null;
    const response = await ask("map.json");
    if (!response.ok) throw new Error(`The trip's map data could not be fetched (${response.status}).`);
    trip = await response.json();
    byId = new Map(trip.stops.features.map((stop) => [stop.id, stop]));
  }
  confirmed = data.query;
  if (forgotten && Object.keys(pending).length) tell(); // what was done while it was away
  if (data.echo >= sent) clearTimeout(again);
  if (data.echo >= sent && !previewing) pending = {}; // else an answer to an older act: a newer one is on its way
  show();
}

/** The stop of this id, as the trip's data have it. */
export const stopOf = (id) => byId.get(id);

/** Where the trip's data are served from. */
const address = (path) => `${base}/${path}`;

/** Ask the application; an exported page has no application and answers from its own archive (standalone.js). */
const ask = (path) => (window.tripArchive ? window.tripArchive(path) : fetch(address(path)));

const pages = new Map();
const KEPT_PAGES = 400;

/** The HTML of one of the application's pages, such as "stop/amman.html"; kept while it is among the last ones. */
export function page(path) {
  const url = address(path);
  if (!pages.has(url)) {
    if (pages.size >= KEPT_PAGES) pages.delete(pages.keys().next().value);
    const html = ask(path).then(textOf, unanswered);
    html.catch(() => pages.delete(url));
    pages.set(url, html);
  }
  return pages.get(url);
}

function textOf(response) {
  if (!response.ok) throw new Error(`This page could not be fetched (${response.status}); reload the page.`);
  return response.text();
}

function unanswered() {
  doubt();
  throw new Error("The dashboard does not answer. This page comes as soon as it does.");
}

/** Where the page of a stop is. */
const pageOf = (id) => `stop/${encodeURIComponent(id)}.html`;

/** Fetch the page of a stop that is likely to be chosen next: a neighbour, or the one that the pointer rests on. */
function foresee(id) {
  if (id) page(pageOf(id)).catch(() => null); // choosing it will ask again and tell what is wrong
}

/** What the presentation does with a key; set while it is shown. */
let presenter = null;
export const present = (handler) => (presenter = handler);

function keys(event) {
  if (presenter && state.view === "present" && presenter(event)) return event.preventDefault();
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = event.target.closest && event.target.closest("input, textarea, select, [role=slider]");
  if (event.key === "Escape" && state.source) act({ source: null, passage: null });
  else if (typing || state.source || state.view) return;
  else if (event.key === "PageDown") step(1);
  else if (event.key === "PageUp") step(-1);
  else if (event.key === "Escape" && state.stop) act({ stop: null });
  else return;
  event.preventDefault();
}

/** Follow the links of the application's own pages here, without loading the page anew. */
function links(event) {
  const link = event.target.closest && event.target.closest("a[href^='?']");
  if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const { source, passage, person, goStop, view } = link.dataset;
  if (source) act({ source, passage: passage || null });
  else if (person) act({ person, stop: null, view: null, source: null, passage: null });
  else if (goStop) act({ ...reach(goStop), view: null, source: null, passage: null });
  else if (view !== undefined) act({ view: view || null, source: null, passage: null });
  else return;
  event.preventDefault();
}

/** What selects this stop: filters that would hide it are let go. */
function reach(id) {
  const stop = stopOf(id);
  return stop && filterOf(state)(stop.properties) ? { stop: id } : { stop: id, from: null, to: null, country: null, person: null };
}

/** Mount one part of the page; called by the component again with every new data. Returns its cleanup. */
export function mount({ data, parentElement, setTriggerValue }) {
  if (data.part === "hub") {
    receive(data, setTriggerValue).catch((error) => {
      parentElement.textContent = String(error.message || error);
    });
    return null;
  }
  redraw = setTriggerValue;
  if (parentElement.dataset.part) return null;
  parentElement.dataset.part = data.part;
  return parts[data.part](parentElement, hub);
}

const hub = {
  act, preview, step, subscribe, visibleStops, stopOf, page, pageOf, foresee, address, keys, present,
  /** Whether this is an exported page, which cannot search and cannot export. */
  get exported() {
    return Boolean(window.tripArchive);
  },
};

window.tripHub = hub;
document.addEventListener("keydown", keys);
document.addEventListener("click", links);
window.dispatchEvent(new CustomEvent("trip-hub"));

/** Mark the page's theme on its root, so that one style sheet serves both; Streamlit tells it by its own colour alone. */
function followTheme() {
  const app = document.querySelector(".stApp");
  if (!app) return;
  const take = () => {
    const [r, g, b] = getComputedStyle(app).backgroundColor.match(/[\d.]+/g).map(Number);
    document.documentElement.dataset.theme = r * 0.299 + g * 0.587 + b * 0.114 < 128 ? "dark" : "light";
  };
  new MutationObserver(take).observe(app, { attributes: true, attributeFilter: ["class", "style"] });
  take();
}

followTheme();
whenBack(() => {
  notify(); // the parts ask again for what they did not get
  lost = true;
  revive();
});
