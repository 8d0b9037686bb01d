"""A view as one CSV table (RFC 4180, UTF-8 with a byte order mark): a row for each stop, meeting and quotation.

The column ``record`` says what a row is. The first row, ``view``, says what the file holds. A cell that a
spreadsheet would take for a formula begins with an apostrophe.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from dashboard.exports.portion import Portion
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


def write(portion: Portion) -> bytes:
    """The file's bytes."""
    out = io.StringIO()
    table = csv.DictWriter(out, (*COLUMNS, *shown_keys()), restval="", lineterminator="\r\n")
    table.writeheader()
    for row in rows(portion):
        table.writerow({column: _cell(value) for column, value in row.items()})
    return out.getvalue().encode("utf-8-sig")


def rows(portion: Portion) -> Iterator[Row]:
    """The rows: the view itself, what concerns the whole trip, then each stop with its meetings and quotations."""
    yield {
        "record": "view",
        "id": portion.fingerprint,
        "title": portion.trip.file.title,
        "people": traveller_line(portion.trip),
        "note": " ".join([portion.description, *([summary_line(portion.trip)] if portion.trip.file.summary else [])]),
        "references": portion.link,
    }
    yield from _whole(portion)
    for stop in portion.stops:
        facts = stop_facts(portion.dossier, stop)
        yield _stop(portion, facts)
        yield from (_meeting(portion, facts, meeting) for meeting in portion.trip.meetings_at[stop.id])
        yield from (_quote(portion, quote, facts) for quote in portion.trip.quotes_at[stop.id])


def _whole(portion: Portion) -> Iterator[Row]:
    yield from (_quote(portion, quote) for quote in portion.whole.quotes)
    for excerpt in portion.whole.excerpts:
        evidence = _evidence(portion, (excerpt.passage,))
        yield {"record": "excerpt", "id": excerpt.id, "quote": excerpt.passage.exact, **evidence}
    for item in portion.whole.disagreements:
        words = "\n".join(difference_lines(portion.trip, item)[1:])
        evidence = _evidence(portion, tuple(position.evidence for position in item.positions))
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


def _evidence(portion: Portion, evidence: tuple[TextQuote, ...]) -> Row:
    sources, passages = source_labels(portion.trip, evidence), references(portion.trip, evidence)
    return {"sources": "; ".join(sources), "references": "\n".join(passages)}


def _stop(portion: Portion, facts: StopFacts) -> Row:
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
        **_evidence(portion, stop_evidence(portion.trip.stops[facts.id])),
        **{fact.key: str(fact.value) for fact in facts.shown},
    }


def _meeting(portion: Portion, facts: StopFacts, meeting: Meeting) -> Row:
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
        "verdict": portion.dossier.agreement.meeting(meeting.id).verdict,
        "people": "; ".join(participants(portion.trip, meeting)),
        "meeting_id": meeting.id,
        **_evidence(portion, meeting.evidence),
    }


def _quote(portion: Portion, quote: Quote, facts: StopFacts | None = None) -> Row:
    day = quote.date.isoformat() if quote.date else None
    return {
        **(_common(facts, "quote", quote.id) if facts else {"record": "quote", "id": quote.id}),
        "first_day": day,
        "last_day": day,
        "date_basis": quote.date_basis,
        "date_reason": quote.date_reason,
        "kind": quote.stop_basis,
        "note": " ".join([filed(quote), *also(portion.trip, quote)]).strip(),
        "speaker": portion.trip.speaker(quote),
        "role": quote.role,
        "quote": quoted(quote),
        "meeting_id": quote.meeting,
        **_evidence(portion, quote_evidence(quote)),
    }
