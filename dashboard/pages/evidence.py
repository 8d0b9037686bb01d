"""Who reports what: stops and meetings against sources, then where the sources differ."""

from __future__ import annotations

from typing import Any

from dashboard.agreement import Cell, Row, meeting_rows, stop_rows
from dashboard.dossier import Dossier
from dashboard.model import Disagreement
from dashboard.pages.render import References, passage_id, render, source_facts
from dashboard.selection import Selection

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
    rows = [
        {
            "stop": trip.stops[row.id],
            "number": dossier.numbers[row.id],
            **_row(row),
            "meetings": [
                {"title": meeting.title, **_row(below)}
                for meeting, below in zip(trip.meetings_at[row.id], meeting_rows(trip, row.id), strict=True)
            ],
        }
        for row in stop_rows(trip, stops[:ROWS])
    ]
    concerned = [item for item in trip.file.disagreements if not item.stops or ids & set(item.stops)]
    differ = [(item, _disagreement(dossier, item, references)) for item in concerned]
    return render(
        "evidence.html",
        sources=[source_facts(source) for source in trip.file.sources],
        rows=rows,
        left_out=len(stops) - len(rows),
        substance=[view for item, view in differ if item.kind == SUBSTANCE],
        spelling=[view for item, view in differ if item.kind == SPELLING],
    )


def _row(row: Row) -> dict[str, Any]:
    return {"verdict": row.verdict, "cells": [_cell(cell) for cell in row.cells]}


def _cell(cell: Cell) -> dict[str, Any]:
    return {
        "source": cell.source,
        "verdict": cell.verdict,
        "words": "lists others" if cell.omitted else "announces" if cell.planned else cell.verdict,
        "planned": cell.planned,
        "announced": cell.announced,
        "count": len(cell.passages),
        "passage": passage_id(cell.passages[0]) if cell.passages else None,
    }


def _disagreement(dossier: Dossier, item: Disagreement, references: References) -> dict[str, Any]:
    return {
        "id": item.id,
        "topic": item.topic,
        "statement": item.statement,
        "stops": [dossier.trip.stops[stop] for stop in item.stops],
        "positions": [
            {"source": position.source, "says": position.says, "refs": references.of([position.evidence])}
            for position in item.positions
        ],
    }
