"""All that leans on the inside of python-pptx, which nobody promised (``tests/test_upgrades.py``).

Shapes, runs and themes are XML elements that python-pptx wraps: ``_element``, ``_r``, ``_spTree`` and ``_blob`` lead to
what it has no function for.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml.ns import qn
from pptx.shapes.freeform import FreeformBuilder
from pptx.util import Length


def bring_to_front(shapes: Any, shape: Any) -> None:
    """Draw a shape above all others of its slide."""
    shapes._spTree.append(shape._element)


def set_spacing(run: Any, points: float) -> None:
    """Widen the room between the letters of a run."""
    run._r.get_or_add_rPr().set("spc", str(round(points * 100)))


def drop_style(shape: Any) -> None:
    """Take the theme's shadow and gradient from a shape."""
    style = shape._element.find(qn("p:style"))
    if style is not None:
        shape._element.remove(style)


def set_description(shape: Any, words: str) -> None:
    """Say what a shape shows, where screen readers find it."""
    shape._element.xpath(".//p:cNvPr")[0].set("descr", words)


def has_own_place(placeholder: Any) -> bool:
    """Whether a placeholder says where it is, and does not take its place from the layout."""
    return placeholder._element.spPr.xfrm is not None


def change_theme(master: Any, change: Callable[[str], str]) -> None:
    """Change the XML of a slide master's theme."""
    theme = master.part.part_related_by(RT.THEME)
    theme._blob = change(theme.blob.decode("utf-8")).encode("utf-8")


class QuickBuilder(FreeformBuilder):
    """Works out where a freeform begins once, not again for each of its points."""

    @cached_property
    def shape_offset_x(self) -> Length:
        """The left edge."""
        return super().shape_offset_x

    @cached_property
    def shape_offset_y(self) -> Length:
        """The upper edge."""
        return super().shape_offset_y
