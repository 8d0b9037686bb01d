"""What is told of a stop, and that every output tells it."""

from __future__ import annotations

import html
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from pptx import Presentation

from dashboard import facts
from dashboard.dossier import Dossier, open_dossier
from dashboard.exports import FORMATS, Portion
from dashboard.exports.html.handout import handout
from dashboard.facts import SHOWN, Attribute, Fact, StopFacts, stop_facts
from dashboard.map.data import map_json
from dashboard.model import Stop
from dashboard.pages.slide import slide_html
from dashboard.pages.stop import stop_html
from tests.conftest import make_trip, plain_trip


def card(dossier: Dossier, stop: Stop) -> str:
    """What the map's card is made of; a browser test looks at the card itself."""
    (feature,) = [item for item in json.loads(map_json(dossier))["stops"]["features"] if item["id"] == stop.id]
    return json.dumps(feature, ensure_ascii=False)


def pptx(dossier: Dossier, stop: Stop) -> str:
    """The words of the stop's slide and its notes."""
    deck: Any = Presentation(io.BytesIO(FORMATS["pptx"].write(Portion(dossier))))
    slide = deck.slides[1 + list(dossier.trip.stops).index(stop.id)]
    shown = " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
    assert slide.notes_slide.notes_text_frame.text
    return f"{shown}\n{slide.notes_slide.notes_text_frame.text}"


def text_of(name: str) -> Callable[[Dossier, Stop], str]:
    return lambda dossier, stop: FORMATS[name].write(Portion(dossier)).decode().replace("\r\n ", "")


OUTPUTS: dict[str, Callable[[Dossier, Stop], str]] = {
    "panel": lambda dossier, stop: stop_html(dossier, stop.id),
    "card": card,
    "slide": lambda dossier, stop: slide_html(dossier, stop.id).split("slide-notes")[0],
    "handout": lambda dossier, stop: str(handout(Portion(dossier))),
    "pptx": pptx,
    **{name: text_of(name) for name in FORMATS if name not in ("pptx",)},
}
#: What programs read has the value under its key, not the words for it.
DATA = {"json", "geojson", "csv"}


def test_every_format_is_looked_at() -> None:
    assert OUTPUTS.keys() == {*FORMATS, "panel", "card", "slide", "handout"}


