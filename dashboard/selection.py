"""The selection: filters and the chosen stop as one frozen value that applies, describes and links itself.

The browser applies the same filter while a reader drags the date range (``frontend/src/core/query.js``); a browser
test holds the two together.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from dashboard.dates import day_range
from dashboard.model import Stop, Trip

#: The words of a link, each with the field of :class:`Selection` that it stands for. The browser's are made of them
#: (:mod:`dashboard.schema`).
QUERY = {
    "stop": "stop",
    "from": "first",
    "to": "last",
    "country": "countries",
    "person": "person",
    "view": "view",
    "q": "words",
    "source": "source",
    "passage": "passage",
    "slide": "slide",
}
#: Those that filter.
FILTERS = ("from", "to", "country", "person")
#: The pages beside the map.
VIEWS = ("evidence", "sources", "search", "method", "present")

#: Characters of a search that are used; nobody reads a longer one.
MAX_WORDS = 200
#: Characters of any other parameter that are read; the codes of all countries there are take 750.
MAX_VALUE = 2000
#: Lines that a reader is told about one link, whatever it says.
MAX_NOTICES = 3


@dataclass(frozen=True)
class Selection:
    """What the reader has chosen; an empty field filters nothing.

    ``first`` and ``last`` are the inclusive days of the date range; ``countries`` are ISO 3166-1 alpha-2 codes.
    ``view`` is the page shown, ``words`` what is searched for, ``source`` and ``passage`` (``start-end``, in
    characters) the source text that lies open, ``slide`` the slide presented, counted from 1.
    """

    stop: str | None = None
    first: dt.date | None = None
    last: dt.date | None = None
    countries: tuple[str, ...] = ()
    person: str | None = None
    view: str | None = None
    words: str = ""
    source: str | None = None
    passage: str | None = None
    slide: int | None = None

    def shows(self, stop: Stop, trip: Trip) -> bool:
        """Whether the filters leave this stop. A stop that no source dates is never hidden by the date range."""
        if self.countries and stop.country_code not in self.countries:
            return False
        if self.person and self.person not in trip.people_at[stop.id]:
            return False
        if stop.first_day is None or stop.last_day is None:
            return True
        after = self.first is None or stop.last_day >= self.first
        before = self.last is None or stop.first_day <= self.last
        return after and before

    def apply(self, trip: Trip) -> tuple[Stop, ...]:
        """The stops that the filters leave, in the order of travel."""
        return tuple(stop for stop in trip.file.stops if self.shows(stop, trip))

    def settled(self, trip: Trip) -> tuple[Selection, tuple[str, ...]]:
        """This selection without a chosen stop that its own filters hide, and a notice for the reader if so."""
        if self.stop is None or self.shows(trip.stops[self.stop], trip):
            return self, ()
        name = _short(trip.stops[self.stop].name)
        return replace(self, stop=None), (f"{name} is outside these filters, so it is no longer selected.",)

    @property
    def is_filtered(self) -> bool:
        """Whether any filter is set."""
        return any(getattr(self, QUERY[word]) for word in FILTERS)

    def describe(self, trip: Trip) -> str:
        """The selection in one sentence, such as "2 of 9 stops, 3 to 4 November 2023, Israel and Jordan"."""
        parts = [f"{len(self.apply(trip))} of {len(trip.stops)} stops"]
        if self.first or self.last:
            days = trip.days()
            parts.append(day_range(self.first or days[0], self.last or days[-1]))
        if self.countries:
            names = trip.countries
            parts.append(_listed([names.get(code, code) for code in self.countries]))
        if self.person:
            parts.append(trip.people[self.person].name)
        return ", ".join(parts)

    def why_empty(self, trip: Trip) -> str | None:
        """Why the filters leave no stop; None where they leave one."""
        if not self.is_filtered or any(self.shows(stop, trip) for stop in trip.file.stops):
            return None
        without_days = replace(self, first=None, last=None).apply(trip)
        if without_days:
            names = _listed([_short(stop.name) for stop in without_days[:4]])
            where = " in the chosen countries" if self.countries else ""
            return f"No stop{where} falls on these days; other days have {names}."
        return "No stop is left by these filters."

    def to_query(self) -> dict[str, str]:
        """The selection as URL parameters; :func:`from_query` reads them back."""
        return {word: text for word, name in QUERY.items() if (text := _written(getattr(self, name)))}

    def to_link(self) -> str:
        """The selection as the query part of a link, ``?stop=…``; empty for the whole trip."""
        query = self.to_query()
        return f"?{urlencode(query)}" if query else ""


def from_query(query: Mapping[str, Sequence[str] | str], trip: Trip) -> tuple[Selection, tuple[str, ...]]:
    """The selection that a link asks for, and a notice for each kind of thing in it that this trip does not have.

    Unknown values are left out, never guessed; several countries are given as ``country=JO,IL`` or by repetition. The
    notices are few and short and the work is small, however long the link is.
    """
    reader = _Reader(query, trip)
    selection = Selection(
        reader.known("stop", trip.stops, "no stop is selected"),
        *reader.days(),
        reader.countries(),
        reader.known("person", trip.people, "everyone is shown"),
        reader.known("view", VIEWS, "the map is shown"),
        reader.text("q"),
        reader.known("source", trip.sources, "no source is opened"),
        reader.passage(),
        reader.slide(),
    )
    settled, notices = selection.settled(trip)
    return settled, _few((*reader.notices, *notices))


def _few(notices: Sequence[str]) -> tuple[str, ...]:
    """The notices, the last ones as one where they are more than a reader would read."""
    if len(notices) <= MAX_NOTICES:
        return tuple(notices)
    left = len(notices) - MAX_NOTICES + 1
    return (*notices[: MAX_NOTICES - 1], f"{left} other parts of the link are not of this trip either.")


class _Reader:
    """Reads the parameters one by one and notes what it could not use."""

    def __init__(self, query: Mapping[str, Sequence[str] | str], trip: Trip) -> None:
        self._query, self._trip = query, trip
        self.notices: list[str] = []

    def _values(self, key: str) -> list[str]:
        return [part.strip() for part in self._text(key, MAX_VALUE).split(",") if part.strip()]

    def _text(self, key: str, most: int) -> str:
        """The parameter's beginning, repeated ones joined by commas."""
        value = self._query.get(key, "")
        return (value if isinstance(value, str) else ",".join(item[:most] for item in value[:most]))[:most]

    def _ignore(self, key: str, value: str, expected: str, others: int = 0) -> None:
        more = f" and {others} more" if others else ""
        self.notices.append(
            f"The link asks for {key} “{_short(value)}”{more}, which this trip does not have; {expected}."
        )

    def known(self, key: str, names: Container[str], otherwise: str) -> str | None:
        """The parameter's value if the trip has it."""
        for value in self._values(key)[:1]:
            if value in names:
                return value
            self._ignore(key, value, otherwise)
        return None

    def text(self, key: str) -> str:
        """A parameter that may say anything."""
        return self._text(key, MAX_WORDS).strip()

    def passage(self) -> str | None:
        """The passage asked for, if the source that lies open has these characters."""
        source = next(iter(self._values("source")), None)
        for value in self._values("passage")[:1]:
            start, _, end = value[:40].partition("-")
            length = len(self._trip.texts.get(source or "", ""))
            if start.isdecimal() and end.isdecimal() and int(start) < int(end) <= length:
                return f"{int(start)}-{int(end)}"
            self._ignore("passage", value, "the source is shown from its beginning")
        return None

    def countries(self) -> tuple[str, ...]:
        known = self._trip.countries
        codes = dict.fromkeys(value.upper() for value in self._values("country"))
        if unknown := [code for code in codes if code not in known]:
            left_out = "they are left out" if unknown[1:] else "it is left out"
            self._ignore("country", unknown[0], left_out, len(unknown) - 1)
        return tuple(code for code in known if code in codes)

    def days(self) -> tuple[dt.date | None, dt.date | None]:
        days = self._trip.days()
        first, last = self._day("from", days), self._day("to", days)
        if first and last and last < first:
            self.notices.append("The link's days end before they begin; the whole trip is shown.")
            return None, None
        return (None if first == days[0] else first), (None if last == days[-1] else last)

    def slide(self) -> int | None:
        """The slide asked for: an opening one, one for each stop, and a closing one."""
        for value in self._values("slide")[:1]:
            count = len(self._trip.stops) + 2
            if value.isascii() and value.isdecimal() and len(value) < 7 and 1 <= int(value) <= count:
                return int(value)
            self._ignore("slide", value, f"it has slides 1 to {count}")
        return None

    def _day(self, key: str, days: Sequence[dt.date]) -> dt.date | None:
        for value in self._values(key)[:1]:
            try:
                day = dt.date.fromisoformat(value)
            except ValueError:
                self._ignore(key, value, "expected a day such as 2023-11-04")
                return None
            if days[0] <= day <= days[-1]:
                return day
            self._ignore(key, value, f"it has {day_range(days[0], days[-1])}")
        return None


def _written(value: object) -> str:
    """A field's value as a link has it; empty where nothing is chosen."""
    return ",".join(value) if isinstance(value, tuple) else str(value or "")


def _short(words: str) -> str:
    return words if len(words) <= 40 else words[:39] + "…"


def _listed(words: Sequence[str]) -> str:
    """Words as a list in a sentence: "a", "a and b", "a, b and c"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"
