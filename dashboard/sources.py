"""One source text: find a quoted passage in it, give its paragraph, tell article body from page furniture."""

from __future__ import annotations

import bisect
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from dashboard.model import Furniture, FurnitureKind, Passage, TextQuote

#: Furniture that may nevertheless be evidence: a photo caption is written by the source about the event.
EVIDENCE_FURNITURE: frozenset[str] = frozenset({"caption"})

# A sentence ends with its mark, closing quotes included, before white space. "U.S. Secretary" and "Nov. 7" end no
# sentence: a single capital letter, or one of a few abbreviations, before the full stop. Only so many characters are
# looked at as the longest of them has, with the one before: a text may be of nothing else.
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"”’)]*(?=\s)|\n+")
_ABBREVIATION = re.compile(r"(?:\b[A-Z]|\b(?:Nov|Oct|Sept|Gen|Mr|Mrs|Ms|Dr|St|Lt|Col|vs))\.$")
_LONGEST = len("Sept.")
#: Places of a passage that are counted; more need no count.
_MOST_PLACES = 100
#: Characters of the beginnings by which many passages are looked up.
_HEADS = (32, 12, 6, 3)

# Characters that a keyboard, an editor or a browser puts in another's place: each with what it is
# taken for. One stands for one, so that a place in the folded text is the same place in the text.
_CURLY = {**dict.fromkeys("‘’‚‛", "'"), **dict.fromkeys("“”„‟", '"')}
_FIXED = dict.fromkeys("\u00a0\u2007\u202f", " ")
_DASHES = dict.fromkeys("‐‑‒–—―−", "-")
_LOOK_ALIKES: Sequence[tuple[Mapping[str, str], str, str, str]] = (
    (_CURLY, "curly {}", "straight {}", "quotation marks"),
    (_FIXED, "non-breaking {}", "ordinary {}", "spaces"),
    (_DASHES, "dashes", "hyphens", ""),
)
_FOLDED = str.maketrans({**_CURLY, **_FIXED, **_DASHES})


class PassageNotFoundError(LookupError):
    """A quotation does not stand exactly once in its source; the message says what was found instead."""


@dataclass(frozen=True)
class Span:
    """A stretch of a text, ``[start, end)`` in characters, with the kind of furniture it is (None: article body)."""

    start: int
    end: int
    kind: FurnitureKind | None = None


@dataclass(frozen=True)
class SourceText:
    """A source's whole text and which stretches of it are page furniture (sorted, not overlapping)."""

    id: str
    text: str
    furniture: tuple[Span, ...] = field(default=())

    def find(self, quote: TextQuote, finder: Finder | None = None) -> Passage:
        """Return where the quotation stands; ``finder`` is one of this text that is asked for many quotations.

        Raises:
            PassageNotFoundError: it stands nowhere, or more than once and prefix and suffix do not tell which.
        """
        find = finder.find if finder else self.text.find
        start = _find_once(self.text, quote.exact, quote.prefix, quote.suffix, find)
        return Passage(self.id, start, start + len(quote.exact), quote.exact)

    def paragraph(self, passage: Passage) -> Span:
        """The line or lines of the text in which the passage stands (a paragraph is one line of a source text)."""
        start = self.text.rfind("\n", 0, passage.start) + 1
        end = self.text.find("\n", passage.end)
        return Span(start, len(self.text) if end < 0 else end, self.kind_at(passage.start))

    def kind_at(self, position: int) -> FurnitureKind | None:
        """Which furniture stands at this character; None for article body."""
        index = bisect.bisect_right(self._starts, position) - 1
        if index >= 0 and position < self.furniture[index].end:
            return self.furniture[index].kind
        return None

    def furniture_in(self, passage: Passage) -> set[FurnitureKind]:
        """The kinds of furniture that the passage touches."""
        first = max(0, bisect.bisect_right(self._starts, passage.start) - 1)
        near = self.furniture[first : bisect.bisect_left(self._starts, passage.end)]
        return {span.kind for span in near if span.kind and passage.start < span.end}

    @cached_property
    def _starts(self) -> Sequence[int]:
        return [span.start for span in self.furniture]

    def sections(self) -> Iterator[Span]:
        """The whole text as alternating stretches of body and furniture, in order."""
        position = 0
        for span in self.furniture:
            if position < span.start:
                yield Span(position, span.start)
            yield span
            position = span.end
        if position < len(self.text):
            yield Span(position, len(self.text))

    def sentences(self) -> Iterator[Span]:
        """The sentences of the article body, in order, without the white space around them."""
        for section in self.sections():
            if section.kind is None:
                yield from sentences_in(self.text, section.start, section.end)


class Finder:
    """Finds many quotations in one text as ``str.find`` does, but reads the text once and not once for each of them.

    It notes where the beginnings of the quotations stand. A beginning that stands too often tells nothing; what begins
    so is looked for in the text itself.
    """

    def __init__(self, text: str, quotes: Iterable[TextQuote]) -> None:
        """Read the text for these quotations."""
        self._text = text
        wanted = {_head(quote.prefix + quote.exact + quote.suffix) for quote in quotes} - {""}
        self._places: dict[str, list[int]] = {head: [] for head in wanted}
        for length in sorted({len(head) for head in wanted}):
            self._read(length)

    def _read(self, length: int) -> None:
        text, places = self._text, self._places
        for at in range(len(text) - length + 1):
            found = places.get(text[at : at + length])
            if found is not None and len(found) <= _MOST_PLACES:
                found.append(at)

    def find(self, words: str, start: int) -> int:
        """The first place of the words from ``start`` on, or -1."""
        places = self._places.get(_head(words))
        if places is None or len(places) > _MOST_PLACES:
            return self._text.find(words, start)
        return next((at for at in places if at >= start and self._text.startswith(words, at)), -1)


