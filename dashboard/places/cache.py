"""The persistent cache of answers: one JSON file, replaced whole, that may be lost or broken without harm.

Each entry keeps the service, what was asked (query, country, precision), what came (raw, and the place made
of it, or None where an offline service knows no such place) and the day (ISO 8601).

Processes that write at once take turns by a lock and add to what the others wrote. A process that is killed while it
writes leaves the old file whole, and beside it a new one begun, which a later one sweeps away.
"""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import json
import os
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from platformdirs import user_cache_dir
from pydantic import StrictBool, TypeAdapter

from dashboard.model import Precision
from dashboard.places.answers import Place, PlaceQuery, are_coordinates, today
from dashboard.places.lock import locked
from dashboard.places.names import fold

CACHE_VARIABLE = "TRIP_DASHBOARD_CACHE"
FILE_NAME = "places.json"
FORMAT = 1
#: How long (seconds) one waits for another process that writes; a turn takes milliseconds.
LOCK_PATIENCE = 10.0
#: A file that was begun and is older (seconds) belongs to nobody any more.
LEFT_BEHIND = 3600.0
_BEGUN = f".{FILE_NAME}-"

# Threads of one process read, merge and replace one after another also where the file system has no locks.
_saving = threading.Lock()


@dataclass(frozen=True)
class Entry:
    """One remembered answer of the service with this id; ``place`` is None where it knows no such place.

    ``online`` answers stay good without the service being configured; offline ones only for the same version.
    """

    service: str
    online: StrictBool
    query: str
    country: str
    precision: Precision
    date: str
    place: Place | None

    @property
    def question(self) -> Question:
        """What was asked, folded, so that spellings of the same name meet."""
        return fold(self.query), self.country, self.precision


Question = tuple[str, str, str]
Key = tuple[str, Question]


def question_of(query: PlaceQuery) -> Question:
    """What a stop asks, as the cache files it: folded name, ISO 3166-1 alpha-2 country, precision."""
    return fold(query.query), query.country_code.upper(), query.precision


def cache_folder(environment: Mapping[str, str] | None = None) -> Path:
    """The folder of the cache: ``TRIP_DASHBOARD_CACHE``, or the user's cache folder of the platform."""
    chosen = (os.environ if environment is None else environment).get(CACHE_VARIABLE, "").strip()
    if not chosen:
        return Path(user_cache_dir("trip-dashboard", appauthor=False))
    # Where there is no home folder, "~" stays as it is; the notice about it then names the folder.
    with contextlib.suppress(RuntimeError):
        return Path(chosen).expanduser()
    return Path(chosen)


class Cache:
    """Remembered answers in a folder. Nothing about the folder is fatal: ``notices`` has what went wrong."""

    def __init__(self, folder: Path | None = None) -> None:
        self.path = (cache_folder() if folder is None else folder) / FILE_NAME
        self._notices: list[str] = []
        self._new: dict[Key, Entry] = {}
        self._stored: dict[Key, Entry] | None = None
        self._patience = LOCK_PATIENCE

    @property
    def notices(self) -> tuple[str, ...]:
        """What a person should know about the cache, in sentences."""
        return tuple(self._notices)

    def get(self, service: str, query: PlaceQuery) -> Entry | None:
        """What this service (id with version) answered to this query, or None if it was never asked."""
        return self._entries().get((service, question_of(query)))

    def earlier_online(self, query: PlaceQuery) -> Entry | None:
        """The newest answer of any online service to this query."""
        question = question_of(query)
        found = [entry for entry in self._entries().values() if entry.online and entry.question == question]
        return max(found, key=lambda entry: entry.date, default=None)

    def put(self, service: str, query: PlaceQuery, place: Place | None, *, online: bool = False) -> None:
        """Remember an answer; ``save`` keeps it for the next start."""
        question = question_of(query)
        date = place.located_on if place and place.located_on else today()
        entry = Entry(service, online, query.query, question[1], query.precision, date, place)
        self._entries()[service, question] = entry
        self._new[service, question] = entry

    def save(self) -> None:
        """Write new answers to the file, beside what other processes wrote meanwhile."""
        if not self._new:
            return
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self._turn():
                _replace(self.path, _to_text(self._repaired() | self._new))
                _sweep(self.path.parent)
        except OSError as error:
            self._notice(
                f"The places found could not be kept in {self.path} ({error.strerror or error}), so they"
                f" are looked up again at the next start; make the folder writable, or name another in"
                f" {CACHE_VARIABLE}."
            )
        else:
            self._new.clear()

    @contextlib.contextmanager
    def _turn(self) -> Iterator[None]:
        """While it lasts, no other thread or process reads, adds and writes."""
        with _saving, locked(self.path.with_name(f".{FILE_NAME}.lock"), self._patience) as held:
            if not held:
                self._patience = 0.0  # one wait is enough: whoever holds it has been stopped, or there are no locks
            yield

    def _entries(self) -> dict[Key, Entry]:
        if self._stored is None:
            self._stored = self._first_read()
        return self._stored

    def _first_read(self) -> dict[Key, Entry]:
        with contextlib.suppress(OSError):  # Windows may not let one read while another writes; what it is shows below
            found, wrong = self._read()
            if not wrong:
                return found
        try:
            with self._turn():
                return self._repaired()
        except OSError as error:
            self._notice(f"The cache of places {self.path} could not be read ({error.strerror or error}).")
            return {}

    def _repaired(self) -> dict[Key, Entry]:
        """What the file holds now; where it is broken it is set aside, and what was good in it is written anew.

        Only in turn: otherwise a file that another has just written anew were set aside for the one before it.
        """
        found, wrong = self._read()
        if wrong:
            self._set_aside(wrong)
            self._new = found | self._new
        return found

    def _read(self) -> tuple[dict[Key, Entry], str]:
        """The entries that are good, and what is wrong with the file (empty: nothing).

        Raises:
            OSError: it is there and cannot be read; then it is not to be written over either.
        """
        try:
            text = self.path.read_bytes()
        except FileNotFoundError:
            return {}, ""
        entries, wrong = _from_text(text)
        return {(entry.service, entry.question): entry for entry in entries}, wrong

    def _set_aside(self, wrong: str) -> None:
        stamp = dt.datetime.now(dt.UTC).strftime("%Y%m%dT%H%M%S.%fZ")
        aside = self.path.with_name(f"{FILE_NAME}.corrupt-{stamp}")
        try:
            self.path.rename(aside)
            fate = f"set aside as {aside}"
        except OSError as error:
            fate = f"left where it is, for it could not be renamed ({error.strerror or error})"
        self._notice(f"The cache of places {self.path} was broken ({wrong}); it was {fate}, and a new one is begun.")

    def _notice(self, words: str) -> None:
        if words not in self._notices:
            self._notices.append(words)


