"""Files of a trip folder, read without trust: regular files that lie in it, each up to a stated size.

A trip folder may come from anybody. A pipe in it would be waited for for ever, a link to a device would fill the
memory, and a link out of it would show what the folder's maker has no business to show.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

MB = 1_000_000
#: Bytes that ``trip.toml`` may have; one of 10,000 stops has 13 MB.
MOST_TRIP_FILE = 16 * MB
#: Bytes that a source text may have; a long novel has 3 MB.
MOST_TEXT = 4 * MB
#: Characters that all source texts of a trip may have together; comparing them takes 75 bytes for each.
MOST_TEXTS = 12 * MB

_KINDS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}
# Not to wait for a pipe's other end, should one have taken the file's place since it was looked at.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)


class UnreadableError(Exception):
    """A file is refused; the message says what was expected, what was found and what to do."""


def read_file(folder: Path, name: str, most: int) -> bytes:
    """The bytes of the file ``name`` of a trip folder, ``most`` of them at most.

    Raises:
        UnreadableError: it is no regular file, lies outside the folder, or is too large.
        OSError: it is not there or cannot be read.
        ValueError: no file can have this name.
    """
    path = Path(os.path.realpath(folder / name, strict=True))
    if not path.is_relative_to(os.path.realpath(folder)):
        raise UnreadableError("expected a file in the trip folder, found a link out of it; put the file itself there")
    _check_kind(path.stat())
    with os.fdopen(os.open(path, _FLAGS), "rb") as file:
        status = os.fstat(file.fileno())
        _check_kind(status)
        data = b"" if status.st_size > most else file.read(most + 1)
    if max(len(data), status.st_size) > most:
        found = f"{max(len(data), status.st_size):,} bytes"
        raise UnreadableError(f"expected at most {most / MB:g} MB, found {found}; shorten it, or make several of it")
    return data


def _check_kind(status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        kind = _KINDS.get(stat.S_IFMT(status.st_mode), "something else")
        raise UnreadableError(f"could not be read (expected a file, found {kind}); put the file itself there")
