"""Jinja2 with autoescape, and numbered references: what every page needs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from dashboard.dossier import Dossier
from dashboard.model import Passage, Source, TextQuote
from dashboard.prose import Prose, label
from dashboard.terms import KIND_WORDS


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("dashboard", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["linked"] = linked
    return environment


def linked(text: str) -> Markup:
    """Curated words as HTML: each source that they name is a link to its text."""
    if not isinstance(text, Prose):
        return escape(text)
    link = Markup('<a class="named" href="?source={0}" data-source="{0}">{1}</a>')
    return Markup("").join(link.format(source, words) if source else words for words, source in text.pieces)


def render(template: str, **values: Any) -> str:
    """The template's HTML; every value is escaped."""
    return _environment().get_template(template).render(values)


@dataclass
class References:
    """Numbers the passages of one page, in the order in which they are first referred to."""

    dossier: Dossier
    _numbers: dict[Passage, int] = field(default_factory=dict)

    def of(self, evidence: Iterable[TextQuote]) -> list[dict[str, Any]]:
        """References to quoted passages, as the template ``macros.html`` shows them."""
        return [self.to(self.dossier.trip.passage(quote)) for quote in evidence]

    @property
    def passages(self) -> tuple[Passage, ...]:
        """What was referred to so far, in the order of the numbers, which count from 1."""
        return tuple(self._numbers)

    def to(self, passage: Passage) -> dict[str, Any]:
        """A reference to one passage."""
        return {
            "number": self._numbers.setdefault(passage, len(self._numbers) + 1),
            "source": passage.source,
            "label": label(self.dossier.trip.sources[passage.source]),
            "passage": passage_id(passage),
            "text": passage.text,
            "caption": self.dossier.texts[passage.source].kind_at(passage.start) == "caption",
        }


def passage_id(passage: Passage) -> str:
    """A passage as links name it: its first and last character, ``start-end``."""
    return f"{passage.start}-{passage.end}"


def source_facts(source: Source) -> dict[str, Any]:
    """What heads a source wherever it is shown: title, kind, and date with how it is known."""
    return {
        "id": source.id,
        "label": label(source),
        "title": source.title,
        "title_reason": source.title_reason if source.title_basis == "inferred" else None,
        "kind": KIND_WORDS[source.kind],
        "kind_reason": source.kind_reason,
        "publisher": source.publisher,
        "date": source.date,
        "date_reason": source.date_reason if source.date_basis == "inferred" else None,
        "dated": source.date is not None,
    }
