"""The legs between located stops, in order: great-circle arcs, distances and days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from geographiclib.geodesic import Geodesic

from dashboard.model import Stop

#: Kilometres between two drawn points of an arc; fine enough to look smooth at any zoom that shows a whole leg.
STEP_KM = 100.0
#: Points that all arcs of a trip may have together; the arcs of a trip of thousands of legs are drawn coarser.
MOST_POINTS = 20_000

Position = tuple[float, float]  # longitude, latitude, as GeoJSON has it


class Point(Protocol):
    """A located place: WGS 84 degrees."""

    @property
    def lat(self) -> float:
        """Degrees north."""

    @property
    def lon(self) -> float:
        """Degrees east."""


@dataclass(frozen=True)
class Leg:
    """The way from one stop to the next.

    ``lines`` holds the arc as one or more lines of (longitude, latitude), cut where it crosses 180 degrees;
    ``inferred`` says that the order of one of its ends was concluded, ``planned`` that its end was only announced.
    """

    number: int
    start: str
    end: str
    km: float
    lines: tuple[tuple[Position, ...], ...]
    inferred: bool
    planned: bool


def on_route(stops: Iterable[Stop]) -> list[Stop]:
    """The stops that the route passes: a disputed one is shown on the map, but no leg claims that it was reached."""
    return [stop for stop in stops if stop.status != "disputed"]


def legs(stops: Iterable[Stop], places: Mapping[str, Point]) -> tuple[Leg, ...]:
    """The legs in order of travel. A stop without a place is passed over: its neighbours are joined."""
    route = [stop for stop in on_route(stops) if stop.id in places]
    most_steps = max(2, MOST_POINTS // max(1, len(route)))
    return tuple(_leg(number, a, b, places, most_steps) for number, (a, b) in enumerate(pairwise(route), 1))


def _leg(number: int, start: Stop, end: Stop, places: Mapping[str, Point], most_steps: int) -> Leg:
    a, b = places[start.id], places[end.id]
    inferred = "inferred" in (start.order_basis, end.order_basis)
    arc, km = _arc(a, b, most_steps)
    return Leg(number, start.id, end.id, km, _cut_at_180(arc), inferred, end.status == "announced")


def _arc(a: Point, b: Point, most_steps: int) -> tuple[list[Position], float]:
    """Points along the shortest way on the WGS 84 ellipsoid, and its length in kilometres."""
    line = Geodesic.WGS84.InverseLine(a.lat, a.lon, b.lat, b.lon)
    km = line.s13 / 1000
    steps = min(max(1, round(km / STEP_KM)), most_steps)
    points = [line.Position(line.s13 * n / steps) for n in range(steps + 1)]
    return [(round(p["lon2"], 3), round(p["lat2"], 3)) for p in points], km


def _cut_at_180(arc: list[Position]) -> tuple[tuple[Position, ...], ...]:
    lines: list[list[Position]] = [[arc[0]]]
    for (lon, lat), (next_lon, next_lat) in pairwise(arc):
        if abs(next_lon - lon) > 180:
            edge = 180.0 if lon > 0 else -180.0
            unwrapped = next_lon + (360 if lon > 0 else -360)
            share = (edge - lon) / (unwrapped - lon) if unwrapped != lon else 0.0  # else: along the line itself
            crossing = round(lat + (next_lat - lat) * share, 4)
            lines[-1].append((edge, crossing))
            lines.append([(-edge, crossing)])
        lines[-1].append((next_lon, next_lat))
    return tuple(tuple(line) for line in lines)
