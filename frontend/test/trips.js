// Small invented trips for the tests.

/** @import { StopFeature, StopProperties, Trip } from "../types.d.ts" */

/** @param {string} id @param {Partial<StopProperties>} more @returns {StopFeature} */
export const stop = (id, more = {}) => ({
  type: "Feature",
  id,
  geometry: { type: "Point", coordinates: [0, 0] },
  properties: {
    number: "1",
    name: id,
    country: "Britain",
    country_code: "GB",
    short_days: "3 May",
    date_basis: "stated",
    status: "visited",
    precision: "city",
    verdict: "Reported by 1",
    ...more,
  },
});

/** @param {readonly StopFeature[]} stops @param {Partial<Trip>} more @returns {Trip} */
export const tripOf = (stops, more = {}) => ({
  title: "A voyage",
  traveller: "Ada Marsh",
  first: "2031-05-03",
  last: "2031-05-09",
  activity: {},
  countries: { GB: "Britain", IE: "Ireland" },
  people: [],
  shapes: [],
  stops: { type: "FeatureCollection", features: stops },
  legs: { type: "FeatureCollection", features: [] },
  overview: "",
  ...more,
});

export const VOYAGE = tripOf([
  stop("brindle", { first_day: "2031-05-03", last_day: "2031-05-03" }),
  stop("calder", { country: "Ireland", country_code: "IE", first_day: "2031-05-04", last_day: "2031-05-06" }),
  stop("dunmore", { first_day: "2031-05-09", last_day: "2031-05-09" }),
]);
