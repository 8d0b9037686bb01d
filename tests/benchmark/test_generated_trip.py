"""The trips that the benchmark makes are real ones: the application reads and verifies them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dashboard.dossier import open_dossier
from tests.benchmark import trips

RECORDS = [
    {"country": "France", "locale": "Paris, Versailles", "start": "1949-05-20", "end": "1949-06-20"},
    {"country": "U.S.S.R.", "locale": "Moscow", "start": "1988-05-29", "end": "1988-06-02"},
    {"country": "Vatican City", "locale": "", "start": "2025-01-10", "end": "2025-01-10"},
]


@pytest.fixture
def records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number, record in enumerate(RECORDS):
        record |= {"id": str(number), "who": "dean-acheson", "name": "Dean Acheson", "remarks": 'Said "no" \\ left.'}
    for name, part in zip(trips.FILES, (RECORDS[:2], RECORDS[2:]), strict=True):
        (tmp_path / name).write_text(json.dumps(part), encoding="utf-8")
    monkeypatch.setattr(trips, "RECORDS", tmp_path)
    trips._located.cache_clear()


@pytest.mark.usefixtures("records")
@pytest.mark.parametrize("size", [2, 3, 7])
def test_a_trip_of_any_size_is_valid_and_pinned(tmp_path: Path, size: int) -> None:
    dossier = open_dossier(trips.make_trip(size, tmp_path / "made") / "trip")
    assert len(dossier.trip.stops) == size
    assert {place.located_by for place in dossier.places.values()} == {"pin"}
    assert not dossier.located.missing
    days = [stop.first_day for stop in dossier.trip.file.stops]
    assert days == sorted(days, key=str)


@pytest.mark.usefixtures("records")
def test_the_reference_apps_read_the_same_stops(tmp_path: Path) -> None:
    made = trips.make_trip(3, tmp_path / "made")
    stops = json.loads((made / "stops.json").read_text(encoding="utf-8"))
    trip = open_dossier(made / "trip").trip
    assert [stop["id"] for stop in stops] == list(trip.stops)
    assert [(stop["number"], stop["code"], stop["name"]) for stop in stops][:2] == [
        (1, "FR", "Paris"),
        (2, "RU", "Moscow"),
    ]


def test_without_records_the_message_says_where_they_belong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trips, "RECORDS", tmp_path)
    trips._located.cache_clear()
    with pytest.raises(trips.NoRecordsError, match="TRIP_BENCH_TRAVELS"):
        trips.make_trip(3, tmp_path / "made")
