"""What a passage mentions: the days it gives, the weekdays and people it names."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from dashboard.dates import MONTHS
from dashboard.spellings import holds

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

# Months are capitalised: "may 3" is no day. "Sept." has two abbreviations; the first three letters tell all apart.
_NAMES = [name for m in MONTHS for name in (m, m[:3], m.upper(), m[:3].upper())]
_MONTH = rf"(?P<month>{'|'.join(_NAMES)}|Sept|SEPT)\b\.?"
_DAY = r"(?<![\d.,:/])(?:[0-2]?\d|3[01])(?:st|nd|rd|th)?(?![\d%]|[.:/]\d)\b"
_GAP = r"[^\S\n]"  # a date does not go on in the next line
_RANGE = rf"{_GAP}?[-‐‑‒–—]{_GAP}?|{_GAP}(?:to|through|thru|until|till){_GAP}(?:the{_GAP})?"
_AND = rf",{_GAP}|,?{_GAP}(?:and|&|or){_GAP}(?:the{_GAP})?"
_DAYS = rf"(?P<days>{_DAY}(?:(?:{_RANGE}|{_AND}){_DAY}){{0,9}})"
_YEAR = rf"(?:,?{_GAP}(?P<year>[12]\d{{3}})(?!\d|[,.]\d))?"
_AMERICAN = re.compile(rf"(?<!\w){_MONTH}{_GAP}(?:the{_GAP})?{_DAYS}{_YEAR}")
_BRITISH = re.compile(rf"{_DAYS}{_GAP}(?:of{_GAP})?{_MONTH}{_YEAR}")
_ISO = re.compile(r"(?<![\d-])(?P<year>\d{4})-(?P<month>0[1-9]|1[0-2])-(?P<days>0[1-9]|[12]\d|3[01])(?![\d-])")
_FIGURES = re.compile(r"(?<![\d./])(\d{1,2})([./])(\d{1,2})\2(\d{4})(?![\d/])")
_JOINT = re.compile(rf"(?:{_RANGE}|/)(?:(?:{'|'.join(WEEKDAYS)}),?{_GAP})?")
_ONE = re.compile(r"\d+")
_BETWEEN = re.compile(r"\b[Bb]etween\s(?:the\s)?$")
_WEEKDAY = re.compile(rf"\b(?:{'|'.join(WEEKDAYS)})\b")


@dataclass(frozen=True)
class Day:
    """A day as a passage gives it; the year may be left out."""

    year: int | None
    month: int
    day: int


@dataclass(frozen=True)
class Days:
    """The days from ``first`` to ``last`` that a passage gives, in its own words."""

    first: Day
    last: Day
    words: str

    def hold(self, day: dt.date) -> bool:
        """Whether this day is one of them."""
        first, at, last = ((one.month, one.day) for one in (self.first, day, self.last))
        turns = first > last  # the year turns between them
        if self.first.year is None and self.last.year is None:
            return first <= at or at <= last if turns else first <= at <= last
        last_year = (self.first.year or 0) + turns if self.last.year is None else self.last.year
        first_year = last_year - turns if self.first.year is None else self.first.year
        return (first_year, *first) <= (day.year, *at) <= (last_year, *last)


def days_in(text: str) -> list[Days]:
    """The days that a text gives, in order: "Nov. 7", "2-10 November 2023", "May 3 to June 2", "2031-05-03"."""
    found: list[Days] = []
    end = 0
    for match in _matches(text):
        new = list(_days_of(match, text))
        joint = text[end : match.start()]
        if found and _JOINT.fullmatch(joint):
            before, after = found.pop(), new.pop(0)
            found.append(Days(before.first, after.last, before.words + joint + after.words))
        found += new
        end = match.end()
    return found + list(_in_figures(text))


def _matches(text: str) -> list[re.Match[str]]:
    """The dates of each form, in the order of the text; of two that overlap the one that begins first."""
    every = sorted((m for form in (_AMERICAN, _BRITISH, _ISO) for m in form.finditer(text)), key=lambda m: m.start())
    kept: list[re.Match[str]] = []
    for match in every:
        if not kept or match.start() >= kept[-1].end():
            kept.append(match)
    return kept


def _days_of(match: re.Match[str], text: str) -> Iterator[Days]:
    """The single days and ranges of one date, such as "3, 5 and 7-9 May"."""
    month = int(match["month"]) if match["month"].isdigit() else _month(match["month"])
    year = int(match["year"]) if match["year"] else None
    days = list(_ONE.finditer(match["days"]))
    between = len(days) == 2 and _BETWEEN.search(text, max(match.start() - 20, 0), match.start())
    start = days[0]
    for one, after in zip(days, [*days[1:], None], strict=True):
        joint = match["days"][one.end() : after.start()] if after else ""
        if after and (between or re.search(rf"(?:st|nd|rd|th)?(?:{_RANGE})$", joint)):
            continue  # a range goes on to the next
        yield Days(Day(year, month, int(start[0])), Day(year, month, int(one[0])), match[0].rstrip("."))
        start = after or one


def _in_figures(text: str) -> Iterator[Days]:
    """Dates such as 3/5/2031, in each order of day and month that gives a day, as no text says which it has."""
    for match in _FIGURES.finditer(text):
        one, other, year = int(match[1]), int(match[3]), int(match[4])
        for month, day in {(one, other), (other, one)}:
            if 1 <= month <= 12 and 1 <= day <= 31:
                yield Days(Day(year, month, day), Day(year, month, day), match[0])


def _month(name: str) -> int:
    return next(number for number, month in enumerate(MONTHS, 1) if month[:3].lower() == name[:3].lower())


def weekdays_in(text: str) -> set[int]:
    """The weekdays that a text names, Monday 0."""
    return {WEEKDAYS.index(name) for name in _WEEKDAY.findall(text)}


class Names:
    """The spellings under which people are known, to find who is named in a text."""

    def __init__(self, spellings: Mapping[str, Iterable[str]]) -> None:
        """Take each person's spellings by id."""
        self._spellings = {id_: tuple({plain(words) for words in known}) for id_, known in spellings.items()}
        self._by_word: dict[str, list[tuple[str, str]]] = {}
        for id_, known in self._spellings.items():
            for words in known:
                if first := re.search(r"\w+", words):
                    self._by_word.setdefault(first[0], []).append((id_, words))

    def is_named(self, id_: str, text: str) -> bool:
        """Whether a text names this person under one of the spellings."""
        return holds(plain(text), self._spellings.get(id_, ()))

    def named_in(self, text: str) -> tuple[str, ...]:
        """The ids of all whom a text names."""
        text = plain(text)
        words = dict.fromkeys(re.findall(r"\w+", text))
        return tuple(
            dict.fromkeys(id_ for word in words for id_, name in self._by_word.get(word, ()) if holds(text, (name,)))
        )


def plain(text: str) -> str:
    """The text with every kind of white space as an ordinary space, one for one."""
    return re.sub(r"\s", " ", text)
