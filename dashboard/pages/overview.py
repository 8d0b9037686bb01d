"""What opens the itinerary: whose trip it is in two or three sentences, and the claims about the whole trip."""

from __future__ import annotations

from typing import Any

from dashboard.dossier import Dossier
from dashboard.pages.claims import difference_values, document_values, excerpt_groups, quote_values
from dashboard.pages.render import References, render


def overview_html(dossier: Dossier) -> str:
    """The summary, each sentence with its references, and what is claimed of no single stop, folded below it."""
    whole, references = dossier.trip.whole, References(dossier)
    return render(
        "overview.html",
        summary=summary(dossier, references),
        tally=_tally(dossier),
        differences=[difference_values(dossier, item, references) for item in whole.disagreements],
        quotes=[quote_values(dossier, quote, references) for quote in whole.quotes],
        documents=[
            document_values(dossier, release, references)
            for release in sorted(whole.releases, key=lambda release: release.date)
        ],
        sources=excerpt_groups(dossier, whole.excerpts, references),
    )


def summary(dossier: Dossier, references: References) -> list[dict[str, Any]]:
    """The summary's sentences with their references."""
    return [{"text": item.text, "refs": references.of(item.evidence)} for item in dossier.trip.file.summary]


def _tally(dossier: Dossier) -> list[str]:
    """How much is claimed of the whole trip, as "3 quotes"."""
    whole = dossier.trip.whole
    counts = [
        (len(whole.disagreements), "difference"),
        (len(whole.quotes), "quote"),
        (len(whole.releases), "document"),
        (len(whole.excerpts), "excerpt"),
    ]
    return [f"{count} {word}{'' if count == 1 else 's'}" for count, word in counts if count]
