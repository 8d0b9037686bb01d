"""Finding passages, paragraphs, furniture and sentences in one source text."""

from __future__ import annotations

import tomllib
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from dashboard.model import Furniture, TextQuote
from dashboard.sources import Finder, PassageNotFoundError, SourceText, Span, furniture_spans

# Few letters make repetitions likely; the others are what counts differently in bytes and UTF-16.
TEXTS = st.text("ab \n“é🚢", max_size=40) | st.text(max_size=80)


@st.composite
def slices(draw: st.DrawFn) -> tuple[str, int, int]:
    text = draw(TEXTS.filter(bool))
    start = draw(st.integers(0, len(text) - 1))
    return text, start, draw(st.integers(start + 1, len(text)))


def find(text: str, exact: str, **around: str) -> tuple[int, int]:
    passage = SourceText("s", text).find(TextQuote(source="s", exact=exact, **around))
    assert (passage.source, passage.text) == ("s", text[passage.start : passage.end])
    return passage.start, passage.end


def places_of(text: str, exact: str) -> list[int]:
    return [at for at in range(len(text)) if text.startswith(exact, at)]


@given(slices())
@example(("aaa", 0, 2))  # the two places overlap
def test_a_passage_is_found_where_it_stands_alone(case: tuple[str, int, int]) -> None:
    text, start, end = case
    exact = text[start:end]
    if len(places := places_of(text, exact)) == 1:
        assert find(text, exact) == (start, end)
    else:
        with pytest.raises(PassageNotFoundError, match=f"stands {len(places)} times; add prefix or suffix"):
            find(text, exact)


@given(slices(), st.data())
def test_prefix_and_suffix_tell_which(case: tuple[str, int, int], data: st.DataObject) -> None:
    text, start, end = case
    assert find(text, text[start:end], prefix=text[:start], suffix=text[end:]) == (start, end)
    prefix = text[data.draw(st.integers(0, start)) : start]
    suffix = text[end : data.draw(st.integers(end, len(text)))]
    assume(len(places_of(text, prefix + text[start:end] + suffix)) == 1)
    assert find(text, text[start:end], prefix=prefix, suffix=suffix) == (start, end)


@given(TEXTS, TEXTS.filter(bool))
def test_what_is_not_in_the_text_is_not_found(text: str, exact: str) -> None:
    assume(exact not in text)
    with pytest.raises(PassageNotFoundError, match="does not stand in the text"):
        find(text, exact)


@given(slices(), st.data())
@example(("a" * 300 + "b", 200, 301), None)  # its beginning stands too often to be noted
def test_a_passage_is_found_alike_among_many(case: tuple[str, int, int], data: st.DataObject | None) -> None:
    text, start, end = case
    others = data.draw(st.lists(st.text(min_size=1, max_size=40))) if data else []
    quotes = [TextQuote(source="s", exact=words) for words in (text[start:end], *others)]
    finder = Finder(text, quotes)
    for words in (quote.exact for quote in quotes):
        assert finder.find(words, 0) == text.find(words)
        assert finder.find(words, start + 1) == text.find(words, start + 1)


def test_nobody_counts_a_thousand_places() -> None:
    with pytest.raises(PassageNotFoundError, match="stands 100 times"):
        find("ab" * 100, "a")
    with pytest.raises(PassageNotFoundError, match="stands more than 100 times"):
        find("ab" * 101, "a")


def test_a_misquotation_says_how_far_it_is_right() -> None:
    with pytest.raises(PassageNotFoundError, match=r"its first 15 characters do, at character 4, .* 'board met.'"):
        find("The harbour of the board met.", "harbour of the crew")
    with pytest.raises(PassageNotFoundError, match="but not between this prefix and suffix"):
        find("one two three", "two", prefix="three ")


@pytest.mark.parametrize(
    ("text", "quoted", "said"),
    [
        (
            "So it’s on.",
            "it's on",
            "curly quotation marks (’) where the quotation has straight ones; copy from it exact = ",
        ),
        ("He said “it’s on”.", '"it\'s on"', "curly quotation marks (’ “ ”) where the quotation has straight ones"),
        ('He said "on".', "“on”", "straight quotation marks where the quotation has curly ones (“ ”); copy from it"),
        ("He said „on‟.", "“on”", "curly quotation marks („ ‟) where the quotation has others (“ ”)"),
        ("Al\u00a0Thani came", "Al Thani", "non-breaking spaces where the quotation has ordinary ones; copy from it"),
        ("Al Thani came", "Al\u00a0Thani", "ordinary spaces where the quotation has non-breaking ones; copy from it"),
        ("on May 7–8 here", "May 7-8", "dashes (–) where the quotation has hyphens; copy from it exact ="),
        ("on May 7-8 here", "May 7—8", "hyphens where the quotation has dashes (—); copy from it exact ="),
        ("it’s 7–8", "it's 7-8", "marks (’) where the quotation has straight ones; dashes (–) where the quotation has"),
    ],
)
def test_characters_that_look_alike_are_named_as_the_cause(text: str, quoted: str, said: str) -> None:
    with pytest.raises(PassageNotFoundError) as caught:
        find(text, quoted)
    assert said in str(caught.value)
    assert str(caught.value).startswith(f"{quoted!r} does not stand in the text: the text has ")


