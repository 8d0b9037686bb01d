"""The page of one stop, the title and its figures, and the notice about stops without a place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.dates import day, day_range, stop_days
from dashboard.dossier import Dossier
from dashboard.model import Excerpt, Meeting, Passage, Quote, Stop
from dashboard.pages.render import References, render
from dashboard.terms import KIND_WORDS, MEETING_WORDS, STATUS_WORDS


@dataclass(frozen=True)
class Piece:
    """A stretch of a quoted paragraph, marked or not."""

    text: str
    marked: bool


def stop_html(dossier: Dossier, stop_id: str) -> str:
    """The panel of one stop: place, dates with their basis, status, meetings, quotes and excerpts.

    Raises:
        KeyError: the trip has no such stop.
    """
    return render("stop.html", **_StopPage(dossier, dossier.trip.stops[stop_id]).view())


def title_html(dossier: Dossier) -> str:
    """The trip's title."""
    return render("title.html", title=dossier.trip.file.title)


def figures_html(dossier: Dossier) -> str:
    """The days of the trip and how much it holds."""
    file = dossier.trip.file
    counts = [
        (len(file.stops), "stop"),
        (len(file.meetings), "meeting"),
        (len(file.quotes), "quote"),
        (len(file.sources), "source"),
    ]
    figures = [f"{n} {word}{'' if n == 1 else 's'}" for n, word in counts]
    return render("figures.html", figures=[day_range(file.start, file.end), *figures])


def not_located_html(dossier: Dossier) -> str:
    """Which stops have no place on the map and why; empty where all have one."""
    missing = dossier.located.missing
    names = {item.stop_id: dossier.trip.stops[item.stop_id].name for item in missing}
    return render("not_located.html", missing=missing, names=names) if missing else ""


class _StopPage:
    """Collects what the template of a stop shows; references are numbered as they are met."""

    def __init__(self, dossier: Dossier, stop: Stop) -> None:
        self._dossier, self._trip, self._stop = dossier, dossier.trip, stop
        self._references = References(dossier)

    def view(self) -> dict[str, Any]:
        """The template's values, in the order in which the page shows them: so its references are numbered."""
        stop = self._stop
        return {
            "stop": stop,
            "number": self._dossier.numbers[stop.id],
            "when": stop_days(stop),
            "date_refs": self._references.of(stop.date_evidence),
            "status": STATUS_WORDS[stop.status],
            "announced_refs": self._references.of(stop.announced_evidence),
            "unannounced_refs": self._references.of(stop.unannounced_evidence),
            "status_refs": self._references.of(stop.status_evidence),
            "order_refs": self._references.of(stop.order_evidence if stop.order_basis == "inferred" else ()),
            "place": self._dossier.places.get(stop.id),
            "disagreements": self._disagreements(),
            "meetings": [self._meeting(meeting) for meeting in self._trip.meetings_at[stop.id]],
            "quotes": [self._quote(quote) for quote in self._trip.quotes_at[stop.id]],
            "sources": self._excerpts(self._trip.excerpts_at[stop.id]),
            "silent": self._silent(),
        }

    def _meeting(self, meeting: Meeting) -> dict[str, Any]:
        return {
            "id": meeting.id,
            "title": meeting.title,
            "kind": MEETING_WORDS[meeting.kind],
            "planned": meeting.held == "planned",
            "day": day(meeting.date, year=False) if meeting.date else "no day stated",
            "inferred": meeting.date_reason if meeting.date_basis == "inferred" else None,
            "people": [self._person(person) for person in meeting.people],
            "others": meeting.others,
            "refs": self._references.of(meeting.evidence),
        }

    def _person(self, person_id: str) -> dict[str, Any]:
        person = self._trip.people[person_id]
        return {"id": person.id, "name": person.name, "role": person.roles[0].role if person.roles else None}

    def _quote(self, quote: Quote) -> dict[str, Any]:
        source = self._trip.sources[quote.passages[0].source]
        return {
            "id": quote.id,
            "passages": [passage.exact for passage in quote.passages],
            "speaker": self._trip.speaker(quote),
            "speaker_id": quote.speaker,
            "traveller": quote.speaker == self._trip.file.traveller,
            "role": quote.role,
            "day": day(quote.date, year=False) if quote.date else "day not stated",
            "inferred": quote.date_reason if quote.date_basis == "inferred" else None,
            "basis": quote.stop_basis,
            "reason": quote.stop_reason,
            "source": source.id,
            "source_kind": KIND_WORDS[source.kind],
            "refs": self._references.of((*quote.passages, *quote.attribution)),
        }

    def _excerpts(self, excerpts: Sequence[Excerpt]) -> list[dict[str, Any]]:
        """The excerpts by source, those of one paragraph marked together in it."""
        groups: list[dict[str, Any]] = []
        for source in self._trip.file.sources:
            passages = sorted(
                (self._trip.passage(e.passage) for e in excerpts if e.passage.source == source.id),
                key=lambda passage: passage.start,
            )
            if passages:
                groups.append(
                    {
                        "source": source,
                        "kind": KIND_WORDS[source.kind],
                        "paragraphs": self._paragraphs(passages),
                    }
                )
        return groups

    def _paragraphs(self, passages: Sequence[Passage]) -> list[dict[str, Any]]:
        text = self._dossier.texts[passages[0].source]
        by_start: dict[int, list[Passage]] = {}
        for passage in passages:
            by_start.setdefault(text.paragraph(passage).start, []).append(passage)
        paragraphs = []
        for group in by_start.values():
            span = text.paragraph(group[0])
            refs = [self._references.to(passage) for passage in group]
            pieces = mark(text.text, span.start, max(span.end, group[-1].end), group)
            paragraphs.append({"pieces": pieces, "caption": span.kind == "caption", "refs": refs})
        return paragraphs

    def _disagreements(self) -> list[dict[str, Any]]:
        return [
            {
                "id": item.id,
                "topic": item.topic,
                "statement": item.statement,
                "positions": [
                    {
                        "source": position.source,
                        "says": position.says,
                        "refs": self._references.of([position.evidence]),
                    }
                    for position in item.positions
                ],
            }
            for item in self._trip.disagreements_at[self._stop.id]
        ]

    def _silent(self) -> list[str]:
        """The sources that say nothing of this stop."""
        speaking = {excerpt.passage.source for excerpt in self._trip.excerpts_at[self._stop.id]}
        return [source.id for source in self._trip.file.sources if source.id not in speaking]


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
