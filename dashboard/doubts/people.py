"""Whether those who are said to speak, to meet and to be something are named so in the passages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dashboard.doubts.case import Case, Doubt, listed, says
from dashboard.model import Quote, Report, TextQuote
from dashboard.problems import Path

_PRONOUN = re.compile(r"\b(?:he|she|they|him|her|them|his|their|who)\b", re.IGNORECASE)


def speakers_are_named(case: Case) -> Iterator[Doubt]:
    """A speaker is named where the words are attributed, or beside it where a pronoun stands for the name."""
    for path, quote, report in _reports(case):
        if quote.speaker and not _is_said_by(case, quote.speaker, report):
            name = case.trip.people[quote.speaker].name
            found = listed(
                case.trip.people[id_].name for q in report.attribution for id_ in case.names.named_in(q.exact)
            )
            yield Doubt(
                (*path, "attribution" if "also" in path else "speaker"),
                f"expected the attribution, or a sentence beside it, to name the speaker {name} in a known spelling, "
                f"found {found} in the attribution; name the speaker whom the text names, or add the passage that does",
                words=report.attribution[0].exact if "also" in path else "",
            )


def voices_are_quoted(case: Case) -> Iterator[Doubt]:
    """A voice is the text's own words, so they stand where the text attributes the quotation."""
    for index, quote in enumerate(case.trip.file.quotes):
        given = (q.exact for report in quote.reports for q in report.attribution)
        if quote.voice and not any(says(quote.voice, text) for text in given):
            yield Doubt(
                ("quotes", index, "voice"),
                f"expected a voice that stands in an attribution passage, found {quote.voice!r} in none; "
                "copy the words from the attribution, or add the passage that has them",
            )


def listed_people_are_named(case: Case) -> Iterator[Doubt]:
    """Whoever is listed with a meeting, an excerpt or a disagreement is named in a passage of it.

    In an excerpt, which is a single passage, a pronoun may stand for whom a sentence beside it names.
    """
    for path, people, quotes in _listed_people(case):
        for id_ in people:
            named = any(case.names.is_named(id_, quote.exact) for quote in quotes)
            if not named and not (path[0] == "excerpts" and _is_meant(case, id_, quotes[0])):
                name = case.trip.people[id_].name
                yield Doubt(
                    path,
                    f"expected a passage of this record that names {name} in a known spelling, found none; "
                    "add such a passage, add the spelling to the person, or remove the person from the list",
                    words=id_,
                )


def roles_are_given(case: Case) -> Iterator[Doubt]:
    """A role is in the words of the passage that gives it; of a speaker also in those of the speaker's record."""
    for index, person in enumerate(case.trip.file.people):
        for at, role in enumerate(person.roles):
            if not any(says(role.role, quote.exact) for quote in role.evidence):
                yield _role(("people", index, "roles", at, "role"), role.role, "its evidence")
    for path, quote, report in _reports(case):
        known = case.trip.people[quote.speaker].roles if quote.speaker else ()
        texts = (*(q.exact for q in report.attribution), *(role.role for role in known))
        if report.role and not any(says(report.role, text) for text in texts):
            yield _role((*path, "role"), report.role, "the attribution or among the speaker's roles")


def _role(path: Path, role: str, where: str) -> Doubt:
    message = f"expected a role that stands in {where}, found {role!r}, which does not"
    return Doubt(path, f"{message}; copy it from the text, or add the passage that gives it", words=role)


def _reports(case: Case) -> Iterator[tuple[tuple[str | int, ...], Quote, Report]]:
    """Every text's report of each quotation, with the path of the record it stands in."""
    for index, quote in enumerate(case.trip.file.quotes):
        leading, *others = quote.reports
        yield ("quotes", index), quote, leading
        for at, report in enumerate(others):
            yield ("quotes", index, "also", at), quote, report


def _listed_people(case: Case) -> Iterator[tuple[Path, tuple[str, ...], tuple[TextQuote, ...]]]:
    file = case.trip.file
    for index, meeting in enumerate(file.meetings):
        yield ("meetings", index, "people"), meeting.people, meeting.evidence
    for index, excerpt in enumerate(file.excerpts):
        yield ("excerpts", index, "people"), excerpt.people, (excerpt.passage,)
    for index, disagreement in enumerate(file.disagreements):
        evidence = tuple(position.evidence for position in disagreement.positions)
        yield ("disagreements", index, "people"), disagreement.people, evidence


def _is_said_by(case: Case, person: str, report: Report) -> bool:
    """Whether a report's attribution names the person, or names nobody else and a sentence beside it does.

    What lies behind is asked only where nobody is named before: "she" is the one whom a reader has met already.
    """
    spoken, given = case.passages(report.passages), case.passages(report.attribution)
    texts = [case.text_without(passage.source, passage, spoken) for passage in given]
    if any(case.names.is_named(person, text) for text in texts):
        return True
    if any(case.names.named_in(text) and not _PRONOUN.search(text) for text in texts):
        return False  # it says who speaks, and that is another
    near = [
        [
            case.text_without(passage.source, span, spoken)
            for passage in (*given, *spoken)
            for span in case.sentences_at(passage, before=1, behind=behind)
        ]
        for behind in (0, 1)
    ]
    texts = near[0] if any(map(case.names.named_in, near[0])) else near[1]
    return any(case.names.is_named(person, text) for text in texts)


def _is_meant(case: Case, person: str, quote: TextQuote) -> bool:
    """Whether a passage has a pronoun, and its sentences or the one before it name the person."""
    text, passage = case.trip.texts[quote.source], case.trip.passage(quote)
    return bool(_PRONOUN.search(quote.exact)) and any(
        case.names.is_named(person, text[span.start : span.end]) for span in case.sentences_at(passage, before=1)
    )
