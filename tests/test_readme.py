"""The README tells the truth: its example is a trip, its pictures and commands exist."""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from dashboard.__main__ import TRACEBACK_VARIABLE, command_line, parse
from dashboard.exports import FORMATS
from dashboard.guard import EMBED_VARIABLE, PUBLIC_VARIABLE
from dashboard.places.cache import CACHE_VARIABLE
from dashboard.places.online import GEOCODER_VARIABLE, OPTIONS_VARIABLE
from dashboard.trips import load_trip

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
LOG = "Ada Marsh reached Brindle on 3 May 2031.\n"


def test_the_example_is_a_trip(tmp_path: Path) -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", README, re.DOTALL)
    (tmp_path / "log.txt").write_text(LOG, encoding="utf-8")
    example = example.replace("…", hashlib.sha256(LOG.encode()).hexdigest(), 1)
    (tmp_path / "trip.toml").write_text(example, encoding="utf-8")
    assert list(load_trip(tmp_path).stops) == ["brindle"]


def test_its_pictures_are_there() -> None:
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README)
    assert len(pictures) >= 4
    assert all((ROOT / picture).is_file() for picture in pictures)


def test_every_format_is_told() -> None:
    told = README[README.index("## Taking it away") :].lower()
    words = {"pptx": "powerpoint", "html": "one web page", "ics": "calendar"}
    assert [name for name in FORMATS if words.get(name, name) not in told] == []


def test_its_variables_exist() -> None:
    known = {CACHE_VARIABLE, GEOCODER_VARIABLE, OPTIONS_VARIABLE, PUBLIC_VARIABLE, EMBED_VARIABLE, TRACEBACK_VARIABLE}
    assert set(re.findall(r"TRIP_[A-Z_]+", README)) == known


# --- What it tells to type. The front door (tests/front_door) types it; here each word is held against the program. ---

MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
WINDOWS = ".venv\\Scripts\\python "
#: A command in a code block, without the comment behind it.
LINES = [
    command.strip()
    for line in re.findall(r"^    (\S.*)$", re.sub(r"```.*?```", "", README, flags=re.DOTALL), re.MULTILINE)
    for command in line.split("#")[0].split(";")
]
INLINE = re.findall(r"`((?:make|trip-dashboard|python)\b[^`]*)`", README)
ROWS = re.findall(r"^\| (`trip-dashboard.*) \|$", README, re.MULTILINE)
PROGRAM = re.compile(r"(?:trip-dashboard|-m dashboard)\b(.*)")
OPTION = re.compile(r"(?<![\w-])--?[a-z][a-z-]*")
STAND_INS = {"FOLDER": ".", "FORMAT": "json", "FILE": "trip.json", "N": "8765", "URL": "https://trips.example"}


def usages() -> list[list[str]]:
    """The arguments of every command line of ours that stands in code, with something for each capital word."""
    told = [match[1] for line in LINES + INLINE if (match := PROGRAM.search(line))]
    return [[STAND_INS.get(word, word) for word in re.sub(r"[\[\]]", "", line).split()] for line in told]


def commands() -> dict[str, argparse.ArgumentParser]:
    (action,) = [it for it in command_line()._actions if isinstance(it, argparse._SubParsersAction)]
    return dict(action.choices)


def told_options(command: str) -> set[str]:
    """The options in the table's rows of this command; a row without a command tells of `run`."""
    rows = [row for row in ROWS if (re.match(r"`trip-dashboard ([a-z]+)", row) or ["", "run"])[1] == command]
    return {option for row in rows for code in re.findall(r"`[^`]+`", row) for option in OPTION.findall(code)}


@pytest.mark.parametrize("arguments", usages(), ids=" ".join)
def test_each_command_line_is_understood(arguments: list[str]) -> None:
    assert parse(arguments)


@pytest.mark.parametrize("command", commands())
def test_each_command_is_told_with_all_its_options_and_no_other(command: str) -> None:
    assert any(row.startswith(f"`trip-dashboard {command}") for row in ROWS)
    told = told_options(command)
    options = [set(it.option_strings) for it in commands()[command]._actions if "--help" not in it.option_strings]
    assert [names for names in options if names and not names & told] == []
    assert told <= set().union(*options)


def test_no_other_command_is_told() -> None:
    assert {command for row in ROWS for command in re.findall(r"^`trip-dashboard ([a-z]+)", row)} == set(commands())


@pytest.mark.skipif(not shutil.which("make"), reason="there is no make")
@pytest.mark.parametrize("line", [line for line in LINES + INLINE if line.startswith("make ")])
def test_make_does_what_is_told_with_what_it_is_given(line: str) -> None:
    environment = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "PORT", "ARGS")}
    done = subprocess.run([*line.split(), "--dry-run"], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    for given in line.split()[2:]:
        assert given.split("=")[1] in done.stdout
    for arguments in re.findall(r" -m dashboard\b(.*)$", done.stdout, re.MULTILINE):
        assert parse(arguments.split())


@pytest.mark.parametrize("line", [line.removeprefix(WINDOWS) for line in LINES if line.startswith(WINDOWS)])
def test_windows_is_told_what_make_does(line: str) -> None:
    """The command lines of the program itself are held against its parser, above."""
    assert line.startswith("-m dashboard") or line.removeprefix("-m pip install ") in re.sub(r"\$\(\w+\)", "", MAKEFILE)
    assert all((ROOT / file).is_file() for file in re.findall(r"\S+\.(?:lock|py)\b", line))


def test_windows_makes_the_environment_with_a_python_that_will_do() -> None:
    (version,) = [re.fullmatch(r"py -(3\.\d+) -m venv \.venv", line) for line in LINES if line.startswith("py ")]
    assert version
    assert f'requires-python = ">={version[1]}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_nothing_else_is_told() -> None:
    assert [line for line in LINES if not line.startswith(("make ", "py ", WINDOWS))] == []
