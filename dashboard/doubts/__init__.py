"""What a trip claims and its passages do not bear out: warnings, in the same form as problems.

A trip with doubts opens all the same, for each of them may be right after all: the reader of a text knows more than
the words show. Each rule is a function that is given the :class:`Case` and yields its doubts; ``RULES`` lists them.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator

from dashboard.dossier import Dossier
from dashboard.doubts import agreement, days, geography, labels, people
from dashboard.doubts.case import Case, Doubt
from dashboard.problems import MOST_TOLD, EnoughError, Findings, Lines, Problem
from dashboard.trip_file import TRIP_FILE
from dashboard.trips import record_id

__all__ = ["RULES", "Case", "Doubt", "doubts"]

Rule = Callable[[Case], Iterator[Doubt]]

#: All rules. One that is about something else goes into a file of its own in this folder, and here into the list.
RULES: tuple[Rule, ...] = (
    people.speakers_are_named,
    people.voices_are_quoted,
    people.listed_people_are_named,
    people.roles_are_given,
    days.stated_days_are_given,
    days.dated_lines_are_called_so,
    days.days_are_of_the_trip,
    geography.countries_fit_their_codes,
    geography.spelled_countries_fit_their_codes,
    geography.queries_fit_their_countries,
    labels.names_in_braces_are_sources,
    labels.sources_have_labels,
    labels.labels_differ,
    labels.spellings_are_used,
    agreement.implied_places_have_reasons,
    agreement.shared_wording_is_explained,
)


def doubts(dossier: Dossier, lines: Lines, most: int = MOST_TOLD) -> list[Problem]:
    """What in a trip its passages do not bear out, in the order of its file; ``most`` of it at most."""
    case, findings = Case(dossier), Findings(TRIP_FILE, lines, most=most)
    with contextlib.suppress(EnoughError):
        for doubt in (doubt for rule in RULES for doubt in rule(case)):
            record = record_id(case.trip.file, doubt.path)
            findings.add(doubt.path, doubt.message, record=record, words=doubt.words)
    return findings.in_order()
