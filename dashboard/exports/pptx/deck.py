"""The slides: what stands on each and where. Lengths are inches on a slide of 13⅓ by 7½, which is 16:9."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any

from pptx import Presentation
from pptx.enum.text import PP_ALIGN
from pptx.util import Inches

from dashboard.dates import day_range
from dashboard.exports.portion import Portion
from dashboard.exports.pptx import inside, notes, pen
from dashboard.exports.pptx.column import Column, heading, set_title
from dashboard.exports.pptx.fit import fit
from dashboard.exports.pptx.land import Country, read_countries
from dashboard.exports.pptx.maps import draw_map
from dashboard.exports.pptx.pen import Paragraph, Run
from dashboard.exports.pptx.plate import Box, Plate
from dashboard.exports.words import (
    one_line,
    plain,
    shorten,
    source_when,
    summary_line,
)
from dashboard.model import Stop
from dashboard.prose import label
from dashboard.terms import KIND_WORDS, traveller_line

WIDE, HIGH = 13.333, 7.5
#: The map of a stop, and the column of words beside it; below both, the foot.
FOOT = 7.12
STOP_MAP = Box(0, 0, 7.9, FOOT)
OPENING_MAP = Box(0, 0, WIDE, 4.6)
#: A leg of more kilometres is shown where it arrives, not as a whole: its stop would be lost on the map.
WHOLE_LEG_KM = 3500
NEAR, FAR = 3.2, 22.0
TITLE_ONLY = 5


def write(portion: Portion) -> bytes:
    """The file's bytes."""
    out = io.BytesIO()
    _Deck(portion).presentation().save(out)
    return out.getvalue()


