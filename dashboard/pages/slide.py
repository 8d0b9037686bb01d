"""The slides of a presentation: an opening one, one a stop with its speaker notes, and a closing one."""

from __future__ import annotations

from typing import Any

from dashboard.dates import day, day_range, stop_days
from dashboard.dossier import Dossier
from dashboard.map.data import lead_quote, lead_words
from dashboard.model import Meeting, Quote
from dashboard.pages.render import References, render, source_facts
from dashboard.selection import Selection
from dashboard.terms import STATUS_WORDS

#: Meetings that a slide names; the speaker notes have them all.
MEETINGS = 3


def slide_html(dossier: Dossier, stop_id: str) -> str:
    """The slide of one stop and its speaker notes.

    Raises:
        KeyError: the trip has no such stop.
    """
    trip, stop = dossier.trip, dossier.trip.stops[stop_id]
    meetings, lead = trip.meetings_at[stop_id], lead_quote(trip, stop)
    references = References(dossier)
    return render(
        "slide.html",
        stop=stop,
        number=dossier.numbers[stop_id],
        when=stop_days(stop),
        date_refs=references.of(stop.date_evidence[:1]),
        status=STATUS_WORDS[stop.status],
        status_refs=references.of(stop.status_evidence[:1]),
        meetings=[_meeting(meeting, references, first_only=True) for meeting in meetings[:MEETINGS]],
        more=max(0, len(meetings) - MEETINGS),
        lead={**_quote(dossier, lead, references), "words": lead_words(lead)} if lead else None,
        differences=[item.statement for item in trip.disagreements_at[stop_id]],
        all_meetings=[_meeting(meeting, references) for meeting in meetings],
        other_quotes=[_quote(dossier, quote, references) for quote in trip.quotes_at[stop_id] if quote is not lead],
    )


def opening_html(dossier: Dossier, selection: Selection) -> str:
    """The opening slide: title, days and figures of what is presented."""
    trip, stops = dossier.trip, selection.apply(dossier.trip)
    figures = [
        (len(stops), "stop"),
        (sum(len(trip.meetings_at[stop.id]) for stop in stops), "meeting"),
        (sum(len(trip.quotes_at[stop.id]) for stop in stops), "quote"),
        (len(trip.file.sources), "source"),
    ]
    return render(
        "opening.html",
        title=trip.file.title,
        days=day_range(trip.file.start, trip.file.end),
        figures=[(count, word if count == 1 else f"{word}s") for count, word in figures],
        view=selection.describe(trip) if selection.is_filtered else None,
    )


def closing_html(dossier: Dossier, selection: Selection) -> str:
    """The closing slide: the sources, and what they dispute of what was presented."""
    trip = dossier.trip
    stops = selection.apply(trip)
    ids = {stop.id for stop in stops}
    differ = [item for item in trip.file.disagreements if item.kind == "substance" and ids & set(item.stops)]
    return render(
        "closing.html",
        sources=[source_facts(source) for source in trip.file.sources],
        day=day,
        disputed=[
            (dossier.numbers[stop.id], stop, STATUS_WORDS[stop.status]) for stop in stops if stop.status != "visited"
        ],
        topics=[item.topic for item in differ],
    )


def _meeting(meeting: Meeting, references: References, *, first_only: bool = False) -> dict[str, Any]:
    return {
        "title": meeting.title,
        "day": day(meeting.date, year=False) if meeting.date else None,
        "planned": meeting.held == "planned",
        "refs": references.of(meeting.evidence[:1] if first_only else meeting.evidence),
    }


def _quote(dossier: Dossier, quote: Quote, references: References) -> dict[str, Any]:
    return {
        "words": " … ".join(passage.exact for passage in quote.passages),
        "speaker": dossier.trip.speaker(quote),
        "role": quote.role,
        "about": quote.stop_reason if quote.stop_basis == "about" else None,
        "refs": references.of(quote.passages),
    }
