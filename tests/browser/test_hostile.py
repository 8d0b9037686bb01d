"""Hostile text in every field of a trip shows as text everywhere, and nothing of it runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.screen import Screen
from tests.conftest import TEXTS, make_trip
from tests.serving import serving

pytestmark = pytest.mark.browser

EVIL = (
    "<img src=x onerror='window.top.hacked=1'><script>window.top.hacked=1</script>"
    "`${window.top.hacked=1}`\"'\\ \u202eright"
)
FIELDS = (
    "title",
    "sources.0.title",
    "sources.0.about",
    "sources.1.date_reason",
    "stops.0.name",
    "stops.0.country",
    "stops.0.status_reason",
    "stops.1.date_reason",
    "stops.1.order_reason",
    "meetings.0.title",
    "meetings.0.others.0",
    "meetings.0.date_reason",
    "quotes.0.role",
    "quotes.0.stop_reason",
    "people.1.roles.0.role",
    "disagreements.0.topic",
    "disagreements.0.statement",
    "disagreements.0.positions.0.says",
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A dashboard whose trip has hostile text in its fields and in its source texts, and a name of 100 kB."""
    folder = tmp_path_factory.mktemp("hostile")
    texts = {name: f"{text}\n{EVIL}\n" for name, text in TEXTS.items()}
    changes = {path: f"{EVIL} {path}" for path in FIELDS} | {"stops.2.name": "long " * 20_000}
    make_trip(folder, changes, texts)
    with serving(tmp_path_factory.mktemp("cache"), folder) as address:
        yield address


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "stops.0.name"),
        ("?stop=brindle", "meetings.0.title"),
        ("?stop=dunmore", "long long"),
        ("?person=tom", "people.1.roles.0.role"),
        ("?view=evidence", "disagreements.0.statement"),
        ("?view=sources", "sources.0.about"),
        ("?view=search&q=onerror", "onerror"),
        ("?view=method", "stops.1.date_reason"),
        ("?source=log", "onerror"),
    ],
)
def test_hostile_text_is_only_text(hostile: str, open_page: Callable[..., Page], query: str, words: str) -> None:
    page = open_page(f"{hostile}/{query}")
    it = Screen(page)
    expect(it.marker("brindle")).to_be_attached()
    shown = page.locator(".st-key-panel, .st-key-view, .st-key-reader, .st-key-top")
    expect(shown.filter(has_text=words).first).to_be_attached()
    expect(it.map.locator(".stop-marker")).to_have_count(3)
    expect(page.locator(".st-key-countries button")).to_have_count(3)
    assert page.evaluate("window.hacked") is None
    for frame in page.frames:
        assert frame.locator("img[src='x']").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
