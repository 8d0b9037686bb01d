"""The methodology, made from the data: what was read, how claims were checked, what was inferred, known limits."""

from __future__ import annotations

from typing import Any

from dashboard.dates import day, stop_days
from dashboard.dossier import Dossier
from dashboard.pages.render import References, render, source_facts
from dashboard.pages.source import coverage
from dashboard.summary import counts


def method_html(dossier: Dossier) -> str:
    """The methodology page of this trip."""
    file = dossier.trip.file
    coverages = {source.id: coverage(dossier, source.id) for source in file.sources}
    return render(
        "method.html",
        day=day,
        sources=[source_facts(source) for source in file.sources],
        counts=counts(dossier),
        inferred=_inferred(dossier),
        groups=_groups(dossier),
        places=[(stop, dossier.places.get(stop.id)) for stop in file.stops],
        notices=dossier.located.notices,
        unused=sum(len(unused) for _, unused in coverages.values()),
        sentences=sum(1 for text in dossier.texts.values() for _ in text.sentences()),
        left_out=sum(len(source.left_out) for source in file.sources),
        dated_lines=sum(meeting.date_basis == "dated-line" for meeting in file.meetings),
    )


def _groups(dossier: Dossier) -> list[list[dict[str, Any]]]:
    """All sources in their independent groups."""
    sources = dossier.trip.sources
    groups = dossier.agreement.independence.groups(sources)
    return [[source_facts(sources[source]) for source in group] for group in groups]


def _inferred(dossier: Dossier) -> list[dict[str, Any]]:
    """Every day and order of a stop that was concluded rather than read, with its reason."""
    references = References(dossier)
    found = []
    for stop in dossier.trip.file.stops:
        if stop.date_basis == "inferred":
            refs = references.of(stop.date_evidence)
            found.append({"what": f"{stop.name}: {stop_days(stop)}", "reason": stop.date_reason, "refs": refs})
        if stop.order_basis == "inferred":
            refs = references.of(stop.order_evidence)
            found.append({"what": f"{stop.name}: its place in the order", "reason": stop.order_reason, "refs": refs})
    return found
