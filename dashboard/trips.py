"""A trip folder -> a verified :class:`~dashboard.model.Trip`, or every problem at once.

A trip folder holds ``trip.toml`` and the source texts it names. Nothing of it is trusted before it is checked: every
quoted passage must stand exactly once in its source's article body (or a photo caption), every id must exist, every
inferred date must give its reason, every text must have the recorded SHA-256.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import pairwise
from pathlib import Path
from typing import Any

from dashboard.country_codes import is_country
from dashboard.folder import MB, MOST_TEXT, MOST_TEXTS
from dashboard.model import Passage, Source, TextQuote, Trip, TripFile, text_quotes
from dashboard.problems import EnoughError, Findings, Lines, TripError
from dashboard.prose import bare, label, prose_of, worded
from dashboard.sources import (
    EVIDENCE_FURNITURE,
    Finder,
    PassageNotFoundError,
    SourceText,
    Span,
    furniture_spans,
)
from dashboard.trip_file import (
    COLLECTIONS,
    TRIP_FILE,
    ids_of,
    parse,
    read_text,
    read_toml,
    read_trip_file,
    shown,
)

#: Years that a day of the trip may lie from its first one.
MOST_YEARS = 100
#: Quotations of one text from which on it is quicker to look for all of them at once.
MANY = 500


def load_trip(folder: Path) -> Trip:
    """Read and verify the trip in ``folder``.

    Raises:
        TripError: with every problem found, each naming file, line, what was expected, what came and what to do.
    """
    text = read_trip_file(folder)
    data = read_toml(text)
    report = Findings(TRIP_FILE, Lines(text))
    try:
        return _verified_trip(folder, data, report)
    except EnoughError:
        raise TripError(report.in_order()) from None


def _verified_trip(folder: Path, data: Mapping[str, Any], report: Findings) -> Trip:
    file, ids = parse(data, report), ids_of(data)
    texts = _source_texts(folder, file, report)
    passages = _passages(file, texts, ids["sources"], report)
    _checkids_of(file, ids, report)
    _check_leads(file, report)
    _check_days(file, report)
    _check_countries(file, report)
    _check_people(file, texts, ids["sources"], report)
    _check_releases(file, report)
    _check_prose(file, ids["sources"], report)
    report.raise_if_any()
    labels = {source.id: label(source) for source in file.sources}
    return Trip(worded(file, labels), {id_: source.text for id_, source in texts.items()}, passages)


def lines_of(folder: Path) -> Lines:
    """The lines of a trip folder's file, to tell where in it a value stands.

    Raises:
        TripError: the file cannot be read.
    """
    return Lines(read_trip_file(folder))


def record_id(file: TripFile, path: Sequence[str | int]) -> str | None:
    """The id of the record that a path leads into, or None where it has none."""
    return str(getattr(file, str(path[0]))[path[1]].id) if path[0] in COLLECTIONS else None


def source_texts(trip: Trip) -> dict[str, SourceText]:
    """The trip's source texts with their furniture marked, by source id."""
    return {
        source.id: SourceText(
            source.id, trip.texts[source.id], furniture_spans(trip.texts[source.id], source.furniture)
        )
        for source in trip.file.sources
    }


def json_schema() -> str:
    """The JSON Schema of ``trip.toml`` as text, for editors that complete and check TOML."""
    return json.dumps(TripFile.model_json_schema(by_alias=True), indent=1, sort_keys=True) + "\n"


def _source_texts(folder: Path, file: TripFile, report: Findings) -> dict[str, SourceText]:
    texts, size = {}, 0
    for index, source in enumerate(file.sources):
        path: tuple[str | int, ...] = ("sources", index)
        text = _source_text(folder, source, path, report)
        if text is not None:
            size += len(text)
            if size > MOST_TEXTS:
                message = f"expected at most {MOST_TEXTS // MB} MB of source texts in all, found more with this one"
                report.add((*path, "file"), f"{message}; make several trips of it", record=source.id)
                break
            texts[source.id] = SourceText(source.id, text, _furniture(source, text, path, report))
    return texts


def _source_text(folder: Path, source: Source, path: tuple[str | int, ...], report: Findings) -> str | None:
    if Path(source.file).name != source.file or source.file == "..":
        report.add(
            (*path, "file"),
            f"expected a file name in the trip folder, found {shown(source.file)}; name the file without a path",
            record=source.id,
        )
        return None
    try:
        text = read_text(folder, source.file, MOST_TEXT, "add it or correct its name in trip.toml")
    except TripError as error:
        report.add((*path, "file"), error.problems[0].message, record=source.id)
        return None
    found = hashlib.sha256(text.encode("utf-8")).hexdigest()
    if found != source.sha256:
        report.add(
            (*path, "sha256"),
            f"expected the text with SHA-256 {source.sha256[:12]}…, found {found}; "
            "the text has changed: restore it, or read it again and record the new sum",
            record=source.id,
        )
    return text


