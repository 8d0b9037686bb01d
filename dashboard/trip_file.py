"""``trip.toml`` -> the values it holds, or of a file with mistakes of shape the part without them.

Nothing here takes more than a few seconds or a gigabyte, whatever the file says.
"""

from __future__ import annotations

import codecs
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, get_args, get_origin

from pydantic import ValidationError

from dashboard.folder import MOST_TRIP_FILE, UnreadableError, read_file
from dashboard.model import Record, TripFile
from dashboard.problems import Findings, Problem, TripError

TRIP_FILE = "trip.toml"
COLLECTIONS = ("sources", "stops", "people", "meetings", "releases", "quotes", "excerpts", "disagreements")

#: Keys and values that one record may have; the longest of the bundled trip has a few hundred.
MOST_VALUES = 20_000
#: Parts that a key may have, such as the two of "pin.lat"; the time that TOML takes grows with their square.
MOST_PARTS = 16

# Strings and comments of TOML, an unclosed one up to the end; what stays are keys, numbers and signs.
_STRING = re.compile(
    r'"""(?:\\.|(?!""")[^\\])*+(?:"""|\\?\Z)|' + r"'''(?:(?!''').)*+(?:'''|\Z)|"
    r'"(?:\\.|[^"\\\n])*+"?|' + r"'[^'\n]*+'?|#[^\n]*+",
    re.DOTALL,
)
_DEEP_KEY = re.compile(rf"(?:[\w-]++[ \t]*+\.[ \t]*+){{{MOST_PARTS}}}")
#: How a message of tomllib ends that tells a line; ``tests/test_upgrades.py`` says what to look at should it change.
_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)$")
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_trip_file(folder: Path) -> str:
    """The text of a trip folder's file.

    Raises:
        TripError: it cannot be read.
    """
    if not folder.is_dir():
        raise TripError(
            [
                _file_problem(
                    str(folder),
                    "expected a trip folder, found none here; name the folder that holds trip.toml",
                )
            ]
        )
    text = read_text(
        folder, TRIP_FILE, MOST_TRIP_FILE, "write one (the README shows an example) or name another folder"
    )
    if text.startswith("\ufeff"):
        message = "expected TOML, found a byte-order mark before it; save the file as UTF-8 without one"
        raise TripError([Problem(TRIP_FILE, 1, "", message)])
    return text


def read_text(folder: Path, name: str, most: int, remedy: str) -> str:
    """The text of a file of a trip folder, of ``most`` bytes at most; ``remedy`` is for one that is not there.

    Raises:
        TripError: it cannot be read.
    """
    try:
        return read_file(folder, name, most).decode("utf-8")
    except FileNotFoundError:
        message = f"expected this file in {folder}, found none; {remedy}"
    except UnicodeDecodeError as error:
        mark = ", a byte-order mark of UTF-16" if error.object[:2] in _UTF_16 else ""
        found = f"the byte {error.object[error.start]:#04x} at position {error.start}{mark}"
        message = f"expected UTF-8 text, found {found}; save the file as UTF-8"
    except UnreadableError as error:
        message = str(error)
    except (OSError, ValueError) as error:  # ValueError: the name has a character that no file name has
        reason = getattr(error, "strerror", None) or error
        message = f"could not be read ({reason}); check the path and its permissions"
    raise TripError([_file_problem(name, message)])


def _file_problem(name: str, message: str) -> Problem:
    return Problem(name, None, "", message)


def read_toml(text: str) -> dict[str, Any]:
    """The values of a TOML text.

    Raises:
        TripError: it is no TOML; the problem names the line.
    """
    plain = _STRING.sub(lambda match: "s" + "\n" * match[0].count("\n"), text)
    if deep := _DEEP_KEY.search(plain):
        message = f"expected a key of at most {MOST_PARTS} parts, found {_cut(deep[0], 40)}; correct the line"
        raise TripError([Problem(TRIP_FILE, plain.count("\n", 0, deep.start()) + 1, "", message)])
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # not only TOMLDecodeError: a number may be too long, a list too deep
        raise TripError([_toml_problem(text, error)]) from None


def parse(data: Mapping[str, Any], report: Findings) -> TripFile:
    """The file, or, where it has mistakes of shape, the part without them: so its other mistakes are told as well.

    Record after record, so that a file of nothing but mistakes ends where enough of them are found.
    """
    kinds = _kinds()
    lists = {name: _sound(data[name], name, kind, report) for name, kind in kinds.items() if _is_list(data, name)}
    records = {name: tuple(found.values()) for name, found in lists.items()}
    file = _whole(data, records, report)
    if report.problems:
        report.kept = {name: list(found) for name, found in lists.items()}
    return file or TripFile.model_construct(**_part(data, kinds, records))


def _kinds() -> dict[str, type[Record]]:
    """The lists of the file by name, with what each is a list of."""
    return {
        name: get_args(field.annotation)[0]
        for name, field in TripFile.model_fields.items()
        if get_origin(field.annotation) is tuple
    }


