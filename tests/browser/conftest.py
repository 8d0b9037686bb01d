"""A running dashboard and a real Chromium for the browser tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.chromium import find_chromium
from tests.browser.screen import Screen
from tests.serving import serving

WIDE = {"width": 1440, "height": 900}

expect.set_options(timeout=20_000)  # a busy machine is no failure


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a dashboard that serves the bundled trip."""
    with serving(tmp_path_factory.mktemp("cache")) as address:
        yield address


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One Chromium for this folder. Playwright's event loop must end with it: later tests run loops of their own."""
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
        chromium = playwright.chromium.launch(executable_path=str(find_chromium()), args=flags)
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens pages of a wanted size and theme; closes them at the end and fails on any error the page threw."""
    contexts, errors = [], []

    def open_(url: str, *, size: dict[str, int] = WIDE, dark: bool = False, **options: object) -> Page:
        context = browser.new_context(viewport=size, color_scheme="dark" if dark else "light", **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(url)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert errors == []


@pytest.fixture
def screen(server: str, open_page: Callable[..., Page]) -> Callable[..., Screen]:
    """Opens the explore page: ``screen("?stop=amman", dark=True)``."""

    def open_(query: str = "", **options: object) -> Screen:
        return Screen(open_page(f"{server}/{query}", **options)).ready()

    return open_
