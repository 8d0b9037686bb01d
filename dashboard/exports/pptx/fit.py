"""Fits text into a box before PowerPoint sees it: sizes are in points, lengths in inches.

PowerPoint lays text out only when it opens a file, so widths are estimated here, rather too wide than too narrow,
from those of Calibri; a text that is too long gets smaller and then ends in an ellipsis.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from dashboard.exports.words import plain, shorten

#: The advance widths of Calibri's characters 32 to 126, in hundredths of the type size.
_WIDTHS = (
    23, 33, 40, 50, 51, 71, 68, 22, 30, 30, 50, 50, 25, 31, 25, 39, 51, 51, 51, 51, 51, 51, 51, 51, 51, 51, 27, 27,
    50, 50, 50, 46, 89, 58, 54, 53, 62, 49, 46, 63, 62, 25, 32, 52, 42, 85, 65, 66, 52, 67, 54, 46, 49, 64, 57, 89,
    52, 49, 47, 31, 39, 31, 50, 50, 29, 48, 53, 42, 53, 50, 31, 47, 53, 23, 24, 45, 23, 80, 53, 53, 53, 53, 35, 39,
    33, 53, 45, 71, 43, 45, 40, 31, 46, 31, 50,
)  # fmt: skip
#: How much wider than Calibri: a safe margin, and Georgia or what stands in for it.
SANS, SERIF = 1.04, 1.13
#: Georgia's i and l are no narrower than this.
SERIF_LEAST = 0.31
#: Characters that are as wide as another; Calibri's ellipsis is narrower than that.
_ALIKE = {"\xa0": " ", "…": "M", "“": "*", "”": "*", "‘": "(", "’": "(", "–": "*"}
#: Height of a line in type sizes.
LEADING = 1.2
#: No box of a slide holds more characters than this; longer texts are cut before they are measured.
MOST = 3000
POINTS = 72


@dataclass(frozen=True)
class Fitted:
    """A text as it fits: perhaps smaller, perhaps cut."""

    text: str
    size: float
    lines: int
    is_cut: bool = False

    @property
    def height(self) -> float:
        """The height of its lines in inches."""
        return self.lines * self.size * LEADING / POINTS


def fit(text: str, width: float, height: float, sizes: Sequence[float], *, family: float = SANS) -> Fitted:
    """The text at the largest of these sizes at which it fits the box, or cut to fit at the smallest.

    At least one line is kept, however low the box is.
    """
    words = shorten(plain(text), MOST)
    for size in sizes:
        lines = wrap(words, width, size, family)
        if len(lines) <= _rows(height, size):
            return Fitted(words, size, max(1, len(lines)))
    rows = max(1, _rows(height, sizes[-1]))
    kept = wrap(words, width, sizes[-1], family)[:rows]
    kept[-1] = _with_ellipsis(kept[-1], width, sizes[-1], family)
    return Fitted("".join(kept).strip(), sizes[-1], rows, True)


def _rows(height: float, size: float) -> int:
    return int(height * POINTS / (size * LEADING) + 0.01)


def _with_ellipsis(line: str, width: float, size: float, family: float) -> str:
    while line and text_width(line + "…", size, family) > width:
        at_word = line.rpartition(" ")[0]
        line = at_word if len(at_word) > len(line) / 2 else line[:-1]
    return line.rstrip(" ,;:.“(") + "…"


def wrap(text: str, width: float, size: float, family: float = SANS) -> list[str]:
    """The text in lines of at most this width; a longer word is broken. A line keeps its space."""
    return _wrap_line(text.replace("\n", " "), width, size, family)


def _wrap_line(text: str, width: float, size: float, family: float) -> list[str]:
    lines, line = [], ""
    for word in text.split(" "):
        joined = f"{line} {word}" if line else word
        if text_width(joined, size, family) <= width:
            line = joined
            continue
        if line:
            lines.append(f"{line} ")
        *full, line = _broken(word, width, size, family)
        lines += full
    return [*lines, line]


def _broken(word: str, width: float, size: float, family: float) -> list[str]:
    pieces, piece, length = [], "", 0.0
    for char in word:
        step = text_width(char, size, family)
        if piece and length + step > width:
            pieces.append(piece)
            piece, length = "", 0.0
        piece, length = piece + char, length + step
    return [*pieces, piece]


def text_width(text: str, size: float, family: float = SANS) -> float:
    """About how wide a line of this text is, in inches."""
    least = SERIF_LEAST if family == SERIF else 0.0
    return sum(max(_em(char) * family, least if char.isalpha() else 0.0) for char in text) * size / POINTS


@cache
def _em(char: str) -> float:
    """The width of a character in type sizes; other scripts are taken as wide."""
    char = _ALIKE.get(char, char)
    if " " <= char <= "~":
        return _WIDTHS[ord(char) - 32] / 100
    if unicodedata.combining(char) or unicodedata.category(char) == "Cf":
        return 0.0
    if unicodedata.east_asian_width(char) in "WF":
        return 1.0
    base = unicodedata.normalize("NFD", char)[0]
    return _em(base) if " " <= base <= "~" else 0.65
