"""An online geopy service: off unless the environment names one, then slow on purpose and never endless.

``TRIP_DASHBOARD_GEOCODER`` names a service of geopy (``nominatim``), ``TRIP_DASHBOARD_GEOCODER_OPTIONS`` has
the keyword arguments of its class as a JSON object (``{"user_agent": "my trip", "timeout": 5}``).
"""

from __future__ import annotations

import inspect
import json
import os
import queue
import threading
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from geopy.adapters import AdapterHTTPError
from geopy.exc import (
    ConfigurationError,
    GeocoderAuthenticationFailure,
    GeocoderInsufficientPrivileges,
    GeocoderParseError,
    GeocoderQueryError,
    GeocoderQuotaExceeded,
    GeocoderServiceError,
    GeocoderTimedOut,
    GeocoderUnavailable,
)
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders import SERVICE_TO_GEOCODER, get_geocoder_for_service
from geopy.geocoders.base import Geocoder
from geopy.location import Location

from dashboard import __version__
from dashboard.model import Precision
from dashboard.places.answers import Place, PlaceQuery, are_coordinates, today
from dashboard.places.http import PATIENCE, AnswerRefusedError, BoundedAdapter

GEOCODER_VARIABLE = "TRIP_DASHBOARD_GEOCODER"
OPTIONS_VARIABLE = "TRIP_DASHBOARD_GEOCODER_OPTIONS"
USER_AGENT = f"trip-dashboard/{__version__}"
DELAY_SECONDS = 1.0
TIMEOUT_SECONDS = 5.0
LONGEST_TIMEOUT = 60.0
ATTEMPTS = 2
# What is kept of an answer is written into the cache again with each new one, and shown on a card.
LONGEST_LABEL, LARGEST_RAW, DEEPEST_RAW = 300, 100_000, 20
#: So many stops in a row without an answer, and the service is not asked again in this batch.
FAILURES_BEFORE_REST = 3

# Parameters of geopy's ``geocode`` methods that filter by an alpha-2 code; "countries" is not among them, as
# it means alpha-3 codes with some services. Where there is none, the query gets the country's name.
_COUNTRY_PARAMETERS = ("country_codes", "country")
_COUNTRY_KEYS = ("country_code", "countrycode", "countryCode")
# Options that hold objects of Python, which JSON cannot carry.
_NO_JSON = frozenset({"ssl_context", "adapter_factory"})
# Nominatim's place_rank: up to 4 a country, from 26 streets and what stands in them.
_COUNTRY_RANK, _STREET_RANK = 4, 26


class GeocoderConfigError(ValueError):
    """The online service is misconfigured; the message says where, what was expected and came, what to do."""


class ServiceError(Exception):
    """A service could not answer; the message is a clause that says why."""


def online_from_environment(
    environment: Mapping[str, str] | None = None, *, delay: float = DELAY_SECONDS
) -> Online | None:
    """The configured online service, or None where none is configured.

    Args:
        environment: os.environ unless given.
        delay: least seconds between two requests of this process; shorter than one second only in tests.

    Raises:
        GeocoderConfigError: it is misconfigured.
    """
    settings = os.environ if environment is None else environment
    name = settings.get(GEOCODER_VARIABLE, "").strip().lower()
    options = settings.get(OPTIONS_VARIABLE, "").strip()
    if not name:
        return None
    if name not in SERVICE_TO_GEOCODER:
        raise GeocoderConfigError(
            f"{GEOCODER_VARIABLE}: expected a geopy service, got {name!r}; use one of"
            f" {', '.join(sorted(SERVICE_TO_GEOCODER))}, or unset it to stay offline."
        )
    made, timeout = _make(name, _parse_options(options))
    return Online(name, made, timeout=timeout, limiter=_limiter(delay))


def _parse_options(text: str) -> dict[str, Any]:
    example = '{"user_agent": "my trip", "timeout": 5}'
    try:
        options = json.loads(text or "{}")
    except (ValueError, RecursionError) as error:
        # Neither here nor below are the options repeated: they may hold a key.
        where = f" at character {error.pos + 1}" if isinstance(error, json.JSONDecodeError) else ""
        raise GeocoderConfigError(
            f"{OPTIONS_VARIABLE}: expected a JSON object such as {example}, got text that is no JSON{where};"
            " correct it."
        ) from None
    if not isinstance(options, dict):
        raise GeocoderConfigError(
            f"{OPTIONS_VARIABLE}: expected a JSON object such as {example}, got a {type(options).__name__}; correct it."
        )
    return options


