// The selection as a query: what its words mean, which stops it leaves, and the changes that several parts make.

/** @import { Change, Key, Query, StopProperties } from "../../types.d.ts" */

import * as made from "./query.generated.js";

export const { VIEWS, MAX_WORDS } = made;
export const KEYS = /** @type {readonly Key[]} */ (made.KEYS);
export const FILTERS = /** @type {readonly Key[]} */ (made.FILTERS);

/** Lets a source go that lies open. @type {Change} */
export const CLOSED = { source: null, passage: null };

/** Lets every filter go. @type {Change} */
export const UNFILTERED = Object.fromEntries(FILTERS.map((key) => [key, null]));

/** Lets every filter and the chosen stop go. @type {Change} */
export const RESET = { ...UNFILTERED, stop: null };

/**
 * The filters as a test of a stop; the same rule as Selection.shows in selection.py.
 *
 * @param {Query} query
 * @returns {(stop: StopProperties) => boolean}
 */
export function shows({ country, person, from, to }) {
  const countries = country ? new Set(country.split(",")) : null;
  return ({ country_code, people, first_day, last_day }) =>
    (!countries || countries.has(country_code)) &&
    (!person || Boolean(people?.includes(person))) &&
    (!first_day || !last_day || ((!from || last_day >= from) && (!to || first_day <= to)));
}

/**
 * A query without what is empty.
 *
 * @param {Change} change
 * @returns {Query}
 */
export const cleaned = (change) => Object.fromEntries(Object.entries(change).filter(([, value]) => value));

/** Changes with the filters alone. @param {Query} query */
export const filterKey = (query) => JSON.stringify(FILTERS.map((key) => query[key] || ""));

/** The filters but for the days. @param {Query} query @returns {Query} */
export const besideDays = ({ country, person }) => ({ ...(country && { country }), ...(person && { person }) });

/** Whether two queries leave the same stops. @param {Query} a @param {Query} b */
export const sameFilters = (a, b) => filterKey(a) === filterKey(b);

/**
 * The filters, and whatever other words are named, as the part of an address after the "?".
 *
 * @param {Query} query
 * @param {readonly Key[]} more
 */
export function address(query, more = []) {
  const keys = [...more, ...FILTERS].filter((key) => query[key]);
  return new URLSearchParams(keys.map((key) => [key, String(query[key])])).toString();
}

/** The number of the slide that is presented, from 1. @param {Query} query */
export const slideOf = (query) => Number(query.slide || 1);
