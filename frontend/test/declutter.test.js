import assert from "node:assert/strict";
import { test } from "node:test";
import { cardPlace, namePlaces, overlap, placeOf, radius, spread } from "../src/map/declutter.js";

/** @import { Disc, Label } from "../src/map/declutter.js" */
/** @import { Point } from "../types.d.ts" */

const GAP = 5;

/** @param {number} x @param {number} y @param {number} r @returns {Disc} */
const disc = (x, y, r = 17) => ({ home: { x, y }, offset: { x: 9, y: 9 }, r });

/** @param {Disc[]} discs the least room between two rims */
function leastRoom(discs) {
  const rooms = discs.flatMap((a, i) =>
    discs.slice(i + 1).map((b) => {
      const [p, q] = [placeOf(a), placeOf(b)];
      return Math.hypot(p.x - q.x, p.y - q.y) - a.r - b.r;
    }),
  );
  return Math.min(...rooms);
}

/** @param {number} actual @param {number} wanted */
const near = (actual, wanted, message = "") =>
  assert.ok(Math.abs(actual - wanted) < 1e-6, `${message} ${actual}, wanted ${wanted}`);

test("a marker of a country needs more room, and all need more on a larger stage", () => {
  assert.deepEqual([radius("city"), radius("venue"), radius("country"), radius("country", 2)], [17, 17, 22, 44]);
  assert.equal(radius("city", 1.5), 25.5);
});

test("discs that are apart stay where they are", () => {
  const discs = [disc(0, 0), disc(39, 0)];
  spread(discs);
  assert.deepEqual(
    discs.map(({ offset }) => offset),
    [
      { x: 0, y: 0 },
      { x: 0, y: 0 },
    ],
  );
});

test("two discs part along the line between them, each by half", () => {
  const discs = [disc(100, 100), disc(130, 140, 40)]; // 50 apart, 62 wanted
  spread(discs);
  const by = (17 + 40 + GAP - 50) / 2 + 0.5;
  near(discs[0]?.offset.x ?? 0, -by * 0.6);
  near(discs[0]?.offset.y ?? 0, -by * 0.8);
  near(discs[1]?.offset.x ?? 0, by * 0.6);
  near(discs[1]?.offset.y ?? 0, by * 0.8);
});

test("discs whose rims would be nearer than the gap part too", () => {
  const discs = [disc(0, 0), disc(38.9, 0)];
  spread(discs);
  assert.ok(leastRoom(discs) >= GAP);
  assert.ok((discs[1]?.offset.x ?? 0) > 0);
});

test("discs at one point fan out", () => {
  const discs = [disc(0, 0), disc(0, 0)];
  spread(discs);
  near(discs[1]?.offset.x ?? 0, Math.cos(2.4) * 20);
  near(discs[1]?.offset.y ?? 0, Math.sin(2.4) * 20);
  near(discs[0]?.offset.x ?? 0, -Math.cos(2.4) * 20);
});

test("discs half a pixel apart part along their line, nearer ones fan out", () => {
  const [apart, near_] = [0.5, 0.49].map((x) => {
    const discs = [disc(0, 0), disc(x, 0)];
    spread(discs);
    return Math.abs(discs[1]?.offset.y ?? 0);
  });
  assert.ok((apart ?? 1) < 1e-9);
  assert.ok((near_ ?? 0) > 10);
});

test("many discs at a few places never hide each other and stay near their places", () => {
  const discs = [0, 1, 2, 3, 4, 5, 6, 7, 8].map((n) =>
    disc(200 + 13 * (n % 3), 200 + 11 * Math.floor(n / 3), n % 2 ? 17 : 22),
  );
  spread(discs);
  assert.ok(leastRoom(discs) >= GAP - 0.01, `room ${leastRoom(discs)}`);
  for (const { offset } of discs) assert.ok(Math.hypot(offset.x, offset.y) < 120);
});

/** The places of the bundled trip between Nicosia and Baghdad, degrees east and north, and how wide their marks are. */
const CROWDED = [
  [34.78, 32.08, 17],
  [35.94, 31.95, 17],
  [35.2, 31.9, 17],
  [38.5, 35.0, 22],
  [33.0, 35.0, 22],
  [44.36, 33.31, 17],
  [32.85, 39.92, 17],
];

/** @param {number} zoom @param {number} scale */
const crowded = (zoom, scale) =>
  CROWDED.map(([lon = 0, lat = 0, r = 0]) =>
    disc((lon * 256 * 2 ** zoom) / 360, (-lat * 310 * 2 ** zoom) / 360, r * scale),
  );

