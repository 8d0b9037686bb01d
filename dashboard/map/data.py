"""Everything the browser needs to draw a trip, as GeoJSON (RFC 7946) and plain values.

It travels once, at an address that names its fingerprint, and is then kept by the browser.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence

from dashboard.country_codes import countries
from dashboard.dossier import Dossier
from dashboard.facts import StopFacts, stop_facts
from dashboard.map.document import (
    ON_MAP,
    FileFormat,
    LegFeature,
    MapData,
    PersonOnMap,
    Point,
    StopFeature,
    StopOnMap,
)
from dashboard.model import Stop, Trip
from dashboard.route import Leg

#: Meetings named on a marker's card; the panel has them all.
CARD_MEETINGS = 3


def map_data(dossier: Dossier, overview: str = "", exports: Sequence[FileFormat] = ()) -> MapData:
    """The trip as the browser's one data document; ``exports`` are the formats that the page can ask for."""
    trip = dossier.trip
    days = trip.days()
    data: MapData = {
        "title": trip.file.title,
        "traveller": trip.traveller.name,
        "first": days[0].isoformat(),
        "last": days[-1].isoformat(),
        "activity": _activity(dossier),
        "countries": trip.countries,
        "people": _people(trip),
        "shapes": [_shape_id(code) for code in trip.countries],
        "stops": {"type": "FeatureCollection", "features": [_stop(dossier, stop) for stop in trip.file.stops]},
        "legs": {"type": "FeatureCollection", "features": [_leg(dossier, leg) for leg in dossier.legs]},
        "overview": overview,
    }
    return {**data, "exports": exports} if exports else data


def map_json(dossier: Dossier, overview: str = "", exports: Sequence[FileFormat] = ()) -> bytes:
    """:func:`map_data` as UTF-8 JSON."""
    return json.dumps(map_data(dossier, overview, exports), ensure_ascii=False, separators=(",", ":")).encode()


def _people(trip: Trip) -> list[PersonOnMap]:
    """Whom the stops can be filtered by, by name; the label has every spelling, so that any of them finds it."""
    met = frozenset().union(*trip.people_at.values())
    people = sorted((person for person in trip.file.people if person.id in met), key=lambda person: person.name)
    return [{"id": p.id, "name": p.name, "label": " · ".join(dict.fromkeys((p.name, *p.spellings)))} for p in people]


def _shape_id(code: str) -> str:
    """The id of a country's shape in Natural Earth's file: its ISO 3166-1 numeric code."""
    return f"{int(countries()[code]['isonumeric']):03d}"


def _stop(dossier: Dossier, stop: Stop) -> StopFeature:
    facts = stop_facts(dossier, stop)
    geometry: Point | None = None
    if facts.lon is not None and facts.lat is not None:
        geometry = {"type": "Point", "coordinates": (facts.lon, facts.lat)}
    return {"type": "Feature", "id": stop.id, "geometry": geometry, "properties": _on_map(facts)}


def _on_map(facts: StopFacts) -> StopOnMap:
    """What the browser knows of a stop; what is empty is left out, so that large trips travel light."""
    values = {name: getattr(facts, name) for name in ON_MAP}
    values["meetings"] = facts.meetings[:CARD_MEETINGS]
    values["shown"] = [fact.clause for fact in facts.shown]
    if facts.date_basis != "inferred":
        values["date_reason"] = None  # only the page of the stop has room for why else
    return StopOnMap({name: _plain(value) for name, value in values.items() if value})


def _leg(dossier: Dossier, leg: Leg) -> LegFeature:
    ends = [dossier.trip.stops[leg.start], dossier.trip.stops[leg.end]]
    reasons = [f"{stop.name}: {stop.order_reason}" for stop in ends if stop.order_basis == "inferred"]
    return {
        "type": "Feature",
        "geometry": {"type": "MultiLineString", "coordinates": leg.lines},
        "properties": {
            "number": leg.number,
            "from": leg.start,
            "to": leg.end,
            "km": round(leg.km),
            "inferred": leg.inferred,
            "reason": " ".join(reasons) or None,
            "planned": leg.planned,
        },
    }


def _activity(dossier: Dossier) -> dict[str, dict[str, int]]:
    """How much the sources report by stop and day: meetings and quotations that carry a date."""
    counts: dict[str, dict[str, int]] = {}
    file = dossier.trip.file
    dated = [(item.stop, item.date) for item in file.meetings] + [(item.stop, item.date) for item in file.quotes]
    for stop, date in dated:
        if date:
            days = counts.setdefault(stop or "", {})
            days[date.isoformat()] = days.get(date.isoformat(), 0) + 1
    return counts


def _plain(value: object) -> object:
    """A value as JSON has it."""
    return value.isoformat() if isinstance(value, dt.date) else value
