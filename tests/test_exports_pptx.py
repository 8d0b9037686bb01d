"""The slides, read back with python-pptx, and the geometry of their maps."""

from __future__ import annotations

import io
import math
import re
import zipfile
from collections.abc import Iterator
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.util import Inches

from dashboard.dates import stop_days
from dashboard.dossier import Dossier, open_dossier
from dashboard.exports import FORMATS, Portion
from dashboard.exports.pptx import column
from dashboard.exports.pptx.fit import LEADING, SERIF, fit, text_width, wrap
from dashboard.exports.pptx.land import read_countries
from dashboard.exports.pptx.plate import Box, Disc, Plate, clip_line, clip_ring, place_label, spread, thin
from dashboard.lead import lead, leading_meetings
from dashboard.model import Stop
from dashboard.prose import label
from dashboard.selection import Selection
from tests.conftest import TEXTS, make_trip
from tests.test_exports_files import HOSTILE, LINK, PARTS, plain, with_text

LONG = "Llanfair" * 12_500


def deck(portion: Portion) -> Any:
    return Presentation(io.BytesIO(FORMATS["pptx"].write(portion)))


@pytest.fixture(scope="module", params=PARTS)
def shown(request: pytest.FixtureRequest, dossier: Dossier) -> tuple[Portion, Any]:
    portion = Portion(dossier, PARTS[request.param], LINK)
    return portion, deck(portion)


@pytest.fixture(scope="module", params=["hostile", "long"])
def odd(request: pytest.FixtureRequest, voyage: Dossier) -> tuple[Portion, Any]:
    portion = Portion(with_text(voyage, {"hostile": HOSTILE, "long": LONG}[request.param]), link=LINK)
    return portion, deck(portion)


def shapes(slide: Any) -> Iterator[Any]:
    """Every shape of a slide, also those in groups."""
    for shape in slide.shapes:
        yield shape
        if shape.shape_type == MSO_SHAPE_TYPE.GROUP:
            yield from shape.shapes


def named(slide: Any, name: str) -> Any:
    (shape,) = [shape for shape in shapes(slide) if shape.name == name]
    return shape


def text_of(slide: Any) -> str:
    return "\n".join(shape.text_frame.text for shape in shapes(slide) if shape.has_text_frame)


def notes_of(slide: Any) -> str:
    return str(slide.notes_slide.notes_text_frame.text)


def squeezed(text: str) -> str:
    return " ".join(text.replace("\xa0", " ").split())


