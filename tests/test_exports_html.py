"""The one-file page: what it holds, what it never does, and that no text in it becomes more than text."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from dashboard.__main__ import main
from dashboard.bundle import static_folder
from dashboard.dossier import Dossier
from dashboard.exports import FORMATS, Portion
from dashboard.exports.html.code import inline_script
from dashboard.exports.html.land import coarser
from dashboard.exports.html.part import part_of
from dashboard.model import Trip
from dashboard.pages.stop import stop_html
from dashboard.selection import Selection
from tests.test_exports_files import HOSTILE, PARTS, with_text

LINK = "https://example.org/?country=IL"
LIMIT = 2_400_000  # bytes; of it 630 kB are the shapes of the countries
#: Attributes that make a browser ask for something.
ASKING = {"src", "srcset", "poster", "data", "background", "action", "formaction", "ping", "manifest", "xlink:href"}


@dataclass
class Document(HTMLParser):
    """What an HTML parser finds: elements with their attributes, and the text of scripts and styles."""

    text: str
    elements: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    scripts: list[tuple[dict[str, str | None], str]] = field(default_factory=list)
    style: str = ""
    _inside: str = ""

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._inside = tag
        if tag == "script":
            self.scripts.append((dict(attrs), ""))

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside == "script":
            attributes, text = self.scripts[-1]
            self.scripts[-1] = (attributes, text + data)
        elif self._inside == "style":
            self.style += data

    def embedded(self, name: str) -> Any:
        (text,) = [text for attributes, text in self.scripts if attributes.get("id") == name]
        return json.loads(text)

    @property
    def policy(self) -> str:
        (policy,) = [a["content"] for _, a in self.elements if a.get("http-equiv") == "Content-Security-Policy"]
        return policy or ""


def written(portion: Portion) -> Document:
    return Document(FORMATS["html"].write(portion).decode())


@pytest.fixture(scope="module")
def whole(dossier: Dossier) -> Document:
    return written(Portion(dossier, Selection(), LINK))


@pytest.fixture(scope="module")
def hostile(dossier: Dossier) -> Document:
    """Hostile text in every field and every source; without furniture, which would have to stand in the text."""
    evil = with_text(dossier, HOSTILE)
    sources = tuple(source.model_copy(update={"furniture": ()}) for source in evil.trip.file.sources)
    trip = Trip(evil.trip.file.model_copy(update={"sources": sources}), evil.trip.texts, evil.trip.passages)
    return written(Portion(Dossier(trip, evil.located), Selection(), "javascript:alert(1)//" + HOSTILE))


def test_it_is_small(whole: Document) -> None:
    assert len(whole.text.encode()) < LIMIT


@pytest.mark.parametrize("name", PARTS)
def test_it_holds_exactly_the_stops_of_the_view(dossier: Dossier, name: str) -> None:
    portion = Portion(dossier, PARTS[name], LINK)
    document = written(portion)
    stops = [stop.id for stop in portion.stops]
    trip, pages = document.embedded("trip-map"), document.embedded("trip-pages")
    assert [stop["id"] for stop in trip["stops"]["features"]] == stops
    assert [stop["properties"]["number"] for stop in trip["stops"]["features"]] == [dossier.numbers[s] for s in stops]
    assert [(leg["properties"]["from"], leg["properties"]["to"]) for leg in trip["legs"]["features"]] == [
        (leg.start, leg.end) for leg in portion.legs
    ]
    for kind in ("stop", "slide"):
        assert [path for path in pages if path.startswith(f"{kind}/")] == [f"{kind}/{stop}.html" for stop in stops]
    assert [a["data-sheet"] for _, a in document.elements if "data-sheet" in a] == stops
    assert portion.description in document.text
    assert portion.fingerprint in document.text


@pytest.mark.parametrize("name", PARTS)
def test_it_holds_every_page_that_it_links_to(dossier: Dossier, name: str) -> None:
    portion = Portion(dossier, PARTS[name], LINK)
    pages = written(portion).embedded("trip-pages")
    everything = "".join(pages.values())
    for kind, attribute in (("source", "data-source"), ("person", "data-person"), ("stop", "data-go-stop")):
        named = set(re.findall(rf'{attribute}="([^"]+)"', everything))
        assert named
        assert {f"{kind}/{item}.html" for item in named} <= set(pages)


def test_a_view_names_no_meeting_and_no_quotation_of_another_stop(voyage: Dossier) -> None:
    document = written(Portion(voyage, Selection(countries=("IE",)), LINK))
    pages = document.embedded("trip-pages")
    meetings = [words for words in ("Ada and Tom", "The mayor") if words in "".join(pages.values())]
    assert meetings == ["The mayor"]
    assert "Ada and Tom" not in json.dumps(document.embedded("trip-map"))


def test_the_pages_are_those_of_the_application(dossier: Dossier, whole: Document) -> None:
    pages = whole.embedded("trip-pages")
    assert {stop: pages[f"stop/{stop}.html"] for stop in dossier.trip.stops} == {
        stop: stop_html(dossier, stop) for stop in dossier.trip.stops
    }


def test_the_handout_has_every_passage_as_a_footnote(dossier: Dossier) -> None:
    portion = Portion(dossier, Selection(countries=("IQ",)), LINK)
    text = re.sub(r"\s+", " ", re.sub("<[^>]+>", "", FORMATS["html"].write(portion).decode().split("data-sheet=")[1]))
    assert "This is a matter of Iraqi sovereignty" in text
    for meeting in portion.meetings:
        for quote in meeting.evidence:
            words = dossier.trip.passage(quote).text
            assert re.sub(r"\s+", " ", words) in text.replace("&#39;", "'").replace("&#34;", '"').replace("&amp;", "&")


def test_nothing_in_it_asks_a_network(whole: Document) -> None:
    for tag, attributes in whole.elements:
        assert not ASKING & set(attributes), (tag, attributes)
        assert tag not in {"iframe", "object", "embed", "img", "base", "form"}
        if tag == "link":
            assert attributes == {"rel": "icon", "href": "data:,"}
        elif (attributes.get("href") or "").startswith("http"):
            assert (tag, attributes["href"]) == ("a", LINK)
    assert "url(" not in whole.style.replace("url(#default#VML)", "")
    assert "@import" not in whole.style
    assert "sourceMappingURL" not in whole.text


def test_its_policy_runs_its_own_scripts_only(whole: Document) -> None:
    rules = dict(rule.split(" ", 1) for rule in whole.policy.split("; "))
    running = [text for attributes, text in whole.scripts if "type" not in attributes]
    hashes = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in running]
    assert rules["default-src"] == "'none'"
    assert rules["script-src"].split() == [f"'sha256-{value}'" for value in hashes]
    assert "connect-src" not in rules
    assert "http" not in whole.policy


def test_hostile_text_stays_text(whole: Document, hostile: Document) -> None:
    tags = {tag for tag, _ in whole.elements}
    assert {tag for tag, _ in hostile.elements} <= tags
    assert Counter(tag for tag, _ in hostile.elements)["script"] == Counter(tag for tag, _ in whole.elements)["script"]
    names = {name for _, attributes in whole.elements for name in attributes}
    assert {name for _, attributes in hostile.elements for name in attributes} <= names
    assert hostile.policy == whole.policy
    assert [a["href"] for tag, a in hostile.elements if tag == "a"] == []
    assert hostile.embedded("trip-map")["title"] == HOSTILE
    pages, harmless = hostile.embedded("trip-pages"), whole.embedded("trip-pages")
    assert list(pages) == list(harmless)
    known = {tag for html in harmless.values() for tag, _ in Document(html).elements}
    assert {tag for html in pages.values() for tag, _ in Document(html).elements} <= known - {"script"}


def test_data_cannot_end_their_script(hostile: Document) -> None:
    for attributes, text in hostile.scripts:
        if "type" in attributes:
            assert "<" not in text


def test_a_script_cannot_end_itself() -> None:
    assert inline_script("a = '</SCRIPT><!--<script>'").text == "\na = '\\x3c/SCRIPT>\\x3c!--\\x3cscript>'\n"


def test_the_countries_stay_whole_on_a_coarser_grid() -> None:
    topology = json.loads((static_folder() / "countries-50m.json").read_bytes())
    less = coarser(topology)
    shapes = less["objects"]["countries"]["geometries"]
    assert len(shapes) == len(topology["objects"]["countries"]["geometries"]) - 1  # Antarctica
    assert len(less["arcs"]) == len(topology["arcs"])
    for arc, old in zip(less["arcs"], topology["arcs"], strict=True):
        if not arc:
            continue
        assert len(arc) >= 2
        for axis in (0, 1):
            end = sum(step[axis] for step in arc) * less["transform"]["scale"][axis]
            was = sum(step[axis] for step in old) * topology["transform"]["scale"][axis]
            assert abs(end - was) <= less["transform"]["scale"][axis] / 2 + 1e-9


def test_a_part_keeps_numbers_and_fingerprint(dossier: Dossier) -> None:
    part = part_of(Portion(dossier, Selection(countries=("JP", "KR"))))
    assert list(part.trip.stops) == ["tokyo", "seoul"]
    assert [part.numbers[stop] for stop in part.trip.stops] == ["7", "8"]
    assert part.fingerprint == dossier.fingerprint
    assert part_of(Portion(dossier)) is dossier


def test_the_command_line_writes_it(tmp_path: Path) -> None:
    target = tmp_path / "jordan.html"
    assert main(["export", "html", "-o", str(target), "--country", "JO"]) == 0
    trip = Document(target.read_text(encoding="utf-8")).embedded("trip-map")
    assert [stop["id"] for stop in trip["stops"]["features"]] == ["amman"]
