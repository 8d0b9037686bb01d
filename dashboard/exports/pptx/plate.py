"""Geometry of a small map: a rectangle of a slide, what part of the world it shows, and what is where in it.

Lengths are inches on the slide, from its top left; places are WGS 84 degrees (longitude, latitude). The projection is
Miller's cylindrical one, stretched so that shapes are true at the middle latitude of what is shown: north is up, and
a great circle over the Arctic stays on the map.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

Spot = tuple[float, float]
Lines = list[list[Spot]]

#: Rounds in which markers push each other apart, and the room between two of them in inches.
ROUNDS, GAP = 400, 0.05


@dataclass(frozen=True)
class Box:
    """A rectangle on the slide, in inches."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        """The x of its right side."""
        return self.x + self.w

    @property
    def bottom(self) -> float:
        """The y of its lower side."""
        return self.y + self.h

    def grown(self, by: float) -> Box:
        """The box with so much more on each side."""
        return Box(self.x - by, self.y - by, self.w + 2 * by, self.h + 2 * by)

    def holds(self, spot: Spot) -> bool:
        """Whether the spot lies in it."""
        return self.x <= spot[0] <= self.right and self.y <= spot[1] <= self.bottom

    def meets(self, other: Box) -> bool:
        """Whether two boxes overlap."""
        return self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom

    def inside(self, other: Box) -> bool:
        """Whether it lies in the other one."""
        return other.holds((self.x, self.y)) and other.holds((self.right, self.bottom))


def miller(lat: float) -> float:
    """Degrees of latitude to degrees of the map, finite also at the poles."""
    return math.degrees(1.25 * math.asinh(math.tan(math.radians(0.8 * lat))))


class Plate:
    """A window on the world in a box of the slide."""

    def __init__(self, box: Box, places: Sequence[Spot], *, least: float, margin: Box | None = None) -> None:
        """Show all these places inside ``margin`` (else in the box), and at least so many degrees of latitude."""
        inner = margin or box
        self.box = box
        self._west = _west(places)
        lats = [lat for _, lat in places] or [0.0]
        middle = max(-70.0, min(70.0, (min(lats) + max(lats)) / 2))
        self._kx, self._ky = math.cos(math.radians(middle)), math.cos(math.radians(0.8 * middle))
        xs, ys = zip(*[self._plane(place) for place in places] or [(0.0, 0.0)], strict=True)
        wide, high = max(xs) - min(xs), max(max(ys) - min(ys), least)
        self._scale = min(inner.w / max(wide, 1e-9), inner.h / high)
        self._scale = max(self._scale, box.w / (360 * self._kx))
        self._x0 = inner.x + inner.w / 2 - (min(xs) + max(xs)) / 2 * self._scale
        self._y0 = inner.y + inner.h / 2 + (min(ys) + max(ys)) / 2 * self._scale
        self._turn = 360 * self._kx * self._scale

    def _plane(self, place: Spot) -> Spot:
        lon, lat = place
        return ((lon - self._west) % 360 + self._west) * self._kx, miller(lat) * self._ky

    def turns(self, flat: Box) -> list[float]:
        """How far to shift a shape to each place where the map, going round the world, shows it in its box.

        ``flat`` bounds it in degrees of longitude and of :func:`miller`, which count upwards.
        """
        left, right = (self._x0 + x * self._kx * self._scale for x in (flat.x, flat.right))
        top, bottom = (self._y0 - y * self._ky * self._scale for y in (flat.bottom, flat.y))
        if bottom < self.box.y or top > self.box.bottom:
            return []
        return self._shifts(left, right)

    def _shifts(self, left: float, right: float) -> list[float]:
        first = math.ceil((self.box.x - right) / self._turn)
        last = math.floor((self.box.right - left) / self._turn)
        return [turn * self._turn for turn in range(first, last + 1)]

    def flat_line(self, spots: Sequence[Spot], shift: float) -> list[Spot]:
        """Where a line of longitudes and :func:`miller` degrees is on the slide."""
        x0, kx, y0, ky = self._x0 + shift, self._kx * self._scale, self._y0, self._ky * self._scale
        return [(x0 + x * kx, y0 - y * ky) for x, y in spots]

    def at(self, place: Spot) -> Spot:
        """Where a place is on the slide, perhaps outside the box."""
        x, y = self._plane(place)
        return self._x0 + x * self._scale, self._y0 - y * self._scale

    def line(self, places: Sequence[Spot]) -> list[Spot]:
        """Where a line is on the slide: it never jumps from one side of the map to the other."""
        spots: list[Spot] = []
        for place in places:
            x, y = self.at(place)
            if spots:
                x += round((spots[-1][0] - x) / self._turn) * self._turn
            spots.append((x, y))
        return spots

    def repeated(self, spots: list[Spot]) -> Iterator[list[Spot]]:
        """The line in each place where the map, going round the world, shows it in its box."""
        xs = [x for x, _ in spots]
        for shift in self._shifts(min(xs), max(xs)):
            yield [(x + shift, y) for x, y in spots]


def _west(places: Sequence[Spot]) -> float:
    """The longitude at which the map begins: in the middle of the widest gap between the places."""
    lons = sorted({lon % 360 for lon, _ in places}) or [180.0]
    gaps = [(b - a, a) for a, b in pairwise([*lons, lons[0] + 360])]
    width, start = max(gaps)
    return start + width / 2 - 360


def clip_ring(ring: Sequence[Spot], box: Box) -> list[Spot]:
    """A closed line cut to a box (Sutherland and Hodgman); empty where nothing of it is inside."""
    sides: tuple[tuple[int, float, int], ...] = (
        (0, box.x, 1), (0, box.right, -1), (1, box.y, 1), (1, box.bottom, -1),
    )  # fmt: skip
    spots = list(ring)
    for axis, limit, sign in sides:
        if not spots:
            return []
        spots = list(_clip_side(spots, axis, limit, sign))
    return spots


def _clip_side(spots: list[Spot], axis: int, limit: float, sign: int) -> Iterator[Spot]:
    before = spots[-1]
    for spot in spots:
        inside, was = (spot[axis] - limit) * sign >= 0, (before[axis] - limit) * sign >= 0
        if inside != was:
            yield _between(before, spot, (limit - before[axis]) / (spot[axis] - before[axis]))
        if inside:
            yield spot
        before = spot


def _between(a: Spot, b: Spot, share: float) -> Spot:
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share


def clip_line(line: Sequence[Spot], box: Box) -> Lines:
    """The parts of a line that lie in a box (Liang and Barsky)."""
    parts: Lines = []
    for a, b in pairwise(line):
        cut = _clip_segment(a, b, box)
        if cut is None:
            continue
        if parts and parts[-1][-1] == cut[0]:
            parts[-1].append(cut[1])
        else:
            parts.append(list(cut))
    return parts


def _clip_segment(a: Spot, b: Spot, box: Box) -> tuple[Spot, Spot] | None:
    enter, leave = 0.0, 1.0
    dx, dy = b[0] - a[0], b[1] - a[1]
    for step, room in ((-dx, a[0] - box.x), (dx, box.right - a[0]), (-dy, a[1] - box.y), (dy, box.bottom - a[1])):
        if step == 0 and room < 0:
            return None
        if step < 0:
            enter = max(enter, room / step)
        elif step > 0:
            leave = min(leave, room / step)
    if enter > leave:
        return None
    return a if enter == 0 else _between(a, b, enter), b if leave == 1 else _between(a, b, leave)


def thin(spots: Sequence[Spot], step: float) -> list[Spot]:
    """The line without points that lie nearer than ``step`` to the one kept before; its ends stay."""
    kept = [spots[0]]
    for spot in spots[1:-1]:
        if math.dist(spot, kept[-1]) >= step:
            kept.append(spot)
    return [*kept, spots[-1]] if len(spots) > 1 else kept


@dataclass
class Disc:
    """A round marker: where its place is, its radius, and where it is drawn so that it hides no other."""

    home: Spot
    radius: float
    spot: Spot

    @property
    def is_moved(self) -> bool:
        """Whether it stands so far off its place that a line has to lead there."""
        return math.dist(self.home, self.spot) > 0.04

    def box(self) -> Box:
        """The square around it."""
        return Box(self.spot[0] - self.radius, self.spot[1] - self.radius, 2 * self.radius, 2 * self.radius)


def spread(discs: Sequence[Disc], box: Box) -> None:
    """Push discs apart until none covers another, keeping each in the box and near its place."""
    for _ in range(ROUNDS):
        moved = [_push(a, b, turn) for n, a in enumerate(discs) for turn, b in enumerate(discs[n + 1 :], n + 1)]
        for disc in discs:
            inner = box.grown(-disc.radius - GAP)
            x, y = disc.spot
            disc.spot = max(inner.x, min(inner.right, x)), max(inner.y, min(inner.bottom, y))
        if not any(moved):
            return


def _push(a: Disc, b: Disc, turn: int) -> bool:
    apart, distance = a.radius + b.radius + GAP, math.dist(a.spot, b.spot)
    if distance >= apart:
        return False
    # Discs at the same place fan out by the golden angle.
    angle = turn * 2.4 if distance < 0.005 else math.atan2(b.spot[1] - a.spot[1], b.spot[0] - a.spot[0])
    shift = (apart - distance) / 2 + 0.005
    x, y = math.cos(angle) * shift, math.sin(angle) * shift
    a.spot, b.spot = (a.spot[0] - x, a.spot[1] - y), (b.spot[0] + x, b.spot[1] + y)
    return True


def place_label(
    disc: Disc, w: float, h: float, frame: Box, taken: Iterable[Box], free: Callable[[Box], int]
) -> Box | None:
    """A box for a name beside a disc: where it fits the frame and covers nothing taken; None where it never does.

    Of the places that are left, the one is taken of which ``free`` is least: what else it would lie on.
    """
    x, y, r = *disc.spot, disc.radius + 0.06
    d = r * 0.75
    places = [
        Box(x + r, y - h / 2, w, h),
        Box(x - r - w, y - h / 2, w, h),
        Box(x - w / 2, y + r, w, h),
        Box(x - w / 2, y - r - h, w, h),
        Box(x + d, y + d, w, h),
        Box(x + d, y - d - h, w, h),
        Box(x - d - w, y + d, w, h),
        Box(x - d - w, y - d - h, w, h),
    ]
    others = list(taken)
    fitting = [place for place in places if place.inside(frame) and not any(place.meets(other) for other in others)]
    return min(fitting, key=free, default=None)
