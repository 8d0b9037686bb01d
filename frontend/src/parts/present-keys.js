// What the keys of a clicker and of a keyboard do while presenting.

import { isChord, isFor } from "../core/keys.js";

/** @typedef {"forward" | "back" | "first" | "last" | "blank" | "full" | "notes" | "reveal" | "leave"} Command */

const COMMANDS = /** @type {Record<string, Command>} */ ({
  ArrowRight: "forward",
  PageDown: "forward",
  " ": "forward",
  ArrowLeft: "back",
  PageUp: "back",
  Home: "first",
  End: "last",
  b: "blank",
  f: "full",
  n: "notes",
  r: "reveal",
  Escape: "leave",
});

/**
 * Whether a key is the presentation's at all. The bar's buttons and its list keep their own for whoever came to them by
 * keys; whoever clicked them goes on presenting.
 *
 * @param {import("../core/keys.js").Pressed} event
 */
export const isOurs = (event) =>
  !isChord(event) &&
  !isFor(event, "input, [data-keyed] select") &&
  !(event.key === " " && isFor(event, "[data-keyed] button"));

/** What a key asks for; a digit names a slide. @param {string} key @returns {Command | number | null} */
export function commandOf(key) {
  if (/^[1-9]$/.test(key)) return Number(key);
  return COMMANDS[key] ?? COMMANDS[key.toLowerCase()] ?? null;
}
