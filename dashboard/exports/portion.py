"""What an export writes: the part of a trip that the filters leave, with its description, link and fingerprint."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from dashboard.dates import day_range
from dashboard.dossier import Dossier
from dashboard.model import Disagreement, Excerpt, Meeting, Quote, Stop, Trip, Whole
from dashboard.progress import Progress, unheard
from dashboard.route import Leg
from dashboard.selection import Selection, from_query


@dataclass(frozen=True)
class Portion:
    """A trip as the filters of a selection leave it; a selected stop filters nothing.

    ``link`` is the full address at which the dashboard shows it; it is written as it is given. Empty, files have none.
    """

    dossier: Dossier
    selection: Selection = field(default_factory=Selection)
    link: str = ""
    progress: Progress = field(default=unheard, compare=False, repr=False)

    @property
    def trip(self) -> Trip:
        """The whole trip, for what it knows of people, sources and passages."""
        return self.dossier.trip

    @property
    def is_whole(self) -> bool:
        """Whether no filter is set."""
        return not self.selection.is_filtered

    @property
    def description(self) -> str:
        """It in a sentence, such as "2 of 9 stops, 3 to 4 November 2023, Israel and Jordan"."""
        return self.selection.describe(self.trip)

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the data that it was made from."""
        return self.dossier.fingerprint

    @property
    def imprint(self) -> dict[str, str]:
        """What a file says of itself under these names: what it holds, where that is shown, from which data."""
        link = {"link": self.link} if self.link else {}
        return {"description": self.description, **link, "fingerprint": self.fingerprint}

    @cached_property
    def stops(self) -> tuple[Stop, ...]:
        """The stops, in the order of travel."""
        return self.selection.apply(self.trip)

    @cached_property
    def meetings(self) -> tuple[Meeting, ...]:
        """The meetings of the stops, stop by stop."""
        return tuple(meeting for stop in self.stops for meeting in self.trip.meetings_at[stop.id])

    @cached_property
    def quotes(self) -> tuple[Quote, ...]:
        """The quotations filed under the stops, stop by stop."""
        return tuple(quote for stop in self.stops for quote in self.trip.quotes_at[stop.id])

    @cached_property
    def excerpts(self) -> tuple[Excerpt, ...]:
        """The excerpts about the stops, stop by stop."""
        return tuple(excerpt for stop in self.stops for excerpt in self.trip.excerpts_at[stop.id])

    @property
    def whole(self) -> Whole:
        """The claims about the whole trip; none where the view is a part of it."""
        return self.trip.whole if self.is_whole else Whole((), (), (), ())

    @cached_property
    def disagreements(self) -> tuple[Disagreement, ...]:
        """The disagreements that concern one of the stops; of the whole trip, also those that concern none."""
        if self.is_whole:
            return self.trip.file.disagreements
        ids = {stop.id for stop in self.stops}
        return tuple(item for item in self.trip.file.disagreements if ids.intersection(item.stops))

    @cached_property
    def legs(self) -> tuple[Leg, ...]:
        """The legs between two stops of the view. Where a stop between is filtered out, there is no leg."""
        ids = {stop.id for stop in self.stops}
        return tuple(leg for leg in self.dossier.legs if leg.start in ids and leg.end in ids)


def chosen_part(trip: Trip, countries: Sequence[str], first: str, last: str) -> tuple[Selection, list[str]]:
    """The selection that a command line asks for, and a message for each value that this trip does not have.

    ``countries`` are ISO 3166-1 codes, also several in one value; ``first`` and ``last`` are days or empty.
    """
    codes = [code.strip() for value in countries for code in value.split(",")]
    problems = [message for code in codes if (message := _wrong_country(trip, code))]
    problems += [
        message for name, text in (("--from", first), ("--to", last)) if (message := _wrong_day(trip, name, text))
    ]
    if problems:
        return Selection(), problems
    if first and last and dt.date.fromisoformat(last) < dt.date.fromisoformat(first):
        return Selection(), [f"--to {last} lies before --from {first}."]
    selection, _ = from_query({"country": codes, "from": first, "to": last}, trip)
    empty = selection.why_empty(trip)
    return selection, [empty] if empty else []


def _wrong_country(trip: Trip, code: str) -> str | None:
    known = trip.countries
    if code.upper() in known:
        return None
    names = ", ".join(f"{code} ({name})" for code, name in known.items())
    return f"--country {_shown(code)}: expected a country of this trip, which has {names}."


def _wrong_day(trip: Trip, option: str, text: str) -> str | None:
    days = trip.days()
    try:
        if not text or days[0] <= dt.date.fromisoformat(text) <= days[-1]:
            return None
    except ValueError:
        return f"{option} {_shown(text)}: expected a day such as {days[0]}."
    return f"{option} {_shown(text)}: expected a day of this trip, which has {day_range(days[0], days[-1])}."


def _shown(text: str) -> str:
    return repr(text if len(text) <= 40 else text[:39] + "…")
