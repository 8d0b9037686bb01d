import assert from "node:assert/strict";
import { test } from "node:test";
import { middleOf, unwrapped } from "../src/map/geometry.js";

/** @import { Position } from "../types.d.ts" */

/** @param {Position[][]} coordinates @returns {any} */
const leg = (...coordinates) => ({ geometry: { type: "MultiLineString", coordinates } });

test("the arrow stands in the middle of the longest line", () => {
  const found = middleOf(
    leg(
      [
        [170, 10],
        [180, 12],
      ],
      [
        [-180, 12],
        [-176, 14],
        [-172, 16],
        [-168, 18],
      ],
    ),
  );
  assert.deepEqual(
    [found.before, found.after],
    [
      [-176, 14],
      [-172, 16],
    ],
  );
  assert.deepEqual(found.point, [-174, 15]);
  assert.deepEqual(
    [found.start, found.end],
    [
      [-180, 12],
      [-168, 18],
    ],
  );
});

test("a line of two points has its arrow between them", () => {
  const found = middleOf(
    leg([
      [0, 0],
      [10, 4],
    ]),
  );
  assert.deepEqual(found.point, [5, 2]);
  assert.deepEqual(
    [found.before, found.after],
    [
      [0, 0],
      [10, 4],
    ],
  );
});

test("of lines of the same length the first has the arrow", () => {
  assert.deepEqual(
    middleOf(
      leg(
        [
          [0, 0],
          [2, 2],
        ],
        [
          [4, 4],
          [6, 6],
        ],
      ),
    ).point,
    [1, 1],
  );
});

test("a shape on one side of the antimeridian stays as it is", () => {
  const ring = [
    [0, 0],
    [10, 0],
    [10, 10],
    [0, 0],
  ];
  assert.deepEqual(unwrapped({ type: "Polygon", coordinates: [ring] }), [[ring]]);
  assert.deepEqual(unwrapped({ type: "MultiPolygon", coordinates: [[ring], [ring]] }), [[ring], [ring]]);
});

test("a shape that crosses the antimeridian eastwards runs on and is drawn on both edges", () => {
  const ring = [
    [170, 60],
    [180, 62],
    [-170, 64],
    [-175, 66],
    [170, 60],
  ];
  const [here, there, ...more] = unwrapped({ type: "Polygon", coordinates: [ring] });
  assert.deepEqual(here, [
    [
      [170, 60],
      [180, 62],
      [190, 64],
      [185, 66],
      [170, 60],
    ],
  ]);
  assert.deepEqual(there, [
    [
      [-190, 60],
      [-180, 62],
      [-170, 64],
      [-175, 66],
      [-190, 60],
    ],
  ]);
  assert.deepEqual(more, []);
});

test("a shape that crosses westwards runs on to the west", () => {
  const [here, there] = unwrapped({
    type: "Polygon",
    coordinates: [
      [
        [-170, 0],
        [170, 0],
        [175, 5],
        [-170, 0],
      ],
    ],
  });
  assert.deepEqual(here, [
    [
      [-170, 0],
      [-190, 0],
      [-185, 5],
      [-170, 0],
    ],
  ]);
  assert.deepEqual(there, [
    [
      [190, 0],
      [170, 0],
      [175, 5],
      [190, 0],
    ],
  ]);
});

test("a shape that only touches the antimeridian does not cross it", () => {
  const ring = [
    [170, 0],
    [180, 0],
    [180, 10],
    [170, 0],
  ];
  assert.deepEqual(unwrapped({ type: "Polygon", coordinates: [ring] }), [[ring]]);
});

test("a jump of half the world is a long line, not a crossing", () => {
  const ring = [
    [-90, 0],
    [90, 0],
    [-90, 0],
  ];
  assert.deepEqual(unwrapped({ type: "Polygon", coordinates: [ring] }), [[ring]]);
});
