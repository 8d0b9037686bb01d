"""The JSON Schema that editors use is the one the models make."""

from __future__ import annotations

import json
from pathlib import Path

from dashboard import trips

SCHEMA = Path(trips.__file__).with_name("trip.schema.json")


def test_the_committed_schema_is_the_models_own() -> None:
    assert SCHEMA.read_text(encoding="utf-8") == trips.json_schema(), (
        "run: trip-dashboard schema > dashboard/trip.schema.json"
    )


def test_it_names_the_keys_that_people_write() -> None:
    furniture = json.loads(SCHEMA.read_text(encoding="utf-8"))["$defs"]["Furniture"]["properties"]
    assert {"from", "to", "exact", "kind"} <= set(furniture)
