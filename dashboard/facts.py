"""What is told of a stop, under one name each: map, panel, slide, handout and every export read it from here.

A new fact that all of them shall show is an :class:`Attribute` in :data:`SHOWN`, and nothing else.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from dashboard.agreement import REPORTS
from dashboard.dates import stop_days
from dashboard.dossier import Dossier
from dashboard.lead import lead, leading_meetings
from dashboard.model import Basis, DayBasis, Disagreement, Meeting, Precision, Status, Stop
from dashboard.terms import PLANNED, SPOKEN, STATUS_WORDS


@dataclass(frozen=True)
class Fact:
    """One more thing to tell of a stop: ``value`` under ``key`` in data, ``label`` and ``words`` where people read."""

    key: str
    label: str
    value: str | int
    words: str

    @property
    def sentence(self) -> str:
        """The fact by itself: "Reported by 2 of 5 sources"."""
        return f"{self.label} {self.words}"

    @property
    def clause(self) -> str:
        """The fact after others: "reported by 2 of 5 sources"."""
        return self.sentence[:1].lower() + self.sentence[1:]


@dataclass(frozen=True)
class Attribute:
    """A fact that every output shows of each stop; ``read`` gives its value and the words for it."""

    key: str
    label: str
    read: Callable[[Dossier, Stop], tuple[str | int, str]]

    def of(self, dossier: Dossier, stop: Stop) -> Fact:
        """The fact of this stop."""
        return Fact(self.key, self.label, *self.read(dossier, stop))


def _reported_by(dossier: Dossier, stop: Stop) -> tuple[int, str]:
    """How many sources report the stop, whether they share wording or not; an announcement is no report."""
    cells = dossier.agreement.stop(stop.id).cells
    count = sum(cell.level in REPORTS for cell in cells)
    return count, f"{count} of {len(cells)} source{'' if len(cells) == 1 else 's'}"


#: In the order in which they are shown.
SHOWN: tuple[Attribute, ...] = (Attribute("reported_by", "Reported by", _reported_by),)


def shown_keys() -> tuple[str, ...]:
    """The keys of the facts that every output shows."""
    return tuple(attribute.key for attribute in SHOWN)


@dataclass(frozen=True)
class StopFacts:
    """What the trip says of one stop, ready to be shown; None or nothing where it says nothing.

    ``number`` is its marker's: along the route, or "?". ``first_day`` and ``last_day`` are the earliest and the latest
    day it may have been, ``days`` the same in words, ``short_days`` without the year where the trip has but one.
    ``place`` is the name with its country. ``precision`` is what the sources name, ``located_as`` what was found on the
    map, at ``lat`` and ``lon`` (WGS 84 degrees), which are None where nothing was found. ``meetings`` are their
    titles, the leading one first, each that was only planned marked as such. ``lead`` is the sentence that stands for
    the stop, and ``lead_caveat`` that no source says it was spoken there. ``in_question`` are the topics of the
    differences about the stop itself (:func:`questions`), which ``difference_count`` has too.
    """

    id: str
    number: str
    name: str
    country: str
    country_code: str
    place: str
    arrive: dt.date | None
    depart: dt.date | None
    first_day: dt.date | None
    last_day: dt.date | None
    days: str
    short_days: str
    date_basis: DayBasis
    date_reason: str | None
    depart_basis: Basis | None
    depart_reason: str | None
    order_basis: Basis
    order_reason: str | None
    status: Status
    status_words: str
    status_reason: str
    verdict: str
    precision: Precision
    located_as: Precision | None
    located_by: str | None
    lat: float | None
    lon: float | None
    people: tuple[str, ...]
    meetings: tuple[str, ...]
    meeting_count: int
    quote_count: int
    difference_count: int
    in_question: tuple[str, ...]
    headline: str | None
    lead: str | None
    lead_speaker: str | None
    lead_caveat: str | None
    shown: tuple[Fact, ...]


def stop_facts(dossier: Dossier, stop: Stop) -> StopFacts:
    """Everything that is told of this stop."""
    trip, place = dossier.trip, dossier.places.get(stop.id)
    meetings, found = leading_meetings(dossier, stop), lead(trip, stop)
    return StopFacts(
        id=stop.id,
        number=dossier.numbers[stop.id],
        name=stop.name,
        country=stop.country,
        country_code=stop.country_code,
        place=place_name(stop),
        arrive=stop.arrive,
        depart=stop.depart,
        first_day=stop.first_day,
        last_day=stop.last_day,
        days=stop_days(stop),
        short_days=stop_days(stop, year=trip.file.start.year != trip.file.end.year),
        date_basis=stop.date_basis,
        date_reason=stop.date_reason,
        depart_basis=stop.depart_basis,
        depart_reason=stop.depart_reason,
        order_basis=stop.order_basis,
        order_reason=stop.order_reason,
        status=stop.status,
        status_words=STATUS_WORDS[stop.status],
        status_reason=stop.status_reason,
        verdict=dossier.agreement.stop(stop.id).verdict,
        precision=stop.precision,
        located_as=place.precision if place else None,
        located_by=place.located_by if place else None,
        lat=round(place.lat, 5) if place else None,
        lon=round(place.lon, 5) if place else None,
        people=tuple(sorted(trip.people_at[stop.id])),
        meetings=tuple(meeting_line(meeting) for meeting in meetings),
        meeting_count=len(meetings),
        quote_count=len(trip.quotes_at[stop.id]),
        difference_count=len(trip.disagreements_at[stop.id]),
        in_question=tuple(item.topic for item in trip.disagreements_at[stop.id] if questions(item, stop)),
        headline=stop.headline,
        lead=found.words if found else None,
        lead_speaker=trip.speaker(found.quote) if found else None,
        lead_caveat=SPOKEN.get(found.quote.stop_basis) if found else None,
        shown=tuple(attribute.of(dossier, stop) for attribute in SHOWN),
    )


def meeting_line(meeting: Meeting) -> str:
    """A meeting where there is a line for it; one that no source reports as held says so."""
    return f"{meeting.title}{PLANNED if meeting.held == 'planned' else ''}"


def questions(item: Disagreement, stop: Stop) -> bool:
    """Whether a difference is about the stop itself: its place, its day, or whether it was visited at all.

    The trip file says so by ``in_question``; positions that take a stance to the visit say so by themselves. How
    something is worded, or what was talked about, leaves the stop where and when it is.
    """
    return stop.id in item.in_question or any(p.stance and item.stop_of(p) == stop.id for p in item.positions)


def place_name(stop: Stop) -> str:
    """The stop with its country: "Amman, Jordan"."""
    return stop.name if stop.name == stop.country else f"{stop.name}, {stop.country}"
