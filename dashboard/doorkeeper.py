"""How many viewers fit: each takes an open file of the operating system, of which it lets a program have so many.

Where they are used up, whoever comes is turned away at once: waiting callers would wait for ever, and asyncio would
try again, and log it, tens of thousands of times a second.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
import os
import socket
import sys
from collections.abc import AsyncIterator
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard.seldom import log_seldom

if sys.platform != "win32":
    import resource

_log = logging.getLogger(__name__)

#: Open files that are asked for, of which the system may grant fewer.
WANTED = 65_536
#: Open files below which it is said how many viewers fit.
ENOUGH = 4096
#: Open files kept for what is no viewer: requests for pages, exports, the trip's own files.
KEPT = 256
#: What a websocket is closed with where there is no room (RFC 6455: try again later).
TRY_AGAIN_LATER = 1013


def make_room() -> int:
    """Ask the system for as many open files as there may be, and return how many that are."""
    if sys.platform == "win32":  # it has no such limit
        return WANTED
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = WANTED if hard == resource.RLIM_INFINITY else min(WANTED, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with contextlib.suppress(OSError, ValueError):  # macOS grants fewer than it says: then it stays as it is
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
            return wanted
    return WANTED if soft == resource.RLIM_INFINITY else soft


def viewers_for(files: int) -> int:
    """How many viewers fit into so many open files: each keeps one, and loads the page over up to six for seconds."""
    return max(files // 2, files - KEPT - files // 8)


@contextlib.asynccontextmanager
async def open_house(app: object) -> AsyncIterator[None]:
    """Make room before the first viewer comes, say so where there is little, and have the door kept (ASGI lifespan)."""
    files = make_room()
    if files < ENOUGH:
        print(
            f"This system lets a program open {files:,} files at once, so that {viewers_for(files):,} viewers fit. For "
            f"more, start it with a higher limit (ulimit -n {ENOUGH}).",
            file=sys.stderr,
        )
    log_seldom()
    door = _Door()
    asyncio.get_running_loop().set_exception_handler(door.keep)
    try:
        yield
    finally:
        door.close()


class _Door:
    """Turns callers away while no file can be opened for them, with two files that are kept for that."""

    def __init__(self) -> None:
        self._kept: list[int] = []
        self._refill()

    def _refill(self) -> None:
        with contextlib.suppress(OSError):  # somebody was quicker; the next caller finds the door as it was
            while len(self._kept) < 2:
                self._kept.append(os.open(os.devnull, os.O_RDONLY))

    def close(self) -> None:
        """Give the files back."""
        while self._kept:
            os.close(self._kept.pop())

    def keep(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """What asyncio calls where something fails that nobody waits for, such as letting a caller in."""
        error, listening = context.get("exception"), context.get("socket")
        if listening is None or not (isinstance(error, OSError) and error.errno in (errno.EMFILE, errno.ENFILE)):
            loop.default_exception_handler(context)
            return
        _log.warning("Somebody was turned away, for no more files can be opened; see the README on many viewers.")
        self.close()
        with contextlib.suppress(OSError):  # nobody is waiting any more
            self._turn_away(listening)
        self._refill()

    @staticmethod
    def _turn_away(listening: Any) -> None:
        with socket.fromfd(listening.fileno(), listening.family, listening.type) as door:
            door.setblocking(False)
            caller, _ = door.accept()
            caller.close()


class Room:
    """Lets so many viewers in as there is room for; a further one's browser tries again (ASGI middleware)."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._inside = 0
        self._most = viewers_for(make_room())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; a viewer is a websocket."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
        elif self._inside >= self._most:
            await receive()
            await send({"type": "websocket.close", "code": TRY_AGAIN_LATER, "reason": "no room for more viewers"})
        else:
            self._inside += 1
            try:
                await self.app(scope, receive, send)
            finally:
                self._inside -= 1
