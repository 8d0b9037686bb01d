"""What the command prints is shown as text: no sign of it is an order to the terminal.

Names, texts, answers of services and arguments come from others. A terminal obeys escape sequences (they set its title,
its clipboard, its keys), and signs of writing direction show one thing for another. They are printed as their codes.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, TextIO

# Control characters of ASCII and of ISO 6429 (C1) except tab and line end; the separators that some terminals take for
# line ends; the embeddings, overrides and isolates of the Unicode Bidirectional Algorithm (UAX 9).
_ORDERS = re.compile(r"(?!\r\n)[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def visible(text: str) -> str:
    r"""The text with every order to a terminal spelled out: ``\x1b``, ``\u202e``."""
    return _ORDERS.sub(_code, text)


def _code(match: re.Match[str]) -> str:
    number = ord(match[0])
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}"


def say(text: str, file: TextIO | None = None) -> None:
    """Print one line, whatever line ends the text has, to standard output or to ``file``."""
    print(" ".join(text.splitlines()), file=file)


class Shown(io.TextIOBase):
    """A text stream on which everything is written as :func:`visible` makes it; ``buffer`` takes bytes as they are.

    It says of itself that it is no terminal, so that nobody sends it colours.
    """

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    @property
    def buffer(self) -> BinaryIO:
        """Where bytes go that are no text for a reader."""
        return self.stream.buffer

    @property
    def encoding(self) -> str:  # type: ignore[override]
        """That of the stream behind."""
        return self.stream.encoding

    @property
    def errors(self) -> str | None:  # type: ignore[override]
        """That of the stream behind."""
        return self.stream.errors

    def writable(self) -> bool:
        """Always."""
        return True

    def write(self, text: str, /) -> int:
        """Write what is visible of the text."""
        self.stream.write(visible(text))
        return len(text)

    def flush(self) -> None:
        """Flush the stream behind, unless it is closed already."""
        if not self.stream.closed:
            self.stream.flush()


@contextmanager
def shown() -> Iterator[None]:
    """While it lasts (also as a decorator), all that is printed is :func:`visible`, by whomever it is printed."""
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = map(_shown, before)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before


def _shown(stream: TextIO) -> TextIO:
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="backslashreplace")  # a terminal without a letter shows its code
    return Shown(stream) if stream else stream  # type: ignore[return-value]  # None where there is no console


def is_terminal() -> bool:
    """Whether standard output is a terminal and not a file or a pipe."""
    stream = sys.stdout.stream if isinstance(sys.stdout, Shown) else sys.stdout
    return stream.isatty()


def write_document(data: bytes, *, is_text: bool) -> None:
    """Write to standard output: to a file or a pipe byte for byte, to a terminal what is visible of the text."""
    sys.stdout.flush()
    if is_text and is_terminal():
        sys.stdout.write(data.decode("utf-8"))
    else:
        sys.stdout.buffer.write(data)