class _Deck:
    """Builds the slides of one view, in order."""

    def __init__(self, portion: Portion) -> None:
        self._portion, self._trip = portion, portion.trip
        self._file: Any = Presentation()
        self._countries: list[Country] = read_countries()
        self._total = len(portion.stops) + 2

    def presentation(self) -> Any:
        _dress(self._file, self._portion)
        self._opening()
        for number, stop in enumerate(self._portion.stops, 2):
            self._portion.progress(number - 1, self._total, f"slide of {shorten(one_line(stop.name), 40)}")
            self._stop(stop, number)
        self._closing()
        return self._file

    def _slide(self, number: int, notes_text: str) -> Any:
        slide = self._file.slides.add_slide(self._file.slide_layouts[TITLE_ONLY])
        slide.notes_slide.notes_text_frame.text = plain(notes_text)
        return slide

    def _foot(self, slide: Any, number: int) -> None:
        """What the file holds, where to find it, which data it was made from, and the slide's number."""
        portion = self._portion
        words = f"{one_line(portion.description)}  ·  data {portion.fingerprint}"
        runs = [Run(fit(words, 6.6, 0.2, [9]).text, 9, pen.MUTED)]
        if portion.link:
            link = portion.link if re.match(r"https?://", portion.link) else ""
            shown = fit(one_line(portion.link), 4.9, 0.2, [9]).text
            runs += [Run("  ·  ", 9, pen.MUTED), Run(shown, 9, pen.MUTED, link=link)]
        pen.rectangle(slide.shapes, Box(0, FOOT, WIDE, HIGH - FOOT), pen.PAPER, "Foot")
        pen.text_box(slide.shapes, Box(0.35, FOOT + 0.1, 11.9, 0.2), [Paragraph(runs)]).name = "About this file"
        page = Run(f"{number} / {self._total}", 9, pen.MUTED)
        pen.text_box(
            slide.shapes, Box(12.3, FOOT + 0.1, 0.68, 0.2), [Paragraph.of(page)], align=PP_ALIGN.RIGHT
        ).name = "Number"

    # --- opening ---

    def _opening(self) -> None:
        portion = self._portion
        slide = self._slide(1, notes.opening(portion))
        margin = Box(0.9, 0.45, WIDE - 1.8, OPENING_MAP.h - 0.95)
        draw_map(
            slide.shapes, portion, self._countries, Plate(OPENING_MAP, self._all_places(), least=30, margin=margin)
        )
        pen.rectangle(slide.shapes, Box(0, OPENING_MAP.bottom, WIDE, HIGH - OPENING_MAP.bottom), pen.PAPER, "Paper")
        title = set_title(slide, self._trip.file.title, Box(0.6, 4.75, 7.0, 0.75), [40, 34, 28, 24])
        self._whose(slide, 4.75 + title.height + 0.04)
        self._figures(slide)
        self._summary(slide)
        self._foot(slide, 1)

    def _whose(self, slide: Any, y: float) -> None:
        """Whose trip it is, and when."""
        for name, words in (
            ("Traveller", traveller_line(self._trip)),
            ("Days", day_range(self._trip.file.start, self._trip.file.end)),
        ):
            line = fit(one_line(words), 7.0, 0.32, [17, 15, 13])
            pen.text_box(
                slide.shapes, Box(0.6, y, 7.0, 0.3), [Paragraph.of(Run(line.text, line.size, pen.MUTED))]
            ).name = name
            y += 0.29

    def _summary(self, slide: Any) -> None:
        """The trip in two or three sentences; the notes have the passages they rest on."""
        if not self._trip.file.summary:
            return
        words = fit(summary_line(self._trip), 12.1, 0.98, [16, 15, 14, 13, 12])
        box = Box(0.6, 6.08, 12.1, 1.0)
        pen.text_box(slide.shapes, box, [Paragraph.of(Run(words.text, words.size))]).name = "Summary"

    def _figures(self, slide: Any) -> None:
        portion = self._portion
        figures = [
            (len(portion.stops), "stop"),
            (len(portion.meetings), "meeting"),
            (len(portion.quotes) + len(portion.whole.quotes), "quote"),
            (len(self._trip.sources), "source"),
        ]
        for place, (count, word) in enumerate(figures):
            box = Box(7.95 + place * 1.27, 4.8, 1.2, 1.2)
            figure = Paragraph.of(Run(str(count), 36, pen.ACCENT, serif=True))
            words = [figure, Paragraph.of(Run(word if count == 1 else f"{word}s", 16, pen.MUTED))]
            pen.text_box(slide.shapes, box, words).name = f"Number of {word}s"

    def _all_places(self) -> list[tuple[float, float]]:
        """Every point that the opening map has to show."""
        ids = {stop.id for stop in self._portion.stops}
        stops = [(place.lon, place.lat) for stop, place in self._portion.dossier.places.items() if stop in ids]
        return stops + [spot for leg in self._portion.legs for line in leg.lines for spot in line]

    # --- a stop ---

    def _stop(self, stop: Stop, number: int) -> None:
        slide = self._slide(number, notes.stop(self._portion, stop))
        draw_map(slide.shapes, self._portion, self._countries, self._stop_plate(stop), stop)
        pen.rectangle(slide.shapes, Box(STOP_MAP.right, 0, WIDE - STOP_MAP.right, HIGH), pen.PAPER, "Paper")
        Column(self._portion, slide, stop).write()
        self._foot(slide, number)
        inside.lay_aside(slide)

    def _stop_plate(self, stop: Stop) -> Plate:
        """The stop and the leg that leads to it; of a long leg, where it arrives; all stops if it has no place."""
        margin = Box(1.1, 0.9, STOP_MAP.w - 2.2, STOP_MAP.h - 1.9)
        places = self._portion.dossier.places
        here = places.get(stop.id)
        if here is None:
            return Plate(STOP_MAP, self._all_places(), least=NEAR, margin=margin)
        leg = next((leg for leg in self._portion.legs if leg.end == stop.id), None)
        if leg is None:
            return Plate(STOP_MAP, [(here.lon, here.lat)], least=2 * NEAR, margin=margin)
        if leg.km > WHOLE_LEG_KM:
            return Plate(STOP_MAP, [(here.lon, here.lat)], least=FAR, margin=margin)
        return Plate(STOP_MAP, [spot for line in leg.lines for spot in line], least=NEAR, margin=margin)

    # --- closing ---

    def _closing(self) -> None:
        slide = self._slide(self._total, notes.closing(self._portion))
        set_title(slide, "Sources, and where they differ", Box(0.6, 0.5, 12.1, 0.7), [36])
        self._sources(slide, Box(0.6, 1.45, 5.5, 5.55))
        self._disputes(slide, Box(6.75, 1.45, 6.0, 5.55))
        self._foot(slide, self._total)

    def _sources(self, slide: Any, box: Box) -> None:
        blocks: list[list[Paragraph]] = []
        for source in self._trip.file.sources:
            title = fit(one_line(source.title), box.w, 0.61, [18, 16, 14])
            facts = f"{label(source)}  ·  {KIND_WORDS[source.kind]}  ·  {_short(source_when(source))}"
            facts = fit(one_line(facts), box.w, 0.24, [13]).text
            blocks.append([Paragraph.of(Run(title.text, title.size)), Paragraph.of(Run(facts, 13, pen.MUTED))])
        self._list(slide, box, "Sources", blocks, 0.95)

    def _disputes(self, slide: Any, box: Box) -> None:
        """A line each; the notes have the statements, with what each source holds."""
        blocks: list[list[Paragraph]] = []
        for item in notes.disputes(self._portion):
            topic = fit(one_line(item.topic), box.w, 0.3, [16, 14, 12])
            blocks.append([Paragraph.of(Run(topic.text, topic.size))])
        self._list(slide, box, "Where sources differ", blocks, 0.41)

    def _list(self, slide: Any, box: Box, name: str, blocks: Sequence[list[Paragraph]], step: float) -> None:
        """Blocks below a heading, as many as there is room for, and how many more the notes have."""
        pen.text_box(slide.shapes, Box(box.x, box.y, box.w, 0.3), [Paragraph.of(heading(name))]).name = name
        room = int((box.h - 0.72) / step)
        y = box.y + 0.42
        for number, block in enumerate(blocks[:room], 1):
            pen.text_box(slide.shapes, Box(box.x, y, box.w, step - 0.1), block).name = f"{name} {number}"
            y += step
        more = len(blocks) - room
        rest = f"and {more} more in the notes" if more > 0 else "" if blocks else "Nothing in this part of the trip."
        if rest:
            pen.text_box(
                slide.shapes, Box(box.x, y, box.w, 0.3), [Paragraph.of(Run(rest, 14, pen.MUTED))]
            ).name = f"{name}: more"