class TestSlides:
    def test_opening_stops_in_order_closing(self, shown: tuple[Portion, Any]) -> None:
        portion, file = shown
        opening, *stops, closing = file.slides
        assert opening.shapes.title.text_frame.text == portion.trip.file.title
        assert [slide.shapes.title.text_frame.text for slide in stops] == [stop.name for stop in portion.stops]
        assert closing.shapes.title.text_frame.text == "Sources, and where they differ"
        assert (file.slide_width, file.slide_height) == (Inches(13.333), Inches(7.5))

    def test_the_opening_has_dates_and_figures(self, shown: tuple[Portion, Any]) -> None:
        portion, file = shown
        assert "2 to 10 November 2023" in text_of(file.slides[0])
        figures = {
            "stops": portion.stops,
            "meetings": portion.meetings,
            "quotes": [*portion.quotes, *portion.whole.quotes],
            "sources": portion.trip.sources,
        }
        for word, items in figures.items():
            assert named(file.slides[0], f"Number of {word}").text_frame.text.split("\n")[0] == str(len(items))

    def test_a_stop_shows_what_it_should(self, shown: tuple[Portion, Any]) -> None:
        portion, file = shown
        for stop, slide in zip(portion.stops, list(file.slides)[1:-1], strict=True):
            text = squeezed(text_of(slide))
            assert stop_days(stop) in text
            assert ("(inferred)" in named(slide, "Days").text_frame.text) == (stop.date_basis == "inferred")
            assert {"disputed": "Disputed", "announced": "Announced only"}.get(stop.status, "") in text
            meetings = leading_meetings(portion.dossier, stop)
            assert all(meeting.title in text for meeting in meetings[: column.MEETINGS])
            assert not any(f"{meeting.title} 0" in text for meeting in meetings[column.MEETINGS :])
            found = lead(portion.trip, stop)
            assert (found is not None) == ("“" in text)
            if found:
                assert f"“{found.words}”" in text
                assert portion.trip.speaker(found.quote) in text

    def test_the_reason_of_a_status_names_its_sources(self, dossier: Dossier) -> None:
        file = deck(Portion(dossier))
        for number, stop in enumerate(dossier.trip.file.stops, 1):
            if stop.status != "visited":
                why = squeezed(named(file.slides[number], "Why this status").text_frame.text)
                assert why == f"{stop.status_reason} ¹"
                first = label(dossier.trip.sources[stop.status_evidence[0].source])
                assert f"Sources: ¹ {first}" in named(file.slides[number], "References").text_frame.text

    def test_what_has_no_room_is_left_out_and_never_cut(self, tmp_path: Path) -> None:
        """However little room the rest of the slide leaves, a sentence stands there whole or not at all."""
        shown = 0
        for lines in range(6):
            changes = {
                "stops.0.status": "disputed",
                "stops.0.status_reason": "The log alone has her there. " * (lines + 1),
                "stops.0.headline": "A harbour " * lines or "A harbour",
                "meetings.0.title": "Ada and Tom at the quay " * (lines * 2 + 1),
            }
            folder = tmp_path / str(lines)
            folder.mkdir()
            text = "The sea was kind to all of us who sailed upon it " + "and to those who stayed ashore " * 4
            texts = TEXTS | {"log.txt": TEXTS["log.txt"].replace("The sea was kind,", f"{text.strip()},")}
            passages = [{"source": "log", "exact": f"{text.strip()},"}]
            voyage = open_dossier(make_trip(folder, {**changes, "quotes.0.passages": passages}, texts))
            found = lead(voyage.trip, voyage.trip.stops["brindle"])
            assert found is not None
            slide = deck(Portion(voyage)).slides[1]
            told = named(slide, "Meetings and quote").text_frame.text
            assert ("“" in told) == (f"“{found.words}”" in told)
            shown += "“" in told
            assert TestOddText.height(named(slide, "Meetings and quote")) <= 72 * (column.BODY_BOTTOM - 0.5)
        assert shown

    def test_the_notes_have_all_of_the_stop_and_nothing_of_others(self, shown: tuple[Portion, Any]) -> None:
        portion, file = shown
        for stop, slide in zip(portion.stops, list(file.slides)[1:-1], strict=True):
            self.check_notes(portion, stop, notes_of(slide))

    @staticmethod
    def check_notes(portion: Portion, stop: Stop, notes: str) -> None:
        found = [line.removeprefix("Meeting: ") for line in notes.split("\n") if line.startswith("Meeting: ")]
        assert found == [meeting.title for meeting in portion.trip.meetings_at[stop.id]]
        assert notes.count("\nQuote: ") == len(portion.trip.quotes_at[stop.id])
        for item in portion.trip.meetings_at[stop.id]:
            assert all(f"“{quote.exact}”" in notes for quote in item.evidence)
            assert all(
                f"{label(portion.trip.sources[quote.source])}: {portion.trip.sources[quote.source].title}" in notes
                for quote in item.evidence
            )
        for quote in portion.trip.quotes_at[stop.id]:
            assert all(passage.exact in notes for passage in quote.passages)

    def test_the_closing_has_sources_and_disputes(self, shown: tuple[Portion, Any]) -> None:
        portion, file = shown
        text, notes = squeezed(text_of(file.slides[-1])), notes_of(file.slides[-1])
        assert all(squeezed(source.title) in text for source in portion.trip.file.sources)
        assert "official page · 10 November 2023 (inferred)" in text
        substance = [item for item in portion.disagreements if item.kind == "substance"]
        assert notes.count("Sources differ: ") == len(substance)
        assert all(f"Sources differ: {item.topic}\n{item.statement}" in notes for item in substance)
        assert "more in the notes" in text or all(item.topic in text for item in substance)

    def test_nothing_on_the_closing_slide_is_cut(self, dossier: Dossier) -> None:
        slide = deck(Portion(dossier)).slides[-1]
        assert "…" not in text_of(slide)
        topics = {item.topic for item in dossier.trip.file.disagreements}
        lines = [shape.text_frame.text for shape in shapes(slide) if re.match(r"Where sources differ \d", shape.name)]
        assert len(lines) > 8
        assert {*lines} <= topics

    def test_every_slide_says_what_the_file_holds(self, shown: tuple[Portion, Any]) -> None:
        portion, file = shown
        for number, slide in enumerate(file.slides, 1):
            foot = named(slide, "About this file").text_frame.text
            assert foot == f"{portion.description}  ·  data {portion.fingerprint}  ·  {LINK}"
            assert named(slide, "Number").text_frame.text == f"{number} / {len(file.slides)}"

    def test_progress_is_told(self, voyage: Dossier) -> None:
        told: list[tuple[int, int]] = []
        deck(Portion(voyage, progress=lambda done, total, what: told.append((done, total))))
        assert told == [(1, 5), (2, 5), (3, 5)]


