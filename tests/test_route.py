"""The legs of the route: their lengths, their lines across the date line, and what they claim."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import asin, cos, radians, sin, sqrt
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dashboard.dossier import Dossier
from dashboard.route import STEP_KM, Leg, legs, on_route


@dataclass(frozen=True)
class Point:
    lat: float
    lon: float


@dataclass(frozen=True)
class Stop:
    id: str
    status: str = "visited"
    order_basis: str = "stated"


def route(*stops: Stop, places: dict[str, Point] | None = None) -> tuple[Leg, ...]:
    everywhere = {stop.id: Point(number, number) for number, stop in enumerate(stops)}
    made: Any = stops
    return legs(made, everywhere if places is None else places)


def leg(start: Point, end: Point) -> Leg:
    (made,) = route(Stop("a"), Stop("b"), places={"a": start, "b": end})
    return made


def haversine(a: Point, b: Point) -> float:
    lat = sin(radians(b.lat - a.lat) / 2) ** 2
    lon = sin(radians(b.lon - a.lon) / 2) ** 2
    return 2 * 6371.0088 * asin(min(1, sqrt(lat + cos(radians(a.lat)) * cos(radians(b.lat)) * lon)))


TOKYO, HONOLULU = Point(35.6895, 139.6917), Point(21.3069, -157.8583)
LONDON, NEW_YORK = Point(51.5074, -0.1278), Point(40.7128, -74.0060)
AMMAN, BAGHDAD = Point(31.9552, 35.945), Point(33.3406, 44.4009)
DRAWN = 0.001  # degrees: how exactly a line is drawn
POINTS = st.builds(Point, st.floats(-80, 80), st.floats(-180, 180))


@pytest.mark.parametrize(
    ("start", "end", "km"),
    [
        (LONDON, NEW_YORK, 5585),  # published great-circle distances
        (TOKYO, HONOLULU, 6220),
        (AMMAN, BAGHDAD, 807),
        (Point(0, 0), Point(0, 90), 10019),  # a quarter of the equator
        (Point(0, 0), Point(90, 0), 10002),  # a quarter of a meridian
    ],
)
def test_known_lengths(start: Point, end: Point, km: float) -> None:
    assert leg(start, end).km == pytest.approx(km, rel=0.003)
    assert leg(end, start).km == pytest.approx(leg(start, end).km)


@given(POINTS, POINTS)
def test_the_length_is_that_of_the_great_circle(start: Point, end: Point) -> None:
    assert leg(start, end).km == pytest.approx(haversine(start, end), rel=0.006, abs=0.001)


@given(POINTS, POINTS)
@example(Point(0, 0), Point(0, -180))  # over the pole
@example(Point(-16.5, 180), Point(-20, -180))  # along the date line
def test_a_line_is_drawn_without_jumps_from_end_to_end(start: Point, end: Point) -> None:
    made = leg(start, end)
    points = [Point(lat, lon) for line in made.lines for lon, lat in line]
    for place, drawn in ((start, points[0]), (end, points[-1])):
        assert drawn.lat == pytest.approx(place.lat, abs=DRAWN)
        assert (drawn.lon - place.lon + 180) % 360 == pytest.approx(180, abs=DRAWN)
    for line in made.lines:
        assert len(line) >= 2
        assert all(-180 <= lon <= 180 and -90 <= lat <= 90 for lon, lat in line)
        assert all(abs(b[0] - a[0]) <= 180 for a, b in pairwise(line))
    for before, after in pairwise(made.lines):
        assert {before[-1][0], after[0][0]} == {180.0, -180.0}
        assert before[-1][1] == after[0][1]
    drawn_km = sum(haversine(a, b) for a, b in pairwise(points))
    assert drawn_km == pytest.approx(made.km, rel=0.007, abs=2 * STEP_KM)


def test_a_leg_across_the_date_line_is_cut_there() -> None:
    west, east = leg(TOKYO, HONOLULU).lines
    assert west[-1][0] == 180
    assert east[0][0] == -180
    assert west[-2][1] > west[-1][1] == east[0][1] > east[1][1]  # on the way south-east
    assert len(west) + len(east) == pytest.approx(6220 / STEP_KM, abs=4)
    back = leg(HONOLULU, TOKYO).lines
    assert [line[0][0] for line in back] == [pytest.approx(HONOLULU.lon, abs=DRAWN), 180]
    assert len(leg(LONDON, NEW_YORK).lines) == 1


@pytest.mark.parametrize("lon", [180, -180])
def test_a_stop_on_the_date_line_itself(lon: float) -> None:
    for other in (170, -170):
        made = leg(Point(0, lon), Point(0, other))
        assert made.km == pytest.approx(1113, abs=1)
        assert all(abs(b[0] - a[0]) < 20 for line in made.lines for a, b in pairwise(line))


def test_a_leg_to_the_same_place_has_no_length() -> None:
    assert leg(TOKYO, TOKYO).km == 0


def test_no_leg_claims_a_disputed_stop() -> None:
    stops = Stop("a"), Stop("b", "disputed"), Stop("c", "reported")
    assert [(leg.number, leg.start, leg.end) for leg in route(*stops)] == [(1, "a", "c")]
    made: Any = stops
    assert [stop.id for stop in on_route(made)] == ["a", "c"]


def test_a_stop_without_a_place_is_passed_over() -> None:
    made = route(Stop("a"), Stop("b"), Stop("c"), places={"a": TOKYO, "c": AMMAN})
    assert [(leg.start, leg.end) for leg in made] == [("a", "c")]
    assert route(Stop("a")) == ()
    assert route() == ()


def test_a_leg_is_inferred_by_either_end_and_planned_by_its_end() -> None:
    inferred = "inferred"
    made = route(Stop("a"), Stop("b", "visited", inferred), Stop("c", "announced"), Stop("d"), Stop("e"))
    assert [leg.inferred for leg in made] == [True, True, False, False]
    assert [leg.planned for leg in made] == [False, True, False, False]


def test_the_bundled_route(dossier: Dossier) -> None:
    order = [stop.id for stop in on_route(dossier.trip.file.stops)]
    assert "syria" not in order
    assert [(leg.start, leg.end) for leg in dossier.legs] == list(pairwise(order))
    for made in dossier.legs:
        a, b = dossier.places[made.start], dossier.places[made.end]
        assert made.km == pytest.approx(haversine(Point(a.lat, a.lon), Point(b.lat, b.lon)), rel=0.006)


@pytest.mark.parametrize(("lon", "other"), [(179.3, -179.1), (-179.3, 179.1), (0.5, -179.9), (-0.5, 179.9)])
def test_a_line_meets_itself_across_the_date_line(lon: float, other: float) -> None:
    """The crossing lies on the straight line between the drawn points on its two sides."""
    made = leg(Point(10.0, lon), Point(10.9 if abs(lon) > 1 else 89.0, other))
    before, after = made.lines
    assert before[-1][0] == -after[0][0]
    assert abs(before[-1][0]) == 180
    assert before[-1][1] == after[0][1]
    (lon_a, lat_a), (lon_b, lat_b) = before[-2], after[1]
    assert before[-1][0] == (180 if lon_a > 0 else -180)
    way = (lon_b - lon_a) % 360 if lon_a > 0 else (lon_b - lon_a) % -360
    share = (before[-1][0] - lon_a) / way
    assert before[-1][1] == pytest.approx(lat_a + (lat_b - lat_a) * share, abs=0.0001)


def test_points_are_drawn_to_a_thousandth_of_a_degree() -> None:
    made = leg(LONDON, NEW_YORK)
    assert all(value == round(value, 3) for line in made.lines for point in line for value in point)
    assert any(value != round(value, 2) for line in made.lines for point in line for value in point)


def test_a_short_leg_is_two_points() -> None:
    assert [len(line) for line in leg(Point(50.0, 0.0), Point(50.3, 0.3)).lines] == [2]


def test_the_arcs_of_a_long_trip_are_coarser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboard.route.MOST_POINTS", 13)
    for count, steps in ((2, 6), (3, 4), (4, 3), (6, 2), (9, 2)):
        stops = [Stop(str(number)) for number in range(count)]
        places = {stop.id: (LONDON, NEW_YORK)[number % 2] for number, stop in enumerate(stops)}
        made = route(*stops, places=places)
        assert {len(line) - 1 for one in made for line in one.lines} == {steps}
