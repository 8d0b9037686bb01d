"""A running dashboard and a real Chromium for the browser tests."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.chromium import find_chromium
from tests.browser.screen import Screen
from tests.front_door.terminal import free_port

WIDE = {"width": 1440, "height": 900}
START_SECONDS = 60

expect.set_options(timeout=20_000)  # a busy machine is no failure


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a dashboard that serves the bundled trip."""
    with serving(tmp_path_factory.mktemp("cache")) as address:
        yield address


class serving:
    """Runs ``trip-dashboard run`` on a free port while the block lasts."""

    def __init__(self, cache: Path, folder: Path | None = None) -> None:
        self._cache, self._folder = cache, folder

    def __enter__(self) -> str:
        self._port = free_port()
        self.address = f"http://127.0.0.1:{self._port}"
        self.start()
        return self.address

    def start(self) -> None:
        """Start it, also after :meth:`kill`, and wait until it answers."""
        command = [sys.executable, "-m", "dashboard", "run", *([str(self._folder)] if self._folder else [])]
        self._log = self._cache / "server.log"
        environment = {**os.environ, "TRIP_DASHBOARD_CACHE": str(self._cache)}
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [*command, "--port", str(self._port)], stdout=log, stderr=subprocess.STDOUT, env=environment
            )
        self._wait_for(f"{self.address}/health")

    def kill(self) -> None:
        """End it without a word, as a crash does."""
        self._process.kill()
        self._process.wait(10)

    def _wait_for(self, url: str) -> None:
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end and self._process.poll() is None:
            try:
                with urllib.request.urlopen(url, timeout=2):
                    return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError(f"the dashboard did not start:\n{self._log.read_text()}")

    def __exit__(self, *exception: object) -> None:
        self._process.terminate()
        self._process.wait(10)


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
