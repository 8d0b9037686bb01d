// The itinerary: every stop that the filters leave as a row, which is a button. Long lists draw only what is in view.

import { el, plural } from "./dom.js";

const ROW = 56; // pixels, as in parts.css; every row has the same height, so that a long list can be windowed
const WINDOW = 60; // rows drawn at most: twice what a tall screen shows

export function mount(root, hub) {
  const list = el("ol", { class: "itinerary" });
  const empty = el("p", { class: "empty" });
  const person = el("div", { class: "person" });
  root.replaceChildren(person, el("h2", { class: "part-title" }, "Itinerary"), empty, list);
  const scroller = () => root.closest(".st-key-panel") || document.scrollingElement;
  let shown = [];
  let signature = null;
  let drawn = null;

  const draw = () => {
    const top = Math.max(0, scroller().getBoundingClientRect().top - list.getBoundingClientRect().top);
    const first = shown.length <= WINDOW ? 0 : Math.min(Math.max(0, Math.floor(top / ROW) - 15), shown.length - WINDOW);
    if (drawn === first) return;
    drawn = first;
    const rows = shown.slice(first, first + WINDOW);
    list.style.paddingTop = `${first * ROW}px`;
    list.style.paddingBottom = `${Math.max(0, shown.length - first - rows.length) * ROW}px`;
    list.replaceChildren(...rows.map((stop, at) => row(stop, first + at, shown.length, hub)));
  };

  scroller().addEventListener("scroll", draw, { passive: true });
  return hub.subscribe((state) => {
    showPerson(person, state.person, hub);
    const next = [state.from, state.to, state.country, state.person].join();
    if (next === signature) return;
    signature = next;
    shown = hub.visibleStops();
    drawn = null;
    empty.hidden = shown.length > 0;
    empty.textContent = shown.length ? "" : "No stop is left by these filters. Widen them, or press Reset.";
    draw();
  });
}

/** The card of the person that the stops are filtered by, above the stops. */
async function showPerson(box, id, hub) {
  if (box.dataset.person === (id || "")) return;
  box.dataset.person = id || "";
  box.replaceChildren();
  if (!id) return;
  const html = await hub.page(`person/${encodeURIComponent(id)}.html`).catch((error) => error);
  if (box.dataset.person !== id) return;
  if (html instanceof Error) {
    box.textContent = html.message;
    box.dataset.person = ""; // to be asked for again
  } else box.innerHTML = html;
  box.append(el("p", {}, el("button", { type: "button", class: "button", onclick: () => hub.act({ person: null }) }, "Show everyone")));
}

function row(stop, index, count, hub) {
  const { number, name, country, short_days, date_basis, status } = stop.properties;
  const facts = [
    short_days + ({ inferred: " (inferred)", "dated-line": " (document date)" }[date_basis] || ""),
    status === "visited" ? null : `${status}`,
    plural(stop.properties.meeting_count || 0, "meeting"),
    plural(stop.properties.quote_count || 0, "quote"),
  ].filter(Boolean);
  const button = el(
    "button",
    { type: "button", "data-stop": stop.id, onclick: () => hub.act({ stop: stop.id }), onpointerenter: () => hub.foresee(stop.id) },
    el("span", { class: `disc ${status} ${stop.properties.precision}`, "aria-hidden": true }, number),
    el(
      "span",
      { class: "row-words" },
      el("span", { class: "row-name" }, name === country ? name : `${name}, ${country}`),
      el("span", { class: "row-facts" }, facts.join(" · ")),
    ),
  );
  return el("li", { "aria-posinset": index + 1, "aria-setsize": count }, button);
}
