"""Files of a trip folder: regular ones that lie in it, up to a size, and nothing is waited for."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from dashboard.folder import UnreadableError, read_file

pytestmark = pytest.mark.skipif(os.name == "nt", reason="pipes and links in folders are not Windows'")


def test_a_file_is_read_up_to_its_limit(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\r\n12")
    assert read_file(tmp_path, "a.txt", 4) == b"\r\n12"
    (tmp_path / "b.txt").write_bytes(bytes(1_500_000))
    with pytest.raises(UnreadableError, match=r"expected at most 1 MB, found 1,500,000 bytes; shorten it"):
        read_file(tmp_path, "b.txt", 1_000_000)


def test_a_link_inside_the_folder_is_followed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"12")
    (tmp_path / "b.txt").symlink_to("a.txt")
    outside = tmp_path.parent / f"{tmp_path.name}-linked"
    outside.symlink_to(tmp_path)
    assert read_file(tmp_path, "b.txt", 4) == read_file(outside, "b.txt", 4) == b"12"


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "trip"
    folder.mkdir()
    (tmp_path / "trip-2").mkdir()
    (tmp_path / "trip-2" / "a.txt").write_bytes(b"12")
    (folder / "a.txt").symlink_to("../trip-2/a.txt")
    with pytest.raises(UnreadableError, match="found a link out of it; put the file itself there"):
        read_file(folder, "a.txt", 4)


def test_what_is_no_file_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as listener:
        here = Path.cwd()
        os.chdir(tmp_path)  # the path of a socket must be short
        listener.bind("socket")
        os.chdir(here)
        for name in ("folder", "pipe", "socket"):
            with pytest.raises(UnreadableError, match=f"expected a file, found a {name}"):
                read_file(tmp_path, name, 4)


def test_a_pipe_that_takes_the_place_of_a_file_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_bytes(b"12")
    os.mkfifo(tmp_path / "pipe")
    real = os.open
    monkeypatch.setattr(os, "open", lambda path, flags: real(tmp_path / "pipe", flags))
    with pytest.raises(UnreadableError, match="found a pipe"):
        read_file(tmp_path, "a.txt", 4)


@pytest.mark.skipif(not Path("/proc/self/smaps").is_file(), reason="files without a size are Linux's")
def test_a_file_that_tells_no_size_is_not_read_beyond_its_limit() -> None:
    with pytest.raises(UnreadableError, match=r"expected at most 0\.0001 MB"):
        read_file(Path("/proc/self"), "smaps", 100)
