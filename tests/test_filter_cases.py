"""The filter's cases, which the browser's tests read from the same file (frontend/test/query.test.js)."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from dashboard.selection import Selection

FILE = Path(__file__).resolve().parent.parent / "frontend" / "test" / "filter-cases.json"
CASES: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))


def day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def stop(record: dict[str, Any]) -> SimpleNamespace:
    days = {name: day(record[name]) for name in ("first_day", "last_day")}
    return SimpleNamespace(id=record["id"], country_code=record["country_code"], **days)


@pytest.mark.parametrize("case", CASES["cases"], ids=lambda case: case["why"])
def test_the_filters_leave_what_the_browser_leaves(case: dict[str, Any]) -> None:
    stops = [stop(record) for record in CASES["stops"]]
    people = {record["id"]: frozenset(record["people"]) for record in CASES["stops"]}
    trip: Any = SimpleNamespace(file=SimpleNamespace(stops=stops), people_at=people)
    query = case["query"]
    codes = tuple(query["country"].split(",")) if "country" in query else ()
    selection = Selection(None, day(query.get("from")), day(query.get("to")), codes, query.get("person"))
    assert [left.id for left in selection.apply(trip)] == case["left"]
