"""The form of the document from which the browser draws a trip; ``frontend/schema.d.ts`` is made of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, NewType, NotRequired, TypedDict

from dashboard.route import Position

#: The facts of a stop that the browser knows; the others stand in the pages that it fetches.
ON_MAP = (
    "number", "name", "country", "country_code", "first_day", "last_day", "short_days", "date_basis", "date_reason",
    "status", "precision", "people", "difference_count", "in_question", "meetings", "meeting_count", "quote_count",
    "lead", "lead_speaker", "lead_caveat", "verdict",
)  # fmt: skip
#: Those facts as JSON has them, and the clauses of ``shown``; what is empty is left out.
StopOnMap = NewType("StopOnMap", Mapping[str, object])


class Point(TypedDict):
    """A place: degrees of longitude and latitude (WGS 84)."""

    type: Literal["Point"]
    coordinates: Position


class MultiLineString(TypedDict):
    """A line of one piece or of several."""

    type: Literal["MultiLineString"]
    coordinates: Sequence[Sequence[Position]]


class StopFeature(TypedDict):
    """A stop as a GeoJSON feature, without geometry where it has no place."""

    type: Literal["Feature"]
    id: str
    geometry: Point | None
    properties: StopOnMap


#: A leg between two stops' ids; ``reason`` says why its order is inferred. ("from" is no name that a class could have.)
LegFacts = TypedDict(
    "LegFacts",
    {
        "number": int,
        "from": str,
        "to": str,
        "km": int,
        "inferred": bool,
        "reason": str | None,
        "planned": bool,
    },
)


class LegFeature(TypedDict):
    """A leg as a GeoJSON feature."""

    type: Literal["Feature"]
    geometry: MultiLineString
    properties: LegFacts


class Stops(TypedDict):
    """The stops in the order of travel."""

    type: Literal["FeatureCollection"]
    features: Sequence[StopFeature]


class Legs(TypedDict):
    """The legs in order."""

    type: Literal["FeatureCollection"]
    features: Sequence[LegFeature]


class PersonOnMap(TypedDict):
    """Whom the stops can be filtered by; ``label`` has every spelling."""

    id: str
    name: str
    label: str


class FileFormat(TypedDict):
    """A format in which what is shown can be taken away, and what its button says."""

    name: str
    label: str


class MapData(TypedDict):
    """The document. ``first`` and ``last`` are the trip's days (ISO 8601).

    ``activity`` counts by stop what each of its days has; under "" is what belongs to no stop. ``countries`` are
    names by ISO 3166-1 code, ``shapes`` the ids of their outlines; ``overview`` is the HTML that opens the itinerary.
    ``exports`` are left out of an exported page, which cannot write any.
    """

    title: str
    traveller: str
    first: str
    last: str
    activity: Mapping[str, Mapping[str, int]]
    countries: Mapping[str, str]
    people: Sequence[PersonOnMap]
    shapes: Sequence[str]
    stops: Stops
    legs: Legs
    overview: str
    exports: NotRequired[Sequence[FileFormat]]
