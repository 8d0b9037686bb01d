// The date range: one step a day of the trip, a bar for how much the sources report on it, two handles (the ARIA
// slider pattern) and a play button. Dragging filters map and list at once; letting go tells Python.
//
// Not native range inputs: two of them over each other do not share one track, so a press on it moves the upper one
// and not the nearer; each is held within the trip but not by the other; and their thumbs stop short of the track's ends.

/** @import { Change, Mount, Query, Trip } from "../../types.d.ts" */
/** @import { Store } from "../core/store.js" */
/** @import { Range } from "./days.js" */

import { el } from "../core/dom.js";
import { Player } from "../core/player.js";
import { besideDays, filterKey } from "../core/query.js";
import { dayWords, plural, rangeWords } from "../core/words.js";
import { drawBars } from "./bars.js";
import { allDays, barsOf, changeOf, goalOf, moved, nearerEnd, playFrom, playOn, rangeOf } from "./days.js";

const PLAY_MS = 1200;

class Timeline {
  bars = el("div", { class: "bars", "aria-hidden": true });
  chosen = el("div", { class: "chosen", "aria-hidden": true });
  handles = [handle("from", "First day"), handle("to", "Last day")];
  track = el("div", { class: "track" }, this.bars, this.chosen, ...this.handles);
  play = el("button", { type: "button", class: "play", onclick: () => this.pressPlay() });
  count = el("output", { class: "count" });
  player = new Player(
    (playing, sign) => this.showPlaying(playing, sign),
    () => this.playOn(),
  );
  /** @type {string[]} */
  days = [];
  /** @type {Range} */
  range = [0, 0];
  /** @type {Trip | null} */
  trip = null;
  drawnFor = "";
  /** @type {string | null} */
  barsFor = null;
  /** Whether the days play by themselves. */
  playing = false;

  /** @param {HTMLElement} root @param {Store} store */
  constructor(root, store) {
    this.store = store;
    root.replaceChildren(el("div", { class: "timeline" }, this.play, this.track, this.count));
    this.track.addEventListener("pointerdown", (event) => this.press(event));
    this.handles.forEach((node, end) => {
      node.addEventListener("keydown", (event) => this.key(event, end));
    });
    this.player.stop();
  }

  /** @param {Query} query @param {Trip} trip */
  take(query, trip) {
    if (trip === this.trip && filterKey(query) === this.drawnFor) return;
    this.drawnFor = filterKey(query);
    if (trip !== this.trip) this.takeTrip(trip);
    this.drawBars(query, trip);
    this.range = rangeOf(query, this.days);
    this.drawRange();
    this.drawCount(trip);
  }

  /** @param {Trip} trip */
  takeTrip(trip) {
    this.trip = trip;
    this.days = allDays(trip.first, trip.last);
    this.barsFor = null;
  }

  // --- Drawing

  /** The bars follow the other filters, and stay while the days alone change. @param {Query} query @param {Trip} trip */
  drawBars(query, trip) {
    const key = filterKey(besideDays(query));
    if (key === this.barsFor) return;
    this.barsFor = key;
    this.bars.replaceChildren(...drawBars(barsOf(this.days, trip, query)));
  }

  drawRange() {
    const [first, last] = this.range;
    const share = (/** @type {number} */ index) => (100 * index) / this.days.length;
    const [left, right] = [share(first), share(last + 1)];
    this.chosen.style.left = `${left}%`;
    this.chosen.style.right = `${100 - right}%`;
    this.drawHandle(0, left);
    this.drawHandle(1, right);
    for (const bar of this.bars.children) bar.classList.toggle("out", this.isOut(bar.getAttribute("data-day") ?? ""));
  }

  /** @param {number} end @param {number} percent */
  drawHandle(end, percent) {
    const [node, index] = [this.handles[end], this.range[end]];
    if (!node || index === undefined) return;
    node.style.left = `${percent}%`;
    node.setAttribute("aria-valuemin", "0");
    node.setAttribute("aria-valuemax", String(this.days.length - 1));
    node.setAttribute("aria-valuenow", String(index));
    node.setAttribute("aria-valuetext", dayWords(this.day(index), true));
  }

