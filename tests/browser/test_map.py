"""The map's signs and lines, and the days that play by themselves, on a small invented trip."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.screen import Screen
from tests.conftest import plain_trip, write_trip
from tests.serving import serving

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def pacific(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A dashboard of the invented trip, with its first leg across the antimeridian."""
    trip = plain_trip()
    for stop, lon in zip(trip["stops"], (170, -165, -150), strict=False):
        stop["pin"] = {"lat": 20, "lon": lon, "reason": "On either side of the date line."}
    folder = write_trip(tmp_path_factory.mktemp("pacific"), trip)
    with serving(tmp_path_factory.mktemp("cache"), folder) as address:
        yield address


def opened(open_page: Callable[..., Page], address: str) -> Screen:
    page = open_page(address)
    page.wait_for_function("document.querySelector('.st-key-map iframe')?.contentWindow.tripLayer?.trip")
    return Screen(page)


def inside(it: Screen):  # type: ignore[no-untyped-def]
    return next(frame for frame in it.page.frames if "streamlit_folium" in frame.url)


@pytest.mark.parametrize("trip", ["bundled", "invented"])
def test_a_stop_has_the_sign_where_it_is_itself_in_question_and_nowhere_else(
    trip: str, server: str, pacific: str, open_page: Callable[..., Page]
) -> None:
    it = opened(open_page, server if trip == "bundled" else pacific)
    differing = it.page.evaluate(
        "tripHub.visibleStops().filter(stop => stop.properties.in_question).map(stop => stop.id)"
    )
    shown = inside(it).evaluate(
        "[...document.querySelectorAll('.stop-marker:has(.differs)')].map(node => node.dataset.stop)"
    )
    assert sorted(shown) == sorted(differing)
    assert trip == "invented" or differing


def test_a_leg_across_the_antimeridian_is_drawn_in_two_and_never_round_the_world(
    pacific: str, open_page: Callable[..., Page]
) -> None:
    it = opened(open_page, pacific)
    frame = inside(it)
    frame.evaluate("map.setView([20, 0], 1, { animate: false })")
    legs = frame.evaluate(
        """() => {
          const world = map.getPixelWorldBounds().getSize().x;
          return tripLayer.legs.map(({ line, feature }) => [
            feature.properties.from,
            line.getLayers().flatMap((path) => path.getLatLngs()).map((points) => {
              const lons = points.map(({ lng }) => lng);
              return [Math.min(...lons), Math.max(...lons)];
            }),
            line.getLayers().map((path) => path.getElement().getBBox().width / world),
          ]);
        }"""
    )
    first, lines, widths = legs[0]
    assert first == "brindle"
    assert [[round(lon) for lon in ends] for ends in lines] == [[170, 180], [-180, -165]]
    assert all(width <= 1 for width in widths)
    _, (whole,), (width,) = legs[1]
    assert [round(lon) for lon in whole] == [-165, -150]
    assert width < 0.1


def test_the_days_play_by_themselves_until_they_are_stopped(pacific: str, open_page: Callable[..., Page]) -> None:
    it = opened(open_page, pacific)
    play, last = it.page.locator(".timeline .play"), it.handle("Last day")
    expect(last).to_have_attribute("aria-valuenow", "6")
    entries = it.page.evaluate("history.length")
    play.click()
    expect(play).to_have_attribute("aria-label", "Pause")
    expect(last).to_have_attribute("aria-valuenow", "2")
    assert it.page.evaluate("history.length") == entries
    play.click()
    it.page.wait_for_function("new URLSearchParams(location.search).has('to')")
    assert it.page.evaluate("history.length") == entries + 1
    expect(play).to_have_attribute("aria-label", "Play the days")
    stopped = last.get_attribute("aria-valuenow")
    it.page.wait_for_timeout(2000)
    assert last.get_attribute("aria-valuenow") == stopped
    assert int(stopped or 0) < 6


def test_the_countries_come_once_the_application_answers(pacific: str, open_page: Callable[..., Page]) -> None:
    page = open_page("about:blank")
    asked: list[str] = []

    def once(route: Route) -> None:
        asked.append(route.request.url)
        if len(asked) == 1:
            route.abort()
        else:
            route.continue_()

    page.route("**/countries-50m.json", once)
    page.goto(pacific)
    expect(Screen(page).map.locator(".land").nth(200)).to_be_attached()
    assert len(asked) == 2
