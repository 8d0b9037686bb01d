"""Trip folders: what is right opens, and everything wrong is told at once, each with its line and a remedy."""

from __future__ import annotations

import hashlib
import re
from datetime import date
from pathlib import Path

import pytest

from dashboard.model import text_quotes
from dashboard.problems import Problem, TripError
from dashboard.trips import load_trip, source_texts
from tests.conftest import LIST, LOG, SEEDS, TEXTS, TRIP, line_of, make_trip, plain_trip

SHARED = SEEDS.parents[1] / "shared" / "seeds"
SUMS = {
    "000_ca37253c403c6568.txt": "64ffeb02a054dcf026359e768a4289b2aceb14ae479ba28068aa00189a8597cd",
    "001_c5a2ddbdd846ca84.txt": "e1c2a9e37fc596993834b4ce40a46d05ebebe11f17018cc2a6f8ff7f054511b2",
    "002_58d88a0afbb31e8a.txt": "9180f9c068fa2f1bbd02ff63c0ad545b7de0c2feb9dcfdb1e001f140028c656b",
    "003_956c65dd0ef825c8.txt": "167b67d0c6534746b89a2e4fe890cd80a4e9efb264b1093aebda8e2813eef887",
    "004_83b5ac5e2b922410.txt": "5569a6915e4c713af58a356ef9032f1d0ab13ff3feea8f73ac30a0151b4f94db",
}


def problems(folder: Path) -> tuple[Problem, ...]:
    with pytest.raises(TripError) as caught:
        load_trip(folder)
    return caught.value.problems


def quote(exact: str, source: str = "log", **around: str) -> dict[str, str]:
    return {"source": source, "exact": exact, **around}


# --- what is right ---


def test_the_invented_trip_opens(tmp_path: Path) -> None:
    trip = load_trip(make_trip(tmp_path))
    assert list(trip.stops) == ["brindle", "calder", "dunmore"]
    assert trip.texts == {"log": LOG, "list": LIST}
    for _, item in text_quotes(trip.file):
        passage = trip.passage(item)
        assert trip.texts[passage.source][passage.start : passage.end] == passage.text == item.exact


def test_the_bundled_trip_opens() -> None:
    trip = load_trip(SEEDS)
    assert (len(trip.file.sources), len(trip.file.stops), len(trip.file.releases)) == (5, 11, 42)
    assert sum(len(item.passages) for item in trip.file.quotes) == 23


def test_the_bundled_texts_are_those_that_were_given() -> None:
    folders = [folder for folder in (SEEDS, SHARED) if folder.is_dir()]
    for folder in folders:
        assert {f.name: hashlib.sha256(f.read_bytes()).hexdigest() for f in folder.glob("*.txt")} == SUMS


def test_a_caption_is_evidence_and_a_heading_is_for_a_title_only(tmp_path: Path) -> None:
    caption = quote("Ada Marsh greets Tom Okoro on the quay of Brindle.")
    trip = load_trip(make_trip(tmp_path, {"stops.0.status_evidence.0": caption}))
    assert trip.file.stops[0].status_evidence[0].exact == caption["exact"]
    (problem,) = problems(make_trip(tmp_path, {"excerpts.0.passage": quote("A voyage to three ports")}))
    assert "page furniture (heading)" in problem.message


def test_a_repeated_passage_is_told_by_what_surrounds_it(tmp_path: Path) -> None:
    around = quote("Brindle", prefix="the quay of ", suffix=".\n\nFrom")
    trip = load_trip(make_trip(tmp_path, {"excerpts.0.passage": around}))
    passage = trip.passage(trip.file.excerpts[0].passage)
    assert passage.start == LOG.index("Brindle.\n")


def test_line_ends_of_other_systems_are_kept(tmp_path: Path) -> None:
    texts = {name: text.replace("\n", "\r\n") for name, text in TEXTS.items()}
    trip = load_trip(make_trip(tmp_path, {}, texts))
    assert trip.texts["log"] == texts["log.txt"]


def test_source_texts_have_their_furniture(tmp_path: Path) -> None:
    log = source_texts(load_trip(make_trip(tmp_path)))["log"]
    assert [span.kind for span in log.furniture] == ["navigation", "heading", "caption", "comment-form"]