class TestMaps:
    def test_they_are_native_shapes(self, shown: tuple[Portion, Any]) -> None:
        portion, file = shown
        for slide in list(file.slides)[:-1]:
            kinds = {shape.shape_type for shape in shapes(slide)}
            assert MSO_SHAPE_TYPE.PICTURE not in kinds
            free = [shape.name for shape in shapes(slide) if shape.shape_type == MSO_SHAPE_TYPE.FREEFORM]
            assert any(name.startswith("Country: ") for name in free)
            assert portion.stops[0].name in named(slide, "Map")._element.xpath("./p:nvGrpSpPr/p:cNvPr/@descr")[0]
        opening = [shape.name for shape in shapes(file.slides[0])]
        assert [name for name in opening if name.startswith("Leg ")] == [
            f"Leg {leg.number}: {portion.trip.stops[leg.start].name} to {portion.trip.stops[leg.end].name}"
            for leg in portion.legs
        ]
        numbers = [name.split(":")[0] for name in opening if name.startswith("Stop ") and "somewhere" not in name]
        assert numbers == [f"Stop {portion.dossier.numbers[stop.id]}" for stop in portion.stops]

    def test_no_marker_hides_another(self, shown: tuple[Portion, Any]) -> None:
        for slide in shown[1].slides:
            discs: dict[str, Any] = {}  # by number; of a disc with a ring, the ring
            for shape in shapes(slide):
                if shape.name.startswith("Stop "):
                    number = shape.name.split(":")[0]
                    discs[number] = max(shape, discs.get(number, shape), key=lambda item: item.width)
            for a, b in combinations(discs.values(), 2):
                apart = math.dist(
                    (a.left + a.width / 2, a.top + a.height / 2), (b.left + b.width / 2, b.top + b.height / 2)
                )
                assert apart >= (a.width + b.width) / 2

    def test_nothing_lies_outside_the_slide(self, shown: tuple[Portion, Any]) -> None:
        _, file = shown
        spare = Inches(0.11)
        for slide in file.slides:
            for shape in shapes(slide):
                assert shape.left >= -spare
                assert shape.top >= -spare
                assert shape.left + shape.width <= file.slide_width + spare
                assert shape.top + shape.height <= file.slide_height + spare

    def test_a_stop_without_place_is_said(self, voyage: Dossier) -> None:
        located = voyage.located.__class__({k: v for k, v in voyage.places.items() if k != "calder"}, (), ())
        file = deck(Portion(Dossier(voyage.trip, located)))
        assert "Not located" in notes_of(file.slides[2])
        assert not any(shape.name.startswith("Stop 2") for slide in file.slides for shape in shapes(slide))


