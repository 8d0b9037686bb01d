"""Trip files, texts, links and acts by chance: what comes is taken, or refused with a few lines, and nothing breaks."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.dossier import Dossier, open_dossier
from dashboard.doubts import doubts
from dashboard.exports import FORMATS, Portion
from dashboard.independence import Independence
from dashboard.mentions import days_in
from dashboard.model import Furniture, TextQuote
from dashboard.problems import TripError
from dashboard.selection import MAX_NOTICES, from_query
from dashboard.sources import PassageNotFoundError, SourceText, furniture_spans
from dashboard.trips import lines_of
from dashboard.ui.explore import MOST_OF_AN_ACT, _bounded
from tests.conftest import LIST, LOG, TEXTS, make_trip, plain_trip, to_toml, write_trip

fuzzed = settings(
    max_examples=int(os.environ.get("FUZZ_EXAMPLES", "50")),
    deadline=None,
    suppress_health_check=list(HealthCheck),
)

# --- what is to be true of every folder ---


def check(folder: Path) -> None:
    """Open the trip and do with it what the dashboard does, or see that it is refused as it should be."""
    try:
        dossier = open_dossier(folder)
    except TripError as error:
        told = [str(problem) for problem in error.problems]
        assert 1 <= len(told) <= 101
        assert all(len(line) < 2_500 and len(line.splitlines()) == 1 for line in told)
        return
    assert all(
        "expected" in str(doubt) or "more than these" in str(doubt) for doubt in doubts(dossier, lines_of(folder))
    )
    for name in ("json", "geojson", "kml", "csv", "ics"):
        assert FORMATS[name].write(Portion(dossier))


# --- trip files ---

TOKENS = (
    *(
        '"""',
        "'''",
        '"',
        "'",
        "[",
        "]",
        "[[",
        "]]",
        "{",
        "}",
        "=",
        ".",
        ",",
        "#",
        "\n",
        "\\",
        "\\u0000",
        "\ufeff",
        "\0",
    ),
    *(
        "true",
        "nan",
        "-inf",
        "0x" + "f" * 5000,
        "9" * 4000,
        "1e999",
        "0001-01-01",
        "9999-12-31",
        "2031-05-03T00:00:00Z",
    ),
    *(
        "[[stops]]\n",
        "[[sources]]\n",
        "id",
        "stops",
        "{log}",
        "{002}",
        ".a" * 20,
        '"" = 1\n',
        "[" * 500,
        "é\u202e\ud7ff",
    ),
)


@st.composite
def edited_files(draw: st.DrawFn) -> bytes:
    """The invented trip's file after a few changes by chance."""
    data = to_toml(plain_trip()).encode()
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = draw(st.integers(start, min(len(data), start + 200)) | st.just(start))
        new = draw(
            st.sampled_from(TOKENS).map(str.encode) | st.binary(max_size=8) | st.text(max_size=8).map(str.encode)
        )
        data = data[:start] + new + data[end:]
    return data


