"""Whether sources can be told apart by what readers see of them, and names are those that the texts use."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dashboard.doubts.case import Case, Doubt
from dashboard.mentions import plain
from dashboard.problems import Path
from dashboard.prose import prose_of

_BRACES = re.compile(r"\{([^{}]*)\}")


def names_in_braces_are_sources(case: Case) -> Iterator[Doubt]:
    """What stands in braces in curated words is the id of a source; readers see anything else with its braces."""
    for path, text in prose_of(case.trip.file):
        for match in _BRACES.finditer(text):  # the ids of sources have given way to labels when the trip was opened
            yield Doubt(
                path,
                f"expected the id of a source in braces, found {match[0]}, which readers see as it is; correct the id",
                words=match[0],
            )


def sources_have_labels(case: Case) -> Iterator[Doubt]:
    """Readers see a source by its label; a title in its place is long, and may be cut."""
    for index, source in enumerate(case.trip.file.sources):
        if not source.label:
            yield Doubt(
                ("sources", index, "label"),
                "expected a label, found none; add two or three words by which readers know this source",
            )


def labels_differ(case: Case) -> Iterator[Doubt]:
    """No two sources have the same label."""
    first: dict[str, str] = {}
    for index, source in enumerate(case.trip.file.sources):
        other = first.setdefault(" ".join((source.label or source.id).casefold().split()), source.id)
        if source.label and other != source.id:
            yield Doubt(
                ("sources", index, "label"),
                f"expected a label of its own, found {source.label!r}, which source {other} has too; change one",
            )


def spellings_are_used(case: Case) -> Iterator[Doubt]:
    """Every spelling of a place, and every variant of a name, stands in a text."""
    text = "\n".join(map(plain, case.trip.texts.values()))
    words = frozenset(re.findall(r"\w+", text))
    for path, spelling in _spellings(case):
        wanted = plain(spelling)
        if wanted not in words and wanted not in text:
            yield Doubt(
                path,
                f"expected a spelling that a source uses, found {spelling!r} in none; spell it as a source does, or "
                "remove it",
                words=spelling,
            )


def _spellings(case: Case) -> Iterator[tuple[Path, str]]:
    file = case.trip.file
    for index, stop in enumerate(file.stops):
        yield ("stops", index, "name"), stop.name
        yield from ((("stops", index, "spellings"), words) for words in stop.spellings)
    for index, country in enumerate(file.countries):
        yield from ((("countries", index, "spellings"), words) for words in country.spellings)
    for index, disagreement in enumerate(file.disagreements):
        yield from ((("disagreements", index, "variants"), words) for words in disagreement.variants)
