import assert from "node:assert/strict";
import { test } from "node:test";
import { changeOf } from "../src/core/links.js";

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
