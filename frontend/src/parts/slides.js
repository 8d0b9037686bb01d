// The slides of a presentation, counted from 1: an opening one, one for each stop that the filters leave, a closing one.

/** @import { Query, StopFeature } from "../../types.d.ts" */

import { PATHS } from "../core/pages.js";

/** @param {readonly StopFeature[]} stops */
export const countOf = (stops) => stops.length + 2;

/** @param {number} number @param {readonly StopFeature[]} stops */
export const within = (number, stops) => Math.min(Math.max(1, number), countOf(stops));

/** Where the page of a slide is. @param {number} number @param {readonly StopFeature[]} stops @param {Query} query */
export function pathOf(number, stops, query) {
  const stop = stops[number - 2];
  if (stop) return PATHS.slide(stop.id);
  return number === 1 ? PATHS.opening(query) : PATHS.closing(query);
}

/** All numbers from one slide outwards, the nearest first. @param {number} from @param {number} count @param {number} most */
export function* outwards(from, count, most) {
  for (let far = 0; far < Math.min(count, most); far += 1) {
    for (const number of far ? [from + far, from - far] : [from]) if (number >= 1 && number <= count) yield number;
  }
}

/** "02:05". @param {number} ms */
export function clockWords(ms) {
  const passed = Math.floor(ms / 1000);
  return [Math.floor(passed / 60), passed % 60].map((part) => String(part).padStart(2, "0")).join(":");
}
