"""A briefing survives the loss of the application: what is shown stays, what is done is kept and told afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.screen import Screen
from tests.serving import serving

pytestmark = pytest.mark.browser

BACK = 60_000  # milliseconds in which Streamlit and the page must have found the application again


@pytest.fixture
def application(tmp_path: Path) -> Iterator[serving]:
    """An application of its own, to be killed and started again at the same address."""
    running = serving(tmp_path)
    with running:
        yield running


def slide_in_address(page: Page, number: int) -> None:
    page.wait_for_function(
        "n => new URLSearchParams(location.search).get('slide') === String(n)", arg=number, timeout=BACK
    )


def test_a_presentation_goes_on_and_stays_where_it_is(application: serving, open_page: Callable[..., Page]) -> None:
    page = open_page(f"{application.address}/?view=present&slide=2")
    expect(page.locator(".slide-card h2")).to_have_text("Tel Aviv")
    page.wait_for_load_state("networkidle")  # every slide has been fetched
    application.kill()
    for name in ("Amman", "Ramallah", "Syria"):
        page.keyboard.press("ArrowRight")
        expect(page.locator(".slide-card h2")).to_have_text(name)
    expect(page.locator(".connection")).to_have_text("Not connected. What you do here is kept.", timeout=BACK)
    assert page.locator(".stDialog").filter(visible=True).count() == 0
    application.start()
    expect(page.locator(".connection")).to_be_hidden(timeout=BACK)
    slide_in_address(page, 5)
    expect(page.locator(".slide-card h2")).to_have_text("Syria")
    expect(page.locator(".present-bar .where")).to_have_text("5 / 13")


def test_exploring_keeps_what_was_chosen_meanwhile(application: serving, open_page: Callable[..., Page]) -> None:
    screen = Screen(open_page(f"{application.address}/?stop=amman")).ready()
    expect(screen.heading).to_contain_text("Amman")
    application.kill()
    screen.page.keyboard.press("Escape")
    screen.country("Japan").click()
    screen.row("tokyo").click()
    expect(screen.panel.locator(".stop-page")).to_have_text(
        "The dashboard does not answer. This page comes as soon as it does."
    )
    application.start()
    screen.page.wait_for_function(
        "['stop', 'country'].every((key) => new URLSearchParams(location.search).has(key))", timeout=BACK
    )
    expect(screen.heading).to_contain_text("Tokyo", timeout=BACK)
    screen.expect_query(stop="tokyo", country="JP")
