"""Words -> passages of the sources, best first, through SQLite's full-text index (FTS5).

A passage is a sentence of an article body or a photo caption; page furniture is not searched. Case and accents are
folded by the index; spellings of one name (Erdoğan and Erdogan, Turkey and Türkiye) find each other through the
trip's own lists of spellings.
"""

from __future__ import annotations

import bisect
import re
import sqlite3
import threading
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from dashboard.model import Passage, Trip
from dashboard.sources import SourceText

# Private-use characters that the index sets around each hit.
_OPEN, _CLOSE = "\ue000", "\ue001"
_WORD = re.compile(r"\w+", re.UNICODE)

#: Results shown at most; the count tells how many there are.
SHOWN = 200


@dataclass(frozen=True)
class Hit:
    """A found passage, its pieces with the matches marked, and the stops it belongs to (often none)."""

    passage: Passage
    pieces: tuple[tuple[str, bool], ...]
    stops: tuple[str, ...]
    caption: bool


@dataclass(frozen=True)
class Answer:
    """What a search found: ``count`` passages in ``sources`` sources; ``hidden`` more were set aside by the filters."""

    hits: tuple[Hit, ...]
    count: int
    sources: int
    hidden: int


class Index:
    """The full-text index of one trip's sources; safe to be asked by many viewers at once."""

    def __init__(self, trip: Trip, texts: Mapping[str, SourceText]) -> None:
        self._passages = [item for text in texts.values() for item in _passages(text)]
        self._stops = _stops_of(trip, [passage for passage, _ in self._passages])
        self._groups = _spellings(trip)
        self._lock = threading.Lock()
        self._database = sqlite3.connect(":memory:", check_same_thread=False)
        self._database.execute(
            "CREATE VIRTUAL TABLE passage USING fts5(text, tokenize='unicode61 remove_diacritics 2')"
        )
        rows = ((number, passage.text) for number, (passage, _) in enumerate(self._passages))
        self._database.executemany("INSERT INTO passage (rowid, text) VALUES (?, ?)", rows)

    def search(self, words: str, visible: Iterable[str] | None = None) -> Answer:
        """Find the passages that have all the words, the last one also as a beginning.

        ``visible`` are the stops that the filters leave; passages that belong to none of them are set aside.
        None: no filter.
        """
        expression = self._expression(words)
        found = [self._hit(number, marked) for number, marked in self._ask(expression)] if expression else []
        allowed = None if visible is None else set(visible)
        kept = [hit for hit in found if allowed is None or allowed & set(hit.stops)]
        sources = len({hit.passage.source for hit in kept})
        return Answer(tuple(kept[:SHOWN]), len(kept), sources, len(found) - len(kept))

    def _ask(self, expression: str) -> list[tuple[int, str]]:
        query = (
            "SELECT rowid, highlight(passage, 0, ?, ?) FROM passage WHERE passage MATCH ? ORDER BY bm25(passage), rowid"
        )
        with self._lock:
            return self._database.execute(query, (_OPEN, _CLOSE, expression)).fetchall()

    def _hit(self, number: int, marked: str) -> Hit:
        passage, caption = self._passages[number]
        return Hit(passage, tuple(_pieces(marked)), self._stops[number], caption)

    def _expression(self, words: str) -> str:
        """The FTS5 query: every term must be there, a name in any of its spellings."""
        terms = _WORD.findall(words)
        parts = []
        while terms:
            length, group = self._spelling_at(terms)
            if group:
                parts.append("(" + " OR ".join(f'"{spelling}"' for spelling in group) + ")")
            else:
                parts.append(f'"{terms[0]}"' + ("*" if len(terms) == 1 else ""))
            terms = terms[length:]
        return " AND ".join(parts)

    def _spelling_at(self, terms: list[str]) -> tuple[int, tuple[str, ...]]:
        """How many terms from here on are a known name, and all its spellings; (1, ()) where they are none."""
        folded = [as_indexed(term) for term in terms]
        for length in range(min(4, len(terms)), 0, -1):
            if group := self._groups.get(" ".join(folded[:length])):
                return length, group
        return 1, ()


def as_indexed(text: str) -> str:
    """Text without case and accents, as the index compares it."""
    plain = unicodedata.normalize("NFKD", text.replace("ı", "i"))
    return "".join(character for character in plain if not unicodedata.combining(character)).casefold()


def _passages(text: SourceText) -> Iterator[tuple[Passage, bool]]:
    captions = [span for span in text.furniture if span.kind == "caption"]
    for span in sorted([*text.sentences(), *captions], key=lambda item: item.start):
        yield Passage(text.id, span.start, span.end, text.text[span.start : span.end]), span.kind == "caption"


def _stops_of(trip: Trip, passages: list[Passage]) -> list[tuple[str, ...]]:
    """The stops whose excerpts, meetings or quotations share text with each passage, in the order of travel."""
    stops: list[set[str]] = [set() for _ in passages]
    at = {source: [n for n, p in enumerate(passages) if p.source == source] for source in trip.texts}
    starts = {source: [passages[n].start for n in numbers] for source, numbers in at.items()}
    for stop, claim in _claims(trip):
        numbers = at[claim.source]
        first = max(0, bisect.bisect_right(starts[claim.source], claim.start) - 1)
        for number in numbers[first : bisect.bisect_left(starts[claim.source], claim.end)]:
            if claim.start < passages[number].end:
                stops[number].add(stop)
    order = {stop: n for n, stop in enumerate(trip.stops)}
    return [tuple(sorted(found, key=order.__getitem__)) for found in stops]


def _claims(trip: Trip) -> Iterator[tuple[str, Passage]]:
    """Where the sources speak of each stop."""
    for stop, excerpts in trip.excerpts_at.items():
        yield from ((stop, trip.passage(excerpt.passage)) for excerpt in excerpts)
    for meeting in trip.file.meetings:
        yield from ((meeting.stop, trip.passage(quote)) for quote in meeting.evidence)
    for stop, quotes in trip.quotes_at.items():
        for quotation in quotes:
            spoken = [quote for report in quotation.reports for quote in report.passages]
            yield from ((stop, trip.passage(quote)) for quote in spoken)


def _spellings(trip: Trip) -> dict[str, tuple[str, ...]]:
    """Every folded spelling of a name that has several, with all of them."""
    groups = [person.spellings for person in trip.file.people] + [item.variants for item in trip.file.disagreements]
    found: dict[str, tuple[str, ...]] = {}
    for group in groups:
        spellings = tuple(dict.fromkeys(" ".join(_WORD.findall(as_indexed(spelling))) for spelling in group))
        for spelling in spellings:
            if len(spellings) > 1 and spelling:
                found[spelling] = tuple(dict.fromkeys((*found.get(spelling, ()), *spellings)))
    return found


def _pieces(marked: str) -> Iterator[tuple[str, bool]]:
    for at, part in enumerate(re.split(f"[{_OPEN}{_CLOSE}]", marked)):
        if part:
            yield part, at % 2 == 1
