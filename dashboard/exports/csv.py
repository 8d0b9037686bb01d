"""A view as one CSV table (RFC 4180, UTF-8 with a byte order mark): a row for each stop, meeting and quotation.

The column ``record`` says what a row is. The first row, ``view``, says what the file holds. A cell that a
spreadsheet would take for a formula begins with an apostrophe.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from dashboard.exports.view import View
from dashboard.exports.words import (
    also,
    difference_lines,
    filed,
    participants,
    plain,
    quote_evidence,
    quoted,
    references,
    source_labels,
    stop_evidence,
    summary_line,
)
from dashboard.facts import StopFacts, shown_keys, stop_facts
from dashboard.model import Meeting, Quote, TextQuote
from dashboard.terms import traveller_line

COLUMNS = (
    "record", "id", "stop_id", "stop_number", "stop", "country", "country_code", "first_day", "last_day",
    "date_basis", "date_reason", "title", "kind", "status", "verdict", "note", "people", "speaker", "role", "quote",
    "meeting_id", "latitude", "longitude", "precision", "located_by", "sources", "references",
)  # fmt: skip

#: With these a spreadsheet begins a formula, or ends a cell; the wide ones are taken so in Japanese settings.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

Row = dict[str, str | float | None]


def write(view: View) -> bytes:
    """The file's bytes."""
    out = io.StringIO()
    table = csv.DictWriter(out, (*COLUMNS, *shown_keys()), restval="", lineterminator="\r\n")
    table.writeheader()
    for row in rows(view):
        table.writerow({column: _cell(value) for column, value in row.items()})
    return out.getvalue().encode("utf-8-sig")


def rows(view: View) -> Iterator[Row]:
    """The rows: the view itself, what concerns the whole trip, then each stop with its meetings and quotations."""
    yield {
        "record": "view",
        "id": view.fingerprint,
        "title": view.trip.file.title,
        "people": traveller_line(view.trip),
        "note": " ".join([view.description, *([summary_line(view.trip)] if view.trip.file.summary else [])]),
        "references": view.link,
    }
    yield from _whole(view)
    for stop in view.stops:
        facts = stop_facts(view.dossier, stop)
        yield _stop(view, facts)
        yield from (_meeting(view, facts, meeting) for meeting in view.trip.meetings_at[stop.id])
        yield from (_quote(view, quote, facts) for quote in view.trip.quotes_at[stop.id])


def _whole(view: View) -> Iterator[Row]:
    yield from (_quote(view, quote) for quote in view.whole.quotes)
    for excerpt in view.whole.excerpts:
        evidence = _evidence(view, (excerpt.passage,))
        yield {"record": "excerpt", "id": excerpt.id, "quote": excerpt.passage.exact, **evidence}
    for item in view.whole.disagreements:
        words = "\n".join(difference_lines(view.trip, item)[1:])
        evidence = _evidence(view, tuple(position.evidence for position in item.positions))
        yield {"record": "difference", "id": item.id, "title": item.topic, "note": words, **evidence}


def _cell(value: str | float | None) -> str | float:
    """A value as it is written; numbers are ours and stay numbers."""
    if value is None or isinstance(value, float):
        return "" if value is None else value
    text = plain(value)
    return f"'{text}" if text.startswith(_FORMULA) or value.startswith(_FORMULA) else text


def _common(facts: StopFacts, record: str, record_id: str) -> Row:
    return {
        "record": record,
        "id": record_id,
        "stop_id": facts.id,
        "stop_number": facts.number,
        "stop": facts.name,
        "country": facts.country,
        "country_code": facts.country_code,
    }


def _evidence(view: View, evidence: tuple[TextQuote, ...]) -> Row:
    sources, passages = source_labels(view.trip, evidence), references(view.trip, evidence)
    return {"sources": "; ".join(sources), "references": "\n".join(passages)}


def _stop(view: View, facts: StopFacts) -> Row:
    return {
        **_common(facts, "stop", facts.id),
        "first_day": facts.first_day.isoformat() if facts.first_day else None,
        "last_day": facts.last_day.isoformat() if facts.last_day else None,
        "date_basis": facts.date_basis,
        "date_reason": facts.date_reason,
        "status": facts.status,
        "note": " ".join(part for part in (facts.status_reason, facts.depart_reason) if part),
        "verdict": facts.verdict,
        "latitude": facts.lat,
        "longitude": facts.lon,
        "precision": facts.located_as or facts.precision,
        "located_by": facts.located_by,
        **_evidence(view, stop_evidence(view.trip.stops[facts.id])),
        **{fact.key: str(fact.value) for fact in facts.shown},
    }


def _meeting(view: View, facts: StopFacts, meeting: Meeting) -> Row:
    day = meeting.date.isoformat() if meeting.date else None
    return {
        **_common(facts, "meeting", meeting.id),
        "first_day": day,
        "last_day": day,
        "date_basis": meeting.date_basis,
        "date_reason": meeting.date_reason,
        "title": meeting.title,
        "kind": meeting.kind,
        "status": meeting.held,
        "note": meeting.note,
        "verdict": view.dossier.agreement.meeting(meeting.id).verdict,
        "people": "; ".join(participants(view.trip, meeting)),
        "meeting_id": meeting.id,
        **_evidence(view, meeting.evidence),
    }


def _quote(view: View, quote: Quote, facts: StopFacts | None = None) -> Row:
    day = quote.date.isoformat() if quote.date else None
    return {
        **(_common(facts, "quote", quote.id) if facts else {"record": "quote", "id": quote.id}),
        "first_day": day,
        "last_day": day,
        "date_basis": quote.date_basis,
        "date_reason": quote.date_reason,
        "kind": quote.stop_basis,
        "note": " ".join([filed(quote), *also(view.trip, quote)]).strip(),
        "speaker": view.trip.speaker(quote),
        "role": quote.role,
        "quote": quoted(quote),
        "meeting_id": quote.meeting,
        **_evidence(view, quote_evidence(quote)),
    }
