"""Countries: names and codes (GeoNames), and their middle, by a geopy geocoder over Natural Earth shapes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from geopy.exc import GeocoderServiceError, GeocoderUnavailable
from geopy.geocoders.base import Geocoder
from geopy.location import Location

from dashboard.bundle import BundleError, static_folder
from dashboard.country_codes import countries
from dashboard.places.names import fold
from dashboard.places.offline import NoNetwork
from dashboard.shapes import NoShapeError, ShapeError, country_polygons, inner_point, largest

SHAPE_FILE = "countries-50m.json"
AREA_CENTROID = "area centroid"
INNER_POINT = "point inside on the latitude of the area centroid"

# What else a country or territory is commonly called, as GeoNames has one name for each. A name that stands for two
# has both; a country's dependencies may be filed under its own code as well.
_OTHER_NAMES = {
    "AE": ("UAE", "Emirates"),
    "BA": ("Bosnia", "Bosnia Herzegovina"),
    "BN": ("Brunei Darussalam",),
    "BO": ("Plurinational State of Bolivia",),
    "CD": ("DR Congo", "DRC", "Congo", "Congo Kinshasa", "Congo Democratic Republic of the", "Zaire"),
    "CG": ("Congo", "Congo Brazzaville"),
    "CI": ("Côte d’Ivoire",),
    "CN": ("People’s Republic of China", "PRC", "Hong Kong", "Macao", "Macau"),
    "CV": ("Cape Verde",),
    "CZ": ("Czech Republic",),
    "DE": ("Federal Republic of Germany",),
    "DK": ("Greenland", "Faroe Islands"),
    "FK": ("Malvinas", "Falklands"),
    "FM": ("Federated States of Micronesia", "Micronesia Federated States of"),
    "GB": ("UK", "Britain", "Great Britain", "England", "Scotland", "Wales", "Northern Ireland"),
    "IE": ("Republic of Ireland", "Éire"),
    "IR": ("Islamic Republic of Iran", "Iran Islamic Republic of", "Persia"),
    "KP": ("Democratic People’s Republic of Korea", "DPRK", "Korea North", "Korea Democratic People’s Republic of"),
    "KR": ("Republic of Korea", "ROK", "Korea South", "Korea Republic of"),
    "KG": ("Kyrgyz Republic",),
    "LA": ("Lao People’s Democratic Republic", "Lao PDR"),
    "MD": ("Republic of Moldova", "Moldova Republic of"),
    "MK": ("Macedonia", "Republic of North Macedonia"),
    "MM": ("Burma",),
    "MO": ("Macau",),
    "NL": ("Holland",),
    "PS": (
        *("Palestine", "State of Palestine", "Palestine State of", "Palestinian territories", "Palestinian Authority"),
        *("Occupied Palestinian Territory", "West Bank", "Gaza", "Gaza Strip"),
    ),
    "RU": ("Russian Federation",),
    "SA": ("Kingdom of Saudi Arabia", "KSA"),
    "ST": ("São Tomé and Príncipe", "São Tomé"),
    "SY": ("Syrian Arab Republic",),
    "SZ": ("Swaziland",),
    "TL": ("East Timor",),
    "TR": ("Türkiye", "Turkiye", "Republic of Türkiye"),
    "TW": ("Republic of China", "Taiwan Province of China", "Chinese Taipei"),
    "TZ": ("United Republic of Tanzania", "Tanzania United Republic of"),
    "US": ("United States of America", "USA", "U.S.", "America", "Puerto Rico", "Guam", "American Samoa"),
    "VA": ("Holy See", "Vatican City"),
    "VE": ("Bolivarian Republic of Venezuela", "Venezuela Bolivarian Republic of"),
    "VN": ("Viet Nam",),
    "XK": ("Republic of Kosovo",),
}


def country_name(code: str) -> str:
    """The English name of a country by its alpha-2 code; the code itself if GeoNames has no such country."""
    country = countries().get(code.upper())
    return str(country["name"]) if country else code


def codes_of(name: str) -> frozenset[str]:
    """The alpha-2 codes of the countries that go by this name; none for a name that is not known."""
    return _codes_by_name().get(_bare(name), frozenset())


@cache
def _codes_by_name() -> Mapping[str, frozenset[str]]:
    codes: dict[str, frozenset[str]] = {}
    for code, country in countries().items():
        for name in (str(country["name"]), *_OTHER_NAMES.get(code, ())):
            codes[_bare(name)] = codes.get(_bare(name), frozenset()) | {code}
    return codes


def _bare(name: str) -> str:
    """The folded name without its article."""
    return fold(name).removeprefix("the ")


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
                self._bytes = (self._path or static_folder() / SHAPE_FILE).read_bytes()
            except (OSError, BundleError) as error:
                raise GeocoderUnavailable(f"the country shapes cannot be read ({error})") from error
        return self._bytes


def _code_of(name: str) -> str:
    folded = fold(name)
    return next((code for code, country in countries().items() if fold(country["name"]) == folded), "")
