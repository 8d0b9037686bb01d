"""The frozen values of a trip and what they derive."""

from __future__ import annotations

import datetime as dt
import json
import math
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from dashboard.dossier import Dossier
from dashboard.model import Furniture, Pin, Stop, TextQuote, TripFile, text_quotes
from dashboard.problems import TripError
from dashboard.trips import load_trip
from tests.conftest import make_trip, plain_trip

D = dt.date


def stop(**changes: Any) -> Stop:
    return Stop.model_validate(plain_trip()["stops"][0] | changes)


@pytest.mark.parametrize(("lat", "lon"), [(90, 180), (-90, -180), (0, 0)])
def test_a_pin_may_lie_anywhere_on_the_globe(lat: float, lon: float) -> None:
    assert Pin(lat=lat, lon=lon, reason="seen").lat == lat


@pytest.mark.parametrize(("lat", "lon"), [(90.01, 0), (-91, 0), (0, 181), (0, -180.5), (math.nan, 0), (0, math.inf)])
def test_a_pin_lies_on_the_globe(lat: float, lon: float) -> None:
    with pytest.raises(ValidationError):
        Pin(lat=lat, lon=lon, reason="seen")


def test_a_pin_has_its_reason() -> None:
    with pytest.raises(ValidationError):
        Pin(lat=0, lon=0, reason="")


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"exact": "a", "from": "b", "to": "c"},
        {"from": "b"},
        {"to": "c"},
        {"exact": ""},
    ],
)
def test_furniture_is_one_line_or_one_block(changes: dict[str, str]) -> None:
    with pytest.raises(ValidationError, match="either exact, or both from and to"):
        Furniture.model_validate({"kind": "footer", **changes})


def test_records_do_not_change() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        stop().name = "Elsewhere"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("arrive", "depart", "first", "last"),
    [
        (D(2031, 5, 3), D(2031, 5, 4), D(2031, 5, 3), D(2031, 5, 4)),
        (D(2031, 5, 3), None, D(2031, 5, 3), D(2031, 5, 3)),
        (None, D(2031, 5, 4), D(2031, 5, 4), D(2031, 5, 4)),
        (None, None, None, None),
    ],
)
def test_the_days_of_a_stop(arrive: D | None, depart: D | None, first: D | None, last: D | None) -> None:
    made = stop(arrive=arrive, depart=depart)
    assert (made.first_day, made.last_day) == (first, last)


def test_the_days_of_a_trip_reach_to_its_outermost_stop(tmp_path: Path) -> None:
    trip = load_trip(make_trip(tmp_path, {"stops.2.arrive": D(2031, 5, 11), "stops.0.arrive": D(2031, 4, 30)}))
    days = trip.days()
    assert (days[0], days[-1], len(days)) == (D(2031, 4, 30), D(2031, 5, 11), 12)


def test_records_are_filed_under_their_stop(voyage: Dossier) -> None:
    trip = voyage.trip
    assert {stop: [m.id for m in items] for stop, items in trip.meetings_at.items()} == {
        "brindle": ["harbour"],
        "calder": ["mayor"],
        "dunmore": [],
    }
    assert [quote.id for quote in trip.quotes_at["brindle"]] == ["sea"]
    assert [excerpt.id for excerpt in trip.excerpts_at["brindle"]] == ["reached", "greets"]
    assert [item.id for item in trip.disagreements_at["calder"]] == ["company"]


def test_only_a_stop_of_the_difference_can_be_in_question(tmp_path: Path) -> None:
    folder = make_trip(tmp_path, {"disagreements.0.in_question": ["dunmore"]})
    with pytest.raises(TripError, match="in_question names dunmore, which `stops` does not"):
        load_trip(folder)


def test_spelling_is_no_difference_of_substance(tmp_path: Path) -> None:
    trip = load_trip(make_trip(tmp_path, {"disagreements.0.kind": "spelling"}))
    assert trip.disagreements_at["calder"] == ()


def test_every_quotation_is_walked_once_with_its_path() -> None:
    trip = plain_trip()
    file = TripFile.model_validate(trip)
    walked = list(text_quotes(file))
    assert len(walked) == json.dumps(trip, default=str).count('"exact"') - 3  # three of the furniture
    for path, quote in walked:
        value: Any = trip
        for step in path:
            value = value[step]
        assert TextQuote.model_validate(value) == quote
