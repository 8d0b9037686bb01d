"""A source text to read: every paragraph, page furniture dimmed, cited passages marked, and the list of all sources."""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from dashboard.dates import day
from dashboard.dossier import Dossier
from dashboard.model import Passage, Source
from dashboard.pages.render import References, passage_id, render, source_facts
from dashboard.prose import label
from dashboard.sources import SourceText, Span

#: The levels at which a source speaks of a stop, in words (:data:`dashboard.agreement.Level`).
SPEAKING = {
    "place": "names",
    "country": "by {wider} only:",
    "implied": "implies",
    "announced": "announces",
    "mentions": "mentions, but not as part of the trip:",
}
#: Stops that a source's card looks at; of a larger trip nobody reads the list.
SPOKEN_OF = 200


def source_html(dossier: Dossier, source_id: str) -> str:
    """The whole text of one source.

    The text is cut where a cited passage begins or ends; each piece tells where it starts, so that the browser can
    mark any passage. Raises KeyError if the trip has no such source.
    """
    source, text = dossier.trip.sources[source_id], dossier.texts[source_id]
    passages = dossier.trip.claimed[source_id]
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


def coverage(dossier: Dossier, source_id: str) -> tuple[list[Span], list[Span]]:
    """The body's sentences that a claim's passage touches, and those on which nothing is decided.

    What is left out by decision counts with neither.
    """
    trip = dossier.trip
    decided = sorted((trip.passage(item.passage) for item in trip.sources[source_id].left_out), key=lambda p: p.start)
    used, unused = _coverage(dossier, source_id, trip.claimed[source_id])
    left_out, _ = _coverage(dossier, source_id, decided)
    return used, [sentence for sentence in unused if sentence not in left_out]


def _coverage(dossier: Dossier, source_id: str, passages: Sequence[Passage]) -> tuple[list[Span], list[Span]]:
    """The body's sentences that one of the passages touches, and the others."""
    covered = _merged(passages)
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
    total = sum(1 for _ in text.sentences())
    return {
        **source_facts(source),
        "about": source.about,
        "independence": source.independence,
        "shares": _shares(dossier, source_id),
        "passages": len(dossier.trip.claimed[source_id]),
        "used": len(used),
        "total": total,
        "share": round(100 * len(used) / total) if total else 0,
        "left_out": _left_out(dossier, source),
        "unused": [{"passage": f"{s.start}-{s.end}", "text": text.text[s.start : s.end]} for s in unused],
        "speaks": _speaks(dossier, source_id),
    }


def _left_out(dossier: Dossier, source: Source) -> list[dict[str, Any]]:
    references = References(dossier)
    return [
        {"text": item.passage.exact, "reason": item.reason, "refs": references.of([item.passage])}
        for item in source.left_out
    ]


def _shares(dossier: Dossier, source_id: str) -> list[dict[str, Any]]:
    """The sources that share wording with this one, and the runs as this one has them, the longest first."""
    found = []
    for other, runs in dossier.agreement.independence.with_source(source_id).items():
        longest_first = sorted(runs, key=lambda run: -run.words)
        passages = [run.first if run.first.source == source_id else run.second for run in longest_first]
        shown = [{"passage": passage_id(passage), "text": passage.text} for passage in passages]
        found.append({"source": source_facts(dossier.trip.sources[other]), "runs": shown})
    return found


def _speaks(dossier: Dossier, source_id: str) -> list[dict[str, Any]]:
    """The stops of which the source speaks, by how: those that it names precisely first."""
    by_words: dict[str, list[str]] = {}
    trip = dossier.trip
    for stop in trip.file.stops[:SPOKEN_OF]:
        cell = next(cell for cell in dossier.agreement.stop(stop.id).cells if cell.source == source_id)
        if cell.level in SPEAKING:
            words = SPEAKING[cell.level].format(wider=trip.country_kind(stop.country_code))
            by_words.setdefault(words, []).append(stop.name)
    order = [words.format(wider=wider) for words in SPEAKING.values() for wider in ("country", "territory")]
    return [{"words": words, "stops": by_words[words]} for words in dict.fromkeys(order) if words in by_words]


def _footnote(dossier: Dossier, source_id: str) -> str:
    """How a footnote names this source; the browser adds the passage before it."""
    source = dossier.trip.sources[source_id]
    date = day(source.date) if source.date else "undated"
    date += " (date inferred)" if source.date and source.date_basis == "inferred" else ""
    parts = [source.title, source.publisher, date, label(source)]
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
