"""The page of a stop: everything is on them, every reference leads to its passage, and all words stay words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.dossier import Dossier, open_dossier
from dashboard.model import Passage, TextQuote
from dashboard.pages.claims import mark
from dashboard.pages.stop import figures_html, not_located_html, stop_html, title_html
from tests.conftest import TEXTS, make_trip, plain_trip, write_trip


@dataclass
class Element:
    """A parsed element with the text inside it, and what is inside it."""

    tag: str
    attrs: dict[str, str | None]
    text: str = ""
    inside: list[Element] = field(default_factory=list)

    def all(self, tag: str, class_: str | None = None) -> list[Element]:
        return [e for e in self.inside if e.tag == tag and class_ in (None, e.attrs.get("class"))]

    def with_id(self, id_: str) -> Element:
        (found,) = [element for element in self.inside if element.attrs.get("id") == id_]
        return found

    @property
    def shape(self) -> list[tuple[object, ...]]:
        """Everything but the words."""
        return [(e.tag, *e.attrs, e.attrs.get("id"), e.attrs.get("class")) for e in self.inside]


class Page(HTMLParser):
    """Parses a page; a tag that is not closed, or closed twice, is an error."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open = [Element("page", {})]
        self.feed(html)
        self.close()
        (self.root,) = self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, dict(attrs))
        assert len(element.attrs) == len(attrs)
        for outer in self.open:
            outer.inside.append(element)
        self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        for outer in self.open:
            outer.text += data


def page(dossier: Dossier, stop: str) -> Element:
    return Page(stop_html(dossier, stop)).root


def references(element: Element, dossier: Dossier) -> Iterator[Passage]:
    """The passages that the links inside an element lead to."""
    for link in element.all("a", "ref"):
        query = parse_qs(urlsplit(link.attrs["href"] or "").query, strict_parsing=True)
        (source,), (passage,) = query["source"], query["passage"]
        assert (source, passage) == (link.attrs["data-source"], link.attrs["data-passage"])
        start, end = map(int, passage.split("-"))
        yield Passage(source, start, end, dossier.trip.texts[source][start:end])


def passages(quotes: Iterable[TextQuote], dossier: Dossier) -> set[Passage]:
    return {dossier.trip.passage(quote) for quote in quotes}


# --- what is on the page ---


def test_every_meeting_and_quotation_is_there_with_its_passages(dossier: Dossier) -> None:
    for stop in dossier.trip.stops:
        root = page(dossier, stop)
        for meeting in dossier.trip.meetings_at[stop]:
            block = root.with_id(f"meeting-{meeting.id}")
            assert meeting.title in block.text
            assert set(references(block, dossier)) == passages(meeting.evidence, dossier)
        for quote in dossier.trip.quotes_at[stop]:
            block = root.with_id(f"quote-{quote.id}")
            assert all(passage.exact in block.text for passage in quote.passages)
            assert dossier.trip.speaker(quote) in block.text
            told = [item for report in quote.reports for item in (*report.passages, *report.attribution)]
            assert set(references(block, dossier)) == passages(told, dossier)


def test_what_happened_comes_before_what_sources_differ_on(dossier: Dossier) -> None:
    for stop in dossier.trip.file.stops:
        html = stop_html(dossier, stop.id)
        order = [html.index(f'id="{id_}"') for id_ in ("h-meetings", "h-quotes", "h-differ")]
        assert order == sorted(order)
        assert not [tally for tally in page(dossier, stop.id).all("span", "tally") if tally.text == "0"]


def test_one_line_at_the_top_says_what_is_in_question(dossier: Dossier) -> None:
    html = stop_html(dossier, "syria")
    assert html.index("Sources differ: Whether Syria belonged to the trip") < html.index('class="facts"')
    assert "in-question" not in stop_html(dossier, "amman")


def test_every_excerpt_is_marked_in_its_paragraph(dossier: Dossier) -> None:
    for stop in dossier.trip.stops:
        quoted = [block for source in page(dossier, stop).all("div", "source") for block in source.all("blockquote")]
        for excerpt in dossier.trip.excerpts_at[stop]:
            passage = dossier.trip.passage(excerpt.passage)
            (block,) = [block for block in quoted if passage in set(references(block, dossier))]
            assert passage.text in block.text
            assert passage.text in "".join(mark.text for mark in block.all("mark"))


