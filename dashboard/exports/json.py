"""The verified trip, or a view of it, as JSON: every claim with its passages as offsets into the source texts."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from typing import Any

from dashboard.agreement import Row
from dashboard.dossier import Dossier
from dashboard.exports.view import View
from dashboard.facts import stop_facts
from dashboard.model import (
    Disagreement,
    Excerpt,
    Meeting,
    Passage,
    Person,
    Quote,
    Release,
    Source,
    Stop,
    TextQuote,
    Trip,
)
from dashboard.prose import label


def write(view: View) -> bytes:
    """The file's bytes: indented JSON, UTF-8."""
    return _text(document(view)).encode("utf-8", "replace")


def trip_json(dossier: Dossier) -> str:
    """The whole trip as indented JSON text."""
    return _text(trip_document(dossier))


def trip_document(dossier: Dossier) -> dict[str, Any]:
    """The whole trip as plain values."""
    return document(View(dossier))


def document(view: View) -> dict[str, Any]:
    """A view as plain values. Evidence is ``{source, start, end, text}`` with ``text == source_text[start:end]``.

    The sources stand in every view; of the people, those that the view names.
    """
    trip, file = view.trip, view.trip.file
    stops, people = {stop.id for stop in view.stops}, _people(view)
    releases = [item for item in file.releases if _is_told(view, item.stop, stops)]
    return {
        "id": file.id,
        "title": file.title,
        "start": _iso(file.start),
        "end": _iso(file.end),
        "traveller": file.traveller,
        "evidence": _evidence(trip, file.date_evidence),
        "summary": [{"text": item.text, "evidence": _evidence(trip, item.evidence)} for item in file.summary],
        "countries": [
            {"code": code, "kind": trip.country_kind(code), "spellings": list(trip.country_names[code])}
            for code in dict.fromkeys(stop.country_code for stop in view.stops)
        ],
        "stops": [_stop(view.dossier, stop) for stop in view.stops],
        "meetings": [_meeting(view.dossier, meeting) for meeting in file.meetings if meeting.stop in stops],
        "releases": [_release(trip, release) for release in releases],
        "quotes": [_quote(trip, quote) for quote in file.quotes if _is_told(view, quote.stop, stops)],
        "excerpts": [_excerpt(trip, excerpt) for excerpt in file.excerpts if _is_told(view, excerpt.stop, stops)],
        "people": [_person(trip, person) for person in file.people if person.id in people],
        "sources": [_source(trip, source) for source in file.sources],
        "disagreements": [_disagreement(trip, item) for item in view.disagreements],
        "agreement": {stop.id: _agreement(view.dossier.agreement.stop(stop.id)) for stop in view.stops},
        "view": {"description": view.description, "link": view.link, "fingerprint": view.fingerprint},
    }


def _is_told(view: View, stop: str | None, stops: set[str]) -> bool:
    """Whether a claim is part of the view: one about the whole trip is, where the view is the whole trip."""
    return stop in stops or (stop is None and view.is_whole)


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


def _people(view: View) -> set[str]:
    """The ids of the people that the view names."""
    if view.is_whole:
        return set(view.trip.people)
    named = [item.people for item in view.meetings] + [item.people for item in view.excerpts]
    named += [item.people for item in view.disagreements]
    return {person for people in named for person in people} | {quote.speaker for quote in view.quotes if quote.speaker}


def _evidence(trip: Trip, quotes: Iterable[TextQuote]) -> list[dict[str, Any]]:
    return [_one(trip, quote) for quote in quotes]


def _one(trip: Trip, quote: TextQuote) -> dict[str, Any]:
    return _passage(trip.passage(quote))


def _passage(passage: Passage) -> dict[str, Any]:
    return {"source": passage.source, "start": passage.start, "end": passage.end, "text": passage.text}


def _stop(dossier: Dossier, stop: Stop) -> dict[str, Any]:
    trip, facts = dossier.trip, stop_facts(dossier, stop)
    return {
        "id": facts.id,
        "number": facts.number,
        "name": facts.name,
        "spellings": list(stop.names),
        "country": facts.country,
        "country_code": facts.country_code,
        "arrive": _iso(facts.arrive),
        "depart": _iso(facts.depart),
        "date_basis": facts.date_basis,
        "date_reason": facts.date_reason,
        "date_evidence": _evidence(trip, stop.date_evidence),
        "depart_basis": facts.depart_basis,
        "depart_reason": facts.depart_reason,
        "order_basis": facts.order_basis,
        "order_reason": facts.order_reason,
        "order_evidence": _evidence(trip, stop.order_evidence),
        "status": facts.status,
        "status_reason": facts.status_reason,
        "status_evidence": _evidence(trip, stop.status_evidence),
        "announced_evidence": _evidence(trip, stop.announced_evidence),
        "unannounced_evidence": _evidence(trip, stop.unannounced_evidence),
        "implied": [{"source": item.source, "reason": item.reason} for item in stop.implied],
        **{fact.key: fact.value for fact in facts.shown},
        "place": _place(dossier, stop),
        "pin": {"lat": stop.pin.lat, "lon": stop.pin.lon, "reason": stop.pin.reason} if stop.pin else None,
    }


def _place(dossier: Dossier, stop: Stop) -> dict[str, Any]:
    """Where the stop was found, to the last digit that was given."""
    place = dossier.places.get(stop.id)
    return {
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "precision": place.precision if place else stop.precision,
        "located_by": place.located_by if place else None,
    }


def _meeting(dossier: Dossier, meeting: Meeting) -> dict[str, Any]:
    trip = dossier.trip
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
        "note": meeting.note,
        "evidence": _evidence(trip, meeting.evidence),
        "agreement": _agreement(dossier.agreement.meeting(meeting.id)),
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
        "heading_evidence": [_one(trip, release.heading_evidence)] if release.heading_evidence else [],
    }


def _quote(trip: Trip, quote: Quote) -> dict[str, Any]:
    return {
        "id": quote.id,
        "speaker": trip.speaker(quote),
        "speaker_id": quote.speaker,
        "voice": quote.voice,
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
        "note": quote.note,
        "also": [
            {
                "role": report.role,
                "note": report.note,
                "evidence": _evidence(trip, report.passages),
                "attribution": _evidence(trip, report.attribution),
            }
            for report in quote.also
        ],
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
        "label": label(source),
        "file": source.file,
        "sha256": source.sha256,
        "title": source.title,
        "title_basis": source.title_basis,
        "kind": source.kind,
        "kind_reason": source.kind_reason,
        "kind_evidence": _evidence(trip, source.kind_evidence),
        "publisher": source.publisher,
        "date": _iso(source.date),
        "date_basis": source.date_basis,
        "date_reason": source.date_reason,
        "date_evidence": _evidence(trip, source.date_evidence),
        "about": source.about,
        "independence": source.independence,
        "shares_wording_with": list(source.shares_wording_with),
        "coincides_with": [{"source": item.source, "reason": item.reason} for item in source.coincides_with],
        "planned": _evidence(trip, source.planned),
        "itinerary": _evidence(trip, source.itinerary),
        "left_out": [{"reason": item.reason, "evidence": [_one(trip, item.passage)]} for item in source.left_out],
    }


def _disagreement(trip: Trip, item: Disagreement) -> dict[str, Any]:
    positions = [
        {
            "source": p.source,
            "says": p.says,
            "stance": p.stance,
            "stop": item.stop_of(p) if p.stance else None,
            "evidence": [_one(trip, p.evidence)],
        }
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