  /** @param {number} index */
  day(index) {
    return this.days[index] ?? "";
  }

  /** @param {string} day */
  isOut(day) {
    return day < this.day(this.range[0]) || day > this.day(this.range[1]);
  }

  /** @param {Trip} trip */
  drawCount(trip) {
    const shown = this.store.visibleStops().length;
    const words = `Showing ${shown} of ${plural(trip.stops.features.length, "stop")}`;
    const days = rangeWords(this.day(this.range[0]), this.day(this.range[1]));
    this.count.replaceChildren(el("b", {}, words), el("span", {}, days));
  }

  // --- Moving an end

  /** @returns {Change} */
  get change() {
    return changeOf(this.range, this.days);
  }

  /** @param {number} end @param {number} index */
  move(end, index) {
    this.range = moved(this.range, end, index, this.days.length);
  }

  /** The day at a place of the screen. @param {number} x */
  dayAt(x) {
    const box = this.track.getBoundingClientRect();
    const index = Math.floor(((x - box.left) / box.width) * this.days.length);
    return Math.min(this.days.length - 1, Math.max(0, index));
  }

  /** @param {PointerEvent} event */
  press(event) {
    this.player.stop();
    const index = this.dayAt(event.clientX);
    const touched = this.handles.indexOf(/** @type {HTMLDivElement} */ (event.target));
    const end = touched < 0 ? nearerEnd(this.range, index) : touched;
    this.track.setPointerCapture(event.pointerId);
    this.handles[end]?.focus({ preventScroll: true });
    this.drag(end, index);
    this.followPointer(end);
    event.preventDefault();
  }

  /** @param {number} end @param {number} index */
  drag(end, index) {
    this.move(end, index);
    this.store.preview(this.change);
  }

  /** Until the pointer is let go. @param {number} end */
  followPointer(end) {
    const held = new AbortController();
    const on = (/** @type {string} */ kind, /** @type {(event: any) => void} */ use) =>
      this.track.addEventListener(kind, use, { signal: held.signal });
    const release = () => {
      held.abort();
      this.store.act(this.change);
    };
    on("pointermove", (event) => this.drag(end, this.dayAt(event.clientX)));
    on("pointerup", release);
    on("pointercancel", release);
  }

  /** @param {KeyboardEvent} event @param {number} end */
  key(event, end) {
    const goal = goalOf(event.key, this.range[end] ?? 0, this.days.length);
    if (goal === null) return;
    event.preventDefault();
    event.stopPropagation();
    this.move(end, goal);
    this.store.act(this.change);
  }

  // --- Playing

  pressPlay() {
    if (this.player.playing) return this.player.stop();
    this.range = playFrom(this.range, this.days.length);
    this.store.preview(this.change);
    this.player.start(PLAY_MS);
  }

  playOn() {
    const next = playOn(this.range, this.days.length);
    if (!next) return false;
    this.range = next;
    this.store.preview(this.change);
    return true;
  }

  /**
   * Python, and with it the address and the browser's history, is told once, when playing has ended.
   *
   * @param {boolean} playing
   * @param {string} sign
   */
  showPlaying(playing, sign) {
    const ended = this.playing && !playing;
    this.playing = playing;
    if (ended) this.store.act(this.change);
    this.play.textContent = sign;
    this.play.setAttribute("aria-label", playing ? "Pause" : "Play the days");
  }
}

/** @param {string} end @param {string} label */
const handle = (end, label) => el("div", { class: `handle ${end}`, role: "slider", tabindex: 0, "aria-label": label });

/** @type {Mount} */
export function mount(root, { store }) {
  const part = new Timeline(root, store);
  const end = store.subscribe((query, trip) => part.take(query, trip));
  return () => {
    part.player.stop();
    end();
  };
}
