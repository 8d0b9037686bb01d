"""The slides of a presentation: an opening one, one a stop with its speaker notes, and a closing one."""

from __future__ import annotations

from typing import Any

from dashboard.dates import day, day_range
from dashboard.dossier import Dossier
from dashboard.facts import meeting_line, stop_facts
from dashboard.lead import Lead, lead, leading_meetings
from dashboard.model import Meeting
from dashboard.pages.claims import difference_values, quote_values
from dashboard.pages.overview import summary
from dashboard.pages.render import References, render, source_facts
from dashboard.selection import Selection
from dashboard.terms import BASIS_WORDS, STATUS_WORDS, traveller_line

#: Meetings that a slide names; the speaker notes have them all.
MEETINGS = 3
#: Sources, stops and differences that the closing slide names; its notes have them all.
CLOSING_SOURCES, CLOSING_STOPS, CLOSING_TOPICS = 8, 4, 8


def slide_html(dossier: Dossier, stop_id: str) -> str:
    """The slide of one stop and its speaker notes.

    Raises:
        KeyError: the trip has no such stop.
    """
    trip, stop = dossier.trip, dossier.trip.stops[stop_id]
    found, facts, references = lead(trip, stop), stop_facts(dossier, stop), References(dossier)
    meetings, day_refs = leading_meetings(dossier, stop), references.of(stop.date_evidence[:1])
    why = references.of(stop.status_evidence[:1]) if stop.status != "visited" else []
    shown = [_meeting(meeting, references, first_only=True) for meeting in meetings[:MEETINGS]]
    return render(
        "slide.html",
        stop=facts,
        meetings=shown,
        more=max(0, len(meetings) - MEETINGS),
        lead=_lead(dossier, found, references) if found else None,
        why=why,
        day_refs=day_refs,
        differences=[difference_values(dossier, item, references) for item in trip.disagreements_at[stop_id]],
        all_meetings=[_meeting(meeting, references) for meeting in trip.meetings_at[stop_id]],
        quotes=[quote_values(dossier, quote, references) for quote in trip.quotes_at[stop_id]],
    )


def _lead(dossier: Dossier, found: Lead, references: References) -> dict[str, Any]:
    """The sentence that leads, with the reference to its passage."""
    return {
        **quote_values(dossier, found.quote, References(dossier)),
        "words": found.words,
        "refs": references.of([found.passage]),
    }


def opening_html(dossier: Dossier, selection: Selection) -> str:
    """The opening slide: whose trip, when, in two or three sentences; the notes have what concerns the whole trip."""
    trip, stops, references = dossier.trip, selection.apply(dossier.trip), References(dossier)
    of_all = 0 if selection.is_filtered else len(trip.whole.quotes)
    figures = [
        (len(stops), "stop"),
        (sum(len(trip.meetings_at[stop.id]) for stop in stops), "meeting"),
        (sum(len(trip.quotes_at[stop.id]) for stop in stops) + of_all, "quote"),
        (len(trip.file.sources), "source"),
    ]
    return render(
        "opening.html",
        title=trip.file.title,
        traveller=traveller_line(dossier.trip),
        summary=summary(dossier, references),
        whole=_whole(dossier, references),
        days=day_range(trip.file.start, trip.file.end),
        figures=[(count, word if count == 1 else f"{word}s") for count, word in figures],
        shown=selection.describe(trip) if selection.is_filtered else None,
    )


def closing_html(dossier: Dossier, selection: Selection) -> str:
    """The closing slide: the sources in full, and what they dispute of what was presented, a line each."""
    trip = dossier.trip
    stops = selection.apply(trip)
    ids = {stop.id for stop in stops}
    unsure = [stop for stop in stops if stop.status != "visited"]
    substance = [item for item in trip.file.disagreements if item.kind == "substance"]
    differ = [item for item in substance if not item.stops or ids & set(item.stops)]
    differ.sort(key=lambda item: not {stop.id for stop in unsure} & set(item.stops))
    return render(
        "closing.html",
        sources=[source_facts(source) for source in trip.file.sources],
        day=day,
        disputed=[(stop, STATUS_WORDS[stop.status]) for stop in unsure],
        topics=[item.topic for item in differ],
        most_sources=CLOSING_SOURCES,
        most_stops=CLOSING_STOPS,
        most_topics=CLOSING_TOPICS,
    )


def _meeting(meeting: Meeting, references: References, *, first_only: bool = False) -> dict[str, Any]:
    return {
        "title": meeting_line(meeting),
        "day": day(meeting.date, year=False) if meeting.date else None,
        "basis": BASIS_WORDS.get(meeting.date_basis or ""),
        "refs": references.of(meeting.evidence[:1] if first_only else meeting.evidence),
    }


def _whole(dossier: Dossier, references: References) -> dict[str, Any]:
    """The claims about the whole trip, for the notes of the opening slide."""
    whole = dossier.trip.whole
    return {
        "quotes": [quote_values(dossier, quote, references) for quote in whole.quotes],
        "excerpts": [
            {"text": excerpt.passage.exact, "refs": references.of([excerpt.passage])} for excerpt in whole.excerpts
        ],
        "differences": [difference_values(dossier, item, references) for item in whole.disagreements],
    }
