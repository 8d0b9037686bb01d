"""The HTML pages that the application would serve for a view, by their paths."""

from __future__ import annotations

from dashboard.dossier import Dossier
from dashboard.exports.view import View
from dashboard.pages.evidence import evidence_html
from dashboard.pages.method import method_html
from dashboard.pages.person import person_html
from dashboard.pages.slide import closing_html, opening_html, slide_html
from dashboard.pages.source import source_html, sources_html
from dashboard.pages.stop import stop_html
from dashboard.selection import Selection


def archive(view: View, part: Dossier) -> dict[str, str]:
    """Every page that a link of the file leads to.

    The opening and the closing slide name the filters, so they are made from the whole trip.
    """
    pages = {
        "opening.html": opening_html(view.dossier, view.selection),
        "closing.html": closing_html(view.dossier, view.selection),
        "evidence.html": evidence_html(part, Selection()),
        "sources.html": sources_html(part),
        "method.html": method_html(part),
    }
    for stop in view.stops:
        pages[f"stop/{stop.id}.html"] = stop_html(part, stop.id)
        pages[f"slide/{stop.id}.html"] = slide_html(part, stop.id)
    pages |= {f"person/{person}.html": person_html(part, person) for person in _people(part)}
    return pages | {f"source/{source}.html": source_html(part, source) for source in part.trip.sources}


def _people(part: Dossier) -> list[str]:
    """Who is named at one of the stops, or speaks at one: the pages link to no one else."""
    named = {person for people in part.trip.people_at.values() for person in people}
    named |= {quote.speaker for quote in part.trip.file.quotes if quote.speaker}
    return [person for person in part.trip.people if person in named]
