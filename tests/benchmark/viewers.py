"""Many viewers of one process at once: each opens the page and then selects stops at random, as people do.

Most are clients that speak Streamlit's websocket protocol, so that the machine's time goes to the server and not to
fifty browsers. A few runs use real pages in Chromium instead. All traffic stays on 127.0.0.1.
"""

from __future__ import annotations

import asyncio
import json
import random
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

import websockets
from playwright.sync_api import Browser
from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.benchmark.browser import NotReachedError, Trip, visiting
from tests.benchmark.report import percentile
from tests.benchmark.servers import Server

MOST_VIEWERS, MOST_SECONDS = 200, 600
PAUSE_SECONDS = (1.0, 3.0)
PATIENCE_SECONDS = 60


@dataclass
class Tally:
    """What all viewers of one run saw."""

    opened_ms: list[float] = field(default_factory=list)
    answered_ms: list[float] = field(default_factory=list)
    page_ms: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def row(self, viewers: int, size: int, by: str) -> dict[str, Any]:
        """The figures of the run for the report."""
        return {
            "viewers": viewers,
            "stops": size,
            "by": by,
            "clicks": len(self.answered_ms),
            "errors": len(self.errors),
            "opened p95": percentile(self.opened_ms, 95),
            "click -> Python's answer median": statistics.median(self.answered_ms) if self.answered_ms else None,
            "p95": percentile(self.answered_ms, 95),
            "click -> panel p95": percentile(self.page_ms, 95),
        }


def crowd(
    server: Server, trip: Trip, viewers: int, seconds: float, besides: Strain | None = None
) -> tuple[dict[str, Any], list[str]]:
    """Let so many protocol clients click for so long; the report's row, and the errors."""
    viewers, seconds = min(viewers, MOST_VIEWERS), min(seconds, MOST_SECONDS)
    before, used = server.memory_mb(), server.cpu_ms()
    tally = Tally()
    with ThreadPoolExecutor(1) as thread:  # Playwright keeps the main thread's event loop to itself
        held = thread.submit(asyncio.run, _crowd(server, trip, viewers, seconds, tally, besides)).result()
    row = tally.row(viewers, trip.size, f"protocol, {server.kind.name}")
    row |= {"MB before": before, "MB with them": held, "MB a viewer": (held - before) / viewers}
    row["CPU ms a click"] = (server.cpu_ms() - used) / max(1, len(tally.answered_ms))
    return row, [f"{server.kind.name}, {viewers} viewers: {error}" for error in tally.errors]


def pages(
    browser: Browser, server: Server, trip: Trip, viewers: int, seconds: float
) -> tuple[dict[str, Any], list[str]]:
    """The same with real pages in one Chromium, which click by themselves."""
    tally = Tally()
    _wander(browser, server, trip, viewers, seconds, tally)
    row = tally.row(viewers, trip.size, "Chromium, ours")
    return row, [f"{viewers} pages: {error}" for error in tally.errors]


def _wander(browser: Browser, server: Server, trip: Trip, viewers: int, seconds: float, tally: Tally) -> None:
    with ExitStack() as stack:
        visits = [stack.enter_context(visiting(browser, server, trip)) for _ in range(viewers)]
        for visit in visits:
            tally.opened_ms.append(visit.load()["cold"])
        for visit in visits:
            visit.page.evaluate("seconds => { bench.wandering = bench.wander(seconds); }", seconds)
        for visit in visits:
            for times in visit.page.evaluate("bench.wandering"):
                if "told" in times and "panel" in times:
                    tally.answered_ms.append(times["told"])
                    tally.page_ms.append(times["panel"])
                else:
                    tally.errors.append(str(NotReachedError(f"a click was not answered: {times}")))
            tally.errors += visit.page.evaluate("bench.errors")


# --- Clients that speak Streamlit's protocol ---


