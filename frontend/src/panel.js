// The stop panel: the selected stop's meetings, quotes and excerpts. The application renders each stop's page once
// (dashboard/pages/stop.py, everything escaped); here it is fetched, kept, and framed by previous, next and back.

import { el } from "./dom.js";

export function mount(root, hub) {
  const previous = nav("Previous stop", "‹", () => hub.step(-1));
  const next = nav("Next stop", "›", () => hub.step(1));
  const back = el("button", { type: "button", class: "nav back", onclick: () => hub.act({ stop: null }) }, "All stops");
  const body = el("article", { class: "stop-page", "aria-live": "polite" });
  root.replaceChildren(el("nav", { class: "stop-nav", "aria-label": "Stops" }, previous, back, next), body);
  let shown = null;

  const show = async (id) => {
    shown = id;
    const hadFocus = document.activeElement && document.activeElement.closest(".itinerary, .stop-page");
    let html;
    try {
      html = await hub.page(hub.pageOf(id));
    } catch (error) {
      if (shown !== id) return;
      body.textContent = error.message;
      shown = null; // to be asked for again
      return;
    }
    if (shown !== id) return; // the reader has gone on
    body.innerHTML = html;
    body.dataset.stop = id;
    const scroller = root.closest(".st-key-panel");
    if (scroller) scroller.scrollTop = 0;
    if (hadFocus) body.querySelector("h2").focus({ preventScroll: true });
    for (const direction of [1, -1]) hub.foresee(neighbour(id, direction)); // only now, not to be in this page's way
  };

  const neighbour = (id, direction) => {
    const stops = hub.visibleStops();
    const at = stops.findIndex((stop) => stop.id === id);
    return at < 0 ? null : (stops[at + direction] || {}).id;
  };

  return hub.subscribe((state) => {
    const stops = hub.visibleStops();
    const at = stops.findIndex((stop) => stop.id === state.stop);
    label(previous, stops[at - 1], "Previous");
    label(next, at < 0 ? null : stops[at + 1], "Next");
    if (!state.stop) {
      shown = null;
      body.replaceChildren();
      delete body.dataset.stop;
      return;
    }
    if (shown !== state.stop) show(state.stop);
  });
}

function nav(label, sign, onclick) {
  return el("button", { type: "button", class: "nav", onclick, "data-label": label }, el("span", {}, sign));
}

function label(button, stop, word) {
  button.disabled = !stop;
  button.firstChild.textContent = word === "Next" ? `${stop ? stop.properties.name : ""} ›` : `‹ ${stop ? stop.properties.name : ""}`;
  button.setAttribute("aria-label", stop ? `${word} stop: ${stop.properties.name}` : `No ${word.toLowerCase()} stop`);
}
