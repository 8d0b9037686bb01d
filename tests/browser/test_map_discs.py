"""Where the markers stand: no disc hides another, and each is at its true point or joined to it by a line."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from math import hypot
from typing import Any

import pytest
from playwright.sync_api import Frame, expect

from tests.browser.screen import Screen

pytestmark = pytest.mark.browser
Open = Callable[..., Screen]

#: CSS pixels between a disc's middle and its true point, at the scale of a small stage.
FAR = 48
DISCS = """() => {
  const { map, markers, scale } = window.tripLayer;
  const frame = map.getContainer().getBoundingClientRect();
  return [...markers.values()].filter((item) => !item.away).map((item) => {
    const home = map.latLngToContainerPoint(item.marker.getLatLng());
    const box = item.button.getBoundingClientRect();
    const [x, y] = [box.x + box.width / 2 - frame.x, box.y + box.height / 2 - frame.y];
    const line = item.leader.querySelector("line");
    const style = getComputedStyle(line);
    const seen = line.checkVisibility() && style.stroke !== "none" && parseFloat(style.strokeWidth) > 0;
    const end = { x: home.x + Number(line.getAttribute("x2")), y: home.y + Number(line.getAttribute("y2")) };
    return { stop: item.stop.id, x, y, r: box.width / 2, home, scale, seen, end };
  });
}"""


def frame(it: Screen) -> Frame:
    return next(item for item in it.page.frames if "streamlit_folium" in item.url)


def at_rest(it: Screen) -> list[dict[str, Any]]:
    """The discs, once the map has flown where it goes."""
    before = None
    while before != (before := frame(it).evaluate(DISCS)):
        it.page.wait_for_timeout(400)
    return frame(it).evaluate(DISCS)  # type: ignore[no-any-return]


def hold(discs: list[dict[str, Any]], where: str) -> None:
    assert discs
    for disc in discs:
        away = hypot(disc["x"] - disc["home"]["x"], disc["y"] - disc["home"]["y"])
        assert away <= FAR * disc["scale"], (where, disc)
        if away > disc["r"]:  # else the disc itself reaches its point
            missed = hypot(disc["x"] - disc["end"]["x"], disc["y"] - disc["end"]["y"])
            assert disc["seen"], (where, disc)
            assert missed <= 2, (where, disc)
    for a, b in combinations(discs, 2):
        assert hypot(a["x"] - b["x"], a["y"] - b["y"]) >= a["r"] + b["r"] - 1, (where, a, b)


SIZES = [(390, 844), (1440, 900), (1920, 1080), (3840, 2160)]


@pytest.mark.parametrize("size", SIZES)
def test_a_disc_is_near_its_place_and_joined_to_it_on_every_slide(screen: Open, size: tuple[int, int]) -> None:
    it = screen("?view=present", size={"width": size[0], "height": size[1]})
    slides = it.page.evaluate("tripHub.visibleStops().length") + 2
    for number in range(1, slides + 1):
        it.page.evaluate("slide => window.tripHub.act({ slide })", str(number))
        expect(it.page.locator(".slide")).to_have_attribute("data-slide", str(number))
        hold(at_rest(it), f"slide {number}")


@pytest.mark.parametrize("size", SIZES)
def test_a_disc_is_near_its_place_and_joined_to_it_at_every_zoom(screen: Open, size: tuple[int, int]) -> None:
    it = screen(size={"width": size[0], "height": size[1]})
    hold(at_rest(it), "the whole route")
    for zoom in range(1, 9):
        frame(it).evaluate("zoom => map.setView([33, 37], zoom, { animate: false })", zoom)
        hold(at_rest(it), f"zoom {zoom}")
