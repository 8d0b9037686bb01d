import assert from "node:assert/strict";
import { test } from "node:test";
import { isDark } from "../src/core/theme.js";
import { countsOf, daysOf, dayWords, placeOf, plural, rangeWords } from "../src/core/words.js";
import { stepFrom } from "../src/parts/passages.js";
import { stop } from "./trips.js";

test("what a stop has none of is not counted", () => {
  assert.deepEqual(countsOf(stop("calder").properties), []);
  assert.deepEqual(countsOf(stop("calder", { meeting_count: 2 }).properties), ["2 meetings"]);
  assert.deepEqual(countsOf(stop("calder", { quote_count: 1, meeting_count: 0 }).properties), ["1 quote"]);
});

test("counts and days in words", () => {
  assert.deepEqual(
    [0, 1, 2].map((count) => plural(count, "stop")),
    ["0 stops", "1 stop", "2 stops"],
  );
  assert.equal(dayWords("2023-11-04"), "4 November");
  assert.equal(dayWords("2023-11-04", true), "4 November 2023");
  assert.equal(rangeWords("2023-11-04", "2023-11-04"), "4 November 2023");
  assert.equal(rangeWords("2023-11-04", "2023-11-10"), "4 to 10 November 2023");
  assert.equal(rangeWords("2023-10-30", "2023-11-10"), "30 October to 10 November 2023");
  assert.equal(rangeWords("2023-12-30", "2024-01-02"), "30 December 2023 to 2 January 2024");
});

test("how a stop's days are known, and a country is named once", () => {
  const words = (/** @type {"stated" | "inferred" | "dated-line"} */ date_basis) =>
    daysOf(stop("a", { date_basis }).properties);
  assert.deepEqual(
    [words("stated"), words("inferred"), words("dated-line")],
    ["3 May", "3 May (inferred)", "3 May (document date)"],
  );
  assert.equal(placeOf(stop("a", { name: "Calder" }).properties), "Calder, Britain");
  assert.equal(placeOf(stop("a", { name: "Britain" }).properties), "Britain");
});

test("dark and light grounds, however the colour is written", () => {
  for (const colour of ["#10161e", "rgb(16, 22, 30)", "rgba(16, 22, 30, 1)"])
    assert.equal(isDark(colour), true, colour);
  for (const colour of ["#faf8f3", "rgb(250, 248, 243)", ""]) assert.equal(isDark(colour), false, colour);
});

test("the used passage before and after, from one that is used and from one that is not", () => {
  const all = ["10-20", "30-40", "50-60"];
  assert.equal(stepFrom(all, "30-40", 1), "50-60");
  assert.equal(stepFrom(all, "30-40", -1), "10-20");
  assert.equal(stepFrom(all, "50-60", 1), undefined);
  assert.equal(stepFrom(all, "35-38", 1), "50-60");
  assert.equal(stepFrom(all, "35-38", -1), "30-40");
  assert.equal(stepFrom(all, undefined, 1), "10-20");
  assert.equal(stepFrom(all, undefined, -1), undefined);
  assert.equal(stepFrom([], "1-2", 1), undefined);
});
