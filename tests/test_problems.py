"""Naming problems, and finding the lines on which they stand."""

from __future__ import annotations

import time

import pytest

from dashboard.problems import EnoughError, Findings, Lines, Problem, TripError, counted, describe


def test_a_problem_is_one_line_of_text() -> None:
    assert str(Problem("trip.toml", 7, "stops[a].name", "wrong")) == "trip.toml:7: stops[a].name: wrong"
    assert str(Problem("trip.toml", None, "", "missing")) == "trip.toml: missing"
    assert "\n" not in str(Problem("trip.toml", 7, "stops[a\nb].name", "wrong\r\nvalue"))


def test_the_error_carries_every_problem() -> None:
    problems = [Problem("trip.toml", n, "", "wrong") for n in (1, 2)]
    error = TripError(problems)
    assert error.problems == tuple(problems)
    assert str(error) == "trip.toml:1: wrong\ntrip.toml:2: wrong"


@pytest.mark.parametrize(
    ("path", "record", "words"),
    [
        (("start",), None, "start"),
        (("stops", 2, "date_evidence", 0), "amman", "stops[amman].date_evidence[0]"),
        (("stops", 2, "date_evidence", 2), None, "stops[2].date_evidence[2]"),
        (("date_evidence", 0), None, "date_evidence[0]"),
    ],
)
def test_a_path_in_words(path: tuple[str | int, ...], record: str | None, words: str) -> None:
    assert describe(path, record) == words


TOML = """\
title = "A [[stops]] in a title"
start = 2031-05-03

[[sources]] # inline furniture
id = "a"
furniture = [{ kind = "heading", exact = "x" }]

[[sources]]
id = "b"

  [[sources.furniture]]
  exact = "one"

  [[sources.furniture]]
  "exact" = "two"

[[stops]]
id = "here"
evidence = [
  { source = "a", exact = "She said “yes”" },
  { source = "a", exact = "and left" },
]

[stops.pin]
lat = 1.0

[[stops]]
id = "there"
pin = { lat = 2.0 }
""".replace("\n", "\r\n")


@pytest.mark.parametrize(
    ("path", "words", "line"),
    [
        (("start",), "", "start = 2031"),
        (("sources", 1, "id"), "", 'id = "b"'),
        (("sources", 0, "furniture", 0), "", "furniture = ["),
        (("sources", 1, "furniture", 0, "exact"), "", 'exact = "one"'),
        (("sources", 1, "furniture", 1, "exact"), "", '"exact" = "two"'),
        (("stops", 0, "evidence", 1, "exact"), "and left", '"and left"'),
        (("stops", 0, "evidence", 0, "exact"), "", "evidence = ["),
        (("stops", 0, "pin", "lat"), "", "lat = 1.0"),
        (("stops", 1, "pin", "lat"), "", "pin = { lat = 2.0 }"),
        (("stops", 1, "id"), "", 'id = "there"'),
    ],
)
def test_the_line_of_a_value(path: tuple[str | int, ...], words: str, line: str) -> None:
    found = Lines(TOML).find(path, words)
    assert found is not None
    assert line in TOML.split("\n")[found - 1]


ROLES = """\
[[people]]
roles = [
  { role = "Prime Minister", evidence = ["a"] },
  { role = 'Minister', evidence = ["b"] },
  { role = "the \\"Minister\\"", evidence = ["c"] },
]
role = "King"
"""


@pytest.mark.parametrize(
    ("words", "line"), [("Prime Minister", 3), ("Prime", 3), ("Minister", 4), ('the "Minister"', 5), ("Earl", 2)]
)
def test_the_line_of_an_item_is_that_of_its_own_words(words: str, line: int) -> None:
    assert Lines(ROLES).find(("people", 0, "roles", 1, "role"), words) == line


def test_what_a_table_lacks_is_not_taken_from_the_next_one() -> None:
    lines = Lines("[[a]]\n[[a.b]]\nx = 1\n[[a]]\n[[a.b]]\nx = 2\n[[a.b]]\n[[a.b.c]]\nx = 3\n[[a.b.c]]\n")
    assert [lines.find(("a", n, "b", m, "x")) for n, m in ((0, 0), (1, 0))] == [3, 6]
    assert lines.find(("a", 0, "b", 1, "x")) == 1
    assert lines.find(("a", 1, "b", 1, "c", 0, "x")) == 9
    assert lines.find(("a", 1, "b", 0, "c", 0, "x")) == 5


def _look_up_all(size: int) -> float:
    """Seconds for finding every record of a file of so many, at its best of three."""
    lines, best = Lines("[[stops]]\nid = 1\n[[stops.also]]\nid = 2\n" * size), float("inf")
    for _ in range(3):
        started = time.process_time()
        assert all(lines.find(("stops", n, "also", 0, "id")) == 4 * n + 4 for n in range(size))
        best = min(best, time.process_time() - started)
    return best


def test_a_line_costs_the_same_in_a_long_file() -> None:
    assert _look_up_all(8000) < 10 * _look_up_all(2000)  # going through all headers each time would make it 16


def test_findings_are_told_in_the_order_of_the_file() -> None:
    findings = Findings("trip.toml", Lines(TOML))
    findings.add(("stops", 1, "pin", "lat"), "too far", record="there")
    findings.add(("sources", 1, "furniture", 1, "exact"), "not there", record="b", words="two")
    with pytest.raises(TripError) as caught:
        findings.raise_if_any()
    assert [(p.line, p.where) for p in caught.value.problems] == [
        (15, "sources[b].furniture[1].exact"),
        (29, "stops[there].pin.lat"),
    ]


def test_a_flood_of_problems_ends_with_a_word() -> None:
    findings = Findings("trip.toml", Lines(TOML), most=3)
    for _ in range(3):
        findings.add(("stops", 1, "id"), "wrong")
    assert counted(findings.in_order(), "problem") == "3 problems"
    with pytest.raises(EnoughError):
        findings.add(("start",), "wrong")
    told = findings.in_order()
    assert str(told[-1]) == "trip.toml: there are more than these; correct them and look again"
    assert (len(told), counted(told, "problem")) == (4, "more than 3 problems")
    assert counted(told[:1], "problem") == "1 problem"


def test_a_long_problem_keeps_its_beginning_and_its_end() -> None:
    text = str(Problem("trip.toml", 1, "a" * 5000, f"expected {'x' * 5000}; correct it"))
    assert text.startswith("trip.toml:1: aaa")
    assert text.endswith("; correct it")
    assert len(text) < 2100


def test_a_missing_key_is_wanted_at_its_table() -> None:
    lines = Lines(TOML)
    assert lines.find(("stops", 1, "name")) == lines.find(("stops", 1, "id")) - 1  # type: ignore[operator]
    assert lines.find(("format",)) == 1
    assert Lines("").find(("format",)) == 1
