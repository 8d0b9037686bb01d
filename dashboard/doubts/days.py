"""Whether the days that a trip gives are those of its passages, and days of the trip."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dashboard.doubts.case import Case, Doubt, listed
from dashboard.mentions import weekdays_in
from dashboard.model import DayBasis, TextQuote, TripFile
from dashboard.problems import Path

_WEEK = dt.timedelta(days=7)
_BASIS_REMEDY = 'correct the day, add the passage that gives it, or call it "inferred" and say from what'
_PLAIN_REMEDY = "correct the day, or add the passage that gives it"


class _Claim(NamedTuple):
    """A day that the trip file gives, how it says that it is known, and the passages it rests on."""

    path: Path
    day: dt.date
    basis: DayBasis
    evidence: Sequence[TextQuote]
    remedy: str = _BASIS_REMEDY


def stated_days_are_given(case: Case) -> Iterator[Doubt]:
    """A day that is not called inferred is given by one of the passages it rests on."""
    for claim in _claims(case.trip.file):
        if claim.basis != "inferred" and not _holding(case, claim):
            given = (days.words for quote in claim.evidence for days in case.days(quote.exact))
            yield Doubt(
                claim.path,
                f"expected one of the passages it rests on to give the day {claim.day}, found "
                f"{listed(given, none='no day')} in them; {claim.remedy}",
            )


def dated_lines_are_called_so(case: Case) -> Iterator[Doubt]:
    """A day that nothing gives but a dated line of a list of documents may be that of the document's release."""
    told: set[Path] = set()
    for claim in _claims(case.trip.file):
        path = (*claim.path[:-1], "date_basis")
        if path not in told and _is_by_dated_line(case, claim):
            told.add(path)  # once for a stop's two days
            remedy = 'call it "dated-line", or add a passage that gives the day of the event'
            if claim.path[-1] == "depart":
                remedy += ', or give the departure a depart_basis "inferred" with its reason'
            yield Doubt(
                path,
                f'expected "dated-line", found "stated", though nothing gives the day {claim.day} but a dated line of '
                f"a list of documents, which may be dated by the release; {remedy}",
            )


def _is_by_dated_line(case: Case, claim: _Claim) -> bool:
    if claim.path[0] not in ("meetings", "stops") or claim.basis != "stated":
        return False
    holding = _holding(case, claim)
    return bool(holding) and all(case.is_dated_line(case.trip.passage(quote)) for quote in holding)


def days_are_of_the_trip(case: Case) -> Iterator[Doubt]:
    """What happens at a stop, a meeting or where words are spoken lies between the trip's first and last day."""
    file = case.trip.file
    for claim in _claims(file):
        if claim.path[0] in ("stops", "meetings", "quotes") and not file.start <= claim.day <= file.end:
            yield Doubt(
                claim.path,
                f"expected a day of the trip, {file.start} to {file.end}, found {claim.day}; correct the day, or the "
                "trip's start or end",
            )


def _claims(file: TripFile) -> Iterator[_Claim]:
    yield _Claim(("start",), file.start, "stated", file.date_evidence, _PLAIN_REMEDY)
    yield _Claim(("end",), file.end, "stated", file.date_evidence, _PLAIN_REMEDY)
    for index, source in enumerate(file.sources):
        if source.date:
            yield _Claim(("sources", index, "date"), source.date, source.date_basis or "stated", source.date_evidence)
    yield from _stop_claims(file)
    for index, meeting in enumerate(file.meetings):
        if meeting.date:
            yield _Claim(("meetings", index, "date"), meeting.date, meeting.date_basis or "stated", meeting.evidence)
    for index, release in enumerate(file.releases):
        yield _Claim(("releases", index, "date"), release.date, "stated", (release.passage,), _PLAIN_REMEDY)
    yield from _quote_claims(file)


def _stop_claims(file: TripFile) -> Iterator[_Claim]:
    for index, stop in enumerate(file.stops):
        bases = {"arrive": stop.date_basis, "depart": stop.depart_basis or stop.date_basis}
        for key, basis in bases.items():
            if day := getattr(stop, key):
                yield _Claim(("stops", index, key), day, basis, stop.date_evidence)


def _quote_claims(file: TripFile) -> Iterator[_Claim]:
    """The days of quotations; one known by a dated line alone has it from the meeting at which it was spoken."""
    meetings = {meeting.id: meeting.evidence for meeting in file.meetings}
    for index, quote in enumerate(file.quotes):
        if quote.date:
            own = [q for report in quote.reports for q in (*report.attribution, *report.passages)]
            of_meeting = meetings.get(quote.meeting or "", ()) if quote.date_basis == "dated-line" else ()
            evidence = (*own, *of_meeting)
            yield _Claim(("quotes", index, "date"), quote.date, quote.date_basis or "stated", evidence)


def _holding(case: Case, claim: _Claim) -> list[TextQuote]:
    """The passages of a claim that give its day."""
    is_of_source = claim.path[0] == "sources"
    return [
        quote
        for quote in claim.evidence
        if any(days.hold(claim.day) for days in case.days(quote.exact))
        or (not is_of_source and _is_its_weekday(case, claim.day, quote))
    ]


def _is_its_weekday(case: Case, day: dt.date, quote: TextQuote) -> bool:
    """Whether a passage names the day's weekday and its text is of that week: "on Tuesday" is the nearest one.

    The date of a text is no such day: it would rest on itself.
    """
    written = case.trip.sources[quote.source].date
    return written is not None and abs(day - written) < _WEEK and day.weekday() in weekdays_in(quote.exact)
