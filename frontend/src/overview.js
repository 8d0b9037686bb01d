// What opens the itinerary: whose trip it is in a few sentences, and the claims about the whole trip, folded below them.
// The application renders it (dashboard/pages/overview.py) and sends it with the trip's data, so that nothing moves later.

import { el } from "./dom.js";

export function mount(root, hub) {
  const body = el("div", { class: "overview" });
  root.replaceChildren(body);
  let source = null;
  return hub.subscribe((state, trip) => {
    if (trip === source) return;
    source = trip;
    body.innerHTML = trip.overview;
  });
}
