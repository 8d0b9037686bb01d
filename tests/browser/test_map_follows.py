"""The map's view follows filters and the chosen stop, and comes home again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Frame, expect

from tests.browser.screen import Screen

pytestmark = pytest.mark.browser
Open = Callable[..., Screen]

AWAY = "map.setView([-20, -60], 5, { animate: false })"
VIEW = "[map.getCenter().lat, map.getCenter().lng, map.getZoom()]"
SEEN = """() => [...tripLayer.markers.values()]
  .filter((item) => !item.away && map.getBounds().contains(item.marker.getLatLng())).map((item) => item.stop.id)"""


def frame(it: Screen) -> Frame:
    return next(item for item in it.page.frames if "streamlit_folium" in item.url)


def wait_for_view(it: Screen, wanted: list[float]) -> None:
    """Wait until the map has come to rest at this view."""
    close = f"wanted => {VIEW}.every((value, at) => Math.abs(value - wanted[at]) < 0.3)"
    frame(it).wait_for_function(close, arg=wanted)


def test_filters_lead_the_map_and_reset_brings_it_home(screen: Open) -> None:
    it = screen()
    home = frame(it).evaluate(VIEW)
    expect(it.reset).to_be_disabled()
    it.country("Japan").click()
    frame(it).wait_for_function("map.getZoom() > 6 && map.getBounds().contains([35.68, 139.69])")
    it.country("South Korea").click()
    frame(it).wait_for_function("map.getZoom() < 6.9 && map.getBounds().contains([37.57, 126.98])")
    assert frame(it).evaluate("map.getBounds().contains([35.68, 139.69])")
    it.reset.click()
    wait_for_view(it, home)
    expect(it.reset).to_be_disabled()


def test_days_move_the_map_only_where_a_stop_is_out_of_sight(screen: Open) -> None:
    it = screen()
    home = frame(it).evaluate(VIEW)
    it.handle("First day").press("ArrowRight")
    it.page.wait_for_timeout(600)
    assert frame(it).evaluate(VIEW) == pytest.approx(home)
    frame(it).evaluate(AWAY)
    it.handle("First day").press("ArrowRight")
    frame(it).wait_for_function("map.getBounds().contains([35.68, 139.69])")


def test_reset_brings_home_a_view_that_alone_was_moved(screen: Open) -> None:
    it = screen()
    home = frame(it).evaluate(VIEW)
    frame(it).evaluate(AWAY)
    expect(it.reset).to_be_enabled()
    it.reset.click()
    wait_for_view(it, home)
    expect(it.reset).to_be_disabled()
    it.expect_query()


def test_a_chosen_stop_that_is_out_of_sight_is_brought_into_it(screen: Open) -> None:
    it = screen()
    frame(it).evaluate(AWAY)
    it.row("tokyo").click()
    it.expect_selected("tokyo", "Tokyo")
    frame(it).wait_for_function("map.getBounds().contains([35.68, 139.69])")
    assert frame(it).evaluate("map.getZoom()") == 5


@pytest.mark.parametrize("way", ["button", "key in the page", "key in the map"])
def test_fit_route_shows_every_stop_that_is_left(screen: Open, way: str) -> None:
    it = screen("?country=JP,KR")
    frame(it).evaluate(AWAY)
    if way == "button":
        it.map.get_by_role("button", name="Fit route").click()
    elif way == "key in the page":
        it.page.keyboard.press("0")
    else:
        it.map.locator(".leaflet-container").press("0")
    frame(it).wait_for_function(f"({SEEN})().join() === 'tokyo,seoul'")


def test_leaving_a_presentation_shows_what_was_there(screen: Open) -> None:
    it = screen("?stop=amman")
    it.expect_selected("amman", "Amman")
    frame(it).evaluate("map.setView([33, 40], 5, { animate: false })")
    it.page.get_by_role("button", name="Present").click()
    expect(it.page.locator(".slide h2")).to_have_text("Amman")
    for _ in range(3):
        it.page.keyboard.press("ArrowRight")
    it.page.wait_for_timeout(600)
    it.page.keyboard.press("Escape")
    expect(it.page.locator(".st-key-date_range")).to_be_visible()
    it.page.wait_for_timeout(600)
    assert frame(it).evaluate(VIEW) == pytest.approx([33, 40, 5], abs=0.05)


def test_a_presentation_that_a_link_opened_ends_at_the_whole_route(screen: Open) -> None:
    home = frame(screen()).evaluate(VIEW)
    it = screen("?view=present&slide=4")
    it.page.wait_for_timeout(600)
    it.page.keyboard.press("Escape")
    expect(it.page.locator(".st-key-date_range")).to_be_visible()
    wait_for_view(it, home)
    expect(it.reset).to_be_disabled()


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_nothing_flies_for_who_prefers_it_so(screen: Open, motion: str) -> None:
    it = screen(reduced_motion=motion)
    watch = """() => {
      const fly = map.flyTo;
      map.flown = 0;
      map.flyTo = (...all) => { map.flown += 1; return fly.apply(map, all); };
    }"""
    frame(it).evaluate(watch)
    it.country("Japan").click()
    frame(it).wait_for_function("map.getZoom() > 6 && map.getBounds().contains([35.68, 139.69])")
    assert frame(it).evaluate("map.flown") == (0 if motion == "reduce" else 1)