def _make(name: str, options: dict[str, Any]) -> tuple[Geocoder, float]:
    """The geopy geocoder and its timeout in seconds."""
    service = get_geocoder_for_service(name)
    accepted = set(inspect.signature(service).parameters) - _NO_JSON
    unknown = sorted(set(options) - accepted)
    if unknown:
        raise GeocoderConfigError(
            f"{OPTIONS_VARIABLE}: {name} has no option {', '.join(unknown)}; use only {', '.join(sorted(accepted))}."
        )
    timeout = _timeout(options.get("timeout", TIMEOUT_SECONDS))
    defaults = {"user_agent": USER_AGENT} if "user_agent" in accepted else {}
    return _construct(name, service, defaults | options | {"timeout": timeout}), timeout


def _timeout(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= LONGEST_TIMEOUT:
        raise GeocoderConfigError(
            f"{OPTIONS_VARIABLE}: timeout must be seconds above 0 and at most {LONGEST_TIMEOUT:g}, got"
            f" {value!r}; a service without a timeout could hold the dashboard up for ever."
        )
    return float(value)


def _construct(name: str, service: Callable[..., Geocoder], options: Mapping[str, Any]) -> Geocoder:
    try:
        inspect.signature(service).bind(**options)
    except TypeError as error:
        raise GeocoderConfigError(f"{OPTIONS_VARIABLE}: {name} needs more: {error}; add it.") from None
    try:
        # Not geopy's default adapter: it repeats slow requests by itself, past the limit of one a second, and
        # logs them with their key.
        return service(**options, adapter_factory=BoundedAdapter)
    except ConfigurationError as error:
        first = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise GeocoderConfigError(f"{OPTIONS_VARIABLE}: {name} refuses its options: {first}") from None
    except Exception as error:
        # What a foreign class makes of a value of the wrong type is not foreseeable, and no reason to fail.
        raise GeocoderConfigError(
            f"{OPTIONS_VARIABLE}: {name} cannot be made of these options ({type(error).__name__}); check their values."
        ) from None


@cache
def _limiter(delay: float) -> RateLimiter:
    """One per process, so that several readers of the dashboard together keep to the limit too."""
    # geopy's own retries log the request with its key, so retrying is done here, and only where it can help.
    return RateLimiter(
        lambda call: call(),
        min_delay_seconds=delay,
        error_wait_seconds=delay,
        max_retries=0,
        swallow_exceptions=False,
    )


class Online:
    """A geopy service behind a rate limit, bounded in attempts and time; it rests after repeated failure."""

    online = True

    def __init__(self, name: str, geocoder: Geocoder, *, timeout: float, limiter: RateLimiter) -> None:
        self.id = self.name = name
        self._geocoder = geocoder
        self._timeout = timeout
        self._limiter = limiter
        self._failures = 0
        self._rests = ""

    def fits(self, query: PlaceQuery) -> bool:
        """It can be asked about anything."""
        return True

    def ask(self, query: PlaceQuery) -> Place | None:
        """Locate a place online, or None where the service knows none of this name in this country.

        At most two requests, each given up after twice the timeout.

        Raises:
            ServiceError: the service did not answer, or not with coordinates in this country.
        """
        if self._rests:
            raise ServiceError(self._rests)
        location = self._fetch(query)
        return None if location is None else self._place(query, location)

    def _fetch(self, query: PlaceQuery) -> Location | None:
        try:
            location = self._with_retry(lambda: self._request(query))
        except Exception as error:
            # Besides geopy's errors, its parsers raise any error at all over an answer of unexpected shape.
            reason = self._reason(error)
            self._note_failure(error, reason)
            raise ServiceError(reason) from error
        self._failures = 0
        return location

    def _with_retry(self, request: Callable[[], Location | None]) -> Location | None:
        for _ in range(ATTEMPTS - 1):
            try:
                return self._limiter(request)
            except GeocoderServiceError as error:
                if not _may_pass(error):
                    raise
        return self._limiter(request)

    def _request(self, query: PlaceQuery) -> Location | None:
        text, arguments = self._arguments(query)
        return _within(PATIENCE * self._timeout, lambda: self._geocoder.geocode(text, **arguments))

    def _arguments(self, query: PlaceQuery) -> tuple[str, dict[str, Any]]:
        accepted = inspect.signature(self._geocoder.geocode).parameters
        wanted = {"exactly_one": True, "addressdetails": True, "language": "en"}
        arguments = {key: value for key, value in wanted.items() if key in accepted}
        country = next((key for key in _COUNTRY_PARAMETERS if key in accepted), None)
        if country is None:
            return f"{query.query}, {query.country}", arguments
        return query.query, arguments | {country: query.country_code.lower()}

    def _note_failure(self, error: Exception, reason: str) -> None:
        self._failures += 1
        refused = GeocoderQuotaExceeded | GeocoderAuthenticationFailure | GeocoderInsufficientPrivileges
        if isinstance(error, refused) or self._failures >= FAILURES_BEFORE_REST:
            self._rests = f"{reason} before, so it was not asked again"

    def _reason(self, error: Exception) -> str:
        """Why there was no answer, as a clause; never in geopy's own words, which may hold the access key."""
        if isinstance(error.__cause__, AdapterHTTPError) and error.__cause__.status_code >= 500:
            return f"{self.name} failed with HTTP status {error.__cause__.status_code}"
        if isinstance(error, AnswerRefusedError):
            return f"{self.name} {error}"
        for kind, words in _REASONS:
            if isinstance(error, kind):
                return f"{self.name} {words.format(seconds=self._timeout)}"
        return f"{self.name} answered in an unexpected shape ({type(error).__name__})"

    def _place(self, query: PlaceQuery, location: object) -> Place:
        if not isinstance(location, Location) or not are_coordinates(location.latitude, location.longitude):
            raise ServiceError(f"{self.name} answered without coordinates")
        # geopy fills a missing coordinate with 0, which no town has to the last digit.
        if location.latitude == 0 or location.longitude == 0:
            raise ServiceError(f"{self.name} answered without coordinates")
        raw = dict(location.raw) if isinstance(location.raw, Mapping) else {"answer": location.raw}
        country = _find_country(raw)
        if country and country != query.country_code.upper():
            raise ServiceError(f"{self.name} answered with a place in {country}, not {query.country_code}")
        return Place(
            lat=float(location.latitude),
            lon=float(location.longitude),
            precision=_precision(query.precision, raw),
            located_by=self.name,
            label=_label(location) or query.query,
            located_on=today(),
            raw=_worth_keeping(raw),
        )


_REASONS: tuple[tuple[Any, str], ...] = (
    (GeocoderTimedOut, "did not answer within {seconds:g} seconds"),
    (GeocoderQuotaExceeded, "refused for too many requests"),
    (GeocoderAuthenticationFailure | GeocoderInsufficientPrivileges, "refused the access data"),
    (GeocoderParseError, "answered with something that is not its format"),
    (GeocoderQueryError, "did not accept the query"),
    (GeocoderServiceError, "could not be reached"),
)


def _label(location: Location) -> str:
    """The address as one line of text that can be written anywhere, short enough for a card."""
    text = " ".join(str(location.address or "").encode("utf-8", "replace").decode("utf-8").split())
    return text if len(text) <= LONGEST_LABEL else text[: LONGEST_LABEL - 1] + "…"


def _worth_keeping(raw: Mapping[str, Any]) -> Mapping[str, Any]:
    """The raw answer, or a word in its place where it is too large or too deep to be kept."""
    if _is_shallow(raw, DEEPEST_RAW) and len(json.dumps(raw, default=str)) <= LARGEST_RAW:
        return raw
    return {"left_out": f"larger than {LARGEST_RAW} characters, or nested deeper than {DEEPEST_RAW}"}


def _is_shallow(value: object, depth: int) -> bool:
    inner = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    return depth > 0 and all(_is_shallow(item, depth - 1) for item in inner)


def _may_pass(error: GeocoderServiceError) -> bool:
    """Whether asking once more can help: not after a refusal or an answer that makes no sense."""
    return isinstance(error, GeocoderTimedOut | GeocoderUnavailable) or type(error) is GeocoderServiceError


def _within(seconds: float, call: Callable[[], Location | None]) -> Location | None:
    """The result of a call, or GeocoderTimedOut.

    The call itself ends in about the same time, but for the look-up of the host's name, which nothing can break off.
    """
    results: queue.SimpleQueue[tuple[Location | None, Exception | None]] = queue.SimpleQueue()

    def work() -> None:
        try:
            results.put((call(), None))
        except Exception as error:
            results.put((None, error))

    threading.Thread(target=work, name="trip-dashboard-geocoder", daemon=True).start()
    try:
        result, error = results.get(timeout=seconds)
    except queue.Empty:
        raise GeocoderTimedOut("the service did not finish its answer") from None
    if error is not None:
        raise error
    return result


def _find_country(raw: object, depth: int = 4) -> str:
    """The alpha-2 country code that an answer tells somewhere, upper case; empty if it tells none."""
    if not isinstance(raw, Mapping) or depth == 0:
        return ""
    for key in _COUNTRY_KEYS:
        code = raw.get(key)
        if isinstance(code, str) and len(code) == 2:
            return code.upper()
    return next(filter(None, (_find_country(value, depth - 1) for value in raw.values())), "")


def _precision(asked: Precision, raw: Mapping[str, Any]) -> Precision:
    """What the answer is worth: as asked, or coarser where it tells so itself (Nominatim's place_rank)."""
    rank = raw.get("place_rank")
    if isinstance(rank, bool) or not isinstance(rank, int | float) or not rank >= 0:
        return asked
    if rank <= _COUNTRY_RANK:
        return "country"
    return "city" if asked == "venue" and rank < _STREET_RANK else asked
