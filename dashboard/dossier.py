"""An opened trip: everything that is computed once for it and shared by every viewer."""

from __future__ import annotations

import hashlib
import os
import pickle
import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path
from stat import S_ISREG

from dashboard.agreement import Agreement
from dashboard.bundle import trip_folder
from dashboard.model import Trip
from dashboard.places import Located, Place, locate_all
from dashboard.progress import Progress
from dashboard.route import Leg, legs, on_route
from dashboard.search import Index
from dashboard.sources import SourceText
from dashboard.trips import load_trip, source_texts

#: Environment variable that names the trip folder to serve.
FOLDER_VARIABLE = "TRIP_DASHBOARD_FOLDER"


@dataclass(frozen=True)
class Dossier:
    """A verified trip with its places, legs and source texts. Immutable, so that viewers can share it."""

    trip: Trip
    located: Located

    @property
    def places(self) -> Mapping[str, Place]:
        """The located stops' places, by stop id."""
        return self.located.places

    @cached_property
    def legs(self) -> tuple[Leg, ...]:
        """The legs of the route, in order."""
        return legs(self.trip.file.stops, self.places)

    @cached_property
    def texts(self) -> Mapping[str, SourceText]:
        """The source texts with their furniture marked, by source id."""
        return source_texts(self.trip)

    @cached_property
    def numbers(self) -> Mapping[str, str]:
        """What each stop's marker says: its number along the route, or "?" for a disputed one."""
        numbers = dict.fromkeys(self.trip.stops, "?")
        numbers.update({stop.id: str(n) for n, stop in enumerate(on_route(self.trip.file.stops), 1)})
        return numbers

    @cached_property
    def agreement(self) -> Agreement:
        """Which source reports what, and how far the sources are independent of each other."""
        return Agreement(self.trip, self.texts)

    @cached_property
    def index(self) -> Index:
        """The full-text index of the sources."""
        return Index(self.trip, self.texts)

    @cached_property
    def fingerprint(self) -> str:
        """A short hash of everything the trip says and how it was located; the data's address changes with it."""
        digest = hashlib.sha256(self.trip.file.model_dump_json().encode())
        digest.update("".join(source.sha256 for source in self.trip.file.sources).encode())
        places = sorted((stop, _as_shown(place)) for stop, place in self.places.items())
        digest.update(repr((places, self.located.missing, self.located.notices)).encode())
        return digest.hexdigest()[:16]

    @cached_property
    def packed(self) -> bytes:
        """The dossier for another process: a pickle without what can be computed anew."""
        return pickle.dumps(Dossier(Trip(self.trip.file, self.trip.texts, self.trip.passages), self.located))


def _as_shown(place: Place) -> str:
    """All of a place but what no page shows: the same answer from the cache, or of another day, is no other trip."""
    return repr(replace(place, located_on=None, raw={}, from_cache=False))


def open_dossier(folder: Path, progress: Progress | None = None) -> Dossier:
    """Read, verify and locate the trip in ``folder``.

    ``progress`` is told (done, all, name) while places are located.

    Raises:
        TripError: the trip has problems; it carries all of them.
    """
    return _located(load_trip(folder), progress)


def _located(trip: Trip, progress: Progress | None) -> Dossier:
    return Dossier(trip, locate_all(trip.file.stops, progress=progress))


class Shelf:
    """Keeps one trip folder's dossier open for all viewers and opens it anew when one of its files changes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._stamp: object = None
        self._trip: Trip | None = None
        self._dossier: Dossier | None = None
        self._earlier: dict[str, Dossier] = {}

    def verify(self) -> None:
        """Read and verify the trip without locating its places; :meth:`open` goes on from there.

        Raises:
            TripError: the folder has problems.
        """
        with self._lock:
            self._stamp = _stamp(self.folder)
            self._trip = load_trip(self.folder)

    def is_ready(self) -> bool:
        """Whether :meth:`open` can answer without work."""
        return self._dossier is not None and self._stamp == _stamp(self.folder)

    def opened(self) -> Dossier | None:
        """The dossier where :meth:`open` can answer without work."""
        return self._dossier if self.is_ready() else None

    def open(self, progress: Progress | None = None) -> Dossier:
        """The dossier of the folder as it is now.

        Raises:
            TripError: the folder has problems.
        """
        with self._lock:
            stamp = _stamp(self.folder)
            if stamp != self._stamp:
                self._trip = self._dossier = None
            if self._dossier is None:
                self._dossier = _located(self._trip or load_trip(self.folder), progress)
                self._stamp, self._trip = stamp, None
                self._earlier = {
                    **dict(list(self._earlier.items())[-1:]),
                    self._dossier.fingerprint: self._dossier,
                }
            return self._dossier

    def with_fingerprint(self, fingerprint: str) -> Dossier | None:
        """The dossier that a browser was told of: the present one, or the one before the last change."""
        return self._earlier.get(fingerprint)


def _stamp(folder: Path) -> object:
    """Changes whenever a file of the folder does, also where size and time stay: who sets the time back sets ctime."""
    try:
        files = [(file.name, file.stat()) for file in folder.iterdir() if file.exists()]
        return sorted(
            (name, s.st_mtime_ns, s.st_ctime_ns, s.st_size, s.st_ino) for name, s in files if S_ISREG(s.st_mode)
        )
    except OSError:
        return None


@cache
def shelf() -> Shelf:
    """The trip that this process serves: the folder named by ``TRIP_DASHBOARD_FOLDER``, or else the bundled one."""
    return Shelf(Path(os.environ.get(FOLDER_VARIABLE) or trip_folder()))
