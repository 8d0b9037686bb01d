import assert from "node:assert/strict";
import { test } from "node:test";
import { commandOf, isOurs } from "../src/parts/present-keys.js";
import { clockWords, countOf, outwards, pathOf, within } from "../src/parts/slides.js";
import { VOYAGE } from "./trips.js";

const STOPS = VOYAGE.stops.features;

test("a slide opens, one closes, and each between shows a stop", () => {
  assert.equal(countOf(STOPS), 5);
  const query = { country: "GB" };
  assert.equal(pathOf(1, STOPS, query), "opening.html?country=GB");
  assert.equal(pathOf(2, STOPS, query), "slide/brindle.html");
  assert.equal(pathOf(4, STOPS, query), "slide/dunmore.html");
  assert.equal(pathOf(5, STOPS, query), "closing.html?country=GB");
  assert.deepEqual(
    [-1, 1, 3, 5, 9].map((number) => within(number, STOPS)),
    [1, 1, 3, 5, 5],
  );
});

test("slides are gathered from one outwards, each once", () => {
  assert.deepEqual([...outwards(2, 5, 100)], [2, 3, 1, 4, 5]);
  assert.deepEqual([...outwards(3, 9, 2)], [3, 4, 2]);
});

test("the clock", () => {
  assert.deepEqual([0, 999, 61_000, 3_600_000].map(clockWords), ["00:00", "00:00", "01:01", "60:00"]);
});

test("a clicker's keys lead through, a digit leads to its slide", () => {
  for (const key of ["ArrowRight", "PageDown", " "]) assert.equal(commandOf(key), "forward");
  for (const key of ["ArrowLeft", "PageUp"]) assert.equal(commandOf(key), "back");
  assert.deepEqual(["Home", "End", "b", "B", "f", "n", "Escape"].map(commandOf), [
    "first",
    "last",
    "blank",
    "blank",
    "full",
    "notes",
    "leave",
  ]);
  assert.deepEqual(["1", "9", "0", "x", "12"].map(commandOf), [1, 9, null, null, null]);
});

/** @param {string} key @param {string} kinds @param {object} more @returns {any} */
const pressed = (key, kinds, more = {}) => ({
  key,
  target: { closest: (/** @type {string} */ elements) => (elements.split(", ").includes(kinds) ? {} : null) },
  ...more,
});

test("what the focus came to by keys keeps its own keys", () => {
  assert.equal(isOurs(pressed("n", "body")), true);
  assert.equal(isOurs(pressed("n", "[data-keyed] select")), false);
  assert.equal(isOurs(pressed("n", "select")), true);
  assert.equal(isOurs(pressed("n", "input")), false);
  assert.equal(isOurs(pressed(" ", "[data-keyed] button")), false);
  assert.equal(isOurs(pressed(" ", "button")), true);
  assert.equal(isOurs(pressed("n", "[data-keyed] button")), true);
  assert.equal(isOurs(pressed("n", "body", { ctrlKey: true })), false);
});
