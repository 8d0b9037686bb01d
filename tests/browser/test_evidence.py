"""From every kind of claim to its sentence and back; the matrix; the people; the search."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from dashboard.bundle import trip_folder
from tests.browser.screen import Screen

pytestmark = pytest.mark.browser

Open = Callable[..., Screen]
TRIP = tomllib.loads((trip_folder() / "trip.toml").read_text(encoding="utf-8"))
LABELS = {source["id"]: source["label"] for source in TRIP["sources"]}
PHONE = {"width": 390, "height": 844}


def texts() -> dict[str, str]:
    return {file.name[:3]: file.read_bytes().decode() for file in Path(trip_folder()).glob("*.txt")}


def expect_marked(it: Screen, reference: Locator) -> None:
    """Follow a reference and see the very characters of its source marked and in view; then come back by keyboard."""
    source, passage = reference.get_attribute("data-source"), reference.get_attribute("data-passage")
    assert source
    assert passage
    start, end = (int(part) for part in passage.split("-"))
    reference.focus()
    it.page.keyboard.press("Enter")
    expect(it.marks.first).to_be_in_viewport()
    shown = "".join(it.marks.all_text_contents())
    assert shown == texts()[source][start:end].replace("\n", "")
    expect(it.reader.locator("h2")).to_contain_text(LABELS[source])
    it.page.wait_for_function("id => new URLSearchParams(location.search).get('source') === id", arg=source)
    it.page.keyboard.press("Escape")
    expect(it.reader).to_be_hidden()
    expect(reference).to_be_focused()


@pytest.mark.parametrize(
    "claim",
    [
        ".facts div:nth-child(1) .ref",
        ".facts div:nth-child(2) .ref",
        ".meeting .meta .ref",
        ".quote .ref",
        ".source blockquote .ref",
        ".differences details li .ref",
    ],
    ids=["date", "status", "meeting", "quote", "excerpt", "difference"],
)
def test_each_kind_of_claim_opens_its_sentence(screen: Open, claim: str) -> None:
    it = screen("?stop=ankara")
    it.expect_selected("ankara", "Ankara")
    it.panel.locator("details").evaluate_all("nodes => nodes.forEach(node => node.open = true)")
    expect_marked(it, it.panel.locator(claim).first)
    it.expect_query(stop="ankara")


def test_a_source_link_opens_at_its_passage_and_steps_on(screen: Open) -> None:
    text = texts()["003"]
    start = text.index("On Monday, in the last leg")
    end = text.index("Hakan Fidan.") + len("Hakan Fidan.")
    it = screen(f"?source=003&passage={start}-{end}")
    expect(it.marks.first).to_be_in_viewport()
    assert "".join(it.marks.all_text_contents()) == text[start:end]
    it.reader.get_by_role("button", name="Next ›").click()
    expect(it.marks.first).to_be_in_viewport()
    assert "".join(it.marks.all_text_contents()) != text[start:end]
    it.page.wait_for_function("before => !location.search.includes(before)", arg=f"{start}-{end}")
    assert it.query()["source"] == "003"
    it.reader.get_by_role("button", name="Close").click()
    it.expect_query()


def test_page_furniture_is_named_and_never_cited(screen: Open) -> None:
    it = screen("?source=004")
    expect(it.reader.locator(".furniture", has_text="Leave a comment").first).to_contain_text("Comment form")
    assert it.reader.locator(".furniture:not(.caption):not(.heading) .cited").count() == 0


def test_copy_as_footnote(screen: Open) -> None:
    it = screen("?stop=baghdad", permissions=["clipboard-read", "clipboard-write"])
    it.expect_selected("baghdad", "Baghdad")
    it.panel.locator(".quote .ref").first.click()
    expect(it.marks.first).to_be_in_viewport()
    words = "".join(it.marks.all_text_contents())
    it.reader.get_by_role("button", name="Copy as footnote").click()
    expect(it.reader.get_by_text("Copied")).to_be_visible()
    footnote = it.page.evaluate("navigator.clipboard.readText()")
    assert footnote.startswith(f"“{words}”")
    assert footnote.endswith(", IRIA article.")


def test_the_matrix_opens_passages_and_follows_the_filters(screen: Open) -> None:
    it = screen("?view=evidence")
    row = it.view.locator('[data-stop-row="cyprus"]')
    expect(row).to_contain_text("Country named by 2; not in the official itinerary; 1 independent group")
    expect_marked(it, row.locator("td.place a").first)
    expect_marked(it, row.locator("td.lists-others a").first)
    expect(it.view.locator('[data-stop-row="seoul"] .verdict').first).to_contain_text(
        "Travel summary, the official itinerary"
    )
    it.view.locator('[data-stop-row="ankara"] .fold').click()
    expect(it.view.locator('[data-stop-row="ankara"] .meeting-row').first).to_be_visible()
    it.country("Turkey").click()
    expect(it.view.locator("[data-stop-row]:visible")).to_have_count(1)
    it.view.get_by_role("link", name="Ankara", exact=True).first.click()
    it.expect_selected("ankara", "Ankara")
    it.expect_query(stop="ankara", country="TR")


def test_coming_back_from_a_page_finds_the_same_map(screen: Open) -> None:
    it = screen("?stop=tokyo")
    it.expect_selected("tokyo", "Tokyo")
    it.page.evaluate("document.querySelector('.st-key-map iframe').dataset.mine = 'same'")
    for name in ("Evidence", "Sources", "Search", "Method", "Explore"):
        it.page.get_by_role("link", name=name, exact=True).click()
        expect(it.page.locator('.views [aria-current="page"]')).to_have_text(name)
    it.expect_selected("tokyo", "Tokyo")
    expect(it.page.locator('.st-key-map iframe[data-mine="same"]')).to_be_visible()


def test_sources_tell_their_share_and_with_whom_they_share_wording(screen: Open) -> None:
    it = screen("?view=sources")
    card = it.view.locator(".source-card").nth(1)
    expect(card).to_contain_text("27 of 27 body sentences (100%) are used")
    card.locator("summary", has_text="Shares wording with Tokyo report").click()
    expect_marked(it, card.locator(".unused a").first)


def test_who_met_fidan_where_and_according_to_whom(screen: Open) -> None:
    it = screen()
    field = it.page.locator(".st-key-people input")
    label = it.page.locator(".st-key-people option").evaluate_all(
        "options => options.map(option => option.value).find(value => value.includes('Fidan'))"
    )
    field.fill(label)
    field.press("Enter")
    it.expect_query(person="hakan-fidan")
    expect(field).to_have_value("Hakan Fidan")
    card = it.itinerary.locator(".person-card")
    expect(card).to_contain_text("Ankara, 6 November")
    expect(card).to_contain_text("according to West Asia report IRIA article")
    expect(it.itinerary.locator("button[data-stop]")).to_have_count(1)
    expect(it.marker("tokyo")).to_be_hidden()
    it.itinerary.get_by_role("button", name="Show everyone").click()
    it.expect_query()


def test_a_name_in_the_panel_leads_to_the_person(screen: Open) -> None:
    it = screen("?stop=tokyo")
    it.expect_selected("tokyo", "Tokyo")
    it.panel.locator(".people a", has_text="Kamikawa").first.click()
    expect(it.itinerary.locator(".person-card h2")).to_contain_text("Kamikawa")
    expect(it.itinerary.locator(".person-card")).to_contain_text("Kamikawa Yoko")


@pytest.mark.parametrize("words", ["erdogan", "Erdoğan", "ERDOGAN"])
def test_search_finds_every_spelling(screen: Open, words: str) -> None:
    it = screen("?view=search")
    it.view.get_by_role("searchbox").fill(words)
    expect(it.view.get_by_role("status")).to_have_text("2 passages in 2 sources")
    expect(it.view.locator(".hits mark").first).to_contain_text("Erdoğan")
    it.expect_query(view="search", q=words)
    expect_marked(it, it.view.locator(".hit a").first)


def test_search_says_when_the_answer_is_no_and_follows_the_filters(screen: Open) -> None:
    it = screen("?view=search&q=submarine")
    expect(it.view.get_by_role("status")).to_contain_text("Not in these sources.")
    it.view.get_by_role("searchbox").fill("Türkiye")
    expect(it.view.get_by_role("status")).to_contain_text("passages in 5 sources")
    it.country("Japan").click()
    expect(it.view.get_by_role("status")).to_contain_text("set aside by the filters")


def test_the_reader_fits_a_phone(screen: Open) -> None:
    it = screen("?stop=ankara", size=PHONE)
    it.expect_selected("ankara", "Ankara")
    it.panel.locator(".ref").first.click()
    expect(it.marks.first).to_be_in_viewport()
    assert it.page.evaluate("document.documentElement.scrollWidth") <= 390
    box = it.reader.bounding_box()
    assert box
    assert box["width"] <= 390


#: Ends when the text of the source has kept its size for ten frames.
LAID_OUT = """() => new Promise(done => {
  const text = document.querySelector(".reader-text");
  let height = -1;
  let frames = 0;
  const look = () => {
    frames = text.offsetHeight === height ? frames + 1 : 0;
    height = text.offsetHeight;
    if (frames < 10) requestAnimationFrame(look);
    else done();
  };
  look();
})"""
FROM_THE_MIDDLE = """() => {
  const [mark, body] = ["mark.here", ".reader-body"].map(it => document.querySelector(it).getBoundingClientRect());
  return Math.abs((mark.top + mark.bottom) / 2 - (body.top + body.bottom) / 2);
}"""
LARGE = ".reader-text.reader-text p { font-size: 26px }"  # every line breaks elsewhere, as when a typeface arrives
HIDDEN = ".st-key-reader.st-key-reader.st-key-reader { display: none !important }"


def open_passage(it: Screen) -> None:
    """Open a passage near the beginning, which seems to need no scrolling while the text is not laid out."""
    start = texts()["000"].index("“This is a very important moment as well")
    it.page.evaluate("passage => tripHub.act({ source: '000', passage })", f"{start}-{start + 250}")
    expect(it.marks.first).to_be_attached()


def expect_in_the_middle(it: Screen) -> None:
    it.page.evaluate(LAID_OUT)
    assert it.page.evaluate(FROM_THE_MIDDLE) < 60


def test_a_slow_phone_opens_the_source_at_the_passage(screen: Open) -> None:
    it = screen(size=PHONE)
    it.page.context.new_cdp_session(it.page).send("Emulation.setCPUThrottlingRate", {"rate": 8})
    open_passage(it)
    expect_in_the_middle(it)


def test_the_passage_is_in_view_when_the_styles_come_late(screen: Open) -> None:
    it = screen(size=PHONE)
    style = it.page.add_style_tag(content=HIDDEN)
    open_passage(it)
    style.evaluate("node => node.remove()")
    expect_in_the_middle(it)


def test_the_passage_stays_in_view_when_the_text_changes_its_size(screen: Open) -> None:
    it = screen(size=PHONE)
    open_passage(it)
    expect_in_the_middle(it)
    it.page.add_style_tag(content=LARGE)
    expect_in_the_middle(it)


def test_who_has_scrolled_himself_is_left_where_he_is(screen: Open) -> None:
    it = screen(size=PHONE)
    open_passage(it)
    expect_in_the_middle(it)
    it.reader.hover()
    it.page.mouse.wheel(0, -5000)
    it.page.wait_for_function("document.querySelector('.reader-body').scrollTop === 0")
    it.page.add_style_tag(content=LARGE)
    it.page.evaluate(LAID_OUT)
    assert it.page.evaluate("document.querySelector('.reader-body').scrollTop") == 0
