"""Curated words name sources by label, wherever a reader sees them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from dashboard.dossier import Dossier, open_dossier
from dashboard.exports import FORMATS, Portion
from dashboard.map.data import map_json
from dashboard.pages.evidence import evidence_html
from dashboard.pages.method import method_html
from dashboard.pages.overview import overview_html
from dashboard.pages.person import person_html
from dashboard.pages.render import linked
from dashboard.pages.search import search_html
from dashboard.pages.slide import closing_html, opening_html, slide_html
from dashboard.pages.source import source_html, sources_html
from dashboard.pages.stop import stop_html
from dashboard.problems import TripError
from dashboard.prose import Prose, bare, label
from dashboard.selection import Selection
from tests.conftest import make_trip

#: An id of a source as a reader would meet it, but not inside "10,000" nor as a part of a longer word.
ID = re.compile(r"(?<![\w.,/=#-])00[0-4](?![\w_-])")


def pages(dossier: Dossier) -> dict[str, str]:
    trip = dossier.trip
    made = {f"stop {stop}": stop_html(dossier, stop) for stop in trip.stops}
    made |= {f"slide {stop}": slide_html(dossier, stop) for stop in trip.stops}
    made |= {f"person {person}": person_html(dossier, person) for person in trip.people}
    made |= {f"source {source}": source_html(dossier, source) for source in trip.sources}
    everything = Selection()
    return made | {
        "evidence": evidence_html(dossier, everything),
        "sources": sources_html(dossier),
        "method": method_html(dossier),
        "overview": overview_html(dossier),
        "opening": opening_html(dossier, everything),
        "closing": closing_html(dossier, everything),
        "search": search_html(dossier, Selection(words="Blinken")),
    }


def seen(html: str) -> str:
    """What a reader sees or hears of a page: its text, titles and labels."""
    attributes = " ".join(re.findall(r'(?:title|aria-label|data-footnote)="([^"]*)"', html))
    return f"{re.sub(r'<[^>]*>', ' ', html)} {attributes}"


def test_no_page_names_a_source_by_its_id(dossier: Dossier) -> None:
    found = {name: ID.findall(seen(html)) for name, html in pages(dossier).items()}
    assert {name: ids for name, ids in found.items() if ids} == {}
    assert "{00" not in "".join(pages(dossier).values())


@pytest.mark.parametrize("name", ["geojson", "kml", "csv", "ics"])
def test_no_text_export_names_a_source_by_its_id(dossier: Dossier, name: str) -> None:
    text = FORMATS[name].write(Portion(dossier)).decode("utf-8-sig").replace("\r\n ", "")
    assert ID.findall(text) == []
    assert "{00" not in text
    assert "Travel summary" in text


def test_json_keeps_the_ids_and_words_the_prose(dossier: Dossier) -> None:
    document = json.loads(FORMATS["json"].write(Portion(dossier)))
    assert {source["id"]: source["label"] for source in document["sources"]}["002"] == "Travel summary"
    prose = [item["statement"] for item in document["disagreements"]] + [s["status_reason"] for s in document["stops"]]
    assert not [words for words in prose if ID.search(words) or "{00" in words]


def test_what_the_map_is_sent_names_labels(dossier: Dossier) -> None:
    data = json.loads(map_json(dossier))
    words = [str(value) for stop in data["stops"]["features"] for value in stop["properties"].values()]
    words += [str(leg["properties"]["reason"]) for leg in data["legs"]["features"]]
    assert not [text for text in words if ID.search(text) or "{00" in text]


def test_a_named_source_is_a_link_on_a_page() -> None:
    prose = Prose((("As ", None), ("The <log>", "log"), (" has it", None)))
    assert prose == "As The <log> has it"
    assert linked(prose) == 'As <a class="named" href="?source=log" data-source="log">The &lt;log&gt;</a> has it'
    assert linked("<b>") == "&lt;b&gt;"


def test_prose_is_worded_and_nothing_else(tmp_path: Path) -> None:
    changes = {
        "stops.0.status_reason": "As {log} and {nobody} have it.",
        "meetings.0.others": ["those of {list}"],
        "stops.0.pin.reason": "{log}",
        "stops.0.name": "{log}",
    }
    stop = open_dossier(make_trip(tmp_path, changes)).trip.stops["brindle"]
    assert stop.status_reason == "As The log and {nobody} have it."
    assert stop.pin is not None
    assert stop.pin.reason == "The log"
    assert stop.name == "{log}"  # a name is no prose
    assert isinstance(stop.status_reason, Prose)


def test_a_source_without_a_label_is_named_by_its_title(tmp_path: Path) -> None:
    changes = {"sources.0.label": ..., "stops.0.status_reason": "As {log} has it."}
    trip = open_dossier(make_trip(tmp_path, changes)).trip
    assert trip.stops["brindle"].status_reason == "As A voyage to three ports has it."


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("002 says so", ["002"]),
        ("as {002} says", []),
        ("in 002’s list", ["002"]),
        ("more than 10,002 people", []),
        ("on 2002 of them", []),
        ("the log says", []),  # an id that is a word is a word
        ("news-1 says", ["news-1"]),
        ("news-1-2 or the-002, (002", ["002"]),
        ("7 ministers came", []),  # nor can a number be told from a number
    ],
)
def test_an_id_that_a_reader_would_see_is_found(text: str, found: list[str]) -> None:
    assert list(bare(text, {"002", "7", "log", "news-1", "(((1"})) == found


def test_a_bare_id_is_a_problem_with_its_line_and_remedy(tmp_path: Path) -> None:
    folder = make_trip(tmp_path, {"sources.1.id": "t-1", "stops.0.status_reason": "Only t-1 says so."})
    text = (folder / "trip.toml").read_text(encoding="utf-8").replace('source = "list"', 'source = "t-1"')
    (folder / "trip.toml").write_text(text, encoding="utf-8")
    with pytest.raises(TripError) as caught:
        open_dossier(folder)
    (problem,) = caught.value.problems
    assert problem.where == "stops[brindle].status_reason"
    assert problem.message.endswith("found 't-1' alone; put it in braces")
    assert text.split("\n")[(problem.line or 0) - 1].startswith("status_reason")


def test_a_long_title_is_shortened_at_a_word(tmp_path: Path) -> None:
    for title, shown in (
        ("x" * 40, "x" * 40),
        ("The sea was calm and the harbour of Brindle was full", "The sea was calm and the harbour of…"),
    ):
        trip = open_dossier(make_trip(tmp_path, {"sources.0.label": ..., "sources.0.title": title})).trip
        assert label(trip.sources["log"]) == shown
