"""One reader's visit to an app in Chromium: opens it, clicks, drags, presses keys, and tells how long each took."""

from __future__ import annotations

import base64
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Error, Page, Playwright, ViewportSize

from tests.benchmark.servers import Kind, Server
from tests.browser.chromium import find_chromium

HERE = Path(__file__).parent
WIDE = ViewportSize(width=1440, height=900)
PATIENCE_MS = 120_000
REST_MS = 100  # a hand rests on what it is about to click at least as long
QUIET_MS = 300  # longer than the 250 ms for which streamlit-folium holds a click back
SCRUB_STEPS = 8
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]

Times = dict[str, float]


class NotReachedError(Exception):
    """The app did not show within the time what it was to show."""


@dataclass(frozen=True)
class Trip:
    """What the page must know of the trip to tell whether an app shows it rightly."""

    size: int
    columns: Mapping[str, Any]
    country: tuple[str, str]  # the one that most stops have: code and name

    @classmethod
    def read(cls, folder: Path) -> Trip:
        """The trip that ``trips.make_trip`` has written."""
        stops = json.loads((folder / "stops.json").read_text(encoding="utf-8"))
        columns: dict[str, Any] = {key: [stop[key] for stop in stops] for key in ("id", "first", "last", "code")}
        columns["begin"] = min(columns["first"])
        countries = Counter((stop["code"], stop["country"]) for stop in stops)
        return cls(len(stops), columns, countries.most_common(1)[0][0])


@contextmanager
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """A browser while the block lasts."""
    browser = playwright.chromium.launch(executable_path=str(find_chromium()), args=FLAGS)
    try:
        yield browser
    finally:
        browser.close()


@contextmanager
def visiting(browser: Browser, server: Server, trip: Trip) -> Iterator[Visit]:
    """A new reader, with nothing in the browser's cache."""
    context = browser.new_context(viewport=WIDE, reduced_motion="reduce")
    try:
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.add_init_script(path=HERE / "page.js")
        page.add_init_script(f'window.benchAdapter = "{server.kind.adapter}";')
        page.add_init_script(path=HERE / "adapters.js")
        yield Visit(page, server, trip)
    finally:
        context.close()


