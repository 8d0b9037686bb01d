"""The speaker notes: everything that a slide has no room for, each claim with its source and passage."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.exports.view import View
from dashboard.exports.words import (
    about_view,
    also,
    difference_lines,
    filed,
    held,
    meeting_when,
    participants,
    quote_evidence,
    quote_when,
    quoted,
    references,
    source_line,
    speaker,
    stop_when,
    whole_lines,
)
from dashboard.facts import stop_facts
from dashboard.model import Disagreement, Meeting, Quote, Stop, TextQuote


def opening(view: View) -> str:
    """What the deck is, and its stops."""
    told = [stop_facts(view.dossier, stop) for stop in view.stops]
    stops = [f"{facts.number}. {facts.place}: {stop_when(facts)}" for facts in told]
    dates = _cited(view, view.trip.file.date_evidence)
    summary = [line for item in view.trip.file.summary for line in (item.text, *_cited(view, item.evidence))]
    whole = whole_lines(view)
    return "\n".join(
        [
            *about_view(view),
            *(["", "The summary's passages", *summary] if summary else []),
            *(["", "The whole trip", *whole] if whole else []),
            *("", "Stops", *stops, "", "The dates of the trip", *dates),
        ]
    )


def stop(view: View, stop: Stop) -> str:
    """The stop's dates and status, all its meetings and all its quotations, and where sources differ."""
    trip, facts = view.trip, stop_facts(view.dossier, stop)
    lines = [facts.place, "", f"When: {stop_when(facts)}", *_cited(view, stop.date_evidence)]
    if stop.order_basis == "inferred":
        lines += [f"Order inferred: {stop.order_reason}", *_cited(view, stop.order_evidence)]
    lines += [f"Status: {facts.status_words}. {facts.status_reason}", *_cited(view, stop.status_evidence)]
    lines += [f"Sources: {facts.verdict}", *(fact.sentence for fact in facts.shown)]
    if not facts.located_as:
        lines += ["Not located, so it has no marker on the map."]
    for meeting in trip.meetings_at[stop.id]:
        lines += ["", *_meeting(view, meeting)]
    for quote in trip.quotes_at[stop.id]:
        lines += ["", *_quote(view, quote)]
    for item in trip.disagreements_at[stop.id]:
        lines += ["", *difference_lines(trip, item)]
    return "\n".join(lines)


def closing(view: View) -> str:
    """Every source, and every difference with what each source holds."""
    lines = ["Sources", *(source_line(source) for source in view.trip.file.sources)]
    for item in disputes(view):
        lines += ["", *difference_lines(view.trip, item)]
    return "\n".join(lines)


def disputes(view: View) -> list[Disagreement]:
    """The view's differences of substance, those about a stop that is not surely visited first."""
    unsure = {stop.id for stop in view.stops if stop.status in ("disputed", "reported", "announced")}
    substance = [item for item in view.disagreements if item.kind == "substance"]
    return sorted(substance, key=lambda item: not unsure.intersection(item.stops))


def _cited(view: View, evidence: Iterable[TextQuote]) -> list[str]:
    return [f"    {line}" for line in references(view.trip, evidence)]


def _meeting(view: View, meeting: Meeting) -> list[str]:
    people = ", ".join(participants(view.trip, meeting))
    verdict = view.dossier.agreement.meeting(meeting.id).verdict
    lines = [f"Meeting: {meeting.title}", f"{meeting_when(meeting)}; {held(meeting)}; {verdict}"]
    lines += [f"With {people}"] if people else []
    return [*lines, *([meeting.note] if meeting.note else []), *_cited(view, meeting.evidence)]


def _quote(view: View, quote: Quote) -> list[str]:
    lines = [f"Quote: {quoted(quote)}", f"{speaker(view.trip, quote)}; {quote_when(quote)}"]
    lines += [filed(quote)] if filed(quote) else []
    return [*lines, *also(view.trip, quote), *_cited(view, quote_evidence(quote))]
