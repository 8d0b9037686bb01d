"""The verified trip as JSON, checked against the source files as they lie on the disk."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from dashboard.dossier import Dossier
from dashboard.exports import FORMATS, Portion
from dashboard.exports.json import document
from dashboard.model import text_quotes
from tests.conftest import SEEDS

EVIDENCE = {"source", "start", "end", "text"}


@pytest.fixture(scope="module")
def export(dossier: Dossier) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(FORMATS["json"].write(Portion(dossier)))
    return loaded


def evidence(value: Any) -> Iterator[dict[str, Any]]:
    """Every evidence item inside a value."""
    if isinstance(value, dict):
        if value.keys() == EVIDENCE:
            yield value
        for inner in value.values():
            yield from evidence(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from evidence(inner)


def test_all_evidence_stands_in_the_files(export: dict[str, Any]) -> None:
    texts = {file.name[:3]: file.read_bytes().decode("utf-8") for file in SEEDS.glob("*.txt")}
    assert [source["id"] for source in export["sources"]] == sorted(texts)
    items = list(evidence(export))
    assert all(item["text"] == texts[item["source"]][item["start"] : item["end"]] for item in items)
    assert all(0 <= item["start"] < item["end"] for item in items)


def test_no_claim_is_without_evidence(export: dict[str, Any]) -> None:
    assert export["evidence"]
    for stop in export["stops"]:
        assert all(stop[key] for key in ("date_evidence", "order_evidence", "status_evidence"))
    for name in ("meetings", "releases", "quotes", "excerpts"):
        assert all(item["evidence"] for item in export[name])
    assert all(position["evidence"] for item in export["disagreements"] for position in item["positions"])
    assert all(role["evidence"] for person in export["people"] for role in person["roles"])


def test_nothing_of_the_file_is_left_out(dossier: Dossier, export: dict[str, Any]) -> None:
    file = dossier.trip.file
    for name in ("stops", "meetings", "releases", "quotes", "excerpts", "people", "sources", "disagreements"):
        assert [item["id"] for item in export[name]] == [item.id for item in getattr(file, name)]
    # How a title is known is not exported; every other quotation is.
    quoted = {quote.exact for path, quote in text_quotes(file) if "title_evidence" not in path}
    assert {item["text"] for item in evidence(export)} == quoted


def test_the_figures_of_the_bundled_trip(export: dict[str, Any]) -> None:
    assert (len(export["stops"]), len(export["releases"]), len(export["sources"])) == (11, 42, 5)
    assert sum(len(quote["evidence"]) for quote in export["quotes"]) == 23


def test_ids_lead_to_their_records(export: dict[str, Any]) -> None:
    ids = {name: {item["id"] for item in export[name]} for name in ("stops", "people", "meetings", "sources")}
    for name in ("meetings", "quotes", "excerpts"):
        assert {item["stop"] for item in export[name]} <= ids["stops"] | {None}  # None: about the whole trip
    assert {quote["speaker_id"] for quote in export["quotes"]} <= ids["people"] | {None}
    assert {release["meeting"] for release in export["releases"]} <= ids["meetings"] | {None}
    assert {item["source"] for item in evidence(export)} <= ids["sources"]


def test_places_say_how_they_were_found(export: dict[str, Any]) -> None:
    for stop in export["stops"]:
        assert abs(stop["place"]["lat"]) <= 90
        assert abs(stop["place"]["lon"]) <= 180
        assert stop["place"]["located_by"]
        assert stop["place"]["precision"] == ("country" if stop["id"] in ("syria", "cyprus") else "city")


def test_the_invented_trip(voyage: Dossier) -> None:
    made = document(Portion(voyage))
    assert (made["start"], made["end"]) == ("2031-05-03", "2031-05-09")
    stop, meeting = made["stops"][1], made["meetings"][0]
    assert (stop["number"], stop["arrive"], stop["date_basis"]) == ("2", "2031-05-04", "inferred")
    assert stop["place"] == {"lat": 53.0, "lon": -6.0, "precision": "city", "located_by": "pin"}
    assert stop["pin"] == {"lat": 53.0, "lon": -6.0, "reason": "The invented bay."}
    assert meeting["participants"] == ["Tom Okoro", "the harbour board"]
    assert made["meetings"][1]["date"] is None


def test_the_text_is_readable(voyage: Dossier) -> None:
    text = FORMATS["json"].write(Portion(voyage)).decode()
    assert text.endswith("}\n")
    assert "“" in text or "Ada Marsh" in text
    assert "\\u" not in text
