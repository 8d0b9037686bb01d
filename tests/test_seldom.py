"""Logs that stay readable however often something fails."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest

from dashboard.seldom import Seldom, log_seldom


@pytest.fixture
def logger() -> Iterator[logging.Logger]:
    """A logger of its own, whose handler writes into ``stream``."""
    logger = logging.getLogger("test of seldom")
    handler = logging.StreamHandler(io.StringIO())
    logger.addHandler(handler)
    logger.propagate = False
    yield logger
    logger.removeHandler(handler)


def written(logger: logging.Logger) -> list[str]:
    handler = logger.handlers[0]  # pytest may have added one
    assert isinstance(handler, logging.StreamHandler)
    return handler.stream.getvalue().splitlines()


def test_a_flood_becomes_ten_lines_a_minute(logger: logging.Logger) -> None:
    now = 0.0
    logger.handlers[0].addFilter(Seldom(lambda: now))
    for minute in range(2):
        for number in range(5000):
            now = 60 * minute + number / 100
            logger.error("no file for %s", f"{minute}.{number}")
    lines = written(logger)
    assert len(lines) == 20
    assert lines[0] == "no file for 0.0"
    assert lines[9] == "no file for 0.9 (more like this are left out for a minute)"
    assert lines[10] == "no file for 1.0 (4,990 more like this were left out)"
    assert lines[11] == "no file for 1.1"


def test_each_line_of_the_program_has_its_own_count(logger: logging.Logger) -> None:
    logger.handlers[0].addFilter(Seldom())
    for _ in range(50):
        logger.error("one")
        logger.error("two")
    logger.error("three")
    assert [sum(word in line for line in written(logger)) for word in ("one", "two", "three")] == [10, 10, 1]


def test_every_handler_logs_seldom(logger: logging.Logger) -> None:
    last = logging.lastResort
    assert last is not None
    before = list(last.filters)
    for _ in range(2):
        log_seldom()
    assert [type(item) for item in logger.handlers[0].filters] == [Seldom]
    assert [type(item) for item in last.filters] == [Seldom]
    last.filters[:] = before
    for handler in logging.root.handlers:
        handler.filters[:] = [item for item in handler.filters if not isinstance(item, Seldom)]
