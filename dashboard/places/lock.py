"""A lock between processes that the system itself takes back from a process that ends, however it ends."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _try(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)

    def _give_back(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _try(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _give_back(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)


@contextmanager
def locked(path: Path, patience: float) -> Iterator[bool]:
    """Hold the lock of this file, which is made where it is missing and stays; yields whether it is held.

    It is not where another process kept it for ``patience`` seconds (it may have been stopped), or where the folder
    or its file system has no locks. That it is not held is no reason to lose what is to be written.
    """
    try:
        file = path.open("ab")
    except OSError:
        yield False
        return
    with file:
        held = _wait(file.fileno(), time.monotonic() + patience)
        try:
            yield held
        finally:
            if held:
                _give_back(file.fileno())


def _wait(file: int, end: float) -> bool:
    while True:
        try:
            _try(file)
        except (BlockingIOError, PermissionError):  # another has it; POSIX and Windows say so each in its way
            if time.monotonic() >= end:
                return False
            time.sleep(random.uniform(0.001, 0.01))  # unequal steps, so that two do not wait for ever beside a third
        except OSError:
            return False
        else:
            return True
