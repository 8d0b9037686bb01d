"""What is wrong with a trip folder: each problem with file, line, what was expected, what came, and what to do."""

from __future__ import annotations

import json
import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

Path = Sequence[str | int]

#: Problems that are told of one file; who has more corrects these first.
MOST_TOLD = 100
#: Characters of a place or a message; what is longer has its middle left out.
MOST_CHARACTERS = 1000
_REST = "there are more than these; correct them and look again"


@dataclass(frozen=True)
class Problem:
    """One problem; ``line`` counts from 1 and is None where no line can be named."""

    file: str
    line: int | None
    where: str
    message: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        text = f"{place}: {_cut(self.where) + ': ' if self.where else ''}{_cut(self.message)}"
        return " ".join(text.splitlines())  # one line for each problem, whatever a file holds


def _cut(text: str) -> str:
    half = MOST_CHARACTERS // 2
    return text if len(text) <= MOST_CHARACTERS else f"{text[:half]} … {text[-half:]}"


def counted(problems: Sequence[Problem], noun: str) -> str:
    """How many problems there are: "1 problem", "5 problems", "more than 100 problems"."""
    if any(problem.message == _REST for problem in problems):
        return f"more than {len(problems) - 1} {noun}s"
    return f"{len(problems)} {noun}{'' if len(problems) == 1 else 's'}"


class EnoughError(Exception):
    """There are more problems than are told; what reads a file need not go on."""


class TripError(Exception):
    """A trip folder could not be verified; ``problems`` has every reason, not only the first."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = tuple(problems)


def describe(path: Path, record_id: str | None = None) -> str:
    """A path of keys as a person would say it: ``stops[amman].date_evidence[0]``."""
    words = ""
    for depth, step in enumerate(path):
        if isinstance(step, int):
            words += f"[{record_id if record_id and depth == 1 else step}]"
        else:
            words += f".{step}" if words else step
    return words


class Lines:
    """Finds the line on which a value stands in the text of a TOML file.

    ``tomllib`` tells no lines for values, so they are found in the text: the n-th ``[[table]]`` header, in its block
    the last table or key of the path that stands there, and in it the quoted words where they are given: as a string of
    their own, or else in a longer one.
    """

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        self._headers: list[int] = []
        self._named: dict[str, list[int]] = {}
        for number, line in enumerate(self._lines):
            if match := re.match(r"\s*\[\[?([^\[\]]+)\]\]?\s*(?:#.*)?$", line):
                self._headers.append(number)
                self._named.setdefault(match[1].strip(), []).append(number)

    def find(self, path: Path, words: str = "") -> int | None:
        """The line (from 1) of the value at ``path``, as near as the text allows."""
        start, end, rest = self._block(path)
        for key in [step for step in rest if isinstance(step, str)][:1]:  # what an inline table has starts no line
            start = next((n for n in range(start, end) if _gives(self._lines[n], key)), start)
        first = words.split("\n")[0]
        for sought in (json.dumps(first, ensure_ascii=False), f"'{first}'", first[:40]) if first else ():
            hit = next((n for n in range(start, end) if sought in self._lines[n]), None)
            if hit is not None:
                return hit + 1
        return start + 1 if self._lines else None

    def _block(self, path: Path) -> tuple[int, int, Path]:
        """The lines of the innermost table that the path names, and the keys left over."""
        start, end, rest = 0, self._next_header(-1), path
        name, limit = "", len(self._lines)
        while rest and isinstance(rest[0], str):
            name = f"{name}.{rest[0]}" if name else rest[0]
            index = rest[1] if len(rest) > 1 and isinstance(rest[1], int) else None  # None: a table, not one of many
            tables = self._named.get(name, [])
            at = bisect_left(tables, start) + (index or 0)
            if at >= bisect_left(tables, limit):
                break
            start = tables[at]
            if at + 1 < len(tables):  # what is nested stands before the next table of this name
                limit = min(limit, tables[at + 1])
            end = self._next_header(start)
            rest = rest[1 if index is None else 2 :]
        return start, end, rest

    def _next_header(self, line: int) -> int:
        at = bisect_right(self._headers, line)
        return self._headers[at] if at < len(self._headers) else len(self._lines)


def _gives(line: str, key: str) -> bool:
    """Whether a line gives this key its value."""
    line = line.lstrip()
    for written in (key, f'"{key}"'):
        if line.startswith(written) and line[len(written) :].lstrip().startswith("="):
            return True
    return False


@dataclass
class Findings:
    """Collects problems of one TOML file and knows on which line of it each stands.

    ``kept`` is for a file of which only a part could be read: by collection, the numbers of the records in that part.
    At most ``most`` are told; ``is_cut``: there are more.
    """

    file: str
    lines: Lines
    problems: list[Problem] = field(default_factory=list)
    kept: dict[str, list[int]] = field(default_factory=dict)
    most: int = MOST_TOLD
    is_cut: bool = False

    def add(self, path: Path, message: str, *, record: str | None = None, words: str = "") -> None:
        """Note what is wrong at ``path``, in the record of this id; ``words`` stand on the line that is meant.

        Raises:
            EnoughError: there are as many problems as are told.
        """
        if len(self.problems) >= self.most:
            self.is_cut = True
            raise EnoughError
        if len(path) > 1 and (kept := self.kept.get(str(path[0]))):
            path = (path[0], kept[int(path[1])], *path[2:])
        self.problems.append(Problem(self.file, self.lines.find(path, words), describe(path, record), message))

    def in_order(self) -> list[Problem]:
        """The problems in the order of the file; where there are too many, the last one says so."""
        told = sorted(self.problems, key=lambda problem: (problem.file, problem.line or 0))
        return [*told, Problem(self.file, None, "", _REST)] if self.is_cut else told

    def raise_if_any(self) -> None:
        """Raise all of them as one error.

        Raises:
            TripError: there are problems.
        """
        if self.problems:
            raise TripError(self.in_order())
