"""The file on paper: a page with the itinerary, then a page a stop with its references as footnotes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from markupsafe import Markup

from dashboard.dates import day_range
from dashboard.exports.portion import Portion
from dashboard.exports.words import (
    also,
    filed,
    held,
    meeting_when,
    participants,
    quote_evidence,
    quote_when,
    source_line,
    speaker,
    stop_when,
    summary_line,
    whole_lines,
)
from dashboard.facts import stop_facts
from dashboard.model import Disagreement, Meeting, Passage, Quote, Stop, TextQuote
from dashboard.pages.render import References, render
from dashboard.terms import MEETING_WORDS, SHORT_BASIS, traveller_line


def handout(portion: Portion) -> Markup:
    """The handout's HTML; everything is escaped."""
    file = portion.trip.file
    html = render(
        "handout.html",
        title=file.title,
        traveller=traveller_line(portion.trip),
        summary=summary_line(portion.trip),
        whole=whole_lines(portion),
        imprint=imprint(portion),
        sources=[source_line(source) for source in file.sources],
        rows=[_row(portion, stop) for stop in portion.stops],
        sheets=[_Sheet(portion, stop).values() for stop in portion.stops],
    )
    return Markup(html)


def imprint(portion: Portion) -> dict[str, str]:
    """What the file says of itself: which part of the trip it holds, where that is from, and the data's fingerprint."""
    file = portion.trip.file
    return {
        "description": portion.description,
        "days": day_range(file.start, file.end),
        # The link is written as it was given; only what leads to a page may be followed.
        "link": portion.link if portion.link.startswith(("http://", "https://")) else "",
        "fingerprint": portion.fingerprint,
    }


def _row(portion: Portion, stop: Stop) -> dict[str, Any]:
    facts = stop_facts(portion.dossier, stop)
    return {"stop": facts, "when": facts.days + SHORT_BASIS.get(facts.date_basis, "")}


class _Sheet:
    """The page of one stop. Its footnotes are numbered source by source, so that each source is named once."""

    def __init__(self, portion: Portion, stop: Stop) -> None:
        self._trip, self._stop, self._facts = portion.trip, stop, stop_facts(portion.dossier, stop)
        self._references, self._agreement = References(portion.dossier), portion.dossier.agreement
        order = {source: number for number, source in enumerate(self._trip.sources)}
        passages = {self._trip.passage(quote) for quote in self._evidence()}
        for passage in sorted(passages, key=lambda item: (order[item.source], item.start, item.end)):
            self._references.to(passage)

    def _evidence(self) -> Iterator[TextQuote]:
        """Everything that the page refers to."""
        stop, trip = self._stop, self._trip
        yield from (*stop.date_evidence, *stop.status_evidence, *stop.announced_evidence, *stop.unannounced_evidence)
        if stop.order_basis == "inferred":
            yield from stop.order_evidence
        for meeting in trip.meetings_at[stop.id]:
            yield from meeting.evidence
        for quote in trip.quotes_at[stop.id]:
            yield from quote_evidence(quote)
        for item in trip.disagreements_at[stop.id]:
            yield from (position.evidence for position in item.positions)

    def values(self) -> dict[str, Any]:
        """What the template shows, in its order."""
        stop, refs = self._stop, self._references
        order_inferred = stop.order_basis == "inferred"
        return {
            "stop": self._facts,
            "when": stop_when(self._facts),
            "when_refs": refs.of(stop.date_evidence),
            "order": stop.order_reason if order_inferred else None,
            "order_refs": refs.of(stop.order_evidence if order_inferred else ()),
            "status_refs": refs.of((*stop.status_evidence, *stop.announced_evidence, *stop.unannounced_evidence)),
            "meetings": [self._meeting(meeting) for meeting in self._trip.meetings_at[stop.id]],
            "quotes": [self._quote(quote) for quote in self._trip.quotes_at[stop.id]],
            "differences": [self._difference(item) for item in self._trip.disagreements_at[stop.id]],
            "footnotes": [
                (source_line(self._trip.sources[source]), [self._footnote(passage) for passage in passages])
                for source, passages in groupby(refs.passages, key=lambda passage: passage.source)
            ],
        }

    def _meeting(self, meeting: Meeting) -> dict[str, Any]:
        return {
            "title": meeting.title,
            "kind": MEETING_WORDS[meeting.kind],
            "when": meeting_when(meeting),
            "planned": held(meeting) if meeting.held == "planned" else None,
            "people": participants(self._trip, meeting),
            "note": meeting.note,
            "verdict": self._agreement.meeting(meeting.id).verdict,
            "refs": self._references.of(meeting.evidence),
        }

    def _quote(self, quote: Quote) -> dict[str, Any]:
        return {
            "words": " … ".join(passage.exact for passage in quote.passages),
            "speaker": speaker(self._trip, quote),
            "when": quote_when(quote),
            "filed": filed(quote),
            "also": also(self._trip, quote),
            "refs": self._references.of(quote_evidence(quote)),
        }

    def _difference(self, item: Disagreement) -> dict[str, Any]:
        """In one sentence; what each source holds stands in the footnotes, in its own words."""
        refs = self._references.of(position.evidence for position in item.positions)
        return {"topic": item.topic, "statement": item.statement, "refs": refs}

    def _footnote(self, passage: Passage) -> dict[str, Any]:
        text = " ".join(passage.text.split())
        begins_quoted = text.startswith(("“", '"'))
        return {"number": self._references.to(passage)["number"], "text": text if begins_quoted else f"“{text}”"}
