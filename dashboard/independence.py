"""Which sources are independent of each other: two that share their wording count as one group.

A shared run is eight or more words that two sources have in the same order inside a sentence, whatever the letter
case. Words inside quotation marks do not count: that two texts quote one speaker alike makes neither a copy.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from dashboard.model import Passage, Trip
from dashboard.sources import SourceText

#: Words of the shortest run that is called shared wording.
RUN = 8

_WORD = re.compile(r"\w+")
_QUOTED = re.compile(r"“[^”\n]*”|\"[^\"\n]*\"")

Word = tuple[str, int, int]  # case-folded, and where it stands: [start, end) in characters
Pair = tuple[str, str]  # two ids of sources, in the order of the file


@dataclass(frozen=True)
class Shared:
    """A run of words that two sources have in common, as each of them writes it."""

    first: Passage
    second: Passage
    words: int


class Independence:
    """The shared wording of a trip's sources, found and declared."""

    def __init__(self, trip: Trip, texts: Mapping[str, SourceText]) -> None:
        self._order = list(trip.sources)
        self.shared = _shared(texts)
        self.declared = {self._pair(s.id, other) for s in trip.file.sources for other in s.shares_wording_with}
        self.excused = {self._pair(s.id, item.source) for s in trip.file.sources for item in s.coincides_with}

    def _pair(self, a: str, b: str) -> Pair:
        return (a, b) if self._order.index(a) < self._order.index(b) else (b, a)

    @property
    def undeclared(self) -> dict[Pair, tuple[Shared, ...]]:
        """The pairs with shared runs on which the trip file does not say what they mean."""
        return {pair: runs for pair, runs in self.shared.items() if pair not in self.declared | self.excused}

    @cached_property
    def joined(self) -> set[Pair]:
        """The pairs that are not independent: declared so, or with shared runs that no one has explained."""
        return self.declared | (set(self.shared) - self.excused)

    def with_source(self, source: str) -> dict[str, tuple[Shared, ...]]:
        """The sources that share wording with this one, each with the runs found (none where it is only declared)."""
        others = {(set(pair) - {source}).pop(): pair for pair in self.joined if source in pair}
        return {other: self.shared.get(others[other], ()) for other in self._order if other in others}

    def groups(self, sources: Iterable[str]) -> tuple[tuple[str, ...], ...]:
        """These sources in independent groups: whoever shares wording with a member belongs to its group."""
        groups: list[list[str]] = []
        for source in sorted(sources, key=self._order.index):
            near = [group for group in groups if any(self._pair(source, other) in self.joined for other in group)]
            merged = [member for group in near for member in group]
            groups = [group for group in groups if group not in near] + [[*merged, source]]
        inner = [tuple(sorted(group, key=self._order.index)) for group in groups]
        return tuple(sorted(inner, key=lambda group: self._order.index(group[0])))


def _shared(texts: Mapping[str, SourceText]) -> dict[Pair, tuple[Shared, ...]]:
    """The shared runs of every pair of sources that has any."""
    units = {source: list(_units(text)) for source, text in texts.items()}
    seen: dict[tuple[str, ...], list[tuple[str, Sequence[Word], int]]] = {}
    found: dict[Pair, dict[tuple[int, int], Shared]] = {}
    for source, sentences in units.items():
        for words in sentences:
            reached: dict[str, int] = {}  # by source: how far into this sentence the runs found with it go
            for at, key in enumerate(_runs(words)):
                for other, other_words, other_at in seen.get(key, ()):
                    inside = at + RUN <= reached.get(other, 0)  # of a run found: it would be read again and again
                    if not inside and not _continues(other_words, other_at, words, at):
                        run = _whole_run(texts, (other, other_words, other_at), (source, words, at))
                        place = run.first.start, run.second.start
                        found.setdefault((other, source), {})[place] = run
                        reached[other] = at + run.words
        for words in sentences:
            for at, key in enumerate(_runs(words)):
                places = seen.setdefault(key, [])
                if all(other != source for other, _, _ in places):  # once a source: a refrain is no further evidence
                    places.append((source, words, at))
    return {pair: tuple(runs.values()) for pair, runs in found.items()}


def _units(text: SourceText) -> Iterator[Sequence[Word]]:
    """The stretches in which a run may lie: each sentence's words, cut where something is quoted."""
    quoted = [match.span() for match in _QUOTED.finditer(text.text)]
    starts, ends = [start for start, _ in quoted], [end for _, end in quoted]
    for sentence in text.sentences():
        first, last = bisect.bisect_right(ends, sentence.start), bisect.bisect_left(starts, sentence.end)
        inside = quoted[first:last]
        edges = [sentence.start, *(edge for span in inside for edge in span), sentence.end]
        for start, end in zip(edges[::2], edges[1::2], strict=True):
            yield [(match[0].casefold(), *match.span()) for match in _WORD.finditer(text.text, start, max(start, end))]


def _runs(words: Sequence[Word]) -> Iterator[tuple[str, ...]]:
    """Every eight words in a row."""
    return (tuple(word for word, _, _ in words[at : at + RUN]) for at in range(len(words) - RUN + 1))


def _continues(a: Sequence[Word], at_a: int, b: Sequence[Word], at_b: int) -> bool:
    """Whether the words before are shared too, so that the run has been found already."""
    return at_a > 0 and at_b > 0 and a[at_a - 1][0] == b[at_b - 1][0]


def _whole_run(
    texts: Mapping[str, SourceText], a: tuple[str, Sequence[Word], int], b: tuple[str, Sequence[Word], int]
) -> Shared:
    length = RUN
    (first, words, at), (second, other_words, other_at) = a, b
    while at + length < len(words) and other_at + length < len(other_words):
        if words[at + length][0] != other_words[other_at + length][0]:
            break
        length += 1
    run, other_run = words[at : at + length], other_words[other_at : other_at + length]
    return Shared(_passage(texts[first], run), _passage(texts[second], other_run), length)


def _passage(text: SourceText, run: Sequence[Word]) -> Passage:
    start, end = run[0][1], run[-1][2]
    return Passage(text.id, start, end, text.text[start:end])
