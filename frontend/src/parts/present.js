// The presentation: the map fills the window, a card shows one stop, and the keys of a clicker lead through. The slide's
// text is fetched before it is needed; the map is the one that was there.

/** @import { Mount, Page, Query } from "../../types.d.ts" */
/** @import { Tool } from "./present-bar.js" */

import { el } from "../core/dom.js";
import { Player } from "../core/player.js";
import { filterKey, slideOf } from "../core/query.js";
import { Bar } from "./present-bar.js";
import { fitCard } from "./present-fit.js";
import { commandOf, isOurs } from "./present-keys.js";
import { Rest } from "./present-rest.js";
import { countOf, outwards, pathOf, within } from "./slides.js";

const GATHERED = 150; // slides to each side that are fetched beforehand
const TICK_MS = 1000;

class Presentation {
  body = el("div", { class: "slide", "aria-live": "polite" });
  notes = el("div", { class: "notes", tabindex: 0, role: "region", "aria-label": "Speaker notes" });
  bar = new Bar((tool) => this.use(tool));
  resting = new Rest(this.bar.box);
  player = new Player(
    (_, sign) => this.bar.showPlaying(sign),
    () => this.go(1),
  );
  /** @type {Query} */
  query = {};
  /** @type {string | null} */
  shown = null;
  /** @type {number | null} */
  began = null;
  /** The filters for which every slide has been fetched. @type {string | null} */
  gathered = null;

  /** @param {HTMLElement} root @param {Page} page */
  constructor(root, { store, pages }) {
    this.store = store;
    this.pages = pages;
    const blank = el("div", { class: "blank", "aria-hidden": true });
    root.replaceChildren(this.body, this.notes, this.bar.box, blank);
  }

  get stops() {
    return this.store.visibleStops();
  }

  get number() {
    return within(slideOf(this.query), this.stops);
  }

  /** @param {Query} query */
  take(query) {
    this.query = query;
    this.bar.showOptions(this.store.options);
    if (query.view !== "present") return this.rest();
    if (!this.began) this.begin();
    this.tick();
    this.bar.showPlace(this.number, countOf(this.stops));
    this.show(this.number);
    this.gather(this.number);
  }

  begin() {
    this.began = Date.now();
    this.resting.start();
  }

  rest() {
    this.resting.stop();
    this.began = this.shown = this.gathered = null;
    if (this.player.playing) this.player.stop();
    this.body.replaceChildren();
  }

  tick() {
    if (this.began) this.bar.showTime(Date.now() - this.began);
  }

  // --- What can be done

  /** @param {number} number @returns {boolean} whether there is such a slide to go to */
  jump(number) {
    const next = within(number, this.stops);
    if (next === this.number) return false;
    this.store.act({ slide: String(next) });
    return true;
  }

  /** @param {number} direction */
  go(direction) {
    return this.jump(this.number + direction);
  }

  /** @param {Tool | number} tool a number names a slide */
  use(tool) {
    if (typeof tool === "number") this.jump(tool);
    else this.commands[tool]();
  }

  /** @type {Record<Tool, () => unknown>} */
  commands = {
    back: () => this.go(-1),
    forward: () => this.go(1),
    first: () => this.jump(1),
    last: () => this.jump(countOf(this.stops)),
    play: () => (this.player.playing ? this.player.stop() : this.player.start(this.bar.every)),
    reveal: () => this.store.toggle("reveal"),
    notes: () => this.store.toggle("notes"),
    blank: () => this.store.toggle("blank"),
    full: () => this.fullScreen(),
    leave: () => this.leave(),
  };

  /** Take a key; true if it was one of the presentation's. A source that lies open keeps its own keys. */
  key(/** @type {KeyboardEvent} */ event) {
    this.resting.wake();
    if (this.query.source || !isOurs(event)) return false;
    if (this.player.playing) this.player.stop();
    const command = commandOf(event.key);
    if (command !== null) this.use(command);
    return command !== null;
  }

  fullScreen() {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen().catch(() => this.bar.sayNoFullScreen());
  }

  leave() {
    this.player.stop();
    if (document.fullscreenElement) document.exitFullscreen();
    this.store.act({ view: null, slide: null });
  }

  // --- The slide

  /** @param {number} number */
  path(number) {
    return pathOf(number, this.stops, this.query);
  }

  /** @param {number} number */
  async show(number) {
    const wanted = this.path(number);
    if (this.shown === wanted) return;
    this.shown = wanted;
    const html = await this.pages.get(wanted).catch((error) => error);
    if (this.shown !== wanted) return;
    if (html instanceof Error) this.fail(html);
    else this.fill(number, html);
  }

  /** @param {number} number @param {string} html */
  fill(number, html) {
    this.body.innerHTML = html;
    this.fit();
    this.notes.replaceChildren(...this.body.querySelectorAll(".slide-notes > *"));
    this.body.dataset.slide = String(number);
  }

  /** @param {Error} error */
  fail(error) {
    this.body.textContent = error.message;
    this.shown = null; // to be asked for again
  }

  fit() {
    const card = this.body.querySelector(".slide-card");
    if (card instanceof HTMLElement) fitCard(card);
  }

  /** Fetch every slide with its notes, the nearest first: the presentation goes on should the application be away. */
  async gather(/** @type {number} */ from) {
    const key = filterKey(this.query);
    if (this.gathered === key) return;
    this.gathered = key;
    for (const number of outwards(from, countOf(this.stops), GATHERED)) {
      if (this.query.view !== "present" || this.gathered !== key) return;
      await this.pages.get(this.path(number)).catch(() => {
        this.gathered = null; // to be gathered again
      });
    }
  }
}

/** @type {Mount} */
export function mount(root, page) {
  const part = new Presentation(root, page);
  const fit = () => part.fit();
  const ticking = setInterval(() => part.tick(), TICK_MS);
  window.addEventListener("resize", fit);
  page.keys.present((event) => part.key(event));
  const end = page.store.subscribe((query) => part.take(query));
  return () => {
    window.removeEventListener("resize", fit);
    clearInterval(ticking);
    part.player.stop();
    part.resting.stop();
    end();
  };
}