class TestOddText:
    def test_it_stays_text(self, odd: tuple[Portion, Any]) -> None:
        portion, file = odd
        stop = portion.stops[0]
        notes = notes_of(file.slides[1])
        assert plain(stop.name) in notes
        assert all(plain(meeting.title) in notes for meeting in portion.trip.meetings_at[stop.id])
        title = file.slides[1].shapes.title.text_frame.text
        assert re.sub("[\u202e\u2066]", "", " ".join(plain(stop.name).split())).startswith(title.rstrip("…"))
        assert "_x0" not in title.replace("_x0041_", "")

    def test_it_fits_its_boxes(self, odd: tuple[Portion, Any], dossier: Dossier) -> None:
        for file in (odd[1], deck(Portion(dossier))):
            for slide in file.slides:
                for shape in slide.shapes:
                    if shape.has_text_frame and shape.text_frame.text:
                        assert self.height(shape) <= shape.height / 12700 + 2, shape.name

    @staticmethod
    def height(shape: Any) -> float:
        """About how many points the text of a shape takes."""
        total = 0.0
        for paragraph in shape.text_frame.paragraphs:
            size = max(run.font.size.pt for run in paragraph.runs)
            family = SERIF if any(run.font.name for run in paragraph.runs) or shape.is_placeholder else 1.04
            lines = wrap(paragraph.runs[0].text, shape.width / 914400 + 0.01, size, family)
            total += len(lines) * size * LEADING + paragraph.space_before.pt
        return total

    def test_slides_stay_small(self, odd: tuple[Portion, Any]) -> None:
        for slide in odd[1].slides:
            assert all(len(shape.text_frame.text) < 3000 for shape in shapes(slide) if shape.has_text_frame)
            assert all(len(shape.name) <= 200 for shape in shapes(slide))

    def test_every_part_is_xml(self, odd: tuple[Portion, Any]) -> None:
        with zipfile.ZipFile(io.BytesIO(FORMATS["pptx"].write(odd[0]))) as archive:
            for name in archive.namelist():
                if name.endswith((".xml", ".rels")):
                    ElementTree.fromstring(archive.read(name))

    def test_a_link_leads_to_the_web_only(self, voyage: Dossier) -> None:
        for link, address in (("javascript:alert(1)", None), ("https://example.org/", "https://example.org/")):
            foot = named(deck(Portion(voyage, link=link)).slides[0], "About this file")
            runs = foot.text_frame.paragraphs[0].runs
            assert [run.hyperlink.address for run in runs] == [None, None, address]
            assert runs[2].text == link


def test_without_an_address_a_deck_has_no_link(voyage: Dossier) -> None:
    portion = Portion(voyage)
    file = deck(portion)
    assert file.core_properties.comments == f"data {portion.fingerprint}"
    foot = named(file.slides[0], "About this file").text_frame.text
    assert foot == f"{portion.description}  ·  data {portion.fingerprint}"


class TestFit:
    def test_as_large_as_it_fits(self) -> None:
        assert fit("Amman", 4, 1, [44, 30]).size == 44
        smaller = fit("A somewhat longer name of a place", 3, 1, [44, 30, 20])
        assert (smaller.size, smaller.is_cut) == (30, False) or smaller.size == 20

    @pytest.mark.parametrize("text", ["word " * 400, "unbroken" * 400, "東京" * 400, LONG, "\u202e" + "עברית " * 300])
    def test_a_long_text_is_cut(self, text: str) -> None:
        fitted = fit(text, 2, 0.9, [20, 12])
        assert fitted.is_cut
        assert fitted.text.endswith("…")
        assert fitted.height <= 0.9
        assert all(text_width(line.rstrip(), 12) <= 2 for line in wrap(fitted.text, 2, 12))

    def test_nothing_is_still_a_line(self) -> None:
        assert fit("", 2, 0.1, [12]).lines == 1

    def test_wide_letters_and_marks(self) -> None:
        assert text_width("東", 72) > text_width("W", 72) > text_width("é", 72) == text_width("e", 72)
        assert text_width("\u200f", 72) == 0


