"""The verified trip as JSON: every claim with its passages as character offsets into the source texts."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from typing import Any

from dashboard.dossier import Dossier
from dashboard.model import (
    Disagreement,
    Excerpt,
    Meeting,
    Person,
    Quote,
    Release,
    Source,
    Stop,
    TextQuote,
    Trip,
)


def trip_json(dossier: Dossier) -> str:
    """The trip as indented JSON text."""
    return json.dumps(trip_document(dossier), ensure_ascii=False, indent=1) + "\n"


def trip_document(dossier: Dossier) -> dict[str, Any]:
    """The trip as plain values. Evidence is ``{source, start, end, text}`` with ``text == source_text[start:end]``."""
    trip, file = dossier.trip, dossier.trip.file
    return {
        "id": file.id,
        "title": file.title,
        "start": _iso(file.start),
        "end": _iso(file.end),
        "evidence": _evidence(trip, file.date_evidence),
        "stops": [_stop(dossier, stop) for stop in file.stops],
        "meetings": [_meeting(trip, meeting) for meeting in file.meetings],
        "releases": [_release(trip, release) for release in file.releases],
        "quotes": [_quote(trip, quote) for quote in file.quotes],
        "excerpts": [_excerpt(trip, excerpt) for excerpt in file.excerpts],
        "people": [_person(trip, person) for person in file.people],
        "sources": [_source(trip, source) for source in file.sources],
        "disagreements": [_disagreement(trip, item) for item in file.disagreements],
    }


def _evidence(trip: Trip, quotes: Iterable[TextQuote]) -> list[dict[str, Any]]:
    return [_one(trip, quote) for quote in quotes]


def _one(trip: Trip, quote: TextQuote) -> dict[str, Any]:
    passage = trip.passage(quote)
    return {"source": passage.source, "start": passage.start, "end": passage.end, "text": passage.text}


def _stop(dossier: Dossier, stop: Stop) -> dict[str, Any]:
    trip, place = dossier.trip, dossier.places.get(stop.id)
    return {
        "id": stop.id,
        "number": dossier.numbers[stop.id],
        "name": stop.name,
        "country": stop.country,
        "country_code": stop.country_code,
        "arrive": _iso(stop.arrive),
        "depart": _iso(stop.depart),
        "date_basis": stop.date_basis,
        "date_reason": stop.date_reason,
        "date_evidence": _evidence(trip, stop.date_evidence),
        "order_basis": stop.order_basis,
        "order_reason": stop.order_reason,
        "order_evidence": _evidence(trip, stop.order_evidence),
        "status": stop.status,
        "status_reason": stop.status_reason,
        "status_evidence": _evidence(trip, stop.status_evidence),
        "announced": stop.announced,
        "announced_evidence": _evidence(trip, stop.announced_evidence),
        "place": {
            "lat": place.lat if place else None,
            "lon": place.lon if place else None,
            "precision": place.precision if place else stop.precision,
            "located_by": place.located_by if place else None,
        },
    }


def _meeting(trip: Trip, meeting: Meeting) -> dict[str, Any]:
    return {
        "id": meeting.id,
        "stop": meeting.stop,
        "date": _iso(meeting.date),
        "date_basis": meeting.date_basis,
        "date_reason": meeting.date_reason,
        "title": meeting.title,
        "kind": meeting.kind,
        "held": meeting.held,
        "participants": [trip.people[person].name for person in meeting.people] + list(meeting.others),
        "people": list(meeting.people),
        "evidence": _evidence(trip, meeting.evidence),
    }


def _release(trip: Trip, release: Release) -> dict[str, Any]:
    return {
        "id": release.id,
        "date": _iso(release.date),
        "heading": release.heading,
        "title": release.title,
        "stop": release.stop,
        "meeting": release.meeting,
        "evidence": [_one(trip, release.passage)],
    }


def _quote(trip: Trip, quote: Quote) -> dict[str, Any]:
    return {
        "id": quote.id,
        "speaker": trip.people[quote.speaker].name,
        "speaker_id": quote.speaker,
        "role": quote.role,
        "stop": quote.stop,
        "stop_basis": quote.stop_basis,
        "stop_reason": quote.stop_reason,
        "date": _iso(quote.date),
        "date_basis": quote.date_basis,
        "date_reason": quote.date_reason,
        "meeting": quote.meeting,
        "evidence": _evidence(trip, quote.passages),
        "attribution": _evidence(trip, quote.attribution),
    }


def _excerpt(trip: Trip, excerpt: Excerpt) -> dict[str, Any]:
    return {
        "id": excerpt.id,
        "stop": excerpt.stop,
        "people": list(excerpt.people),
        "evidence": [_one(trip, excerpt.passage)],
    }


def _person(trip: Trip, person: Person) -> dict[str, Any]:
    roles = [{"role": role.role, "evidence": _evidence(trip, role.evidence)} for role in person.roles]
    return {"id": person.id, "name": person.name, "spellings": list(person.spellings), "roles": roles}


def _source(trip: Trip, source: Source) -> dict[str, Any]:
    return {
        "id": source.id,
        "file": source.file,
        "sha256": source.sha256,
        "title": source.title,
        "title_basis": source.title_basis,
        "kind": source.kind,
        "publisher": source.publisher,
        "date": _iso(source.date),
        "date_basis": source.date_basis,
        "date_reason": source.date_reason,
        "date_evidence": _evidence(trip, source.date_evidence),
        "about": source.about,
        "independence": source.independence,
    }


def _disagreement(trip: Trip, item: Disagreement) -> dict[str, Any]:
    positions = [
        {"source": p.source, "says": p.says, "stance": p.stance, "evidence": [_one(trip, p.evidence)]}
        for p in item.positions
    ]
    return {
        "id": item.id,
        "topic": item.topic,
        "kind": item.kind,
        "statement": item.statement,
        "stops": list(item.stops),
        "people": list(item.people),
        "positions": positions,
    }


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
