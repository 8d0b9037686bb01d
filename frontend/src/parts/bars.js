// The bars of the timeline, one for each day or for several.

/** @import { Bar } from "./days.js" */

import { el } from "../core/dom.js";
import { dayWords, plural } from "../core/words.js";
import { isLabelled } from "./days.js";

/** @param {Bar[]} bars */
export const drawBars = (bars) => bars.map((bar) => drawBar(bar, isLabelled(bars)));

/** @param {Bar} bar @param {boolean} labelled */
function drawBar(bar, labelled) {
  const { day, height, guesses } = bar;
  return el(
    "div",
    { class: "bar-cell", "data-day": day, title: titleOf(bar) },
    el("i", { class: "bar", style: `height:${height}%` }),
    guesses.length > 0 && el("i", { class: "inferred-mark" }),
    labelled && el("span", {}, Number(day.slice(8))),
  );
}

/** @param {Bar} bar */
function titleOf({ day, amount, guesses }) {
  const names = guesses.map((stop) => `${stop.name} (${stop.date_reason})`).join("; ");
  const words = `${dayWords(day, true)}: ${plural(amount, "dated item")} (meetings, quotes)`;
  return names ? `${words}; inferred: ${names}` : words;
}
