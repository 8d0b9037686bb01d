"""Claims as the templates show them, wherever they stand: quotations, differences, official documents, excerpts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.dates import day
from dashboard.dossier import Dossier
from dashboard.model import Disagreement, Excerpt, Passage, Quote, Release, Report
from dashboard.pages.render import References, source_facts
from dashboard.terms import SPOKEN


@dataclass(frozen=True)
class Piece:
    """A stretch of a quoted paragraph, marked or not."""

    text: str
    marked: bool


def quote_values(dossier: Dossier, quote: Quote, references: References) -> dict[str, Any]:
    """A quotation with every text's report of it, the leading one first."""
    trip = dossier.trip
    return {
        "id": quote.id,
        "words": " … ".join(passage.exact for passage in quote.passages),
        "speaker": trip.speaker(quote),
        "speaker_id": quote.speaker,
        "traveller": quote.speaker == trip.file.traveller,
        "role": quote.role,
        "day": day(quote.date, year=False) if quote.date else "day not stated",
        "date_basis": quote.date_basis,
        "date_reason": quote.date_reason,
        "basis": quote.stop_basis,
        "spoken": SPOKEN.get(quote.stop_basis) if quote.stop else None,
        "reason": quote.stop_reason,
        "note": quote.note,
        "stop": trip.stops[quote.stop] if quote.stop else None,
        "reports": [_report(dossier, report, references) for report in quote.reports],
    }


def _report(dossier: Dossier, report: Report, references: References) -> dict[str, Any]:
    return {
        "source": source_facts(dossier.trip.sources[report.passages[0].source]),
        "passages": [passage.exact for passage in report.passages],
        "role": report.role,
        "note": report.note,
        "refs": references.of((*report.passages, *report.attribution)),
    }


def difference_values(dossier: Dossier, item: Disagreement, references: References) -> dict[str, Any]:
    """A difference between sources with what each of them holds."""
    trip = dossier.trip
    return {
        "id": item.id,
        "topic": item.topic,
        "statement": item.statement,
        "stops": [trip.stops[stop] for stop in item.stops],
        "positions": [
            {
                "source": source_facts(trip.sources[position.source]),
                "says": position.says,
                "refs": references.of([position.evidence]),
            }
            for position in item.positions
        ],
    }


def document_values(dossier: Dossier, release: Release, references: References) -> dict[str, Any]:
    """A line of an official list of documents, and the meeting it belongs to."""
    meeting = dossier.trip.meetings[release.meeting] if release.meeting else None
    heading = [release.heading_evidence] if release.heading_evidence else []
    return {
        "day": day(release.date, year=False),
        "title": release.title,
        "heading": release.heading,
        "meeting": meeting,
        "refs": references.of([release.passage, *heading]),
    }


def excerpt_groups(dossier: Dossier, excerpts: Iterable[Excerpt], references: References) -> list[dict[str, Any]]:
    """Excerpts by source, those of one paragraph marked together in it."""
    by_source: dict[str, list[Passage]] = {source: [] for source in dossier.trip.sources}
    for excerpt in excerpts:
        by_source[excerpt.passage.source].append(dossier.trip.passage(excerpt.passage))
    return [
        {
            "source": source_facts(dossier.trip.sources[source]),
            "paragraphs": _paragraphs(dossier, sorted(passages, key=lambda passage: passage.start), references),
        }
        for source, passages in by_source.items()
        if passages
    ]


def _paragraphs(dossier: Dossier, passages: Sequence[Passage], references: References) -> list[dict[str, Any]]:
    text = dossier.texts[passages[0].source]
    by_start: dict[int, list[Passage]] = {}
    for passage in passages:
        by_start.setdefault(text.paragraph(passage).start, []).append(passage)
    paragraphs = []
    for group in by_start.values():
        span = text.paragraph(group[0])
        refs = [references.to(passage) for passage in group]
        pieces = mark(text.text, span.start, max(span.end, group[-1].end), group)
        paragraphs.append({"pieces": pieces, "caption": span.kind == "caption", "refs": refs})
    return paragraphs


def mark(text: str, start: int, end: int, passages: Sequence[Passage]) -> tuple[Piece, ...]:
    """The stretch ``[start, end)`` of a text cut into pieces, those inside a passage marked."""
    pieces, position = [], start
    for passage in sorted(passages, key=lambda item: item.start):
        if passage.start > position:
            pieces.append(Piece(text[position : passage.start], False))
        if passage.end > position:
            pieces.append(Piece(text[max(position, passage.start) : passage.end], True))
            position = passage.end
    if position < end:
        pieces.append(Piece(text[position:end], False))
    return tuple(pieces)
