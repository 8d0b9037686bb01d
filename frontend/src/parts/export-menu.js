// The menu of the formats in which the view can be taken away.

/** @import { Page, Trip } from "../../types.d.ts" */

import { el } from "../core/dom.js";
import { PATHS } from "../core/pages.js";
import { FileItem } from "./files.js";

export class Menu {
  summary = el("summary", { class: "button" }, "Export");
  files = el("div", { class: "menu-items" });
  box = el("details", { class: "menu" }, this.summary, this.files);

  /** @param {Page} page */
  constructor({ store, pages }) {
    this.store = store;
    this.pages = pages;
    document.addEventListener("click", (event) => {
      if (event.target instanceof Node && !this.box.contains(event.target)) this.box.open = false;
    });
    this.box.addEventListener("keydown", (event) => this.key(event));
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.key !== "Escape" || !this.box.open) return;
    this.box.open = false;
    this.summary.focus();
    event.stopPropagation();
  }

  /** @param {Trip} trip */
  offer({ exports = [] }) {
    if (!this.files.firstChild) this.files.replaceChildren(...exports.map((format) => this.item(format)));
  }

  /** @param {{ name: string, label: string }} format */
  item({ name, label }) {
    const address = () => this.pages.address(PATHS.file(name, this.store.query));
    return new FileItem(label, address, () => this.close()).box;
  }

  /** Nothing is left to be told, unless another file is on its way. */
  close() {
    if (!this.files.querySelector(".cancel:not([hidden])")) this.box.open = false;
  }
}
