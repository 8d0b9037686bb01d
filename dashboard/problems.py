"""What is wrong with a trip folder: each problem with file, line, what was expected, what came, and what to do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

Path = Sequence[str | int]


@dataclass(frozen=True)
class Problem:
    """One problem; ``line`` counts from 1 and is None where no line can be named."""

    file: str
    line: int | None
    where: str
    message: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        text = f"{place}: {self.where + ': ' if self.where else ''}{self.message}"
        return " ".join(text.splitlines())  # one line for each problem, whatever a file holds


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
    the last table or key of the path that stands there, and in it the quoted words where they are given.
    """

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        self._headers = [
            (number, match.group(1).strip())
            for number, line in enumerate(self._lines)
            if (match := re.match(r"\s*\[\[?([^\[\]]+)\]\]?\s*(?:#.*)?$", line))
        ]

    def find(self, path: Path, words: str = "") -> int | None:
        """The line (from 1) of the value at ``path``, as near as the text allows."""
        start, end, rest = self._block(path)
        for key in [step for step in rest if isinstance(step, str)]:
            hit = self._search(rf"\s*\"?{re.escape(key)}\"?\s*=", start, end)
            start = hit if hit is not None else start
        if words:
            first = words.split("\n")[0][:40]
            start = next((n for n in range(start, end) if first in self._lines[n]), start)
        return start + 1 if self._lines else None

    def _block(self, path: Path) -> tuple[int, int, Path]:
        """The lines of the innermost table that the path names, and the keys left over."""
        start, end, rest = 0, self._first_header(), path
        name, limit = "", len(self._lines)
        while rest and isinstance(rest[0], str):
            name = f"{name}.{rest[0]}" if name else rest[0]
            index = rest[1] if len(rest) > 1 and isinstance(rest[1], int) else None  # None: a table, not one of many
            tables = [n for n, header in self._headers if header == name and start <= n < limit]
            if (index or 0) >= len(tables):
                break
            start, *later = tables[index or 0 :]
            limit = later[0] if later else limit  # what is nested stands before the next table of this name
            end = next((n for n, header in self._headers if n > start), len(self._lines))
            rest = rest[1 if index is None else 2 :]
        return start, end, rest

    def _first_header(self) -> int:
        return self._headers[0][0] if self._headers else len(self._lines)

    def _search(self, pattern: str, start: int, end: int) -> int | None:
        return next((n for n in range(start, end) if re.match(pattern, self._lines[n])), None)
