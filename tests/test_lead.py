"""What leads a slide: a whole sentence that fits or none, and the meeting that matters most."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import Any

import pytest

from dashboard.dossier import Dossier, open_dossier
from dashboard.facts import stop_facts
from dashboard.lead import LEAD_MOST, lead, leading_meetings, whole_sentences
from dashboard.map.data import map_data
from dashboard.pages.slide import slide_html
from dashboard.problems import TripError
from dashboard.trips import load_trip
from tests.conftest import TEXTS, make_trip, plain_trip

#: What the log says, which of it is quoted, and the whole sentences of that.
SENTENCES = {
    "the comma is the narrator's": ("“The wind was kind,” she said.", ["The wind was kind,"], ["The wind was kind"]),
    "each of several": ("“One came. Two went.”", ["One came. Two went."], ["One came.", "Two went."]),
    "no sentence ends in Oct. 7": ("“It was Oct. 7 there.”", ["It was Oct. 7 there."], ["It was Oct. 7 there."]),
    "words in a sentence of another": ("She called it “a work in progress”.", ["a work in progress"], []),
    "a fragment with a full stop": ("She said “solid unity is all.”", ["solid unity is all."], []),
    "cut by whoever quotes": ("“We know the deep concern here.”", ["We know the deep"], []),
    "begun in the middle": ("“And I know the concern here.”", ["I know the concern here."], []),
    "two sentences, broken": (
        "“It is ours,” she said. “None wants it.”",
        ["It is ours,", "None wants it."],
        ["It is ours", "None wants it."],
    ),
    "one sentence, broken": ("“This,” she said, “Ada knows.”", ["This,", "Ada knows."], []),
    "its first half alone": ("“If it blows,” she said, “we stay.”", ["If it blows,"], []),
    "after a colon": ("She said: “Come in!”", ["Come in!"], ["Come in!"]),
    "another script": ("She said: “我々は行く。”", ["我々は行く。"], ["我々は行く。"]),
    "no mark at all": ("The skipper sails on", ["The skipper sails on"], ["The skipper sails on"]),
}


def telling(folder: Path, text: str, quotes: list[dict[str, Any]], **changes: object) -> Dossier:
    """The invented trip, whose log also has this text, with these quotations."""
    skipper = [{"source": "log", "exact": "The skipper is Ada Marsh."}]
    base = plain_trip()["quotes"][0] | {"attribution": skipper}
    texts = TEXTS | {"log.txt": TEXTS["log.txt"].replace("Leave a Reply", f"{text}\n\nLeave a Reply")}
    made = [base | {"id": f"q{n}"} | quote for n, quote in enumerate(quotes)]
    return open_dossier(make_trip(folder, {"quotes": made, **changes}, texts))


def passages(*exact: str) -> list[dict[str, str]]:
    return [{"source": "log", "exact": words} for words in exact]


@pytest.mark.parametrize(("text", "quoted", "whole"), SENTENCES.values(), ids=SENTENCES)
def test_whole_sentences(tmp_path: Path, text: str, quoted: list[str], whole: list[str]) -> None:
    trip = telling(tmp_path, text, [{"passages": passages(*quoted)}]).trip
    assert [words for words, _ in whole_sentences(trip, trip.file.quotes[0])] == whole


def of_length(count: int) -> str:
    """A sentence of so many characters."""
    return f"We {'sail ' * count}"[: count - 1].rstrip().ljust(count - 1, "l") + "."


#: Quotations of one stop, in the order of the file, and the sentence that leads.
LEADS: dict[str, tuple[list[dict[str, Any]], str | None]] = {
    "the shortest": ([{"passages": passages(of_length(90) + " " + of_length(60))}], of_length(60)),
    "no exclamation": ([{"passages": passages("Come in. " + of_length(60))}], of_length(60)),
    "an exclamation before nothing": ([{"passages": passages("Come in.")}], "Come in."),
    "what fits": ([{"passages": passages(of_length(LEAD_MOST))}], of_length(LEAD_MOST)),
    "never what does not": ([{"passages": passages(of_length(LEAD_MOST + 1))}], None),
    "else another's": (
        [{"passages": passages(of_length(LEAD_MOST + 1))}, {"passages": passages(of_length(70)), "speaker": "tom"}],
        of_length(70),
    ),
    "the traveller's": (
        [{"passages": passages(of_length(50)), "speaker": "tom"}, {"passages": passages(of_length(70))}],
        of_length(70),
    ),
    "what was said there": (
        [{"passages": passages(of_length(50))}, {"passages": passages(of_length(70)), "stop_basis": "stated"}],
        of_length(70),
    ),
    "the first": ([{"passages": passages(of_length(70))}, {"passages": passages(of_length(50))}], of_length(70)),
}


@pytest.mark.parametrize(("quotes", "words"), LEADS.values(), ids=LEADS)
def test_the_sentence_that_leads(tmp_path: Path, quotes: list[dict[str, Any]], words: str | None) -> None:
    text = "\n".join(f"“{passage['exact']}”" for quote in quotes for passage in quote["passages"])
    trip = telling(tmp_path, text, quotes).trip
    found = lead(trip, trip.stops["brindle"])
    assert (found.words if found else None) == words


def test_the_file_may_name_the_quotation(tmp_path: Path) -> None:
    quotes = [{"passages": passages(of_length(50))}, {"passages": passages(of_length(70)), "speaker": "tom"}]
    text = f"“{of_length(50)}”\n“{of_length(70)}”"
    trip = telling(tmp_path, text, quotes, **{"stops.0.lead_quote": "q1"}).trip
    found = lead(trip, trip.stops["brindle"])
    assert found is not None
    assert found.quote.id == "q1"


@pytest.mark.parametrize(("status", "leads"), [("visited", False), ("announced", True)])
def test_what_was_said_beforehand(tmp_path: Path, status: str, leads: bool) -> None:
    text = f"“{of_length(50)}”"
    changes = {"stops.0.status": status, "sources.0.planned": passages(text)}
    trip = telling(tmp_path, text, [{"passages": passages(of_length(50))}], **changes).trip
    assert (lead(trip, trip.stops["brindle"]) is not None) == leads


def test_no_quotation_is_cut_on_a_slide_or_a_card(dossier: Dossier, voyage: Dossier) -> None:
    shown = 0
    for one in (dossier, voyage):
        cards = {item["id"]: item["properties"] for item in map_data(one)["stops"]["features"]}
        for stop in one.trip.file.stops:
            quotes = re.findall("<blockquote>(.*?)</blockquote>", slide_html(one, stop.id))
            for words in [html.unescape(quote)[1:-1] for quote in quotes]:
                spoken = [
                    words for quote in one.trip.quotes_at[stop.id] for words, _ in whole_sentences(one.trip, quote)
                ]
                assert words in spoken
                assert any(words in one.trip.texts[source] for source in one.trip.sources)
                assert len(words) <= LEAD_MOST
                assert cards[stop.id].get("lead") == words
                shown += 1
            assert quotes or not cards[stop.id].get("lead")
    assert shown == 4


def test_what_leads_in_the_bundled_trip(dossier: Dossier) -> None:
    first = {stop: facts.meetings[0] for stop, facts in told(dossier).items() if facts.meetings}
    assert first == {
        "tel-aviv": "Meeting with President Isaac Herzog",
        "amman": "Meeting with King Abdullah II",
        "ramallah": "Meeting with President Mahmoud Abbas",
        "baghdad": "Meeting with Prime Minister Mohammed Shia al-Sudani",
        "ankara": "Meeting with Foreign Minister Hakan Fidan",
        "tokyo": "G7 Foreign Ministers’ Meeting (two days)",
        "seoul": "Meeting with President Yoon Suk Yeol",
        "new-delhi": "U.S.-India 2+2 Ministerial Dialogue",
    }
    assert told(dossier)["new-delhi"].lead is None  # all that is quoted announces the visit
    assert told(dossier)["baghdad"].lead == "This is a matter of Iraqi sovereignty"


def told(dossier: Dossier) -> dict[str, Any]:
    return {stop.id: stop_facts(dossier, stop) for stop in dossier.trip.file.stops}


def meeting(id_: str, held: str = "held", day: int = 3, sources: tuple[str, ...] = ("log",)) -> dict[str, Any]:
    first = {"log": "Ada Marsh reached Brindle on 3 May 2031.", "list": "3 May 2031 Remarks at Brindle"}
    evidence = [{"source": source, "exact": first[source]} for source in sources]
    date = plain_trip()["stops"][0]["arrive"].replace(day=day)
    return {"id": id_, "stop": "brindle", "date": date, "date_basis": "stated", "title": id_, "kind": "meeting"} | {
        "held": held,
        "evidence": evidence,
    }


#: Meetings of one stop in the order of the file, the first of the slide, and what the file names.
MEETINGS = {
    "most sources": ([meeting("a"), meeting("b", sources=("log", "list"))], "b", None),
    "the first in time": ([meeting("a", day=4), meeting("b", day=3)], "b", None),
    "else the first of the file": ([meeting("a"), meeting("b")], "a", None),
    "a held one": ([meeting("a", "planned", sources=("log", "list")), meeting("b")], "b", None),
    "planned ones alone": ([meeting("a", "planned"), meeting("b", "planned", sources=("log", "list"))], "b", None),
    "the named one": ([meeting("a", sources=("log", "list")), meeting("b", "planned", day=9)], "b", "b"),
}


@pytest.mark.parametrize(("meetings", "first", "named"), MEETINGS.values(), ids=MEETINGS)
def test_the_meeting_that_leads(tmp_path: Path, meetings: list[dict[str, Any]], first: str, named: str | None) -> None:
    changes: dict[str, object] = {"meetings": meetings, "quotes.0.meeting": ..., "releases": []}
    changes |= {"stops.0.lead_meeting": named} if named else {}
    one = open_dossier(make_trip(tmp_path, changes))
    found = leading_meetings(one, one.trip.stops["brindle"])
    assert [item.id for item in found] == [first, *(item["id"] for item in meetings if item["id"] != first)]
    assert leading_meetings(one, one.trip.stops["dunmore"]) == ()


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("lead_meeting", "mayor", "expected one of this stop's meetings harbour, found 'mayor'"),
        ("lead_quote", "nobody", "expected one of this stop's quotes sea, found 'nobody'"),
    ],
)
def test_what_leads_is_the_stops_own(tmp_path: Path, key: str, value: str, words: str) -> None:
    with pytest.raises(TripError) as caught:
        load_trip(make_trip(tmp_path, {f"stops.0.{key}": value}))
    assert [words in problem.message for problem in caught.value.problems] == [True]


def test_a_stop_that_has_none(tmp_path: Path) -> None:
    with pytest.raises(TripError) as caught:
        load_trip(make_trip(tmp_path, {"stops.1.lead_quote": "sea"}))
    assert "expected nothing, as this stop has no quotes, found 'sea'" in caught.value.problems[0].message


def test_a_headline_stands_on_the_slide_and_is_short(tmp_path: Path) -> None:
    one = open_dossier(make_trip(tmp_path, {"stops.0.headline": "A harbour that {log} alone has"}))
    assert "A harbour that The log alone has" in slide_html(one, "brindle").split("slide-notes")[0]
    with pytest.raises(TripError):
        load_trip(make_trip(tmp_path, {"stops.0.headline": "x" * 91}))


def test_a_slide_says_why_a_stop_is_not_simply_visited(dossier: Dossier) -> None:
    unsure = [stop for stop in dossier.trip.file.stops if stop.status != "visited"]
    assert {"syria", "cyprus"} <= {stop.id for stop in unsure}
    for stop in unsure:
        (reason,) = re.findall('<p class="slide-reason">(.*?)</p>', slide_html(dossier, stop.id))
        assert stop.status_reason in html.unescape(reason)
        assert f'data-source="{stop.status_evidence[0].source}"' in reason


def test_a_slide_marks_what_was_only_planned(dossier: Dossier) -> None:
    assert "Meeting with Foreign Minister Park Jin (announced only)" in slide_html(dossier, "seoul")
    assert json.dumps(told(dossier)["seoul"].meetings).count("announced only") == 1
