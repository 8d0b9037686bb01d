// The card of the person that the stops are filtered by, above the stops.

/** @import { Page } from "../../types.d.ts" */

import { button, el } from "../core/dom.js";
import { PATHS } from "../core/pages.js";

export class PersonCard {
  box = el("div", { class: "person" });
  /** The person that is shown or on the way. */
  shown = "";

  /** @param {Page} page */
  constructor({ store, pages }) {
    this.pages = pages;
    this.letGo = () => store.act({ person: null });
  }

  /** @param {string} id empty for nobody */
  take(id) {
    if (id === this.shown) return;
    this.shown = id;
    this.box.replaceChildren();
    if (id) this.show(id);
  }

  /** @param {string} id */
  async show(id) {
    const html = await this.pages.get(PATHS.person(id)).catch((error) => error);
    if (id !== this.shown) return;
    if (html instanceof Error) {
      this.box.textContent = html.message;
      this.shown = ""; // to be asked for again
    } else this.box.innerHTML = html;
    this.box.append(el("p", {}, button("button", null, "Show everyone", this.letGo)));
  }
}
