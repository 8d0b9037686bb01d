"""A person's card: every spelling and role as the sources give them, meetings and quotations."""

from __future__ import annotations

from typing import Any

from dashboard.dates import day
from dashboard.dossier import Dossier
from dashboard.model import Meeting
from dashboard.pages.claims import quote_values
from dashboard.pages.render import References, render, source_facts
from dashboard.terms import BASIS_WORDS


def person_html(dossier: Dossier, person_id: str) -> str:
    """The card of one person.

    Raises:
        KeyError: the trip has no such person.
    """
    trip = dossier.trip
    person = trip.people[person_id]
    references = References(dossier)
    return render(
        "person.html",
        person=person,
        spellings=[{"name": name, "sources": _sources_with(dossier, name)} for name in person.spellings],
        roles=[{"role": role.role, "refs": references.of(role.evidence)} for role in person.roles],
        meetings=[_meeting(dossier, m, references) for m in trip.file.meetings if person_id in m.people],
        quotes=[quote_values(dossier, q, references) for q in trip.file.quotes if q.speaker == person_id],
    )


def _sources_with(dossier: Dossier, spelling: str) -> list[dict[str, Any]]:
    sources = dossier.trip.sources
    return [source_facts(sources[source]) for source, text in dossier.trip.texts.items() if spelling in text]


def _meeting(dossier: Dossier, meeting: Meeting, references: References) -> dict[str, Any]:
    return {
        "title": meeting.title,
        "stop": dossier.trip.stops[meeting.stop],
        "day": day(meeting.date, year=False) if meeting.date else "no day stated",
        "planned": meeting.held == "planned",
        "basis": BASIS_WORDS.get(meeting.date_basis or ""),
        "sources": [
            source_facts(source)
            for source in dossier.trip.file.sources
            if any(quote.source == source.id for quote in meeting.evidence)
        ],
        "refs": references.of(meeting.evidence),
    }