class TestPlate:
    BOX = Box(1, 1, 8, 6)

    def test_all_places_are_inside(self) -> None:
        places = [(35.0, 32.0), (139.7, 35.7), (-77.0, 38.9)]
        plate = Plate(self.BOX, places, least=3)
        assert all(self.BOX.grown(1e-6).holds(plate.at(place)) for place in places)

    def test_north_is_up_and_east_is_right(self) -> None:
        plate = Plate(self.BOX, [(10.0, 50.0)], least=5)
        x, y = plate.at((10.0, 50.0))
        assert (round(x, 6), round(y, 6)) == (5, 4)
        assert plate.at((11.0, 50.0))[0] > x
        assert plate.at((10.0, 51.0))[1] < y

    def test_shapes_are_true_in_the_middle(self) -> None:
        plate = Plate(self.BOX, [(10.0, 60.0)], least=5)
        here, north, east = plate.at((10.0, 60.0)), plate.at((10.0, 60.1)), plate.at((10.2, 60.0))
        assert math.dist(here, north) == pytest.approx(math.dist(here, east), rel=0.02)

    def test_neighbours_across_180_degrees_are_near(self) -> None:
        plate = Plate(self.BOX, [(178.0, -18.0), (-172.0, -13.0)], least=3)
        assert plate.at((178.0, -18.0))[0] < plate.at((-172.0, -13.0))[0]
        line = plate.line([(178.0, -18.0), (180.0, -17.0), (-180.0, -17.0), (-172.0, -13.0)])
        assert all(a[0] <= b[0] + 1e-9 for a, b in pairwise(line))

    def test_no_place_at_all(self) -> None:
        assert self.BOX.holds(Plate(self.BOX, [], least=90).at((0.0, 0.0)))

    def test_every_country_has_rings_on_a_map_of_the_world(self) -> None:
        plate = Plate(Box(0, 0, 13, 7), [(-170.0, -50.0), (170.0, 70.0), (0.0, 0.0)], least=10)
        countries = read_countries()
        shown = {country.code for country in countries if country.rings(plate, small=True)}
        assert {"RU", "US", "FJ", "JO", "PS", "CY"} <= shown
        for country in countries:
            for ring in country.rings(plate, small=True):
                assert all(plate.box.grown(0.06).holds(spot) for spot in ring)

    def test_cutting(self) -> None:
        box = Box(0, 0, 2, 2)
        assert clip_ring([(-1, 1), (1, -1), (3, 1), (1, 3)], box)
        assert clip_ring([(5, 5), (6, 5), (6, 6)], box) == []
        assert clip_line([(-1, 1), (3, 1)], box) == [[(0, 1), (2, 1)]]
        assert clip_line([(0.5, 1), (1, 1), (1, 3), (1.5, 3), (1.5, 1)], box) == [
            [(0.5, 1), (1, 1), (1, 2)],
            [(1.5, 2), (1.5, 1)],
        ]
        assert clip_line([(3, 3), (4, 4)], box) == []
        assert thin([(0, 0), (0.01, 0), (1, 0), (1.01, 0)], 0.1) == [(0, 0), (1, 0), (1.01, 0)]

    def test_markers_at_one_place_fan_out(self) -> None:
        discs = [Disc((4, 4), 0.2, (4, 4)) for _ in range(12)]
        spread(discs, self.BOX)
        assert all(math.dist(a.spot, b.spot) >= 0.4 for a, b in combinations(discs, 2))
        assert all(disc.box().inside(self.BOX) for disc in discs)

    def test_a_name_covers_nothing(self) -> None:
        disc = Disc((4, 4), 0.2, (4, 4))
        first = place_label(disc, 1, 0.2, self.BOX, [], lambda box: 0)
        assert first is not None
        second = place_label(disc, 1, 0.2, self.BOX, [first], lambda box: 0)
        assert second is not None
        assert not second.meets(first)
        assert place_label(disc, 1, 0.2, self.BOX, [self.BOX], lambda box: 0) is None


def test_selection_of_one_stop_shows_the_whole_view(voyage: Dossier) -> None:
    assert len(deck(Portion(voyage, Selection(stop="calder"))).slides) == 5
