// The hub: the one place in the page where the selection lives while Python has not yet answered.
//
// Every control (map, itinerary, panel, timeline) calls act() and is told through subscribe(); so all of them change in
// the same frame, and Python follows. The state is the query of the address bar: {stop, from, to, country}; a missing
// key filters nothing. Python is the judge: its answer replaces the state, unless a newer act() is still on its way.

const PARTS = {
  timeline: "./timeline.js",
  itinerary: "./itinerary.js",
  stop_panel: "./panel.js",
};

const listeners = new Set();
let state = {};
let trip = null;
let base = null;
let session = null;
let sent = 0;
let report = null;

/** Whether the filters of `query` leave this stop; the same rule as Selection.shows in selection.py. */
export function isVisible(properties, query) {
  const countries = query.country ? query.country.split(",") : [];
  if (countries.length && !countries.includes(properties.code)) return false;
  if (!properties.first) return true;
  return !(query.from && properties.last < query.from) && !(query.to && properties.first > query.to);
}

/** The stops that the state's filters leave, in order. */
export function visibleStops() {
  return trip ? trip.stops.features.filter((stop) => isVisible(stop.properties, state)) : [];
}

function notify() {
  for (const listener of [...listeners]) listener(state, trip);
}

/** Call `listener(state, trip)` now and at every change; returns the function that ends it. */
export function subscribe(listener) {
  listeners.add(listener);
  if (trip) listener(state, trip);
  return () => listeners.delete(listener);
}

/** Show a change to the reader at once without telling Python: a date range while it is dragged. */
export function preview(change) {
  state = settled({ ...state, ...change });
  notify();
}

/** Change the selection: show it at once, then report it to Python. */
export function act(change = {}) {
  preview(change);
  sent += 1;
  if (report) report("act", { n: sent, query: state });
}

function settled(next) {
  const query = Object.fromEntries(Object.entries(next).filter(([, value]) => value));
  const chosen = query.stop && trip && trip.stops.features.find((stop) => stop.id === query.stop);
  if (chosen && !isVisible(chosen.properties, query)) delete query.stop;
  return query;
}

/** Select the visible stop before (-1) or after (1) the selected one; from none, the first or the last. */
export function step(direction) {
  const stops = visibleStops();
  if (!stops.length) return;
  const at = stops.findIndex((stop) => stop.id === state.stop);
  const next = at < 0 ? (direction > 0 ? 0 : stops.length - 1) : at + direction;
  if (stops[next]) act({ stop: stops[next].id });
}

async function receive(data, setTriggerValue) {
  report = setTriggerValue;
  if (data.session !== session) {
    session = data.session;
    sent = data.echo;
  }
  if (data.base !== base) {
    base = data.base;
    trip = null;
    const response = await fetch(`${base}/map.json`);
    if (!response.ok) throw new Error(`The trip's map data could not be fetched (${response.status}).`);
    trip = await response.json();
  }
  if (data.echo < sent) return; // an answer to an older act: a newer one is on its way
  state = data.query;
  notify();
}

/** Where the trip's data are served from. */
export const address = (path) => `${base}/${path}`;

/** Stop ids may hold only letters, digits and hyphens; the path is encoded all the same. */
export const stopAddress = (id) => address(`stop/${encodeURIComponent(id)}.html`);

function keys(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest && event.target.closest("input, textarea, select, [role=slider]")) return;
  if (event.key === "PageDown") step(1);
  else if (event.key === "PageUp") step(-1);
  else if (event.key === "Escape" && state.stop) act({ stop: null });
  else return;
  event.preventDefault();
}

/** Mount one part of the page; called by the component again with every new data. Returns its cleanup. */
export function mount({ data, parentElement, setTriggerValue }) {
  if (data.part === "hub") {
    receive(data, setTriggerValue).catch((error) => {
      parentElement.textContent = String(error.message || error);
    });
    return null;
  }
  if (parentElement.dataset.part) return null;
  parentElement.dataset.part = data.part;
  let end = null;
  import(PARTS[data.part]).then((part) => {
    end = part.mount(parentElement, hub);
  });
  return () => end && end();
}

const hub = { act, preview, step, subscribe, visibleStops, isVisible, address, stopAddress, keys };

window.tripHub = hub;
document.addEventListener("keydown", keys);
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
