"""Who reports what: which source states, contradicts or omits each stop and each meeting, and what follows in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from dashboard.model import Meeting, Passage, Stop, TextQuote, Trip

Verdict = Literal["states", "silent", "contradicts"]


@dataclass(frozen=True)
class Cell:
    """What one source does with one claim, and the passages that show it.

    ``announced``: the source has a document that announces it beforehand. ``planned``: all that the source says of it
    was written before it happened, so it announces and does not confirm. ``omitted``: the source is silent where one
    would expect it, such as a list of places without this one; the passages then show that list.
    """

    source: str
    verdict: Verdict
    passages: tuple[Passage, ...]
    announced: bool = False
    planned: bool = False
    omitted: bool = False


@dataclass(frozen=True)
class Row:
    """A claim with a cell for each source, in the order of the sources, and the verdict in words."""

    id: str
    cells: tuple[Cell, ...]
    verdict: str


def stop_rows(trip: Trip, stops: Iterable[Stop] | None = None) -> tuple[Row, ...]:
    """A row for each of these stops, or for every stop in the order of travel."""
    return tuple(_stop_row(trip, stop) for stop in (trip.file.stops if stops is None else stops))


def meeting_rows(trip: Trip, stop_id: str) -> tuple[Row, ...]:
    """A row for each meeting of a stop."""
    return tuple(_meeting_row(trip, meeting) for meeting in trip.meetings_at[stop_id])


def _stop_row(trip: Trip, stop: Stop) -> Row:
    stances = _stances(trip, stop.id)
    stated = _by_source(trip, _statements(trip, stop))
    announced = {quote.source for quote in stop.announced_evidence}
    cells = []
    for source in trip.file.sources:
        against, omitted = stances["contradicts"].get(source.id, ()), stances["omits"].get(source.id, ())
        says = stated.get(source.id, ())
        verdict: Verdict = "contradicts" if against else "states" if says else "silent"
        passages = against or says or omitted
        cells.append(
            Cell(
                source.id,
                verdict,
                passages,
                announced=source.id in announced,
                planned=_only_planned(trip, says),
                omitted=bool(omitted) and not says,
            )
        )
    return Row(stop.id, tuple(cells), _words(trip, cells, disputed=stop.status == "disputed"))


def _statements(trip: Trip, stop: Stop) -> list[TextQuote]:
    """The passages in which a source speaks of a stop."""
    quotes = [excerpt.passage for excerpt in trip.excerpts_at[stop.id]]
    return quotes + [quote for meeting in trip.meetings_at[stop.id] for quote in meeting.evidence]


def _stances(trip: Trip, stop_id: str) -> dict[str, dict[str, tuple[Passage, ...]]]:
    """The positions about the stop's having been visited, by stance and source."""
    positions = [p for d in trip.disagreements_at[stop_id] for p in d.positions if p.stance]
    return {
        stance: _by_source(trip, [p.evidence for p in positions if p.stance == stance])
        for stance in ("states", "contradicts", "omits")
    }


def _meeting_row(trip: Trip, meeting: Meeting) -> Row:
    stated = _by_source(trip, meeting.evidence)
    cells = [
        Cell(source.id, "states" if says else "silent", says, planned=_only_planned(trip, says))
        for source in trip.file.sources
        for says in [stated.get(source.id, ())]
    ]
    return Row(meeting.id, tuple(cells), _words(trip, cells))


def _only_planned(trip: Trip, passages: Sequence[Passage]) -> bool:
    """Whether every one of a source's passages tells what was still to come."""
    return bool(passages) and all(_is_planned(trip, passage) for passage in passages)


def _is_planned(trip: Trip, passage: Passage) -> bool:
    planned = (trip.passage(quote) for quote in trip.sources[passage.source].planned)
    return any(plan.start <= passage.start and passage.end <= plan.end for plan in planned)


def _by_source(trip: Trip, quotes: Iterable[TextQuote]) -> dict[str, tuple[Passage, ...]]:
    """Distinct passages by source, in the order of the text."""
    found: dict[str, set[Passage]] = {}
    for quote in quotes:
        found.setdefault(quote.source, set()).add(trip.passage(quote))
    return {source: tuple(sorted(passages, key=lambda p: (p.start, p.end))) for source, passages in found.items()}


def _words(trip: Trip, cells: Sequence[Cell], *, disputed: bool = False) -> str:
    """The row's verdict: how many sources report it, whether they are independent, and who only announces it."""
    reporting = [cell.source for cell in cells if cell.verdict == "states" and not cell.planned]
    announcing = [cell.source for cell in cells if cell.verdict == "states" and cell.planned]
    if disputed or any(cell.verdict == "contradicts" for cell in cells):
        return f"Disputed: {_plural(len(reporting), 'source states', 'sources state')} it, the others do not"
    verdict = _reported(trip, reporting) if reporting else "Announced only"
    return verdict + (f"{';' if reporting else ','} announced by {', '.join(announcing)}" if announcing else "")


def _reported(trip: Trip, reporting: Sequence[str]) -> str:
    official = {source.id for source in trip.file.sources if source.kind == "official"}
    if set(reporting) <= official:
        return "In the official itinerary only"
    beside = ", not in the official itinerary" if official and not official & set(reporting) else ""
    if len(reporting) == 1:
        return f"Single source, {reporting[0]}{beside}"
    return f"{'Reported' if beside else 'Confirmed'} by {len(reporting)}{beside}{_shared(trip, reporting)}"


def _plural(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def _shared(trip: Trip, reporting: Sequence[str]) -> str:
    """A warning where the only sources that report a claim share their wording, and so are not independent."""
    groups = [{source.id, *source.shares_wording_with} for source in trip.file.sources]
    return f" ({', '.join(reporting)} share wording)" if any(set(reporting) <= group for group in groups) else ""
