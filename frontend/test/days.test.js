import assert from "node:assert/strict";
import { test } from "node:test";
import { allDays, barsOf, changeOf, goalOf, moved, nearerEnd, playFrom, playOn, rangeOf } from "../src/parts/days.js";
import { stop, tripOf } from "./trips.js";

const DAYS = allDays("2031-05-03", "2031-05-09");

test("every day, over the end of a month and of a year and where clocks change", () => {
  assert.deepEqual(allDays("2030-12-31", "2031-01-02"), ["2030-12-31", "2031-01-01", "2031-01-02"]);
  assert.equal(allDays("2031-03-01", "2031-04-30").length, 61);
  assert.deepEqual(allDays("2031-05-03", "2031-05-03"), ["2031-05-03"]);
});

test("a range and the query say the same; the trip's own ends filter nothing", () => {
  assert.deepEqual(rangeOf({}, DAYS), [0, 6]);
  assert.deepEqual(rangeOf({ from: "2031-05-04", to: "2031-05-06" }, DAYS), [1, 3]);
  assert.deepEqual(changeOf([0, 6], DAYS), { from: null, to: null });
  assert.deepEqual(changeOf([1, 5], DAYS), { from: "2031-05-04", to: "2031-05-08" });
});

test("an end stays within the trip and does not pass the other", () => {
  assert.deepEqual(moved([2, 4], 0, 9, 7), [4, 4]);
  assert.deepEqual(moved([2, 4], 0, -1, 7), [0, 4]);
  assert.deepEqual(moved([2, 4], 1, 0, 7), [2, 2]);
  assert.deepEqual(moved([2, 4], 1, 9, 7), [2, 6]);
  assert.deepEqual(
    [1, 3, 4].map((index) => nearerEnd([2, 4], index)),
    [0, 0, 1],
  );
});

test("the keys of a slider", () => {
  const lead = (/** @type {string} */ key, count = 30) => goalOf(key, 10, count);
  assert.deepEqual(
    ["ArrowRight", "ArrowUp", "ArrowLeft", "ArrowDown"].map((key) => lead(key)),
    [11, 11, 9, 9],
  );
  assert.deepEqual(
    ["PageUp", "PageDown", "Home", "End", "a"].map((key) => lead(key)),
    [13, 7, 0, 29, null],
  );
  assert.equal(lead("PageUp", 4), 11);
});

test("playing goes on from the range or begins anew, and ends at the last day", () => {
  assert.deepEqual(playFrom([2, 4], 7), [0, 5]);
  assert.deepEqual(playFrom([2, 6], 7), [0, 0]);
  assert.deepEqual(playOn([0, 0], 7), [0, 1]);
  assert.deepEqual(playOn([0, 5], 7), [0, 6]);
  assert.equal(playOn([0, 6], 7), null);
  assert.deepEqual(playOn([0, 118], 120), [0, 119]);
  assert.deepEqual(playOn([0, 0], 600), [0, 10]);
});

test("bars are as high as what is reported, and say which stops are there by inference", () => {
  const inferred = { date_basis: /** @type {const} */ ("inferred"), first_day: "2031-05-04", last_day: "2031-05-05" };
  const trip = tripOf([stop("calder", inferred), stop("erith", { date_basis: "inferred" }), stop("brindle")], {
    activity: { brindle: { "2031-05-03": 3, "2031-05-04": 1 }, "": { "2031-05-03": 1 } },
  });
  const bars = barsOf(DAYS, trip);
  assert.deepEqual(
    bars.map(({ height }) => height),
    [100, 25, 0, 0, 0, 0, 0],
  );
  assert.deepEqual(
    bars.map(({ amount }) => amount),
    [4, 1, 0, 0, 0, 0, 0],
  );
  assert.deepEqual(
    bars.map(({ guesses }) => guesses.length),
    [0, 1, 1, 0, 0, 0, 0],
  );
});

test("bars follow the country and the person, on the scale of the whole trip, and not the days", () => {
  const inferred = { date_basis: /** @type {const} */ ("inferred"), first_day: "2031-05-04", last_day: "2031-05-04" };
  const stops = [stop("brindle", { people: ["tom"] }), stop("calder", { ...inferred, country_code: "IE" })];
  const activity = {
    brindle: { "2031-05-03": 2 },
    calder: { "2031-05-03": 1, "2031-05-04": 1 },
    "": { "2031-05-03": 1 },
  };
  const heights = (/** @type {object} */ query) =>
    barsOf(DAYS, tripOf(stops, { activity }), query).map((bar) => bar.height);
  assert.deepEqual(heights({}), [100, 25, 0, 0, 0, 0, 0]);
  assert.deepEqual(heights({ country: "IE" }), [25, 25, 0, 0, 0, 0, 0]);
  assert.deepEqual(heights({ person: "tom" }), [50, 0, 0, 0, 0, 0, 0]);
  assert.deepEqual(heights({ from: "2031-05-04" }), heights({}));
  const guesses = barsOf(DAYS, tripOf(stops, { activity }), { person: "tom" }).map((bar) => bar.guesses.length);
  assert.deepEqual(guesses, [0, 0, 0, 0, 0, 0, 0]);
});

test("a long trip has several days in one bar and no guesses", () => {
  const days = allDays("2031-01-01", "2032-12-31");
  const bars = barsOf(
    days,
    tripOf([stop("calder", { date_basis: "inferred", first_day: "2031-01-01", last_day: "2031-01-09" })]),
  );
  assert.ok(bars.length <= 240);
  assert.equal(bars[1]?.day, days[4]);
  assert.ok(bars.every(({ guesses }) => guesses.length === 0));
});