test("at every zoom a crowded region is spread, and no disc lies far from its point", () => {
  for (let zoom = 1; zoom < 8; zoom += 0.25) {
    for (const scale of [1, 1.5, 3]) {
      const discs = crowded(zoom, scale);
      spread(discs, scale);
      const far = Math.max(...discs.map(({ offset }) => Math.hypot(offset.x, offset.y)));
      assert.ok(far <= 48 * scale, `zoom ${zoom}, scale ${scale}: ${far}`);
      assert.ok(leastRoom(discs) >= 0, `zoom ${zoom}, scale ${scale}: ${leastRoom(discs)}`);
    }
  }
});

test("where they are too many all may lie farther, and none covers another", () => {
  const discs = Array.from({ length: 25 }, () => disc(0, 0));
  spread(discs);
  assert.ok(leastRoom(discs) >= 0);
});

test("what was spread before is spread anew", () => {
  const discs = [disc(0, 0), disc(10, 0)];
  spread(discs);
  const first = discs.map(placeOf);
  spread(discs);
  assert.deepEqual(discs.map(placeOf), first);
});

test("a crowd without end of room is left after a while", () => {
  const discs = Array.from({ length: 60 }, () => disc(0, 0));
  spread(discs);
  assert.ok(discs.every(({ offset }) => Number.isFinite(offset.x) && Number.isFinite(offset.y)));
});

test("a disc stands at its point and what it moved", () => {
  assert.deepEqual(placeOf({ home: { x: 10, y: 20 }, offset: { x: 1, y: -2 }, r: 1 }), { x: 11, y: 18 });
});

// --- Names

const FRAME = { x: 600, y: 400 };

/** @param {number} x @param {number} y @param {Partial<Label>} more @returns {Label} */
const label = (x, y, more = {}) => ({ at: { x, y }, r: 17, width: 60, scale: 1, ...more });

const RIGHT = { x: 19, y: -9 };
const LEFT = { x: -79, y: -9 };
const BELOW = { x: -30, y: 19 };
const ABOVE = { x: -30, y: -37 };

test("a name stands right of its marker", () => {
  assert.deepEqual(namePlaces([label(300, 200)], FRAME), [RIGHT]);
});

test("at the right edge it stands left, and there is an edge of four pixels", () => {
  assert.deepEqual(namePlaces([label(600 - 4 - 60 - 19, 200)], FRAME), [RIGHT]);
  assert.deepEqual(namePlaces([label(600 - 3 - 60 - 19, 200)], FRAME), [LEFT]);
  assert.deepEqual(namePlaces([label(300, 200)], { x: 302, y: 400 }), [LEFT]);
});

test("where neither side has room it stands below", () => {
  assert.deepEqual(namePlaces([label(79 + 4, 200)], { x: 140, y: 400 }), [LEFT]);
  assert.deepEqual(namePlaces([label(79 + 3, 200)], { x: 140, y: 400 }), [BELOW]);
});

test("another marker's disc is not covered: right, left, below, above, and then nowhere", () => {
  const others = [label(345, 200), label(255, 200), label(300, 240), label(300, 160)].map((other) => ({
    ...other,
    width: 1000, // these find no place themselves
  }));
  const placed = [1, 2, 3, 4].map((count) => namePlaces([label(300, 200), ...others.slice(0, count)], FRAME)[0]);
  assert.deepEqual(placed, [LEFT, BELOW, ABOVE, null]);
});

test("a name does not cover the name before it", () => {
  const [first, second] = namePlaces([label(300, 200), label(390, 200)], FRAME);
  assert.deepEqual(first, LEFT); // its right side is the other's disc
  assert.deepEqual(second, RIGHT);
  const [upper, lower] = namePlaces([label(300, 200), label(340, 218, { r: 2 })], FRAME);
  assert.deepEqual(upper, RIGHT);
  assert.deepEqual(lower, { x: 4, y: -9 });
  const [one, other] = namePlaces([label(300, 200), label(340, 213, { r: 0, width: 30 })], FRAME);
  assert.deepEqual(one, RIGHT);
  assert.notDeepEqual(other, { x: 2, y: -9 });
});

test("on a larger stage names are higher", () => {
  assert.deepEqual(namePlaces([label(300, 200, { scale: 2, r: 34 })], FRAME), [{ x: 36, y: -18 }]);
  const narrow = { x: 310, y: 400 };
  const places = namePlaces([label(300, 200, { scale: 2, r: 34, width: 290 })], narrow);
  assert.deepEqual(places, [null]);
  assert.deepEqual(namePlaces([label(155, 200, { scale: 2, r: 34, width: 290 })], narrow), [{ x: -145, y: 36 }]);
});

