"""Everything the browser needs to draw a trip, as GeoJSON (RFC 7946) and plain values.

It travels once, at an address that names its fingerprint, and is then kept by the browser.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from dashboard.country_codes import countries
from dashboard.dates import stop_days
from dashboard.dossier import Dossier
from dashboard.model import Quote, Stop, Trip
from dashboard.route import Leg
from dashboard.terms import SPOKEN

#: Meetings named on a marker's card; the panel has them all.
CARD_MEETINGS = 3
#: A quotation of fewer words is a fragment and leads only where there is nothing else.
LEAD_WORDS = 6
#: One of more words is too long for a slide; it leads only where no shorter one does, and is then cut.
LEAD_MOST_WORDS = 45


def map_data(dossier: Dossier) -> dict[str, Any]:
    """The trip as the browser's one data document."""
    trip = dossier.trip
    days = trip.days()
    return {
        "title": trip.file.title,
        "traveller": trip.traveller.name,
        "first": days[0].isoformat(),
        "last": days[-1].isoformat(),
        "activity": _activity(dossier),
        "countries": trip.countries,
        "people": _people(trip),
        "shapes": [_shape_id(code) for code in trip.countries],
        "stops": _collection([_stop_feature(dossier, stop) for stop in trip.file.stops]),
        "legs": _collection([_leg_feature(dossier, leg) for leg in dossier.legs]),
    }


def map_json(dossier: Dossier, **more: object) -> bytes:
    """:func:`map_data`, and whatever else the browser shall know, as UTF-8 JSON."""
    return json.dumps({**map_data(dossier), **more}, ensure_ascii=False, separators=(",", ":")).encode()


def _people(trip: Trip) -> list[dict[str, str]]:
    """Whom the stops can be filtered by, by name; the label has every spelling, so that any of them finds it."""
    met = frozenset().union(*trip.people_at.values())
    people = sorted((person for person in trip.file.people if person.id in met), key=lambda person: person.name)
    return [{"id": p.id, "name": p.name, "label": " · ".join(dict.fromkeys((p.name, *p.spellings)))} for p in people]


def _shape_id(code: str) -> str:
    """The id of a country's shape in Natural Earth's file: its ISO 3166-1 numeric code."""
    return f"{int(countries()[code]['isonumeric']):03d}"


def _collection(features: list[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": features}


def _stop_feature(dossier: Dossier, stop: Stop) -> dict[str, Any]:
    place = dossier.places.get(stop.id)
    geometry = {"type": "Point", "coordinates": [round(place.lon, 5), round(place.lat, 5)]} if place else None
    return {"type": "Feature", "id": stop.id, "geometry": geometry, "properties": _properties(dossier, stop)}


def _properties(dossier: Dossier, stop: Stop) -> dict[str, Any]:
    """What the browser shows of a stop; what is empty is left out, so that large trips travel light."""
    trip = dossier.trip
    quotes = trip.quotes_at[stop.id]
    lead = lead_quote(trip, stop)
    values = {
        "number": dossier.numbers[stop.id],
        "name": stop.name,
        "country": stop.country,
        "code": stop.country_code,
        "first": _iso(stop.first_day),
        "last": _iso(stop.last_day),
        "when": stop_days(stop, year=trip.file.start.year != trip.file.end.year),
        "inferred": stop.date_basis == "inferred",
        "dated": stop.date_basis == "dated-line",
        "reason": stop.date_reason if stop.date_basis == "inferred" else None,
        "status": stop.status,
        "precision": stop.precision,
        "people": sorted(trip.people_at[stop.id]),
        "disputes": len(trip.disagreements_at[stop.id]),
        "meetings": [meeting.title for meeting in trip.meetings_at[stop.id]][:CARD_MEETINGS],
        "count": len(trip.meetings_at[stop.id]),
        "quotes": len(quotes),
        "quote": lead_words(lead) if lead else None,
        "speaker": trip.speaker(lead) if lead else None,
        "spoken": SPOKEN.get(lead.stop_basis) if lead else None,
        "verdict": dossier.agreement.stop(stop.id).verdict,
    }
    return {key: value for key, value in values.items() if value}


def lead_quote(trip: Trip, stop: Stop) -> Quote | None:
    """The quotation that stands for a stop, or None where it has none.

    Words spoken there come before words about it, the traveller's before others', a whole sentence before a
    fragment, and one of slide length before a longer one; among equals the first of the file.
    """

    def rank(quote: Quote) -> tuple[bool, bool, bool, bool]:
        words = _word_count(quote)
        others = quote.speaker != trip.file.traveller
        return quote.stop_basis == "about", others, words < LEAD_WORDS, words > LEAD_MOST_WORDS

    return min(trip.quotes_at[stop.id], key=rank, default=None)


def lead_words(quote: Quote) -> str:
    """A quotation's words for a card or a slide: of a long one the first passage of slide length, marked as cut."""
    passages = [passage.exact for passage in quote.passages]
    if len(passages) == 1 or _word_count(quote) <= LEAD_MOST_WORDS:
        return " … ".join(passages)
    fits = (at for at, words in enumerate(passages) if LEAD_WORDS <= len(words.split()) <= LEAD_MOST_WORDS)
    at = next(fits, 0)
    return f"{'… ' if at else ''}{passages[at]}{' …' if at < len(passages) - 1 else ''}"


def _word_count(quote: Quote) -> int:
    return sum(len(passage.exact.split()) for passage in quote.passages)


def _leg_feature(dossier: Dossier, leg: Leg) -> dict[str, Any]:
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


def _activity(dossier: Dossier) -> dict[str, int]:
    """How much the sources report for each day: meetings and quotations that carry a date."""
    counts: dict[str, int] = {}
    file = dossier.trip.file
    for date in [*(meeting.date for meeting in file.meetings), *(quote.date for quote in file.quotes)]:
        if date:
            counts[date.isoformat()] = counts.get(date.isoformat(), 0) + 1
    return counts


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
