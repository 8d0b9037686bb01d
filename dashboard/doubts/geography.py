"""Whether stops, countries, codes and what is looked up belong together, by what is known offline."""

from __future__ import annotations

from collections.abc import Iterator

from geopy.exc import GeocoderServiceError

from dashboard.doubts.case import Case, Doubt, listed
from dashboard.model import Stop, TripFile
from dashboard.places.countries import codes_of, country_name
from dashboard.places.gazetteer import countries_with
from dashboard.places.names import fold


def countries_fit_their_codes(case: Case) -> Iterator[Doubt]:
    """A stop's country is one that goes by its code."""
    own = _own_codes(case.trip.file)
    for index, stop in enumerate(case.trip.file.stops):
        if wanted := _at_odds(stop.country, stop.country_code, own):
            yield _other_code(("stops", index, "country_code"), stop.country, stop.country_code, wanted)


def spelled_countries_fit_their_codes(case: Case) -> Iterator[Doubt]:
    """No spelling of a country is known as that of another one."""
    for index, country in enumerate(case.trip.file.countries):
        for spelling in country.spellings:
            if wanted := _at_odds(spelling, country.code, {}):
                yield _other_code(("countries", index, "spellings"), spelling, country.code, wanted)


def queries_fit_their_countries(case: Case) -> Iterator[Doubt]:
    """What a stop is looked up by is a place of its country; a reviewed pin needs no look-up."""
    own = _own_codes(case.trip.file)
    stops = [(index, stop) for index, stop in enumerate(case.trip.file.stops) if not stop.pin]
    for index, stop in stops:
        if stop.precision == "country" and (wanted := _at_odds(stop.query, stop.country_code, own)):
            yield _elsewhere(index, stop, wanted)
    lost = [(index, s) for index, s in stops if s.precision == "city" and s.id not in case.dossier.places]
    try:
        found = countries_with({stop.query for _, stop in lost})
    except GeocoderServiceError:
        return  # that the data cannot be read has been told of the stops themselves, which have no place now
    for index, stop in lost:
        if found[stop.query] and stop.country_code not in found[stop.query]:
            yield _elsewhere(index, stop, found[stop.query])


def _own_codes(file: TripFile) -> dict[str, frozenset[str]]:
    """By folded spelling: the codes under which the trip file itself has it."""
    codes: dict[str, frozenset[str]] = {}
    for country in file.countries:
        for spelling in country.spellings:
            codes[fold(spelling)] = codes.get(fold(spelling), frozenset()) | {country.code}
    return codes


def _at_odds(name: str, code: str, own: dict[str, frozenset[str]]) -> frozenset[str]:
    """The codes that a country's name is known to have where this one is not among them; none for an unknown name."""
    known = codes_of(name) or own.get(fold(name), frozenset())
    return known if code not in known else frozenset()


def _other_code(path: tuple[str | int, ...], name: str, code: str, wanted: frozenset[str]) -> Doubt:
    return Doubt(
        path,
        f"expected {name!r} to have the code {' or '.join(sorted(wanted))}, found {code}, which is "
        f"{country_name(code)}; correct the name or the code",
        words=name if path[-1] == "spellings" else "",
    )


def _elsewhere(index: int, stop: Stop, codes: frozenset[str]) -> Doubt:
    where = listed(f"{country_name(code)} ({code})" for code in sorted(codes))
    return Doubt(
        ("stops", index, "query"),
        f"expected {stop.query!r} to be in {stop.country} ({stop.country_code}), found it in {where} only; correct "
        "the query or the country_code, or give the stop a pin",
    )
