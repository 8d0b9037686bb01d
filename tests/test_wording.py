"""Markdown that shows just the text."""

from dashboard.ui.wording import plain


def test_marks_are_escaped_and_lines_joined() -> None:
    assert plain("a *b* `c`\n[d](e) :red[f] $g$") == r"a \*b\* \`c\` \[d\]\(e\) \:red\[f\] \$g\$"


def test_words_without_marks_stay() -> None:
    assert plain("Türkiye and 한국") == "Türkiye and 한국"