# --- mistakes in trip.toml: the change, where it is told, the line with these words, what is said ---

SHAPE = {
    "unknown key": ({"stops.1.arives": date(2031, 5, 4)}, "stops[calder].arives", "arives =", "found an unknown one"),
    "unknown key of the trip": ({"sites": 1}, "sites", "sites = 1", "found an unknown one"),
    "wrong type": ({"stops.1.name": 7}, "stops[calder].name", "name = 7", "found 7; correct the value"),
    "empty words": ({"stops.1.name": ""}, "stops[calder].name", 'name = ""', "at least 1 character"),
    "no such word": ({"stops.1.status": "seen"}, "stops[calder].status", '"seen"', "found 'seen'"),
    "no id": ({"stops.2.id": "Dun more\n"}, "stops[Dun more\n].id", "Dun more", "should match pattern"),
    "no day": ({"stops.1.arrive": "soon"}, "stops[calder].arrive", '"soon"', "found 'soon'"),
    "a day in seconds": (
        {"stops.1.arrive": 1},
        "stops[calder].arrive",
        "arrive = 1",
        "a day such as 2031-05-04, found 1;",
    ),
    "a latitude that is none": (
        {"stops.1.pin": {"lat": True, "lon": 0, "reason": "?"}},
        "stops[calder].pin.lat",
        "lat = true",
        "valid number, found true",
    ),
    "a latitude in quotes": (
        {"stops.1.pin": {"lat": "53", "lon": 0, "reason": "?"}},
        "stops[calder].pin.lat",
        'lat = "53"',
        "valid number, found '53'",
    ),
    "no sum": ({"sources.1.sha256": "12"}, "sources[list].sha256", '"12"', "found '12'"),
    "other format": ({"format": 2}, "format", "format = 2", "found 2"),
    "pin off the globe": (
        {"stops.1.pin": {"lat": 90.5, "lon": 0, "reason": "?"}},
        "stops[calder].pin.lat",
        "90.5",
        "less than or equal to 90, found 90.5",
    ),
    "one position": (
        {"disagreements.0.positions.1": ...},
        "disagreements[company].positions",
        "positions =",
        "at least 2 items",
    ),
}
STOP, SOURCE, QUOTE, MEETING = 'id = "calder"', 'id = "list"', 'id = "sea"', 'id = "harbour"'
MISSING = {
    "missing key": ({"stops.1.query": ...}, "stops[calder].query", STOP, "expected this key, found none; add it"),
    "no evidence": ({"quotes.0.attribution": ...}, "quotes[sea].attribution", QUOTE, "found none; add it"),
    "end before start": (
        {"stops.1.depart": date(2031, 5, 3)},
        "stops[calder]",
        STOP,
        "the end 2031-05-03 lies before the beginning 2031-05-04",
    ),
    "inferred day": ({"stops.1.date_reason": ...}, "stops[calder]", STOP, "date_reason must say"),
    "inferred order": ({"stops.1.order_reason": ""}, "stops[calder]", STOP, "order_reason must say"),
    "inferred title": ({"sources.1.title_basis": "inferred"}, "sources[list]", SOURCE, "title_reason must say"),
    "inferred day of a source": ({"sources.1.date_reason": ...}, "sources[list]", SOURCE, "date_reason must"),
    "inferred day of a meeting": (
        {"meetings.0.date_reason": ...},
        "meetings[harbour]",
        MEETING,
        "date_reason",
    ),
    "inferred day of a quote": ({"quotes.0.date_reason": ...}, "quotes[sea]", QUOTE, "date_reason must say"),
    "quote about a stop": ({"quotes.0.stop_reason": ...}, "quotes[sea]", QUOTE, "stop_reason must say why"),
}
CROSS = {
    "a code of no country": (
        {"stops.1.country_code": "QX"},
        "stops[calder].country_code",
        'country_code = "QX"',
        "found 'QX', which no country has",
    ),
    "a country of no code": (
        {"countries": [{"code": "QX", "spellings": ["Calder"]}]},
        "countries[0].code",
        'code = "QX"',
        "found 'QX', which no country has",
    ),
    "a day of another age": (
        {"stops.2.depart": date(9999, 12, 31)},
        "stops[dunmore].depart",
        "depart = 9999",
        "within 100 years of the trip's start 2031-05-03, found 9999-12-31",
    ),
    "an end in another age": ({"end": date(3000, 1, 1)}, "end", "end = 3000", "within 100 years"),
    "unknown stop": ({"meetings.1.stop": "atlantis"}, "meetings[mayor].stop", "atlantis", "one of the stops, found"),
    "unknown traveller": ({"traveller": "eve"}, "traveller", '"eve"', "one of the people, found 'eve'"),
    "unknown speaker": ({"quotes.0.speaker": "eve"}, "quotes[sea].speaker", '"eve"', "one of the people"),
    "unknown person": ({"excerpts.0.people": ["ada", "eve"]}, "excerpts[reached].people", '"eve"', "one of the people"),
    "unknown meeting": ({"releases.0.meeting": "tea"}, "releases[remarks].meeting", '"tea"', "one of the meetings"),
    "unknown stop in a list": ({"disagreements.0.stops.2": "moon"}, "disagreements[company].stops", '"moon"', "stops"),
    "unknown source": (
        {"excerpts.0.passage.source": "diary"},
        "excerpts[reached].passage",
        '"diary"',
        "expected one of the sources list, log, found 'diary'",
    ),
    "no such passage": (
        {"excerpts.0.passage": quote("She met Tom Okoro of the customs")},
        "excerpts[reached].passage",
        "customs",
        "its first 25 characters do",
    ),
    "ambiguous passage": (
        {"meetings.0.evidence.1": quote("Ada Marsh ")},
        "meetings[harbour].evidence[1]",
        'exact = "Ada Marsh "',
        "stands 2 times; add prefix or suffix",
    ),
    "wrong prefix": (
        {"excerpts.0.passage": quote("Ada Marsh ", prefix="Captain ")},
        "excerpts[reached].passage",
        "Captain",
        "not between this prefix and suffix",
    ),
    "passage of a comment form": (
        {"excerpts.0.passage": quote("Brindle is lovely, says a reader.")},
        "excerpts[reached].passage",
        "is lovely",
        "expected article body, found page furniture (comment-form)",
    ),
    "passage that runs into furniture": (
        {"date_evidence.0": quote("on 9 May.\n\nLeave a")},
        "date_evidence[0]",
        'Leave a"',
        "found page furniture (comment-form)",
    ),
    "no such furniture": (
        {"sources.1.furniture": [{"kind": "footer", "exact": "Imprint"}]},
        "sources[list].furniture[0]",
        "Imprint",
        "'Imprint' does not stand in the text",
    ),
    "ambiguous furniture": (
        {"sources.1.furniture": [{"kind": "footer", "exact": "May"}]},
        "sources[list].furniture[0]",
        '"May"',
        "stands 4 times",
    ),
    "overlapping furniture": (
        {"sources.0.furniture.4": {"kind": "link", "exact": "says a reader"}},
        "sources[log].furniture[4]",
        '"says a reader"',
        "overlapping",
    ),
    "nobody refers to a person": (
        {"people.2": {"id": "eve", "name": "Tom", "spellings": ["Tom"]}},
        "people[eve].id",
        '"eve"',
        "refers to this person, found none",
    ),
    "a spelling of no source": (
        {"people.1.spellings.1": "Thomas Okoro"},
        "people[tom].spellings",
        "Thomas",
        "found 'Thomas Okoro' in none",
    ),
    "a name of no source": ({"people.1.name": "T. Okoro"}, "people[tom].name", "T. Okoro", "found 'T. Okoro' in none"),
    "a title that is not in its passage": (
        {"releases.0.title": "Speech at Brindle"},
        "releases[remarks].title",
        "Speech",
        "found 'Speech at Brindle'",
    ),
    "a file elsewhere": ({"sources.1.file": "../list.txt"}, "sources[list].file", "../list", "without a path"),
    "no such file": ({"sources.1.file": "notes.txt"}, "sources[list].file", "notes.txt", "found none; add it"),
    "no file name at all": ({"sources.1.file": "a\0b"}, "sources[list].file", "\\u0000", "could not be read"),
    "the folder above": ({"sources.1.file": ".."}, "sources[list].file", '".."', "without a path"),
}


