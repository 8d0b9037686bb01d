"""A source text to read: every paragraph, page furniture dimmed, cited passages marked, and the list of all sources."""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from dashboard.dates import day
from dashboard.dossier import Dossier
from dashboard.model import Passage
from dashboard.pages.render import passage_id, render, source_facts
from dashboard.sources import SourceText, Span


def source_html(dossier: Dossier, source_id: str) -> str:
    """The whole text of one source.

    The text is cut where a cited passage begins or ends; each piece tells where it starts, so that the browser can
    mark any passage. Raises KeyError if the trip has no such source.
    """
    source, text = dossier.trip.sources[source_id], dossier.texts[source_id]
    passages = cited(dossier, source_id)
    return render(
        "source.html",
        source=source_facts(source),
        day=day,
        footnote=_footnote(dossier, source_id),
        passages=[passage_id(passage) for passage in passages],
        paragraphs=list(_paragraphs(text, passages)),
    )


def sources_html(dossier: Dossier) -> str:
    """All sources: what each is, how it is dated, what it leaves out, and how much of it the trip uses."""
    return render("sources.html", sources=[_card(dossier, source_id) for source_id in dossier.trip.sources], day=day)


def cited(dossier: Dossier, source_id: str) -> list[Passage]:
    """The distinct passages that the trip uses from a source, in the order of the text."""
    found = {passage for passage in dossier.trip.passages.values() if passage.source == source_id}
    return sorted(found, key=lambda passage: (passage.start, passage.end))


def coverage(dossier: Dossier, source_id: str) -> tuple[list[Span], list[Span]]:
    """The body's sentences that a cited passage touches, and those that no claim uses."""
    covered = _merged(cited(dossier, source_id))
    starts = [start for start, _ in covered]
    used: list[Span] = []
    unused: list[Span] = []
    for sentence in dossier.texts[source_id].sentences():
        at = bisect.bisect_left(starts, sentence.end) - 1
        (used if at >= 0 and covered[at][1] > sentence.start else unused).append(sentence)
    return used, unused


def _merged(passages: Sequence[Passage]) -> list[tuple[int, int]]:
    """Overlapping passages joined, in order."""
    joined: list[tuple[int, int]] = []
    for passage in passages:
        if joined and passage.start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], passage.end))
        else:
            joined.append((passage.start, passage.end))
    return joined


def _card(dossier: Dossier, source_id: str) -> dict[str, Any]:
    source, text = dossier.trip.sources[source_id], dossier.texts[source_id]
    used, unused = coverage(dossier, source_id)
    total = len(used) + len(unused)
    return {
        **source_facts(source),
        "about": source.about,
        "independence": source.independence,
        "shares": source.shares_wording_with,
        "passages": len(cited(dossier, source_id)),
        "used": len(used),
        "total": total,
        "share": round(100 * len(used) / total) if total else 0,
        "unused": [{"passage": f"{s.start}-{s.end}", "text": text.text[s.start : s.end]} for s in unused],
        "stops": _speaks_of(dossier, source_id),
    }


def _speaks_of(dossier: Dossier, source_id: str) -> list[str]:
    return [
        stop.name
        for stop in dossier.trip.file.stops
        if any(excerpt.passage.source == source_id for excerpt in dossier.trip.excerpts_at[stop.id])
    ]


def _footnote(dossier: Dossier, source_id: str) -> str:
    """How a footnote names this source; the browser adds the passage before it."""
    source = dossier.trip.sources[source_id]
    date = day(source.date) if source.date else "undated"
    date += " (date inferred)" if source.date and source.date_basis == "inferred" else ""
    parts = [source.title, source.publisher, date, f"source {source.id}"]
    return ", ".join(part for part in parts if part)


def _paragraphs(text: SourceText, passages: Sequence[Passage]) -> Iterator[dict[str, Any]]:
    cuts = sorted({cut for passage in passages for cut in (passage.start, passage.end)})
    covered = _merged(passages)
    starts = [start for start, _ in covered]
    for section in text.sections():
        for span in _lines(text.text, section):
            yield {"kind": span.kind, "pieces": list(_cut(text.text, span, cuts, covered, starts))}


def _lines(text: str, section: Span) -> Iterator[Span]:
    """The lines of a section that have text."""
    position = section.start
    for line in text[section.start : section.end].splitlines(keepends=True):
        if line.strip():
            yield Span(position, position + len(line.rstrip("\r\n")), section.kind)
        position += len(line)


def _cut(
    text: str, span: Span, cuts: Sequence[int], covered: Sequence[tuple[int, int]], starts: Sequence[int]
) -> Iterator[dict[str, Any]]:
    inner = cuts[bisect.bisect_right(cuts, span.start) : bisect.bisect_left(cuts, span.end)]
    edges = [span.start, *inner, span.end]
    for start, end in pairwise(edges):
        at = bisect.bisect_right(starts, start) - 1
        yield {"start": start, "text": text[start:end], "cited": at >= 0 and covered[at][1] > start}
