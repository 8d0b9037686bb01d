"""Makes trips of any size from the travel records of two offices of state, for the benchmark alone.

The records lie beside the checkout (``../shared/travels``). A trip folder made here is a real one: the lines of its
source texts are the records, every stop, meeting and excerpt quotes its line, every stop has a pin, so that looking
places up is no part of what is measured. ``stops.json`` beside it says the same to the reference apps.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from dashboard.country_codes import countries
from dashboard.dates import day, day_range
from dashboard.places.countries import CountryShapes, country_name
from dashboard.places.gazetteer import GeoNames
from dashboard.places.names import fold

ROOT = Path(__file__).resolve().parents[2]
RECORDS = Path(os.environ.get("TRIP_BENCH_TRAVELS") or ROOT.parent / "shared" / "travels")
FILES = ("secretaries.json", "presidents.json")
#: Days by which each further copy of the records is moved, so that no two copies are alike.
SHIFT_DAYS = 11

# What the records call a country that GeoNames calls otherwise, or that is no more; by folded name.
OTHER_NAMES = {
    "korea republic of": "KR", "korea south": "KR", "korea north": "KP", "palestinian authority": "PS",
    "west bank": "PS", "germany federal republic of": "DE", "german democratic republic": "DE",
    "vatican city": "VA", "holy see": "VA", "ussr": "RU", "china peoples republic of": "CN",
    "republic of china": "TW", "netherlands": "NL", "czech republic": "CZ", "czechoslovakia": "CZ",
    "yugoslavia": "RS", "yugoslavia kosovo": "XK", "serbia montenegro kosovo": "XK", "bosnia": "BA",
    "bosnia herzegovina": "BA", "democratic republic of the congo zaire": "CD",
    "congo democratic republic of": "CD", "burma": "MM", "burma myanmar": "MM", "brunei darussalam": "BN",
    "cape verde": "CV", "denmark greenland": "GL", "turkiye": "TR", "macedonia former yugoslav republic of": "MK",
    "cote divoire": "CI", "united kingdom northern ireland": "GB", "united kingdom wales": "GB", "kirghizia": "KG",
    "kyrgyz republic": "KG", "byelorussia": "BY", "ceylon": "LK", "st lucia": "LC",
    "micronesia federated states of": "FM", "western samoa": "WS", "southern rhodesia zimbabwe": "ZW",
}  # fmt: skip


class NoRecordsError(Exception):
    """The travel records are not on this machine."""


@dataclass(frozen=True)
class Visit:
    """One record, located: a stop of the trip to be made."""

    id: str
    who: str
    traveller: str
    country: str
    code: str
    name: str
    first: str
    last: str
    remarks: str
    lat: float
    lon: float
    precision: str

    @property
    def head(self) -> str:
        """When and where, as the record's line begins; the number in brackets makes it the only one."""
        days = day_range(dt.date.fromisoformat(self.first), dt.date.fromisoformat(self.last))
        return f"[{self.id}] {self.traveller}: {self.name}, {self.country}, {days}."

    @property
    def line(self) -> str:
        """The record as a line of the source text."""
        return f"{self.head} {self.remarks}".strip()


def make_trip(size: int, folder: Path) -> Path:
    """Write a trip of ``size`` stops into ``folder/trip`` and its stops into ``folder/stops.json``.

    Raises:
        NoRecordsError: there are no records to make it from.
    """
    visits = _visits(size)
    trip = folder / "trip"
    trip.mkdir(parents=True, exist_ok=True)
    for old in trip.iterdir():
        old.unlink()
    (trip / "trip.toml").write_text("\n".join(_trip_file(visits, trip)), encoding="utf-8")
    stops = json.dumps(list(_plain(visits)), ensure_ascii=False, separators=(",", ":"))
    (folder / "stops.json").write_text(stops, encoding="utf-8")
    return folder


# --- From records to visits ---


