"""What the browser's code leans on in the page of Streamlit and in the frame of streamlit-folium: one test each.

Where one fails after an upgrade, its text says what has to be looked at; the code that leans is named in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.screen import Screen

pytestmark = pytest.mark.browser

STYLES = Path(__file__).parents[2] / "frontend" / "styles" / "streamlit.css"
#: Shown only now and then: a notice, and the dialog about a lost connection (tests/browser/test_blip.py).
SELDOM = {".stAlert", ".stDialog"}

Open = Callable[..., Screen]


def test_streamlit_has_the_classes_that_we_lay_out(screen: Open) -> None:
    """frontend/styles/streamlit.css: find the element that the rule's reason speaks of, and what it is called now."""
    names = set(
        re.findall(r"\.st[A-Z]\w*", re.sub(r"/\*.*?\*/", "", STYLES.read_text(encoding="utf-8"), flags=re.DOTALL))
    )
    page = screen().page
    assert names > SELDOM
    assert {name for name in names - SELDOM if not page.locator(name).count()} == set()
    notice = screen("?stop=atlantis").page
    assert notice.locator('.st-key-controls .stAlert [data-testid="stAlertContainer"]').count() == 1


def test_streamlits_ground_has_the_colour_of_the_theme(screen: Open) -> None:
    """ground() in frontend/src/core/streamlit.js: the theme is known by the background of .stApp alone."""
    for dark, colour in ((False, "rgb(250, 248, 243)"), (True, "rgb(16, 22, 30)")):
        page = screen(dark=dark).page
        assert page.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor") == colour


def test_the_frame_knows_the_pages_colour_and_names_the_map(screen: Open) -> None:
    """followFrame() in core/theme.js and #map_div in styles/map.css: streamlit-folium writes Streamlit's theme into the
    frame's root as custom properties, and calls the map's element map_div. See what the frame's document has instead.
    """
    it = screen()
    frame = next(frame for frame in it.page.frames if "streamlit_folium" in frame.url)
    colour = frame.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--background-color').trim()")
    assert colour.lower() == "#faf8f3"
    assert frame.locator("#map_div.leaflet-container").count() == 1
    assert frame.evaluate(
        "(({width, height}) => [width === innerWidth, height === innerHeight])"
        "(document.querySelector('#map_div').getBoundingClientRect())"
    ) == [True, True]


def test_streamlit_leaves_an_address_alone_that_says_what_python_says(screen: Open) -> None:
    """frontend/src/core/address.js: Streamlit writes the address with history.pushState, and only where it differs.

    If it writes it in another way, the history has each act twice: see handlePageInfoChanged in its App.
    """
    it = screen()
    it.page.evaluate("window.entries = history.length; tripHub.act({ stop: 'tokyo', country: 'JP,KR' })")
    expect(it.heading).to_contain_text("Tokyo")
    it.page.wait_for_timeout(1000)
    assert it.page.evaluate("history.length - window.entries") == 1
