"""The explore page in the words of a person who uses it."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import FrameLocator, Locator, Page, expect


class Screen:
    """Finds what a reader sees, and does what a reader does."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def ready(self) -> Screen:
        """Wait until map and itinerary or panel are drawn."""
        expect(self.marker("amman")).to_be_attached()
        expect(self.count).to_contain_text("of")
        return self

    @property
    def map(self) -> FrameLocator:
        return self.page.frame_locator('iframe[title="Map of the trip"]')

    def marker(self, stop: str) -> Locator:
        return self.map.locator(f'.stop-marker[data-stop="{stop}"]')

    @property
    def card(self) -> Locator:
        return self.map.locator(".card")

    @property
    def panel(self) -> Locator:
        return self.page.locator(".st-key-stop_panel")

    @property
    def heading(self) -> Locator:
        return self.panel.locator("h2")

    @property
    def reader(self) -> Locator:
        return self.page.locator(".st-key-reader .reader")

    @property
    def marks(self) -> Locator:
        return self.reader.locator("mark.here")

    @property
    def view(self) -> Locator:
        return self.page.locator(".st-key-view")

    @property
    def itinerary(self) -> Locator:
        return self.page.locator(".st-key-itinerary")

    def row(self, stop: str) -> Locator:
        return self.itinerary.locator(f'button[data-stop="{stop}"]')

    @property
    def count(self) -> Locator:
        return self.page.locator(".st-key-date_range .count")

    def handle(self, name: str) -> Locator:
        return self.page.locator(".st-key-date_range").get_by_role("slider", name=name)

    def country(self, name: str) -> Locator:
        return self.page.locator(".st-key-countries").get_by_role("button", name=name, exact=True)

    @property
    def reset(self) -> Locator:
        return self.page.locator(".st-key-reset button")

    def query(self) -> dict[str, str]:
        return {key: values[0] for key, values in parse_qs(urlsplit(self.page.url).query).items()}

    def expect_query(self, **query: str) -> None:
        """Wait until the address bar says exactly this (``from_`` stands for ``from``)."""
        wanted = {key.rstrip("_"): value for key, value in query.items()}
        self.page.wait_for_function(
            "wanted => JSON.stringify([...new URLSearchParams(location.search)].sort())"
            " === JSON.stringify(Object.entries(wanted).sort())",
            arg=wanted,
        )

    def expect_selected(self, stop: str, name: str) -> None:
        """Wait until marker, card, panel and address bar all show this stop."""
        expect(self.heading).to_contain_text(name)
        expect(self.map.locator(".stop-marker.selected")).to_have_count(1)
        assert "selected" in (self.marker(stop).get_attribute("class") or "").split()
        expect(self.card).to_contain_text(name)
        self.page.wait_for_function("stop => new URLSearchParams(location.search).get('stop') === stop", arg=stop)
