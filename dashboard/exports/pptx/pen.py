"""Draws native PowerPoint shapes and text. Lengths are inches, type sizes points, colours RRGGBB."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_LINE
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.util import Emu, Inches, Length, Pt

from dashboard.exports.pptx import inside
from dashboard.exports.pptx.plate import Box, Lines, Spot
from dashboard.exports.words import plain
from dashboard.tokens import colours

_COLOURS = colours()
PAPER, INK, MUTED, ACCENT, SELECTED = (_COLOURS[name] for name in ("paper", "ink", "soft", "accent", "selection"))
LAND, WATER, TRIP, HERE, LINE = (_COLOURS[name] for name in ("land", "water", "own", "here", "map-line"))
WHITE = _COLOURS["on-accent"]

#: Signs that turn the direction of all text after them; the speaker notes keep them. Letters have their own direction.
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")

#: The theme's fonts: headings and everything else.
SERIF_FONT = "+mj-lt"
#: A freeform's own unit is a thousandth of an inch.
UNIT = 914.4

DASH, DOTS = MSO_LINE.DASH, MSO_LINE.ROUND_DOT

#: python-pptx's shape collections; it gives them no common public type.
Shapes = Any
Shape = Any


@dataclass(frozen=True)
class Run:
    """A stretch of text of one look."""

    text: str
    size: float
    colour: str = INK
    bold: bool = False
    serif: bool = False
    link: str = ""
    spacing: float = 0.0


@dataclass(frozen=True)
class Line:
    """How a line looks: colour, width in points, dashes."""

    colour: str
    width: float
    dash: MSO_LINE | None = None


@dataclass(frozen=True)
class Paragraph:
    """Runs, and the room above them in points."""

    runs: Sequence[Run]
    before: float = 0.0

    @classmethod
    def of(cls, *runs: Run, before: float = 0.0) -> Paragraph:
        """A paragraph of these runs."""
        return cls(runs, before)


def rgb(colour: str) -> RGBColor:
    """A colour as the library has it."""
    return RGBColor(*bytes.fromhex(colour))


def text_box(shapes: Shapes, box: Box, paragraphs: Sequence[Paragraph], **look: Any) -> Shape:
    """A box of text; ``look`` as :func:`set_text` has it."""
    shape = shapes.add_textbox(*_emu(box))
    set_text(shape, paragraphs, **look)
    return shape


def set_text(
    shape: Shape,
    paragraphs: Sequence[Paragraph],
    *,
    align: PP_ALIGN = PP_ALIGN.LEFT,
    anchor: MSO_ANCHOR = MSO_ANCHOR.TOP,
    wrap: bool = True,
) -> None:
    """Give a shape these paragraphs and no margins."""
    frame = shape.text_frame
    frame.word_wrap, frame.auto_size, frame.vertical_anchor = wrap, MSO_AUTO_SIZE.NONE, anchor
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Emu(0)
    for number, paragraph in enumerate(paragraphs):
        added = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        added.alignment, added.space_before, added.space_after = align, Pt(paragraph.before), Pt(0)
        for run in paragraph.runs:
            _add_run(added, run)


def _add_run(paragraph: Any, run: Run) -> None:
    added = paragraph.add_run()
    added.text = _TURNS.sub("", plain(run.text).replace("\n", " "))
    font = added.font
    font.size, font.bold, font.color.rgb = Pt(run.size), run.bold, rgb(run.colour)
    if run.serif:
        font.name = SERIF_FONT
    if run.spacing:
        inside.set_spacing(added, run.spacing)
    if run.link:
        added.hyperlink.address = run.link


def rectangle(shapes: Shapes, box: Box, fill: str, name: str) -> Shape:
    """A filled rectangle without a line."""
    shape = shapes.add_shape(MSO_SHAPE.RECTANGLE, *_emu(box))
    _look(shape, name, fill, None)
    return shape


def disc(shapes: Shapes, spot: Spot, radius: float, name: str, fill: str | None, line: Line | None) -> Shape:
    """A circle; without ``fill`` it is a ring."""
    box = Box(spot[0] - radius, spot[1] - radius, 2 * radius, 2 * radius)
    shape = shapes.add_shape(MSO_SHAPE.OVAL, *_emu(box))
    _look(shape, name, fill, line)
    return shape


def area(shapes: Shapes, rings: Lines, fill: str, line: Line, name: str) -> Shape:
    """A filled freeform of closed lines; one inside another is a hole."""
    return _freeform(shapes, rings, name, fill, line, close=True)


def path(shapes: Shapes, lines: Lines, line: Line, name: str) -> Shape:
    """A freeform of open lines."""
    return _freeform(shapes, lines, name, None, line, close=False)


def _freeform(shapes: Shapes, lines: Lines, name: str, fill: str | None, line: Line, *, close: bool) -> Shape:
    """The library's own builder makes two objects a point, and looks through the whole slide for a free id."""
    units = [[(round(x * 1000), round(y * 1000)) for x, y in spots] for spots in lines]
    xs, ys = zip(*(spot for spots in units for spot in spots), strict=True)
    left, top, w, h = min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)
    strokes = "".join(_stroke(spots, left, top, close=close) for spots in units)
    shape: Shape = inside.add_path(shapes, strokes, (w, h), [round(length * UNIT) for length in (left, top, w, h)])
    _look(shape, name, fill, line)
    return shape


def _stroke(spots: Sequence[tuple[int, int]], left: int, top: int, *, close: bool) -> str:
    start, *rest = (f'<a:pt x="{x - left}" y="{y - top}"/>' for x, y in spots)
    lines = "".join(f"<a:lnTo>{point}</a:lnTo>" for point in rest)
    return f"<a:moveTo>{start}</a:moveTo>{lines}{'<a:close/>' if close else ''}"


def _look(shape: Shape, name: str, fill: str | None, line: Line | None) -> None:
    shape.name = plain(name)[:200]
    inside.drop_style(shape)
    inside.add_look(shape, _fill(fill) + _outline(line))


def _fill(colour: str | None) -> str:
    return f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>' if colour else "<a:noFill/>"


def _outline(line: Line | None) -> str:
    if line is None:
        return "<a:ln><a:noFill/></a:ln>"
    dash = f'<a:prstDash val="{MSO_LINE.to_xml(line.dash)}"/>' if line.dash is not None else ""
    return f'<a:ln w="{Pt(line.width)}">{_fill(line.colour)}{dash}</a:ln>'


def describe(shape: Shape, words: str) -> None:
    """Say in words what a shape shows, for those who cannot see it."""
    inside.set_description(shape, plain(words)[:1000])


def _emu(box: Box) -> tuple[Length, Length, Length, Length]:
    return Inches(box.x), Inches(box.y), Inches(box.w), Inches(box.h)
