"""Presenting in a real Chromium: by keys only, from the opening to the closing slide and back, at three sizes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.screen import Screen

pytestmark = pytest.mark.browser

Open = Callable[..., Screen]

SIZES = ({"width": 1280, "height": 720}, {"width": 1920, "height": 1080}, {"width": 3840, "height": 2160})
STOPS = 11


def slide(it: Screen) -> Locator:
    return it.page.locator(".st-key-present .slide")


def expect_slide(it: Screen, number: int, words: str) -> None:
    expect(slide(it)).to_have_attribute("data-slide", str(number))
    expect(slide(it).locator("h2")).to_have_text(words)
    expect(it.page.locator(".present-bar .where")).to_have_text(f"{number} / {STOPS + 2}")


def expect_whole(page: Page) -> None:
    """Nothing of the slide is cut off or outside the screen, and nothing scrolls."""
    assert page.evaluate(
        """() => {
          const card = document.querySelector('.slide-card');
          const box = card.getBoundingClientRect();
          const foot = document.querySelector('.slide-verdict');
          return [
            box.top >= 0 && box.left >= 0 && box.right <= innerWidth && box.bottom <= innerHeight,
            card.scrollHeight <= card.clientHeight + 1,
            !foot || foot.getBoundingClientRect().bottom <= box.bottom,
            document.documentElement.scrollWidth <= innerWidth,
          ];
        }"""
    ) == [True, True, True, True]


@pytest.mark.parametrize("size", SIZES, ids=["720p", "1080p", "4K"])
def test_keys_lead_from_the_opening_to_the_closing_slide_and_back(screen: Open, size: dict[str, int]) -> None:
    it = screen("?view=present", size=size)
    page = it.page
    page.evaluate("document.querySelector('.st-key-map iframe').dataset.mine = 'same'")
    expect_slide(it, 1, "Middle East to Asia")
    expect_whole(page)
    names = it.page.evaluate("tripHub.visibleStops().map(stop => stop.properties.name)")
    forward = ["ArrowRight", "PageDown", "Space"]
    for at, name in enumerate(names):
        page.keyboard.press(forward[at % 3])
        expect_slide(it, at + 2, name)
        expect_whole(page)
        if at == 4:  # a click into the map must not take the keys away
            page.mouse.click(size["width"] * 0.3, size["height"] * 0.9)
    page.keyboard.press("ArrowRight")
    expect_slide(it, STOPS + 2, "Sources, and where they differ")
    expect_whole(page)
    page.keyboard.press("ArrowLeft")
    expect_slide(it, STOPS + 1, names[-1])
    page.keyboard.press("PageUp")
    expect_slide(it, STOPS, names[-2])
    page.keyboard.press("3")
    expect_slide(it, 3, names[1])
    page.keyboard.press("End")
    expect_slide(it, STOPS + 2, "Sources, and where they differ")
    page.keyboard.press("Home")
    expect_slide(it, 1, "Middle East to Asia")
    assert page.locator('.st-key-map iframe[data-mine="same"]').count() == 1


def test_present_keeps_filters_and_stop_and_escape_returns(screen: Open) -> None:
    it = screen("?stop=tokyo&country=JP,KR")
    it.expect_selected("tokyo", "Tokyo")
    it.page.get_by_role("button", name="Present").click()
    expect(slide(it).locator("h2")).to_have_text("Tokyo")
    it.page.keyboard.press("ArrowRight")
    expect(slide(it).locator("h2")).to_have_text("Seoul")
    expect(it.page.locator(".present-bar .where")).to_have_text("3 / 4")
    it.page.keyboard.press("Escape")
    it.expect_selected("tokyo", "Tokyo")
    it.expect_query(stop="tokyo", country="JP,KR")


def test_a_slide_has_its_own_address(server: str, open_page: Callable[..., Page]) -> None:
    it = Screen(open_page(f"{server}/present?slide=4"))
    expect(slide(it).locator("h2")).to_have_text("Ramallah")
    it.page.keyboard.press("ArrowRight")
    it.expect_query(view="present", slide="5")


def test_whoever_opens_the_link_of_a_slide_sees_that_slide(screen: Open, open_page: Callable[..., Page]) -> None:
    it = screen("?stop=tokyo&country=JP,KR,IN")
    it.expect_selected("tokyo", "Tokyo")
    it.page.get_by_role("button", name="Present").click()
    it.page.keyboard.press("ArrowRight")
    expect(slide(it).locator("h2")).to_have_text("Seoul")
    it.page.wait_for_function("new URLSearchParams(location.search).get('slide') === '3'")
    other = Screen(open_page(it.page.url))
    expect(slide(other).locator("h2")).to_have_text("Seoul")
    expect(other.page.locator(".present-bar .where")).to_have_text("3 / 5")
    assert other.query() == it.query()


def test_notes_blank_and_reveal(screen: Open) -> None:
    it = screen("?view=present&slide=9")
    page = it.page
    expect(page.locator(".notes")).to_be_hidden()
    page.keyboard.press("n")
    expect(page.locator(".notes")).to_contain_text("Quotes")
    page.keyboard.press("n")
    expect(page.locator(".notes")).to_be_hidden()
    page.keyboard.press("b")
    expect(page.locator(".blank")).to_be_visible()
    page.keyboard.press("b")
    expect(page.locator(".blank")).to_be_hidden()
    expect(it.marker("seoul")).to_be_attached()
    page.get_by_role("button", name="Hide the stops ahead").click()
    expect(it.marker("seoul")).to_be_hidden()
    expect(it.marker("ankara")).to_be_visible()


def expect_bar(it: Screen, opacity: str) -> None:
    expect(it.page.locator(".present-bar")).to_have_css("opacity", opacity)


def test_the_bar_fades_and_is_back_at_once(screen: Open) -> None:
    it = screen("?view=present&slide=3")
    page = it.page
    for wake in (
        lambda: page.mouse.move(300, 300),  # over the map, which is a frame of its own
        lambda: page.mouse.move(1100, 300),
        lambda: page.keyboard.press("ArrowRight"),
        lambda: page.locator(".present-bar").get_by_role("button", name="Blank").focus(),
    ):
        expect_bar(it, "0")
        wake()
        expect_bar(it, "1")
    page.wait_for_timeout(3500)
    expect_bar(it, "1")  # a button that has the focus by keys is to be seen


@pytest.mark.parametrize("tool", ["Hide the stops ahead", "Speaker notes", "Seconds a slide"])
def test_keys_lead_on_whatever_was_clicked_before(screen: Open, tool: str) -> None:
    it = screen("?view=present&slide=3")
    where = it.page.locator(".present-bar .where")
    it.page.locator(".present-bar").get_by_label(tool).click()
    if tool == "Seconds a slide":
        it.page.keyboard.press("Escape")  # its list
    pressed = it.page.evaluate("document.documentElement.outerHTML.match(/data-(notes|reveal)/)?.[1]")
    it.page.keyboard.press("Space")
    expect(where).to_have_text(f"4 / {STOPS + 2}")
    it.page.keyboard.press("ArrowRight")
    expect(where).to_have_text(f"5 / {STOPS + 2}")
    assert it.page.evaluate("document.documentElement.outerHTML.match(/data-(notes|reveal)/)?.[1]") == pressed
    it.page.keyboard.press("r")
    expect(it.page.locator(".present-bar").get_by_label("Hide the stops ahead")).to_have_attribute(
        "aria-pressed", "false" if tool.startswith("Hide") else "true"
    )


def test_a_button_that_was_reached_by_keys_keeps_its_key(screen: Open) -> None:
    it = screen("?view=present&slide=3")
    it.page.locator(".present-bar").get_by_label("Seconds a slide").focus()
    it.page.keyboard.press("Tab")
    it.page.keyboard.press("Space")
    expect(it.page.locator(".present-bar").get_by_label("Hide the stops ahead")).to_have_attribute(
        "aria-pressed", "true"
    )
    expect(it.page.locator(".present-bar .where")).to_have_text(f"3 / {STOPS + 2}")


def test_it_plays_by_itself_until_a_key(screen: Open) -> None:
    it = screen("?view=present")
    it.page.get_by_label("Seconds a slide").select_option("5")
    it.page.get_by_role("button", name="Play by itself").click()
    expect(slide(it)).to_have_attribute("data-slide", "2")
    it.page.keyboard.press("ArrowRight")
    expect(slide(it)).to_have_attribute("data-slide", "3")
    it.page.wait_for_timeout(5500)
    expect(slide(it)).to_have_attribute("data-slide", "3")


def test_a_reference_opens_its_source_and_escape_comes_back_to_the_slide(screen: Open) -> None:
    it = screen("?view=present&slide=7")
    expect(slide(it).locator("h2")).to_have_text("Baghdad")
    slide(it).locator(".slide-card .ref").last.click()
    expect(it.marks.first).to_be_in_viewport()
    it.page.keyboard.press("Escape")
    expect(it.reader).to_be_hidden()
    expect_slide(it, 7, "Baghdad")


def test_the_menu_writes_the_view_as_a_file(screen: Open) -> None:
    it = screen("?country=JP,KR")
    it.page.locator(".menu summary").click()
    with it.page.expect_download() as waiting:
        it.page.get_by_role("button", name="GeoJSON").click()
    assert waiting.value.suggested_filename.endswith("jp-kr.geojson")
    text = waiting.value.path().read_text(encoding="utf-8")
    assert '"tokyo"' in text
    assert '"amman"' not in text


FAR_FROM_HOME = """() => {
  const { map, markers, scale } = window.tripLayer;
  const frame = map.getContainer().getBoundingClientRect();
  return [...markers.values()].filter(({ anchor }) => !anchor.classList.contains("away")).map((item) => {
    const home = map.latLngToContainerPoint(item.marker.getLatLng());
    const box = item.button.getBoundingClientRect();
    const away = Math.hypot(box.x + box.width / 2 - frame.x - home.x, box.y + box.height / 2 - frame.y - home.y);
    const end = Math.hypot(Number(item.line.getAttribute("x2")), Number(item.line.getAttribute("y2")));
    return { stop: item.stop.id, away, scale, joined: !item.leader.classList.contains("away"), end };
  });
}"""


@pytest.mark.parametrize("size", [(1440, 900), (1920, 1080), (3840, 2160)])
def test_a_disc_stands_at_its_place_or_is_joined_to_it(screen: Open, size: tuple[int, int]) -> None:
    it = screen("?view=present&slide=13", size={"width": size[0], "height": size[1]})
    frame = next(frame for frame in it.page.frames if frame.parent_frame and "streamlit_folium" in frame.url)
    for number in ("13", "9", "3", "2"):
        it.page.evaluate("slide => window.tripHub.act({ slide })", number)
        expect(it.page.locator(".slide")).to_have_attribute("data-slide", number)
        it.page.wait_for_timeout(1000)  # the map flies there
        for disc in frame.evaluate(FAR_FROM_HOME):
            assert disc["scale"] == pytest.approx(size[1] / 720, rel=0.02), disc
            assert disc["away"] <= 4 or (disc["joined"] and disc["end"] == pytest.approx(disc["away"], abs=2)), disc


@pytest.mark.parametrize("number", [1, 3, 5, 9, 12])
def test_on_a_phone_the_slides_stop_is_seen_above_its_card(screen: Open, number: int) -> None:
    it = screen(f"?view=present&slide={number}", size={"width": 390, "height": 844})
    expect(slide(it).locator("h1, h2").first).to_be_visible()
    stops = it.page.evaluate("tripHub.visibleStops().map(stop => stop.id)")
    shown = stops[:-1] if number == 1 else [stops[number - 2]]  # the last one is only announced
    for stop in shown:
        it.page.wait_for_function(ABOVE, arg=stop)


ABOVE = """stop => {
  const marker = document.querySelector(".st-key-map iframe").contentDocument
    .querySelector(`.stop-marker[data-stop="${stop}"]`);
  const card = document.querySelector(".st-key-present .slide-card").getBoundingClientRect();
  const { left, right, top, bottom } = marker.getBoundingClientRect();
  return left >= 0 && right <= innerWidth && top >= 0 && bottom <= card.top;
}"""


@pytest.mark.parametrize("size", [(1280, 720), (1440, 900), (1920, 1080)])
def test_the_name_of_the_slides_stop_does_not_lie_under_its_card(screen: Open, size: tuple[int, int]) -> None:
    it = screen("?view=present&slide=2", size={"width": size[0], "height": size[1]})
    stops = it.page.evaluate("tripHub.visibleStops().map(stop => stop.id)")
    for number, stop in enumerate(stops, 2):
        it.page.evaluate("slide => tripHub.act({ slide })", str(number))
        expect(it.map.locator(f'.stop-marker.selected[data-stop="{stop}"]')).to_be_visible()
        it.page.wait_for_timeout(700)  # the map has flown there
        assert it.page.evaluate(NAME_IS_FREE, stop), stop


NAME_IS_FREE = """stop => {
  const marker = document.querySelector(".st-key-map iframe").contentDocument
    .querySelector(`.stop-marker.selected[data-stop="${stop}"]`);
  const name = marker?.parentElement.querySelector(".marker-name");
  if (!name) return false;
  const card = document.querySelector(".st-key-present .slide-card").getBoundingClientRect();
  const { left, right, top, bottom } = name.getBoundingClientRect();
  return right <= card.left || left >= card.right || bottom <= card.top || top >= card.bottom;
}"""


def test_the_map_turns_to_the_slide_anew_where_the_window_has_another_size(screen: Open) -> None:
    it = screen("?view=present&slide=9", size={"width": 1440, "height": 900})
    expect(it.map.locator('.stop-marker.selected[data-stop="tokyo"]')).to_be_visible()
    it.page.wait_for_timeout(700)
    it.page.set_viewport_size({"width": 390, "height": 844})
    it.page.wait_for_function(ABOVE, arg="tokyo")
    it.page.set_viewport_size({"width": 1280, "height": 720})
    it.page.wait_for_function(NAME_IS_FREE, arg="tokyo")
