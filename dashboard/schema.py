"""The browser's side of what Python decides: the query's words, and the types of the data that it is sent.

``python -m dashboard.schema`` writes them into ``frontend/``; ``--check`` ends with status 1 where one has drifted.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import sys
import types
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, NewType, NotRequired, Union, get_args, get_origin, get_type_hints, is_typeddict

from dashboard.facts import StopFacts
from dashboard.map.document import ON_MAP, MapData
from dashboard.selection import FILTERS, MAX_WORDS, QUERY, VIEWS

#: The folder in the project; an installed dashboard has none.
FRONTEND = Path(__file__).parents[1] / "frontend"
HEAD = "// Written by `make schema` (dashboard/schema.py); changed there and in what it reads, not here.\n\n"

_PLAIN = {str: "string", int: "number", float: "number", bool: "boolean", dt.date: "string", type(None): "null"}


def query_js() -> str:
    """The words of the query, its defaults and the pages beside the map, as a JavaScript module."""
    return HEAD + "\n".join(
        (
            "/** The words of a link, in their order. */",
            _constant("KEYS", list(QUERY)),
            "/** Those that filter the stops. */",
            _constant("FILTERS", list(FILTERS)),
            "/** Every word with what it is where nothing is chosen. */",
            _constant("NOTHING", dict.fromkeys(QUERY)),
            "/** The pages beside the map. */",
            _constant("VIEWS", list(VIEWS)),
            "/** Characters of a search that are used. */",
            f"export const MAX_WORDS = {MAX_WORDS};\n",
        )
    )


def _constant(name: str, value: object) -> str:
    return f"export const {name} = Object.freeze({json.dumps(value)});\n"


def schema_ts() -> str:
    """The types of the query, of the map's data and of a stop's facts, as a TypeScript declaration."""
    union = " | ".join(json.dumps(view) for view in VIEWS)
    return HEAD + "\n".join(
        (
            f"export type View = {union};\n",
            "/** The selection as the address bar has it; what is missing or null filters nothing. */",
            "export interface Query {",
            *(f"  {word}?: {'View' if word == 'view' else 'string'} | null;" for word in QUERY),
            "}\n",
            *_interfaces(MapData, StopFacts),
            _on_map(),
        )
    )


def _on_map() -> str:
    """The facts of a stop that the browser is sent: those that can be empty are left out where they are."""
    hints = get_type_hints(StopFacts)
    always = [name for name in ON_MAP if hints[name] is str or get_origin(hints[name]) is Literal]
    rest = [name for name in ON_MAP if name not in always]
    return "\n".join(
        (
            "type Told<T> = { [K in keyof T]?: NonNullable<T[K]> };\n",
            "/** The facts of a stop that the browser knows; `shown` are more of them, as clauses. */",
            f"export type StopOnMap = Pick<StopFacts, {_names(always)}> &",
            f"  Told<Pick<StopFacts, {_names(rest)}>> & {{ shown?: readonly string[] }};\n",
        )
    )


def _names(names: Sequence[str]) -> str:
    return " | ".join(map(json.dumps, names))


def _interfaces(*roots: type) -> Iterator[str]:
    """An interface for each of these and for whatever they are made of, each once."""
    waiting, seen = list(roots), set(roots)
    while waiting:
        kind = waiting.pop(0)
        fields = get_type_hints(kind, include_extras=True)
        yield f"export interface {kind.__name__} {{"
        yield from (_field(name, hint) for name, hint in fields.items())
        yield "}\n"
        for found in (found for hint in fields.values() for found in _records(hint) if found not in seen):
            seen.add(found)
            waiting.append(found)


def _field(name: str, hint: Any) -> str:
    optional = get_origin(hint) is NotRequired
    return f"  {name}{'?' if optional else ''}: {typescript(get_args(hint)[0] if optional else hint)};"


def _records(hint: Any) -> Iterator[type]:
    """The records inside a type."""
    if _is_record(hint):
        yield hint
    for inner in get_args(hint):
        yield from _records(inner)


def _is_record(hint: Any) -> bool:
    return is_typeddict(hint) or dataclasses.is_dataclass(hint)


def typescript(hint: Any) -> str:
    """A Python type as the TypeScript type of its JSON.

    Raises:
        TypeError: it has no form in JSON that is known here.
    """
    if isinstance(hint, NewType) or _is_record(hint):
        return str(hint.__name__)
    if hint in _PLAIN:
        return _PLAIN[hint]
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Literal:
        return _names(inner)
    if origin in (Union, types.UnionType):
        return " | ".join(map(typescript, inner))
    if origin is Mapping:
        return f"Readonly<Record<{typescript(inner[0])}, {typescript(inner[1])}>>"
    if origin is tuple and inner[-1] is not Ellipsis:
        return f"readonly [{', '.join(map(typescript, inner))}]"
    if origin in (tuple, Sequence):
        return f"ReadonlyArray<{typescript(inner[0])}>"
    raise TypeError(f"expected a type that JSON has, found {hint}; teach dashboard/schema.py its form")


def files() -> Mapping[Path, str]:
    """What is written, by file."""
    return {FRONTEND / "src" / "core" / "query.generated.js": query_js(), FRONTEND / "schema.d.ts": schema_ts()}


def drifted() -> list[Path]:
    """The files that are not what they should be."""
    return [path for path, text in files().items() if not path.exists() or path.read_text(encoding="utf-8") != text]


def main(arguments: Sequence[str]) -> int:
    """Write the files, or with ``--check`` only say which of them have drifted; returns the status."""
    wrong = drifted()
    if "--check" in arguments:
        for path in wrong:
            print(f"{path.relative_to(FRONTEND.parent)} is not what dashboard/schema.py makes; run make schema.")
        return 1 if wrong else 0
    for path in wrong:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(files()[path], encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
