"""A person's card: every spelling and role as the sources give them, meetings and quotations."""

from __future__ import annotations

from typing import Any

from dashboard.dates import day
from dashboard.dossier import Dossier
from dashboard.model import Meeting, Quote
from dashboard.pages.render import References, render


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
        quotes=[_quote(dossier, q, references) for q in trip.file.quotes if q.speaker == person_id],
    )


def _sources_with(dossier: Dossier, spelling: str) -> list[str]:
    return [source for source, text in dossier.trip.texts.items() if spelling in text]


def _meeting(dossier: Dossier, meeting: Meeting, references: References) -> dict[str, Any]:
    return {
        "title": meeting.title,
        "stop": dossier.trip.stops[meeting.stop],
        "day": day(meeting.date, year=False) if meeting.date else "no day stated",
        "planned": meeting.held == "planned",
        "sources": sorted({quote.source for quote in meeting.evidence}),
        "refs": references.of(meeting.evidence),
    }


def _quote(dossier: Dossier, quote: Quote, references: References) -> dict[str, Any]:
    return {
        "passages": [passage.exact for passage in quote.passages],
        "stop": dossier.trip.stops[quote.stop] if quote.stop else None,
        "day": day(quote.date, year=False) if quote.date else "day not stated",
        "source": quote.passages[0].source,
        "refs": references.of(quote.passages),
    }