def _short(when: str) -> str:
    """The words of a date with "inferred", without the reason."""
    return re.sub(r" \(inferred.*\)", " (inferred)", when, flags=re.DOTALL)


def _dress(file: Any, portion: Portion) -> None:
    """Wide slides on paper, with fonts that every machine has, and the file's own title."""
    wider = WIDE / 10
    file.slide_width, file.slide_height = Inches(WIDE), Inches(HIGH)
    for page in (file.slide_master, *file.slide_layouts):
        for shape in page.placeholders:
            if inside.has_own_place(shape):
                shape.left, shape.width = round(shape.left * wider), round(shape.width * wider)
    fill = file.slide_master.background.fill
    fill.solid()
    fill.fore_color.rgb = pen.rgb(pen.PAPER)
    _fonts(file)
    about = file.core_properties
    about.title, about.author = shorten(one_line(portion.trip.file.title), 200), "Trip Dashboard"
    about.subject = shorten(one_line(portion.description), 200)
    about.comments = shorten(one_line(f"{portion.link} data {portion.fingerprint}".strip()), 250)
    about.language = "en"


def _fonts(file: Any) -> None:
    """Georgia for headings and quotations, Calibri for the rest, and our colours, as the file's theme."""
    inside.change_theme(file.slide_master, _dressed)


def _dressed(text: str) -> str:
    """The theme's XML with them."""
    text = re.sub(r'(<a:majorFont>\s*<a:latin typeface=")[^"]*', r"\1Georgia", text)
    colours = {"dk2": pen.ACCENT, "lt2": pen.LAND, "accent1": pen.ACCENT, "accent2": pen.SELECTED, "accent3": pen.TRIP}
    colours |= {"hlink": pen.MUTED, "folHlink": pen.MUTED}
    for name, colour in colours.items():
        text = re.sub(rf'(<a:{name}>\s*<a:srgbClr val=")[0-9A-F]*', rf"\g<1>{colour}", text)
    return text