@pytest.mark.parametrize(
    ("changes", "where", "words", "said"), [*SHAPE.values(), *CROSS.values()], ids=[*SHAPE, *CROSS]
)
def test_a_mistake_is_told_at_its_line(
    tmp_path: Path, changes: dict[str, object], where: str, words: str, said: str
) -> None:
    folder = make_trip(tmp_path, changes)
    (problem,) = problems(folder)
    assert (problem.file, problem.where) == ("trip.toml", where)
    assert problem.line == line_of(folder, words)
    assert said in problem.message
    assert re.search(r"; \w.*$", problem.message)  # what to do


@pytest.mark.parametrize(("changes", "where", "key", "said"), MISSING.values(), ids=MISSING)
def test_what_no_line_holds_is_told_at_its_record(
    tmp_path: Path, changes: dict[str, object], where: str, key: str, said: str
) -> None:
    folder = make_trip(tmp_path, changes)
    (problem,) = problems(folder)
    assert (problem.where, problem.line) == (where, line_of(folder, key) - 1)
    assert said in problem.message


def test_a_trip_that_ends_before_it_starts(tmp_path: Path) -> None:
    (problem,) = problems(make_trip(tmp_path, {"end": date(2031, 5, 2)}))
    assert "start and end: the end 2031-05-02 lies before the beginning 2031-05-03" in problem.message
    assert problem.line == 1


