"""The explore page in a real Chromium: every control agrees with every other and with the address bar."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import combinations, pairwise

import pytest
from playwright.sync_api import Page, Request, expect

from tests.browser.screen import Screen

pytestmark = pytest.mark.browser

Open = Callable[..., Screen]
PHONE = {"width": 390, "height": 844}


def test_a_marker_selects_its_stop_everywhere(screen: Open) -> None:
    it = screen()
    expect(it.panel).to_be_hidden()
    it.marker("baghdad").click()
    it.expect_selected("baghdad", "Baghdad")
    expect(it.itinerary).to_be_hidden()
    it.marker("seoul").click()
    it.expect_selected("seoul", "Seoul")


def test_a_row_of_the_itinerary_selects_and_the_list_comes_back(screen: Open) -> None:
    it = screen()
    it.row("ankara").click()
    it.expect_selected("ankara", "Ankara")
    it.panel.get_by_role("button", name="All stops").click()
    expect(it.row("ankara")).to_be_visible()
    expect(it.map.locator(".stop-marker.selected")).to_have_count(0)
    it.expect_query()


def test_previous_and_next_follow_the_filtered_order(screen: Open) -> None:
    it = screen("?stop=amman&country=JO,IQ,JP")
    it.panel.get_by_role("button", name="Next stop: Baghdad").click()
    it.expect_selected("baghdad", "Baghdad")
    it.panel.get_by_role("button", name="Next stop: Tokyo").click()
    it.expect_selected("tokyo", "Tokyo")
    expect(it.panel.get_by_label("No next stop")).to_be_disabled()
    it.panel.get_by_role("button", name="Previous stop: Baghdad").click()
    it.expect_selected("baghdad", "Baghdad")


def test_a_link_opens_exactly_its_view(screen: Open) -> None:
    it = screen("?stop=amman&country=JO")
    it.expect_selected("amman", "Amman")
    expect(it.count).to_contain_text("Showing 1 of 11 stops")
    expect(it.country("Jordan")).to_have_attribute("aria-pressed", "true")
    expect(it.marker("tokyo")).to_be_hidden()


def test_a_link_with_unknown_values_says_so(screen: Open) -> None:
    it = screen("?stop=atlantis&country=XX&from=soon")
    for part in ("stop “atlantis”", "country “XX”", "from “soon”"):
        expect(it.page.get_by_text(part)).to_be_visible()
    expect(it.count).to_contain_text("Showing 11 of 11 stops")


def test_the_date_range_filters_and_agrees_with_the_address(screen: Open) -> None:
    it = screen()
    first, last = it.handle("First day"), it.handle("Last day")
    for _ in range(5):
        first.press("ArrowRight")
    expect(first).to_have_attribute("aria-valuetext", "7 November 2023")
    for _ in range(2):
        last.press("ArrowLeft")
    it.expect_query(from_="2023-11-07", to="2023-11-08")
    expect(it.count).to_contain_text("Showing 2 of 11 stops")
    expect(it.marker("tokyo")).to_be_visible()
    expect(it.marker("ankara")).to_be_hidden()
    expect(it.itinerary.locator("li")).to_have_count(2)
    it.reset.click()
    it.expect_query()
    expect(it.count).to_contain_text("Showing 11 of 11 stops")
    expect(first).to_have_attribute("aria-valuenow", "0")


def test_dragging_the_range_moves_the_map_before_python_is_told(screen: Open) -> None:
    it = screen()
    box = it.handle("First day").bounding_box()
    track = it.page.locator(".track").bounding_box()
    assert box
    assert track
    it.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 10)
    it.page.mouse.down()
    it.page.mouse.move(track["x"] + track["width"] * 0.6, box["y"] + 10)
    expect(it.marker("amman")).to_be_hidden()
    assert it.query() == {}
    it.page.mouse.up()
    it.expect_query(from_="2023-11-07")


def test_countries_filter_and_let_go_of_a_hidden_stop_with_a_notice(screen: Open) -> None:
    it = screen("?stop=amman")
    it.country("Japan").click()
    expect(it.page.get_by_text("Amman is outside these filters")).to_be_visible()
    it.expect_query(country="JP")
    expect(it.itinerary.locator("li")).to_have_count(1)
    it.country("South Korea").click()
    it.expect_query(country="JP,KR")
    expect(it.count).to_contain_text("Showing 2 of 11 stops")


def test_filters_that_leave_nothing_say_why_and_offer_reset(screen: Open) -> None:
    it = screen("?country=IL&from=2023-11-08")
    expect(it.page.get_by_text("No stop in the chosen countries falls on these days")).to_be_visible()
    expect(it.itinerary.get_by_text("No stop is left by these filters")).to_be_visible()
    it.reset.click()
    expect(it.itinerary.locator("li")).to_have_count(11)
    expect(it.reset).to_be_disabled()


def test_selecting_keeps_the_frame_the_pan_and_the_zoom(screen: Open) -> None:
    it = screen()
    it.page.evaluate("document.querySelector('.st-key-map iframe').dataset.mine = 'same'")
    frame = next(frame for frame in it.page.frames if "streamlit_folium" in frame.url)
    frame.evaluate("map.setView([33, 40], 5, {animate: false})")
    it.marker("baghdad").click()
    it.expect_selected("baghdad", "Baghdad")
    it.page.keyboard.press("PageDown")
    it.expect_selected("ankara", "Ankara")
    view = frame.evaluate("[map.getCenter().lat, map.getCenter().lng, map.getZoom()]")
    assert view == pytest.approx([33, 40, 5], abs=0.01)
    assert it.page.locator('.st-key-map iframe[data-mine="same"]').count() == 1


def test_the_back_button_goes_back(screen: Open) -> None:
    it = screen()
    for stop, name in (("tokyo", "Tokyo"), ("seoul", "Seoul")):
        it.marker(stop).click()
        it.expect_selected(stop, name)
    it.page.go_back()
    it.expect_selected("tokyo", "Tokyo")
    it.page.go_back()
    expect(it.itinerary).to_be_visible()
    it.expect_query()


def test_an_old_click_never_comes_back(screen: Open) -> None:
    it = screen()
    for stop in ("amman", "tokyo", "ankara", "seoul", "baghdad"):
        it.marker(stop).click()
    it.expect_selected("baghdad", "Baghdad")
    it.page.evaluate(
        """() => {
          window.seen = [];
          const panel = document.querySelector('.st-key-stop_panel');
          new MutationObserver(() => window.seen.push(panel.querySelector('h2')?.textContent)).observe(
            panel, { childList: true, subtree: true });
        }"""
    )
    it.page.wait_for_timeout(1500)
    assert set(it.page.evaluate("window.seen")) <= {"Baghdad, Iraq"}
    it.expect_selected("baghdad", "Baghdad")


@pytest.mark.parametrize("size", [{"width": 1440, "height": 900}, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("zoom", [None, 2, 4, 6])
def test_markers_never_hide_each_other(screen: Open, size: dict[str, int], zoom: int | None) -> None:
    it = screen(size=size)
    frame = next(frame for frame in it.page.frames if "streamlit_folium" in frame.url)
    if zoom:
        frame.evaluate(f"map.setView([33, 38], {zoom}, {{animate: false}})")
    boxes = frame.evaluate(
        """() => [...document.querySelectorAll('.stop-marker')].map((node) => {
          const box = node.getBoundingClientRect();
          return [node.dataset.stop, box.x + box.width / 2, box.y + box.height / 2, box.width / 2];
        })"""
    )
    assert len(boxes) == 11
    for (a, ax, ay, ar), (b, bx, by, br) in combinations(boxes, 2):
        assert ((ax - bx) ** 2 + (ay - by) ** 2) ** 0.5 >= ar + br, f"{a} and {b} overlap"


@pytest.mark.parametrize("size", [{"width": 1440, "height": 900}, {"width": 1280, "height": 720}, PHONE])
def test_the_card_covers_no_marker(screen: Open, size: dict[str, int]) -> None:
    it = screen(size=size)
    for stop in it.page.evaluate("tripHub.visibleStops().map(stop => stop.id)"):
        if stop == "washington":  # announced only: outside the first view
            continue
        it.marker(stop).click()
        expect(it.card.locator(".card-name")).to_be_visible()
        hidden = it.marker("amman").evaluate(
            """() => {
              const card = document.querySelector('.card').getBoundingClientRect();
              return [...document.querySelectorAll('.stop-marker')].filter((node) => {
                const box = node.getBoundingClientRect();
                return box.right > card.left && box.left < card.right && box.bottom > card.top && box.top < card.bottom;
              }).map((node) => node.dataset.stop);
            }"""
        )
        assert hidden == [], f"with {stop} selected"


def test_the_keyboard_reaches_everything(screen: Open) -> None:
    it = screen()
    it.row("amman").focus()
    it.page.keyboard.press("Enter")
    it.expect_selected("amman", "Amman")
    expect(it.heading).to_be_focused()
    it.page.keyboard.press("PageDown")
    it.expect_selected("ramallah", "Ramallah")
    it.marker("tokyo").focus()
    it.page.keyboard.press("Enter")
    it.expect_selected("tokyo", "Tokyo")
    it.page.keyboard.press("PageUp")  # the focus is inside the map's frame
    it.expect_selected("ankara", "Ankara")
    it.page.keyboard.press("Escape")
    expect(it.itinerary).to_be_visible()


def test_headings_are_in_order(screen: Open) -> None:
    it = screen("?stop=tokyo")
    it.expect_selected("tokyo", "Tokyo")
    levels = it.page.evaluate(
        "[...document.querySelectorAll('h1,h2,h3,h4')].filter(h => h.offsetParent).map(h => Number(h.tagName[1]))"
    )
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels)), levels


@pytest.mark.parametrize("size", [{"width": 1440, "height": 900}, {"width": 1280, "height": 720}])
@pytest.mark.parametrize("query", ["", "?stop=tokyo"])
def test_a_wide_page_does_not_scroll_and_nothing_runs_out(screen: Open, size: dict[str, int], query: str) -> None:
    it = screen(query, size=size)
    expect(it.panel if query else it.itinerary).to_be_visible()
    assert it.page.evaluate(
        """() => {
          const main = document.querySelector('[data-testid="stMain"]');
          return [main.scrollHeight <= main.clientHeight + 1, document.documentElement.scrollWidth <= innerWidth];
        }"""
    ) == [True, True]


def test_on_a_phone_the_panel_follows_the_map(screen: Open) -> None:
    it = screen("?stop=amman", size=PHONE)
    it.expect_selected("amman", "Amman")
    frame, panel = it.page.locator(".st-key-map iframe").bounding_box(), it.panel.bounding_box()
    assert frame
    assert panel
    assert panel["y"] >= frame["y"] + frame["height"]
    assert frame["width"] <= 390
    assert panel["width"] <= 390
    assert it.page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_map_follows_the_theme(screen: Open, dark: bool) -> None:
    it = screen(dark=dark)
    wanted = "dark" if dark else "light"
    expect(it.page.locator(f'html[data-theme="{wanted}"]')).to_have_count(1)
    expect(it.map.locator(f'html[data-theme="{wanted}"]')).to_have_count(1)


def test_no_request_leaves_the_machine(server: str, open_page: Callable[..., Page]) -> None:
    foreign: list[str] = []
    page = open_page("about:blank")

    def guard(route, request: Request) -> None:  # type: ignore[no-untyped-def]
        if request.url.startswith((server, "data:", "blob:")):
            route.continue_()
        else:
            foreign.append(request.url)
            route.abort()

    page.route(re.compile(".*"), guard)
    page.goto(server)
    it = Screen(page).ready()
    it.marker("tokyo").click()
    it.expect_selected("tokyo", "Tokyo")
    it.country("Japan").click()
    it.expect_query(stop="tokyo", country="JP")
    assert it.map.locator(".land").count() > 200
    assert foreign == []


#: Each act, and what the address says a moment later, long before Python can have answered.
ACT_AND_READ = """async acts => {
  const seen = [];
  for (const act of acts) {
    tripHub.act(act);
    await new Promise(done => setTimeout(done));
    seen.push(location.search);
  }
  return seen;
}"""


def test_the_address_is_there_at_once_and_back_leads_through_every_act_once(screen: Open) -> None:
    it = screen()
    acts = [{"stop": "tokyo"}, {"country": "JP"}, {"stop": None}, {"country": None}]
    before = it.page.evaluate("history.length")
    wanted = ["?stop=tokyo", "?stop=tokyo&country=JP", "?country=JP", ""]
    assert it.page.evaluate(ACT_AND_READ, acts) == wanted
    it.page.wait_for_timeout(1000)  # what Python says of the older acts has come, too
    assert it.page.evaluate("[location.search, history.length]") == ["", before + 4]
    for search, stop in zip(reversed(["", *wanted[:3]]), (None, "tokyo", "tokyo", None), strict=True):
        it.page.go_back()
        it.page.wait_for_function("search => location.search === search", arg=search)
        if stop:
            expect(it.heading).to_contain_text("Tokyo")
        else:
            expect(it.row("tokyo")).to_be_visible()
