"""What a click costs, in counts that no busy machine changes: messages, bytes, elements, at few stops and at many."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, WebSocket, expect

from tests.browser.screen import Screen
from tests.conftest import plain_trip, write_trip
from tests.serving import serving

pytestmark = pytest.mark.browser

MOST_BYTES = 8_000
MOST_MESSAGES = 24
MANY = 1_000


class Traffic:
    """Counts what goes over the page's websocket."""

    def __init__(self, page: Page) -> None:
        self.sent = self.received = self.bytes = 0
        page.on("websocket", self._listen)

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framesent", self._sent)
        socket.on("framereceived", self._received)

    def _sent(self, data: bytes | str) -> None:
        self.sent += 1
        self.bytes += len(data)

    def _received(self, data: bytes | str) -> None:
        self.received += 1
        self.bytes += len(data)

    def of(self, page: Page, act: Callable[[], object]) -> tuple[int, int, int]:
        """Messages sent, messages received and bytes in all that the act causes within a second and a half."""
        page.wait_for_timeout(1500)  # what came before has come to rest
        self.sent = self.received = self.bytes = 0
        act()
        page.wait_for_timeout(1500)
        return self.sent, self.received, self.bytes


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A dashboard of a thousand stops, each at a place of its own."""
    trip = plain_trip()
    first = trip["stops"][0]
    for number in range(MANY - len(trip["stops"])):
        pin = {"lat": 5 + number // 60 * 2.5, "lon": -170 + number % 60 * 5.5, "reason": "A grid."}
        trip["stops"].append({**first, "id": f"grid-{number}", "name": f"Grid {number}", "pin": pin})
    folder = write_trip(tmp_path_factory.mktemp("crowd"), trip)
    with serving(tmp_path_factory.mktemp("cache"), folder) as address:
        yield address


def opened(open_page: Callable[..., Page], address: str) -> tuple[Screen, Traffic]:
    page = open_page("about:blank")
    traffic = Traffic(page)
    page.goto(address)
    it = Screen(page)
    expect(it.count).to_contain_text("Showing")
    page.wait_for_function("document.querySelector('.st-key-map iframe')?.contentWindow.tripLayer?.trip")
    return it, traffic


def frame(it: Screen):  # type: ignore[no-untyped-def]
    return next(frame for frame in it.page.frames if "streamlit_folium" in frame.url)


def test_a_click_is_one_small_rerun(server: str, open_page: Callable[..., Page]) -> None:
    it, traffic = opened(open_page, server)
    sent, received, size = traffic.of(it.page, it.marker("tokyo").click)
    assert sent == 1
    assert received <= MOST_MESSAGES
    assert size <= MOST_BYTES
    sent, _, size = traffic.of(it.page, lambda: it.page.keyboard.press("PageDown"))
    assert sent == 1
    assert size <= MOST_BYTES


def test_a_page_is_fetched_once_when_the_pointer_rests_on_its_stop(server: str, open_page: Callable[..., Page]) -> None:
    it, _ = opened(open_page, server)
    asked: list[str] = []
    it.page.on("request", lambda request: asked.append(request.url))
    with it.page.expect_response("**/stop/tokyo.html"):
        it.marker("tokyo").hover()
    assert it.query() == {}
    it.marker("tokyo").click()
    it.expect_selected("tokyo", "Tokyo")
    assert len([url for url in asked if url.endswith("/stop/tokyo.html")]) == 1


def test_panning_and_zooming_tell_python_nothing(server: str, open_page: Callable[..., Page]) -> None:
    it, traffic = opened(open_page, server)
    moves = "map.panBy([120, 60], {animate: false}); map.setZoom(map.getZoom() + 1, {animate: false})"
    assert traffic.of(it.page, lambda: frame(it).evaluate(moves)) == (0, 0, 0)


def test_dragging_tells_python_only_when_let_go(server: str, open_page: Callable[..., Page]) -> None:
    it, traffic = opened(open_page, server)
    track = it.page.locator(".track").bounding_box()
    assert track
    y = track["y"] + 20

    def drag() -> None:
        it.page.mouse.move(track["x"] + 2, y)
        it.page.mouse.down()
        for share in (0.2, 0.4, 0.6):
            it.page.mouse.move(track["x"] + track["width"] * share, y)

    assert traffic.of(it.page, drag) == (0, 0, 0)
    sent, _, size = traffic.of(it.page, it.page.mouse.up)
    assert sent == 1
    assert size <= MOST_BYTES


def test_a_thousand_stops_cost_no_more(crowd: str, open_page: Callable[..., Page]) -> None:
    it, traffic = opened(open_page, crowd)
    expect(it.count).to_contain_text("of 1000 stops")
    assert it.map.locator(".stop-marker").count() == 0
    assert it.itinerary.locator("button[data-stop]").count() <= 60
    sent, received, size = traffic.of(it.page, it.row("calder").click)
    assert sent == 1
    assert received <= MOST_MESSAGES
    assert size <= MOST_BYTES
    expect(it.heading).to_contain_text("Calder")
    expect(it.map.locator(".stop-marker.selected")).to_have_count(1)


def test_a_click_into_the_crowd_selects_and_its_map_stays(crowd: str, open_page: Callable[..., Page]) -> None:
    it, _ = opened(open_page, crowd)
    it.page.evaluate("document.querySelector('.st-key-map iframe').dataset.mine = 'same'")
    inside = frame(it)
    found = inside.wait_for_function(
        """() => {
          map.setView([20, -100], 5, { animate: false });
          for (const { id } of parent.tripHub.visibleStops()) {
            const at = tripLayer.pointOf(id);
            if (at) return [id, at.x, at.y];
          }
        }"""
    )
    stop, x, y = found.json_value()
    box = it.page.locator(".st-key-map iframe").bounding_box()
    assert box
    it.page.mouse.click(box["x"] + x + 1, box["y"] + y + 1)
    it.page.wait_for_function("stop => new URLSearchParams(location.search).get('stop') === stop", arg=stop)
    expect(it.map.locator(f'.stop-marker.selected[data-stop="{stop}"]')).to_be_visible()
    assert it.page.locator('.st-key-map iframe[data-mine="same"]').count() == 1


def test_a_click_in_the_list_of_a_place_is_no_click_on_the_map_below(
    crowd: str, open_page: Callable[..., Page]
) -> None:
    it, _ = opened(open_page, crowd)
    inside = frame(it)
    inside.evaluate("window.clicks = 0; map.on('click', () => { clicks += 1; })")
    inside.evaluate("tripLayer.pick(parent.tripHub.visibleStops().slice(-3))")
    it.card.locator(".card-list button").nth(1).click()
    it.page.wait_for_function(f"new URLSearchParams(location.search).get('stop') === 'grid-{MANY - 5}'")
    assert inside.evaluate("clicks") == 0


def test_the_long_list_shows_what_is_scrolled_to(crowd: str, open_page: Callable[..., Page]) -> None:
    it, _ = opened(open_page, crowd)
    it.page.evaluate("document.querySelector('.st-key-panel').scrollTop = 1e9")
    expect(it.row(f"grid-{MANY - 4}")).to_be_visible()
    assert it.itinerary.locator("button[data-stop]").count() <= 60
