"""A trip folder -> a verified :class:`~dashboard.model.Trip`, or every problem at once.

A trip folder holds ``trip.toml`` and the source texts it names. Nothing of it is trusted before it is checked: every
quoted passage must stand exactly once in its source's article body (or a photo caption), every id must exist, every
inferred date must give its reason, every text must have the recorded SHA-256.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args, get_origin

from pydantic import ValidationError

from dashboard.model import Passage, Source, TextQuote, Trip, TripFile, text_quotes
from dashboard.problems import Findings, Lines, Problem, TripError
from dashboard.prose import bare, label, prose_of, worded
from dashboard.sources import (
    EVIDENCE_FURNITURE,
    PassageNotFoundError,
    SourceText,
    Span,
    furniture_spans,
)

TRIP_FILE = "trip.toml"
COLLECTIONS = ("sources", "stops", "people", "meetings", "releases", "quotes", "excerpts", "disagreements")


def load_trip(folder: Path) -> Trip:
    """Read and verify the trip in ``folder``.

    Raises:
        TripError: with every problem found, each naming file, line, what was expected, what came and what to do.
    """
    text = _read_trip_file(folder)
    data = _toml(text)
    report = Findings(TRIP_FILE, Lines(text))
    file, ids = _parse(data, report), _ids(data)
    texts = _source_texts(folder, file, report)
    passages = _passages(file, texts, ids["sources"], report)
    _check_ids(file, ids, report)
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
    return Lines(_read_trip_file(folder))


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


def _read_trip_file(folder: Path) -> str:
    path = folder / TRIP_FILE
    if not folder.is_dir():
        raise TripError(
            [
                _file_problem(
                    str(folder),
                    "expected a trip folder, found none here; name the folder that holds trip.toml",
                )
            ]
        )
    return _read_text(path, TRIP_FILE, "write one (the README shows an example) or name another folder")


def _read_text(path: Path, name: str, remedy: str) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        raise TripError([_file_problem(name, f"expected this file in {path.parent}, found none; {remedy}")]) from None
    except UnicodeDecodeError as error:
        found = f"the byte {error.object[error.start]:#04x} at position {error.start}"
        message = f"expected UTF-8 text, found {found}; save the file as UTF-8"
        raise TripError([_file_problem(name, message)]) from None
    except (OSError, ValueError) as error:  # ValueError: the name has a character that no file name has
        reason = getattr(error, "strerror", None) or error
        raise TripError(
            [_file_problem(name, f"could not be read ({reason}); check the path and its permissions")]
        ) from None


def _file_problem(name: str, message: str) -> Problem:
    return Problem(name, None, "", message)


def _toml(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # not only TOMLDecodeError: a number may be too long, a list too deep
        raise TripError([_toml_problem(text, error)]) from None


def _parse(data: Mapping[str, Any], report: Findings) -> TripFile:
    """The file, or, where it has mistakes of shape, the part without them: so its other mistakes are told as well."""
    try:
        return TripFile.model_validate(data)
    except ValidationError as error:
        for item in error.errors(include_url=False):
            path = tuple(step for step in item["loc"] if step != "function-after")
            if not _only_follows(item):
                report.add(path, _in_words(item), record=_record_id(data, path))
    return _valid_part(data, report)


def _valid_part(data: Mapping[str, Any], report: Findings) -> TripFile:
    part: dict[str, Any] = dict.fromkeys(TripFile.model_fields)
    if isinstance(data.get("traveller"), str):
        part["traveller"] = data["traveller"]
    lists = {name: key.annotation for name, key in TripFile.model_fields.items() if get_origin(key.annotation) is tuple}
    for name, annotation in lists.items():
        kind = get_args(annotation)[0]
        records, numbers = [], []
        for number, record in enumerate(_listed(data, name)):
            with contextlib.suppress(ValidationError):
                records.append(kind.model_validate(record))
                numbers.append(number)
        part[name], report.kept[name] = tuple(records), numbers
    return TripFile.model_construct(**part)


def _listed(data: Mapping[str, Any], name: str) -> list[Any]:
    return data[name] if isinstance(data.get(name), list) else []


def _ids(data: Mapping[str, Any]) -> dict[str, set[str]]:
    """The ids of all records by collection, also of those whose shape is wrong."""
    return {
        name: {str(record["id"]) for record in _listed(data, name) if isinstance(record, dict) and "id" in record}
        for name in COLLECTIONS
    }


def _toml_problem(text: str, error: Exception) -> Problem:
    _, _, tail = str(error).partition("at line ")
    number = tail.split(",")[0]
    line = int(number) if number.isdigit() else text.count("\n") + 1
    return Problem(TRIP_FILE, line, "", f"expected TOML, found a mistake: {error}; correct the line")


def _only_follows(item: Mapping[str, Any]) -> bool:
    """Whether a list is called too short only because mistakes in its items, told already, leave it fewer."""
    return bool(item["type"] == "too_short" and len(item["input"]) >= item["ctx"]["min_length"])


def _in_words(item: Mapping[str, object]) -> str:
    """A pydantic error as expected / found / remedy."""
    kind, message = str(item["type"]), str(item["msg"]).removeprefix("Value error, ")
    if kind == "extra_forbidden":
        return "expected one of the keys of this table, found an unknown one; correct its spelling or remove it"
    if kind == "missing":
        return "expected this key, found none; add it"
    if kind == "value_error":
        return f"{message}; correct the record"
    found = repr(item["input"])
    return f"{message}, found {found if len(found) <= 80 else found[:79] + '…'}; correct the value"


def _record_id(data: Mapping[str, object], path: tuple[str | int, ...]) -> str | None:
    """The id of the record that a path leads into, so that a message can name it."""
    if len(path) < 2 or not isinstance(path[1], int):
        return None
    table = data.get(str(path[0]))
    record = table[path[1]] if isinstance(table, list) and path[1] < len(table) else None
    return str(record["id"]) if isinstance(record, dict) and "id" in record else None


def _source_texts(folder: Path, file: TripFile, report: Findings) -> dict[str, SourceText]:
    texts = {}
    for index, source in enumerate(file.sources):
        path: tuple[str | int, ...] = ("sources", index)
        text = _source_text(folder, source, path, report)
        if text is not None:
            texts[source.id] = SourceText(source.id, text, _furniture(source, text, path, report))
    return texts


def _source_text(folder: Path, source: Source, path: tuple[str | int, ...], report: Findings) -> str | None:
    if Path(source.file).name != source.file:
        report.add(
            (*path, "file"),
            f"expected a file name in the trip folder, found {source.file!r}; name the file without a path",
            record=source.id,
        )
        return None
    try:
        text = _read_text(folder / source.file, source.file, "add it or correct its name in trip.toml")
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
    passages = {}
    for path, quote, record in _all_quotes(file):
        if quote.source not in known:
            report.add(
                path,
                f"expected one of the sources {', '.join(sorted(known))}, found {quote.source!r}; correct it",
                record=record,
                words=quote.exact,
            )
        elif quote.source in texts:
            passage = _verified(quote, texts[quote.source], path, record, report)
            if passage:
                passages[quote] = passage
    return passages


def _verified(
    quote: TextQuote, source: SourceText, path: tuple[str | int, ...], record: str | None, report: Findings
) -> Passage | None:
    try:
        passage = source.find(quote)
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


def _check_ids(file: TripFile, ids: Mapping[str, Set[str]], report: Findings) -> None:
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