def _sound(items: Sequence[Any], name: str, kind: type[Record], report: Findings) -> dict[int, Record]:
    """The well-formed records of a list by their numbers; what is wrong with the others is told."""
    found = {}
    for number, item in enumerate(items):
        path = (name, number)
        try:
            if not _is_crowded(item, path, report):
                found[number] = kind.model_validate(item)
        except ValidationError as error:
            _tell(error, path, report, _id_of(item))
    return found


def _whole(data: Mapping[str, Any], records: Mapping[str, Any], report: Findings) -> TripFile | None:
    """The file of these records; None where its other keys have mistakes."""
    others = {key: value for key, value in data.items() if key not in records}
    if _is_crowded(others, (), report):
        return None
    try:
        return TripFile.model_validate({**others, **records})
    except ValidationError as error:
        _tell(error, (), report, None, told=[name for name in records if data[name]])
    return None


def _tell(
    error: ValidationError, path: Sequence[str | int], report: Findings, record: str | None, told: Sequence[str] = ()
) -> None:
    """Tell the mistakes of a record, but not that a list is too short only for mistakes in its items (``told``)."""
    for mistake in error.errors(include_url=False):
        inner = _path_of(mistake)
        if not (mistake["type"] == "too_short" and (inner[-1] in told or _had_enough(mistake))):
            report.add((*path, *inner), _in_words(mistake), record=record)


def _path_of(mistake: Mapping[str, Any]) -> list[str | int]:
    """Where in a record a mistake is: in pydantic's ``loc`` every step is a key of ours or a number in a list."""
    return list(mistake["loc"])


def _had_enough(mistake: Mapping[str, Any]) -> bool:
    """Whether a list that is called too short has items enough, but for mistakes in them."""
    return bool(len(mistake["input"]) >= mistake["ctx"]["min_length"])


def _part(data: Mapping[str, Any], kinds: Iterable[str], records: Mapping[str, Any]) -> dict[str, Any]:
    part: dict[str, Any] = {**dict.fromkeys(TripFile.model_fields), **dict.fromkeys(kinds, ()), **records}
    if isinstance(data.get("traveller"), str):
        part["traveller"] = data["traveller"]
    return part


def _is_crowded(record: object, path: Sequence[str | int], report: Findings) -> bool:
    """Whether a record holds so many values that listing its mistakes could fill the memory; that is told."""
    count, open_ = 0, [record]
    while open_ and count <= MOST_VALUES:
        value = open_.pop()
        inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        count += len(inner)
        open_ += inner if len(inner) <= MOST_VALUES else ()
    if count > MOST_VALUES:
        message = f"expected at most {MOST_VALUES:,} keys and values in one record, found more"
        report.add(path, f"{message}; remove what does not belong there", record=_id_of(record))
    return count > MOST_VALUES


def _is_list(data: Mapping[str, Any], name: str) -> bool:
    return isinstance(data.get(name), list)


def _listed(data: Mapping[str, Any], name: str) -> list[Any]:
    return data[name] if isinstance(data.get(name), list) else []


def ids_of(data: Mapping[str, Any]) -> dict[str, set[str]]:
    """The ids of all records by collection, also of those whose shape is wrong."""
    return {name: {id_ for record in _listed(data, name) if (id_ := _id_of(record))} for name in COLLECTIONS}


def _id_of(record: object) -> str | None:
    """The id that a record of the file gives itself, so that a message can name it."""
    id_ = record.get("id") if isinstance(record, dict) else None
    return id_ if isinstance(id_, str) else None


def _line_of(error: Exception) -> int | None:
    """The line that tomllib tells in the words of its message alone, until Python 3.14; None where it tells none."""
    told = _AT_LINE.search(str(error))
    return int(told[1]) if told else None


def _toml_problem(text: str, error: Exception) -> Problem:
    line = _line_of(error) or text.count("\n") + 1
    return Problem(TRIP_FILE, line, "", f"expected TOML, found a mistake: {error}; correct the line")


def _in_words(item: Mapping[str, Any]) -> str:
    """A pydantic error as expected / found / remedy."""
    kind, message = str(item["type"]), str(item["msg"]).removeprefix("Value error, ")
    if kind == "extra_forbidden":
        return "expected one of the keys of this table, found an unknown one; correct its spelling or remove it"
    if kind == "missing":
        return "expected this key, found none; add it"
    if kind == "value_error":
        return f"{message}; correct the record"
    return f"{message}, found {shown(item['input'])}; correct the value"


def shown(value: object) -> str:
    """A value of the file for a message, cut short however large it is."""
    if isinstance(value, dict | list):
        return f"a {'table' if isinstance(value, dict) else 'list'} of {len(value):,}"
    if isinstance(value, int) and value.bit_length() > 200:
        return "a number of more than 60 digits"
    if isinstance(value, str):
        return repr(_cut(value, 78))
    return str(value).lower() if isinstance(value, bool) else str(value)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
