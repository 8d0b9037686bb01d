// The days of a trip and the range of them that is chosen: pure, as pairs of places in the list of days.

/** @import { Change, Query, StopProperties, Trip } from "../../types.d.ts" */
import { besideDays, shows } from "../core/query.js";

/** @typedef {[first: number, last: number]} Range */
/** @typedef {{ day: string, amount: number, height: number, guesses: StopProperties[] }} Bar */

const DAY_MS = 86400000;
const BARS = 240; // drawn at most; longer trips put several days into one
const LABELLED = 31; // bars at most that carry the day's number
/** What belongs to no stop, in the trip's activity. @type {{ id: string, properties?: StopProperties }} */
const NO_STOP = { id: "" };
const PLAY_STEPS = 60; // at most, however long the trip

/** Every day from the first to the last. @param {string} first an ISO 8601 day @param {string} last */
export function allDays(first, last) {
  const count = Math.round((Date.parse(last) - Date.parse(first)) / DAY_MS) + 1;
  return Array.from({ length: count }, (_, at) => isoDay(Date.parse(first) + at * DAY_MS));
}

/** @param {number} time */
const isoDay = (time) => new Date(time).toISOString().slice(0, 10);

/** @param {Query} query @param {string[]} days @returns {Range} */
export const rangeOf = ({ from, to }, days) => [from ? days.indexOf(from) : 0, to ? days.indexOf(to) : days.length - 1];

/** An end at the trip's own end filters nothing. @param {Range} range @param {string[]} days @returns {Change} */
export const changeOf = ([first, last], days) => ({
  from: first > 0 ? days[first] : null,
  to: last < days.length - 1 ? days[last] : null,
});

/**
 * The range with one end moved, within the trip and not past the other end.
 *
 * @param {Range} range
 * @param {number} end 0 for the first day, 1 for the last
 * @param {number} index
 * @param {number} count
 * @returns {Range}
 */
export function moved([first, last], end, index, count) {
  if (end === 0) return [Math.min(Math.max(0, index), last), last];
  return [first, Math.max(Math.min(count - 1, index), first)];
}

/** The end of the range that is nearer to a day; the first where both are. @param {Range} range @param {number} index */
export const nearerEnd = ([first, last], index) => (Math.abs(index - first) <= Math.abs(index - last) ? 0 : 1);

/**
 * Where a key of the ARIA slider pattern leads; null for another key.
 *
 * @param {string} key
 * @param {number} index
 * @param {number} count
 */
export function goalOf(key, index, count) {
  const leap = Math.max(1, Math.round(count / 10));
  const goals = { Home: 0, End: count - 1, ArrowRight: index + 1, ArrowUp: index + 1 };
  const more = { ArrowLeft: index - 1, ArrowDown: index - 1, PageUp: index + leap, PageDown: index - leap };
  return /** @type {Record<string, number>} */ ({ ...goals, ...more })[key] ?? null;
}

/** Where playing begins: on from the range, or at the first day. @param {Range} range @param {number} count @returns {Range} */
export const playFrom = ([, last], count) => [0, last >= count - 1 ? 0 : last + 1];

/** The next range while playing; null at the end. @param {Range} range @param {number} count @returns {Range | null} */
export function playOn([first, last], count) {
  if (last >= count - 1) return null;
  return moved([first, last], 1, last + Math.max(1, Math.round(count / PLAY_STEPS)), count);
}

/**
 * A bar for each day or, where they are many, for several: how much the sources report of the stops that the other
 * filters leave, and which of them fall on it by inference alone. The highest bar is that of the whole trip, so that a
 * filter takes from the bars and none grows.
 *
 * @param {string[]} days
 * @param {Trip} trip
 * @param {Query} query
 * @returns {Bar[]}
 */
export function barsOf(days, trip, query = {}) {
  const groups = grouped(days, Math.ceil(days.length / BARS));
  const shown = shownBeside(trip, query);
  const amounts = amountsOf(groups, trip, new Set(shown.map(({ id }) => id)));
  const most = Math.max(1, ...amountsOf(groups, trip, new Set(Object.keys(trip.activity))));
  const inferred = isLabelled(groups) ? inferredOf(shown) : [];
  return groups.map(([day = ""], at) => ({
    day,
    amount: amounts[at] ?? 0,
    height: (100 * (amounts[at] ?? 0)) / most,
    guesses: inferred.filter(({ first_day = "", last_day = "" }) => first_day <= day && day <= last_day),
  }));
}

/** Whether there is room for the days' numbers. @param {unknown[]} bars */
export const isLabelled = (bars) => bars.length <= LABELLED;

/** @param {string[]} days @param {number} per */
const grouped = (days, per) =>
  Array.from({ length: Math.ceil(days.length / per) }, (_, at) => days.slice(at * per, (at + 1) * per));

/** The stops that the filters leave but for the days; with no filter also what belongs to no stop. */
function shownBeside(/** @type {Trip} */ trip, /** @type {Query} */ query) {
  const beside = besideDays(query);
  const test = shows(beside);
  const left = trip.stops.features.filter((stop) => test(stop.properties));
  return beside.country || beside.person ? left : [...left, NO_STOP];
}

/** @param {string[][]} groups of days @param {Trip} trip @param {Set<string>} stops ids */
function amountsOf(groups, trip, stops) {
  /** @type {Map<string, number>} */
  const byDay = new Map();
  for (const [id, days] of Object.entries(trip.activity)) {
    if (stops.has(id)) for (const [day, count] of Object.entries(days)) byDay.set(day, (byDay.get(day) ?? 0) + count);
  }
  return groups.map((group) => group.reduce((sum, day) => sum + (byDay.get(day) ?? 0), 0));
}

/** @param {{ properties?: StopProperties }[]} stops */
const inferredOf = (stops) =>
  stops.flatMap(({ properties }) => (properties?.date_basis === "inferred" && properties.first_day ? properties : []));
