"""Doubts: what a trip claims and its passages do not bear out, each at its line; and what is no reason to doubt."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from geopy.exc import GeocoderUnavailable

from dashboard.dossier import Dossier, open_dossier
from dashboard.doubts import doubts
from dashboard.places import Located, Place
from dashboard.problems import Problem
from dashboard.trips import lines_of
from tests.conftest import LOG, TEXTS, line_of, make_trip, plain_trip, write_trip

Changes = Mapping[str, object]


def quote(exact: str, source: str = "log") -> dict[str, str]:
    return {"source": source, "exact": exact}


def line(folder: Path, words: str) -> int:
    """The line with these words; of "a | b" the first line with b from that with a on."""
    *above, words = words.split(" | ")
    first = line_of(folder, above[0]) if above else 1
    lines = (folder / "trip.toml").read_text(encoding="utf-8").split("\n")
    (number, *_) = [n for n, text in enumerate(lines, 1) if n >= first and words in text]
    return number


def said_in(folder: Path) -> list[Problem]:
    return doubts(open_dossier(folder), lines_of(folder))


def doubted(tmp_path: Path, changes: Changes, texts: Mapping[str, str] = TEXTS) -> list[str]:
    return [problem.where for problem in said_in(make_trip(tmp_path, changes, texts))]


SAID, SHE = quote("The sea was kind,"), quote("she said.")
TOM_SAYS = {"passages": [SAID], "attribution": [quote("Tom Okoro of the harbour board")]}
LINE = quote("3 May 2031 Remarks at Brindle", "list")
STATED = {"meetings.0.date_basis": "stated"}
NO_PIN = {"stops.0.pin": ...}


def test_the_invented_trip_leaves_no_doubt(tmp_path: Path) -> None:
    assert said_in(make_trip(tmp_path)) == []


# --- what is doubtful: the change, where it is told, the line with these words, what is said ---

PEOPLE = {
    "another speaker": ({"quotes.0.speaker": "tom"}, "quotes[sea].speaker", 'speaker = "tom"', "the speaker Tom Okoro"),
    "another is named by the attribution": (
        {"quotes.0.attribution": [quote("met Tom Okoro of the harbour board there.")], "quotes.0.role": ...},
        "quotes[sea].speaker",
        'speaker = "ada"',
        "found Tom Okoro in the attribution",
    ),
    "a speaker whom only the quotation names": (
        {"quotes.0.passages": [quote("Tom Okoro of")], "quotes.0.attribution": [quote("She met")]}
        | {"quotes.0.speaker": "tom", "quotes.0.role": ...},
        "quotes[sea].speaker",
        'speaker = "tom"',
        "found none in the attribution",
    ),
    "another speaker of a further report": (
        {"quotes.0.also": [TOM_SAYS]},
        "quotes[sea].also[0].attribution",
        "also = | Tom Okoro of the harbour board",
        "the speaker Ada Marsh",
    ),
    "a voice of no passage": (
        {"quotes.0.speaker": ..., "quotes.0.voice": "the statement"},
        "quotes[sea].voice",
        'voice = "the statement"',
        "found 'the statement' in none",
    ),
    "a person added to a meeting": (
        {"meetings.1.people": ["tom"]},
        "meetings[mayor].people",
        'id = "mayor" | "tom"',
        "names Tom Okoro in a known spelling, found none",
    ),
    "a pronoun of a meeting": (
        {"meetings.1.people": ["ada"], "meetings.1.evidence": [quote("She is to reach Dunmore on 9 May.")]},
        "meetings[mayor].people",
        'id = "mayor" | "ada"',
        "names Ada Marsh",
    ),
    "a person added to an excerpt": (
        {"excerpts.0.people": ["ada", "tom"]},
        "excerpts[reached].people",
        'id = "reached" | "tom"',
        "names Tom Okoro",
    ),
    "a person added to a disagreement": (
        {"disagreements.0.people": ["tom", "ada"]},
        "disagreements[company].people",
        'id = "company" | "ada"',
        "names Ada Marsh",
    ),
    "a role of no passage": (
        {"people.1.roles.1": {"role": "King of Mars", "evidence": [quote("Tom Okoro of the harbour board")]}},
        "people[tom].roles[1].role",
        "King of Mars",
        "found 'King of Mars', which does not",
    ),
    "a role of no attribution": (
        {"quotes.0.role": "King of Mars"},
        "quotes[sea].role",
        "King of Mars",
        "stands in the attribution or among the speaker's roles, found 'King of Mars'",
    ),
    "a role of a further report": (
        {"quotes.0.also": [{"role": "Queen", "passages": [SAID], "attribution": [quote("The skipper is Ada Marsh.")]}]},
        "quotes[sea].also[0].role",
        '"Queen"',
        "found 'Queen'",
    ),
}
DAYS = {
    "the trip's start": ({"start": date(2031, 5, 2)}, "start", "start = 2031-05-02", "the day 2031-05-02, found 3 May"),
    "the trip's end": ({"end": date(2031, 5, 10)}, "end", "end = 2031-05-10", "found 3 May 2031, 9 May in them"),
    "the day of a source": (
        {"sources.1.date_basis": "stated", "sources.1.date_evidence": [quote("Calder on 6 May", "list")]}
        | {"sources.1.date": date(2031, 5, 7)},
        "sources[list].date",
        "date = 2031-05-07",
        "the day 2031-05-07, found 6 May in them",
    ),
    "an arrival": (
        {"stops.2.arrive": date(2031, 5, 8)},
        "stops[dunmore].arrive",
        "arrive = 2031-05-08",
        "the day 2031-05-08, found 9 May in them",
    ),
    "a departure": ({"stops.0.depart": date(2031, 5, 4)}, "stops[brindle].depart", "depart = 2031-05-04", "2031-05-04"),
    "a departure that is stated by itself": (
        {"stops.1.depart_basis": "stated", "stops.1.depart": date(2031, 5, 7)},
        "stops[calder].depart",
        "depart = 2031-05-07",
        'correct the day, add the passage that gives it, or call it "inferred"',
    ),
    "a meeting": (STATED, "meetings[harbour].date", 'id = "harbour" | date =', "the day 2031-05-03, found no day in"),
    "a meeting without a basis": (
        {"meetings.1.date": date(2031, 5, 7)},
        "meetings[mayor].date",
        "date = 2031-05-07",
        "found no day in them",
    ),
    "a source without a basis": (
        {"sources.1.date_basis": ...},
        "sources[list].date",
        "date = 2031-05-06",
        "found no day in them",
    ),
    "a quotation without a basis": (
        {"quotes.0.date_basis": ...},
        "quotes[sea].date",
        'id = "sea" | date =',
        "found no day in them",
    ),
    "a quotation": (
        {"quotes.0.date_basis": "stated", "quotes.0.date": date(2031, 5, 5)},
        "quotes[sea].date",
        "date = 2031-05-05",
        "the day 2031-05-05",
    ),
    "a release": ({"releases.0.date": date(2031, 5, 4)}, "releases[remarks].date", "date = 2031-05-04", "found 3 May"),
    "a dated line that gives another day": (
        {"meetings.0.evidence.2": LINE, "meetings.0.date_basis": "dated-line", "meetings.0.date": date(2031, 5, 4)},
        "meetings[harbour].date",
        "date = 2031-05-04",
        "the day 2031-05-04, found 3 May 2031 in them",
    ),
    "a meeting on the day of a dated line": (
        STATED | {"meetings.0.evidence.2": LINE},
        "meetings[harbour].date_basis",
        'id = "harbour" | date_basis',
        'expected "dated-line", found "stated", though nothing gives the day 2031-05-03 but a dated line',
    ),
    "a part of a dated line": (
        STATED | {"meetings.0.evidence.2": quote("3 May 2031 Remarks", "list")},
        "meetings[harbour].date_basis",
        'id = "harbour" | date_basis',
        'call it "dated-line", or add a passage that gives the day of the event',
    ),
    "a stop on the day of a dated line": (
        {"stops.0.date_evidence": [LINE]},
        "stops[brindle].date_basis",
        'id = "brindle" | date_basis',
        'expected "dated-line"',
    ),
    "a departure on the day of a dated line": (
        {"stops.0.date_evidence": [LINE, quote("on 9 May")], "stops.0.arrive": date(2031, 5, 9)}
        | {"stops.0.depart": date(2031, 5, 9), "stops.2.date_evidence": [quote("6 May 2031 Meeting with", "list")]}
        | {"releases.0.passage": quote("6 May 2031 Meeting with the Mayor", "list"), "releases.0.title": "Meeting"}
        | {"releases.0.date": date(2031, 5, 6), "stops.2.arrive": ..., "stops.2.depart": date(2031, 5, 6)},
        "stops[dunmore].date_basis",
        'id = "dunmore" | date_basis',
        'or give the departure a depart_basis "inferred" with its reason',
    ),
    "a stop after the trip": (
        {"stops.1.depart": date(2031, 5, 12)},
        "stops[calder].depart",
        "depart = 2031-05-12",
        "expected a day of the trip, 2031-05-03 to 2031-05-09, found 2031-05-12",
    ),
    "a stop before the trip": (
        {"stops.1.arrive": date(2031, 5, 2)},
        "stops[calder].arrive",
        "arrive = 2031-05-02",
        "found 2031-05-02",
    ),
    "a meeting after the trip": (
        {"meetings.0.date": date(2031, 6, 3)},
        "meetings[harbour].date",
        "date = 2031-06-03",
        "found 2031-06-03",
    ),
    "words spoken before the trip": (
        {"quotes.0.date": date(2030, 5, 3)},
        "quotes[sea].date",
        "date = 2030-05-03",
        "found 2030-05-03",
    ),
}
IRELAND = {"code": "IE", "spellings": ["Calder", "Eire", "Peru"]}
PLACES = {
    "a country and the code of another": (
        {"stops.1.country": "Costa Rica", "stops.1.country_code": "PE"},
        "stops[calder].country_code",
        'country_code = "PE"',
        "expected 'Costa Rica' to have the code CR, found PE, which is Peru; correct the name or the code",
    ),
    "a spelling that the file gives another code": (
        {"countries": [{"code": "IE", "spellings": ["Calder"]}], "stops.0.country": "Calder"},
        "stops[brindle].country_code",
        'country_code = "GB"',
        "expected 'Calder' to have the code IE, found GB",
    ),
    "a spelling of another country": (
        {"countries": [{"code": "IE", "spellings": ["Calder", "Brindle"]}, {"code": "FR", "spellings": ["Georgia"]}]},
        "countries[1].spellings",
        '"Georgia"',
        "expected 'Georgia' to have the code GE, found FR, which is France",
    ),
    "a town of another country": (
        NO_PIN | {"stops.0.query": "Lima", "stops.0.country": "Costa Rica", "stops.0.country_code": "CR"},
        "stops[brindle].query",
        'query = "Lima"',
        "expected 'Lima' to be in Costa Rica (CR), found it in ",
    ),
    "a town with a qualifier": (
        NO_PIN | {"stops.0.query": "Yamoussoukro, Ivory Coast"},
        "stops[brindle].query",
        "Yamoussoukro",
        "found it in Ivory Coast (CI) only; correct the query or the country_code, or give the stop a pin",
    ),
    "a query for another country": (
        {"stops.2.pin": ..., "stops.2.query": "Spain"},
        "stops[dunmore].query",
        'query = "Spain"',
        "expected 'Spain' to be in France (FR), found it in Spain (ES) only",
    ),
}
LABELS = {
    "an id of no source": (
        {"stops.1.order_reason": "By {log}, not {diary}."},
        "stops[calder].order_reason",
        "{diary}",
        "expected the id of a source in braces, found {diary}, which readers see as it is",
    ),
    "an id in a nested record": (
        {"disagreements.0.positions.1.says": "He {Log} stayed."},
        "disagreements[company].positions[1].says",
        "{Log}",
        "found {Log}",
    ),
    "the same label twice": (
        {"sources.1.label": "the  LOG"},
        "sources[list].label",
        "the  LOG",
        "which source log has too; change one",
    ),
    "a name of no text": ({"stops.1.name": "Caldera"}, "stops[calder].name", 'name = "Caldera"', "found 'Caldera' in"),
    "a spelling of a stop": (
        {"stops.1.spellings": ["Calder", "Kalder"]},
        "stops[calder].spellings",
        '"Kalder"',
        "found 'Kalder' in none",
    ),
    "a spelling of a country": (
        {"countries": [{"code": "IE", "spellings": ["Calder", "Eirinn"]}]},
        "countries[0].spellings",
        '"Eirinn"',
        "found 'Eirinn' in none",
    ),
    "a variant of a name": (
        {"disagreements.0.variants": ["Tom Okoro", "Thomas Okoro"]},
        "disagreements[company].variants",
        '"Thomas Okoro"',
        "found 'Thomas Okoro' in none; spell it as a source does, or remove it",
    ),
}
EVERY = {**PEOPLE, **DAYS, **PLACES, **LABELS}


@pytest.mark.parametrize(("changes", "where", "words", "said"), EVERY.values(), ids=EVERY)
def test_a_doubt_is_told_at_its_line(tmp_path: Path, changes: Changes, where: str, words: str, said: str) -> None:
    folder = make_trip(tmp_path, changes)
    found = said_in(folder)
    # And nothing else becomes doubtful by it, but that a passage may have lost the name of its place.
    assert {problem.where for problem in found if not problem.where.endswith(".implied")} == {where}
    (problem,) = [problem for problem in found if said in problem.message]
    assert (problem.file, problem.line) == ("trip.toml", line(folder, words))
    assert re.match(r"expected .*found .*; (correct|copy|name|add|call|change|spell)", problem.message)


def test_tables_of_a_record_have_their_own_lines(tmp_path: Path) -> None:
    folder = make_trip(tmp_path)
    file = folder / "trip.toml"
    report = """