test("a marker's disc keeps two pixels of its rim for names that touch it", () => {
  // Its own name begins two pixels outside the rim; another name may come as near as two pixels inside it.
  const touching = namePlaces([label(300, 200), label(300 + 19 + 60 + 15, 200)], FRAME);
  assert.deepEqual(touching[0], RIGHT);
  const nearer = namePlaces([label(300, 200), label(300 + 19 + 60 + 14, 200)], FRAME);
  assert.deepEqual(nearer[0], LEFT);
});

test("boxes that share an edge do not overlap", () => {
  const box = { left: 0, right: 10, top: 0, bottom: 10 };
  assert.equal(overlap(box, box), true);
  assert.equal(overlap(box, { left: 9, right: 20, top: 9, bottom: 20 }), true);
  for (const other of [
    { left: 10, right: 20, top: 0, bottom: 10 },
    { left: -10, right: 0, top: 0, bottom: 10 },
    { left: 0, right: 10, top: 10, bottom: 20 },
    { left: 0, right: 10, top: -10, bottom: 0 },
  ]) {
    assert.equal(overlap(box, other), false);
    assert.equal(overlap(other, box), false);
  }
});

// --- The card

const CARD = { x: 100, y: 60 };

/** @param {Point} home @param {Point[]} markers */
const placed = (home, markers, size = FRAME) =>
  cardPlace(
    home,
    markers.map((at) => ({ at, r: 20 })),
    CARD,
    size,
  );

test("the card stands below its marker where nothing is in the way, for that is nearest", () => {
  const { x, y, covers } = placed({ x: 300, y: 200 }, []);
  assert.equal(covers, 0);
  assert.equal(Math.hypot(x + 50 - 300, y + 30 - 200) < 14, true); // of the places tried, the nearest
});

test("the card covers no marker where there is a place that covers none", () => {
  const home = { x: 300, y: 200 };
  const markers = [home, { x: 340, y: 200 }, { x: 260, y: 200 }, { x: 300, y: 250 }];
  const { x, y, covers, away } = placed(home, markers);
  assert.equal(covers, 0);
  for (const at of markers) {
    const box = { left: at.x - 20, right: at.x + 20, top: at.y - 20, bottom: at.y + 20 };
    assert.equal(overlap({ left: x, right: x + 100, top: y, bottom: y + 60 }, box), false);
  }
  near(away, Math.hypot(x + 50 - home.x, y + 30 - home.y));
});

test("beside its marker it stands right, below, left or above: the nearest that is free, of two the first", () => {
  const narrow = { x: 139, y: 99 }; // the card has hardly more room than itself
  const home = { x: 70, y: 50 };
  const walls = [
    { x: 125, y: 50 },
    { x: 70, y: 85 },
    { x: 10, y: 50 },
  ].map((at) => ({ at, r: 1 }));
  const places = [0, 1, 2, 3].map((count) => cardPlace(home, walls.slice(0, count), CARD, narrow));
  assert.deepEqual(places, [
    { x: 31, y: 20, covers: 0, away: 11 },
    { x: 20, y: 31, covers: 0, away: 11 },
    { x: 8, y: 20, covers: 0, away: 12 },
    { x: 20, y: 8, covers: 0, away: 12 },
  ]);
});

test("where there is room it stands 28 pixels from its marker's point", () => {
  const tall = { x: 300, y: 99 };
  const wall = [{ at: { x: 150, y: 50 }, r: 27.9 }];
  assert.deepEqual(cardPlace({ x: 150, y: 50 }, wall, CARD, tall), { x: 178, y: 20, covers: 0, away: 78 });
  const left = [...wall, { at: { x: 275, y: 50 }, r: 1 }];
  assert.deepEqual(cardPlace({ x: 150, y: 50 }, left, CARD, tall), { x: 22, y: 20, covers: 0, away: 78 });
});

test("it stays in the frame, eight pixels from its edge", () => {
  for (const home of [
    { x: 0, y: 0 },
    { x: 600, y: 0 },
    { x: 0, y: 400 },
    { x: 600, y: 400 },
  ]) {
    const { x, y } = placed(home, []);
    assert.equal(x, home.x ? 492 : 8);
    assert.equal(y, home.y ? 332 : 8);
  }
});

test("where the frame is smaller than the card it begins at the edge", () => {
  assert.deepEqual(placed({ x: 40, y: 40 }, [], { x: 80, y: 50 }), { x: 8, y: 8, covers: 0, away: Math.hypot(18, 2) });
});

test("where every place covers a marker it covers the fewest", () => {
  const small = { x: 116, y: 200 };
  const markers = [
    { x: 58, y: 40 },
    { x: 50, y: 50 },
    { x: 58, y: 100 },
    { x: 58, y: 160 },
  ];
  const { covers, y } = placed({ x: 58, y: 40 }, markers, small);
  assert.equal(covers, 1);
  assert.ok(y > 70);
});
