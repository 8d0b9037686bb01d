"""The verified trip, or a view of it, as JSON: every claim with its passages as offsets into the source texts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from dashboard.agreement import Row
from dashboard.dossier import Dossier
from dashboard.exports.portion import Portion
from dashboard.exports.words import participants
from dashboard.facts import stop_facts
from dashboard.model import (
    Disagreement,
    Excerpt,
    Meeting,
    Passage,
    Quote,
    Record,
    Release,
    Source,
    Stop,
    TextQuote,
    Trip,
    text_quotes,
)
from dashboard.prose import label


def write(portion: Portion) -> bytes:
    """The file's bytes: indented JSON, UTF-8."""
    return _text(document(portion)).encode("utf-8", "replace")


def document(portion: Portion) -> dict[str, Any]:
    """A view as plain values. Evidence is ``{source, start, end, text}`` with ``text == source_text[start:end]``.

    The sources stand in every view; of the people, those that the view names.
    """
    trip, file = portion.trip, portion.trip.file
    stops, people = {stop.id for stop in portion.stops}, _people(portion)
    releases = [item for item in file.releases if _is_told(portion, item.stop, stops)]
    return {
        "id": file.id,
        "title": file.title,
        "start": file.start.isoformat(),
        "end": file.end.isoformat(),
        "traveller": file.traveller,
        "evidence": _evidence(trip, *file.date_evidence),
        "summary": [_dump(trip, item) for item in file.summary],
        "countries": [
            {"code": code, "kind": trip.country_kind(code), "spellings": list(trip.country_names[code])}
            for code in dict.fromkeys(stop.country_code for stop in portion.stops)
        ],
        "stops": [_stop(portion.dossier, stop) for stop in portion.stops],
        "meetings": [_meeting(portion.dossier, meeting) for meeting in file.meetings if meeting.stop in stops],
        "releases": [_release(trip, release) for release in releases],
        "quotes": [_quote(trip, quote) for quote in file.quotes if _is_told(portion, quote.stop, stops)],
        "excerpts": [_excerpt(trip, excerpt) for excerpt in file.excerpts if _is_told(portion, excerpt.stop, stops)],
        "people": [_dump(trip, person) for person in file.people if person.id in people],
        "sources": [_source(trip, source) for source in file.sources],
        "disagreements": [_disagreement(trip, item) for item in portion.disagreements],
        "agreement": {stop.id: _agreement(portion.dossier.agreement.stop(stop.id)) for stop in portion.stops},
        "view": portion.imprint,
    }


def _is_told(portion: Portion, stop: str | None, stops: set[str]) -> bool:
    """Whether a claim is part of the view: one about the whole trip is, where the view is the whole trip."""
    return stop in stops or (stop is None and portion.is_whole)


def _agreement(row: Row) -> dict[str, Any]:
    """Which source says what of a claim, how many independent groups report it, and the verdict in words."""
    return {
        "sources": [
            {
                "source": cell.source,
                "level": cell.level,
                "reason": cell.reason,
                "evidence": [_passage(passage) for passage in cell.passages],
            }
            for cell in row.cells
        ],
        "independent": row.independent,
        "groups": [list(group) for group in row.groups],
        "verdict": row.verdict,
    }


def _text(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _people(portion: Portion) -> set[str]:
    """The ids of the people that the view names."""
    if portion.is_whole:
        return set(portion.trip.people)
    named = [item.people for item in portion.meetings] + [item.people for item in portion.excerpts]
    named += [item.people for item in portion.disagreements]
    return {person for people in named for person in people} | {
        quote.speaker for quote in portion.quotes if quote.speaker
    }


def _dump(trip: Trip, record: Record, *left_out: str) -> dict[str, Any]:
    """A record as JSON has it, each of its quotations as the passage that it is; without the keys ``left_out``."""
    values = record.model_dump(mode="json", exclude=set(left_out))
    for path, quote in text_quotes(record):
        if path[0] not in left_out:
            _put(values, path, _passage(trip.passage(quote)))
    return values


def _put(values: Any, path: Sequence[str | int], value: object) -> None:
    *way, last = path
    for step in way:
        values = values[step]
    values[last] = value


def _evidence(trip: Trip, *quotes: TextQuote | None) -> list[dict[str, Any]]:
    return [_passage(trip.passage(quote)) for quote in quotes if quote]


def _passage(passage: Passage) -> dict[str, Any]:
    return {"source": passage.source, "start": passage.start, "end": passage.end, "text": passage.text}


def _stop(dossier: Dossier, stop: Stop) -> dict[str, Any]:
    facts, place = stop_facts(dossier, stop), dossier.places.get(stop.id)
    return {
        **_dump(dossier.trip, stop, "query", "precision"),
        "number": facts.number,
        "spellings": list(stop.names),
        **{fact.key: fact.value for fact in facts.shown},
        "place": {
            "lat": place.lat if place else None,  # to the last digit that was given
            "lon": place.lon if place else None,
            "precision": facts.located_as or facts.precision,
            "located_by": facts.located_by,
        },
    }


def _meeting(dossier: Dossier, meeting: Meeting) -> dict[str, Any]:
    return {
        **_dump(dossier.trip, meeting, "others"),
        "participants": participants(dossier.trip, meeting),
        "agreement": _agreement(dossier.agreement.meeting(meeting.id)),
    }


def _release(trip: Trip, release: Release) -> dict[str, Any]:
    return {
        **_dump(trip, release, "passage", "heading_evidence"),
        "evidence": _evidence(trip, release.passage),
        "heading_evidence": _evidence(trip, release.heading_evidence),
    }


def _quote(trip: Trip, quote: Quote) -> dict[str, Any]:
    return {
        **_dump(trip, quote, "passages", "also"),
        "speaker": trip.speaker(quote),
        "speaker_id": quote.speaker,
        "evidence": _evidence(trip, *quote.passages),
        "also": [{**_dump(trip, item, "passages"), "evidence": _evidence(trip, *item.passages)} for item in quote.also],
    }


def _excerpt(trip: Trip, excerpt: Excerpt) -> dict[str, Any]:
    return {**_dump(trip, excerpt, "passage"), "evidence": _evidence(trip, excerpt.passage)}


def _source(trip: Trip, source: Source) -> dict[str, Any]:
    left_out = [{"reason": item.reason, "evidence": _evidence(trip, item.passage)} for item in source.left_out]
    return {
        **_dump(trip, source, "title_reason", "title_evidence", "left_out", "furniture"),
        "label": label(source),
        "left_out": left_out,
    }


def _disagreement(trip: Trip, item: Disagreement) -> dict[str, Any]:
    positions = [
        {
            **_dump(trip, position, "evidence"),
            "stop": item.stop_of(position) if position.stance else None,
            "evidence": _evidence(trip, position.evidence),
        }
        for position in item.positions
    ]
    return {**_dump(trip, item, "variants", "positions"), "positions": positions}
