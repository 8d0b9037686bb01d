"""The one-file page in a real Chromium, opened from the disk with no network: walked through by keys, and printed."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdf
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from dashboard.dossier import Dossier, open_dossier
from dashboard.exports import FORMATS, Portion
from dashboard.facts import place_name
from dashboard.prose import label
from dashboard.selection import Selection
from tests.browser.test_hostile import EVIL, FIELDS
from tests.conftest import TEXTS, make_trip

pytestmark = pytest.mark.browser

WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
STOPS = 11

Open = Callable[..., Page]


def save(folder: Path, portion: Portion) -> str:
    """Write the file and return its address."""
    path = folder / "trip.html"
    path.write_bytes(FORMATS["html"].write(portion))
    return path.as_uri()


@pytest.fixture(scope="module")
def address(dossier: Dossier, tmp_path_factory: pytest.TempPathFactory) -> str:
    return save(tmp_path_factory.mktemp("html"), Portion(dossier, Selection(), "http://localhost:8501/"))


@pytest.fixture
def leaf(browser: Browser, address: str) -> Iterator[Open]:
    """Opens the file where nothing can be reached; fails on an error of the page and on every request but its own."""
    contexts, wrong = [], []

    def open_(fragment: str = "", *, size: dict[str, int] = WIDE, dark: bool = False, url: str = address) -> Page:
        context = browser.new_context(viewport=size, color_scheme="dark" if dark else "light", offline=True)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda message: message.type == "error" and wrong.append(message.text))
        page.on("request", lambda request: re.match("file:|data:", request.url) or wrong.append(request.url))
        page.goto(url + fragment)
        expect(page.locator(".stop-marker").first).to_be_attached()
        return page

    yield open_
    for context in contexts:
        context.close()
    assert wrong == []


def marks(page: Page) -> Locator:
    return page.locator(".reader mark.here")


def expect_hash(page: Page, fragment: str) -> None:
    page.wait_for_function("wanted => location.hash === wanted", arg=fragment)


def expect_no_sideways_scroll(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_keyboard_leads_from_the_itinerary_to_the_passage_and_back(leaf: Open) -> None:
    page = leaf()
    page.locator('.itinerary button[data-stop="amman"]').focus()
    page.keyboard.press("Enter")
    heading = page.locator(".stop-page h2")
    expect(heading).to_have_text("Amman, Jordan")
    expect(heading).to_be_focused()
    expect(page.locator(".stop-marker.selected")).to_have_attribute("data-stop", "amman")
    expect(page.locator(".card")).to_contain_text("Amman")
    page.keyboard.press("PageDown")
    expect(heading).to_have_text("Ramallah, West Bank")
    expect_hash(page, "#stop=ramallah")
    reference = page.locator(".stop-page .ref").first
    reference.focus()
    page.keyboard.press("Enter")
    expect(marks(page).first).to_be_in_viewport()
    words = "".join(marks(page).all_text_contents())
    assert words
    assert words[:40] in (reference.get_attribute("title") or "")
    page.keyboard.press("Escape")
    expect(page.locator(".reader")).to_be_hidden()
    expect(reference).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator('.itinerary button[data-stop="ramallah"]')).to_be_visible()
    expect_hash(page, "")
    page.go_back()
    expect(heading).to_have_text("Ramallah, West Bank")
    page.go_back()
    expect(marks(page).first).to_be_visible()


def test_present_goes_by_keys_through_all_slides_and_back(leaf: Open) -> None:
    page = leaf("#stop=tokyo")
    page.get_by_role("button", name="Present").focus()
    page.keyboard.press("Enter")
    title, where = page.locator(".slide h2"), page.locator(".present-bar .where")
    expect(title).to_have_text("Tokyo")
    page.keyboard.press("Home")
    expect(title).to_have_text("Middle East to Asia")
    names = page.evaluate("tripHub.visibleStops().map(stop => stop.properties.name)")
    assert len(names) == STOPS
    for at, name in enumerate(names):
        page.keyboard.press(["ArrowRight", "PageDown", "Space"][at % 3])
        expect(title).to_have_text(name)
        expect(where).to_have_text(f"{at + 2} / {STOPS + 2}")
        if at == 4:  # a click into the map must not take the keys away
            page.mouse.click(400, 800)
    page.keyboard.press("ArrowRight")
    expect(title).to_have_text("Sources, and where they differ")
    page.keyboard.press("ArrowLeft")
    expect(title).to_have_text(names[-1])
    page.keyboard.press("3")
    expect(title).to_have_text(names[1])
    page.keyboard.press("n")
    expect(page.locator(".notes")).to_be_visible()
    page.keyboard.press("b")
    expect(page.locator(".blank")).to_be_visible()
    page.keyboard.press("b")
    expect_no_sideways_scroll(page)
    page.keyboard.press("Escape")
    expect(page.locator(".stop-page h2")).to_have_text("Tokyo, Japan")
    expect_hash(page, "#stop=tokyo")


def test_filters_work_without_the_application(leaf: Open) -> None:
    page = leaf()
    page.get_by_role("button", name="Jordan", exact=True).press("Enter")
    page.get_by_role("button", name="Iraq", exact=True).press("Enter")
    expect(page.locator(".itinerary li")).to_have_count(2)
    expect(page.locator(".count")).to_contain_text("Showing 2 of 11 stops")
    expect(page.locator('.stop-marker[data-stop="tokyo"]')).to_be_hidden()
    expect_hash(page, "#country=JO%2CIQ")
    page.get_by_role("link", name="Evidence").press("Enter")
    expect(page.locator("[data-stop-row]")).to_have_count(2)
    page.get_by_role("slider", name="First day").press("ArrowRight")
    page.get_by_role("slider", name="First day").press("ArrowRight")
    page.get_by_role("slider", name="First day").press("ArrowRight")
    expect(page.locator("[data-stop-row]")).to_have_count(1)
    page.get_by_role("link", name="Explore").press("Enter")
    page.get_by_role("button", name="Reset").press("Enter")
    expect(page.locator(".itinerary li")).to_have_count(STOPS)
    page.go_back()
    expect(page.locator(".itinerary li")).to_have_count(1)


@pytest.mark.parametrize(
    "fragment",
    [
        "#stop=nowhere&view=search&source=9&passage=x&slide=-1&person=nobody&country=JO,XX&from=1999-01-01&to=2023-13-01",
        "#from=2023-11-08&to=2023-11-03&stop=__proto__&country=constructor",
        "#%%%",
    ],
)
def test_an_address_that_asks_for_what_there_is_not_shows_the_trip(leaf: Open, fragment: str) -> None:
    page = leaf(fragment)
    expect(page.locator(".itinerary")).to_be_visible()
    expect(page.locator(".stop-marker:visible")).not_to_have_count(0)


def test_a_link_opens_in_another_tab_too(leaf: Open) -> None:
    expect(leaf("?source=002&passage=0-20").locator(".reader h2")).to_contain_text("Summary")
    expect(leaf("#view=method").locator(".view-body h2")).to_have_text("Methodology")


def test_theme_follows_the_system_until_the_reader_chooses(leaf: Open) -> None:
    page = leaf("#stop=seoul", dark=True)
    ground = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(ground) == "rgb(16, 22, 30)"
    page.get_by_role("button", name="Light").press("Enter")
    assert page.evaluate(ground) == "rgb(250, 248, 243)"
    page.emulate_media(color_scheme="light")
    page.get_by_role("button", name="Dark").press("Enter")
    assert page.evaluate(ground) == "rgb(16, 22, 30)"


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(
    "fragment", ["", "#stop=tokyo", "#view=evidence", "#view=sources", "#view=method", "#source=004"]
)
def test_a_phone_never_scrolls_sideways(leaf: Open, fragment: str, dark: bool) -> None:
    page = leaf(fragment, size=PHONE, dark=dark)
    page.wait_for_function("document.querySelector('.stop-page h2, .view-body h2, .reader h2, .itinerary li')")
    expect_no_sideways_scroll(page)


def squeezed(text: str) -> str:
    """Without white space and without the ligatures that a typeface may use."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def test_printing_gives_a_page_a_stop_with_its_footnotes(leaf: Open, dossier: Dossier) -> None:
    pages = [
        " ".join(page.extract_text().split())
        for page in pypdf.PdfReader(io.BytesIO(leaf("#stop=tokyo", dark=True).pdf())).pages
    ]
    stops = list(dossier.trip.file.stops)
    first = [next(n for n, text in enumerate(pages) if n and place_name(stop) in text[:40]) for stop in stops]
    assert first == sorted(set(first))
    assert first[0] == 1
    assert all(place_name(stop) in pages[0] for stop in stops)
    for stop, begin, end in zip(stops, first, [*first[1:], len(pages)], strict=True):
        sheet = squeezed("".join(re.sub(r"^\d+ ", "", page) for page in pages[begin:end]))  # without page numbers
        evidence = [*stop.date_evidence, *stop.status_evidence]
        evidence += [quote for meeting in dossier.trip.meetings_at[stop.id] for quote in meeting.evidence]
        evidence += [passage for quote in dossier.trip.quotes_at[stop.id] for passage in quote.passages]
        for quote in evidence:
            assert squeezed(quote.exact)[:24] in sheet
            source = dossier.trip.sources[quote.source]
            assert squeezed(f"{label(source)}: {source.title}")[:40] in sheet
    assert "Legend" not in "".join(pages)


