"""The map's card in a real Chromium shows every fact that is to be shown of a stop."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from dashboard.dossier import Dossier
from dashboard.facts import stop_facts
from tests.browser.screen import Screen

pytestmark = pytest.mark.browser


def test_the_card_shows_every_fact(screen: Callable[..., Screen], dossier: Dossier) -> None:
    it = screen("?stop=tokyo")
    facts = stop_facts(dossier, dossier.trip.stops["tokyo"])
    assert facts.shown
    expect(it.card).to_contain_text("; ".join([facts.verdict, *(fact.clause for fact in facts.shown)]))
    expect(it.card).to_contain_text(facts.short_days)
    if facts.lead:
        expect(it.card).to_contain_text(facts.lead)
