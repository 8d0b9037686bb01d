"""Folding of place names, so that ``WASHINGTON, D.C.`` meets ``Washington D.C.`` ``São`` ``Sao``."""

from __future__ import annotations

import unicodedata

# Letters that Unicode does not decompose but that people type without their stroke.
_LETTERS = {
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "æ": "ae",
    "œ": "oe",
    "ı": "i",
    "ħ": "h",
    "ŧ": "t",
}
_DROPPED = frozenset(".'’‘`´ʰʹʺʻʼʽˈ")


class _Table(dict[int, str]):
    """What becomes of each character, worked out once: a gazetteer has hundreds of thousands of names."""

    def __missing__(self, code: int) -> str:
        self[code] = kept = _keep(chr(code))
        return kept


_TABLE = _Table()


def fold(name: str) -> str:
    """The name without case, accents, dots and apostrophes; other punctuation becomes a single space.

    Only the accents of European scripts go: the vowel signs of, say, Devanagari tell different names apart.
    Folding a folded name changes nothing.
    """
    if name.isascii():
        return " ".join(name.lower().translate(_TABLE).split())
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
    return unicodedata.normalize("NFC", " ".join(decomposed.translate(_TABLE).split()))


def _keep(char: str) -> str:
    """A letter, digit or vowel sign itself; nothing for an accent, dot or apostrophe; else a space."""
    if char in _DROPPED or "\u0300" <= char <= "\u036f":
        return ""
    if char.isalnum() or unicodedata.category(char).startswith("M"):
        return _LETTERS.get(char, char)
    return " "
