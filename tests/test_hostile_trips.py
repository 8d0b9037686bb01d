"""Trip folders made to hang, to flood or to break whoever opens them: each ends soon, in little memory, with a word.

Every case runs the command in a process of its own that may take a gigabyte. The waiting limit is generous, for a busy
machine is no failure: what these cases took before they were mended is minutes, or for ever.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from dashboard.country_codes import countries
from tests.conftest import TEXTS, TRIP, make_trip, plain_trip, write_trip

resource = pytest.importorskip("resource", reason="the memory of a process is limited where POSIX is")

GIGABYTE = 1_000_000_000
SECONDS = 60


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The command in a process that may take a gigabyte and a minute."""
    return subprocess.run(
        [sys.executable, "-m", "dashboard", *arguments],
        capture_output=True,
        check=False,
        text=True,
        timeout=SECONDS,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (GIGABYTE, GIGABYTE)),
    )


Make = Callable[[Path], object]


def edited(old: str, new: str) -> Make:
    """The invented trip with other words in its file."""

    def make(folder: Path) -> None:
        file = make_trip(folder) / "trip.toml"
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")

    return make


def headed(text: str) -> Make:
    """The invented trip with this before its file's first line."""
    return edited("format = 1", f"{text}\nformat = 1")


def file_of(text: str) -> Make:
    """A folder with nothing but this trip file."""
    return lambda folder: (folder / "trip.toml").write_text(text, encoding="utf-8")


def instead(name: str, put: Make) -> Make:
    """The invented trip with something else in a file's place."""

    def make(folder: Path) -> None:
        make_trip(folder)
        (folder / name).unlink()
        put(folder / name)

    return make


def linked(target: str) -> Make:
    """A link."""
    return lambda path: path.symlink_to(target)


def outside(path: Path) -> None:
    """A link to a good file beside the folder."""
    other = path.parent.parent / f"elsewhere-{path.name}"
    other.write_text(TEXTS.get(path.name, TRIP), encoding="utf-8")
    path.symlink_to(other)


def sparse(path: Path) -> None:
    """A file of 5 GB that takes no room."""
    with path.open("wb") as file:
        file.truncate(5 * GIGABYTE)


def about(log: str, quotes: Iterable[str] = ()) -> Make:
    """A trip of one stop on two texts, both ``log`` after a first line, with excerpts of these words."""

    def make(folder: Path) -> None:
        files = dict.fromkeys(TEXTS, f"{FIRST}\n{log}\n")
        trip = one_stop(files)
        trip["excerpts"] = [
            {"id": f"e{n}", "stop": "brindle", "passage": {"source": "log", "exact": words}}
            for n, words in enumerate(quotes)
        ]
        write_trip(folder, trip, files)

    return make


def large_texts(folder: Path) -> None:
    """A trip on four texts of nearly 4 MB."""
    text = f"{FIRST}\n{'A word. ' * 490_000}"
    files = dict.fromkeys(("log.txt", "list.txt"), text)
    trip = one_stop(files)
    trip["sources"] += [{**source, "id": f"{source['id']}-2"} for source in trip["sources"]]
    write_trip(folder, trip, files)


def one_stop(files: dict[str, str]) -> dict[str, Any]:
    """The invented trip cut down to what its texts' first line says."""
    trip = plain_trip(files)
    quote = [{"source": "log", "exact": FIRST}]
    for source in trip["sources"]:
        source.update(furniture=[], title_evidence=[])
    stop = trip["stops"][0] | dict.fromkeys(("date_evidence", "order_evidence", "status_evidence"), quote)
    none: dict[str, Any] = {key: [] for key in ("meetings", "releases", "quotes", "excerpts", "disagreements")}
    ada = {"id": "ada", "name": "Ada Marsh", "spellings": ["Ada Marsh"]}
    return trip | none | {"stops": [stop], "people": [ada], "date_evidence": quote}


def stops_of(codes: Iterable[str]) -> Make:
    """A trip of a stop for each of these countries."""

    def make(folder: Path) -> None:
        files = dict.fromkeys(TEXTS, f"{FIRST}\n")
        trip = one_stop(files)
        stop = trip["stops"][0]
        trip["stops"] = [{**stop, "id": f"s{n}", "country_code": code} for n, code in enumerate(codes)]
        write_trip(folder, trip, files)

    return make


def last_day(folder: Path) -> None:
    """The invented trip on 31 December 9999."""
    text = (make_trip(folder) / "trip.toml").read_text(encoding="utf-8")
    moved = re.sub(r"^(start|end|arrive|depart|date) = .*", r"\1 = 9999-12-31", text, flags=re.MULTILINE)
    (folder / "trip.toml").write_text(moved, encoding="utf-8")


FIRST = "Ada Marsh reached Brindle on 3 May 2031."
HEXADECIMAL = f"0x{'f' * 5000}"
REST = "there are more than these; correct them and look again"

