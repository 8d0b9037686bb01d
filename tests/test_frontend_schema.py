"""What the browser is told of Python's words and types: as checked in, and as the data are."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints, is_typeddict

import pytest

from dashboard import schema
from dashboard.dossier import Dossier
from dashboard.facts import StopFacts
from dashboard.map.data import map_data
from dashboard.map.document import ON_MAP, MapData
from dashboard.schema import drifted, main, query_js, typescript
from dashboard.selection import FILTERS, QUERY, Selection


def test_what_is_checked_in_is_what_is_made() -> None:
    assert drifted() == [], "run make schema"


def test_what_has_drifted_is_told_and_written_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(schema, "FRONTEND", tmp_path / "frontend")
    assert main(["--check"]) == 1
    assert "frontend/schema.d.ts is not what" in capsys.readouterr().out
    assert not (tmp_path / "frontend").exists()
    assert main([]) == 0
    assert main(["--check"]) == 0
    changed = tmp_path / "frontend" / "src" / "core" / "query.generated.js"
    changed.write_text(changed.read_text(encoding="utf-8") + " ", encoding="utf-8")
    assert main(["--check"]) == 1
    assert drifted() == [changed]


def test_the_words_of_the_query_are_those_of_the_selection() -> None:
    assert set(QUERY.values()) == {field.name for field in fields(Selection)}
    assert set(FILTERS) < QUERY.keys()
    day = dt.date(2031, 5, 3)
    full = Selection("calder", day, day, ("IE",), "tom", "search", "sea", "log", "1-2", 3)
    assert list(full.to_query()) == list(QUERY)
    made = dict(re.findall(r"^export const (\w+) = (?:Object\.freeze\()?(.*?)\)?;$", query_js(), re.MULTILINE))
    assert json.loads(made["KEYS"]) == list(QUERY)
    assert json.loads(made["NOTHING"]) == dict.fromkeys(QUERY)
    assert json.loads(made["MAX_WORDS"]) == 200


def fits(value: Any, hint: Any) -> bool:
    """Whether a value of the document has the form that its type says."""
    origin, inner = get_origin(hint), get_args(hint)
    if is_typeddict(hint):
        hints = get_type_hints(hint)
        return value.keys() <= hints.keys() and all(fits(item, hints[name]) for name, item in value.items())
    if origin is Literal:
        return value in inner
    if origin is Mapping:
        return all(fits(key, inner[0]) and fits(item, inner[1]) for key, item in value.items())
    if origin is tuple and inner[-1] is not Ellipsis:
        return len(value) == len(inner) and all(map(fits, value, inner))
    if origin in (Sequence, tuple):
        return all(fits(item, inner[0]) for item in value)
    if origin is not None:
        return any(fits(value, one) for one in inner)
    return isinstance(value, (int, float) if hint is float else str if hint is dt.date else hint)


def test_the_data_have_the_types_that_the_browser_is_told(dossier: Dossier, voyage: Dossier) -> None:
    told = get_type_hints(StopFacts)
    for trip in (dossier, voyage):
        data = map_data(trip, "<p>", [{"name": "csv", "label": "CSV"}])
        for feature in data["stops"]["features"]:
            facts = feature["properties"]
            assert facts.keys() <= {*ON_MAP, "shown"}
            assert all(fits(value, told[name]) for name, value in facts.items() if name != "shown")
            always = {name for name in ON_MAP if told[name] is str or get_origin(told[name]) is Literal}
            assert always <= facts.keys()
            plain: Any = feature
            plain["properties"] = {}
        hints = get_type_hints(MapData) | {"stops": Any}
        assert data.keys() == hints.keys()
        assert all(fits(data[name], hints[name]) for name in data if name != "stops")  # type: ignore[literal-required]


TYPES = {
    "string": str,
    "number": int,
    "boolean": bool,
    "null | string": None | str,
    '"a" | "b"': Literal["a", "b"],
    "ReadonlyArray<string>": tuple[str, ...],
    "readonly [number, string]": tuple[float, str],
    "Readonly<Record<string, number>>": Mapping[str, int],
    "ReadonlyArray<ReadonlyArray<string>>": Sequence[Sequence[dt.date]],
}


@pytest.mark.parametrize(("wanted", "hint"), TYPES.items())
def test_a_type_as_typescript(wanted: str, hint: Any) -> None:
    assert typescript(hint) == wanted


def test_a_type_that_json_has_not() -> None:
    with pytest.raises(TypeError, match=r"expected a type that JSON has, found <class 'complex'>"):
        typescript(complex)
