// What opens the itinerary: whose trip it is in a few sentences, and the claims about the whole trip, folded below them.
// The application renders it (dashboard/pages/overview.py) and sends it with the trip's data, so that nothing moves later.

/** @import { Mount, Trip } from "../../types.d.ts" */

import { el } from "../core/dom.js";

/** @type {Mount} */
export function mount(root, { store }) {
  const body = el("div", { class: "overview" });
  root.replaceChildren(body);
  /** @type {Trip | null} */
  let shown = null;
  return store.subscribe((_, trip) => {
    if (trip !== shown) body.innerHTML = trip.overview;
    shown = trip;
  });
}