REFUSED: dict[str, tuple[Make, str]] = {
    "a pipe for a text": (instead("log.txt", os.mkfifo), "expected a file, found a pipe"),
    "a pipe for the trip file": (instead("trip.toml", os.mkfifo), "expected a file, found a pipe"),
    "a link to an endless device": (instead("log.txt", linked("/dev/zero")), "found a link out of it"),
    "a link out of the folder": (instead("log.txt", outside), "found a link out of it; put the file itself there"),
    "a trip file linked from elsewhere": (instead("trip.toml", outside), "found a link out of it"),
    "a link to itself": (instead("log.txt", linked("log.txt")), "could not be read"),
    "a text of 5 GB": (instead("log.txt", sparse), "expected at most 4 MB, found 5,000,000,000 bytes"),
    "a trip file of 5 GB": (instead("trip.toml", sparse), "expected at most 16 MB, found 5,000,000,000 bytes"),
    "texts of 16 MB": (large_texts, "expected at most 12 MB of source texts in all, found more with this one"),
    "a title of 5,000 digits": (edited('title = "A', f"title = {HEXADECIMAL} #"), "more than 60 digits"),
    "a day of 5,000 digits": (edited("end = 2031-05-09", f"end = {HEXADECIMAL}"), "more than 60 digits"),
    "a latitude of 5,000 digits": (edited("lat = 53.5", f"lat = {HEXADECIMAL}"), "more than 60 digits"),
    "a key of 5,000 parts": (edited('id = "voyage"', f"id{'.a' * 5000} = 1"), "at most 16 parts, found id.a.a"),
    "a megabyte of deep keys": (headed(f"{'.'.join('a' * 400)} = 1\n" * 1_000), "at most 16 parts"),
    "a text as deep as it may be": (headed(f"x = {'[' * 200}{']' * 200}"), "found an unknown one"),
    "lists in lists": (headed(f"x = {'[' * 100_000}"), "expected TOML, found a mistake"),
    "quotation marks without end": (headed('x = """' + '\\"""' * 200_000), "expected TOML, found a mistake"),
    "a title of 5 MB": (edited('traveller = "ada"', f'traveller = "{"a" * 5_000_000}"'), "at most 80 characters"),
    "300,000 unknown keys": (
        headed("".join(f"key{n} = 1\n" for n in range(300_000))),
        "expected at most 20,000 keys and values in one record",
    ),
    "5,000 unknown keys": (headed("".join(f"key{n} = 1\n" for n in range(5_000))), REST),
    "a million empty stops": (file_of("[[stops]]\n" * 1_000_000), REST),
    "a list of a million tables": (file_of(f"summary = [{'{}, ' * 1_000_000}]"), REST),
    "a stop of a million passages": (
        edited("order_evidence = [", f"order_evidence = [{'{}, ' * 1_000_000}"),
        "expected at most 20,000 keys and values in one record",
    ),
    "50,000 stops": (stops_of(["GB"] * 50_000), "expected at most 16 MB"),
    "a 50,000 times in a megabyte of a": (
        about("a" * 1_000_000, ["a"] * 50_000),
        "'a' stands more than 100 times",
    ),
    "50,000 passages that are not there": (
        about("a b c " * 160_000, (f"a b c a b {n}" for n in range(50_000))),
        "does not stand in the text",
    ),
    "a latitude that is no number": (edited("lat = 53.5", "lat = true"), "found true"),
    "a latitude in quotes": (edited("lat = 53.5", 'lat = "53"'), "found '53'"),
    "a code of no country": (edited('"GB"', '"QX"'), "found 'QX', which no country has"),
    "a byte-order mark": (edited("format = 1", "\ufeffformat = 1"), "found a byte-order mark"),
    "all days of ten thousand years": (
        edited("start = 2031-05-03\nend = 2031-05-09", "start = 0001-01-01\nend = 9999-12-31"),
        "expected a day within 100 years of the trip's start 0001-01-01, found 9999-12-31",
    ),
    "ids that mean something in a pattern": (
        edited("[[sources]]", "".join(f'[[sources]]\nid = "(((x-{n}"\n' for n in range(20)) + "[[sources]]"),
        "should match pattern",
    ),
}


@pytest.mark.parametrize(("make", "told"), REFUSED.values(), ids=REFUSED)
def test_it_is_refused_with_a_word(tmp_path: Path, make: Make, told: str) -> None:
    folder = tmp_path / "trip"
    folder.mkdir()
    make(folder)
    done = run("check", str(folder))
    assert (done.returncode, done.stdout) == (2, "")
    lines = done.stderr.splitlines()
    assert any(told in line for line in lines[:-1]), done.stderr[:5000]
    assert len(lines) <= 102
    assert all(len(line) < 2_500 for line in lines)
    assert "Traceback" not in done.stderr


A_WHOLE_TEXT = "A. " * 100_000

TAKEN: dict[str, tuple[Make, list[str]]] = {
    "A. 100,000 times": (about(A_WHOLE_TEXT), ["check"]),
    "A. 100,000 times, compared": (about(A_WHOLE_TEXT), ["export", "json"]),
    "a word 500,000 times, compared": (about("a " * 500_000), ["export", "json"]),
    "a megabyte of a": (about("a" * 1_000_000), ["export", "json"]),
    "20,000 passages of a long text": (
        about(" ".join(f"w{n}x" for n in range(60_000)), (f"w{n}x" for n in range(0, 60_000, 3))),
        ["check"],
    ),
    "every country at once": (stops_of(countries()), ["check"]),
    "the last day there is": (last_day, ["export", "ics"]),
}


@pytest.mark.parametrize(("make", "arguments"), TAKEN.values(), ids=TAKEN)
def test_it_is_taken_in_its_time(tmp_path: Path, make: Make, arguments: list[str]) -> None:
    folder = tmp_path / "trip"
    folder.mkdir()
    make(folder)
    done = run(*arguments, str(folder))
    assert done.returncode == 0, done.stderr[-5000:]
    assert "Traceback" not in done.stderr
