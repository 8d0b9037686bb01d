"""Resolving a batch of stops: pin, cache, offline services, online service; the first that answers.

Never call this while a page is drawn: the first resolution parses a file of up to 30 MB and may ask a slow
service.
"""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.places.answers import Located, NotLocated, Pin, Place, PlaceQuery, are_coordinates
from dashboard.places.cache import Cache, question_of
from dashboard.places.online import GEOCODER_VARIABLE, GeocoderConfigError, ServiceError
from dashboard.places.services import Service, default_services, offline_services
from dashboard.progress import Progress


def locate_all(
    queries: Sequence[PlaceQuery],
    *,
    cache: Cache | None = None,
    services: Sequence[Service] | None = None,
    progress: Progress | None = None,
) -> Located:
    """Locate every stop that can be located, and say of each other why not. No coordinate is ever made up.

    Args:
        queries: the stops; answers are filed by their ids.
        cache: earlier answers; the user's own cache unless given.
        services: whom to ask, in this order; those offline and the configured online one unless given.
        progress: called with (stops done, all stops, query at work) before each stop and once at the end.

    Raises nothing over data, network, configuration or cache: that goes into ``missing`` and ``notices``.
    """
    notices: list[str] = []
    chosen = _services(queries, notices) if services is None else services
    batch = _Batch(Cache() if cache is None else cache, chosen, notices)
    try:
        for number, query in enumerate(queries):
            _report(progress, number, len(queries), query.query)
            batch.locate(query)
    finally:
        # Also where the callback ends the work: Streamlit does so when its reader moves on.
        batch.keep()
    if queries:
        _report(progress, len(queries), len(queries), "")
    return batch.located()


def _services(queries: Sequence[PlaceQuery], notices: list[str]) -> Sequence[Service]:
    codes = {query.country_code for query in queries}
    try:
        return default_services(codes)
    except GeocoderConfigError as error:
        notices.append(f"The online service is not used. {error}")
        return offline_services(codes)


def _report(progress: Progress | None, done: int, total: int, words: str) -> None:
    if progress is not None:
        progress(done, total, words)


def _remembered(query: PlaceQuery, cache: Cache, services: Sequence[Service]) -> Place | None:
    """An answer of one of the services as they are now, or else any earlier online one."""
    for service in services:
        entry = cache.get(service.id, query) if service.fits(query) else None
        if entry and entry.place:
            return entry.place
    earlier = cache.earlier_online(query)
    return earlier.place if earlier else None


class _Batch:
    """Locates stop after stop and gathers what came of it."""

    def __init__(self, cache: Cache, services: Sequence[Service], notices: list[str]) -> None:
        self._cache = cache
        self._services = services
        self._notices = notices
        self._places: dict[str, Place] = {}
        self._missing: list[NotLocated] = []
        # The same place twice in a trip is asked for once, also where there is no answer.
        self._failed: dict[tuple[str, str, str], str] = {}

    def locate(self, query: PlaceQuery) -> None:
        if query.pin is not None:
            self._pinned(query, query.pin)
            return
        question = question_of(query)
        place = _remembered(query, self._cache, self._services)
        if place is None and question not in self._failed:
            place, self._failed[question] = self._ask(query)
        if place is None:
            self._missing.append(NotLocated(query.id, query.query, _advice(query, self._failed[question])))
        else:
            self._places[query.id] = place
            self._notices += _doubts(query, place)

    def _pinned(self, query: PlaceQuery, pin: Pin) -> None:
        if are_coordinates(pin.lat, pin.lon):
            raw = {"lat": pin.lat, "lon": pin.lon, "reason": pin.reason}
            place = Place(float(pin.lat), float(pin.lon), query.precision, "pin", query.query, raw=raw)
            self._places[query.id] = place
        else:
            reason = f"its pin is {pin.lat!r}, {pin.lon!r}, which is no latitude and longitude"
            self._missing.append(NotLocated(query.id, query.query, _advice(query, reason)))

    def keep(self) -> None:
        self._cache.save()

    def located(self) -> Located:
        return Located(self._places, tuple(self._missing), (*self._cache.notices, *self._notices))

    def _ask(self, query: PlaceQuery) -> tuple[Place | None, str]:
        """The first answer, or in words why nobody had one."""
        reasons = []
        for service in self._services:
            if service.fits(query):
                place, reason = self._ask_one(service, query)
                if place is not None:
                    return place, ""
                reasons.append(reason)
        if not any(service.online for service in self._services):
            reasons.append("no online service is configured")
        return None, "; ".join(reasons)

    def _ask_one(self, service: Service, query: PlaceQuery) -> tuple[Place | None, str]:
        unknown = f"{service.name} knows no such place in {query.country_code}"
        if not service.online and self._cache.get(service.id, query):
            return None, unknown
        try:
            place = service.ask(query)
        except ServiceError as error:
            return None, str(error)
        # That an online service knows nothing is not kept: it may learn, a version of the gazetteer not.
        if place is not None or not service.online:
            self._cache.put(service.id, query, place, online=service.online)
        if service.online:
            self._cache.save()  # at once, for each answer took its second
        return place, unknown


def _advice(query: PlaceQuery, reason: str) -> str:
    kind = {"venue": "a venue", "city": "a town", "country": "a country"}[query.precision]
    return (
        f"expected coordinates of “{query.query}” as {kind} in {query.country} ({query.country_code}), but"
        f" {reason}; give the stop “{query.id}” a pin (lat, lon and reason) in trip.toml, correct its query"
        f" or country_code, or name an online service in {GEOCODER_VARIABLE}."
    )


def _doubts(query: PlaceQuery, place: Place) -> list[str]:
    doubts = []
    if place.alternatives:
        doubts.append(
            f"“{query.query}” ({query.country_code}) of the stop “{query.id}” is ambiguous: {place.label} was"
            f" taken, but it could be {'; '.join(place.alternatives)}. Pin the stop in trip.toml to"
            " settle it."
        )
    if place.precision != query.precision:
        doubts.append(
            f"“{query.query}” of the stop “{query.id}” was asked for as a {query.precision}, but"
            f" {place.located_by} gave only the {place.precision}. Pin the stop if you know better."
        )
    return doubts
