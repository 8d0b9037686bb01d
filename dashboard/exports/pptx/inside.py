"""All that leans on the inside of python-pptx, which nobody promised (``tests/test_upgrades.py``).

Shapes, runs and themes are XML elements that python-pptx wraps: ``_element``, ``_r``, ``_spTree`` and ``_blob`` lead to
what it has no function for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.package import Part
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.oxml.shapes.autoshape import CT_Shape


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


def add_path(shapes: Any, strokes: str, size: tuple[int, int], extent: Sequence[int]) -> Any:
    """Add a shape of free form: strokes in units of its own, and left, top, width and height in EMU on the slide.

    The library's builder makes two objects a point, and looks through the whole slide for a free id.
    """
    element = CT_Shape.new_freeform_sp(shapes._next_shape_id, "Freeform", *extent)
    shapes._spTree.insert_element_before(element, "p:extLst")
    path = parse_xml(f'<a:path {nsdecls("a")} w="{size[0]}" h="{size[1]}">{strokes}</a:path>')
    element.find(f".//{qn('a:pathLst')}").append(path)
    return shapes._shape_factory(element)


def add_look(shape: Any, elements: str) -> None:
    """Say how a shape is filled and lined: elements of DrawingML in the order of a:spPr."""
    properties = shape._element.spPr
    for element in parse_xml(f"<a:x {nsdecls('a')}>{elements}</a:x>"):
        properties.append(element)


def lay_aside(slide: Any) -> None:
    """Keep a slide to which nothing is added any more as the bytes of its file: as a tree it takes four megabytes."""
    part = slide.part
    part._blob = part.blob
    part.__class__ = Part  # the library's class for a file that it does not look into
    del part._element, part.slide
