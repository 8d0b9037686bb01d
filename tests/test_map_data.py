"""The document that the browser draws the map from."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from dashboard.dossier import Dossier, open_dossier
from dashboard.facts import stop_facts
from dashboard.map.data import CARD_MEETINGS, map_data, map_json
from tests.conftest import make_trip


def document(dossier: Dossier) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(map_json(dossier))
    return loaded


def stops(dossier: Dossier) -> dict[str, dict[str, Any]]:
    return {feature["id"]: feature for feature in document(dossier)["stops"]["features"]}


def is_position(value: Any) -> bool:
    lon, lat = value
    return -180 <= lon <= 180 and -90 <= lat <= 90


def test_stops_and_legs_are_geojson(dossier: Dossier) -> None:
    for name, kind in {"stops": "Point", "legs": "MultiLineString"}.items():
        collection = document(dossier)[name]
        assert collection["type"] == "FeatureCollection"
        for feature in collection["features"]:
            assert feature.keys() >= {"type", "geometry", "properties"}
            assert feature["type"] == "Feature"
            assert feature["geometry"]["type"] == kind
            places = feature["geometry"]["coordinates"]
            lines = [[places]] if kind == "Point" else places
            assert all(is_position(place) for line in lines for place in line)
            assert all(len(line) >= 2 for line in places if kind != "Point")


def test_it_says_what_the_trip_says(dossier: Dossier) -> None:
    trip, made = dossier.trip, stops(dossier)
    assert list(made) == list(trip.stops)
    for stop in trip.file.stops:
        said = made[stop.id]["properties"]
        assert (said["name"], said["country_code"], said["status"]) == (stop.name, stop.country_code, stop.status)
        assert said.get("meeting_count", 0) == len(trip.meetings_at[stop.id])
        assert said.get("meetings", []) == list(stop_facts(dossier, stop).meetings[:CARD_MEETINGS])
        assert said.get("quote_count", 0) == len(trip.quotes_at[stop.id])
        days = [day.isoformat() for day in (stop.first_day, stop.last_day) if day]
        assert [said[key] for key in ("first_day", "last_day") if key in said] == days
    whole = document(dossier)
    days = [day.isoformat() for day in trip.days()]
    assert (whole["first"], whole["last"]) == (days[0], days[-1])
    assert {day for by_day in whole["activity"].values() for day in by_day} <= set(days)
    for stop_id in (*trip.stops, None):
        dated = [item for item in (*trip.file.meetings, *trip.file.quotes) if item.date and item.stop == stop_id]
        assert sum(whole["activity"].get(stop_id or "", {}).values()) == len(dated)


def test_the_route_is_numbered_and_joined(dossier: Dossier) -> None:
    numbers = [feature["properties"]["number"] for feature in stops(dossier).values()]
    assert [number for number in numbers if number != "?"] == [str(n) for n in range(1, 11)]
    assert stops(dossier)["syria"]["properties"]["number"] == "?"
    legs = [feature["properties"] for feature in document(dossier)["legs"]["features"]]
    assert [leg["number"] for leg in legs] == list(range(1, 10))
    assert all(a["to"] == b["from"] for a, b in pairwise(legs))


def test_coordinates_are_longitude_first(voyage: Dossier) -> None:
    assert stops(voyage)["calder"]["geometry"] == {"type": "Point", "coordinates": [-6.0, 53.0]}


def test_what_is_inferred_and_planned_is_marked(voyage: Dossier) -> None:
    said = {id_: feature["properties"] for id_, feature in stops(voyage).items()}
    assert [said[id_]["date_basis"] for id_ in said] == ["stated", "inferred", "stated"]
    assert said["calder"]["short_days"] == "between 4 and 6 May"
    legs = [leg["properties"] for leg in document(voyage)["legs"]["features"]]
    assert [(leg["inferred"], leg["planned"]) for leg in legs] == [(True, False), (True, True)]


def test_a_stop_that_is_not_located_has_no_geometry(tmp_path: Path) -> None:
    changes = {"stops.1.pin": ..., "stops.1.precision": "venue"}
    dossier = open_dossier(make_trip(tmp_path, changes))
    assert stops(dossier)["calder"]["geometry"] is None
    (leg,) = document(dossier)["legs"]["features"]
    assert (leg["properties"]["from"], leg["properties"]["to"]) == ("brindle", "dunmore")


def test_countries_have_their_shapes(voyage: Dossier) -> None:
    assert document(voyage)["countries"] == {"GB": "Britain", "IE": "Ireland", "FR": "France"}
    assert document(voyage)["shapes"] == ["826", "372", "250"]  # ISO 3166-1 numeric


def test_it_is_utf8_without_waste(dossier: Dossier) -> None:
    data = map_json(dossier)
    assert json.loads(data.decode("utf-8")) == json.loads(json.dumps(map_data(dossier)))
    assert b"\\u" not in data
    assert b'": ' not in data


def test_a_planned_meeting_is_marked(voyage: Dossier) -> None:
    assert stops(voyage)["calder"]["properties"]["meetings"] == ["The mayor (announced only)"]


@pytest.mark.parametrize(
    "words", ['</script><b>"`${x}`', "שלום\u202e\u2028\u0085", "x" * 100_000], ids=["html", "marks", "long"]
)
def test_any_words_come_through(tmp_path: Path, words: str) -> None:
    changes = {"title": words, "stops.0.name": words, "stops.0.country": words, "meetings.0.title": words}
    dossier = open_dossier(make_trip(tmp_path, changes))
    said = stops(dossier)["brindle"]["properties"]
    assert document(dossier)["title"] == said["name"] == said["country"] == said["meetings"][0] == words
