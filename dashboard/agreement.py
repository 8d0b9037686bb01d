"""Who reports what: for each stop or meeting and each source a level computed from words, and what follows in words.

A level says no more than the source's own words do. It is computed, never written by hand, so that it cannot drift
from the passages: a text that says "Jordan" names the country of Amman and not the city.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from dashboard.independence import Independence
from dashboard.model import Meeting, Passage, Source, Stop, TextQuote, Trip
from dashboard.prose import label
from dashboard.sources import EVIDENCE_FURNITURE, SourceText, Span
from dashboard.spellings import WordIndex, holds

#: From the most to the least that a source can say of a claim:
#: place        a passage holds a spelling of the place
#: country      only a spelling of its country or territory
#: implied      neither; a person says why it is meant
#: announced    all that the source says of it was written beforehand
#: contradicts  the source denies it
#: mentions     the text names the place or country (of a meeting: one of its people), but not as part of the trip
#: lists others the text lists the trip's places, and this one is not among them
#: silent       the text names neither the place nor its country
Level = Literal["place", "country", "implied", "announced", "contradicts", "mentions", "lists others", "silent"]

#: The levels at which a source reports that something took place.
REPORTS = ("place", "country", "implied")


@dataclass(frozen=True)
class Cell:
    """What one source says of one claim, and the passages that show it.

    ``reason`` says why an implied place is meant. ``announced``: the source has a document that announces the claim
    beforehand, whatever else it says.
    """

    source: str
    level: Level
    passages: tuple[Passage, ...]
    reason: str | None = None
    announced: bool = False


@dataclass(frozen=True)
class Row:
    """A claim with a cell for each source, in the order of the sources, and the verdict in words.

    ``groups`` are the sources that report it, those that share wording together; where none reports it, those that
    announce it.
    """

    id: str
    cells: tuple[Cell, ...]
    groups: tuple[tuple[str, ...], ...]
    verdict: str

    @property
    def independent(self) -> int:
        """How many independent groups of sources report the claim, or announce it where none reports it."""
        return len(self.groups)


class Agreement:
    """The levels and verdicts of a trip; each row is computed when it is first asked for."""

    def __init__(self, trip: Trip, texts: Mapping[str, SourceText]) -> None:
        self._trip = trip
        self._bodies = {source: _Body(text) for source, text in texts.items()}
        self._texts = texts
        self._rows: dict[str, Row] = {}

    @cached_property
    def independence(self) -> Independence:
        """Which of the sources share their wording."""
        return Independence(self._trip, self._texts)

    def stop(self, stop_id: str) -> Row:
        """Which source names this stop how precisely."""
        key = f"stop {stop_id}"
        if key not in self._rows:
            self._rows[key] = self._stop_row(self._trip.stops[stop_id])
        return self._rows[key]

    def meeting(self, meeting_id: str) -> Row:
        """Which source reports this meeting, and names its place how precisely."""
        key = f"meeting {meeting_id}"
        if key not in self._rows:
            self._rows[key] = self._meeting_row(self._trip.meetings[meeting_id])
        return self._rows[key]

    # --- stops ---

    def _stop_row(self, stop: Stop) -> Row:
        says = self._by_source(self._statements(stop))
        denies = self._by_source(self._stances(stop, "contradicts"))
        announced = self._by_source(stop.announced_evidence)
        cells = []
        for source in self._trip.sources:
            if denied := denies.get(source):
                cell = Cell(source, "contradicts", denied)
            elif said := says.get(source):
                cell = self._said(source, stop, said, announced.get(source, ()), _implied(stop, source))
            else:
                cell = self._not_said(source, stop)
            cells.append(cell)
        verdict = self._verdict(cells)
        return Row(stop.id, tuple(cells), verdict.groups, verdict.of_stop(stop))

    def _statements(self, stop: Stop) -> Iterator[TextQuote]:
        """The passages in which a source speaks of the stop as part of the trip."""
        trip = self._trip
        yield from (excerpt.passage for excerpt in trip.excerpts_at[stop.id])
        yield from (quote for meeting in trip.meetings_at[stop.id] for quote in meeting.evidence)
        yield from (*stop.announced_evidence, *stop.unannounced_evidence, *self._stances(stop, "states"))
        # Its days, order and status may rest also on passages about other places, or that leave this one out.
        others = self._stances(stop, "omits")
        for quote in (*stop.date_evidence, *stop.order_evidence, *stop.status_evidence):
            if quote not in others and holds(quote.exact, self._names(stop)):
                yield quote

    def _stances(self, stop: Stop, stance: str) -> list[TextQuote]:
        """The passages of the positions that take this stance to the stop's having been visited."""
        return [position.evidence for position in self._trip.stances_at[stop.id] if position.stance == stance]

    def _not_said(self, source: str, stop: Stop) -> Cell:
        body = self._bodies[source]
        if mention := body.mention(stop.names) or body.mention(self._country(stop)):
            return Cell(source, "mentions", (mention,))
        lists = [quote for quote in self._stances(stop, "omits") if quote.source == source]
        if not _written_before(self._trip.sources[source], stop):
            lists += self._trip.sources[source].itinerary
        if lists:
            return Cell(source, "lists others", self._in_order(lists))
        return Cell(source, "silent", ())

    # --- meetings ---

    def _meeting_row(self, meeting: Meeting) -> Row:
        stop = self._trip.stops[meeting.stop]
        says = self._by_source(meeting.evidence)
        cells = []
        for source in self._trip.sources:
            if said := says.get(source):
                cells.append(self._reported(source, stop, meeting, said))
            else:
                cells.append(self._met(source, meeting))
        verdict = self._verdict(cells)
        return Row(meeting.id, tuple(cells), verdict.groups, verdict.of_meeting(stop))

    def _reported(self, source: str, stop: Stop, meeting: Meeting, said: tuple[Passage, ...]) -> Cell:
        """The level of a source that has passages on a meeting.

        "Israeli Minister" in the title of a document tells who was met, not where; the heading above it does.
        """
        cell = self._said(source, stop, said, (), _implied(stop, source))
        headings = self._headings(meeting, source)
        titles = {self._trip.passage(release.passage) for release in self._trip.releases_at[stop.id]}
        by_title = cell.level == "country" and all(
            passage in titles for passage in said if holds(passage.text, self._country(stop))
        )
        if headings and (by_title or cell.level == "implied"):
            reason = f"listed under the heading “{headings[0].text}”"
            return Cell(source, "implied", (*said, *headings), reason, cell.announced)
        return cell

    def _headings(self, meeting: Meeting, source: str) -> tuple[Passage, ...]:
        """The headings that name the place above this meeting's documents in the source's list."""
        stop = self._trip.stops[meeting.stop]
        above = [r.heading_evidence for r in self._trip.releases_at[stop.id] if r.meeting == meeting.id]
        found = {quote for quote in above if quote and quote.source == source and holds(quote.exact, self._names(stop))}
        return self._in_order(found)

    def _met(self, source: str, meeting: Meeting) -> Cell:
        """What a source without a passage on a meeting says of its people."""
        names = tuple(name for person in meeting.people for name in self._trip.people[person].spellings)
        mention = self._bodies[source].mention(names)
        return Cell(source, "mentions", (mention,)) if mention else Cell(source, "silent", ())

    # --- both ---

    def _said(
        self, source: str, stop: Stop, said: Sequence[Passage], announced: Sequence[Passage], reason: str | None
    ) -> Cell:
        """The level of a source that has passages on a claim; what was written beforehand counts only by itself."""
        after = [passage for passage in said if passage not in announced and not self._trip.is_planned(passage)]
        if not after:
            return Cell(source, "announced", tuple(said), announced=True)
        by_level: list[tuple[Level, tuple[str, ...]]] = [("place", stop.names), ("country", self._country(stop))]
        for level, names in by_level:
            if named := tuple(passage for passage in after if holds(passage.text, names)):
                first = (*named, *(passage for passage in said if passage not in named))
                return Cell(source, level, first, announced=bool(announced))
        return Cell(source, "implied", tuple(said), reason, announced=bool(announced))

    def _country(self, stop: Stop) -> tuple[str, ...]:
        return self._trip.country_names[stop.country_code]

    def _names(self, stop: Stop) -> tuple[str, ...]:
        return (*stop.names, *self._country(stop))

    def _by_source(self, quotes: Iterable[TextQuote]) -> dict[str, tuple[Passage, ...]]:
        """Distinct passages by source, in the order of the text."""
        found: dict[str, list[TextQuote]] = {}
        for quote in quotes:
            found.setdefault(quote.source, []).append(quote)
        return {source: self._in_order(items) for source, items in found.items()}

    def _in_order(self, quotes: Iterable[TextQuote]) -> tuple[Passage, ...]:
        return tuple(sorted({self._trip.passage(quote) for quote in quotes}, key=lambda p: (p.start, p.end)))

    def _verdict(self, cells: Sequence[Cell]) -> _Verdict:
        reporting = [cell.source for cell in cells if cell.level in REPORTS]
        announcing = [cell.source for cell in cells if cell.level == "announced"]
        return _Verdict(self._trip, cells, self.independence.groups(reporting or announcing))


