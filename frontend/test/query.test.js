import assert from "node:assert/strict";
import { test } from "node:test";
import {
  address,
  CLOSED,
  cleaned,
  FILTERS,
  filterKey,
  KEYS,
  RESET,
  sameFilters,
  shows,
  slideOf,
} from "../src/core/query.js";
import cases from "./filter-cases.json" with { type: "json" };

/** @import { StopProperties } from "../types.d.ts" */

for (const { why, query, left } of cases.cases) {
  test(`the filters leave the right stops: ${why}`, () => {
    const test = shows(query);
    const stops = cases.stops.filter((stop) => test(/** @type {any} */ (stop)));
    assert.deepEqual(
      stops.map((stop) => stop.id),
      left,
    );
  });
}

test("a stop without people is met by nobody", () => {
  const bare = /** @type {StopProperties} */ ({ country_code: "GB" });
  assert.equal(shows({ person: "tom" })(bare), false);
  assert.equal(shows({})(bare), true);
});

test("a key stands for the filters and nothing else", () => {
  assert.equal(sameFilters({ from: "2031-05-03", stop: "calder" }, { from: "2031-05-03", view: "evidence" }), true);
  for (const key of FILTERS) assert.equal(sameFilters({ [key]: "x" }, {}), false);
  assert.notEqual(filterKey({ from: "a" }), filterKey({ to: "a" }));
});

test("an address has the filters that are set, and the words that are named", () => {
  const query = { stop: "calder", country: "GB,IE", person: "tom", q: "sea air" };
  assert.equal(address(query), "country=GB%2CIE&person=tom");
  assert.equal(address(query, ["q"]), "q=sea+air&country=GB%2CIE&person=tom");
  assert.equal(address({}, ["q"]), "");
});

test("what is empty filters nothing", () => {
  assert.deepEqual(cleaned({ stop: "calder", from: null, person: "" }), { stop: "calder" });
});

test("reset lets the filters and the stop go, and closing the source with its passage", () => {
  assert.deepEqual(RESET, { stop: null, from: null, to: null, country: null, person: null });
  assert.deepEqual(CLOSED, { source: null, passage: null });
  assert.ok(Object.keys({ ...RESET, ...CLOSED }).every((key) => KEYS.some((known) => known === key)));
});

test("a presentation begins with its first slide", () => {
  assert.equal(slideOf({}), 1);
  assert.equal(slideOf({ slide: "4" }), 4);
});
