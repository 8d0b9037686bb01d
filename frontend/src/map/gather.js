// Gathers points that would hide each other, as pure geometry in pixels of the world at zoom 0.

/** @import { StopFeature } from "../../types.d.ts" */
/** @typedef {{ stop: StopFeature, x: number, y: number }} CrowdPoint */
/** @typedef {{ key: number, members: CrowdPoint[], x: number, y: number }} Cell */

const CELL = 34; // pixels: two discs are at least this far apart
const ROW = 1e7; // more cells than any row has
const SAME = 1e-4; // of the world's width at zoom 0: nearer than this is the same place at every zoom

/**
 * Points gathered so that no two discs hide each other: by grid cell, then cells too near joined to the larger.
 *
 * @param {CrowdPoint[]} points
 * @param {number} scale pixels of the screen to one of the world
 * @returns {Cell[]}
 */
export function gather(points, scale) {
  const cells = gridded(points, scale).sort((a, b) => b.members.length - a.members.length);
  /** @type {Map<number, Cell>} */
  const kept = new Map();
  for (const cell of cells) {
    const host = neighbour(kept, cell, scale);
    if (host) host.members = host.members.concat(cell.members);
    else kept.set(cell.key, cell);
  }
  return [...kept.values()];
}

/** @param {CrowdPoint[]} points @param {number} scale @returns {Cell[]} */
function gridded(points, scale) {
  /** @type {Map<number, CrowdPoint[]>} */
  const grid = new Map();
  for (const point of points) {
    const key = Math.floor((point.x * scale) / CELL) * ROW + Math.floor((point.y * scale) / CELL);
    const cell = grid.get(key);
    if (cell) cell.push(point);
    else grid.set(key, [point]);
  }
  return [...grid].map(([key, members]) => ({ key, members, ...centre(members) }));
}

/** @param {Map<number, Cell>} kept @param {Cell} cell @param {number} scale */
function neighbour(kept, cell, scale) {
  for (const across of [-ROW, 0, ROW]) {
    for (const down of [-1, 0, 1]) {
      const other = kept.get(cell.key + across + down);
      if (other && Math.hypot(other.x - cell.x, other.y - cell.y) * scale < CELL) return other;
    }
  }
  return null;
}

/** @param {CrowdPoint[]} members */
function centre(members) {
  let [x, y] = [0, 0];
  for (const member of members) {
    x += member.x;
    y += member.y;
  }
  return { x: x / members.length, y: y / members.length };
}

/** Whether all members of a cell are at one place, which no zoom takes apart. @param {Cell} cell */
export const isOnePlace = ({ members }) =>
  members.every(({ x, y }) => Math.abs(x - (members[0]?.x ?? x)) < SAME && Math.abs(y - (members[0]?.y ?? y)) < SAME);

/** The radius of a cell's disc, in pixels. @param {Cell} cell */
export const discRadius = ({ members }) => (members.length === 1 ? 7 : members.length < 100 ? 13 : 16);

/** "12", "1.2k". @param {number} count */
export const short = (count) => (count < 1000 ? String(count) : `${Math.round(count / 100) / 10}k`);
