"""Files that a reader takes away: they come, say how far they are, can be cancelled, and say why they do not come."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.screen import Screen

pytestmark = pytest.mark.browser


def opened(page: Page) -> Locator:
    menu = page.locator(".st-key-nav details.menu")
    menu.locator("summary").click()
    return menu


def item(menu: Locator, label: str) -> Locator:
    return menu.locator(".menu-item").filter(has=menu.page.get_by_role("button", name=label, exact=True))


def test_a_file_comes_with_its_name_and_the_menu_closes(screen: Callable[..., Screen], tmp_path: Path) -> None:
    page = screen("?country=IL").page
    menu = opened(page)
    with page.expect_download() as taken:
        menu.get_by_role("button", name="CSV table").click()
    assert taken.value.suggested_filename.endswith("-il.csv")
    taken.value.save_as(tmp_path / "a.csv")
    assert "Tel Aviv" in (tmp_path / "a.csv").read_text()
    expect(menu).not_to_have_attribute("open", "")


def test_it_says_how_far_it_is_and_can_be_cancelled(screen: Callable[..., Screen]) -> None:
    page = screen().page
    told = [{"ahead": 2, "done": 0, "total": 0}, {"ahead": 0, "done": 4, "total": 12}]

    def hold(route: Route) -> None:
        if "/progress" in route.request.url:
            route.fulfill(status=200, content_type="application/json", body=json.dumps(told[0]))

    page.route("**/export/pptx**", hold)
    menu = opened(page)
    slides = item(menu, "PowerPoint slides")
    slides.get_by_role("button", name="PowerPoint slides", exact=True).click()
    expect(slides.get_by_role("status")).to_have_text("waiting, 2 files before it …")
    told.pop(0)
    expect(slides.get_by_role("status")).to_have_text("being written, 4 of 12 …")
    table = item(menu, "CSV table")
    table.get_by_role("button", name="CSV table", exact=True).click()
    expect(table.get_by_role("status")).to_have_text("waiting for the file before it …")
    with page.expect_download():  # the next one comes as soon as this one is cancelled
        slides.get_by_role("button", name="Cancel PowerPoint slides").click()
    expect(menu).not_to_have_attribute("open", "")
    opened(page)
    expect(slides.get_by_role("status")).to_have_text("cancelled")
    expect(slides.get_by_role("button", name="Cancel PowerPoint slides")).to_be_hidden()


def test_it_says_why_a_file_does_not_come(screen: Callable[..., Screen]) -> None:
    page = screen().page
    page.route("**/export/pptx?**", lambda route: route.fulfill(status=422, body="written for at most 200 stops"))
    slides = item(opened(page), "PowerPoint slides")
    slides.get_by_role("button", name="PowerPoint slides", exact=True).click()
    expect(slides.get_by_role("status")).to_have_text("written for at most 200 stops")
