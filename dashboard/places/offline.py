"""What makes a geopy geocoder offline."""

from __future__ import annotations

from typing import Any, NoReturn

from geopy.adapters import BaseSyncAdapter
from geopy.exc import GeocoderServiceError


class NoNetwork(BaseSyncAdapter):  # type: ignore[misc]
    """A geopy adapter that refuses every request: the geocoders over local data cannot reach the network."""

    def get_json(self, url: str, *, timeout: float, headers: dict[str, str]) -> NoReturn:
        """Refuse."""
        raise GeocoderServiceError("this geocoder works offline")

    def get_text(self, url: str, *, timeout: float, headers: dict[str, str]) -> Any:
        """Refuse."""
        self.get_json(url, timeout=timeout, headers=headers)
