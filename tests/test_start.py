"""Starting the dashboard: one address once it answers, the browser if wished, a taken port, and Ctrl+C."""

from __future__ import annotations

import os
import socket
import sys
import threading
import webbrowser
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from dashboard.__main__ import main
from dashboard.start import announce
from tests.conftest import make_trip
from tests.front_door.terminal import Running, free_port

START_SECONDS = 60

posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no process groups to interrupt")


@pytest.fixture
def taken() -> Iterator[int]:
    """A port on which another program listens."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def running(tmp_path: Path, *options: str, **environment: str) -> Running:
    command = [sys.executable, "-m", "dashboard", "run", str(make_trip(tmp_path)), *options]
    return Running(command, tmp_path, {**os.environ, **environment})


@posix
def test_it_prints_its_address_once_and_ctrl_c_ends_it_well(tmp_path: Path) -> None:
    port = free_port()
    with running(tmp_path, "--port", str(port)) as dashboard:
        assert dashboard.address(START_SECONDS) == f"http://localhost:{port}"
        assert dashboard.ctrl_c() == 0
        assert dashboard.printed == f"Trip Dashboard: http://localhost:{port}  (Ctrl+C ends it)\n"


@posix
def test_open_opens_the_browser_on_an_address_that_answers(tmp_path: Path) -> None:
    browser, seen, port = tmp_path / "browser.py", tmp_path / "seen", free_port()
    browser.write_text(
        "import sys, urllib.request as web\n"
        "there = web.build_opener(web.ProxyHandler({})).open(sys.argv[1] + '/health').read().decode()\n"
        f"open({str(seen)!r}, 'w').write(f'{{sys.argv[1]}} {{there}}')\n"
    )
    with running(tmp_path, "--port", str(port), "--open", BROWSER=f"{sys.executable} {browser} %s") as dashboard:
        dashboard.address(START_SECONDS)
        dashboard.wait_for(lambda: seen.exists() and seen.read_text() != "", START_SECONDS)
        dashboard.ctrl_c()
        assert seen.read_text() == f"http://localhost:{port} ok"


@pytest.fixture
def answering() -> Iterator[int]:
    """A port on which something says that it is well."""

    class Well(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()

        def log_message(self, *words: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Well) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


def no_browser(address: str) -> bool:
    raise webbrowser.Error("could not locate runnable browser")


@pytest.mark.parametrize("opens", [lambda address: False, no_browser])
def test_without_a_browser_it_says_so_and_goes_on(
    answering: int, opens: object, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(webbrowser, "open", opens)
    announce(answering, open_browser=True, ended=threading.Event())
    out, err = capsys.readouterr()
    assert out == f"Trip Dashboard: http://localhost:{answering}  (Ctrl+C ends it)\n"
    assert err == "No browser could be opened; open the address yourself.\n"


def test_what_never_answers_is_not_announced(capsys: pytest.CaptureFixture[str]) -> None:
    ended = threading.Event()
    ended.set()
    announce(free_port(), open_browser=True, ended=ended)
    assert capsys.readouterr() == ("", "")


def test_a_taken_port_is_told_before_anything_starts(
    tmp_path: Path, taken: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", str(make_trip(tmp_path)), "--port", str(taken)]) == 2
    assert capsys.readouterr() == (
        "",
        f"trip-dashboard: port {taken} is taken by another program;"
        " end that one, or choose another port with --port.\n",
    )