def _written_before(source: Source, stop: Stop) -> bool:
    """Whether the text is older than the stop: then its list of places leaves nothing out."""
    return bool(source.date and stop.first_day and source.date < stop.first_day)


def _implied(stop: Stop, source: str) -> str | None:
    """Why a person holds this source to mean the stop."""
    return next((item.reason for item in stop.implied if item.source == source), None)


class _Verdict:
    """A row's cells in words: how precisely how many sources report the claim, and how many of them independently."""

    def __init__(self, trip: Trip, cells: Sequence[Cell], groups: tuple[tuple[str, ...], ...]) -> None:
        self._trip, self.groups = trip, groups
        levels = (*REPORTS, "announced")
        self._count = {level: [cell.source for cell in cells if cell.level == level] for level in levels}
        self._reporting = [source for level in REPORTS for source in self._count[level]]
        self._denies = [cell.source for cell in cells if cell.level == "contradicts"]

    def of_stop(self, stop: Stop) -> str:
        """The verdict on a stop."""
        disputed = stop.status == "disputed" or self._denies
        parts = [self._named(stop), self._official(), self._tail(itinerary=True)]
        words = "; ".join(part for part in parts if part)
        return f"Disputed: {words}" if disputed else words[:1].upper() + words[1:]

    def of_meeting(self, stop: Stop) -> str:
        """The verdict on a meeting at a stop."""
        if len(self._reporting) == 1:
            words = f"{self._tail()}; {self._named(stop).replace(' by 1', '', 1)}"
        else:
            lead = f"reported by {len(self._reporting)}" if self._reporting else ""
            words = "; ".join(part for part in (lead, self._named(stop), self._tail()) if part)
        return words[:1].upper() + words[1:]

    def _named(self, stop: Stop) -> str:
        """How precisely the sources name the place: "city named by 2, country only by 3, announced by 1"."""
        wider = self._trip.country_kind(stop.country_code)
        wording = {
            "place": f"{wider if stop.precision == 'country' else stop.precision} named by",
            "country": f"{wider} only by",
            "implied": "place implied by",
            "announced": "announced by",
        }
        parts = [f"{wording[level]} {len(sources)}" for level, sources in self._count.items() if sources]
        return ", ".join(parts if self._reporting else [*parts, "reported by none"])

    def _official(self) -> str:
        """What the official itinerary has, where a source is declared to list the trip's places."""
        official = {source.id for source in self._trip.file.sources if source.kind == "official" and source.itinerary}
        speaking = {*self._reporting, *self._count["announced"]}
        if not official or not speaking:
            return ""
        if not official & speaking:
            return "not in the official itinerary"
        only = len(self._reporting) > 1 and set(self._reporting) <= official
        return "in the official itinerary only" if only else ""

    def _tail(self, *, itinerary: bool = False) -> str:
        """How many of the sources are independent of each other; a single one is named, and called the itinerary."""
        sources = [source for group in self.groups for source in group]
        if not sources:
            return ""
        if len(sources) == 1:
            source = self._trip.sources[sources[0]]
            is_official = itinerary and source.kind == "official" and source.itinerary
            return f"single source: {label(source)}{', the official itinerary' if is_official else ''}"
        return f"{len(self.groups)} independent group{'' if len(self.groups) == 1 else 's'}"


