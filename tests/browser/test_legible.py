"""Slides from the back of a room: how large the words are as they are drawn, and that none are cut off."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.screen import Screen

pytestmark = pytest.mark.browser

Open = Callable[..., Screen]
SLIDES = 13

#: The size of every text that is to be seen, with all scales that act on it: [where, pixels, words].
SIZES = """() => {
  const scaleOf = (node) => {
    const { scale, transform } = node.ownerDocument.defaultView.getComputedStyle(node);
    const matrix = new DOMMatrix(transform === "none" ? "" : transform);
    return (parseFloat(scale) || 1) * Math.hypot(matrix.a, matrix.b);
  };
  const sizes = [];
  const read = (root, where) => {
    const { defaultView: view } = root.ownerDocument;
    const texts = root.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const { data, parentElement } = texts.currentNode;
      if (!data.trim() || !parentElement.checkVisibility({ visibilityProperty: true })) continue;
      let size = parseFloat(view.getComputedStyle(parentElement).fontSize);
      for (let node = parentElement; node; node = node.parentElement) size *= scaleOf(node);
      sizes.push([where, size, data.trim()]);
    }
  };
  read(document.querySelector(".slide-card"), "card");
  read(document.querySelector('iframe[title="Map of the trip"]').contentDocument.querySelector(".presenting"), "map");
  return sizes;
}"""

#: What is cut off: the card's own words below its edge, or an element that hides a part of what it holds.
CUT = """() => [...document.querySelectorAll(".slide-card, .slide-card *")]
  .filter((node) => getComputedStyle(node).overflow !== "visible")
  .filter((node) => node.scrollHeight > node.clientHeight + 1 || node.scrollWidth > node.clientWidth + 1)
  .map((node) => node.className || node.tagName)"""


def turn_to(page: Page, number: int) -> None:
    page.evaluate("slide => window.tripHub.act({ slide })", str(number))
    expect(page.locator(".slide")).to_have_attribute("data-slide", str(number))


@pytest.mark.parametrize("size", [(1920, 1080), (3840, 2160)], ids=["1080p", "4K"])
def test_no_text_is_too_small_for_the_back_of_a_room(screen: Open, size: tuple[int, int]) -> None:
    it = screen("?view=present", size={"width": size[0], "height": size[1]})
    least = {"card": 24 * size[1] / 1080, "map": 18 * size[1] / 1080}
    for number in range(1, SLIDES + 1):
        turn_to(it.page, number)
        it.page.wait_for_timeout(300)
        sizes: list[tuple[str, float, str]] = it.page.evaluate(SIZES)
        assert {where for where, _, _ in sizes} == {"card", "map"}
        assert [item for item in sizes if item[1] < least[item[0]] - 0.01] == []
        assert it.page.evaluate(CUT) == []


def test_the_closing_slide_has_the_sources_in_full(screen: Open, dossier: Any) -> None:
    it = screen("?view=present&slide=13", size={"width": 1920, "height": 1080})
    card = it.page.locator(".slide-card")
    for source in dossier.trip.file.sources:
        expect(card).to_contain_text(source.title)
    for words in ("Syria: disputed", "Cyprus: reported", "Washington: announced", "Whether Syria belonged to the trip"):
        expect(card).to_contain_text(words)
    substance = [item for item in dossier.trip.file.disagreements if item.kind == "substance"]
    shown = card.locator("section").last.locator("ul").last
    lines = shown.locator("li:not(.more)")
    expect(shown).to_contain_text(f"and {len(substance) - lines.count()} more in the notes")
    for line in lines.all():
        height = line.evaluate("node => node.getClientRects().length && node.scrollHeight")
        assert height < 2 * 1.55 * 19.2 * 1.35  # one line each
    assert it.page.locator(".notes li").count() >= len(substance) + len(dossier.trip.file.sources)


def test_what_does_not_fit_is_left_out_and_counted(screen: Open) -> None:
    it = screen("?view=present&slide=9", size={"width": 1920, "height": 1080})
    card = it.page.locator(".slide-card")
    expect(card.locator("blockquote")).to_be_visible()
    for words, gone in ((36, ".slide-verdict"), (68, "blockquote")):
        it.page.evaluate(
            """words => {
              document.querySelector(".slide-facts").textContent = "Long words ".repeat(words);
              window.dispatchEvent(new Event("resize"));
            }""",
            words,
        )
        expect(card.locator(gone)).to_be_hidden()
        assert it.page.evaluate(CUT) == []
    shown = card.locator("ul li:visible:not(.more)").count()
    assert shown < 3
    expect(card.locator("li.more")).to_have_text(f"and {6 - shown} more in the notes")
    it.page.evaluate(
        """() => {
          document.querySelector(".slide-facts").textContent = "Japan";
          window.dispatchEvent(new Event("resize"));
        }"""
    )
    expect(card.locator("blockquote")).to_be_visible()
    expect(card.locator("li.more")).to_have_text("and 3 more in the notes")
