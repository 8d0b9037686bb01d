"""A program that may open few files: it says so, lets in whom it can, turns the others away, and is well afterwards."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

import pytest

from dashboard import doorkeeper
from dashboard.doorkeeper import Room, make_room, viewers_for

resource = pytest.importorskip("resource", reason="the open files of a process are limited where POSIX is")

FILES = 160
SECONDS = 60


def test_as_many_files_are_asked_for_as_there_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    limit = (1024, 9000)
    monkeypatch.setattr(resource, "getrlimit", lambda _: limit)
    asked: list[Any] = []
    monkeypatch.setattr(resource, "setrlimit", lambda _, limits: asked.append(limits))
    assert make_room() == 9000
    limit = (1024, resource.RLIM_INFINITY)
    assert make_room() == doorkeeper.WANTED
    assert asked == [(9000, 9000), (doorkeeper.WANTED, resource.RLIM_INFINITY)]
    limit = (1024, 1024)
    assert make_room() == 1024
    assert len(asked) == 2


def test_what_the_system_does_not_grant_is_not_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise ValueError("current limit exceeds maximum limit")

    monkeypatch.setattr(resource, "getrlimit", lambda _: (256, resource.RLIM_INFINITY))
    monkeypatch.setattr(resource, "setrlimit", refuse)
    assert make_room() == 256


def test_some_files_are_kept_for_all_else() -> None:
    assert [viewers_for(files) for files in (160, 1024, 65_536)] == [80, 640, 57_088]


def test_a_viewer_too_many_is_asked_to_come_again() -> None:
    asyncio.run(_three_viewers())


async def _three_viewers() -> None:
    inside, leave, answers = asyncio.Event(), asyncio.Event(), []

    async def page(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "websocket":
            inside.set()
            await leave.wait()
        await send({"type": "served", "scope": scope["type"]})

    async def receive() -> Any:
        return {"type": "websocket.connect"}

    async def send(message: Any) -> None:
        answers.append(message["type"])

    room = Room(page)
    room._most = 1
    first = asyncio.create_task(room({"type": "websocket"}, receive, send))
    await inside.wait()
    await room({"type": "websocket"}, receive, send)
    await room({"type": "http"}, receive, send)
    assert answers == ["websocket.close", "served"]
    leave.set()
    await first
    await room({"type": "websocket"}, receive, send)
    assert answers == ["websocket.close", "served", "served", "served"]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[int, Path]]:
    """The port and the log of a dashboard that may open few files."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = tmp_path / "log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "dashboard", "run", "--port", str(port)],
            stdout=out,
            stderr=out,
            env={**os.environ, "TRIP_DASHBOARD_CACHE": str(tmp_path)},
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (FILES, FILES)),
        )
    try:
        yield port, log
    finally:
        process.terminate()
        process.wait(SECONDS)


def answers(port: int) -> bool:
    """Whether the dashboard answers."""
    with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=5) as answer:
        return bool(answer.status == 200)
    return False


def wait_until_it_answers(port: int) -> None:
    end = time.monotonic() + SECONDS
    while not answers(port):
        assert time.monotonic() < end
        time.sleep(0.1)


def test_a_crowd_is_turned_away_and_forgotten(server: tuple[int, Path]) -> None:
    port, log = server
    wait_until_it_answers(port)
    with ExitStack() as crowd:
        started = time.monotonic()
        for _ in range(2 * FILES):
            caller = crowd.enter_context(socket.socket())
            caller.settimeout(SECONDS)
            caller.connect(("127.0.0.1", port))
        with suppress(ConnectionError):
            assert caller.recv(1) == b""  # turned away, and not left waiting
        assert time.monotonic() - started < SECONDS
        time.sleep(3)  # in which asyncio tries again, and again
    wait_until_it_answers(port)
    lines = log.read_text(encoding="utf-8").splitlines()
    assert sum("lets a program open 160 files at once, so that 80 viewers fit" in line for line in lines) == 1
    assert 0 < sum("Somebody was turned away" in line for line in lines) <= 20
    assert len(lines) < 40
