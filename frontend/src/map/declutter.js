// Keeps markers, names and the card from hiding each other: pure geometry in pixels of the map's frame.

/** @import { Point, Precision } from "../../types.d.ts" */

/** @typedef {{ home: Point, offset: Point, r: number }} Disc a marker: its true point, how far it moved, its radius */
/** @typedef {{ at: Point, r: number, width: number, scale: number }} Label a marker's place and its name's width */
/** @typedef {{ left: number, right: number, top: number, bottom: number }} Box */
/** @typedef {{ x: number, y: number, covers: number, away: number }} Place */

const GAP = 5; // between the rims of two markers
const RADIUS = { country: 22, other: 17 }; // as in map.css
const ROUNDS = 60; // after which discs may lie farther away
const MOST_PAIRS = 500000; // compared at most, however many discs there are; but each at least in some rounds
const FAR = 46; // pixels at scale 1: a disc lies no farther from its true point, unless that would hide another
const FARTHER = 1.25; // by how much that grows where there is no room
const SAME = 0.5; // nearer than this is the same point
const FAN = 2.4; // the golden angle, in radians
const NAME_HEIGHT = 18;
const EDGE = 4; // between a name and the edge of the frame
const CARD_EDGE = 8;
const CARD_GAP = 28; // between a marker's point and its card
const CARD_STEP = 24; // of the places that are tried

/** A marker keeps the room that it needs when selected, so that selecting moves none. */
export const radius = (/** @type {Precision} */ precision, scale = 1) =>
  scale * (precision === "country" ? RADIUS.country : RADIUS.other);

/** @param {Disc} disc @returns {Point} where it stands */
export const placeOf = ({ home, offset }) => ({ x: home.x + offset.x, y: home.y + offset.y });

/**
 * Push discs apart until none covers another; each stays near its true point, and as near as that allows where they are
 * too many: then all may lie a little farther, again and again.
 *
 * @param {Disc[]} discs
 * @param {number} scale
 */
export function spread(discs, scale = 1) {
  for (const disc of discs) disc.offset = { x: 0, y: 0 };
  const rounds = Math.max(ROUNDS, MOST_PAIRS / discs.length ** 2);
  let far = FAR * scale;
  for (let round = 1; round <= rounds && pushAll(discs); round += 1) {
    if (round % ROUNDS === 0) far *= FARTHER;
    for (const disc of discs) hold(disc, far);
  }
}

/** Draw a disc back that lies too far from its true point. @param {Disc} disc @param {number} far */
function hold(disc, far) {
  const { x, y } = disc.offset;
  const away = Math.hypot(x, y);
  if (away > far) disc.offset = { x: (x * far) / away, y: (y * far) / away };
}

/** @param {Disc[]} discs @returns {boolean} whether any was moved */
function pushAll(discs) {
  let moved = false;
  discs.forEach((a, i) => {
    for (let j = i + 1; j < discs.length; j += 1) moved = push(a, /** @type {Disc} */ (discs[j]), j) || moved;
  });
  return moved;
}

/** @param {Disc} a @param {Disc} b @param {number} turn by which discs at the same point fan out */
function push(a, b, turn) {
  const [from, to] = [placeOf(a), placeOf(b)];
  const distance = Math.hypot(to.x - from.x, to.y - from.y);
  const apart = a.r + b.r + GAP;
  if (distance >= apart) return false;
  const angle = distance < SAME ? turn * FAN : Math.atan2(to.y - from.y, to.x - from.x);
  const by = (apart - distance) / 2 + 0.5;
  a.offset = { x: a.offset.x - Math.cos(angle) * by, y: a.offset.y - Math.sin(angle) * by };
  b.offset = { x: b.offset.x + Math.cos(angle) * by, y: b.offset.y + Math.sin(angle) * by };
  return true;
}