class Visit:
    """Drives one page of one app; every method returns milliseconds by name."""

    def __init__(self, page: Page, server: Server, trip: Trip) -> None:
        self.page, self.server, self.trip = page, server, trip
        self.step = "load"

    @property
    def kind(self) -> Kind:
        """The app."""
        return self.server.kind

    def load(self) -> Times:
        """Open the app: until all markers and the panel are there (``cold``) and painted."""
        tests = f"{{cold: () => bench.app.ready({self.trip.size}), painted: () => bench.painted()}}"
        armed = f"if (window === window.top) bench.arm('load', {tests});"
        self.page.add_init_script(armed)
        self.page.goto(self.server.url, wait_until="commit")
        times = self._times()
        self.page.evaluate("trip => { bench.trip = trip; }", self.trip.columns)
        self.settle()
        return times

    def settle(self) -> None:
        """Wait until nothing changes any more, so that one measurement does not run into the next."""
        self.page.wait_for_function(f"bench.quiet({QUIET_MS})", polling=50)

    def click(self, rest: float = REST_MS) -> Times:
        """Click on a marker on which the pointer has rested for so long: until the panel shows its stop."""
        target = self._target()
        self.page.mouse.move(target["x"], target["y"])
        self.page.wait_for_timeout(rest)
        number = json.dumps(target["number"])
        tests = {"panel": f"bench.app.panel() === {number}"}
        if self.kind.is_ours:
            tests["card"] = f"bench.app.card() === {number}"
            tests["told"] = f"bench.app.told().get('stop') === bench.trip.id[{number} - 1]"
        elif self.kind.adapter == "bare":
            tests = {"panel": f"bench.app.counted() === {self.page.evaluate('bench.app.counted()') + 1}"}
        times = self._measure("pointerup", tests, lambda: self.page.mouse.click(target["x"], target["y"]))
        self.settle()
        return times

    def next_key(self) -> Times:
        """Go to the next stop by the key, or where an app has none by its button."""
        number = json.dumps(str(int(self.page.evaluate("bench.app.panel()")) + 1))
        tests = {"key": f"bench.app.panel() === {number}"}
        if self.kind.adapter == "dash":
            times = self._measure("pointerup", tests, self._press("#next"))
        else:
            if not self.kind.is_ours:  # the map's frame has the focus and keeps the keys to itself
                self._press(".st-key-count")()
            times = self._measure("keydown", tests, lambda: self.page.keyboard.press("PageDown"))
        self.settle()
        return times

    def deselect(self) -> None:
        """Let the selected stop go, so that the list of all stops shows; only our application can."""
        if self.kind.is_ours:
            self.page.keyboard.press("Escape")
            self.page.wait_for_function("!bench.app.stop()")
            self.settle()

    def dates(self) -> Times:
        """Drag the first day to a quarter of the trip, let go (``date``); the same back again (``date_back``)."""
        times = {"date": self._drag(0.25)}
        times["date_back"] = self._drag(-0.05)
        return times

    def scrub(self) -> list[float]:
        """Drag the first day step by step: how long until map, list and count have followed each step."""
        self._grab()
        steps = []
        for _ in range(SCRUB_STEPS):
            x = self.page.evaluate(_SCRUB_TO)
            test = "bench.agrees(bench.before)"
            times = self._measure("pointermove", {"follow": test}, partial(self.page.mouse.move, x, self._y))
            steps.append(times["follow"])
        self.page.mouse.up()
        self.settle()
        self._drag(-0.05)
        return steps

    def country(self) -> Times:
        """Choose the country with most stops: until counts and map show its stops alone."""
        code, name = self.trip.country
        before = self.page.evaluate("bench.drawsBefore = bench.draws, bench.app.counted()")
        tests = {"country": f"bench.agrees({before}, {json.dumps(code)})"}
        if self.kind.is_ours:
            tests["country"] += f" && bench.app.told().get('country') === {json.dumps(code)}"
        times = self._measure(*self._country_option(name, tests))
        self.settle()
        return times

    # --- How it is done ---

    def _measure(self, event: str, tests: Mapping[str, str], act: Callable[[], object]) -> Times:
        self.step = ", ".join(tests)
        body = ", ".join(f"{name}: () => {test}" for name, test in tests.items())
        self.page.evaluate(f"bench.arm('{event}', {{{body}}})")
        act()
        return self._times()

    def _times(self) -> Times:
        try:
            self.page.wait_for_function("window.bench && bench.done()", polling=20)
        except Error as error:
            raise NotReachedError(self._why(error)) from error
        times: Times = self.page.evaluate("bench.armed.times")
        return times

    def _why(self, error: Error) -> str:
        try:
            left = self.page.evaluate("[Object.keys(bench.armed.tests), bench.armed.began, bench.errors.slice(0, 3)]")
        except Error:
            left = "the page does not answer"
        return f"{self.kind.name}: not reached: {left} ({str(error).splitlines()[0]})"

    def _target(self) -> dict[str, Any]:
        """A marker that a click reaches; not the selected one, nor the last, so that the key has a next one."""
        shown = self.page.evaluate("bench.app.panel ? bench.app.panel() : ''")
        for attempt in range(40):
            target = self.page.evaluate("bench.app.target()") or self._listed(afresh=attempt % 5 == 0)
            if target and target["number"] not in (str(self.trip.size), shown):
                found: dict[str, Any] = target
                return found
        raise NotReachedError(f"{self.kind.name}: no marker was found that can be clicked")

    def _listed(self, *, afresh: bool) -> dict[str, Any] | None:
        """Where every disc of our map stands for many stops: one of those that a click on such a disc lists."""
        if not self.kind.is_ours:
            return None
        if afresh:  # from the whole route, for earlier clicks have led nearer
            self.page.evaluate("bench.app.layer().fit()")
        point = self.page.evaluate("bench.app.place()")
        if point:
            self.page.mouse.click(point["x"], point["y"])
            self.page.wait_for_timeout(100)  # the map may begin to move
            self.settle()
        found: dict[str, Any] | None = self.page.evaluate("bench.app.entry()")
        return found

    def _grab(self) -> None:
        """Take the date control's first handle."""
        box = self.page.evaluate("bench.before = bench.app.counted(), bench.app.handle().toJSON()")
        self._y = box["y"] + box["height"] / 2
        self.page.mouse.move(box["x"] + box["width"] / 2, self._y)
        self.page.mouse.down()

    def _drag(self, share: float) -> float:
        """Drag the first handle to this share of the track; the clock runs from letting go."""
        self.page.evaluate("bench.drawsBefore = bench.draws")
        self._grab()
        track = self.page.evaluate("bench.app.track().toJSON()")
        goal = track["x"] + track["width"] * share
        self.page.mouse.move(goal + 6, self._y)
        self.page.mouse.move(goal, self._y)
        test = "bench.agrees(bench.before)"
        if self.kind.is_ours:
            test += " && (bench.app.told().get('from') || bench.trip.begin) === bench.app.range()[0]"
        times = self._measure("pointerup", {"date": test}, self.page.mouse.up)
        self.settle()
        return times["date"]

    def _country_option(
        self, name: str, tests: Mapping[str, str]
    ) -> tuple[str, Mapping[str, str], Callable[[], object]]:
        """Open the list of countries if there is one; the act that is returned chooses the country."""
        if self.kind.is_ours and self.page.locator(f"{_COUNTRIES} .choice").count():
            return "pointerup", tests, self._press(f"{_COUNTRIES} .choice", name)
        if self.kind.is_ours:
            self._press(f"{_COUNTRIES} input")()
            self.page.keyboard.type(name)
            return "keydown", tests, lambda: self.page.keyboard.press("Enter")
        if self.kind.adapter == "dash":
            self._press("#countries")()
            self.page.wait_for_function("document.activeElement.matches('input.dash-dropdown-search')", polling=20)
            option = ".dash-options-list-option"
        else:
            self._press("[data-testid=stMultiSelect] input")()
            option = "[role=option]"
        self.page.keyboard.type(name)
        return "pointerup", tests, self._press(option, name)

    def _press(self, selector: str, text: str = "") -> Callable[[], object]:
        """Wait until the element lies still and can be reached; what is returned then clicks on its middle at once."""
        place = self.page.wait_for_function(
            "([at, text]) => bench.reach(bench.find(at, text))", arg=[selector, text], polling=50
        )
        x, y = place.json_value()
        return lambda: self.page.mouse.click(x, y)