def test_hostile_text_is_only_text(leaf: Open, tmp_path: Path) -> None:
    texts = {name: f"{text}\n{EVIL}\n" for name, text in TEXTS.items()}
    make_trip(tmp_path, {path: f"{EVIL} {path}" for path in FIELDS}, texts)
    url = save(tmp_path, Portion(open_dossier(tmp_path), Selection(), f"https://example.org/{EVIL}"))
    for fragment in (
        "",
        "#stop=brindle",
        "#stop=calder",
        "#person=tom",
        "#view=evidence",
        "#view=sources",
        "#source=log",
    ):
        page = leaf(fragment, url=url)
        expect(
            page.locator(".st-key-panel, .st-key-view, .st-key-reader").filter(has_text="onerror").first
        ).to_be_attached()
        assert page.locator("img").count() == 0
        assert page.evaluate("window.hacked") is None


def test_a_script_that_got_in_would_not_run(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(address)
    page.evaluate(
        """() => {
          document.body.insertAdjacentHTML('beforeend', '<img src="data:," onerror="window.hacked = 1">');
          const script = document.createElement('script');
          script.textContent = 'window.hacked = 2';
          document.body.append(script);
        }"""
    )
    refused = page.evaluate("fetch('https://example.org/').then(() => 'answered', () => 'refused')")
    assert (page.evaluate("window.hacked"), refused) == (None, "refused")
    page.close()
