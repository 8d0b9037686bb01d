"""Which sources share wording: runs of eight words, found by the program and judged by people."""

from __future__ import annotations

from typing import Any

import pytest

from dashboard.dossier import Dossier
from dashboard.independence import Independence
from dashboard.sources import SourceText, Span

EIGHT = "the minister spoke at length of the harbour"


class FakeTrip:
    """As much of a trip as independence looks at."""

    def __init__(self, ids: str, shares: dict[str, Any], excused: dict[str, Any]) -> None:
        class Source:
            def __init__(self, id_: str) -> None:
                self.id = id_
                self.shares_wording_with = shares.get(id_, ())
                self.coincides_with = [type("Coincidence", (), {"source": other}) for other in excused.get(id_, ())]

        self.sources = {id_: Source(id_) for id_ in ids}
        self.file = type("File", (), {"sources": tuple(self.sources.values())})


def judged(shares: dict[str, Any] | None = None, excused: dict[str, Any] | None = None, **texts: str) -> Independence:
    """The independence of these texts."""
    trip: Any = FakeTrip("".join(texts), shares or {}, excused or {})
    return Independence(trip, {id_: SourceText(id_, text) for id_, text in texts.items()})


def runs(**texts: str) -> dict[tuple[str, str], list[str]]:
    return {pair: [run.second.text for run in found] for pair, found in judged(**texts).shared.items()}


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (f"Then {EIGHT}.", f"Here {EIGHT}, they say.", [EIGHT]),
        (f"Then {EIGHT}.", f"Here {EIGHT.upper()}, they say.", [EIGHT.upper()]),  # letter case is no difference
        (f"Then {EIGHT}.", "Here the minister spoke at length of the quay, they say.", []),  # seven words
        (f"Then {EIGHT} again.", f"So {EIGHT} again.", [f"{EIGHT} again"]),  # the whole run, once
        (f"Then “{EIGHT}”.", f"Here {EIGHT}, they say.", []),  # quoted words are the speaker's
        (f'Then "{EIGHT}".', f'Here "{EIGHT}".', []),
        ("Of the minister. Spoke at length of the harbour.", f"Of {EIGHT}.", []),  # a run ends with its sentence
        (f"Then {EIGHT}.", f"So {EIGHT}. Then {EIGHT}.", [EIGHT, f"Then {EIGHT}"]),
    ],
)
def test_a_run_is_eight_words_inside_a_sentence(a: str, b: str, expected: list[str]) -> None:
    assert runs(a=a, b=b) == ({("a", "b"): expected} if expected else {})


def test_a_run_tells_where_it_stands_in_both_and_how_long_it_is() -> None:
    ((run,),) = judged(a=f"Then {EIGHT}.", b=f"Here and {EIGHT}.").shared.values()
    assert (run.first.source, run.first.start, run.first.text) == ("a", 5, EIGHT)
    assert (run.second.source, run.second.start, run.second.text) == ("b", 9, EIGHT)
    assert run.words == 8


def test_page_furniture_shares_nothing() -> None:
    text = f"{EIGHT}."
    furniture = SourceText("b", text, (Span(0, len(text), "comment-form"),))
    trip: Any = FakeTrip("ab", {}, {})
    assert Independence(trip, {"a": SourceText("a", text), "b": furniture}).shared == {}


def test_groups_join_whoever_shares_with_a_member() -> None:
    texts = {"a": f"Then {EIGHT}.", "b": f"So {EIGHT}.", "c": "Nothing.", "d": "Something."}
    assert judged(**texts).groups("abcd") == (("a", "b"), ("c",), ("d",))
    chained = judged({"b": ["c"]}, **texts)  # a with b by wording, b with c by declaration
    assert chained.groups("dcba") == (("a", "b", "c"), ("d",))
    assert chained.groups("ac") == (("a",), ("c",))  # b is not asked


def test_a_declaration_holds_both_ways_and_an_excuse_too() -> None:
    apart = {"a": "One.", "b": "Two."}
    assert judged({"b": ["a"]}, **apart).groups("ab") == (("a", "b"),)
    assert judged({"a": ["b"]}, **apart).groups("ab") == (("a", "b"),)
    alike = {"a": f"Then {EIGHT}.", "b": f"So {EIGHT}."}
    assert judged(None, {"b": ["a"]}, **alike).groups("ab") == (("a",), ("b",))


def test_what_the_file_does_not_explain_is_named() -> None:
    alike = {"a": f"Then {EIGHT}.", "b": f"So {EIGHT}."}
    assert list(judged(**alike).undeclared) == [("a", "b")]
    assert judged({"a": ["b"]}, **alike).undeclared == {}
    assert judged(None, {"a": ["b"]}, **alike).undeclared == {}


def test_the_partners_of_a_source_come_with_their_runs() -> None:
    told = judged({"c": ["b"]}, a=f"Then {EIGHT}.", b=f"So {EIGHT}.", c="Nothing.")
    assert {other: len(found) for other, found in told.with_source("b").items()} == {"a": 1, "c": 0}
    assert list(told.with_source("a")) == ["b"]


def test_a_run_inside_a_run_is_told_once() -> None:
    """A text of one word only has a run at every place; each of them read to its end would take hours."""
    (told,) = runs(a=f"{'a ' * 20_000}b.", b=f"{'a ' * 20_000}c.").values()
    assert told == ["a " * 19_999 + "a"]
    again = f"{EIGHT} and again {EIGHT}"
    assert runs(a=f"{again}.", b=f"Then {again}, {EIGHT}.") == {("a", "b"): [again, EIGHT]}


def test_the_bundled_trip(dossier: Dossier) -> None:
    independence = dossier.agreement.independence
    assert set(independence.shared) == {("000", "001"), ("002", "004")}
    assert independence.groups(dossier.trip.sources) == (("000", "001"), ("002", "004"), ("003",))
