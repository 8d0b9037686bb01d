"""How long work tells how far it has come."""

from __future__ import annotations

from collections.abc import Callable

#: Is told (done, all, what is at work).
Progress = Callable[[int, int, str], None]


def unheard(done: int, total: int, what: str) -> None:
    """Nobody is told."""