async def _crowd(
    server: Server, trip: Trip, viewers: int, seconds: float, tally: Tally, besides: Strain | None = None
) -> float:
    """Run all viewers; the server's memory near the end, while all are still there."""
    pause = besides.pause if besides else PAUSE_SECONDS
    clients = [_Client(server, trip, tally, pause) for _ in range(viewers)]
    last_start = 0.1 * viewers
    tasks = [asyncio.create_task(client.visit(seconds, index * 0.1)) for index, client in enumerate(clients)]
    if besides:
        tasks += besides.tasks(server, trip, tally, last_start + seconds)
    await asyncio.sleep(last_start + seconds * 0.9)
    held = server.memory_mb()
    await asyncio.gather(*tasks)
    return held


@dataclass(frozen=True)
class Strain:
    """What goes on beside the viewers whose clicks are measured, and how long these pause between two clicks.

    ``vanishing`` further ones come each second, click once and are gone without a word, as a closed laptop is;
    ``files`` further ones wait all the time for a file each, no two for the same.
    """

    vanishing: int = 0
    files: int = 0
    pause: tuple[float, float] = PAUSE_SECONDS

    def tasks(self, server: Server, trip: Trip, tally: Tally, seconds: float) -> list[asyncio.Task[None]]:
        """All of it, for so long."""
        count = int(self.vanishing * seconds)
        guests = [_Client(server, trip, tally).vanish(number / self.vanishing) for number in range(count)]
        takers = [_take_files(server, trip, tally, seconds, self.files, number) for number in range(self.files)]
        return [asyncio.create_task(work) for work in (*guests, *takers)]


async def _take_files(server: Server, trip: Trip, tally: Tally, seconds: float, step: int, number: int) -> None:
    """Ask for one file after the other, each with another link; where the queue is full, ask again."""
    client = _Client(server, trip, tally)
    end = time.monotonic() + seconds
    try:
        async with client.connected() as line:
            await client.open(line)
            while time.monotonic() < end:
                with suppress(BusyError):
                    await client.get(f"{client.base}/export/pptx?q={number}")
                number += step
    except Exception as error:
        tally.errors.append(f"a file: {type(error).__name__}: {error}")


class BusyError(RuntimeError):
    """The server asks to come again later."""


