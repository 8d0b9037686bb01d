"""Filters and the chosen stop: what they show, how they read, and links that say the same again."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dashboard.dossier import Dossier
from dashboard.model import Trip
from dashboard.selection import MAX_VALUE, MAX_WORDS, VIEWS, Selection, from_query
from dashboard.trips import load_trip
from tests.conftest import make_trip, plain_trip

D = dt.date
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@st.composite
def selections(draw: st.DrawFn, trip: Trip) -> Selection:
    """Any selection of this trip as the page makes it: countries in order, no range that filters nothing."""
    days, names = trip.days(), trip.countries
    first = draw(st.none() | st.sampled_from(days[1:]))
    last = draw(st.none() | st.sampled_from([day for day in days if (first or day) <= day][:-1] or [None]))
    codes = draw(st.sets(st.sampled_from(list(names))))
    person = draw(st.none() | st.sampled_from(list(trip.people)))
    filters = Selection(None, first, last, tuple(code for code in names if code in codes), person)
    stop = draw(st.none() | st.sampled_from([stop.id for stop in filters.apply(trip)] or [None]))
    source = draw(st.none() | st.sampled_from(list(trip.sources)))
    passage = None
    if source and draw(st.booleans()):
        start = draw(st.integers(0, len(trip.texts[source]) - 1))
        passage = f"{start}-{draw(st.integers(start + 1, len(trip.texts[source])))}"
    words = draw(st.text(max_size=MAX_WORDS)).strip()
    view = draw(st.none() | st.sampled_from(VIEWS))
    return replace(filters, stop=stop, view=view, words=words, source=source, passage=passage)


@given(st.data())
def test_a_link_gives_the_selection_back(dossier: Dossier, data: st.DataObject) -> None:
    selection = data.draw(selections(dossier.trip))
    assert from_query(selection.to_query(), dossier.trip) == (selection, ())
    link = parse_qs(selection.to_link().removeprefix("?"))
    assert from_query(link, dossier.trip) == (selection, ())


KEYS = ["stop", "from", "to", "country", "person", "view", "q", "source", "passage", "page"]
VALUES = st.text() | st.lists(st.text()) | st.sampled_from(["002", "amman", "IL,JO", "2023-11-04", "3-9"])


@given(st.dictionaries(st.sampled_from(KEYS), VALUES))
@example({"q": "x" * (MAX_WORDS - 1) + " and more"})
@example({"source": "002", "passage": f"1-{'9' * 5000}"})
@example({"source": "002", "passage": f"{'9' * 5000}-1"})
def test_any_link_is_read_and_settled(dossier: Dossier, query: dict[str, str | list[str]]) -> None:
    selection, _ = from_query(query, dossier.trip)
    assert from_query(selection.to_query(), dossier.trip) == (selection, ())
    assert selection.stop is None or selection.shows(dossier.trip.stops[selection.stop], dossier.trip)


@given(st.data())
def test_what_is_shown_lies_in_the_filters(dossier: Dossier, data: st.DataObject) -> None:
    trip = dossier.trip
    selection = data.draw(selections(trip))
    shown = selection.apply(trip)
    first, last = selection.first or D.min, selection.last or D.max
    for stop in trip.file.stops:
        overlaps = stop.first_day is None or any(
            stop.first_day <= day <= (stop.last_day or stop.first_day) and first <= day <= last for day in trip.days()
        )
        named = not selection.countries or stop.country_code in selection.countries
        met = selection.person is None or selection.person in trip.people_at[stop.id]
        assert (stop in shown) == (overlaps and named and met)
    assert (selection.why_empty(trip) is None) == bool(shown)
    assert selection.describe(trip).startswith(f"{len(shown)} of 11 stops")


@pytest.fixture
def trip(tmp_path: Path) -> Trip:
    """Brindle on 3 May, Calder on 4 to 6 May, Dunmore undated; 3 to 9 May."""
    return load_trip(make_trip(tmp_path, {"stops.2.arrive": ...}))


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ({"stop": "atlantis"}, "stop “atlantis”"),
        ({"country": "XX"}, "country “XX”"),
        ({"from": "soon"}, "from “soon”"),
        ({"from": "2031-02-30"}, "from “2031-02-30”"),
        ({"to": "2032-01-01"}, "to “2032-01-01”, which this trip does not have; it has 3 to 9 May 2031"),
        ({"person": "eve"}, "person “eve”"),
        ({"view": "globe"}, "view “globe”"),
        ({"source": "diary"}, "source “diary”"),
        ({"stop": "x" * 500}, f"stop “{'x' * 39}…”"),
    ],
)
def test_what_the_trip_does_not_have_is_left_out_with_a_notice(trip: Trip, query: dict[str, str], asked: str) -> None:
    selection, notices = from_query(query, trip)
    assert selection == Selection()
    assert len(notices) == 1
    assert f"The link asks for {asked}" in notices[0]


def test_each_kind_of_thing_in_a_link_has_one_notice(trip: Trip) -> None:
    selection, notices = from_query({"stop": "x", "from": "y", "country": ["IE,QQ", "RR", "qq"]}, trip)
    assert selection == Selection(countries=("IE",))
    assert [notice.partition(", which")[0] for notice in notices] == [
        "The link asks for stop “x”",
        "The link asks for from “y”",
        "The link asks for country “QQ” and 1 more",
    ]
    assert notices[2].endswith("; they are left out.")


def test_notices_are_few_whatever_the_link_says(trip: Trip) -> None:
    many = dict.fromkeys(("stop", "from", "to", "person", "view", "source", "slide"), "x" * 50)
    _, notices = from_query({**many, "country": ",".join(f"{a}{b}" for a in "QXYZ" for b in LETTERS)}, trip)
    assert len(notices) == 3
    assert notices[2] == "6 other parts of the link are not of this trip either."
    assert all(len(notice) < 150 for notice in notices)


def test_a_stop_of_a_long_name_makes_no_long_notice(tmp_path: Path) -> None:
    trip = load_trip(make_trip(tmp_path, {"stops.0.name": "Brindle " * 1000}))
    _, (notice,) = from_query({"stop": "brindle", "from": "2031-05-04"}, trip)
    assert notice == f"{('Brindle ' * 5)[:39]}… is outside these filters, so it is no longer selected."
    days = Selection(first=D(2031, 5, 7), countries=("GB",))
    assert len(days.why_empty(trip) or "") < 130


@pytest.mark.parametrize(
    "value", ["XX," * 1_000_000, ["XX"] * 1_000_000, ["X" * 5000] * 1000], ids=["long", "many", "both"]
)
def test_a_link_without_end_is_read_at_its_beginning(trip: Trip, value: str | list[str]) -> None:
    keys = ("stop", "from", "to", "country", "person", "view", "q", "source", "passage", "slide")
    selection, notices = from_query(dict.fromkeys(keys, value), trip)
    assert selection == Selection(words=selection.words)
    assert len(selection.words) <= MAX_WORDS
    assert sum(map(len, notices)) < 500


def test_every_country_at_once_is_read_to_its_end(trip: Trip) -> None:
    every = [f"{a}{b}" for a in LETTERS for b in LETTERS if f"{a}{b}" != "GB"]
    assert from_query({"country": [*every[:249], "GB"]}, trip)[0].countries[0] == "GB"


def test_countries_come_in_any_order_case_and_form(trip: Trip) -> None:
    for value in ("FR,GB", ["fr", "gb"], " gb , FR,", ["gb,fr,gb"]):
        assert from_query({"country": value}, trip) == (Selection(countries=("GB", "FR")), ())


def test_a_range_of_all_days_filters_nothing(trip: Trip) -> None:
    assert from_query({"from": "2031-05-03", "to": "2031-05-09"}, trip) == (Selection(), ())


def test_days_that_end_before_they_begin(trip: Trip) -> None:
    selection, notices = from_query({"from": "2031-05-06", "to": "2031-05-04"}, trip)
    assert selection == Selection()
    assert notices == ("The link's days end before they begin; the whole trip is shown.",)


def test_a_hidden_stop_is_let_go_with_a_notice(trip: Trip) -> None:
    selection, notices = from_query({"stop": "brindle", "from": "2031-05-04"}, trip)
    assert selection == Selection(first=D(2031, 5, 4))
    assert notices == ("Brindle is outside these filters, so it is no longer selected.",)
    assert Selection("calder", countries=("IE",)).settled(trip) == (Selection("calder", countries=("IE",)), ())


def test_a_stop_without_days_is_never_hidden_by_the_range(trip: Trip) -> None:
    shown = Selection(first=D(2031, 5, 8), last=D(2031, 5, 8)).apply(trip)
    assert [stop.id for stop in shown] == ["dunmore"]


def test_a_selection_in_words(trip: Trip) -> None:
    assert Selection().describe(trip) == "3 of 3 stops"
    assert Selection(last=D(2031, 5, 4)).describe(trip) == "3 of 3 stops, 3 to 4 May 2031"
    chosen = Selection(None, D(2031, 5, 6), None, ("GB", "IE", "FR"))
    assert chosen.describe(trip) == "2 of 3 stops, 6 to 9 May 2031, Britain, Ireland and France"
    assert Selection(countries=("IE", "FR")).describe(trip) == "2 of 3 stops, Ireland and France"
    assert Selection(person="tom").describe(trip) == "1 of 3 stops, Tom Okoro"


def test_why_nothing_is_left(trip: Trip) -> None:
    days = Selection(first=D(2031, 5, 7), countries=("GB", "IE")).why_empty(trip)
    assert days == "No stop in the chosen countries falls on these days; other days have Brindle and Calder."
    assert Selection(countries=("XX",)).why_empty(trip) == "No stop is left by these filters."
    assert Selection().why_empty(trip) is None


def test_days_without_a_stop_are_not_blamed_on_countries(tmp_path: Path) -> None:
    trip = load_trip(make_trip(tmp_path))
    why = Selection(first=D(2031, 5, 7), last=D(2031, 5, 8)).why_empty(trip)
    assert why == "No stop falls on these days; other days have Brindle, Calder and Dunmore."


@pytest.mark.parametrize("passage", ["5-5", "9-3", "0-1000000", "-1-4", "a-b", "7", "1-" + "9" * 5000, "²-³"])
def test_a_passage_that_the_source_does_not_have(trip: Trip, passage: str) -> None:
    selection, notices = from_query({"source": "log", "passage": passage}, trip)
    assert selection == Selection(source="log")
    assert len(notices) == 1
    assert "the source is shown from its beginning" in notices[0]


@pytest.mark.parametrize(
    "one", [{"first": D(2031, 5, 4)}, {"last": D(2031, 5, 4)}, {"countries": ("IE",)}, {"person": "tom"}]
)
def test_each_filter_counts_as_one(one: dict[str, Any]) -> None:
    assert Selection(**one).is_filtered


def test_the_chosen_stop_and_page_filter_nothing() -> None:
    rest = Selection("calder", view="search", words="sea", source="log", passage="1-2", slide=2)
    assert not rest.is_filtered


def test_a_link_leaves_out_what_is_not_chosen() -> None:
    assert Selection().to_link() == ""
    selection = Selection("calder", D(2031, 5, 4), None, ("IE", "FR"), words="the sea")
    assert selection.to_link() == "?stop=calder&from=2031-05-04&country=IE%2CFR&q=the+sea"


def test_countries_are_named_as_their_first_stop_names_them(tmp_path: Path) -> None:
    trip = load_trip(make_trip(tmp_path, {"stops.2.country_code": "GB"}))
    assert trip.countries == {"GB": "Britain", "IE": "Ireland"}


NOTICES = {
    "stop=atlantis": "stop “atlantis”, which this trip does not have; no stop is selected",
    "stop=atlantis,calder": "stop “atlantis”, which this trip does not have; no stop is selected",
    "person=eve": "person “eve”, which this trip does not have; everyone is shown",
    "view=moon": "view “moon”, which this trip does not have; the map is shown",
    "source=diary": "source “diary”, which this trip does not have; no source is opened",
    "source=log&passage=9-3": "passage “9-3”, which this trip does not have; the source is shown from its beginning",
    "passage=1-2": "passage “1-2”, which this trip does not have; the source is shown from its beginning",
    "country=XX": "country “XX”, which this trip does not have; it is left out",
    "country=XX,YY": "country “XX” and 1 more, which this trip does not have; they are left out",
    "slide=0": "slide “0”, which this trip does not have; it has slides 1 to 5",
    "slide=6": "slide “6”, which this trip does not have; it has slides 1 to 5",
    "slide=0,3": "slide “0”, which this trip does not have; it has slides 1 to 5",
    "slide=0000003": "slide “0000003”, which this trip does not have; it has slides 1 to 5",
    "from=soon": "from “soon”, which this trip does not have; expected a day such as 2023-11-04",
    "to=soon,2031-05-04": "to “soon”, which this trip does not have; expected a day such as 2023-11-04",
    "to=2031-05-10": "to “2031-05-10”, which this trip does not have; it has 3 to 9 May 2031",
    "to=2031-05-10,2031-05-04": "to “2031-05-10”, which this trip does not have; it has 3 to 9 May 2031",
}


@pytest.mark.parametrize(("link", "notice"), NOTICES.items())
def test_what_a_link_asks_in_vain_is_told(trip: Trip, link: str, notice: str) -> None:
    query = dict(pair.split("=") for pair in link.split("&"))
    selection, notices = from_query(query, trip)
    assert notices == (f"The link asks for {notice}.",)
    assert selection == Selection(source="log" if query.get("source") == "log" else None)


@pytest.mark.parametrize("slide", [1, 2, 5])
def test_a_slide_that_is_there(trip: Trip, slide: int) -> None:
    assert from_query({"slide": f"{slide:06}"}, trip) == (Selection(slide=slide), ())
    assert from_query({"slide": f"{slide},9"}, trip) == (Selection(slide=slide), ())


def test_of_several_values_the_first_counts(trip: Trip) -> None:
    query = {"stop": "calder,brindle", "person": "tom,ada", "from": "2031-05-04,2031-05-05", "passage": "1-2,3-4"}
    selection, notices = from_query({**query, "source": "log,list"}, trip)
    assert (selection.person, selection.first, selection.source) == ("tom", D(2031, 5, 4), "log")
    assert selection.passage == "1-2"
    assert notices == ("Calder is outside these filters, so it is no longer selected.",)


def test_a_passage_may_end_with_its_text(trip: Trip) -> None:
    end = len(trip.texts["log"])
    for passage, wanted in ((f"0-{end}", f"0-{end}"), (f"0-{end + 1}", None), ("1-2-3", None), ("01-02", "1-2")):
        assert from_query({"source": "log", "passage": passage}, trip)[0].passage == wanted


def test_a_passage_is_read_up_to_its_fortieth_character(trip: Trip) -> None:
    passages = {40: "1-" + "0" * 37 + "2", 41: "1-" + "0" * 38 + "2"}
    assert {length: len(text) for length, text in passages.items()} == {40: 40, 41: 41}
    found = [from_query({"source": "log", "passage": text}, trip)[0].passage for text in passages.values()]
    assert found == ["1-2", None]


def test_a_value_is_read_up_to_its_largest_length(trip: Trip) -> None:
    for filler, wanted in ((MAX_VALUE - 3, ("IE",)), (MAX_VALUE - 1, ())):
        assert from_query({"country": "," * filler + "IE"}, trip)[0].countries == wanted


def test_a_name_in_a_notice_is_short(trip: Trip) -> None:
    for length, shown in ((40, "a" * 40), (41, "a" * 39 + "…")):
        _, (notice,) = from_query({"person": "a" * length}, trip)
        assert f"“{shown}”" in notice


def test_why_no_stop_is_left_by_filters(tmp_path: Path) -> None:
    trip = load_trip(make_trip(tmp_path))
    day = D(2031, 5, 8)
    assert Selection(first=day, last=day).why_empty(trip) == (
        "No stop falls on these days; other days have Brindle, Calder and Dunmore."
    )
    assert Selection(first=day, last=day, countries=("IE",)).why_empty(trip) == (
        "No stop in the chosen countries falls on these days; other days have Calder."
    )
    assert Selection(countries=("IE",), person="tom").why_empty(trip) == "No stop is left by these filters."
    assert Selection(countries=("IE",)).why_empty(trip) is None
    more = [{**plain_trip()["stops"][0], "id": f"b{n}", "name": f"Brindle {n}"} for n in range(5)]
    for stop in more:
        stop["spellings"] = ["Brindle"]
    trip = load_trip(make_trip(tmp_path, {"stops": [*more, *plain_trip()["stops"]]}))
    assert "other days have Brindle 0, Brindle 1, Brindle 2 and Brindle 3." in str(
        Selection(first=day, last=day).why_empty(trip)
    )
    assert Selection(first=day, last=day, person="tom").why_empty(trip) == (
        "No stop falls on these days; other days have Brindle."
    )


def test_a_chosen_stop_that_a_person_filter_hides_is_let_go(trip: Trip) -> None:
    settled, notices = Selection(stop="calder", person="tom").settled(trip)
    assert (settled.stop, len(notices)) == (None, 1)
    assert Selection(stop="brindle", person="tom").settled(trip) == (Selection(stop="brindle", person="tom"), ())


def test_a_country_that_the_trip_does_not_have_is_described_by_its_code(trip: Trip) -> None:
    assert Selection(countries=("IE", "XX")).describe(trip) == "1 of 3 stops, Ireland and XX"
