"""Ends with the server what was begun for its readers."""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from types import FrameType

from dashboard.workshop import Workshop

#: The signals that end the server.
ENDING = (signal.SIGINT, signal.SIGTERM)


def stopping(workshop: Workshop) -> Callable[[object], AbstractAsyncContextManager[None]]:
    """What an application runs around its life (ASGI's lifespan), so that the workshop stops with it.

    The server waits for every answer before it ends, so the workshop has to hear of the end when it is asked for.
    """

    @asynccontextmanager
    async def lifespan(_: object) -> AsyncIterator[None]:
        loop = asyncio.get_running_loop()
        with heard(lambda: loop.call_soon_threadsafe(workshop.close)):
            yield
        workshop.close()

    return lifespan


@contextmanager
def heard(tell: Callable[[], object]) -> Iterator[None]:
    """Let ``tell`` know of the ending signals before those who listen to them; where this thread can hear signals."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    earlier = {number: signal.getsignal(number) for number in ENDING}

    def hear(number: int, frame: FrameType | None) -> None:
        tell()
        listener = earlier[signal.Signals(number)]
        if callable(listener):
            listener(number, frame)
        else:  # the system's own way
            signal.signal(number, listener)
            signal.raise_signal(number)

    for number in ENDING:
        signal.signal(number, hear)
    try:
        yield
    finally:
        for number, listener in earlier.items():
            signal.signal(number, listener)
