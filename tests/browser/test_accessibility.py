"""axe-core finds no violation on any page in either theme, but for what Streamlit's own chrome causes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.screen import Screen

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"

#: What we cannot mend: (rule, part of the selector, reason).
ALLOWED: tuple[tuple[str, str, str], ...] = ()

PAGES = {
    "explore": "",
    "stop": "?stop=tokyo",
    "disputed": "?stop=syria",
    "person": "?person=hakan-fidan",
    "evidence": "?view=evidence",
    "sources": "?view=sources",
    "search": "?view=search&q=erdogan",
    "method": "?view=method",
    "reader": "?stop=ankara&source=003&passage=400-560",
}


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("page", PAGES)
def test_axe_finds_nothing(screen: Callable[..., Screen], page: str, dark: bool) -> None:
    it = screen(PAGES[page], dark=dark)
    expect(it.page.locator(f'html[data-theme="{"dark" if dark else "light"}"]')).to_have_count(1)
    it.page.wait_for_load_state("networkidle")
    for frame in it.page.frames:
        frame.evaluate(AXE.read_text(encoding="utf-8"))
    result = it.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    found = [
        f"{violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in result["violations"]
        for node in violation["nodes"]
        if not _allowed(violation["id"], str(node["target"]))
    ]
    assert found == []


def _allowed(rule: str, target: str) -> bool:
    return any(rule == allowed and part in target for allowed, part, _ in ALLOWED)
