// The menu of the formats in which the view can be taken away.

/** @import { Page, Trip } from "../../types.d.ts" */

import { el } from "../core/dom.js";
import { PATHS } from "../core/pages.js";

const REVOKE_MS = 60000;

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
    const item = el("button", { type: "button", onclick: () => this.write(item, name, label) }, label);
    return item;
  }

  /** @param {HTMLButtonElement} item @param {string} name @param {string} label */
  async write(item, name, label) {
    item.disabled = true;
    item.textContent = `${label}: being written …`;
    const url = this.pages.address(PATHS.file(name, this.store.query));
    const problem = await download(url).catch((error) => error);
    item.disabled = false;
    item.textContent = problem ? `${label}: ${problem.message}` : label;
    if (!problem) this.box.open = false;
  }
}

/** Fetch a file and hand it to the reader under the name that the application gives it. @param {string} url */
async function download(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`could not be written (${response.status})`);
  const name = /filename="([^"]+)"/.exec(response.headers.get("content-disposition") ?? "");
  const link = el("a", { href: URL.createObjectURL(await response.blob()), download: name?.[1] ?? "trip" });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), REVOKE_MS);
}
