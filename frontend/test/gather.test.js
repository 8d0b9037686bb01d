import assert from "node:assert/strict";
import { test } from "node:test";
import { discRadius, gather, isOnePlace, short } from "../src/map/gather.js";
import { stop } from "./trips.js";

/** @import { CrowdPoint } from "../src/map/gather.js" */

/** @param {string} id @param {number} x @param {number} y @returns {CrowdPoint} */
const point = (id, x, y) => ({ stop: stop(id), x, y });

/** @param {CrowdPoint[]} points @param {number} scale */
const groups = (points, scale = 1) =>
  gather(points, scale)
    .map(({ members }) => members.map((member) => member.stop.id).sort())
    .sort();

test("points that would hide each other share a disc, whatever cell they are in", () => {
  const points = [point("a", 33, 33), point("b", 35, 35), point("c", 200, 35), point("d", 35, 200)];
  assert.deepEqual(groups(points), [["a", "b"], ["c"], ["d"]]);
  assert.deepEqual(groups([point("a", 33, 10), point("b", 35, 10)]), [["a", "b"]]);
  assert.deepEqual(groups([point("a", 10, 35), point("b", 10, 33)]), [["a", "b"]]);
});

test("nearer, they have discs of their own", () => {
  assert.deepEqual(groups([point("a", 33, 33), point("b", 35, 35)], 64), [["a"], ["b"]]);
});

test("discs of neighbouring cells that are far enough stay apart", () => {
  assert.deepEqual(groups([point("a", 1, 1), point("b", 36, 1)]), [["a"], ["b"]]);
  assert.deepEqual(groups([point("a", 1, 1), point("b", 35, 1)]), [["a"], ["b"]]);
  assert.deepEqual(groups([point("a", 2, 1), point("b", 35, 1)]), [["a", "b"]]);
});

test("the smaller joins the larger, which keeps its place", () => {
  const points = [point("a", 40, 10), point("b", 30, 10), point("c", 28, 10)];
  const [cell, ...more] = gather(points, 1);
  assert.deepEqual(more, []);
  assert.deepEqual(cell && [cell.x, cell.y], [29, 10]);
});

test("a disc's place is the middle of its members", () => {
  const [cell] = gather([point("a", 2, 4), point("b", 6, 10)], 1);
  assert.deepEqual(cell && [cell.x, cell.y], [4, 7]);
});

test("no two discs are nearer than a disc's width", () => {
  const points = Array.from({ length: 500 }, (_, n) => point(String(n), (n * 73) % 401, (n * 131) % 307));
  const cells = gather(points, 1);
  assert.equal(
    cells.reduce((sum, { members }) => sum + members.length, 0),
    500,
  );
  for (const [at, a] of cells.entries()) {
    for (const b of cells.slice(at + 1))
      assert.ok(Math.hypot(a.x - b.x, a.y - b.y) >= 34 || Math.abs(a.key - b.key) > 1e7 + 1);
  }
});

test("one place is what no zoom takes apart", () => {
  const cell = (/** @type {CrowdPoint[]} */ ...members) => ({ key: 0, members, x: 0, y: 0 });
  assert.equal(isOnePlace(cell(point("a", 1, 1), point("b", 1.00009, 1))), true);
  assert.equal(isOnePlace(cell(point("a", 1, 1), point("b", 1.0002, 1))), false);
  assert.equal(isOnePlace(cell(point("a", 1, 1), point("b", 1, 0.9998))), false);
  assert.equal(isOnePlace(cell(point("a", 1, 1))), true);
});

test("a disc is larger the more it stands for, and says how many", () => {
  const of = (/** @type {number} */ count) => ({ key: 0, members: Array(count).fill(point("a", 0, 0)), x: 0, y: 0 });
  assert.deepEqual(
    [1, 2, 99, 100].map((count) => discRadius(of(count))),
    [7, 13, 13, 16],
  );
  assert.deepEqual([2, 999, 1000, 1249, 1250].map(short), ["2", "999", "1k", "1.2k", "1.3k"]);
});
