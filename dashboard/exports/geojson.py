"""A view as GeoJSON (RFC 7946): its stops as points and its legs as lines, WGS 84, longitude first.

A stop that could not be located is a feature without geometry, as the format has it. What the view is stands in
the foreign member ``view``.
"""

from __future__ import annotations

import json
from typing import Any

from dashboard.exports.view import View
from dashboard.exports.words import (
    plain,
    quote_evidence,
    quote_line,
    references,
    stop_evidence,
    summary_line,
    whole_lines,
)
from dashboard.model import Stop, TextQuote
from dashboard.route import Leg
from dashboard.terms import traveller_line


def write(view: View) -> bytes:
    """The file's bytes, UTF-8."""
    return (json.dumps(document(view), ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def document(view: View) -> dict[str, Any]:
    """The feature collection: the stops in the order of travel, then the legs."""
    return {
        "type": "FeatureCollection",
        "view": {
            "trip": view.trip.file.id,
            "title": plain(view.trip.file.title),
            "traveller": plain(traveller_line(view.trip)),
            "summary": plain(summary_line(view.trip)),
            "whole_trip": [plain(line) for line in whole_lines(view)],
            "description": view.description,
            "link": view.link,
            "fingerprint": view.fingerprint,
        },
        "features": [*(_stop(view, stop) for stop in view.stops), *(_leg(leg) for leg in view.legs)],
    }


def _stop(view: View, stop: Stop) -> dict[str, Any]:
    place = view.dossier.places.get(stop.id)
    geometry = {"type": "Point", "coordinates": [round(place.lon, 5), round(place.lat, 5)]} if place else None
    properties = {name: _plain(value) for name, value in stop_properties(view, stop).items()}
    return {"type": "Feature", "id": stop.id, "geometry": geometry, "properties": properties}


def _plain(value: Any) -> Any:
    """The value with plain text, as many readers end a text at its first NUL; an empty list tells them no type."""
    if isinstance(value, list):
        return [plain(item) for item in value] or None
    return plain(value) if isinstance(value, str) else value


def stop_properties(view: View, stop: Stop) -> dict[str, Any]:
    """What the file says of a stop, as plain values; lists are in the order of the trip."""
    trip, place = view.trip, view.dossier.places.get(stop.id)
    meetings, quotes = trip.meetings_at[stop.id], trip.quotes_at[stop.id]
    return {
        "feature": "stop",
        "id": stop.id,
        "number": view.dossier.numbers[stop.id],
        "name": stop.name,
        "country": stop.country,
        "country_code": stop.country_code,
        "arrive": stop.arrive.isoformat() if stop.arrive else None,
        "depart": stop.depart.isoformat() if stop.depart else None,
        "date_basis": stop.date_basis,
        "date_reason": stop.date_reason,
        "status": stop.status,
        "status_reason": stop.status_reason,
        "verdict": view.dossier.agreement.stop(stop.id).verdict,
        "precision": place.precision if place else stop.precision,
        "located_by": place.located_by if place else None,
        "meeting_count": len(meetings),
        "meetings": [meeting.title for meeting in meetings],
        "quotes": [" ".join(quote_line(trip, quote)) for quote in quotes],
        "references": references(trip, _evidence(view, stop)),
    }


def _evidence(view: View, stop: Stop) -> list[TextQuote]:
    """Every passage that the feature rests on: the stop's own, then its meetings' and its quotations'."""
    meetings = (quote for meeting in view.trip.meetings_at[stop.id] for quote in meeting.evidence)
    quotes = (passage for quote in view.trip.quotes_at[stop.id] for passage in quote_evidence(quote))
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
