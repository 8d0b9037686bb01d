"""How long work tells how far it has come."""

from __future__ import annotations

import pytest

from dashboard import progress
from dashboard.progress import paced


def test_it_is_told_once_in_so_many_seconds_and_not_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr(progress.time, "monotonic", lambda: now)
    told: list[tuple[int, int, str]] = []
    tell = paced(lambda *words: told.append(words), 0.5)
    for done, at in enumerate((100.0, 100.4, 100.5, 100.9, 101.0)):
        now = at
        tell(done, 5, "a slide")
    assert told == [(2, 5, "a slide"), (4, 5, "a slide")]
