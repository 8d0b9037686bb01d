"""The page of one stop, the title and its figures, and the notice about stops without a place."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from dashboard.dates import day, day_range
from dashboard.dossier import Dossier
from dashboard.facts import stop_facts
from dashboard.model import Meeting, Stop
from dashboard.pages.claims import difference_values, document_values, excerpt_groups, quote_values
from dashboard.pages.render import References, render, source_facts
from dashboard.terms import LEVEL_SENTENCES, MEETING_WORDS, traveller_line


def stop_html(dossier: Dossier, stop_id: str) -> str:
    """The panel of one stop: place, dates with their basis, status, meetings, quotes and excerpts.

    Raises:
        KeyError: the trip has no such stop.
    """
    return render("stop.html", **_StopPage(dossier, dossier.trip.stops[stop_id]).values())


def title_html(dossier: Dossier) -> str:
    """The trip's title, and whose trip it is."""
    return render("title.html", title=dossier.trip.file.title, traveller=traveller_line(dossier.trip))


def figures_html(dossier: Dossier) -> str:
    """The days of the trip and how much it holds."""
    file = dossier.trip.file
    counts = [
        (len(file.stops), "stop"),
        (len(file.meetings), "meeting"),
        (len(file.quotes), "quote"),
        (len(file.sources), "source"),
    ]
    figures = [f"{n} {word}{'' if n == 1 else 's'}" for n, word in counts]
    return render("figures.html", figures=[day_range(file.start, file.end), *figures])


def not_located_html(dossier: Dossier) -> str:
    """Which stops have no place on the map and why; empty where all have one."""
    missing = dossier.located.missing
    names = {item.stop_id: dossier.trip.stops[item.stop_id].name for item in missing}
    return render("not_located.html", missing=missing, names=names) if missing else ""


class _StopPage:
    """Collects what the template of a stop shows; references are numbered as they are met."""

    def __init__(self, dossier: Dossier, stop: Stop) -> None:
        self._dossier, self._trip, self._stop = dossier, dossier.trip, stop
        self._references = References(dossier)

    def values(self) -> dict[str, Any]:
        """The template's values, in the order in which the page shows them: so its references are numbered."""
        stop, trip, dossier, references = self._stop, self._trip, self._dossier, self._references
        return {
            "stop": stop_facts(dossier, stop),
            "date_refs": references.of(stop.date_evidence),
            "announced_refs": references.of(stop.announced_evidence),
            "unannounced_refs": references.of(stop.unannounced_evidence),
            "status_refs": references.of(stop.status_evidence),
            "order_refs": references.of(stop.order_evidence if stop.order_basis == "inferred" else ()),
            "place": dossier.places.get(stop.id),
            "meetings": [self._meeting(meeting) for meeting in trip.meetings_at[stop.id]],
            "quotes": [quote_values(dossier, quote, references) for quote in trip.quotes_at[stop.id]],
            "documents": [document_values(dossier, release, references) for release in trip.releases_at[stop.id]],
            "disagreements": [difference_values(dossier, item, references) for item in trip.disagreements_at[stop.id]],
            "sources": excerpt_groups(dossier, trip.excerpts_at[stop.id], references),
            "others": self._others(),
        }

    def _meeting(self, meeting: Meeting) -> dict[str, Any]:
        return {
            "id": meeting.id,
            "title": meeting.title,
            "kind": MEETING_WORDS[meeting.kind],
            "planned": meeting.held == "planned",
            "day": day(meeting.date, year=False) if meeting.date else "no day stated",
            "date_basis": meeting.date_basis,
            "date_reason": meeting.date_reason,
            "people": [self._person(person) for person in meeting.people],
            "others": meeting.others,
            "note": meeting.note,
            "verdict": self._dossier.agreement.meeting(meeting.id).verdict,
            "refs": self._references.of(meeting.evidence),
        }

    def _person(self, person_id: str) -> dict[str, Any]:
        person = self._trip.people[person_id]
        return {"id": person.id, "name": person.name, "role": person.roles[0].role if person.roles else None}

    def _others(self) -> list[dict[str, Any]]:
        """The sources that do not report the stop, by what they do instead."""
        cells = [cell for cell in self._dossier.agreement.stop(self._stop.id).cells if cell.level in LEVEL_SENTENCES]
        cells.sort(key=lambda cell: list(LEVEL_SENTENCES).index(cell.level))
        return [
            {
                "words": LEVEL_SENTENCES[level],
                "cells": [
                    {
                        "source": source_facts(self._trip.sources[cell.source]),
                        "refs": [self._references.to(passage) for passage in cell.passages],
                    }
                    for cell in group
                ],
            }
            for level, group in groupby(cells, key=lambda cell: cell.level)
        ]
