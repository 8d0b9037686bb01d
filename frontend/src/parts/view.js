// The pages beside the map: evidence, sources, search and method. The application renders them; here they are fetched,
// follow the filters, and the search field asks as one types.

/** @import { Mount, Page, Query } from "../../types.d.ts" */

import { el, find } from "../core/dom.js";
import { PATHS } from "../core/pages.js";
import { MAX_WORDS } from "../core/query.js";

const PAUSE_MS = 120; // of rest before a search is asked
const SETTLE_MS = 600; // and before it is put into the address bar
const LABEL = "Words, all of which must stand in one sentence; any spelling of a name finds all";
const FIELD = { type: "search", id: "search-field", autocomplete: "off", spellcheck: "false", maxlength: MAX_WORDS };

class View {
  field = el("input", FIELD);
  form = el(
    "form",
    { class: "search-form", role: "search", onsubmit: (/** @type {Event} */ event) => event.preventDefault() },
    el("h2", {}, "Search the sources"),
    el("label", { for: "search-field" }, LABEL),
    this.field,
  );
  body = el("div", { class: "view-body" });
  /** The page that is shown or on its way. @type {string | null} */
  shown = null;
  /** @type {ReturnType<typeof setTimeout>[]} */
  waiting = [];

  /** @param {HTMLElement} root @param {Page} page */
  constructor(root, { store, pages }) {
    this.root = root;
    this.store = store;
    this.pages = pages;
    root.replaceChildren(this.form, this.body);
    this.field.addEventListener("input", () => this.typed());
    this.body.addEventListener("click", fold);
  }

  typed() {
    for (const timer of this.waiting) clearTimeout(timer);
    const words = () => ({ q: this.field.value.trim() });
    this.waiting = [
      setTimeout(() => this.store.preview(words()), PAUSE_MS),
      setTimeout(() => this.store.act(words()), SETTLE_MS),
    ];
  }

  /** @param {Query} query */
  take(query) {
    const { view = "present", q = "" } = query;
    this.form.hidden = view !== "search";
    if (view === "search" && document.activeElement !== this.field) this.field.value = q;
    const path = pathOf(view, query);
    if (path) this.load(path);
    else this.clear();
  }

  clear() {
    this.shown = null;
    this.body.replaceChildren();
  }

  /** @param {string} path */
  async load(path) {
    if (this.shown === path) return;
    const fresh = this.shown?.split("?")[0] !== path.split("?")[0];
    this.shown = path;
    const html = await this.pages.get(path).catch((error) => error);
    if (this.shown !== path) return;
    if (html instanceof Error) return this.fail(html);
    this.body.innerHTML = html;
    if (fresh) find(document, ".st-key-view").scrollTop = 0;
  }

  /** @param {Error} error */
  fail(error) {
    this.body.textContent = error.message;
    this.shown = null; // to be asked for again
  }
}

/** @param {string} view @param {Query} query */
function pathOf(view, query) {
  if (view === "evidence" || view === "search") return PATHS[view](query);
  return view === "sources" || view === "method" ? PATHS[view]() : null;
}

/** Fold the meetings of a stop in or out. @param {MouseEvent} event */
function fold(event) {
  const sign = event.target instanceof Element && event.target.closest(".fold");
  if (!sign) return;
  const open = sign.getAttribute("aria-expanded") !== "true";
  sign.setAttribute("aria-expanded", String(open));
  const rows = sign.closest("tbody")?.querySelectorAll(".meeting-row") ?? [];
  for (const row of rows) /** @type {HTMLElement} */ (row).hidden = !open;
}

/** @type {Mount} */
export function mount(root, page) {
  const part = new View(root, page);
  return page.store.subscribe((query) => part.take(query));
}
