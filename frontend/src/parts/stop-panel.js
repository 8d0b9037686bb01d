// The stop panel: the selected stop's meetings, quotes and excerpts. The application renders each stop's page once
// (dashboard/pages/stop.py, everything escaped); here it is fetched, kept, and framed by previous, next and back.

/** @import { Mount, Page, Query, StopFeature } from "../../types.d.ts" */

import { button, el, find } from "../core/dom.js";
import { PATHS } from "../core/pages.js";

class StopPanel {
  body = el("article", { class: "stop-page", "aria-live": "polite" });
  /** The stop that is shown or on its way. @type {string | null} */
  shown = null;

  /** @param {HTMLElement} root @param {Page} page */
  constructor(root, { store, pages }) {
    this.root = root;
    this.store = store;
    this.pages = pages;
    this.previous = button("nav", null, el("span", {}, "‹"), () => store.step(-1));
    this.next = button("nav", null, el("span", {}, "›"), () => store.step(1));
    const back = button("nav back", null, "All stops", () => store.act({ stop: null }));
    const nav = el("nav", { class: "stop-nav", "aria-label": "Stops" }, this.previous, back, this.next);
    root.replaceChildren(nav, this.body);
  }

  /** @param {Query} query */
  take({ stop }) {
    const { before, after } = this.neighbours(stop);
    label(this.previous, before, "Previous", (name) => `‹ ${name}`);
    label(this.next, after, "Next", (name) => `${name} ›`);
    if (!stop) this.clear();
    else if (stop !== this.shown) this.show(stop);
  }

  /** @param {string | undefined} id */
  neighbours(id) {
    const stops = this.store.visibleStops();
    const at = stops.findIndex((stop) => stop.id === id);
    return at < 0 ? {} : { before: stops[at - 1], after: stops[at + 1] };
  }

  clear() {
    this.shown = null;
    this.body.replaceChildren();
    delete this.body.dataset.stop;
  }

  /** @param {string} id */
  async show(id) {
    this.shown = id;
    const hadFocus = document.activeElement?.closest(".itinerary, .stop-page");
    const html = await this.pages.get(PATHS.stop(id)).catch((error) => error);
    if (this.shown !== id) return; // the reader has gone on
    if (html instanceof Error) return this.fail(html);
    this.fill(id, html);
    if (hadFocus) find(this.body, "h2").focus({ preventScroll: true });
    const { before, after } = this.neighbours(id);
    for (const stop of [after, before]) this.pages.foresee(stop?.id); // only now, not to be in this page's way
  }

  /** @param {string} id @param {string} html */
  fill(id, html) {
    this.body.innerHTML = html;
    this.body.dataset.stop = id;
    const scroller = this.root.closest(".st-key-panel");
    if (scroller) scroller.scrollTop = 0;
  }

  /** @param {Error} error */
  fail(error) {
    this.body.textContent = error.message;
    this.shown = null; // to be asked for again
  }
}

/**
 * @param {HTMLButtonElement} button
 * @param {StopFeature | undefined} stop
 * @param {string} word
 * @param {(name: string) => string} sign
 */
function label(button, stop, word, sign) {
  button.disabled = !stop;
  find(button, "span").textContent = sign(stop ? stop.properties.name : "");
  const words = stop ? `${word} stop: ${stop.properties.name}` : `No ${word.toLowerCase()} stop`;
  button.setAttribute("aria-label", words);
}

/** @type {Mount} */
export function mount(root, page) {
  const part = new StopPanel(root, page);
  return page.store.subscribe((query) => part.take(query));
}
