import assert from "node:assert/strict";
import { test } from "node:test";
import { Stops, titleOf } from "../src/core/trip.js";
import { VOYAGE } from "./trips.js";

const stops = () => new Stops(VOYAGE.stops.features);

/** @param {readonly { id: string }[]} found */
const ids = (found) => found.map(({ id }) => id);

test("the visible stops follow each change of the filters and are kept between", () => {
  const it = stops();
  assert.deepEqual(ids(it.visible({})), ["brindle", "calder", "dunmore"]);
  const british = it.visible({ country: "GB" });
  assert.deepEqual(ids(british), ["brindle", "dunmore"]);
  assert.equal(it.visible({ country: "GB", stop: "brindle" }), british);
  assert.deepEqual(ids(it.visible({})), ["brindle", "calder", "dunmore"]);
});

test("a stop that the filters hide is let go", () => {
  assert.deepEqual(stops().settled({ stop: "calder", country: "GB" }), { stop: undefined, country: "GB" });
  assert.deepEqual(stops().settled({ stop: "calder", country: "IE" }), { stop: "calder", country: "IE" });
  assert.deepEqual(stops().settled({ country: "GB" }), { country: "GB" });
  assert.deepEqual(stops().settled({ stop: "atlantis" }), { stop: "atlantis" });
});

test("while presenting the stop is that of the slide", () => {
  const shown = (/** @type {string} */ slide) => stops().settled({ view: "present", slide, country: "GB" }).stop;
  assert.deepEqual(["1", "2", "3", "4"].map(shown), [undefined, "brindle", "dunmore", undefined]);
  assert.equal(stops().settled({ view: "present", stop: "calder" }).stop, undefined);
});

test("a step leads along the visible stops and stays within them", () => {
  const it = stops();
  assert.equal(it.beside({ stop: "brindle" }, 1)?.id, "calder");
  assert.equal(it.beside({ stop: "brindle", country: "GB" }, 1)?.id, "dunmore");
  assert.equal(it.beside({ stop: "dunmore" }, -1)?.id, "calder");
  assert.equal(it.beside({ stop: "dunmore" }, 1), undefined);
  assert.equal(it.beside({ stop: "brindle" }, -1), undefined);
  assert.equal(it.beside({}, 1)?.id, "brindle");
  assert.equal(it.beside({}, -1)?.id, "dunmore");
  assert.equal(it.beside({ country: "FR" }, 1), undefined);
});

test("the title names the stop, or else the page, then trip and traveller", () => {
  const calder = stops().byId.get("calder");
  assert.equal(titleOf({}, VOYAGE, undefined), "A voyage · Ada Marsh");
  assert.equal(titleOf({ view: "evidence" }, VOYAGE, undefined), "Evidence · A voyage · Ada Marsh");
  assert.equal(titleOf({ view: "evidence" }, VOYAGE, calder), "calder · A voyage · Ada Marsh");
});
