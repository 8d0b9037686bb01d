"""Whether what a verdict counts has been judged by a person where the words alone do not say it."""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.doubts.case import Case, Doubt


def implied_places_have_reasons(case: Case) -> Iterator[Doubt]:
    """A source whose passages on a stop name neither the place nor its country needs a reason why it is meant."""
    file, agreement = case.trip.file, case.dossier.agreement
    for index, stop in enumerate(file.stops):
        for cell in agreement.stop(stop.id).cells:
            if cell.level == "implied" and not cell.reason:
                yield Doubt(
                    ("stops", index, "implied"),
                    f"expected a passage of source {cell.source} that names {stop.name} or its country, found "
                    f"{cell.passages[0].text[:60]!r}; add the spelling, or say under implied why it is meant",
                )


def shared_wording_is_explained(case: Case) -> Iterator[Doubt]:
    """Two sources that have a run of words in common are declared to share wording, or the run is explained."""
    order = list(case.trip.sources)
    for (first, second), runs in case.dossier.agreement.independence.undeclared.items():
        longest = max(runs, key=lambda run: run.words)
        yield Doubt(
            ("sources", order.index(second), "shares_wording_with"),
            f"expected source {first} among those that it shares wording with, for both have {longest.second.text!r}"
            f"{_more(len(runs) - 1)}; declare it, or say under coincides_with why the words are no sign of one origin",
        )


def _more(count: int) -> str:
    return f" and {count} more run{'' if count == 1 else 's'} of eight words" if count else ""