def _furniture(source: Source, text: str, path: tuple[str | int, ...], report: Findings) -> tuple[Span, ...]:
    found: list[tuple[Span, int]] = []
    for index, item in enumerate(source.furniture):
        try:
            found += [(span, index) for span in furniture_spans(text, [item])]
        except PassageNotFoundError as error:
            words = item.exact or item.start or ""
            report.add(
                (*path, "furniture", index),
                f"expected this furniture in the text, but {error}; correct the words",
                record=source.id,
                words=words,
            )
    found.sort(key=lambda pair: pair[0].start)
    for (before, _), (span, index) in pairwise(found):
        if span.start < before.end:
            report.add(
                (*path, "furniture", index),
                f"expected furniture after that of kind {before.kind} before it, found them overlapping at character "
                f"{span.start}; mark each stretch of the text once",
                record=source.id,
                words=text[span.start : span.end],
            )
    return tuple(span for span, _ in found)


def _passages(
    file: TripFile, texts: Mapping[str, SourceText], known: Set[str], report: Findings
) -> dict[TextQuote, Passage]:
    passages: dict[TextQuote, Passage] = {}
    quotes = list(_all_quotes(file))
    finders = _finders((quote for _, quote, _ in quotes), texts)
    for path, quote, record in quotes:
        if quote.source not in known:
            report.add(
                path,
                f"expected one of the sources {', '.join(sorted(known))}, found {quote.source!r}; correct it",
                record=record,
                words=quote.exact,
            )
        elif quote.source in texts:
            passage = _verified(quote, texts[quote.source], finders.get(quote.source), path, record, report)
            if passage:
                passages[quote] = passage
    return passages


def _finders(quotes: Iterable[TextQuote], texts: Mapping[str, SourceText]) -> dict[str, Finder]:
    """What finds the passages of each text of which many are quoted."""
    by_source: dict[str, set[TextQuote]] = {}
    for quote in quotes:
        by_source.setdefault(quote.source, set()).add(quote)
    many = {id_: items for id_, items in by_source.items() if len(items) >= MANY and id_ in texts}
    return {id_: Finder(texts[id_].text, items) for id_, items in many.items()}


def _verified(
    quote: TextQuote,
    source: SourceText,
    finder: Finder | None,
    path: tuple[str | int, ...],
    record: str | None,
    report: Findings,
) -> Passage | None:
    try:
        passage = source.find(quote, finder)
    except PassageNotFoundError as error:
        report.add(
            path,
            f"expected a passage of source {source.id}, but {error}; quote it verbatim",
            record=record,
            words=quote.exact,
        )
        return None
    heading = path[0] == "sources" or path[-1] == "heading_evidence"
    allowed = EVIDENCE_FURNITURE | ({"heading"} if heading else set())
    furniture = source.furniture_in(passage) - allowed
    if furniture:
        report.add(
            path,
            f"expected article body, found page furniture ({', '.join(sorted(furniture))}) in {quote.exact[:60]!r}; "
            "cite the article itself",
            record=record,
            words=quote.exact,
        )
    return passage


def _all_quotes(file: TripFile) -> Iterator[tuple[tuple[str | int, ...], TextQuote, str | None]]:
    for path, quote in text_quotes(file):
        yield path, quote, record_id(file, path)


def _checkids_of(file: TripFile, ids: Mapping[str, Set[str]], report: Findings) -> None:
    for name in COLLECTIONS:
        records: tuple[Any, ...] = getattr(file, name)
        counts = Counter(record.id for record in records)
        for index, record in enumerate(records):
            if counts[record.id] > 1:
                report.add(
                    (name, index, "id"),
                    f"expected an id of its own, found {record.id!r} {counts[record.id]} times; rename one",
                    record=record.id,
                )
    for path, target, wanted, record_id in _references(file):
        if wanted not in ids[target]:
            report.add(
                path,
                f"expected the id of one of the {target}, found {wanted!r}; correct it or add the record",
                record=record_id,
                words=wanted,
            )


def _references(file: TripFile) -> Iterator[tuple[tuple[str | int, ...], str, str, str | None]]:
    """Every id that a record refers to: path, the collection it must be in, the id, the record's own id."""
    if file.traveller:  # not in a part of a file
        yield ("traveller",), "people", file.traveller, None
    singles = {"stop": "stops", "meeting": "meetings", "speaker": "people"}
    lists = {"stops": "stops", "people": "people"}
    for name in COLLECTIONS[3:]:
        for index, record in enumerate(getattr(file, name)):
            for key, target in singles.items():
                if value := getattr(record, key, None):
                    yield (name, index, key), target, value, record.id
            for key, target in lists.items():
                for value in getattr(record, key, ()):
                    yield (name, index, key), target, value, record.id
    yield from _nested_references(file)


