"""What we lean on inside other packages without their having promised it: one test each.

Where one fails after an upgrade, its text says what has to be looked at; the code that leans is named in it.
"""

from __future__ import annotations

import json
import re
import tomllib
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import simplekml
from pptx import Presentation
from pptx.util import Inches
from pydantic import ValidationError

from dashboard.exports.pptx import inside
from dashboard.model import TripFile
from dashboard.problems import TripError
from dashboard.routes import SERIF, STREAMLIT_CHUNKS, STREAMLIT_PAGE, early_links
from dashboard.trip_file import _path_of, read_toml
from tests.conftest import plain_trip

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize("name", STREAMLIT_CHUNKS)
def test_streamlit_has_the_files_that_we_have_the_browser_fetch_early(name: str) -> None:
    """STREAMLIT_CHUNKS in routes.py: Streamlit's build names its files <part>.<hash>.js.

    Open the page, see in the browser's network panel which of Streamlit's files it loads late, and name those by
    their beginning; take out a name that no file has any more. Without this the page works, but slower.
    """
    (path,) = [path for path in early_links().split(", ") if f"/static/js/{name}." in path]
    assert path.endswith("rel=modulepreload")


def test_streamlits_page_has_an_end_for_our_styles_and_its_second_typeface() -> None:
    """_front_page and SERIF in routes.py: Streamlit's index.html ends with </body>, its media hold the serif typeface.

    Where the page is made in another way, put page.css into it there. Where the typeface has another name, see in the
    browser's network panel what a title loads. Without the typeface the page works, but moves when it comes.
    """
    assert (STREAMLIT_PAGE / "index.html").read_text(encoding="utf-8").count("</body>") == 1
    assert len(list((STREAMLIT_PAGE / "static" / "media").glob(SERIF))) == 1


def test_tomllib_tells_the_line_of_a_mistake_in_its_message() -> None:
    """_AT_LINE in trip_file.py: up to Python 3.13 the line stands in the words alone, "(at line 2, column 3)".

    Python 3.14 has it in the error's lineno; once no older one is supported, take that and drop the expression.
    """
    with pytest.raises(tomllib.TOMLDecodeError, match=r"\(at line 2, column \d+\)$"):
        tomllib.loads("a = 1\nb\nc = 2")
    with pytest.raises(TripError) as told:
        read_toml("a = 1\nb\nc = 2")
    assert told.value.problems[0].line == 2
    with pytest.raises(TripError) as told:
        read_toml("a = 1\nb = [")
    assert told.value.problems[0].line == 2  # "at end of document": the last one


def test_pydantic_tells_the_place_of_a_mistake_as_the_path_of_its_keys() -> None:
    """_path_of in trip_file.py: "loc" has our keys and the numbers of list items, and nothing else.

    pydantic adds steps of its own where a field may be of several types ("function-after", "str"). Print
    error.errors() for the record below: such a step has to be left out in _path_of, else problems name a place that
    is not in the file, and their line cannot be told.
    """
    changes: dict[str, dict[str, Any]] = {
        "sources": {"furniture": [{"kind": "nothing", "exact": "x"}], "left_out": [{"passage": {"source": 1}}]},
        "stops": {"pin": {"lat": "x", "lon": 0, "reason": "r"}, "implied": [{}], "arrive": 7},
        "meetings": {"date": 7, "others": [""]},
        "releases": {"heading_evidence": {"source": "log"}},
        "quotes": {"also": [{"passages": []}], "speaker": 1, "date": "x"},
        "disagreements": {"positions": [{"stance": "x"}]},
    }
    keys = set(re.findall(r'"(\w+)": \{', json.dumps(TripFile.model_json_schema())))
    for name, change in changes.items():
        data = plain_trip()
        data[name][0] |= change
        with pytest.raises(ValidationError) as error:
            TripFile.model_validate(data)
        steps = {step for mistake in error.value.errors() for step in _path_of(mistake) if isinstance(step, str)}
        assert change.keys() < steps
        assert steps <= keys


def test_simplekml_keeps_its_state_for_all_files() -> None:
    """_file in exports/kml.py: ids are counted and texts escaped by class attributes, one for the whole process.

    Where simplekml keeps them in the file, the lock and the reset may go; where resetidcounter or parsetext are
    gone, see how ids begin at 1 (the same view must give the same bytes) and how a text is left unescaped.
    """
    simplekml.Kml.resetidcounter()
    first = simplekml.Kml()
    first.parsetext(False)
    first.newpoint(name="a &amp; b")
    assert ">a &amp; b<" in first.kml()
    ids = [int(simplekml.Kml().newpoint().id) for _ in range(2)]
    assert ids[1] > ids[0]
    simplekml.Kml.resetidcounter()
    assert int(simplekml.Kml().newpoint().id) <= ids[0]


