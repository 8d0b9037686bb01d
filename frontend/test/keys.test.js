import assert from "node:assert/strict";
import { test } from "node:test";
import { isChord, isFor, Keys, meaning } from "../src/core/keys.js";

/** @import { Query } from "../types.d.ts" */

/** A key that was pressed in an element of these kinds. @param {string} key @param {object} more @returns {any} */
const pressed = (key, more = {}, kinds = "body") => ({
  key,
  defaultPrevented: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  target: { closest: (/** @type {string} */ elements) => (elements.split(", ").includes(kinds) ? {} : null) },
  prevented: 0,
  preventDefault() {
    this.prevented += 1;
  },
  ...more,
});

test("PageDown and PageUp step along the stops", () => {
  assert.equal(meaning(pressed("PageDown"), {}), 1);
  assert.equal(meaning(pressed("PageUp"), { stop: "calder" }), -1);
});

test("Escape closes the source first, then the stop", () => {
  assert.deepEqual(meaning(pressed("Escape"), { source: "log", stop: "calder" }), { source: null, passage: null });
  assert.deepEqual(meaning(pressed("Escape"), { stop: "calder" }), { stop: null });
  assert.equal(meaning(pressed("Escape"), {}), null);
});

test("Escape closes the source from a field and beside a page too", () => {
  const closed = { source: null, passage: null };
  assert.deepEqual(meaning(pressed("Escape", {}, "input"), { source: "log" }), closed);
  assert.deepEqual(meaning(pressed("Escape"), { source: "log", view: "evidence" }), closed);
});

test("fields and sliders keep their keys", () => {
  for (const kind of ["input", "textarea", "select", "[role=slider]"]) {
    assert.equal(meaning(pressed("PageDown", {}, kind), {}), null, kind);
    assert.equal(meaning(pressed("Escape", {}, kind), { stop: "calder" }), null, kind);
  }
});

test("an open source and a page beside the map keep the stop", () => {
  for (const query of [{ source: "log" }, { view: "evidence" }]) {
    assert.equal(meaning(pressed("PageDown"), query), null);
  }
  assert.equal(meaning(pressed("Escape"), { view: "evidence", stop: "calder" }), null);
});

test("chords and keys that something else has taken are not ours", () => {
  for (const more of [{ ctrlKey: true }, { metaKey: true }, { altKey: true }, { defaultPrevented: true }]) {
    assert.equal(meaning(pressed("PageDown", more), {}), null, JSON.stringify(more));
  }
  assert.equal(isChord(pressed("a")), false);
  assert.equal(meaning(pressed("a"), {}), null);
});

test("a key may come from what is no element", () => {
  assert.equal(isFor(pressed("a", { target: null }), "input"), false);
  assert.equal(isFor(pressed("a", { target: {} }), "input"), false);
  assert.equal(isFor(pressed("a", {}, "input"), "input"), true);
});

/** @param {Query} query */
function keysOf(query) {
  const done = /** @type {unknown[]} */ ([]);
  const store = {
    query,
    step: (/** @type {number} */ by) => done.push(by),
    act: (/** @type {object} */ c) => done.push(c),
  };
  return { keys: new Keys(/** @type {any} */ (store)), done };
}

test("a key that means something is done and taken, another is left alone", () => {
  const { keys, done } = keysOf({ stop: "calder" });
  const [down, leave, letter] = [pressed("PageDown"), pressed("Escape"), pressed("a")];
  for (const event of [down, leave, letter]) keys.handle(event);
  assert.deepEqual(done, [1, { stop: null }]);
  assert.deepEqual([down.prevented, leave.prevented, letter.prevented], [1, 1, 0]);
});

test("while presenting the presentation comes first, and takes only what is its own", () => {
  const { keys, done } = keysOf({ view: "present", source: "log" });
  const seen = /** @type {string[]} */ ([]);
  keys.present(({ key }) => {
    seen.push(key);
    return key === "n";
  });
  const [mine, leave] = [pressed("n"), pressed("Escape")];
  keys.handle(mine);
  keys.handle(leave);
  assert.deepEqual(seen, ["n", "Escape"]);
  assert.deepEqual(done, [{ source: null, passage: null }]);
  assert.equal(mine.prevented, 1);
});

test("where nothing is presented the presentation is not asked", () => {
  const { keys, done } = keysOf({});
  keys.present(() => assert.fail("asked"));
  keys.handle(pressed("PageDown"));
  assert.deepEqual(done, [1]);
  keysOf({ view: "present" }).keys.handle(pressed("PageDown"));
});

test("0 fits the route into the map, beside no page and in no field", () => {
  assert.equal(meaning(pressed("0"), { stop: "calder" }), "fit");
  assert.equal(meaning(pressed("0"), { view: "evidence" }), null);
  assert.equal(meaning(pressed("0", {}, "input"), {}), null);
  assert.equal(meaning(pressed("0", { ctrlKey: true }), {}), null);
  let fitted = 0;
  const event = pressed("0");
  const store = { query: {}, fit: () => (fitted += 1) };
  new Keys(/** @type {any} */ (store)).handle(event);
  assert.deepEqual([fitted, event.prevented], [1, 1]);
});
