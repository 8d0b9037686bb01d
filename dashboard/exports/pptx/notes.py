"""The speaker notes: everything that a slide has no room for, each claim with its source and passage."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.exports.portion import Portion
from dashboard.exports.words import (
    about_portion,
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


def opening(portion: Portion) -> str:
    """What the deck is, and its stops."""
    told = [stop_facts(portion.dossier, stop) for stop in portion.stops]
    stops = [f"{facts.number}. {facts.place}: {stop_when(facts)}" for facts in told]
    dates = _cited(portion, portion.trip.file.date_evidence)
    summary = [line for item in portion.trip.file.summary for line in (item.text, *_cited(portion, item.evidence))]
    whole = whole_lines(portion)
    return "\n".join(
        [
            *about_portion(portion),
            *(["", "The summary's passages", *summary] if summary else []),
            *(["", "The whole trip", *whole] if whole else []),
            *("", "Stops", *stops, "", "The dates of the trip", *dates),
        ]
    )


def stop(portion: Portion, stop: Stop) -> str:
    """The stop's dates and status, all its meetings and all its quotations, and where sources differ."""
    trip, facts = portion.trip, stop_facts(portion.dossier, stop)
    lines = [facts.place, "", f"When: {stop_when(facts)}", *_cited(portion, stop.date_evidence)]
    if stop.order_basis == "inferred":
        lines += [f"Order inferred: {stop.order_reason}", *_cited(portion, stop.order_evidence)]
    lines += [f"Status: {facts.status_words}. {facts.status_reason}", *_cited(portion, stop.status_evidence)]
    lines += [f"Sources: {facts.verdict}", *(fact.sentence for fact in facts.shown)]
    if not facts.located_as:
        lines += ["Not located, so it has no marker on the map."]
    for meeting in trip.meetings_at[stop.id]:
        lines += ["", *_meeting(portion, meeting)]
    for quote in trip.quotes_at[stop.id]:
        lines += ["", *_quote(portion, quote)]
    for item in trip.disagreements_at[stop.id]:
        lines += ["", *difference_lines(trip, item)]
    return "\n".join(lines)


def closing(portion: Portion) -> str:
    """Every source, and every difference with what each source holds."""
    lines = ["Sources", *(source_line(source) for source in portion.trip.file.sources)]
    for item in disputes(portion):
        lines += ["", *difference_lines(portion.trip, item)]
    return "\n".join(lines)


def disputes(portion: Portion) -> list[Disagreement]:
    """The view's differences of substance, those about a stop that is not surely visited first."""
    unsure = {stop.id for stop in portion.stops if stop.status in ("disputed", "reported", "announced")}
    substance = [item for item in portion.disagreements if item.kind == "substance"]
    return sorted(substance, key=lambda item: not unsure.intersection(item.stops))


def _cited(portion: Portion, evidence: Iterable[TextQuote]) -> list[str]:
    return [f"    {line}" for line in references(portion.trip, evidence)]


def _meeting(portion: Portion, meeting: Meeting) -> list[str]:
    people = ", ".join(participants(portion.trip, meeting))
    verdict = portion.dossier.agreement.meeting(meeting.id).verdict
    lines = [f"Meeting: {meeting.title}", f"{meeting_when(meeting)}; {held(meeting)}; {verdict}"]
    lines += [f"With {people}"] if people else []
    return [*lines, *([meeting.note] if meeting.note else []), *_cited(portion, meeting.evidence)]


def _quote(portion: Portion, quote: Quote) -> list[str]:
    lines = [f"Quote: {quoted(quote)}", f"{speaker(portion.trip, quote)}; {quote_when(quote)}"]
    lines += [filed(quote)] if filed(quote) else []
    return [*lines, *also(portion.trip, quote), *_cited(portion, quote_evidence(quote))]
