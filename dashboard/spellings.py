"""Names in texts: whether a text holds a name in one of its spellings, and where.

Spellings are looked for as they are written, letter case included ("Turkey" is a country, "turkey" is none), and as
words of their own.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterator
from functools import lru_cache

_WORD = re.compile(r"\w+")


def holds(text: str, spellings: tuple[str, ...]) -> bool:
    """Whether one of the spellings stands in the text."""
    return bool(spellings) and _pattern(spellings).search(text) is not None


@lru_cache(maxsize=4096)
def _pattern(spellings: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(spellings, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")


class WordIndex:
    """Where each word of a text stands, so that looking for thousands of names does not read it thousands of times."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._places: dict[str, list[int]] = {}
        for match in _WORD.finditer(text):
            self._places.setdefault(match[0], []).append(match.start())

    def places(self, spellings: tuple[str, ...]) -> Iterator[int]:
        """Where the spellings stand in the text, in characters from its beginning, in order."""
        return heapq.merge(*(self._find(spelling) for spelling in spellings))

    def _find(self, spelling: str) -> Iterator[int]:
        first = _WORD.search(spelling)
        for place in self._places.get(first[0], ()) if first else ():
            at = place - first.start() if first else place
            if at >= 0 and self._stands_at(spelling, at):
                yield at

    def _stands_at(self, spelling: str, at: int) -> bool:
        text, end = self._text, at + len(spelling)
        alone = not (at and _WORD.match(text[at - 1]) and _WORD.match(text[at]))
        ends = not (end < len(text) and _WORD.match(text[end]) and _WORD.match(text[end - 1]))
        return alone and ends and text.startswith(spelling, at)
