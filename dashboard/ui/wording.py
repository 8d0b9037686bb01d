"""Words for Streamlit's own elements, which read Markdown: a trip's text must stay text there too."""

from __future__ import annotations

import re

# Markdown lets every ASCII punctuation mark be escaped; Streamlit's own (:red[...], :smile:, $x$) are among them.
_MARKS = re.compile(r"([!-/:-@\[-`{-~])")


def plain(text: str) -> str:
    """Text as Markdown that shows just this text, on one line."""
    return _MARKS.sub(r"\\\1", " ".join(text.split()))
