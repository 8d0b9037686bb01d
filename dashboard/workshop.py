"""A queue for work that takes long: each piece is done by a process of its own, so that the server goes on answering.

A piece of work is asked for by a key. Those who ask for the same at the same time share one process, what was made is
kept for the next, and what nobody waits for any more is stopped. The process is :mod:`dashboard.worker`; it ends by
itself when this one does, however that ends.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import threading
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from dashboard.terminal import visible

#: How many pieces are worked on at once, and how many more may wait.
AT_ONCE, MOST_WAITING = 2, 16
#: A piece that takes longer than so many seconds is stopped.
LIMIT_SECONDS = 180.0
#: What was made last is kept up to so many bytes altogether.
KEPT_BYTES = 64_000_000
#: How often we look whether an asker is still there.
LOOK_SECONDS = 0.25

STOPPING = "The dashboard is being stopped."

#: Every command finds this package, wherever the server was started.
_ROOT = Path(__file__).resolve().parents[1]
WORKER = (sys.executable, "-m", "dashboard.worker")


class WorkError(Exception):
    """A piece of work was not done; the message says why, in words for the reader."""


class NotNowError(WorkError):
    """The piece was not made now: too many wait, or the server ends. Asking again may help."""


class RefusedError(WorkError):
    """The piece asks for what is not made; the message says what is."""


class GoneError(WorkError):
    """Nobody waits for the piece any more."""


@dataclass(frozen=True)
class Headway:
    """How far a piece is: how many are before it in the queue, or how much of it is done."""

    ahead: int = 0
    done: int = 0
    total: int = 0


@dataclass
class _Piece:
    """A piece of work in the queue or in a process."""

    key: Hashable
    order: Callable[[], Sequence[bytes]]
    made: asyncio.Future[bytes] | None = None
    askers: int = 0
    is_stopped: bool = False
    is_late: bool = False
    process: subprocess.Popen[bytes] | None = None
    progress: Headway = field(default_factory=Headway)

    def stop(self) -> None:
        """End its process, or let it never begin. Whichever of the two comes first sees the other."""
        self.is_stopped = True
        if self.process:
            self.process.kill()

    def end_late(self) -> None:
        """End its process because its time is over."""
        self.is_late = True
        self.stop()


class Workshop:
    """The queue, its processes and what they made. All but the processes' own threads runs on the server's loop."""

    def __init__(
        self,
        *,
        at_once: int = AT_ONCE,
        most_waiting: int = MOST_WAITING,
        seconds: float = LIMIT_SECONDS,
        kept_bytes: int = KEPT_BYTES,
        command: Sequence[str] = WORKER,
    ) -> None:
        self._at_once, self._most = at_once, at_once + most_waiting
        self._seconds, self._kept_bytes, self._command = seconds, kept_bytes, command
        self._threads = ThreadPoolExecutor(at_once, "workshop")
        self._pieces: dict[Hashable, _Piece] = {}  # in the order in which they were asked for
        self._kept: OrderedDict[Hashable, bytes] = OrderedDict()
        self._is_closed = False

    async def make(
        self, key: Hashable, order: Callable[[], Sequence[bytes]], is_gone: Callable[[], Awaitable[bool]]
    ) -> bytes:
        """What the key names: kept from before, or made now by a process that reads ``order`` from its input.

        ``is_gone`` tells whether the asker has left; when all who asked for the piece have, it is stopped.

        Raises:
            NotNowError: too many pieces wait, or the server ends.
            RefusedError: the process says that such a thing is not made.
            GoneError: the asker has left.
            WorkError: the process took too long, failed, or was ended.
        """
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        piece = self._pieces.get(key) or self._begin(_Piece(key, order))
        piece.askers += 1
        try:
            return await self._awaited(piece, is_gone)
        finally:
            piece.askers -= 1
            if not piece.askers:
                self._leave(piece)

    def progress(self, key: Hashable) -> Headway | None:
        """How far the piece is; None where it is neither waiting nor being made."""
        piece = self._pieces.get(key)
        if piece is None:
            return None
        if piece.process:
            return piece.progress
        return Headway(ahead=max(0, list(self._pieces).index(key) - self._at_once + 1))

    def close(self) -> None:
        """End all processes and take nothing more; who still waits is told so."""
        self._is_closed = True
        for piece in list(self._pieces.values()):
            piece.stop()
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _begin(self, piece: _Piece) -> _Piece:
        if self._is_closed:
            raise NotNowError(STOPPING)
        if len(self._pieces) >= self._most:
            raise NotNowError(f"{len(self._pieces)} files are being written or wait; try again in a minute.")
        self._pieces[piece.key] = piece
        piece.made = asyncio.get_running_loop().run_in_executor(self._threads, self._work, piece)
        piece.made.add_done_callback(lambda made: self._finished(piece, made))
        return piece

    async def _awaited(self, piece: _Piece, is_gone: Callable[[], Awaitable[bool]]) -> bytes:
        assert piece.made is not None
        while not (await asyncio.wait({piece.made}, timeout=LOOK_SECONDS))[0]:
            if await is_gone():
                raise GoneError("The reader has left.")
        if piece.made.cancelled():
            raise NotNowError(STOPPING)
        return piece.made.result()

    def _leave(self, piece: _Piece) -> None:
        """Nobody waits for the piece: stop it, and let its place in the queue be another's at once."""
        piece.stop()
        if piece.made:
            piece.made.cancel()
        if self._pieces.get(piece.key) is piece:
            del self._pieces[piece.key]

    def _finished(self, piece: _Piece, made: asyncio.Future[bytes]) -> None:
        if self._pieces.get(piece.key) is piece:
            del self._pieces[piece.key]
        if made.cancelled() or made.exception():
            return
        self._kept[piece.key] = made.result()
        while sum(map(len, self._kept.values())) > self._kept_bytes:
            self._kept.popitem(last=False)

    # --- in a thread, which does nothing but wait for the process ---

    def _work(self, piece: _Piece) -> bytes:
        if piece.is_stopped:
            raise GoneError("The reader has left.")
        order = piece.order()
        with subprocess.Popen(
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # what went wrong comes as a message
            cwd=_ROOT,
            creationflags=getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0),
        ) as process:
            piece.process = process
            limit = threading.Timer(self._seconds, piece.end_late)
            limit.daemon = True
            limit.start()
            assert process.stdin is not None
            try:
                return self._result(piece, process, order)
            finally:
                limit.cancel()
                process.kill()
                with suppress(OSError):  # it may hold a rest that nobody reads
                    process.stdin.close()

    def _result(self, piece: _Piece, process: subprocess.Popen[bytes], order: Sequence[bytes]) -> bytes:
        assert process.stdin is not None
        assert process.stdout is not None
        if piece.is_stopped:
            raise GoneError("The reader has left.")
        with suppress(OSError):  # a process that has ended reads nothing; below, its output ends too
            for part in order:
                process.stdin.write(part)
            process.stdin.flush()  # it stays open: the process ends when it closes
        for line in iter(process.stdout.readline, b""):
            message: dict[str, Any] = json.loads(line)
            if "size" in message:
                return _exactly(process.stdout, message["size"])
            if "refused" in message:
                raise RefusedError(message["refused"])
            if "failed" in message:
                print(visible(message["failed"]), file=sys.stderr, flush=True)
                raise WorkError("It could not be written; the dashboard's own output says why.")
            piece.progress = Headway(done=message["done"], total=message["total"])
        if piece.is_late:
            raise WorkError(f"It took more than {self._seconds:g} seconds and was stopped; choose a part of the trip.")
        if piece.is_stopped:
            raise NotNowError(STOPPING)
        raise WorkError(
            f"Its process was ended by the system (status {process.wait()}); there may be too little memory."
        )


def _exactly(stream: IO[bytes], size: int) -> bytes:
    data = stream.read(size)
    if len(data) < size:
        raise WorkError("Its process was ended before the file was complete.")
    return data