def _nested_references(file: TripFile) -> Iterator[tuple[tuple[str | int, ...], str, str, str | None]]:
    """The ids that stand in a record of a record."""
    for index, source in enumerate(file.sources):
        for at, id_ in enumerate(source.shares_wording_with):
            yield ("sources", index, "shares_wording_with", at), "sources", id_, source.id
        for at, other in enumerate(source.coincides_with):
            yield ("sources", index, "coincides_with", at, "source"), "sources", other.source, source.id
    for index, stop in enumerate(file.stops):
        for at, item in enumerate(stop.implied):
            yield ("stops", index, "implied", at, "source"), "sources", item.source, stop.id
    for index, disagreement in enumerate(file.disagreements):
        for at, position in enumerate(disagreement.positions):
            if position.stop:
                yield ("disagreements", index, "positions", at, "stop"), "stops", position.stop, disagreement.id


def _check_leads(file: TripFile, report: Findings) -> None:
    """What leads a stop's slide is the stop's own."""
    for index, stop in enumerate(file.stops):
        for key, records in (("lead_meeting", file.meetings), ("lead_quote", file.quotes)):
            named, own = getattr(stop, key), [record.id for record in records if record.stop == stop.id]
            if named and named not in own and not report.kept:  # another part of the file may have the record
                kind = key.removeprefix("lead_") + "s"
                there = f"one of this stop's {kind} {', '.join(own)}" if own else f"nothing, as this stop has no {kind}"
                message = f"expected {there}, found {named!r}; correct it or remove the line"
                report.add(("stops", index, key), message, record=stop.id, words=named)


def _check_days(file: TripFile, report: Findings) -> None:
    """The days lie so near to each other that they can be listed: a slip of the pen must not make it millions."""
    if not file.start:  # a part of a file
        return
    for path, day, record in _days(file):
        if abs((day - file.start).days) > MOST_YEARS * 366:
            message = f"expected a day within {MOST_YEARS} years of the trip's start {file.start}, found {day}"
            report.add(path, f"{message}; correct the day", record=record)


def _days(file: TripFile) -> Iterator[tuple[tuple[str | int, ...], dt.date, str | None]]:
    """The days of the trip, its stops, and what happened at them: path, day, the record's id."""
    yield ("end",), file.end, None
    for name in ("stops", "meetings", "quotes"):
        for index, record in enumerate(getattr(file, name)):
            for key in ("arrive", "depart", "date"):
                if day := getattr(record, key, None):
                    yield (name, index, key), day, record.id


def _check_countries(file: TripFile, report: Findings) -> None:
    codes: list[tuple[tuple[str | int, ...], str, str | None]] = []
    codes += [(("stops", index, "country_code"), stop.country_code, stop.id) for index, stop in enumerate(file.stops)]
    codes += [(("countries", index, "code"), country.code, None) for index, country in enumerate(file.countries)]
    for path, code, record in codes:
        if not is_country(code):
            message = f"expected an ISO 3166-1 alpha-2 code, found {code!r}, which no country has; correct it"
            report.add(path, message, record=record)


def _check_people(file: TripFile, texts: Mapping[str, SourceText], sources: Set[str], report: Findings) -> None:
    referred = {wanted for _, target, wanted, _ in _references(file) if target == "people"}
    for index, person in enumerate(file.people):
        if person.id not in referred and not report.kept:  # another part of the file may refer to the person
            report.add(
                ("people", index, "id"),
                "expected a meeting, quotation, excerpt or disagreement that refers to this person, found none; "
                "refer to the person or remove the record",
                record=person.id,
            )
        for key, spelling in (("name", person.name), *(("spellings", spelling) for spelling in person.spellings)):
            if texts.keys() >= sources and not any(spelling in source.text for source in texts.values()):
                report.add(
                    ("people", index, key),
                    f"expected a spelling that a source uses, found {spelling!r} in none; spell it as the source does",
                    record=person.id,
                    words=spelling,
                )


def _check_prose(file: TripFile, ids: Set[str], report: Findings) -> None:
    """Curated words name a source as ``{id}``, so that readers see its label and can follow it."""
    for path, text in prose_of(file):
        for name in dict.fromkeys(bare(text, ids)):
            message = f"expected a source to be named as {{{name}}}, which readers see by its label, found {name!r}"
            report.add(path, f"{message} alone; put it in braces", record=record_id(file, path), words=text)


def _check_releases(file: TripFile, report: Findings) -> None:
    for index, release in enumerate(file.releases):
        above = release.heading_evidence
        if above and release.heading not in above.exact:
            report.add(
                ("releases", index, "heading"),
                f"expected a heading that stands in its heading_evidence, found {release.heading!r}; copy it",
                record=release.id,
            )
        if release.title not in release.passage.exact:
            report.add(
                ("releases", index, "title"),
                f"expected a title that stands in its passage, found {release.title!r}; copy it from the passage",
                record=release.id,
            )
