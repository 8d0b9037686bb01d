"""Logs that stay readable: what one line of the program has to say is logged a few times a minute."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

#: Records of one line of the program that pass within a minute.
MOST = 10
MINUTE = 60.0


class Seldom(logging.Filter):
    """Lets ten records a minute through of each line that logs, and says how many were left out."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._lock = threading.Lock()
        self._counts: dict[tuple[str, int], tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the record passes; the last that does says that more are left out, the next one how many."""
        place, now = (record.pathname, record.lineno), self._clock()
        with self._lock:
            since, count = self._counts.get(place, (now, 0))
            left_out = max(0, count - MOST)
            if now - since >= MINUTE:
                since, count = now, 0
                if left_out:
                    _add(record, f"{left_out:,} more like this were left out")
            self._counts[place] = (since, count + 1)
        if count + 1 == MOST:
            _add(record, "more like this are left out for a minute")
        return count < MOST


def _add(record: logging.LogRecord, words: str) -> None:
    record.msg, record.args = f"{record.getMessage()} ({words})", ()


def log_seldom() -> None:
    """Have every handler there is log seldom."""
    loggers = [logging.root, *(logging.root.manager.loggerDict.values())]
    handlers = {handler for logger in loggers if isinstance(logger, logging.Logger) for handler in logger.handlers}
    for handler in [*handlers, logging.lastResort]:
        if handler and not any(isinstance(item, Seldom) for item in handler.filters):
            handler.addFilter(Seldom())
