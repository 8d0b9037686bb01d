// The pages beside the map, each a link of its own that is followed without leaving the page; presenting, and taking the
// view away as a file or as a link.

/** @import { Mount, Page, Query, Trip } from "../../types.d.ts" */

import { button, el, toClipboard } from "../core/dom.js";
import { CLOSED } from "../core/query.js";
import { Menu } from "./export-menu.js";

const VIEWS = [
  ["", "Explore"],
  ["evidence", "Evidence"],
  ["sources", "Sources"],
  ["search", "Search"],
  ["method", "Method"],
];
const TOLD_MS = 1600;

class Nav {
  share = button("button", null, "Copy link", () => this.copyLink());

  /** @param {HTMLElement} root @param {Page} page */
  constructor(root, page) {
    const { store, exported } = page;
    this.store = store;
    const views = VIEWS.filter(([view]) => !exported || view !== "search");
    this.links = views.map(([view, words]) => el("a", { href: `?view=${view}`, "data-view": view }, words));
    this.menu = exported ? null : new Menu(page);
    const present = button("button", null, "Present", () => this.present());
    const actions = this.menu ? [present, this.menu.box, this.share] : [present];
    const pages = el("nav", { class: "views", "aria-label": "Pages" }, ...this.links);
    root.replaceChildren(pages, el("div", { class: "actions" }, ...actions));
  }

  /** Present from the selected stop. */
  present() {
    const at = this.store.visibleStops().findIndex((stop) => stop.id === this.store.query.stop);
    this.store.act({ ...CLOSED, view: "present", slide: String(at < 0 ? 1 : at + 2) });
  }

  async copyLink() {
    const done = await toClipboard(location.href);
    this.share.textContent = done ? "Link copied" : "Copy it from the address bar";
    setTimeout(() => {
      this.share.textContent = "Copy link";
    }, TOLD_MS);
  }

  /** @param {Query} query @param {Trip} trip */
  take({ view = "" }, trip) {
    this.menu?.offer(trip);
    for (const link of this.links) {
      if (link.dataset.view === view) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
  }
}

/** @type {Mount} */
export function mount(root, page) {
  const part = new Nav(root, page);
  return page.store.subscribe((query, trip) => part.take(query, trip));
}
