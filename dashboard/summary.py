"""How much a trip holds, in figures."""

from __future__ import annotations

from dashboard.dossier import Dossier


def counts(dossier: Dossier) -> dict[str, int]:
    """The trip's figures by name. A passage is counted once, however many claims rest on it."""
    file = dossier.trip.file
    return {
        "stops": len(file.stops),
        "meetings": len(file.meetings),
        "releases": len(file.releases),
        "quotes": len(file.quotes),
        "quoted passages": sum(len(quote.passages) for quote in file.quotes),
        "excerpts": len(file.excerpts),
        "disagreements": len(file.disagreements),
        "people": len(file.people),
        "sources": len(file.sources),
        "passages": len(set(dossier.trip.passages.values())),
    }


def counts_text(dossier: Dossier) -> str:
    """The figures as lines for a terminal."""
    return "\n".join(f"{name}: {count}" for name, count in counts(dossier).items())
