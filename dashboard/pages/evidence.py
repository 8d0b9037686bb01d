"""Who reports what: stops and meetings against sources, then where the sources differ."""

from __future__ import annotations

from typing import Any

from dashboard.agreement import Cell, Row, meeting_rows, stop_rows
from dashboard.dossier import Dossier
from dashboard.model import Disagreement
from dashboard.pages.render import References, passage_id, render, source_facts

SUBSTANCE, SPELLING = "substance", "spelling"


def evidence_html(dossier: Dossier) -> str:
    """The matrix of stops and sources, with the meetings folded under their stop, and all disagreements."""
    trip = dossier.trip
    references = References(dossier)
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
        for row in stop_rows(trip)
    ]
    differ = [(item, _disagreement(dossier, item, references)) for item in trip.file.disagreements]
    return render(
        "evidence.html",
        sources=[source_facts(source) for source in trip.file.sources],
        rows=rows,
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
