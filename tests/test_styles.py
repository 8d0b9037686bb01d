"""The styles: one home for colours, one file for what leans on Streamlit."""

from __future__ import annotations

import re
from pathlib import Path

from dashboard.bundle import settings
from dashboard.exports.pptx import pen
from dashboard.tokens import colours

STYLES = Path(__file__).resolve().parent.parent / "frontend" / "styles"
#: Streamlit's name of a colour of its theme -> ours.
SAME = {
    "primaryColor": "accent",
    "backgroundColor": "paper",
    "secondaryBackgroundColor": "wash",
    "textColor": "ink",
    "linkColor": "accent",
    "borderColor": "line",
}


def blocks() -> tuple[dict[str, str], dict[str, str]]:
    """The colours of the light and of the dark theme."""
    text = (STYLES / "tokens.css").read_text(encoding="utf-8")
    light, dark = text.split(':root[data-theme="dark"]')
    find = re.compile(r"--([\w-]+): (#[0-9a-f]{6});")
    return dict(find.findall(light)), dict(find.findall(dark))


def test_streamlits_theme_has_the_colours_of_the_tokens() -> None:
    for theme, tokens in zip(("light", "dark"), blocks(), strict=True):
        found = {name: str(settings()[f"theme.{theme}.{name}"]).lower() for name in SAME}
        assert found == {name: tokens[token] for name, token in SAME.items()}


def test_the_slides_have_the_colours_of_the_light_theme() -> None:
    light, dark = blocks()
    assert colours() == {name: value[1:].upper() for name, value in light.items()}
    assert colours() != {name: value[1:].upper() for name, value in dark.items()}
    assert (light["paper"][1:].upper(), light["selection"][1:].upper()) == (pen.PAPER, pen.SELECTED)


def luminance(colour: str) -> float:
    """The relative luminance of WCAG 2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_sign_of_what_is_in_question_stands_out_from_all_that_lies_below_it() -> None:
    light, dark = blocks()
    for theme in (light, light | dark):
        assert contrast(theme["question"], theme["question-rim"]) >= 3
        for below in ("accent", "land", "own", "water", "selection", "paper"):
            assert max(contrast(theme[sign], theme[below]) for sign in ("question", "question-rim")) >= 3, below
        assert theme["question"] != theme["selection"]
    sign = re.search(r"\.differs \{(.*?)\}", (STYLES / "map.css").read_text(encoding="utf-8"), re.DOTALL)
    assert sign
    assert re.findall(r"var\(--([\w-]+)\)", sign[1]) == ["question", "question-rim"]


def test_only_one_file_leans_on_streamlit_and_overrules_it() -> None:
    for file in STYLES.glob("*.css"):
        code = re.sub(r"/\*.*?\*/", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
        leaning = re.findall(r"\.st[A-Z]\w*|data-testid|!important", code)
        assert (file.name == "streamlit.css") == bool(leaning), (file.name, leaning[:3])


def test_a_palette_stands_in_one_file() -> None:
    for file in STYLES.glob("*.css"):
        found = re.findall(r"--(?:paper|ink|accent|selection|land): #", file.read_text(encoding="utf-8"))
        assert file.name == "tokens.css" or file.name == "file.css" or found == []


def test_lines_are_short() -> None:
    for file in STYLES.glob("*.css"):
        assert max(map(len, file.read_text(encoding="utf-8").splitlines())) <= 120, file.name
