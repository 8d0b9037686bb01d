import assert from "node:assert/strict";
import { test } from "node:test";
import { changeOf, follower } from "../src/core/links.js";

const store = /** @type {any} */ ({ reach: (/** @type {string} */ stop) => ({ stop, country: null }) });
const closed = { source: null, passage: null };

test("each kind of link changes its own words", () => {
  assert.deepEqual(changeOf({ source: "log", passage: "3-9" }, store), { source: "log", passage: "3-9" });
  assert.deepEqual(changeOf({ source: "log" }, store), { source: "log", passage: null });
  assert.deepEqual(changeOf({ person: "tom" }, store), { ...closed, person: "tom", stop: null, view: null });
  assert.deepEqual(changeOf({ goStop: "calder" }, store), { ...closed, stop: "calder", country: null, view: null });
  assert.deepEqual(changeOf({ view: "evidence" }, store), { ...closed, view: "evidence" });
  assert.deepEqual(changeOf({ view: "" }, store), { ...closed, view: null });
  assert.equal(changeOf({}, store), null);
});

/** Stands in for an element of a document. */
class Fake {
  /** @param {DOMStringMap} dataset @param {Fake | null} link */
  constructor(dataset = {}, link = null) {
    this.dataset = dataset;
    this.link = link;
  }

  /** @param {string} selector */
  closest(selector) {
    assert.equal(selector, "a[href^='?']");
    return this.link;
  }
}

/** Click on something. @param {unknown} target @param {object} more */
function clicked(target, more = {}) {
  Object.assign(globalThis, { Element: Fake, HTMLElement: Fake });
  const acts = /** @type {unknown[]} */ ([]);
  let prevented = false;
  const preventDefault = () => {
    prevented = true;
  };
  const event = { target, defaultPrevented: false, button: 0, preventDefault, ...more };
  follower({ ...store, act: (/** @type {unknown} */ change) => acts.push(change) })(/** @type {any} */ (event));
  return { acts, prevented };
}

test("a click on a link of ours, or on what is in it, is followed here", () => {
  const words = new Fake({}, new Fake({ view: "evidence" }));
  assert.deepEqual(clicked(words), { acts: [{ ...closed, view: "evidence" }], prevented: true });
});

test("any other click is left to the browser", () => {
  const link = new Fake({}, new Fake({ view: "evidence" }));
  const nothing = { acts: [], prevented: false };
  assert.deepEqual(clicked({}), nothing);
  assert.deepEqual(clicked(new Fake()), nothing);
  assert.deepEqual(clicked(new Fake({}, new Fake())), nothing);
  const others = [{ defaultPrevented: true }, { button: 1 }, { ctrlKey: true }, { metaKey: true }, { shiftKey: true }];
  for (const more of others) assert.deepEqual(clicked(link, more), nothing);
});
