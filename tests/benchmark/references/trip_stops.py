"""What every reference app reads: the stops of one trip, and which of them the filters leave."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

Stop = dict[str, Any]

#: Where Leaflet comes from: a plain file server on this machine in the place of a public host.
LEAFLET = os.environ.get("BENCH_LEAFLET", "http://127.0.0.1:9000")


def read_stops() -> list[Stop]:
    """The stops in order of travel."""
    stops: list[Stop] = json.loads(Path(os.environ["BENCH_STOPS"]).read_text(encoding="utf-8"))
    return stops


def days(stops: Sequence[Stop]) -> tuple[dt.date, dt.date]:
    """The first and the last day of the trip."""
    first, last = min(stop["first"] for stop in stops), max(stop["last"] for stop in stops)
    return dt.date.fromisoformat(first), dt.date.fromisoformat(last)


def country_names(stops: Sequence[Stop]) -> list[str]:
    """The countries in order of travel."""
    return list(dict.fromkeys(stop["country"] for stop in stops))


def visible(stops: Sequence[Stop], first: dt.date, last: dt.date, countries: Sequence[str]) -> list[Stop]:
    """The stops that the filters leave; no country chosen means every country."""
    a, b, chosen = first.isoformat(), last.isoformat(), set(countries)
    return [s for s in stops if a <= s["last"] and s["first"] <= b and (not chosen or s["country"] in chosen)]


def count_text(shown: Sequence[Stop], stops: Sequence[Stop], first: dt.date, last: dt.date) -> str:
    """The line above the map; the benchmark reads it to know that the app has followed."""
    return f"Showing {len(shown)} of {len(stops)} stops, {first.isoformat()} to {last.isoformat()}"


def label(stop: Stop) -> str:
    """How a stop is named; the number makes it the only one of its name."""
    return f"{stop['number']}. {stop['name']}"


def after(stop: Stop | None, shown: Sequence[Stop]) -> Stop | None:
    """The next stop that the filters leave."""
    later = [s for s in shown if stop is None or s["number"] > stop["number"]]
    return later[0] if later else stop
