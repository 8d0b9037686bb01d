"""The opened trip that all viewers share."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import pytest

from dashboard.dossier import Dossier, Shelf
from dashboard.pages.stop import stop_html
from dashboard.problems import TripError
from tests.conftest import make_trip

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows keeps no time of change, and no pipes in folders")


def rewrite(file: Path, old: str, new: str) -> None:
    """Change a file so that its size and time stay."""
    status, text = file.stat(), file.read_text(encoding="utf-8")
    assert old in text
    assert len(old) == len(new)
    file.write_text(text.replace(old, new), encoding="utf-8")
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert (file.stat().st_size, file.stat().st_mtime_ns) == (status.st_size, status.st_mtime_ns)


def test_a_change_of_the_same_size_and_time_is_noticed(tmp_path: Path) -> None:
    shelf = Shelf(make_trip(tmp_path))
    assert shelf.open().trip.file.title == "A voyage to three ports"
    rewrite(tmp_path / "trip.toml", 'title = "A voyage', 'title = "A cruise')
    assert not shelf.is_ready()
    assert shelf.open().trip.file.title == "A cruise to three ports"


def test_a_link_to_nothing_does_not_hide_a_change(tmp_path: Path) -> None:
    shelf = Shelf(make_trip(tmp_path))
    (tmp_path / "notes.txt").symlink_to("nowhere.txt")
    shelf.open()
    assert shelf.is_ready()
    rewrite(tmp_path / "trip.toml", "harbour board", "harbour b0ard")
    assert not shelf.is_ready()


def test_a_trip_is_served_again_once_it_is_mended(tmp_path: Path) -> None:
    shelf = Shelf(make_trip(tmp_path))
    (tmp_path / "log.txt").rename(tmp_path / "log.bak")
    os.mkfifo(tmp_path / "log.txt")
    with pytest.raises(TripError, match="found a pipe"):
        shelf.open()
    (tmp_path / "log.bak").replace(tmp_path / "log.txt")
    assert shelf.open().trip.file.id == "voyage"


@pytest.mark.parametrize("name", ["voyage", "dossier"])
def test_it_is_the_same_in_another_process(name: str, request: pytest.FixtureRequest) -> None:
    dossier: Dossier = request.getfixturevalue(name)
    copy: Dossier = pickle.loads(dossier.packed)
    assert copy == dossier
    assert copy.fingerprint == dossier.fingerprint
    assert stop_html(copy, next(iter(copy.trip.stops))) == stop_html(dossier, next(iter(copy.trip.stops)))