class TestPowerPoint:
    """exports/pptx/inside.py: python-pptx wraps XML elements, and we reach for those.

    Each function there is a few words of PresentationML (ECMA-376, part 1, sections 19 and 20). Where an attribute
    with an underscore is gone, look in the package's source for the object that now has the element.
    """

    @pytest.fixture
    def file(self) -> Any:
        return Presentation()

    @pytest.fixture
    def slide(self, file: Any) -> Any:
        return file.slides.add_slide(file.slide_layouts[5])

    def test_the_title_comes_to_the_front(self, slide: Any) -> None:
        """bring_to_front: shapes are drawn in the order of the children of p:spTree."""
        slide.shapes.add_textbox(0, 0, 1, 1)
        inside.bring_to_front(slide.shapes, slide.shapes.title)
        assert [shape.shape_id for shape in slide.shapes][-1] == slide.shapes.title.shape_id

    def test_letters_are_spaced(self, slide: Any) -> None:
        """set_spacing: the attribute spc of a:rPr, in hundredths of a point."""
        run = slide.shapes.title.text_frame.paragraphs[0].add_run()
        inside.set_spacing(run, 1.5)
        assert 'spc="150"' in run._r.xml

    def test_a_shape_loses_the_themes_style(self, slide: Any) -> None:
        """drop_style: the child p:style of a shape."""
        shape = slide.shapes.add_shape(1, 0, 0, 1, 1)
        assert "p:style" in shape._element.xml
        inside.drop_style(shape)
        assert "p:style" not in shape._element.xml
        inside.drop_style(shape)

    def test_a_shape_is_described(self, slide: Any) -> None:
        """set_description: the attribute descr of p:cNvPr."""
        shape = slide.shapes.add_shape(1, 0, 0, 1, 1)
        inside.set_description(shape, "A map")
        assert 'descr="A map"' in shape._element.xml

    def test_a_placeholder_may_have_its_place_from_the_layout(self, file: Any, slide: Any) -> None:
        """has_own_place: p:spPr has a child a:xfrm."""
        assert not inside.has_own_place(slide.shapes.title)
        slide.shapes.title.left, slide.shapes.title.top = Inches(1), Inches(1)
        slide.shapes.title.width, slide.shapes.title.height = Inches(1), Inches(1)
        assert inside.has_own_place(slide.shapes.title)

    def test_the_theme_can_be_changed(self, file: Any) -> None:
        """change_theme: the part of the relationship "theme" is a blob of XML, kept in _blob."""
        inside.change_theme(file.slide_master, lambda xml: xml.replace("<a:latin ", '<a:latin panose="1" ', 1))
        seen: list[str] = []
        inside.change_theme(file.slide_master, lambda xml: seen.append(xml) or xml)  # type: ignore[func-returns-value]
        assert 'panose="1"' in seen[0]

    def test_a_path_is_a_shape_of_its_own(self, slide: Any) -> None:
        """add_path: CT_Shape.new_freeform_sp makes a p:sp with an empty a:pathLst; the slide gives it a free id."""
        stroke = '<a:moveTo><a:pt x="0" y="0"/></a:moveTo><a:lnTo><a:pt x="40" y="20"/></a:lnTo>'
        shape = inside.add_path(slide.shapes, stroke, (40, 20), (5, 20, 40, 20))
        assert (shape.left, shape.top, shape.width, shape.height) == (5, 20, 40, 20)
        assert shape.shape_id not in [other.shape_id for other in slide.shapes if other != shape]
        assert [path.get("w") for path in shape._element.xpath(".//a:path")] == ["40"]

    def test_a_shape_is_given_its_look(self, slide: Any) -> None:
        """add_look: a:spPr takes fill and line after its geometry."""
        shape = inside.add_path(slide.shapes, "", (1, 1), (0, 0, 1, 1))
        inside.add_look(shape, '<a:solidFill><a:srgbClr val="0A0B0C"/></a:solidFill><a:ln w="12700"/>')
        assert str(shape.fill.fore_color.rgb) == "0A0B0C"
        assert shape.line.width == 12700

    def test_a_slide_that_is_laid_aside_is_saved_as_it_was(self, file: Any, slide: Any) -> None:
        """lay_aside: a part without a tree is Part, which is saved from _blob; the file opens with all that it had."""
        slide.shapes.title.text = "Kept"
        inside.lay_aside(slide)
        saved = BytesIO()
        file.save(saved)
        assert Presentation(saved).slides[0].shapes.title.text == "Kept"


def test_nothing_else_reaches_into_python_pptx() -> None:
    """What reaches for an attribute with an underscore belongs into exports/pptx/inside.py."""
    for path in (ROOT / "dashboard" / "exports" / "pptx").glob("*.py"):
        code = path.read_text(encoding="utf-8")
        reaches = [name for name in ("._element", "._spTree", "._blob", "._r.") if name in code]
        assert bool(reaches) is (path.name == "inside.py"), (path.name, reaches)
