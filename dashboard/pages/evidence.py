"""Who reports what: stops and meetings against sources, then where the sources differ."""

from __future__ import annotations

from typing import Any

from dashboard.agreement import Cell, Row
from dashboard.dossier import Dossier
from dashboard.model import Stop
from dashboard.pages.claims import difference_values
from dashboard.pages.render import References, passage_id, render, source_facts
from dashboard.selection import Selection
from dashboard.terms import level_words

SUBSTANCE, SPELLING = "substance", "spelling"


#: Stops whose rows one page shows; a longer matrix nobody reads, and the filters narrow it.
ROWS = 200


def evidence_html(dossier: Dossier, selection: Selection) -> str:
    """The matrix of sources and of the stops that the filters leave, and the disagreements that concern them.

    The meetings are folded under their stop.
    """
    trip = dossier.trip
    references = References(dossier)
    stops = selection.apply(trip)
    ids = {stop.id for stop in stops}
    rows = [_stop_row(dossier, stop) for stop in stops[:ROWS]]
    concerned = [item for item in trip.file.disagreements if not item.stops or ids & set(item.stops)]
    differ = [(item, difference_values(dossier, item, references)) for item in concerned]
    return render(
        "evidence.html",
        sources=[source_facts(source) for source in trip.file.sources],
        rows=rows,
        left_out=len(stops) - len(rows),
        substance=[values for item, values in differ if item.kind == SUBSTANCE],
        spelling=[values for item, values in differ if item.kind == SPELLING],
    )


def _stop_row(dossier: Dossier, stop: Stop) -> dict[str, Any]:
    agreement = dossier.agreement
    return {
        "stop": stop,
        "number": dossier.numbers[stop.id],
        **_row(dossier, stop, agreement.stop(stop.id)),
        "meetings": [
            {"title": meeting.title, **_row(dossier, stop, agreement.meeting(meeting.id))}
            for meeting in dossier.trip.meetings_at[stop.id]
        ],
    }


def _row(dossier: Dossier, stop: Stop, row: Row) -> dict[str, Any]:
    return {"verdict": row.verdict, "cells": [_cell(dossier, stop, cell) for cell in row.cells]}


def _cell(dossier: Dossier, stop: Stop, cell: Cell) -> dict[str, Any]:
    return {
        "source": cell.source,
        "level": cell.level.replace(" ", "-"),
        "words": level_words(cell.level, stop.precision, dossier.trip.country_kind(stop.country_code)),
        "reason": cell.reason,
        "announced": cell.announced and cell.level != "announced",
        "count": len(cell.passages),
        "passage": passage_id(cell.passages[0]) if cell.passages else None,
    }
