"""What the rules are given: the trip, and what they all ask of its texts."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from dashboard.dossier import Dossier
from dashboard.mentions import Days, Names, days_in, plain
from dashboard.model import Passage, TextQuote, Trip
from dashboard.problems import Path
from dashboard.sources import Span
from dashboard.spellings import holds


class Doubt(NamedTuple):
    """What is doubtful at ``path``: what was expected, what was found, what to do; ``words`` stand on its line."""

    path: Path
    message: str
    words: str = ""


@dataclass(frozen=True)
class Case:
    """A trip with what is worked out once for all rules."""

    dossier: Dossier
    _days: dict[str, Sequence[Days]] = field(default_factory=dict)
    _sentences: dict[str, Sequence[Span]] = field(default_factory=dict)

    @property
    def trip(self) -> Trip:
        """The trip itself."""
        return self.dossier.trip

    @cached_property
    def names(self) -> Names:
        """The spellings of the trip's people."""
        return Names({person.id: (person.name, *person.spellings) for person in self.trip.file.people})

    @cached_property
    def releases(self) -> Mapping[str, Sequence[tuple[int, int]]]:
        """By source: where its dated lines begin, and the farthest that one begun up to there reaches."""
        found: dict[str, list[tuple[int, int]]] = {}
        passages = (self.trip.passage(release.passage) for release in self.trip.file.releases)
        for passage in sorted(passages, key=lambda passage: passage.start):
            lines = found.setdefault(passage.source, [])
            lines.append((passage.start, max(passage.end, lines[-1][1] if lines else 0)))
        return found

    def is_dated_line(self, passage: Passage) -> bool:
        """Whether a passage is a dated line of a list of documents, or a part of one."""
        lines = self.releases.get(passage.source, ())
        at = bisect.bisect_right(lines, passage.start, key=lambda line: line[0]) - 1
        return at >= 0 and passage.end <= lines[at][1]

    def passages(self, quotes: Iterable[TextQuote]) -> list[Passage]:
        """Where these quotations stand."""
        return [self.trip.passage(quote) for quote in quotes]

    def days(self, text: str) -> Sequence[Days]:
        """The days that a passage gives; the same passage is evidence of many claims."""
        if text not in self._days:
            self._days[text] = days_in(text)
        return self._days[text]

    def sentences_at(self, passage: Passage, *, before: int = 0, behind: int = 0) -> Iterator[Span]:
        """The sentences in which a passage stands, so many before and behind it, and its line in a caption."""
        source = self.dossier.texts[passage.source]
        if passage.source not in self._sentences:
            self._sentences[passage.source] = list(source.sentences())
        sentences = self._sentences[passage.source]
        first = bisect.bisect_right(sentences, passage.start, key=lambda span: span.end)
        last = bisect.bisect_left(sentences, passage.end, key=lambda span: span.start)
        yield from sentences[max(first - before, 0) : last + behind]
        if source.furniture_in(passage):
            yield source.paragraph(passage)

    def text_without(self, source: str, span: Span | Passage, spoken: Iterable[Passage]) -> str:
        """The text of a stretch with what is spoken blotted out: who is named in it need not be who says it."""
        text = self.trip.texts[source][span.start : span.end]
        for passage in spoken:
            start, end = (min(max(at - span.start, 0), len(text)) for at in (passage.start, passage.end))
            if passage.source == source:
                text = text[:start] + " " * (end - start) + text[end:]
        return text


def says(words: str, text: str) -> bool:
    """Whether a text has these words, whatever their capitals."""
    return holds(plain(text).casefold(), (plain(words).casefold(),))


def listed(items: Iterable[str], *, none: str = "none") -> str:
    """The first of these things in words, each once."""
    every = list(dict.fromkeys(items))
    more = f" and {len(every) - 5} more" if len(every) > 5 else ""
    return ", ".join(every[:5]) + more if every else none
