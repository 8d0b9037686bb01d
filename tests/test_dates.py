"""Days and ranges of days in words."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest

from dashboard.dates import day, day_range, stop_days

D = dt.date


@pytest.mark.parametrize(
    ("first", "last", "words", "without_year"),
    [
        (D(2023, 11, 4), D(2023, 11, 4), "4 November 2023", "4 November"),
        (D(2023, 11, 4), D(2023, 11, 6), "4 to 6 November 2023", "4 to 6 November"),
        (D(2024, 2, 29), D(2024, 3, 1), "29 February to 1 March 2024", "29 February to 1 March"),
        (D(2023, 12, 31), D(2024, 1, 2), "31 December 2023 to 2 January 2024", "31 December 2023 to 2 January 2024"),
        (D(2023, 5, 9), D(2024, 5, 9), "9 May 2023 to 9 May 2024", "9 May 2023 to 9 May 2024"),
    ],
)
def test_a_range_says_once_what_its_ends_share(first: D, last: D, words: str, without_year: str) -> None:
    assert day_range(first, last) == words
    assert day_range(first, last, year=False) == without_year


def test_the_months() -> None:
    months = [day(D(2031, month, 1), year=False).removeprefix("1 ") for month in range(1, 13)]
    assert months[::11] == ["January", "December"]
    assert len(set(months)) == 12


def stop(first: D | None, last: D | None, basis: str = "stated") -> Any:
    return SimpleNamespace(first_day=first, last_day=last, date_basis=basis)


def test_when_a_stop_was() -> None:
    first, last = D(2023, 11, 4), D(2023, 11, 5)
    assert stop_days(stop(None, None)) == "no day stated"
    assert stop_days(stop(first, last)) == "4 to 5 November 2023"
    assert stop_days(stop(first, last, "inferred"), year=False) == "between 4 and 5 November"
    assert stop_days(stop(first, first, "inferred")) == "4 November 2023"
    assert stop_days(stop(first, D(2024, 1, 1), "inferred")) == "between 4 November 2023 and 1 January 2024"