def _replace(path: Path, text: str) -> None:
    """Write a whole file or none: beside the old one first, then in its place."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=_BEGUN, suffix=".new")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        _put_in_place(Path(name), path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise


def _put_in_place(new: Path, path: Path) -> None:
    for pause in (0.01, 0.05, 0.2):
        try:
            new.replace(path)
        except PermissionError:
            time.sleep(pause)  # Windows refuses while another reads the old file
        else:
            return
    new.replace(path)


def _sweep(folder: Path) -> None:
    """Remove the files that killed processes had begun, long after."""
    for begun in folder.glob(f"{_BEGUN}*.new"):
        # One that cannot be removed, or that another has removed, does no harm.
        with contextlib.suppress(OSError):
            if time.time() - begun.stat().st_mtime > LEFT_BEHIND:
                begun.unlink()


def _to_text(entries: Mapping[Key, Entry]) -> str:
    document = {"format": FORMAT, "entries": [_to_json(entry) for entry in entries.values()]}
    # A raw answer is JSON of its service; should one hold anything else, its words are better than no cache.
    return json.dumps(document, ensure_ascii=True, indent=1, default=str) + "\n"


def _to_json(entry: Entry) -> dict[str, Any]:
    fields = {field.name: getattr(entry, field.name) for field in dataclasses.fields(entry)}
    place = entry.place
    if place is None:
        return fields | {"raw": None}
    made = {name: getattr(place, name) for name in ("lat", "lon", "precision", "located_by", "label")}
    return fields | {"place": made | {"alternatives": list(place.alternatives)}, "raw": dict(place.raw)}


def _from_text(text: bytes) -> tuple[list[Entry], str]:
    """The readable entries, and what is wrong with the rest (empty: nothing)."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        return [], f"expected JSON, but {type(error).__name__}: {error}"
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        return [], f"expected a JSON object with format {FORMAT}"
    items = document.get("entries")
    if not isinstance(items, list):
        return [], "expected a list of entries"
    entries = list(_good(items))
    broken = len(items) - len(entries)
    return entries, f"{broken} of {len(items)} entries are no answers; the others were kept" if broken else ""


def _good(items: list[object]) -> Iterator[Entry]:
    for item in items:
        with contextlib.suppress(KeyError, TypeError, ValueError):
            yield _entry(item)


_ENTRY = TypeAdapter(Entry)


def _entry(item: Any) -> Entry:
    """One entry of the file.

    Raises:
        TypeError, KeyError, ValueError: it is none.
    """
    place = item["place"]
    if place is not None:
        if not are_coordinates(place["lat"], place["lon"]):
            raise ValueError(place)
        place = {**place, "raw": item["raw"], "located_on": item["date"], "from_cache": True}
    entry = _ENTRY.validate_python({**item, "place": place})
    dt.date.fromisoformat(entry.date)
    return entry
