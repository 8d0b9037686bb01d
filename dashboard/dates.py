"""Days in words, without a locale: "4 November 2023", "4 to 6 November 2023"."""

from __future__ import annotations

import datetime as dt

from dashboard.model import Stop

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def day(date: dt.date, *, year: bool = True) -> str:
    """A day in words."""
    words = f"{date.day} {MONTHS[date.month - 1]}"
    return f"{words} {date.year}" if year else words


def day_range(first: dt.date, last: dt.date, *, year: bool = True, joint: str = " to ") -> str:
    """A range of days in words, with what both ends share said once."""
    if first == last:
        return day(first, year=year)
    if first.year != last.year:
        return f"{day(first)}{joint}{day(last)}"
    begin = str(first.day) if first.month == last.month else day(first, year=False)
    return f"{begin}{joint}{day(last, year=year)}"


def stop_days(stop: Stop, *, year: bool = True) -> str:
    """When a stop was, as far as the sources tell: an inferred range bounds it and is worded so."""
    if stop.first_day is None or stop.last_day is None:
        return "no day stated"
    if stop.date_basis == "inferred" and stop.first_day != stop.last_day:
        return "between " + day_range(stop.first_day, stop.last_day, year=year, joint=" and ")
    return day_range(stop.first_day, stop.last_day, year=year)