class _Body:
    """A source's own text, without page furniture but with its captions, to be searched for names."""

    def __init__(self, text: SourceText) -> None:
        self._text = text
        self._mentions: dict[tuple[str, ...], Passage | None] = {}  # many stops share a country

    @cached_property
    def _spans(self) -> list[Span]:
        captions = [span for span in self._text.furniture if span.kind in EVIDENCE_FURNITURE]
        return sorted([*self._text.sentences(), *captions], key=lambda span: span.start)

    @cached_property
    def _starts(self) -> list[int]:
        return [span.start for span in self._spans]

    @cached_property
    def _words(self) -> WordIndex:
        return WordIndex(self._text.text)

    def mention(self, names: tuple[str, ...]) -> Passage | None:
        """The first sentence or caption that holds one of the names."""
        if names not in self._mentions:
            self._mentions[names] = self._first(names)
        return self._mentions[names]

    def _first(self, names: tuple[str, ...]) -> Passage | None:
        text = self._text
        for at in self._words.places(names):
            if text.kind_at(at) is None or text.kind_at(at) in EVIDENCE_FURNITURE:
                span = self._spans[max(0, bisect.bisect_right(self._starts, at) - 1)]
                return Passage(text.id, span.start, span.end, text.text[span.start : span.end])
        return None