[[quotes.also]]
role = "skipper"
passages = [{ source = "log", exact = "The sea was kind," }]
attribution = [{ source = "log", exact = "The skipper is Ada Marsh." }]

[[quotes.also]]
role = "Queen"
passages = [{ source = "log", exact = "The sea was kind," }]
attribution = [{ source = "log", exact = "Tom Okoro of the harbour board" }]

[[excerpts]]
id = "reached"
"""
    text = file.read_text(encoding="utf-8").replace('[[excerpts]]\nid = "reached"\n', report.lstrip())
    file.write_text(text, encoding="utf-8")
    assert [(problem.where, problem.line) for problem in said_in(folder)] == [
        ("quotes[sea].also[1].role", line_of(folder, '"Queen"')),
        ("quotes[sea].also[1].attribution", line(folder, '"Queen" | attribution =')),
    ]


def test_a_source_without_a_label_is_told_at_its_record(tmp_path: Path) -> None:
    folder = make_trip(tmp_path, {"sources.1.label": ...})
    (problem,) = said_in(folder)
    assert (problem.where, problem.line) == ("sources[list].label", line_of(folder, 'id = "list"') - 1)
    assert problem.message.startswith("expected a label, found none; add two or three words")


# --- what is no reason to doubt ---

VISIT = (
    "Eve Lund came, too. A photo was taken. “It is cold,” she said on Tuesday. “Yes,” Tom Okoro told her."
    " Then Eve Lund left. “Farewell,” she told Tom Okoro. Ada Marsh slept."
)
MORE = {**TEXTS, "log.txt": LOG.replace("\n\nFrom Brindle", f" {VISIT}\n\nFrom Brindle")}
EVE: dict[str, object] = {
    "people.2": {"id": "eve", "name": "Eve Lund", "spellings": ["Eve Lund"]},
    "excerpts.3": {"id": "eve", "stop": "brindle", "passage": quote("Eve Lund came, too."), "people": ["eve"]},
}


def spoken(words: str, by: str, *attribution: str) -> dict[str, object]:
    given = [quote(words) for words in attribution]
    changes = {"quotes.0.speaker": by, "quotes.0.passages": [quote(words)]}
    return {**changes, **EVE, "quotes.0.attribution": given, "quotes.0.role": ...}


@pytest.mark.parametrize(
    ("words", "by", "attribution", "is_doubted"),
    [
        ("It is cold,", "eve", ["Eve Lund came, too.", "she said on Tuesday"], False),  # the passages name her
        ("It is cold,", "eve", ["she said on Tuesday"], True),  # named two sentences before
        ("A photo", "eve", ["was taken."], False),  # named one sentence before
        ("A photo", "tom", ["was taken."], True),
        ("Yes,", "tom", ["told her."], False),  # named in the sentence itself
        ("Yes,", "eve", ["Tom Okoro told her."], True),
        ("Farewell,", "eve", ["she told Tom Okoro."], False),  # a pronoun speaks to him who is named
        ("Farewell,", "ada", ["she told"], True),  # others are named before, she only behind
        ("It is cold,", "tom", ["she said on Tuesday"], False),  # nobody is named before, he behind
    ],
)
def test_a_speaker_is_looked_for_in_the_sentences_beside(
    tmp_path: Path, words: str, by: str, attribution: list[str], is_doubted: bool
) -> None:
    assert ("quotes[sea].speaker" in doubted(tmp_path, spoken(words, by, *attribution), MORE)) is is_doubted


WEEKDAY: dict[str, object] = {
    "sources.0.date": date(2031, 5, 9),
    "sources.0.date_basis": "inferred",
    "sources.0.date_reason": "The day of its landfall.",
    "meetings.0.date": date(2031, 5, 6),
    "meetings.0.date_basis": "stated",
    "meetings.0.evidence.2": quote("she said on Tuesday"),
}


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({}, []),
        ({"meetings.0.date": date(2031, 5, 7)}, ["meetings[harbour].date"]),  # a Wednesday
        ({"sources.0.date": date(2031, 5, 13)}, ["meetings[harbour].date"]),  # it speaks of another Tuesday
        ({"sources.0.date": ..., "sources.0.date_basis": ...}, ["meetings[harbour].date"]),
        (  # a text's own day would rest on itself
            {"sources.0.date": date(2031, 5, 6), "sources.0.date_basis": "stated"}
            | {"sources.0.date_evidence": [quote("she said on Tuesday")]},
            ["sources[log].date"],
        ),
    ],
    ids=["of that week", "another weekday", "another week", "no week", "its own day"],
)
def test_a_weekday_is_a_day_of_the_week_of_its_text(tmp_path: Path, changes: Changes, where: list[str]) -> None:
    kept = {path: value for path, value in {**WEEKDAY, **changes}.items() if value is not ...}
    assert doubted(tmp_path, {**EVE, **kept}, MORE) == where


def test_an_excerpt_without_a_pronoun_names_whom_it_lists(tmp_path: Path) -> None:
    photo = {
        "excerpts.4": {"id": "photo", "stop": "brindle", "passage": quote("A photo was taken."), "people": ["eve"]}
    }
    assert doubted(tmp_path, {**EVE, **photo}, MORE) == ["excerpts[photo].people"]


CALM: dict[str, dict[str, object]] = {
    "a pronoun of an excerpt": {
        "excerpts.0.passage": quote("She met Tom Okoro of the harbour board there."),
        "excerpts.0.people": ["ada", "tom"],
    },
    "a voice with a capital": {
        "quotes.0.speaker": ...,
        "quotes.0.voice": "the Skipper",
    },
    "a role of the speaker's record": {
        "quotes.0.attribution": [quote("Ada Marsh greets Tom Okoro on the quay of Brindle.")],
        "people.0.roles": [{"role": "The skipper", "evidence": [quote("The skipper is Ada Marsh.")]}],
    },
    "a day in another order, without its year": {
        "sources.0.date": date(2031, 5, 9),
        "sources.0.date_evidence": [quote("She is to reach Dunmore on 9 May.")],
    },
    "a dated line that is called one": {
        "meetings.0.date_basis": "dated-line",
        "meetings.0.evidence.2": LINE,
        "quotes.0.date_basis": "dated-line",
        "stops.0.date_basis": "dated-line",
        "stops.0.date_evidence": [LINE],
    },
    "a day that a sentence gives beside the dated line": {
        "meetings.0.date_basis": "stated",
        "meetings.0.evidence.2": LINE,
        "meetings.0.evidence.3": quote("Ada Marsh reached Brindle on 3 May 2031."),
    },
    "a departure that is inferred": {"stops.0.depart": date(2031, 5, 4), "stops.0.depart_basis": "inferred"}
    | {"stops.0.depart_reason": "She slept there."},
    "a line that no release has": {
        "meetings.1.date": date(2031, 5, 6),
        "meetings.1.date_basis": "stated",
        "meetings.1.evidence": [quote("6 May 2031 Meeting with the Mayor of Calder", "list")],
    },
    "a country under another of its names": {"stops.0.country": "United Kingdom", "stops.1.country": "Eire"},
    "a country that nobody knows": {"stops.0.country": "Brindleland"},
    "a place of the file's own": {
        "countries": [{"code": "GB", "spellings": ["Brindle"]}, {"code": "IE", "spellings": ["Brindle"]}],
        "stops.0.country": "Brindle",
    },
    "a pinned town": {"stops.0.query": "Lima", "stops.1.query": "Paris"},
    "a pinned country": {"stops.2.query": "Spain"},
    "a venue with the name of a town": {"stops.0.pin": ..., "stops.0.query": "Lima", "stops.0.precision": "venue"},
    "a town of that country": {"stops.2.pin": ..., "stops.2.precision": "city", "stops.2.query": "Paris"},
    "a town that nobody knows": {"stops.1.pin": ..., "stops.1.query": "Calderbrindlemore"},
    "the id of a source": {"stops.1.order_reason": "By {log}."},
}


@pytest.mark.parametrize("changes", CALM.values(), ids=CALM)
def test_what_is_no_reason_to_doubt(tmp_path: Path, changes: dict[str, object]) -> None:
    assert doubted(tmp_path, {**EVE, **changes}, MORE) == []


@pytest.mark.parametrize(
    ("country", "code"),
    [
        ("Turkey", "TR"), ("Türkiye", "TR"), ("South Korea", "KR"), ("Republic of Korea", "KR"), ("Korea, South", "KR"),
        ("West Bank", "PS"), ("The Gambia", "GM"), ("Netherlands", "NL"), ("Côte d'Ivoire", "CI"), ("Congo", "CG"),
        ("Congo", "CD"), ("USA", "US"), ("Vatican City", "VA"), ("Czech Republic", "CZ"), ("Hong Kong", "CN"),
        ("Hong Kong", "HK"), ("England", "GB"), ("Burma", "MM"), ("Iran, Islamic Republic of", "IR"),
    ],
)  # fmt: skip
def test_countries_go_by_many_names(tmp_path: Path, country: str, code: str) -> None:
    changes = {"stops.0.country": country, "stops.0.country_code": code}
    assert doubted(tmp_path, changes) == []
    assert doubted(tmp_path, {**changes, "stops.0.country_code": "PE"}) == ["stops[brindle].country_code"]


def test_without_the_gazetteer_its_rule_is_silent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unreadable(minimum: int) -> None:
        raise GeocoderUnavailable("gone")

    folder = make_trip(tmp_path, {**NO_PIN, "stops.0.query": "Lima"})
    dossier = open_dossier(folder)
    monkeypatch.setattr("dashboard.places.gazetteer._all_towns", unreadable)
    assert doubts(dossier, lines_of(folder)) == []


def test_a_town_that_another_service_found_is_not_doubted(tmp_path: Path) -> None:
    folder = make_trip(tmp_path, {**NO_PIN, "stops.0.query": "Yamoussoukro"})
    dossier = open_dossier(folder)
    found = Place(53.5, -3.0, "city", "an online service", "Yamoussoukro, Britain")
    places = {**dossier.places, "brindle": found}
    assert doubts(dossier, lines_of(folder)) != []
    assert doubts(Dossier(dossier.trip, Located(places)), lines_of(folder)) == []


# --- all of it ---


def test_doubts_are_told_in_the_order_of_the_file_and_for_each_record(tmp_path: Path) -> None:
    changes = {
        "end": date(2031, 5, 8),
        "excerpts.0.people": ["tom"],
        "stops.0.country": "Peru",
        "quotes.0.role": "King",
        "meetings.1.people": ["tom"],
    }
    assert doubted(tmp_path, changes) == [
        "end",
        "stops[brindle].country_code",
        "stops[dunmore].arrive",
        "meetings[mayor].people",
        "quotes[sea].role",
        "excerpts[reached].people",
    ]


def _cost(folder: Path, size: int) -> float:
    """Seconds for the doubts of a trip of so many records of a kind, each of them doubtful."""
    trip = plain_trip()
    for name in ("stops", "people", "meetings", "quotes", "excerpts"):
        trip[name] = [*trip[name], *({**trip[name][0], "id": f"n{n}"} for n in range(size))]
    wrong = {"date_basis": "stated", "date": date(2031, 5, 5)}
    trip["meetings"] = [{**meeting, **wrong, "people": [f"n{n}"]} for n, meeting in enumerate(trip["meetings"][:size])]
    trip["stops"] = [{**stop, "country": "Costa Rica", "spellings": ["Kalder"]} for stop in trip["stops"]]
    folder.mkdir()
    dossier, lines = open_dossier(write_trip(folder, trip)), lines_of(folder)
    times = []
    for _ in range(3):  # the least of three: what else the machine does is no cost of ours
        started = time.process_time()
        assert len(doubts(dossier, lines, 10 * size)) > 3 * size
        times.append(time.process_time() - started)
    return min(times)


def test_a_record_costs_the_same_in_a_large_trip(tmp_path: Path) -> None:
    assert _cost(tmp_path / "large", 2000) < 10 * _cost(tmp_path / "small", 500)  # each with each would make it 16


def test_an_implied_place_needs_its_reason(tmp_path: Path) -> None:
    there = quote("Tom Okoro was not with her.", "list")
    changes = {"excerpts.3": {"id": "with", "stop": "brindle", "passage": there}}
    (problem,) = said_in(make_trip(tmp_path, changes))
    assert problem.where == "stops[brindle].implied"
    assert "a passage of source list that names Brindle" in problem.message
    assert problem.line == line(tmp_path, 'id = "brindle"') - 1  # the head of its table
    assert doubted(tmp_path, {**changes, "stops.0.implied": [{"source": "list", "reason": "It is the harbour."}]}) == []


def test_shared_wording_is_declared_or_explained(tmp_path: Path) -> None:
    run = "the harbour board of the town had met at noon"
    texts = {"log.txt": f"{LOG}\nThen {run}.\n", "list.txt": f"{TEXTS['list.txt']}\nSo {run}.\n"}
    (problem,) = said_in(make_trip(tmp_path, {}, texts))
    assert problem.where == "sources[list].shares_wording_with"
    assert f"both have '{run}'; declare it" in problem.message
    assert doubted(tmp_path, {"sources.0.shares_wording_with": ["list"]}, texts) == []
    reason = [{"source": "log", "reason": "The name of the board."}]
    assert doubted(tmp_path, {"sources.1.coincides_with": reason}, texts) == []
