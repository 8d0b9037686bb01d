"""Curated words that name sources: ``{002}`` in the trip file, the source's label wherever a reader sees it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from typing import Any, TypeVar

from dashboard.model import Record, Source

R = TypeVar("R", bound=Record)

_NAMED = re.compile(r"\{([a-z0-9]+(?:-[a-z0-9]+)*)\}")
_BARE = re.compile(r"(?<![\w{.,-])[a-z0-9]+(?:-[a-z0-9]+)*(?![\w}-])")


class Prose(str):
    """A text that names sources by their labels; ``pieces`` tell pages which part of it is which source.

    Each piece is its words and the id of the source that they name, or None.
    """

    pieces: tuple[tuple[str, str | None], ...]

    def __new__(cls, pieces: tuple[tuple[str, str | None], ...]) -> Prose:
        """Make the text of its pieces."""
        text = super().__new__(cls, "".join(words for words, _ in pieces))
        text.pieces = pieces
        return text

    def __getnewargs__(self) -> tuple[tuple[tuple[str, str | None], ...]]:  # type: ignore[override]
        """What a copy in another process is made of (pickle)."""
        return (self.pieces,)


def label(source: Source) -> str:
    """What readers see of a source: its label, or its title where it has none."""
    if source.label:
        return source.label
    return source.title if len(source.title) <= 40 else source.title[:39].rsplit(" ", 1)[0] + "…"


def worded(record: R, labels: Mapping[str, str]) -> R:
    """The record, and all in it, with each source that its prose names shown by its label."""
    values = {name: getattr(record, name) for name in type(record).model_fields}
    new = {name: _worded(name in record.prose, value, labels) for name, value in values.items()}
    changed = {name: value for name, value in new.items() if value is not values[name]}
    return record.model_copy(update=changed) if changed else record


def _worded(is_prose: bool, value: Any, labels: Mapping[str, str]) -> Any:
    """The value with labels; the very same value where it names no source."""
    if isinstance(value, Record):
        return worded(value, labels)
    if isinstance(value, tuple):
        new = tuple(_worded(is_prose, item, labels) for item in value)
        return value if all(a is b for a, b in zip(new, value, strict=True)) else new
    return Prose(tuple(_pieces(value, labels))) if is_prose and isinstance(value, str) and "{" in value else value


def _pieces(text: str, labels: Mapping[str, str]) -> Iterator[tuple[str, str | None]]:
    at = 0
    for match in _NAMED.finditer(text):
        if match[1] in labels:
            yield text[at : match.start()], None
            yield labels[match[1]], match[1]
            at = match.end()
    yield text[at:], None


def prose_of(record: Record) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every curated text inside a record, with its path of keys and positions."""
    for name in type(record).model_fields:
        yield from _walk((name,), name in record.prose, getattr(record, name))


def _walk(path: tuple[str | int, ...], is_prose: bool, value: object) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(value, Record):
        for inner, text in prose_of(value):
            yield (*path, *inner), text
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _walk((*path, index), is_prose, item)
    elif is_prose and isinstance(value, str):
        yield path, value


def named(text: str) -> Iterator[str]:
    """The ids that a curated text has in braces."""
    return (match[1] for match in _NAMED.finditer(text))


def bare(text: str, ids: Set[str]) -> Iterator[str]:
    """The ids that stand in a curated text without braces, where a reader would see them.

    Only an id such as "002" or "news-1" can be told from what a text may say anyway: a source may be called "log" or
    "7", and a text speak of a log or of seven ministers.
    """
    return (match[0] for match in _BARE.finditer(text) if match[0] in ids and _is_telling(match[0]))


def _is_telling(id_: str) -> bool:
    """Whether an id can be told from other words."""
    return bool(re.search(r"\d", id_)) and not re.fullmatch(r"[1-9]\d*", id_)