@fuzzed
@given(edited_files())
def test_any_trip_file_is_taken_or_refused(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = make_trip(Path(name))
        (folder / "trip.toml").write_bytes(data)
        check(folder)


def paths(value: object, path: str = "") -> list[str]:
    """Every place in the trip, as ``make_trip`` names it."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path[1:]] * bool(path) + [place for key, inner in pairs for place in paths(inner, f"{path}.{key}")]


VALUES = st.recursive(
    st.booleans()
    | st.integers(-(2**63), 2**63)
    | st.dates()
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
    | st.sampled_from(["ada", "log", "brindle", "GB", "ZZ", "", "stated", "inferred", "2031-05-04", "0", "Ada Marsh"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "source", "exact"]), inner),
    max_leaves=4,
)


@fuzzed
@given(st.dictionaries(st.sampled_from(paths(plain_trip())), VALUES, min_size=1, max_size=3))
def test_any_value_is_taken_or_refused(changes: dict[str, object]) -> None:
    with tempfile.TemporaryDirectory() as name:
        trip = plain_trip()
        for path, value in changes.items():
            put(trip, path.split("."), value)
        check(write_trip(Path(name), trip))


def put(trip: Any, path: list[str], value: object) -> None:
    """Set a value where its place has not gone with an earlier change."""
    *way, last = [int(step) if step.isdigit() else step for step in path]
    with suppress(LookupError, TypeError):
        for step in way:
            trip = trip[step]
        trip[last] = value


# --- texts ---

WORDS = st.text(st.sampled_from('aA1.!?,“”"’() \n-–\u00a0é🚢') | st.characters(exclude_categories=["Cs"]), max_size=200)
SENTENCES = st.lists(
    st.sampled_from([*LOG.split("\n"), *LIST.split("\n"), "May 3-9, 2031", "U.S. Sept. 31", "a a a a"])
)
SOME_TEXT = WORDS | SENTENCES.map(" ".join) | st.tuples(WORDS, st.integers(1, 50)).map(lambda pair: pair[0] * pair[1])


@fuzzed
@given(SOME_TEXT, SOME_TEXT, WORDS.filter(bool), WORDS, WORDS)
def test_any_text_is_read(text: str, other: str, exact: str, prefix: str, suffix: str) -> None:
    for date in days_in(text):
        assert date.words
    source = SourceText("a", text)
    assert all(0 <= span.start < span.end <= len(text) for span in source.sentences())
    told = ""
    try:
        passage = source.find(TextQuote(source="a", exact=exact, prefix=prefix, suffix=suffix))
        assert text[passage.start : passage.end] == exact
        furniture_spans(text, [Furniture(kind="link", exact=exact)])
    except PassageNotFoundError as error:
        told = str(error)
    assert len(told) < 3_000
    trip: Any = type("Trip", (), {"sources": {"a": None, "b": None}, "file": type("File", (), {"sources": ()})})
    for runs in Independence(trip, {"a": source, "b": SourceText("b", other)}).shared.values():
        for run in runs:
            assert other[run.second.start : run.second.end] == run.second.text


@fuzzed
@given(SOME_TEXT)
def test_any_text_of_a_trip_is_taken_or_refused(text: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        texts = {**TEXTS, "list.txt": LIST + text}
        check(make_trip(Path(name), {}, texts))


# --- links and acts ---

KEYS = (
    st.sampled_from(["stop", "from", "to", "country", "person", "view", "q", "source", "passage", "slide"]) | st.text()
)
QUERY_WORDS = st.text() | st.sampled_from(
    ["amman", "IL,JO", "2023-11-04", "2023-W45-1", "002", "3-9", "9" * 5000, ",", "1"]
)
LONG = st.tuples(QUERY_WORDS, st.integers(1, 3000)).map(lambda pair: pair[0] * pair[1])


@fuzzed
@given(st.dictionaries(KEYS, QUERY_WORDS | LONG | st.lists(QUERY_WORDS, max_size=400)))
def test_any_link_is_read(dossier: Dossier, query: Mapping[str, str | list[str]]) -> None:
    selection, notices = from_query(query, dossier.trip)
    assert from_query(selection.to_query(), dossier.trip) == (selection, ())
    assert len(notices) <= MAX_NOTICES
    assert all(len(notice) < 200 for notice in notices)
    assert selection.describe(dossier.trip)
    assert len(selection.why_empty(dossier.trip) or "") < 400


JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text() | LONG, st.lists, max_leaves=5)


@fuzzed
@given(st.dictionaries(KEYS, JSON))
def test_any_act_is_understood(dossier: Dossier, change: dict[object, object]) -> None:
    words = _bounded(change)
    assert sum(len(key) + len(value) for key, value in words.items()) <= MOST_OF_AN_ACT
    from_query(words, dossier.trip)