@pytest.mark.parametrize("name", ["sources", "stops", "people", "meetings", "releases", "quotes", "disagreements"])
def test_an_id_given_twice_is_told_at_both(tmp_path: Path, name: str) -> None:
    records = plain_trip()[name]
    folder = make_trip(tmp_path, {f"{name}.{len(records)}": records[0]})
    found = problems(folder)
    lines = (folder / "trip.toml").read_text(encoding="utf-8").split("\n")
    assert [lines[problem.line - 1] for problem in found if problem.line] == [f'id = "{records[0]["id"]}"'] * 2
    assert all("found" in p.message and "2 times; rename one" in p.message for p in found)


def test_a_position_rests_on_its_own_source(tmp_path: Path) -> None:
    (problem,) = problems(make_trip(tmp_path, {"disagreements.0.positions.1.source": "log"}))
    assert problem.where == "disagreements[company].positions[1]"
    assert "position of source log rests on source list" in problem.message


# --- mistakes of the files ---


def test_a_changed_text_is_told_with_both_sums(tmp_path: Path) -> None:
    folder = make_trip(tmp_path)
    (folder / "list.txt").write_text(LIST + "One more line.\n", encoding="utf-8")
    (problem,) = problems(folder)
    was, now = (hashlib.sha256(text.encode()).hexdigest() for text in (LIST, LIST + "One more line.\n"))
    assert problem.where == "sources[list].sha256"
    assert problem.line == line_of(folder, was)
    assert was[:12] in problem.message
    assert now in problem.message


def test_a_missing_text_is_one_problem_however_much_rests_on_it(tmp_path: Path) -> None:
    folder = make_trip(tmp_path, {"people.1.spellings.1": "Tom Okoro of the harbour board"})
    (folder / "log.txt").unlink()  # the only one with this spelling
    assert [problem.where for problem in problems(folder)] == ["sources[log].file"]


def test_a_text_in_another_encoding(tmp_path: Path) -> None:
    folder = make_trip(tmp_path)
    (folder / "log.txt").write_bytes(LOG.encode("utf-16"))
    (problem,) = problems(folder)
    assert problem.line == line_of(folder, 'file = "log.txt"')
    found = "the byte 0xff at position 0, a byte-order mark of UTF-16"
    assert f"expected UTF-8 text, found {found}; save the file as UTF-8" in problem.message


