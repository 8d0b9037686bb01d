// The quiet bar of the presentation: where one is, how long it has taken, and what can be done.

import { button, el } from "../core/dom.js";
import { clockWords } from "./slides.js";

/** @import { Command } from "./present-keys.js" */
/** @typedef {Command | "play"} Tool */

const SECONDS = [5, 10, 20, 30, 60];
const OPTIONS = /** @type {const} */ (["reveal", "notes", "blank"]);
const FULL = "Not possible here";

/** @type {[Tool, string, string][]} */
const BEFORE = [
  ["back", "Back (Left)", "‹"],
  ["forward", "Forward (Right)", "›"],
  ["play", "Play by itself", "▶"],
];
/** @type {[Tool, string, string][]} */
const AFTER = [
  ["reveal", "Hide the stops ahead (R)", "Reveal"],
  ["notes", "Speaker notes (N)", "Notes"],
  ["blank", "Blank the screen (B)", "Blank"],
  ["full", "Full screen (F)", "Full screen"],
  ["leave", "Back to exploring (Esc)", "Close"],
];

export class Bar {
  where = el("span", { class: "where" });
  clock = el("span", { class: "clock", title: "Time since the presentation began" });
  pace = el(
    "select",
    { "aria-label": "Seconds a slide" },
    ...SECONDS.map((n) => el("option", { value: n, selected: n === 10 }, `${n} s`)),
  );
  /** @type {Map<Tool, HTMLButtonElement>} */
  tools = new Map();

  /** @param {(tool: Tool) => void} use */
  constructor(use) {
    const before = BEFORE.map((tool) => this.tool(tool, use));
    const after = AFTER.map((tool) => this.tool(tool, use));
    this.box = el("div", { class: "present-bar" }, this.where, this.clock, ...before, this.pace, ...after);
    this.noteHowItIsUsed();
  }

  /** Whether the focus came by keys: then the bar stays to be seen, and its tools keep their keys. */
  noteHowItIsUsed() {
    const { box } = this;
    let pointing = false;
    const keyed = () => box.toggleAttribute("data-keyed", !pointing);
    const point = (/** @type {boolean} */ is) => () => {
      pointing = is;
      if (is) keyed();
    };
    box.addEventListener("pointerdown", point(true));
    window.addEventListener("pointerup", point(false));
    box.addEventListener("focusin", keyed);
  }

  /** @param {[Tool, string, string]} tool @param {(tool: Tool) => void} use */
  tool([name, label, words], use) {
    const node = button("button", label, words, () => use(name), { title: label });
    this.tools.set(name, node);
    return node;
  }

  /** Milliseconds a slide. */
  get every() {
    return Number(this.pace.value) * 1000;
  }

  /** @param {number} number @param {number} count */
  showPlace(number, count) {
    this.where.textContent = `${number} / ${count}`;
    this.disable("back", number === 1);
    this.disable("forward", number === count);
  }

  /** @param {Tool} name @param {boolean} disabled */
  disable(name, disabled) {
    const node = this.tools.get(name);
    if (node) node.disabled = disabled;
  }

  /** @param {Set<string>} options */
  showOptions(options) {
    for (const name of OPTIONS) this.tools.get(name)?.setAttribute("aria-pressed", String(options.has(name)));
  }

  /** @param {string} sign */
  showPlaying(sign) {
    this.say("play", sign);
  }

  sayNoFullScreen() {
    this.say("full", FULL);
  }

  /** @param {Tool} name @param {string} words */
  say(name, words) {
    const node = this.tools.get(name);
    if (node) node.textContent = words;
  }

  /** @param {number} ms */
  showTime(ms) {
    this.clock.textContent = clockWords(ms);
  }
}