/**
 * Where names stand, from the middle of their markers: right, left, below or above it, where they cover nothing; null
 * where none of these fits.
 *
 * @param {Label[]} labels
 * @param {Point} size of the frame
 * @returns {(Point | null)[]}
 */
export function namePlaces(labels, size) {
  const taken = labels.map(({ at, r }) => boxAround(at, r - 2));
  return labels.map((label) => {
    const place = besides(label).find((corner) => isFree(nameBox(label, corner), taken, size.x));
    if (place) taken.push(nameBox(label, place));
    return place ?? null;
  });
}

/** @param {Label} label @returns {Point[]} */
function besides({ r, width, scale }) {
  const [far, half] = [r + 2, (NAME_HEIGHT / 2) * scale];
  return [
    { x: far, y: -half },
    { x: -far - width, y: -half },
    { x: -width / 2, y: far },
    { x: -width / 2, y: -far - 2 * half },
  ];
}

/** @param {Label} label @param {Point} corner @returns {Box} */
function nameBox({ at, width, scale }, corner) {
  const [left, top] = [at.x + corner.x, at.y + corner.y];
  return { left, right: left + width, top, bottom: top + NAME_HEIGHT * scale };
}

/** @param {Box} box @param {Box[]} taken @param {number} width of the frame */
const isFree = (box, taken, width) =>
  box.left >= EDGE && box.right <= width - EDGE && !taken.some((other) => overlap(box, other));

/** @param {Point} at @param {number} r @returns {Box} */
const boxAround = ({ x, y }, r) => ({ left: x - r, right: x + r, top: y - r, bottom: y + r });

/** @param {Box} a @param {Box} b */
export const overlap = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/**
 * The place for the card that covers the fewest markers and, among those, is nearest to its own.
 *
 * @param {Point} home
 * @param {{ at: Point, r: number }[]} markers
 * @param {Point} card its size
 * @param {Point} size of the frame
 * @returns {Place}
 */
export function cardPlace(home, markers, card, size) {
  const right = Math.max(CARD_EDGE, size.x - card.x - CARD_EDGE);
  const bottom = Math.max(CARD_EDGE, size.y - card.y - CARD_EDGE);
  const taken = markers.map(({ at, r }) => boxAround(at, r));
  const places = wanted(home, card, right, bottom).map(({ x, y }) =>
    judged({ x: clamp(x, CARD_EDGE, right), y: clamp(y, CARD_EDGE, bottom) }, home, card, taken),
  );
  return places.reduce((best, place) => (isBetter(place, best) ? place : best));
}

/** @param {Point} home @param {Point} card @param {number} right @param {number} bottom @returns {Point[]} */
function wanted(home, card, right, bottom) {
  const [middleX, middleY] = [home.x - card.x / 2, home.y - card.y / 2];
  const places = [
    { x: home.x + CARD_GAP, y: middleY },
    { x: home.x - CARD_GAP - card.x, y: middleY },
    { x: middleX, y: home.y + CARD_GAP },
    { x: middleX, y: home.y - CARD_GAP - card.y },
  ];
  for (let x = CARD_EDGE; x <= right; x += CARD_STEP)
    for (let y = CARD_EDGE; y <= bottom; y += CARD_STEP) places.push({ x, y });
  return places;
}

/** @param {Point} corner @param {Point} home @param {Point} card @param {Box[]} taken @returns {Place} */
function judged({ x, y }, home, card, taken) {
  const box = { left: x, right: x + card.x, top: y, bottom: y + card.y };
  const away = Math.hypot(x + card.x / 2 - home.x, y + card.y / 2 - home.y);
  return { x, y, covers: taken.filter((other) => overlap(box, other)).length, away };
}

/** @param {Place} a @param {Place} b */
const isBetter = (a, b) => a.covers < b.covers || (a.covers === b.covers && a.away < b.away);

/** @param {number} value @param {number} low @param {number} high */
const clamp = (value, low, high) => Math.max(low, Math.min(value, high));
