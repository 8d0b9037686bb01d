"""What a search found, best first, each passage with its source and its stops."""

from __future__ import annotations

from typing import Any

from dashboard.dossier import Dossier
from dashboard.pages.render import passage_id, render, source_facts
from dashboard.search import Answer, Hit
from dashboard.selection import Selection


def search_html(dossier: Dossier, selection: Selection) -> str:
    """The answer to the selection's words, under its filters."""
    trip = dossier.trip
    visible = [stop.id for stop in selection.apply(trip)] if selection.is_filtered else None
    answer = dossier.index.search(selection.words, visible) if selection.words else None
    return render(
        "search.html",
        words=selection.words,
        answer=answer,
        hits=[_hit(dossier, hit) for hit in answer.hits] if answer else [],
        filtered=selection.is_filtered,
        summary=_summary(answer) if answer else "",
        source_count=len(trip.file.sources),
    )


def _summary(answer: Answer) -> str:
    passages = f"{answer.count} passage{'' if answer.count == 1 else 's'}"
    return f"{passages} in {answer.sources} source{'' if answer.sources == 1 else 's'}"


def _hit(dossier: Dossier, hit: Hit) -> dict[str, Any]:
    source = dossier.trip.sources[hit.passage.source]
    return {
        "source": source.id,
        "facts": source_facts(source),
        "passage": passage_id(hit.passage),
        "pieces": hit.pieces,
        "caption": hit.caption,
        "stops": [(dossier.numbers[stop], dossier.trip.stops[stop]) for stop in hit.stops],
    }
