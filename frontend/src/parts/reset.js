// Reset: lets every filter and the chosen stop go, and brings the map back to the whole route.

/** @import { Key, Mount } from "../../types.d.ts" */

import { button } from "../core/dom.js";
import { RESET } from "../core/query.js";
import { MOVED } from "../core/store.js";

const LET_GO = /** @type {Key[]} */ (Object.keys(RESET));

/** @type {Mount} */
export function mount(root, { store }) {
  const reset = button("button", null, "Reset", () => {
    store.act(RESET);
    store.fit();
  });
  root.replaceChildren(reset);
  return store.subscribe((query) => {
    reset.disabled = !store.options.has(MOVED) && !LET_GO.some((key) => query[key]);
  });
}
