// Reset: lets every filter and the chosen stop go.

/** @import { Key, Mount } from "../../types.d.ts" */

import { button } from "../core/dom.js";
import { RESET } from "../core/query.js";

const LET_GO = /** @type {Key[]} */ (Object.keys(RESET));

/** @type {Mount} */
export function mount(root, { store }) {
  const reset = button("button", null, "Reset", () => store.act(RESET));
  root.replaceChildren(reset);
  return store.subscribe((query) => {
    reset.disabled = !LET_GO.some((key) => query[key]);
  });
}