@pytest.mark.parametrize("output", OUTPUTS)
def test_an_attribute_is_shown_everywhere(voyage: Dossier, output: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Add an attribute in facts.py alone, and look for it in the output."""
    marker = Attribute("buoy_colour", "Moored at", lambda dossier, stop: (f"Value of {stop.id}", f"BUOY {stop.id}"))
    monkeypatch.setattr(facts, "SHOWN", (marker,))
    for stop in voyage.trip.file.stops:
        if output == "ics" and not voyage.trip.meetings_at[stop.id]:
            continue  # a calendar knows of a stop by its meetings alone
        told = OUTPUTS[output](voyage, stop)
        assert (f"Value of {stop.id}" if output in DATA else f"BUOY {stop.id}") in told
        assert ("buoy_colour" if output in DATA else "oored at") in told


@pytest.mark.parametrize("output", sorted(OUTPUTS.keys() - DATA))
def test_the_attributes_there_are_read_alike_everywhere(dossier: Dossier, output: str) -> None:
    stop = dossier.trip.stops["tokyo"]
    told = " ".join(re.sub("<[^>]*>", " ", html.unescape(OUTPUTS[output](dossier, stop))).split())
    for fact in stop_facts(dossier, stop).shown:
        assert re.search(f"{fact.label} {re.escape(fact.words)}", told, re.IGNORECASE), fact


def test_keys_of_attributes_are_their_own() -> None:
    keys = [attribute.key for attribute in SHOWN]
    assert len({*keys, *StopFacts.__annotations__}) == len(keys) + len(StopFacts.__annotations__)


def test_the_facts_of_a_stop(voyage: Dossier) -> None:
    brindle, calder, dunmore = (stop_facts(voyage, stop) for stop in voyage.trip.file.stops)
    assert (brindle.id, brindle.number, brindle.name, brindle.place) == ("brindle", "1", "Brindle", "Brindle, Britain")
    assert (brindle.country, brindle.country_code) == ("Britain", "GB")
    assert (brindle.days, brindle.short_days) == ("3 May 2031", "3 May")
    assert (calder.days, calder.short_days) == ("between 4 and 6 May 2031", "between 4 and 6 May")
    assert (calder.arrive, calder.depart) == (calder.first_day, calder.last_day)
    assert (str(dunmore.arrive), dunmore.depart, str(dunmore.last_day)) == ("2031-05-09", None, "2031-05-09")
    assert (calder.date_basis, calder.date_reason) == ("inferred", "After Brindle, and there on 6 May.")
    assert (calder.depart_basis, calder.depart_reason) == (None, None)
    assert (calder.order_basis, calder.order_reason) == ("inferred", "The sentence lists the ports.")
    assert (calder.status, calder.status_words) == ("reported", "Reported, not in the official list")
    assert calder.status_reason == "Both sources name it."
    assert calder.verdict == voyage.agreement.stop("calder").verdict
    assert (dunmore.precision, dunmore.located_as, dunmore.located_by) == ("country", "country", "pin")
    assert (calder.lat, calder.lon) == (53.0, -6.0)
    assert (brindle.people, calder.people) == (("tom",), ())
    assert (brindle.meetings, brindle.meeting_count, brindle.quote_count) == (("Ada and Tom",), 1, 1)
    assert (brindle.difference_count, dunmore.difference_count) == (1, 0)
    assert (brindle.in_question, dunmore.in_question) == ((), ())
    assert (brindle.lead, brindle.lead_speaker) == ("The sea was kind", "Ada Marsh")
    assert brindle.lead_caveat == "about this stop, not said to have been spoken here"
    assert (calder.lead, calder.lead_speaker, calder.lead_caveat) == (None, None, None)


def test_who_reports_a_stop_is_counted(voyage: Dossier, dossier: Dossier) -> None:
    told = [stop_facts(voyage, stop).shown for stop in voyage.trip.file.stops]
    assert told[0] == (Fact("reported_by", "Reported by", 1, "1 of 2 sources"),)
    assert (told[0][0].sentence, told[0][0].clause) == ("Reported by 1 of 2 sources", "reported by 1 of 2 sources")
    announced = [cell.level for cell in dossier.agreement.stop("new-delhi").cells]
    assert "announced" in announced  # which is no report
    for stop in dossier.trip.file.stops:
        levels = [cell.level for cell in dossier.agreement.stop(stop.id).cells]
        assert stop_facts(dossier, stop).shown[0].value == sum(map(levels.count, ("place", "country", "implied")))


def test_only_what_is_about_the_stop_itself_puts_it_in_question(tmp_path: Path, dossier: Dossier) -> None:
    questioned = make_trip(tmp_path, {"disagreements.0.in_question": ["calder"]})
    found = [stop_facts(opened, stop) for opened in [open_dossier(questioned)] for stop in opened.trip.file.stops]
    assert [facts.in_question for facts in found] == [(), ("Who came along",), ()]
    assert [facts.difference_count for facts in found] == [1, 1, 0]
    bundled = {stop.id: stop_facts(dossier, stop) for stop in dossier.trip.file.stops}
    assert bundled["syria"].in_question == ("Whether Syria belonged to the trip",)  # said by the positions' stances
    assert sum(facts.difference_count > 0 for facts in bundled.values()) == len(bundled)
    assert {id_ for id_, facts in bundled.items() if facts.in_question} == {
        "ramallah", "syria", "cyprus", "ankara", "new-delhi"
    }  # fmt: skip


def test_of_a_single_source(tmp_path: Path) -> None:
    dossier = open_dossier(make_trip(tmp_path))
    cells = dossier.agreement.stop("calder").cells[:1]
    one: Any = SimpleNamespace(agreement=SimpleNamespace(stop=lambda stop: SimpleNamespace(cells=cells)))
    assert SHOWN[0].of(one, dossier.trip.stops["calder"]).words == "1 of 1 source"


def test_a_departure_that_was_concluded(tmp_path: Path) -> None:
    changes = {"stops.0.depart_basis": "inferred", "stops.0.depart_reason": "The next day."}
    dossier = open_dossier(make_trip(tmp_path, changes))
    told = stop_facts(dossier, dossier.trip.stops["brindle"])
    assert (told.depart_basis, told.depart_reason) == ("inferred", "The next day.")


def test_a_stop_without_a_place(tmp_path: Path) -> None:
    dossier = open_dossier(make_trip(tmp_path, {"stops.1.pin": ..., "stops.1.precision": "venue"}))
    told = stop_facts(dossier, dossier.trip.stops["calder"])
    assert (told.precision, told.located_as, told.located_by, told.lat, told.lon) == ("venue", None, None, None, None)


def test_coordinates_have_five_digits(tmp_path: Path) -> None:
    changes = {"stops.1.pin.lat": 53.1234567, "stops.1.pin.lon": -6.7654321}
    dossier = open_dossier(make_trip(tmp_path, changes))
    told = stop_facts(dossier, dossier.trip.stops["calder"])
    assert (told.lat, told.lon) == (53.12346, -6.76543)


def test_a_stop_named_like_its_country_is_named_once(tmp_path: Path) -> None:
    dossier = open_dossier(make_trip(tmp_path, {"stops.1.country": "Calder"}))
    assert stop_facts(dossier, dossier.trip.stops["calder"]).place == "Calder"


def test_a_trip_over_two_years_says_them(tmp_path: Path) -> None:
    dossier = open_dossier(make_trip(tmp_path, {"end": plain_trip()["end"].replace(year=2032)}))
    assert stop_facts(dossier, dossier.trip.stops["brindle"]).short_days == "3 May 2031"