def test_a_trip_file_in_another_encoding(tmp_path: Path) -> None:
    (tmp_path / "trip.toml").write_bytes('title = "Überfahrt"'.encode("latin-1"))
    (problem,) = problems(tmp_path)
    assert str(problem).startswith("trip.toml: expected UTF-8 text, found the byte 0xdc at position 9")


def test_no_trip_file_and_no_folder(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path)
    assert str(problem).startswith(f"trip.toml: expected this file in {tmp_path}, found none; ")
    (problem,) = problems(tmp_path / "nowhere")
    assert str(problem).startswith(f"{tmp_path / 'nowhere'}: expected a trip folder, found none here; ")
    (tmp_path / "trip.toml").mkdir()
    (problem,) = problems(tmp_path)
    assert "could not be read" in problem.message


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (TRIP.replace('id = "calder"', "id = calder"), TRIP[: TRIP.index('id = "calder"')].count("\n") + 1),
        ("format = 1\ntitle = [", 2),
        ("format = 1\nformat = 1\n", 2),
        ("start = 2031-02-30\n", 1),
        (f"format = {'9' * 5000}", 1),
        (f"format = {'[' * 5000}", 1),
    ],
    ids=["no quotes", "end of file", "twice", "no such day", "endless number", "endless list"],
)
def test_what_is_no_toml_is_told_at_its_line(tmp_path: Path, text: str, line: int) -> None:
    (tmp_path / "trip.toml").write_text(text, encoding="utf-8")
    (problem,) = problems(tmp_path)
    assert problem.line == line
    assert problem.message.startswith("expected TOML, found a mistake: ")
    assert problem.message.endswith("; correct the line")


# --- all at once ---

FIVE = {
    "meetings.0.stop": "atlantis",
    "people.1.spellings.1": "Thomas Okoro",
    "excerpts.2.passage": quote("Ada Marsh was in Caldera", "list"),
    "releases.0.title": "Speech at Brindle",
    "date_evidence.0": quote("Brindle is lovely, says a reader."),
}


def test_five_mistakes_are_told_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    assert [problem.where for problem in problems(make_trip(tmp_path, FIVE))] == [
        "date_evidence[0]",
        "people[tom].spellings",
        "meetings[harbour].stop",
        "releases[remarks].title",
        "excerpts[there].passage",
    ]


def test_mistakes_of_shape_do_not_hide_the_others(tmp_path: Path) -> None:
    shape = {"stops.0.nmae": "x", "meetings.1.kind": "tea", "excerpts.0.passage": ..., "quotes.0.passages": []}
    folder = make_trip(tmp_path, {**FIVE, **shape})
    expected = {
        "date_evidence[0]": "is lovely",
        "stops[brindle].nmae": "nmae",
        "people[tom].spellings": "Thomas",
        "meetings[harbour].stop": "atlantis",
        "meetings[mayor].kind": '"tea"',
        "releases[remarks].title": "Speech",
        "quotes[sea].passages": "passages =",
        "excerpts[there].passage": "Caldera",
    }
    found = {problem.where: problem.line for problem in problems(folder)}
    assert found.pop("excerpts[reached].passage") == line_of(folder, 'id = "reached"') - 1
    assert found == {where: line_of(folder, words) for where, words in expected.items()}


def test_a_malformed_record_is_no_reason_to_doubt_the_sound_ones(tmp_path: Path) -> None:
    wrong = ["sources.0.kind", "stops.0.name", "people.0.name", "meetings.0.kind", "disagreements.0.kind"]
    folder = make_trip(tmp_path, dict.fromkeys(wrong, 1) | {"title": ...})
    assert [problem.where for problem in problems(folder)] == [
        "title",
        "sources[log].kind",
        "stops[brindle].name",
        "people[ada].name",
        "meetings[harbour].kind",
        "disagreements[company].kind",
    ]


@pytest.mark.parametrize("name", ["sources", "stops", "people", "meetings", "excerpts", "traveller", "date_evidence"])
@pytest.mark.parametrize("value", [7, "x", [7], [{}], {}, [{"id": []}]], ids=repr)
def test_any_shape_is_told_and_none_is_fatal(tmp_path: Path, name: str, value: object) -> None:
    assert any(problem.where.startswith(name) for problem in problems(make_trip(tmp_path, {name: value})))
