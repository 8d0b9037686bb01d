// A trip's stops: found by id, and those that a query leaves.

/** @import { Query, StopFeature, Trip } from "../../types.d.ts" */

import { filterKey, shows, slideOf } from "./query.js";

export class Stops {
  /** @param {readonly StopFeature[]} all in the order of travel */
  constructor(all) {
    this.all = all;
    this.byId = new Map(all.map((stop) => [stop.id, stop]));
    /** @type {readonly StopFeature[]} */
    this.left = all;
    this.leftFor = filterKey({});
  }

  /** The stops that the query's filters leave, in order; found once for each change of the filters. @param {Query} query */
  visible(query) {
    const key = filterKey(query);
    if (key !== this.leftFor) {
      const test = shows(query);
      this.left = this.all.filter((stop) => test(stop.properties));
      this.leftFor = key;
    }
    return this.left;
  }

  /**
   * The query without a stop that its own filters hide; while presenting, with the stop of its slide.
   *
   * @param {Query} query
   * @returns {Query}
   */
  settled(query) {
    return query.view === "present" ? { ...query, stop: this.presented(query) } : this.withoutHidden(query);
  }

  /** The query without a stop that its own filters hide. @param {Query} query @returns {Query} */
  withoutHidden(query) {
    const chosen = query.stop && this.byId.get(query.stop);
    return chosen && !shows(query)(chosen.properties) ? { ...query, stop: undefined } : query;
  }

  /** The stop of a slide: the first slide opens, the last one closes, and each between shows a stop. @param {Query} query */
  presented(query) {
    return this.visible(query)[slideOf(query) - 2]?.id;
  }

  /**
   * The visible stop so many steps after this one; from none, the first or the last.
   *
   * @param {Query} query
   * @param {number} direction
   */
  beside(query, direction) {
    const stops = this.visible(query);
    const at = stops.findIndex((stop) => stop.id === query.stop);
    if (at >= 0) return stops[at + direction];
    return direction > 0 ? stops[0] : stops[stops.length - 1];
  }
}

/**
 * The document's title: the stop or page that is shown, the trip, and whose trip it is.
 *
 * @param {Query} query
 * @param {Trip} trip
 * @param {StopFeature | undefined} stop
 */
export function titleOf({ view }, { title, traveller }, stop) {
  const shown = stop ? stop.properties.name : view && `${view[0]?.toUpperCase()}${view.slice(1)}`;
  return [shown, title, traveller].filter(Boolean).join(" · ");
}
