// The exported page: the application's own parts in one document, with neither the application nor a network. What the
// application would serve lies in the document, and the selection, which Python would keep, is kept in the address after
// the "#": so a link leads to a stop, and the browser's back button goes back.

import { el } from "./dom.js";
import { mount as mountHub, visibleStops, stopOf } from "./hub.js";
import L from "leaflet";
import { start } from "./map.js";
import { PARTS } from "./parts/registry.js";

const VIEWS = ["evidence", "sources", "method", "present"];
const DAY = /^\d{4}-\d\d-\d\d$/;

const embedded = (id) => document.getElementById(id).textContent;
const trip = JSON.parse(embedded("trip-map"));
const pages = new Map(Object.entries(JSON.parse(embedded("trip-pages"))));
const stops = new Set(trip.stops.features.map((stop) => stop.id));

/** What the application would answer at an address: the trip's data, the shapes of the countries, or a page. */
async function archive(address) {
  const [path, query] = address.split("?");
  if (path === "map.json") return new Response(embedded("trip-map"));
  if (path.endsWith("/countries-50m.json")) return new Response(embedded("trip-countries"));
  const html = pages.get(decodeURIComponent(path));
  if (html === undefined) return new Response("", { status: 404 });
  return new Response(query ? filtered(path, html) : html);
}

/** A page made for every stop of the file, brought into line with the filters that the reader has set. */
function filtered(path, html) {
  const page = el("template");
  page.innerHTML = html;
  const shown = visibleStops();
  const ids = new Set(shown.map((stop) => stop.id));
  for (const rows of page.content.querySelectorAll("[data-stop-row]")) if (!ids.has(rows.dataset.stopRow)) rows.remove();
  const figures = path === "opening.html" && page.content.querySelector(".slide-figures");
  if (figures) figures.after(el("p", { class: "slide-facts" }, `Shown: ${shown.length} of ${stops.size} stops`));
  return page.innerHTML;
}

/** How each part of an address is read: what the file does not have is left out, never guessed. */
const READ = {
  stop: (id) => stops.has(id),
  from: (day) => DAY.test(day) && day > trip.first && day <= trip.last,
  to: (day) => DAY.test(day) && day >= trip.first && day < trip.last,
  country: (codes) => codes.split(",").every((code) => Object.hasOwn(trip.countries, code)),
  person: (id) => pages.has(`person/${id}.html`),
  view: (name) => VIEWS.includes(name),
  source: (id) => pages.has(`source/${id}.html`),
  passage: (ends) => /^\d+-\d+$/.test(ends),
  slide: (number) => /^\d{1,6}$/.test(number),
};

function read(values) {
  const query = Object.fromEntries(Object.entries(READ).map(([key, knows]) => [key, values[key] && knows(values[key]) ? values[key] : ""]).filter(([, value]) => value));
  if (query.from && query.to && query.to < query.from) delete query.to;
  return query;
}

/** The selection that the address asks for; a link that was opened in another tab asks after a "?". */
const asked = () => read(Object.fromEntries(new URLSearchParams(location.hash.slice(1) || location.search)));

let query = asked();
let echo = 0;

/** Tell the hub the selection, as Python does; its acts come back to `told`. */
function answer() {
  mountHub({ data: { part: "hub", session: "file", base: "file", query, echo }, parentElement: document.querySelector("[data-notice]"), setTriggerValue: told });
}

function told(name, { n, change }) {
  const before = query;
  query = read({ ...query, ...change });
  const chosen = query.stop && stopOf(query.stop);
  if (chosen && !visibleStops().includes(chosen)) delete query.stop;
  echo = n;
  answer();
  const turned = before.view === "present" && query.view === "present" && before.source === query.source;
  const same = new URLSearchParams(before).toString() === new URLSearchParams(query).toString();
  // Another slide is no place to go back to. An empty "#" stays, lest an older "?" be read again.
  if (!same) history[turned ? "replaceState" : "pushState"](null, "", `#${new URLSearchParams(query)}`);
}

window.addEventListener("popstate", () => {
  query = asked();
  answer();
});

window.tripArchive = archive;
for (const root of document.querySelectorAll("[data-part]")) PARTS[root.dataset.part](root, window.tripHub);
document.querySelector("[data-print]").addEventListener("click", () => window.print());
const map = L.map(document.querySelector("[data-map]"), { center: [30, 80], zoom: 3 });
start(map, "");
answer();
