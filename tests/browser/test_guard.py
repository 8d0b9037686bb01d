"""What a browser lets pages do with the dashboard: its own scripts reach no other host, other sites do not show it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.chromium import find_chromium
from tests.browser.screen import Screen
from tests.serving import serving

pytestmark = pytest.mark.browser

#: Tries one way to reach an address; says what came of it.
TRY = """async ([way, url]) => {
  const barred = new Promise((done) => {
    document.addEventListener("securitypolicyviolation", (event) => done(event.effectiveDirective), { once: true });
  });
  const tried = new Promise((done) => {
    if (way === "socket") {
      const socket = new WebSocket(url, ["streamlit"]);
      socket.onopen = () => done("open");
      socket.onerror = () => setTimeout(done, 1000, "error");
    } else if (way === "beacon") {
      navigator.sendBeacon(url, "words");
    } else {
      fetch(url, { mode: "no-cors" }).then(() => done("open"), () => setTimeout(done, 1000, "error"));
    }
  });
  return Promise.race([barred, tried]);
}"""


@pytest.fixture
def other() -> Iterator[tuple[int, list[bytes]]]:
    """Another program on this machine: its port, and what it was sent."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as ear:

        def listen() -> None:
            while True:
                try:
                    line, _ = ear.accept()
                except OSError:
                    return
                with line:
                    heard.append(line.recv(65536))

        threading.Thread(target=listen, daemon=True).start()
        yield ear.getsockname()[1], heard


@pytest.fixture
def frame_site() -> Iterator[Callable[[str], str]]:
    """A web site that shows an address in a frame: ``frame_site(address)`` is its port."""
    shown: list[str] = []

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = f'<title>A site</title><iframe src="{shown[-1]}" width="1200" height="800"></iframe>'.encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *words: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as site:
        threading.Thread(target=site.serve_forever, daemon=True).start()

        def show(address: str) -> str:
            shown.append(address)
            return str(site.server_address[1])

        yield show
        site.shutdown()


def test_a_script_in_the_page_reaches_this_host_alone(
    screen: Callable[..., Screen], server: str, other: tuple[int, list[bytes]]
) -> None:
    page = screen().page  # drawn: the page's own websocket is open under this policy
    port, heard = other
    assert page.evaluate(TRY, ["socket", f"{server.replace('http', 'ws')}/_stcore/stream"]) == "open"
    assert page.evaluate(TRY, ["fetch", f"{server}/health"]) == "open"
    for way, scheme in (("socket", "ws"), ("socket", "wss"), ("fetch", "http"), ("beacon", "http")):
        assert page.evaluate(TRY, [way, f"{scheme}://127.0.0.1:{port}/"]) == "connect-src"
    assert page.evaluate(TRY, ["socket", "wss://evil.example/"]) == "connect-src"
    assert heard == []


def test_other_sites_may_show_it_only_where_they_are_named(
    open_page: Callable[..., Page], frame_site: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    port = frame_site("about:blank")
    options = ("--embed-from", f"http://localhost:{port}")
    with serving(tmp_path_factory.mktemp("cache"), options=options) as address:
        frame_site(address)
        named = open_page(f"http://localhost:{port}/").frame_locator("iframe")
        expect(named.locator(".st-key-itinerary button[data-stop='amman']")).to_be_attached()
        inner = named.frame_locator('iframe[title="Map of the trip"]')
        expect(inner.locator('.stop-marker[data-stop="amman"]')).to_be_attached()
        unnamed = open_page(f"http://127.0.0.1:{port}/")
        unnamed.wait_for_function("window.length === 1")
        unnamed.wait_for_load_state("networkidle")
        assert unnamed.frames[1].url.startswith("chrome-error:")


def test_other_sites_cannot_take_it_as_a_script_or_a_picture(
    open_page: Callable[..., Page], frame_site: Callable[[str], str], server: str
) -> None:
    page = open_page(f"http://localhost:{frame_site('about:blank')}/")
    assert page.evaluate(TRY, ["fetch", f"{server}/health"]) == "error"
    assert page.evaluate(TRY, ["fetch", page.url]) == "open"


def test_a_name_that_was_made_to_point_here_shows_the_way(browser: Browser, server: str) -> None:
    """In a Chromium that takes evil.example for this machine, as after DNS rebinding."""
    port = server.rpartition(":")[2]
    flags = ["--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP evil.example 127.0.0.1"]
    chromium = browser.browser_type.launch(executable_path=str(find_chromium()), args=flags)
    try:
        page = chromium.new_page()
        answer = page.goto(f"http://evil.example:{port}/")
        assert answer is not None
        assert answer.status == 421
        assert f"Open http://localhost:{port}/" in page.inner_text("body")
    finally:
        chromium.close()