def _head(words: str) -> str:
    """The beginning by which words are looked up, of one of a few lengths."""
    return words[: next((length for length in _HEADS if len(words) >= length), 0)]


def furniture_spans(text: str, furniture: Sequence[Furniture]) -> tuple[Span, ...]:
    """Find the furniture a person has marked, sorted by place.

    Raises:
        PassageNotFoundError: a marked line or block does not stand exactly once in the text.
    """
    return tuple(sorted((_furniture_span(text, item) for item in furniture), key=lambda span: span.start))


def _furniture_span(text: str, item: Furniture) -> Span:
    if item.exact:
        start = _find_once(text, item.exact, item.prefix, item.suffix)
        return Span(start, start + len(item.exact), item.kind)
    first, last = item.start or "", item.end or ""
    start = _find_once(text, first, item.prefix, "")
    end = text.find(last, start)
    if end < 0:
        raise PassageNotFoundError(f"the block begins at character {start}, but {_short(last)} does not follow it")
    return Span(start, end + len(last), item.kind)


def _find_once(text: str, exact: str, prefix: str, suffix: str, find: Callable[[str, int], int] | None = None) -> int:
    """The position of ``exact`` between prefix and suffix, which must be there exactly once."""
    whole, find = prefix + exact + suffix, find or text.find
    first = find(whole, 0)
    if first < 0:
        raise PassageNotFoundError(_what_stands_instead(text, exact, prefix, suffix))
    if find(whole, first + 1) >= 0:
        raise PassageNotFoundError(
            f"{_short(exact)} stands {_times(text, whole)} times; add prefix or suffix to say which one is meant"
        )
    return first + len(prefix)


def _times(text: str, words: str) -> str:
    """How often the words stand in the text, as far as anybody would count."""
    count, at = 0, text.find(words)
    while at >= 0 and count <= _MOST_PLACES:
        count, at = count + 1, text.find(words, at + 1)
    return str(count) if count <= _MOST_PLACES else f"more than {_MOST_PLACES}"


def _what_stands_instead(text: str, exact: str, prefix: str, suffix: str) -> str:
    if alike := _look_alike(text, exact, prefix, suffix):
        return alike
    if exact in text and (prefix or suffix):
        return f"{_short(exact)} stands in the text, but not between this prefix and suffix"
    low, high = 0, len(exact)
    while low < high:  # the longest beginning of the quotation that the text does have
        middle = (low + high + 1) // 2
        low, high = (middle, high) if exact[:middle] in text else (low, middle - 1)
    if low < 8:
        return f"{_short(exact)} does not stand in the text"
    at = text.find(exact[:low])
    return (
        f"{_short(exact)} does not stand in the text; its first {low} characters do, at character {at}, "
        f"where the text goes on with {_short(text[at + low : at + low + 40])}"
    )


def _look_alike(text: str, exact: str, prefix: str, suffix: str) -> str:
    """What to say where the quotation stands in the text but for characters that look much the same; or nothing."""
    whole = prefix + exact + suffix
    at = _folded(text).find(whole.translate(_FOLDED))
    if at < 0:
        return ""
    stands = text[at : at + len(whole)]
    causes = "; ".join(_odds(stands, whole))
    copies = []
    for key, words in (("prefix", prefix), ("exact", exact), ("suffix", suffix)):
        verbatim, stands = stands[: len(words)], stands[len(words) :]
        if verbatim != words:
            copies.append(f"{key} = {_toml(verbatim)}")
    return f"{_short(whole)} does not stand in the text: the text has {causes}; copy from it {', '.join(copies)}"


@lru_cache(maxsize=4)
def _folded(text: str) -> str:
    return text.translate(_FOLDED)


def _odds(stands: str, quoted: str) -> Iterator[str]:
    """In which kinds of characters two texts differ that are the same when folded."""
    pairs = {(a, b) for a, b in zip(stands, quoted, strict=True) if a != b}
    for folds, typeset, plain, noun in _LOOK_ALIKES:
        there, here = ({pair[n] for pair in pairs if pair[n] in folds} for n in (0, 1))
        if there:
            others = f"others{_listed(here)}" if here else plain.format("ones")
            yield f"{typeset.format(noun)}{_listed(there)} where the quotation has {others}"
        elif here:
            yield f"{plain.format(noun)} where the quotation has {typeset.format('ones')}{_listed(here)}"


def _listed(characters: Iterable[str]) -> str:
    shown = " ".join(sorted(character for character in characters if not character.isspace()))
    return f" ({shown})" if shown else ""


def _toml(text: str) -> str:
    """The text as a TOML string; what no eye can tell from a space is escaped, lest it be lost on the way."""
    return "".join(f"\\u{ord(c):04X}" if c in _FIXED else c for c in json.dumps(text, ensure_ascii=False))


def _short(text: str, length: int = 60) -> str:
    return repr(text if len(text) <= length else text[: length - 1] + "…")


def sentences_in(text: str, start: int, end: int) -> Iterator[Span]:
    """The sentences of this stretch of a text, in order, without the white space around them."""
    begin = start
    for match in _SENTENCE_END.finditer(text, start, end):
        if "\n" not in match.group() and _ABBREVIATION.search(
            text, max(begin, match.start() - _LONGEST), match.start()
        ):
            continue
        yield from _stripped(text, begin, match.end())
        begin = match.end()
    yield from _stripped(text, begin, end)


def _stripped(text: str, start: int, end: int) -> Iterator[Span]:
    piece = text[start:end]
    if any(character.isalnum() for character in piece):
        lead = next(n for n, character in enumerate(piece) if character != "-" and not character.isspace())
        yield Span(start + lead, start + len(piece.rstrip()))