def _visits(size: int) -> list[Visit]:
    """The last ``size`` visits in order of time; beyond the number of records, shifted copies of all of them."""
    located = _located()
    copies: list[Visit] = []
    for number in range(-(-size // len(located))):
        copies += [_shifted(visit, number) for visit in located]
    copies.sort(key=lambda visit: (visit.first, visit.last, visit.id))
    return copies[-size:]


def _records() -> list[dict[str, str]]:
    missing = [name for name in FILES if not (RECORDS / name).is_file()]
    if missing:
        raise NoRecordsError(
            f"The benchmark makes its trips from {' and '.join(missing)} in {RECORDS}; put the files there, or name"
            " their folder in the environment variable TRIP_BENCH_TRAVELS."
        )
    return [record for name in FILES for record in json.loads((RECORDS / name).read_text(encoding="utf-8"))]


@cache
def _located() -> list[Visit]:
    records = _records()
    codes = {code for record in records if (code := _code(record["country"]))}
    places = _Places(codes)
    return [visit for record in records if (visit := _visit(record, places))]


def _visit(record: Mapping[str, str], places: _Places) -> Visit | None:
    """The record as a visit; None in the rare case that its country is not to be found on the map."""
    code = _code(record["country"])
    found = places.find(record["locale"], code) if code else None
    if not found:
        return None
    name, lat, lon, precision = found
    return Visit(
        id=f"r{record['id']}",
        who=re.sub(r"[^a-z0-9]+", "-", record["who"].lower()).strip("-"),
        traveller=record["name"],
        country=country_name(code),
        code=code,
        name=name,
        first=record["start"],
        last=record["end"],
        remarks=" ".join((record["remarks"] or "").split()),
        lat=lat,
        lon=lon,
        precision=precision,
    )


def _shifted(visit: Visit, copy: int) -> Visit:
    if not copy:
        return visit
    days = dt.timedelta(days=SHIFT_DAYS * copy)
    first, last = (str(dt.date.fromisoformat(text) + days) for text in (visit.first, visit.last))
    return Visit(**{**asdict(visit), "id": f"{visit.id}-{copy}", "first": first, "last": last})


def _code(country: str) -> str:
    """The ISO 3166-1 code of a country as the records name it; empty if unknown."""
    return _codes().get(fold(country), "")


@cache
def _codes() -> Mapping[str, str]:
    return {**{fold(str(item["name"])): code for code, item in countries().items()}, **OTHER_NAMES}


class _Places:
    """Looks places up in the gazetteer, each once; a place it does not know becomes its country."""

    def __init__(self, codes: Iterable[str]) -> None:
        self._towns, self._shapes = GeoNames(list(codes)), CountryShapes()
        self._known: dict[tuple[str, str], tuple[str, float, float, str] | None] = {}

    def find(self, locale: str, code: str) -> tuple[str, float, float, str] | None:
        """Name, latitude, longitude and precision."""
        if (locale, code) not in self._known:
            self._known[locale, code] = self._find(locale, code)
        return self._known[locale, code]

    def _find(self, locale: str, code: str) -> tuple[str, float, float, str] | None:
        for name in filter(None, (part.strip() for part in re.split(r"[,;]", locale))):
            towns = self._towns.geocode(name, exactly_one=False, country_codes=code)
            if towns:
                return name, round(towns[0].latitude, 5), round(towns[0].longitude, 5), "city"
        shapes = self._shapes.geocode(code, exactly_one=False, country_codes=code)
        return (country_name(code), shapes[0].latitude, shapes[0].longitude, "country") if shapes else None


# --- From visits to a trip folder ---


def _plain(visits: Sequence[Visit]) -> Iterator[dict[str, Any]]:
    """The stops as the reference apps read them."""
    for number, visit in enumerate(visits, 1):
        keys = ("id", "name", "country", "code", "first", "last", "lat", "lon")
        yield {"number": number, **{key: getattr(visit, key) for key in keys}, "remarks": visit.remarks}


def _trip_file(visits: Sequence[Visit], folder: Path) -> Iterator[str]:
    """The lines of ``trip.toml``; writes the source texts it names, one a traveller."""
    sources = {who: number for number, who in enumerate(dict.fromkeys(visit.who for visit in visits))}
    first, last = min(visit.first for visit in visits), max(visit.last for visit in visits)
    yield from ("format = 1", 'id = "benchmark"', _pair("title", f"{len(visits):,} visits"))
    yield from (_pair("traveller", visits[0].who), f"start = {first}", f"end = {last}")
    yield f"date_evidence = [{_quote(visits[0], sources)}]"
    for who, number in sources.items():
        yield from _source(str(number), [visit for visit in visits if visit.who == who], folder)
    for visit in visits:
        yield from _stop(visit, sources)
    for who in sources:
        name = next(visit.traveller for visit in visits if visit.who == who)
        yield from ("[[people]]", _pair("id", who), _pair("name", name), f"spellings = [{_text(name)}]")
    for visit in visits:
        yield from _said(visit, sources)


def _source(id_: str, visits: Sequence[Visit], folder: Path) -> Iterator[str]:
    text = "".join(f"{visit.line}\n" for visit in visits)
    file = folder / f"{id_}.txt"
    file.write_text(text, encoding="utf-8", newline="\n")
    last = max(visit.last for visit in visits)
    yield from ("[[sources]]", _pair("id", id_), _pair("file", file.name))
    yield _pair("sha256", hashlib.sha256(text.encode()).hexdigest())
    yield from (_pair("title", f"Travels of {visits[0].traveller}"), _pair("kind", "official"), f"date = {last}")
    yield from ('date_basis = "inferred"', 'date_reason = "Its last record."', 'about = "Every visit abroad."')


def _stop(visit: Visit, sources: Mapping[str, int]) -> Iterator[str]:
    quote = f"[{_quote(visit, sources)}]"
    yield from ("[[stops]]", _pair("id", visit.id), _pair("name", visit.name), _pair("country", visit.country))
    yield from (_pair("country_code", visit.code), _pair("query", visit.name), _pair("precision", visit.precision))
    yield f'pin = {{ lat = {visit.lat}, lon = {visit.lon}, reason = "gazetteer" }}'
    yield from (
        f"arrive = {visit.first}",
        f"depart = {visit.last}",
        'date_basis = "stated"',
        f"date_evidence = {quote}",
    )
    yield from ('order_basis = "inferred"', 'order_reason = "By its days."', f"order_evidence = {quote}")
    yield from ('status = "visited"', 'status_reason = "The record lists it."', f"status_evidence = {quote}")


def _said(visit: Visit, sources: Mapping[str, int]) -> Iterator[str]:
    """The excerpt about a stop and, where the record has remarks, its meeting."""
    quote, people = _quote(visit, sources, whole=True), f"people = [{_text(visit.who)}]"
    yield from ("[[excerpts]]", _pair("id", f"e-{visit.id}"), _pair("stop", visit.id), f"passage = {quote}", people)
    if visit.remarks:
        yield from ("[[meetings]]", _pair("id", f"m-{visit.id}"), _pair("stop", visit.id), f"date = {visit.first}")
        yield from ('date_basis = "stated"', _pair("title", visit.remarks), 'kind = "bilateral"', 'held = "held"')
        yield from (people, f"evidence = [{quote}]")


def _quote(visit: Visit, sources: Mapping[str, int], *, whole: bool = False) -> str:
    exact = visit.line if whole else visit.head
    return f'{{ source = "{sources[visit.who]}", exact = {_text(exact)} }}'


def _pair(key: str, value: str) -> str:
    return f"{key} = {_text(value)}"


def _text(value: str) -> str:
    """A TOML basic string, which JSON's strings are."""
    return json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    try:
        made = make_trip(int(sys.argv[1]), Path(sys.argv[2]))
    except NoRecordsError as problem:
        sys.exit(str(problem))
    stops = json.loads((made / "stops.json").read_text(encoding="utf-8"))
    print(f"{made}: {len(stops)} stops, {len(Counter(stop['code'] for stop in stops))} countries,")
    print(f"{day(dt.date.fromisoformat(stops[0]['first']))} to {max(stop['last'] for stop in stops)}")