def test_every_reference_of_a_page_leads_to_a_passage_of_the_trip(dossier: Dossier) -> None:
    known = set(dossier.trip.passages.values())
    for stop in dossier.trip.file.stops:
        linked = set(references(page(dossier, stop.id), dossier))
        assert linked <= known
        shown = (*stop.date_evidence, *stop.status_evidence, *stop.announced_evidence, *stop.unannounced_evidence)
        assert passages(shown, dossier) <= linked


def test_references_are_numbered_as_they_are_met(dossier: Dossier) -> None:
    for stop in dossier.trip.stops:
        root = page(dossier, stop)
        numbers = [int(link.text) for link in root.all("a", "ref")]
        assert list(dict.fromkeys(numbers)) == list(range(1, max(numbers) + 1))
        assert len(set(zip(numbers, references(root, dossier), strict=True))) == max(numbers)


def test_sources_speak_or_are_silent(dossier: Dossier) -> None:
    for stop in dossier.trip.stops:
        section = page(dossier, stop).all("section")[-1]
        named = {link.attrs["data-source"] for link in section.all("a", "src")}
        assert named == set(dossier.trip.sources)


def test_disagreements_of_substance_are_on_the_page(dossier: Dossier) -> None:
    for stop in dossier.trip.stops:
        summaries = [element.text for element in page(dossier, stop).all("summary")]
        items = dossier.trip.disagreements_at[stop]
        assert all(item.statement in page(dossier, stop).text for item in items if "{" not in item.statement)
        folded = [summary for summary in summaries if "more passage" not in summary]  # those of meetings
        assert folded == [item.topic for item in items]


def test_the_invented_stops(voyage: Dossier) -> None:
    brindle = page(voyage, "brindle").text
    assert "inferred: She reached it that day." in brindle
    assert "About this stop: It follows the meeting there." in brindle
    assert "Tom Okoro, harbour board" in brindle
    assert "Photo caption: Ada Marsh greets" in brindle
    calder = page(voyage, "calder").text
    assert "between 4 and 6 May 2031 inferred: After Brindle, and there on 6 May." in calder
    assert "announced; no source reports it as held" in calder
    assert "No source quotes anyone here." in calder
    assert "inferred: The sentence lists the ports." in calder
    dunmore = page(voyage, "dunmore").text
    assert "Announced only" in dunmore
    assert "No source names a meeting here." in dunmore


def test_an_unknown_stop_has_no_page(voyage: Dossier) -> None:
    with pytest.raises(KeyError):
        stop_html(voyage, "atlantis")


def test_the_title_line_counts(voyage: Dossier) -> None:
    figures = Page(figures_html(voyage)).root
    assert [figure.text for figure in figures.all("span")] == [
        "3 to 9 May 2031",
        "3 stops",
        "2 meetings",
        "1 quote",
        "2 sources",
    ]


def test_what_is_not_located_is_told(voyage: Dossier, tmp_path: Path) -> None:
    assert not_located_html(voyage) == ""
    dossier = open_dossier(make_trip(tmp_path, {"stops.1.pin": ..., "stops.1.precision": "venue"}))
    assert "Calder has no place on the map." in Page(not_located_html(dossier)).root.text
    assert "Not located, so it has no marker" in page(dossier, "calder").text


# --- marking ---

TEXT = st.text("ab \n“🚢", min_size=1, max_size=30)


@given(st.data())
def test_marked_pieces_join_to_the_text(data: st.DataObject) -> None:
    text = data.draw(TEXT)
    places = st.integers(0, len(text))
    start, end = sorted((data.draw(places), data.draw(places)))
    inner = st.tuples(st.integers(start, end), st.integers(start, end)).map(sorted).filter(lambda p: p[0] < p[1])
    spans = data.draw(st.lists(inner, max_size=4)) if start < end else []
    pieces = mark(text, start, end, [Passage("s", a, b, text[a:b]) for a, b in spans])
    assert "".join(piece.text for piece in pieces) == text[start:end]
    marked = [piece.marked for piece in pieces for _ in piece.text]
    assert marked == [any(a <= at < b for a, b in spans) for at in range(start, end)]
    assert all(piece.text for piece in pieces)