class _Client:
    """One viewer: keeps what the page in a browser would keep, and answers as it would."""

    def __init__(self, server: Server, trip: Trip, tally: Tally, pause: tuple[float, float] = PAUSE_SECONDS) -> None:
        self._pause = pause
        self._server, self._trip, self._tally = server, trip, tally
        self._address = urlsplit(server.url)
        self._query, self._acts = "", 0
        self._widget = self._fragment = ""
        self._data: dict[str, Any] = {}
        self._text = ""

    async def visit(self, seconds: float, delay: float) -> None:
        """Open the page after ``delay`` seconds, then click until the time is over."""
        await asyncio.sleep(delay)
        try:
            async with self.connected() as line:
                await self.open(line)
                end = time.monotonic() + seconds
                while time.monotonic() < end:
                    await asyncio.sleep(random.uniform(*self._pause))
                    await self._click(line)
        except Exception as error:
            self._tally.errors.append(f"{type(error).__name__}: {error}")

    async def vanish(self, delay: float) -> None:
        """Open the page after ``delay`` seconds, click once, and be gone without waiting for the answer."""
        await asyncio.sleep(delay)
        try:
            async with self.connected() as line:
                await self.open(line)
                await line.send(self._message(random.choice(self._trip.columns["id"])).SerializeToString())
                line.transport.abort()
        except Exception as error:
            self._tally.errors.append(f"one who vanishes: {type(error).__name__}: {error}")

    def connected(self) -> websockets.connect:
        """The socket that the page keeps open."""
        protocol = websockets.Subprotocol("streamlit")
        return websockets.connect(
            f"ws://{self._address.netloc}/_stcore/stream",
            subprotocols=[protocol],
            max_size=None,
            open_timeout=PATIENCE_SECONDS,
        )

    @property
    def base(self) -> str:
        """Where the server has the trip's data."""
        return str(self._data["base"])

    async def open(self, line: websockets.ClientConnection) -> None:
        start = time.perf_counter()
        await self._run(line, BackMsg())
        if self._server.kind.is_ours:
            await self.get(f"{self._data['base']}/map.json")
        self._tally.opened_ms.append((time.perf_counter() - start) * 1000)

    async def _click(self, line: websockets.ClientConnection) -> None:
        """One click: what the browser sends to Python, and the stop's page that it fetches meanwhile."""
        stop = random.choice(self._trip.columns["id"])
        message = self._message(stop)
        start = time.perf_counter()
        page = asyncio.create_task(self._stop_page(stop))
        await self._run(line, message)
        self._tally.answered_ms.append((time.perf_counter() - start) * 1000)
        await page
        self._check(stop)

    def _message(self, stop: str) -> BackMsg:
        self._acts += 1
        message = BackMsg()
        state = message.rerun_script
        state.fragment_id = self._fragment
        widget = state.widget_states.widgets.add()
        if not self._server.kind.is_ours:
            widget.id, widget.trigger_value = self._widget, True
            return message
        widget.id = _make_trigger_id(self._widget, "events")
        act = {"n": self._acts, "change": {"stop": stop}, "query": {"stop": stop}}
        widget.json_trigger_value = json.dumps([{"event": "act", "value": act}])
        return message

    def _check(self, stop: str) -> None:
        if self._server.kind.is_ours:
            wrong = self._data["query"].get("stop") != stop or self._data["echo"] != self._acts
            if wrong or parse_qs(self._query).get("stop") != [stop]:
                self._tally.errors.append(f"asked for {stop}, was told {self._data['query']} and {self._query}")
        elif self._text != f"Count {self._acts}":
            self._tally.errors.append(f"click {self._acts} was answered with {self._text!r}")

    async def _run(self, line: websockets.ClientConnection, message: BackMsg) -> None:
        """Send one message and take in what comes until the script has run."""
        message.rerun_script.query_string = self._query
        await line.send(message.SerializeToString())
        async with asyncio.timeout(PATIENCE_SECONDS):
            while True:
                answer = ForwardMsg.FromString(await line.recv(decode=False))
                kind = answer.WhichOneof("type")
                if kind == "delta":
                    self._take(answer.delta)
                elif kind == "page_info_changed":
                    self._query = answer.page_info_changed.query_string
                elif kind == "script_finished":
                    if answer.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                        raise RuntimeError("the script does not compile")
                    if answer.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                        return

    def _take(self, delta: Delta) -> None:
        element = delta.new_element
        kind = element.WhichOneof("type")
        if kind == "exception":
            raise RuntimeError(element.exception.message)
        if kind == "bidi_component" and element.bidi_component.json:
            data = json.loads(element.bidi_component.json)
            if data.get("part") == "hub":
                self._data, self._widget, self._fragment = data, element.bidi_component.id, delta.fragment_id
        elif kind == "button" and not self._server.kind.is_ours:
            self._widget, self._fragment = element.button.id, delta.fragment_id
        elif kind == "text":
            self._text = element.text.body

    async def _stop_page(self, stop: str) -> None:
        if not self._server.kind.is_ours:
            return
        start = time.perf_counter()
        await self.get(f"{self._data['base']}/stop/{stop}.html")
        self._tally.page_ms.append((time.perf_counter() - start) * 1000)

    async def get(self, path: str) -> None:
        """Fetch one address of the application."""
        reader, writer = await asyncio.open_connection(self._address.hostname, self._address.port)
        try:
            writer.write(f"GET {path} HTTP/1.1\r\nHost: {self._address.netloc}\r\nConnection: close\r\n\r\n".encode())
            async with asyncio.timeout(PATIENCE_SECONDS):
                answer = await reader.read()
        finally:
            writer.close()
        if b" 503 " in answer.partition(b"\r\n")[0]:
            raise BusyError(path)
        if b" 200 " not in answer.partition(b"\r\n")[0]:
            raise RuntimeError(f"{path}: {answer[:60]!r}")
