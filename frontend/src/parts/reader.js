// The reader: a source text lies open beside the claim, scrolled to the passage it rests on, which is marked. Closing it
// returns to where one was.

/** @import { Mount, Page, Query } from "../../types.d.ts" */

import { button, el, find, toClipboard } from "../core/dom.js";
import { PATHS } from "../core/pages.js";
import { CLOSED } from "../core/query.js";
import { Held, markPassage, passagesOf, wordsOf } from "./passage.js";
import { stepFrom } from "./passages.js";

const COPY = "Copy as footnote";
const TOLD_MS = 1600;
const BODY = { class: "reader-body", tabindex: 0, role: "region", "aria-label": "Text of the source" };

class Reader {
  body = el("div", BODY);
  previous = tool("Previous passage", "‹ Previous", () => this.go(-1));
  next = tool("Next passage", "Next ›", () => this.go(1));
  where = el("span", { class: "where" });
  copy = tool("Copy the passage as a footnote", COPY, () => this.copyFootnote());
  /** @type {string | undefined} */
  source;
  /** @type {string | undefined} */
  passage;
  /** Where the focus was before. @type {Element | null} */
  returnTo = null;
  failed = false;

  /** @param {HTMLElement} root @param {Page} page */
  constructor(root, { store, pages }) {
    this.store = store;
    this.pages = pages;
    const close = tool("Close the source", "Close", () => store.act(CLOSED));
    const tools = el("div", { class: "reader-tools" }, this.previous, this.where, this.next, this.copy, close);
    const panel = el("section", { class: "reader", "aria-label": "Source" }, tools, this.body);
    root.replaceChildren(panel);
    this.held = new Held(panel);
  }

  /** @param {Query} query */
  take({ source, passage }) {
    const other = source !== this.source;
    const moved = passage !== this.passage;
    if (other && source && !this.source) this.returnTo = document.activeElement;
    this.source = source;
    this.passage = passage;
    if (!source) this.close(other);
    else if (other || this.failed) this.open(source);
    else if (moved && this.body.firstChild) this.showPassage();
  }

  /** @param {boolean} wasOpen */
  close(wasOpen) {
    this.body.replaceChildren();
    if (wasOpen && this.returnTo instanceof HTMLElement && this.returnTo.isConnected) {
      this.returnTo.focus({ preventScroll: true });
    }
  }

  /** @param {string} id */
  async open(id) {
    this.failed = false;
    this.body.replaceChildren();
    const html = await this.pages.get(PATHS.source(id)).catch((error) => error);
    if (this.source !== id) return;
    this.failed = html instanceof Error; // to be asked for again
    if (this.failed) this.body.textContent = html.message;
    else this.fill(html);
  }

  /** @param {string} html */
  fill(html) {
    this.body.innerHTML = html;
    this.showPassage();
    this.held.watch(find(this.body, ".reader-text"));
    find(this.body, "h2").focus({ preventScroll: true });
  }

  showPassage() {
    const first = markPassage(this.body, this.passage);
    this.held.hold(first);
    if (!first) this.body.scrollTop = 0;
    const all = passagesOf(this.body);
    const at = all.indexOf(this.passage ?? "");
    this.where.textContent = at >= 0 ? `${at + 1} of ${all.length} used passages` : `${all.length} used passages`;
    this.previous.disabled = at === 0 || !all.length;
    this.next.disabled = at === all.length - 1 || !all.length;
    this.copy.textContent = COPY;
  }

  /** @param {number} direction */
  go(direction) {
    const target = stepFrom(passagesOf(this.body), this.passage, direction);
    if (target) this.store.act({ passage: target });
  }

  async copyFootnote() {
    const { footnote } = find(this.body, ".reader-text").dataset;
    const words = wordsOf(this.body);
    const done = await toClipboard(words ? `“${words}” ${footnote}.` : `${footnote}.`);
    this.copy.textContent = done ? "Copied" : "Could not copy";
    setTimeout(() => {
      this.copy.textContent = COPY;
    }, TOLD_MS);
  }
}

/** @param {string} title @param {string} words @param {() => void} onclick */
const tool = (title, words, onclick) => button("button", null, words, onclick, { title });

/** @type {Mount} */
export function mount(root, page) {
  const part = new Reader(root, page);
  return page.store.subscribe((query) => part.take(query));
}