def test_passages_of_one_paragraph_are_marked_together(tmp_path: Path) -> None:
    passage = {"source": "log", "exact": "The sea was kind,"}
    dossier = open_dossier(make_trip(tmp_path, {"excerpts.1.passage": passage}))
    (block,) = [block for source in page(dossier, "brindle").all("div", "source") for block in source.all("blockquote")]
    assert [mark.text for mark in block.all("mark")] == [
        "Ada Marsh reached Brindle on 3 May 2031.",
        "The sea was kind,",
    ]
    paragraph = next(line for line in TEXTS["log.txt"].split("\n") if line.startswith("Ada Marsh reached"))
    assert block.text.startswith(paragraph)


def test_a_passage_of_two_paragraphs_is_shown_whole(tmp_path: Path) -> None:
    passage = {"source": "log", "exact": "she said.\n\nAda Marsh greets Tom"}
    dossier = open_dossier(make_trip(tmp_path, {"excerpts.0.passage": passage, "excerpts.1": ...}))
    (marked,) = page(dossier, "brindle").all("mark")
    assert marked.text == passage["exact"]


# --- hostile words ---

HOSTILE = {
    "script": "<script>alert(1)</script>",
    "attribute": "\"><img src=x onerror='alert(1)'>",
    "template": "`${alert(1)}` {{ 7 * 7 }} {% raw %} <!-- ]]>",
    "entities": "&lt;b&gt; &amp;amp; &#0; &",
    "marks": "\u202eשלום\u2066\u200f\u00a0\u0085",
    "long": "x" * 100_000,
}
HARMLESS = "Qq"
#: Words that may be anything, as nothing looks them up in a source.
FREE = {
    *("title", "country", "query", "reason", "about", "publisher", "independence", "role", "heading"),
    *(
        "kind_reason",
        "depart_reason",
        "note",
        "text",
        "voice",
        "date_reason",
        "order_reason",
        "status_reason",
        "stop_reason",
        "topic",
        "statement",
        "says",
        "others",
    ),
}


def filled(value: Any, words: str, key: str = "") -> Any:
    """The trip with these words in every text field: beside names, as the sources have them, and after all else."""
    if isinstance(value, dict):
        return {name: filled(item, words, name) for name, item in value.items()}
    if isinstance(value, list):
        return [filled(item, words, key) for item in value]
    if not isinstance(value, str):
        return value
    named = value.replace("Ada Marsh", f"Ada {words} Marsh").replace("Brindle", f"Brin{words}dle")
    return f"{named} {words}" if key in FREE else named


def hostile_trip(folder: Path, words: str) -> Dossier:
    texts = {name: filled(text, words) for name, text in TEXTS.items()}
    trip = filled(plain_trip(), words)
    trip["releases"][0]["title"] = filled("Remarks at Brindle", words)
    for source, sums in zip(trip["sources"], plain_trip(texts)["sources"], strict=True):
        source["sha256"] = sums["sha256"]
    del trip["stops"][1]["pin"]
    trip["stops"][1] |= {"precision": "venue", "name": f"Calder {words}"}
    return open_dossier(write_trip(folder, trip, texts))


def pages(dossier: Dossier) -> list[Element]:
    made = [title_html(dossier), not_located_html(dossier), *(stop_html(dossier, stop) for stop in dossier.trip.stops)]
    return [Page(html).root for html in made]


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_hostile_words_stay_words(tmp_path: Path, words: str) -> None:
    folders = tmp_path / "harmless", tmp_path / "hostile"
    for folder in folders:
        folder.mkdir()
    harmless, hostile = hostile_trip(folders[0], HARMLESS), hostile_trip(folders[1], words)
    for expected, found in zip(pages(harmless), pages(hostile), strict=True):
        assert expected.text.count(HARMLESS) > 0
        assert found.shape == expected.shape
        assert found.text == expected.text.replace(HARMLESS, words)
        assert set(references(found, hostile)) <= set(hostile.trip.passages.values())
