"""The table of pages, from which routes and exported page are made."""

from __future__ import annotations

import datetime as dt
import json
import re

import pytest

from dashboard.dossier import Dossier
from dashboard.exports import Portion
from dashboard.exports.html.archive import archive
from dashboard.exports.html.part import part_of
from dashboard.pages import PAGES, Page
from dashboard.pages.slide import opening_html
from dashboard.pages.stop import figures_html
from dashboard.selection import VIEWS, Selection


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path)
def test_a_page_is_made_in_one_way(page: Page) -> None:
    ways = [page.of_record, page.of_filters, page.of_trip]
    assert [bool(way) for way in ways].count(True) == 1
    assert bool(page.collection) == bool(page.of_record) == ("{id}" in page.path)
    assert not page.tells_filters or page.of_filters


def test_paths_are_their_own() -> None:
    assert len({page.path for page in PAGES}) == len(PAGES)


def test_every_page_beside_the_map_is_served() -> None:
    beside = {f"{name}.html" for name in VIEWS} - {"present.html"}  # the slides have a path each
    assert beside <= {page.path for page in PAGES}


def test_a_page_that_follows_the_filters_changes_with_them(voyage: Dossier) -> None:
    for page in PAGES:
        if page.of_filters:
            narrow = Selection(first=dt.date(2031, 5, 9), words="Brindle")
            assert page.html(voyage, narrow) != page.html(voyage, Selection(words="Brindle")), page.path


def test_a_record_that_is_not_there(voyage: Dossier) -> None:
    for page in PAGES:
        assert page.has(voyage, "nobody") is not bool(page.collection)


def test_an_exported_page_holds_what_its_links_lead_to(voyage: Dossier) -> None:
    portion = Portion(voyage, Selection(first=dt.date(2031, 5, 3), last=dt.date(2031, 5, 4)))
    pages = archive(portion, part_of(portion))
    assert {path for path in pages if "/" not in path} == {
        "opening.html", "closing.html", "evidence.html", "sources.html", "method.html",
    }  # fmt: skip
    kept = {path for path in pages if "/" in path}
    assert {"stop/brindle.html", "slide/calder.html", "person/tom.html", "source/list.html"} <= kept
    assert not {path for path in kept if "dunmore" in path}
    assert "2 of 3 stops" in pages["opening.html"]
    assert "Dunmore" not in re.sub("<[^>]*>", "", pages["evidence.html"])
    assert json.dumps(pages)


@pytest.mark.parametrize("name", ["voyage", "dossier"])
def test_the_opening_slide_counts_as_the_head_of_the_page_does(name: str, request: pytest.FixtureRequest) -> None:
    dossier: Dossier = request.getfixturevalue(name)
    figures = re.findall(r"<span><b>(\d+)</b> (\w+)</span>", opening_html(dossier, Selection()))
    assert len(figures) == 4
    assert all(f"{count} {word}" in figures_html(dossier) for count, word in figures)
