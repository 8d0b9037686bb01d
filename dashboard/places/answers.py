"""What is asked about a place and what is answered; latitude and longitude are WGS 84 degrees."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from dashboard.model import Precision


class Pin(Protocol):
    """Coordinates that a person has reviewed, with the reason why they are right."""

    @property
    def lat(self) -> float:
        """Latitude north, degrees."""

    @property
    def lon(self) -> float:
        """Longitude east, degrees."""

    @property
    def reason(self) -> str:
        """Why these coordinates are right."""


class PlaceQuery(Protocol):
    """What a stop offers to be located by; :class:`dashboard.model.Stop` is one."""

    @property
    def id(self) -> str:
        """Id of the stop, by which the answer is filed."""

    @property
    def query(self) -> str:
        """Name of the place as a gazetteer knows it."""

    @property
    def country(self) -> str:
        """Name of the country, for people and for services that take no code."""

    @property
    def country_code(self) -> str:
        """ISO 3166-1 alpha-2 code of the country the place is in."""

    @property
    def precision(self) -> Precision:
        """How precisely the sources say where it was."""

    @property
    def pin(self) -> Pin | None:
        """Reviewed coordinates, which win over every service."""


@dataclass(frozen=True)
class Place:
    """Where something is, how precisely, and how that is known.

    ``precision`` is what the coordinates are worth, which may be coarser than what was asked. ``located_by``
    is the provenance in words, ``located_on`` the ISO 8601 day of the answer (None for a pin).
    ``alternatives`` name other places that the query could as well mean: where there are any, the answer is
    ambiguous. ``raw`` is the answer as the service gave it.
    """

    lat: float
    lon: float
    precision: Precision
    located_by: str
    label: str
    located_on: str | None = None
    alternatives: tuple[str, ...] = ()
    raw: Mapping[str, Any] = field(default_factory=dict)
    from_cache: bool = False


@dataclass(frozen=True)
class NotLocated:
    """A stop without coordinates; ``reason`` says what was expected, what came and what to do."""

    stop_id: str
    query: str
    reason: str


@dataclass(frozen=True)
class Located:
    """All answers of a batch: places by stop id, what is missing, and what a person should know besides."""

    places: Mapping[str, Place]
    missing: tuple[NotLocated, ...] = ()
    notices: tuple[str, ...] = ()


def are_coordinates(lat: object, lon: object) -> bool:
    """Whether these are a latitude and a longitude on the globe, in degrees."""
    return _within(lat, 90) and _within(lon, 180)


def _within(value: object, limit: int) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return math.isfinite(value) and abs(value) <= limit


def today() -> str:
    """The day now (UTC), ISO 8601."""
    return dt.datetime.now(dt.UTC).date().isoformat()
