"""The HTML pages that the application would serve for a view, by their paths."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.dossier import Dossier
from dashboard.exports.portion import Portion
from dashboard.pages import PAGES, Page
from dashboard.selection import Selection


def archive(portion: Portion, part: Dossier) -> dict[str, str]:
    """Every page that a link of the file leads to; those that tell the filters are made from the whole trip."""
    pages: dict[str, str] = {}
    for page in PAGES:
        if page.in_file:
            dossier, selection = (portion.dossier, portion.selection) if page.tells_filters else (part, Selection())
            pages |= {page.address(record): page.html(dossier, selection, record) for record in _records(page, part)}
    return pages


def _records(page: Page, part: Dossier) -> Iterable[str]:
    """The ids of what the page is made for; one empty one where it is about no record."""
    if not page.collection:
        return ("",)
    return _people(part) if page.collection == "people" else getattr(part.trip, page.collection)


def _people(part: Dossier) -> list[str]:
    """Who is named at one of the stops, or speaks at one: the pages link to no one else."""
    named = {person for people in part.trip.people_at.values() for person in people}
    named |= {quote.speaker for quote in part.trip.file.quotes if quote.speaker}
    return [person for person in part.trip.people if person in named]