_COUNTRIES = ".st-key-countries"

# Where to drag the handle next: a later day that leaves another number of stops; at the end an earlier one.
_SCRUB_TO = """() => {
  const { app, trip } = bench;
  bench.before = app.counted();
  bench.drawsBefore = bench.draws;
  const [first, last] = app.range();
  const track = app.track();
  const end = trip.last.reduce((a, b) => (a > b ? a : b));
  const days = Math.round((Date.parse(end) - Date.parse(trip.begin)) / 86400000) + 1;
  const from = Math.round((Date.parse(first) - Date.parse(trip.begin)) / 86400000);
  const stride = Math.max(1, Math.round(days / 40));
  const changes = (index) => index >= 0 && index < days && bench.expected([bench.day(index), last]) !== bench.before;
  const ahead = Array.from({ length: 40 }, (_, at) => from + (at + 1) * stride).find(changes);
  const index = ahead ?? Array.from({ length: 40 }, (_, at) => from - (at + 1) * stride).find(changes);
  return track.left + ((index + 0.5) / days) * track.width;
}"""


class Traffic:
    """Counts what goes over the network while the block lasts: websocket payloads and HTTP answers, in bytes."""

    def __init__(self, page: Page) -> None:
        self.websocket = self.http = 0
        self._session = page.context.new_cdp_session(page)
        self._session.on("Network.webSocketFrameSent", self._frame)
        self._session.on("Network.webSocketFrameReceived", self._frame)
        self._session.on("Network.loadingFinished", self._finished)
        self._session.send("Network.enable")

    def _frame(self, event: Mapping[str, Any]) -> None:
        frame = event["response"]
        data = frame["payloadData"]
        self.websocket += len(base64.b64decode(data)) if frame["opcode"] == 2 else len(data.encode())

    def _finished(self, event: Mapping[str, Any]) -> None:
        self.http += int(event["encodedDataLength"])

    def close(self) -> None:
        """Stop counting."""
        self._session.detach()


def costs(visit: Visit, clicks: int) -> Times:
    """Bytes and the server's processor time for a click, the mean of so many."""
    visit.load()
    visit.click()
    traffic, before = Traffic(visit.page), visit.server.cpu_ms()
    for _ in range(clicks):
        visit.click()
    used = visit.server.cpu_ms() - before
    traffic.close()
    return {"ws_bytes": traffic.websocket / clicks, "http_bytes": traffic.http / clicks, "cpu": used / clicks}


def one_round(visit: Visit, clicks: int) -> Mapping[str, Sequence[float]]:
    """Everything that is timed in one visit, by what it is."""
    samples: dict[str, list[float]] = {}

    def keep(times: Mapping[str, float]) -> None:
        for name, value in times.items():
            samples.setdefault(name, []).append(value)

    keep(visit.load())
    if visit.kind.adapter == "empty":
        return samples
    visit.click()  # the first click also compiles code; it is not counted
    for _ in range(clicks):
        keep(visit.click())
    if visit.kind.adapter == "bare":
        return samples
    keep({"panel_at_once": visit.click(rest=0)["panel"]})
    keep(visit.next_key())
    visit.deselect()
    keep(visit.dates())
    if visit.kind.is_ours:
        samples["scrub"] = visit.scrub()
    keep(visit.country())
    return samples
