"""Words to passages: what is found, in which order, where it belongs and what is marked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dashboard import search
from dashboard.dossier import Dossier, open_dossier
from dashboard.pages.search import search_html
from dashboard.search import Answer, as_indexed
from dashboard.selection import Selection
from tests.conftest import TEXTS, make_trip, plain_trip


@pytest.fixture
def voyage(tmp_path: Path) -> Dossier:
    """The invented trip, opened anew for each test, so that each makes an index of its own."""
    return open_dossier(make_trip(tmp_path))


def found(dossier: Dossier, words: str, visible: list[str] | None = None) -> list[str]:
    return [hit.passage.text for hit in dossier.index.search(words, visible).hits]


def with_lines(folder: Path, *lines: str, **changes: object) -> Dossier:
    """The invented trip, its log longer by these paragraphs."""
    log = TEXTS["log.txt"].replace("Leave a Reply", "\n\n".join(lines) + "\n\nLeave a Reply")
    return open_dossier(make_trip(folder, changes, TEXTS | {"log.txt": log}))


REACHED, MET = "Ada Marsh reached Brindle on 3 May 2031.", "She met Tom Okoro of the harbour board there."
SEA, GREETS = "“The sea was kind,” she said.", "Ada Marsh greets Tom Okoro on the quay of Brindle."
SAILED, SKIPPER = "From Brindle she sailed to Calder.", "The skipper is Ada Marsh."
DUNMORE, IN_CALDER = "She is to reach Dunmore on 9 May.", "Ada Marsh was in Calder on 6 May 2031."
NOT_WITH = "Tom Okoro was not with her."

WORDS = {
    "kind": {SEA},
    "harbour board": {MET},
    "Brindle Calder": {SAILED},  # all the words, wherever they stand in the sentence
    "calder BRINDLE": {SAILED},
    "Brindle kind": set(),  # each stands somewhere, no sentence has both
    "Brindle nowhere": set(),
    "quay": {GREETS},  # a photo caption is read
    "skipp": {SKIPPER},
    "har": {MET},  # the last word may be a beginning
    "har board": set(),  # the others may not
    "arbour": set(),
    "reader": set(),  # a comment is no source
    "content": set(),  # and no page furniture
    "sea said": {SEA},
    "": set(),
    " ,.!? ": set(),
    '"sea" OR (kind NOT': set(),  # the index's own words are words
    "sea* ^kind": {SEA},
}


@pytest.mark.parametrize(("words", "wanted"), WORDS.items())
def test_a_passage_has_all_the_words(voyage: Dossier, words: str, wanted: set[str]) -> None:
    assert set(found(voyage, words)) == wanted


def test_what_a_hit_is(voyage: Dossier) -> None:
    (hit,) = voyage.index.search("quay").hits
    assert hit.passage.source == "log"
    text = voyage.trip.texts["log"]
    assert text[hit.passage.start : hit.passage.end] == hit.passage.text == GREETS
    assert hit.caption
    assert not voyage.index.search("kind").hits[0].caption
    assert hit.pieces == (("Ada Marsh greets Tom Okoro on the ", False), ("quay", True), (" of Brindle.", False))
    assert "".join(piece for piece, _ in hit.pieces) == GREETS
    assert voyage.index.search("ada gree").hits[0].pieces[0] == ("Ada", True)


#: Excerpts, meetings and quotations say where a sentence belongs.
BELONGS = {
    "reached": ("brindle",),  # an excerpt
    "harbour": ("brindle",),  # a meeting
    "kind": ("brindle",),  # a quotation
    "sailed": (),
    "skipper": (),
    "company": (),
}


@pytest.mark.parametrize(("words", "stops"), BELONGS.items())
def test_the_stops_of_a_hit(voyage: Dossier, words: str, stops: tuple[str, ...]) -> None:
    assert [hit.stops for hit in voyage.index.search(words).hits] == ([stops] if words != "company" else [])


def test_the_stops_of_a_sentence_are_in_the_order_of_travel(tmp_path: Path) -> None:
    excerpts = [
        {"id": f"e{n}", "stop": stop, "passage": {"source": "log", "exact": SAILED}}
        for n, stop in enumerate(("dunmore", "brindle", "calder", "brindle"))
    ]
    dossier = open_dossier(make_trip(tmp_path, {"excerpts": excerpts, "stops": plain_trip()["stops"][::-1]}))
    assert dossier.index.search("sailed").hits[0].stops == ("dunmore", "calder", "brindle")


def test_a_claim_belongs_to_no_sentence_beside_it(tmp_path: Path) -> None:
    touching = {"source": "log", "exact": " She met Tom Okoro of the harbour board there. "}
    changes = {"excerpts": [{"id": "e", "stop": "calder", "passage": touching}], "meetings.0.evidence": [touching]}
    dossier = open_dossier(make_trip(tmp_path, changes))
    stops = {hit.passage.text: hit.stops for word in ("met", "kind", "reached") for hit in found_hits(dossier, word)}
    assert stops == {MET: ("brindle", "calder"), SEA: ("brindle",), REACHED: ()}


def found_hits(dossier: Dossier, words: str) -> tuple[search.Hit, ...]:
    return dossier.index.search(words).hits


def test_a_claim_in_the_first_sentence_belongs_to_it(tmp_path: Path) -> None:
    passage = {"source": "list", "exact": "Remarks at Brindle"}
    dossier = open_dossier(make_trip(tmp_path, {"excerpts": [{"id": "e", "stop": "dunmore", "passage": passage}]}))
    assert [hit.stops for hit in found_hits(dossier, "remarks")] == [("dunmore",)]
    assert [hit.stops for hit in found_hits(dossier, "mayor")] == [("calder",)]


def test_a_claim_belongs_to_every_sentence_that_it_touches(tmp_path: Path) -> None:
    over_two = {"source": "log", "exact": "of the harbour board there. “The sea was kind"}
    dossier = open_dossier(make_trip(tmp_path, {"excerpts": [{"id": "e", "stop": "calder", "passage": over_two}]}))
    stops = {
        hit.passage.text: hit.stops for word in ("met", "kind", "reached") for hit in dossier.index.search(word).hits
    }
    assert stops == {MET: ("brindle", "calder"), SEA: ("brindle", "calder"), REACHED: ()}


def test_a_report_of_a_quotation_belongs_where_it_does(tmp_path: Path) -> None:
    passage = {"source": "list", "exact": "Tom Okoro was not with her"}
    dossier = open_dossier(make_trip(tmp_path, {"quotes.0.also": [{"passages": [passage], "attribution": [passage]}]}))
    assert dossier.index.search("not with her").hits[0].stops == ("brindle",)


def test_filters_set_aside_what_belongs_to_no_stop_that_is_left(voyage: Dossier) -> None:
    every = voyage.index.search("Ada")
    assert (every.count, every.hidden, every.sources) == (4, 0, 2)
    left = voyage.index.search("Ada", ["brindle"])
    assert {hit.passage.text for hit in left.hits} == {REACHED, GREETS}
    assert (left.count, left.hidden, left.sources) == (2, 2, 1)
    assert voyage.index.search("Ada", []) == Answer((), 0, 0, 4)
    assert set(found(voyage, "Ada", ["calder"])) == {IN_CALDER}


def test_the_best_come_first(tmp_path: Path) -> None:
    long = "A gull flew over " + "the water and " * 20 + "away."
    dossier = with_lines(tmp_path, long, "The gull saw a gull.", "No bird at all.")
    assert found(dossier, "gull") == ["The gull saw a gull.", long]


def test_of_equals_the_earlier_comes_first(tmp_path: Path) -> None:
    lines = [f"A gull flew {word}." for word in ("away", "north", "south")]
    assert found(with_lines(tmp_path, *lines), "gull") == lines


def test_many_hits_are_counted_and_the_best_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dossier = with_lines(tmp_path, *(f"Gull {n} flew." for n in range(7)))
    monkeypatch.setattr(search, "SHOWN", 5)
    answer = dossier.index.search("gull")
    assert (len(answer.hits), answer.count) == (5, 7)


PEOPLE: dict[str, Any] = {"people.1.spellings": ["Tom Okoro", "Thomas Okoró", "Tomás Öker of Mull"]}


@pytest.mark.parametrize("words", ["Tom Okoro", "thomas okoro", "THOMAS OKORÓ", "tomas oker of mull"])
def test_every_spelling_finds_every_other(tmp_path: Path, words: str) -> None:
    lines = ("Thomas Okoró waved.", "Tomás Öker of Mull left.", "Thomas left.", "Okoró sang.")
    dossier = with_lines(tmp_path, *lines, **PEOPLE)
    assert set(found(dossier, words)) == {*lines[:2], MET, GREETS, NOT_WITH}
    assert found(dossier, f"{words} waved") == [lines[0]]
    assert found(dossier, f"waved {words}") == [lines[0]]


def test_a_name_of_one_spelling_is_words_like_others(voyage: Dossier) -> None:
    assert set(found(voyage, "Okoro Tom")) == set(found(voyage, "Tom Okoro")) == {MET, GREETS, NOT_WITH}


def test_a_name_of_five_words_is_looked_for_word_by_word(tmp_path: Path) -> None:
    spellings = ["Tom Okoro", "Tom of the Old Harbour"]
    dossier = with_lines(tmp_path, "Tom of the Old Harbour sang.", **{"people.1.spellings": spellings})
    assert found(dossier, "Tom of the Old Harbour") == ["Tom of the Old Harbour sang."]


def test_variants_of_a_disagreement_find_each_other(tmp_path: Path) -> None:
    lines = ("She saw Turkey.", "She saw Türkiye.")
    dossier = with_lines(tmp_path, *lines, **{"disagreements.0.variants": ["Turkey", "Türkiye"]})
    assert found(dossier, "turkiye") == found(dossier, "Turkey") == list(lines)


def test_two_names_that_share_a_spelling_bring_all_of_both(tmp_path: Path) -> None:
    people = {"people.0.spellings": ["Ada Marsh", "Marsh"], "people.1.spellings": ["Tom Okoro", "Marsh", "Tam"]}
    dossier = with_lines(tmp_path, "Tam sang.", "Marsh sang.", **people)
    assert {"Tam sang.", "Marsh sang.", MET, REACHED} <= set(found(dossier, "Marsh"))
    assert "Tam sang." not in found(dossier, "Ada Marsh")


@pytest.mark.parametrize(
    ("text", "plain"), [("Erdoğan", "erdogan"), ("ISPARTA", "isparta"), ("Ağrı", "agri"), ("Straße", "strasse")]
)
def test_text_as_the_index_compares_it(text: str, plain: str) -> None:
    assert as_indexed(text) == plain


def test_two_marked_words_in_a_hit(voyage: Dossier) -> None:
    (hit,) = voyage.index.search("Tom quay").hits
    assert [text for text, marked in hit.pieces if marked] == ["Tom", "quay"]


def test_the_page_says_what_was_found(voyage: Dossier) -> None:
    assert "<b>4 passages in 2 sources</b>" in search_html(voyage, Selection(words="Ada"))
    assert "<b>1 passage in 1 source</b>" in search_html(voyage, Selection(words="kind"))
    nothing = search_html(voyage, Selection(words="Brindle kind"))
    assert "No sentence and no photo caption of the 2 sources has all of “Brindle kind”." in nothing
    assert "Type a word" in search_html(voyage, Selection())
    hidden = search_html(voyage, Selection(words="kind", countries=("IE",)))
    assert "1 passage with these words belongs to no stop that the filters leave" in hidden
