"""How long work tells how far it has come."""

from __future__ import annotations

import time
from collections.abc import Callable

#: Is told (done, all, what is at work).
Progress = Callable[[int, int, str], None]


def unheard(done: int, total: int, what: str) -> None:
    """Nobody is told."""


def paced(tell: Progress, seconds: float) -> Progress:
    """Tells no more often than once in so many seconds, and nothing of work that is done before."""
    told = time.monotonic()

    def tell_now_and_then(done: int, total: int, what: str) -> None:
        nonlocal told
        if time.monotonic() - told >= seconds:
            told = time.monotonic()
            tell(done, total, what)

    return tell_now_and_then
