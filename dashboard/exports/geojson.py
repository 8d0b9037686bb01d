"""A view as GeoJSON (RFC 7946): its stops as points and its legs as lines, WGS 84, longitude first.

A stop that could not be located is a feature without geometry, as the format has it. What the view is stands in
the foreign member ``view``.
"""

from __future__ import annotations

import json
from typing import Any

from dashboard.exports.portion import Portion
from dashboard.exports.words import (
    plain,
    quote_evidence,
    quote_line,
    references,
    stop_evidence,
    summary_line,
    whole_lines,
)
from dashboard.facts import stop_facts
from dashboard.model import Stop, TextQuote
from dashboard.route import Leg
from dashboard.terms import traveller_line


def write(portion: Portion) -> bytes:
    """The file's bytes, UTF-8."""
    return (json.dumps(document(portion), ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def document(portion: Portion) -> dict[str, Any]:
    """The feature collection: the stops in the order of travel, then the legs."""
    return {
        "type": "FeatureCollection",
        "view": {
            "trip": portion.trip.file.id,
            "title": plain(portion.trip.file.title),
            "traveller": plain(traveller_line(portion.trip)),
            "summary": plain(summary_line(portion.trip)),
            "whole_trip": [plain(line) for line in whole_lines(portion)],
            **portion.imprint,
        },
        "features": [*(_stop(portion, stop) for stop in portion.stops), *(_leg(leg) for leg in portion.legs)],
    }


def _stop(portion: Portion, stop: Stop) -> dict[str, Any]:
    facts = stop_facts(portion.dossier, stop)
    geometry = {"type": "Point", "coordinates": [facts.lon, facts.lat]} if facts.located_as else None
    properties = {name: _plain(value) for name, value in stop_properties(portion, stop).items()}
    return {"type": "Feature", "id": stop.id, "geometry": geometry, "properties": properties}


def _plain(value: Any) -> Any:
    """The value with plain text, as many readers end a text at its first NUL; an empty list tells them no type."""
    if isinstance(value, list):
        return [plain(item) for item in value] or None
    return plain(value) if isinstance(value, str) else value


def stop_properties(portion: Portion, stop: Stop) -> dict[str, Any]:
    """What the file says of a stop, as plain values; lists are in the order of the trip."""
    trip, facts = portion.trip, stop_facts(portion.dossier, stop)
    return {
        "feature": "stop",
        "id": facts.id,
        "number": facts.number,
        "name": facts.name,
        "country": facts.country,
        "country_code": facts.country_code,
        "arrive": facts.arrive.isoformat() if facts.arrive else None,
        "depart": facts.depart.isoformat() if facts.depart else None,
        "date_basis": facts.date_basis,
        "date_reason": facts.date_reason,
        "status": facts.status,
        "status_reason": facts.status_reason,
        "verdict": facts.verdict,
        **{fact.key: fact.value for fact in facts.shown},
        "precision": facts.located_as or facts.precision,
        "located_by": facts.located_by,
        "meeting_count": facts.meeting_count,
        "meetings": [meeting.title for meeting in trip.meetings_at[stop.id]],
        "quotes": [" ".join(quote_line(trip, quote)) for quote in trip.quotes_at[stop.id]],
        "references": references(trip, _evidence(portion, stop)),
    }


def _evidence(portion: Portion, stop: Stop) -> list[TextQuote]:
    """Every passage that the feature rests on: the stop's own, then its meetings' and its quotations'."""
    meetings = (quote for meeting in portion.trip.meetings_at[stop.id] for quote in meeting.evidence)
    quotes = (passage for quote in portion.trip.quotes_at[stop.id] for passage in quote_evidence(quote))
    return [*stop_evidence(stop), *meetings, *quotes]


def _leg(leg: Leg) -> dict[str, Any]:
    lines = [[list(position) for position in line] for line in leg.lines]
    geometry: dict[str, Any] = (
        {"type": "LineString", "coordinates": lines[0]}
        if len(lines) == 1
        else {"type": "MultiLineString", "coordinates": lines}
    )
    return {"type": "Feature", "id": f"leg-{leg.number}", "geometry": geometry, "properties": leg_properties(leg)}


def leg_properties(leg: Leg) -> dict[str, Any]:
    """What the file says of a leg."""
    return {
        "feature": "leg",
        "id": f"leg-{leg.number}",
        "from": leg.start,
        "to": leg.end,
        "km": round(leg.km),
        "order_inferred": leg.inferred,
        "planned": leg.planned,
    }