def test_the_words_to_copy_are_toml_and_name_the_key_that_is_wrong() -> None:
    text = "The “old” Al\u00a0Thani said “yes”."
    with pytest.raises(PassageNotFoundError) as caught:
        find(text, "Al Thani", prefix='"old" ', suffix=" said")
    toml = str(caught.value).partition("copy from it ")[2].replace(", exact", "\nexact")
    assert tomllib.loads(toml) == {"prefix": "“old” ", "exact": "Al\u00a0Thani"}


def test_the_paragraph_is_the_whole_line() -> None:
    text = SourceText("s", "First line.\nSecond line, longer.\nThird")
    for words, line in {"line.": 0, "longer": 1, "Third": 2, "line.\nSecond": (0, 1)}.items():
        paragraph = text.paragraph(text.find(TextQuote(source="s", exact=words)))
        lines = text.text.split("\n")
        expected = lines[line] if isinstance(line, int) else "\n".join(lines[:2])
        assert text.text[paragraph.start : paragraph.end] == expected


PAGE = "Menu\nBody one.\nA photo.\nBody two.\nReply\nname\nRequired *\nEnd."


def page() -> SourceText:
    marked: list[dict[str, Any]] = [
        {"kind": "comment-form", "from": "Reply", "to": "Required *"},
        {"kind": "navigation", "exact": "Menu"},
        {"kind": "caption", "exact": "A photo."},
    ]
    return SourceText("s", PAGE, furniture_spans(PAGE, [Furniture.model_validate(item) for item in marked]))


def test_furniture_is_told_from_body() -> None:
    text = page()
    assert [span.kind for span in text.furniture] == ["navigation", "caption", "comment-form"]
    kinds = {"M": "navigation", "B": None, "A": "caption", "\nname": "comment-form", "*": "comment-form", "E": None}
    assert {words: text.kind_at(PAGE.index(words)) for words in kinds} == kinds
    across = text.find(TextQuote(source="s", exact="photo.\nBody two.\nReply"))
    assert text.furniture_in(across) == {"caption", "comment-form"}
    assert text.furniture_in(text.find(TextQuote(source="s", exact="\nBody two.\n"))) == set()


def test_sections_are_the_whole_text_in_order() -> None:
    sections = list(page().sections())
    assert "".join(PAGE[s.start : s.end] for s in sections) == PAGE
    assert all(a.end == b.start for a, b in pairwise(sections))


@pytest.mark.parametrize(
    ("item", "message"),
    [
        ({"exact": "Body"}, "stands 2 times"),
        ({"exact": "Footer"}, "does not stand"),
        ({"from": "End.", "to": "Menu"}, "does not follow it"),
    ],
)
def test_furniture_that_is_not_there_once_is_refused(item: dict[str, str], message: str) -> None:
    with pytest.raises(PassageNotFoundError, match=message):
        furniture_spans(PAGE, [Furniture.model_validate({"kind": "related", **item})])


def sentences(text: str, furniture: tuple[Span, ...] = ()) -> list[str]:
    return [text[s.start : s.end] for s in SourceText("s", text, furniture).sentences()]


@pytest.mark.parametrize(
    "text",
    [
        "The U.S. Secretary left.|He came back.",
        "On Tuesday, Nov. 7, he landed.|On Oct. 9 he left.",
        "Antony J. Blinken met Gen. Lee and Dr. Kim.|They talked.",
        "“Come in.”|She sat down.",
        "He said: “Now!”|(Nobody moved.)|Why?|No one knows.",
        "A tenth of 3.5 is 0.35.|Done",
    ],
)
def test_sentences_end_where_they_end(text: str) -> None:
    assert sentences(text.replace("|", " ")) == text.split("|")


def test_lines_and_list_marks_part_sentences() -> None:
    assert sentences("A heading\n\n- First item\n-\nLast.\u00a0\n\u00a0\n ***\n") == [
        "A heading",
        "First item",
        "Last.",
    ]


def test_furniture_has_no_sentences() -> None:
    assert sentences(PAGE, page().furniture) == ["Body one.", "Body two.", "End."]


@given(st.text("aB1.!?”’) \n\r\t\u00a0-", max_size=40))
def test_sentences_leave_nothing_out(text: str) -> None:
    spans = list(SourceText("s", text).sentences())
    assert all(a.end <= b.start for a, b in pairwise(spans))
    found = "".join(text[s.start : s.end] for s in spans)
    assert [c for c in found if c.isalnum()] == [c for c in text if c.isalnum()]
    for span in spans:
        sentence = text[span.start : span.end]
        assert sentence == sentence.strip()
        assert "\n" not in sentence
