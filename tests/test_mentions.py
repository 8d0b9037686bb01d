"""What passages mention: days in either order and as ranges, weekdays, people."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.dates import day, day_range
from dashboard.mentions import Names, days_in, weekdays_in

DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31))


def days(text: str, year: int = 2023) -> list[str]:
    """Every day of that year and the months around it which a text gives, as month-day."""
    first = dt.date(year - 1, 12, 1)
    return [
        f"{one:%m-%d}" if one.year == year else one.isoformat()
        for one in (first + dt.timedelta(n) for n in range(420))
        if any(found.hold(one) for found in days_in(text))
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("started on November 3, 2023, not long after", ["11-03"]),
        ("on 3 November 2023", ["11-03"]),
        ("on 3 November, 2023.", ["11-03"]),
        ("the 3rd of November", ["11-03"]),
        ("November 3rd", ["11-03"]),
        ("Tuesday, Nov. 7, 2023, in Tokyo", ["11-07"]),
        ("on Monday (Nov 6) and", ["11-06"]),
        ("NOVEMBER 6: talks", ["11-06"]),
        ("on Sept. 9 and 3 Sep", ["09-03", "09-09"]),
        ("in Tokyo on November 7-8.", ["11-07", "11-08"]),
        ("in Tokyo on 7–8 November", ["11-07", "11-08"]),
        ("November 7 to 9", ["11-07", "11-08", "11-09"]),
        ("from 7th to the 9th of November", ["11-07", "11-08", "11-09"]),
        ("November 2-4, 2023.", ["11-02", "11-03", "11-04"]),
        ("2-4 November 2023", ["11-02", "11-03", "11-04"]),
        ("on 3 and 5 May", ["05-03", "05-05"]),
        ("on May 3, 5 and 7", ["05-03", "05-05", "05-07"]),
        ("between 3 and 5 May", ["05-03", "05-04", "05-05"]),
        ("30 October to 1 November 2023", ["10-30", "10-31", "11-01"]),
        ("October 30 – November 1", ["10-30", "10-31", "11-01"]),
        ("from Monday, October 30 to Wednesday, November 1", ["10-30", "10-31", "11-01"]),
        ("30 December 2022 to 2 January 2023", ["2022-12-30", "2022-12-31", "01-01", "01-02"]),
        ("December 31 - January 1, 2023", ["2022-12-31", "01-01"]),
        ("30 December 2022 to 2 January", ["2022-12-30", "2022-12-31", "01-01", "01-02"]),
        ("31 December to 1 January", ["2022-12-31", "01-01", "12-31", "2024-01-01"]),
        ("on 3 November 20 people came", ["11-03"]),
        ("2023-05-03", ["05-03"]),
        ("2023-05-03 to 2023-05-05", ["05-03", "05-04", "05-05"]),
        ("2023-05-03/2023-05-04", ["05-03", "05-04"]),
        ("Nov.\u00a07", ["11-07"]),
        ("3 May 2023\n4 May 2023", ["05-03", "05-04"]),
        ("3 May\n- 5 May", ["05-03", "05-05"]),
        ("NOV. 6 and SEPT 9", ["09-09", "11-06"]),
        ("on 3/5/2023", ["03-05", "05-03"]),
        ("am 13.05.2023 in", ["05-13"]),
    ],
)
def test_days_are_read_in_either_order_and_as_ranges(text: str, expected: list[str]) -> None:
    assert days(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "on Tuesday",
        "in November 2023",
        "he may 3 times",
        "November 31",
        "32 May",
        "3.5 May",
        "12:30 May",
        "Room 2023-05-03-7",
        "a Mayor 3 years ago",
        "in 2023",
        "3 May 2022",
        "May 3, 2022",
        "2022-05-03",
        "May 3.5 km",
        "May 12:30",
        "no. 1-2023-05-03",
        "3/13.2023",
        "13.20.2023",
    ],
)
def test_what_is_no_day_of_the_year_is_not_read_as_one(text: str) -> None:
    assert days(text) == []


def test_days_are_shown_as_they_stand() -> None:
    assert [found.words for found in days_in("to Calder on 9 May. On Nov. 7 to Dec. 9, 13.20.2023, 1.2.2023")] == [
        "9 May",
        "Nov. 7 to Dec. 9",
        *["1.2.2023"] * 2,
    ]


def test_two_dated_lines_are_no_range() -> None:
    assert days("- November 8, 2023 One\n- November 5, 2023 Two") == ["11-05", "11-08"]


@given(DAYS, DAYS)
def test_days_as_we_word_them_are_read_back(one: dt.date, other: dt.date) -> None:
    first, last = min(one, other), max(one, other)
    for words in (day_range(first, last), day_range(first, last, joint=" – ")):
        found = days_in(f"There from {words}.")
        assert all(any(item.hold(end) for item in found) for end in (first, last))
        if first.year == last.year:
            assert not any(item.hold(first - dt.timedelta(1)) or item.hold(last + dt.timedelta(1)) for item in found)
    (alone,) = days_in(day(one))
    assert alone.hold(one)
    assert not alone.hold(one.replace(year=one.year + 4, day=min(one.day, 28)))


@given(st.text("0123456789 -–,.MayNov3and to\n", max_size=40))
def test_any_text_can_be_read(text: str) -> None:
    for found in days_in(text):
        assert found.words


def test_weekdays() -> None:
    assert weekdays_in("On Tuesday, through Wednesdays and sunday") == {1}


def test_people_are_named_under_any_spelling() -> None:
    names = Names(
        {"ada": ["Ada Marsh", "Marsh"], "tom": ["Tom Okoro"], "al": ["Al Thani", "Al\u00a0T."], "lu": ["‘Lu"]}
    )
    assert names.named_in("Marsh met ‘Lu and Al\u00a0Thani, not Tom.") == ("ada", "lu", "al")
    assert names.is_named("ada", "Ada Marsh’s") and not names.is_named("ada", "Marshall")  # noqa: PT018
    assert names.is_named("al", "Al T. came")
    assert not names.is_named("nobody", "nobody")
