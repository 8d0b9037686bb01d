"""The maps of the slides, drawn as native shapes in one group: countries, legs, numbered markers and names."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN

from dashboard.exports.portion import Portion
from dashboard.exports.pptx import pen
from dashboard.exports.pptx.fit import LEADING, POINTS, text_width
from dashboard.exports.pptx.land import STEP, Country
from dashboard.exports.pptx.pen import Line, Paragraph, Run
from dashboard.exports.pptx.plate import Box, Disc, Plate, Spot, clip_line, place_label, spread, thin
from dashboard.exports.words import one_line, shorten
from dashboard.facts import place_name
from dashboard.model import Stop
from dashboard.route import Leg

When = Literal["past", "now", "ahead"]

RADIUS, RADIUS_NOW, RING = 0.17, 0.25, 0.11
AHEAD = "8A979C"
#: The strip at the lower edge that the legend needs.
FOOT = 0.42
CREDIT = "Boundaries: Natural Earth"


@dataclass
class Mark:
    """A stop on the map: its disc, and how far the journey is from it."""

    stop: Stop
    number: str
    when: When
    is_country: bool
    disc: Disc

    @property
    def colour(self) -> str:
        """The colour of its disc."""
        return {"past": pen.ACCENT, "now": pen.SELECTED, "ahead": AHEAD}[self.when]


@dataclass
class Map:
    """One map of one slide, while it is drawn."""

    portion: Portion
    shapes: pen.Shapes
    plate: Plate
    now: Stop | None = None
    taken: list[Box] = field(default_factory=list)
    tracks: dict[tuple[int, int], list[Spot]] = field(default_factory=dict)
    legend: dict[str, Line | str] = field(default_factory=dict)

    def draw(self, countries: Sequence[Country]) -> None:
        """Draw everything, from the water up."""
        pen.rectangle(self.shapes, self.plate.box, pen.WATER, "Water")
        self._countries(countries)
        for leg in self.portion.legs:
            self._leg(leg)
        marks = self._marks()
        for mark in marks:
            self._leader(mark)
        self._foot(marks)
        for mark in marks:
            self._disc(mark)
        self._names(marks)
        self._country_names(countries)

    # --- countries ---

    def _countries(self, countries: Sequence[Country]) -> None:
        ours = set(self.portion.trip.countries)
        for country in sorted(countries, key=lambda item: item.code in ours):  # ours last, so that their borders show
            rings = country.rings(self.plate, small=country.code in ours)
            if rings:
                here = self.now is not None and country.code == self.now.country_code
                fill = pen.HERE if here else pen.TRIP if country.code in ours else pen.LAND
                pen.area(self.shapes, rings, fill, Line(pen.LINE, 0.75), f"Country: {country.name}")

    def _country_names(self, countries: Sequence[Country]) -> None:
        names = self.portion.trip.countries
        stops = self.portion.stops
        shown = {stop.country_code for stop in stops} - {
            stop.country_code for stop in stops if stop.name == stop.country
        }
        for country in countries:
            if country.code in names and country.code in shown:
                self._country_name(country, shorten(one_line(names[country.code]), 40).upper())

    def _country_name(self, country: Country, name: str) -> None:
        rings = country.rings(self.plate, small=False)
        if not rings:
            return
        outline = max(rings, key=_area)
        w = text_width(name, 11) + 0.022 * len(name) + 0.1
        for share in (0.5, 0.35, 0.65, 0.25, 0.75):
            (x, y), room = _stretch(outline, share)
            box = Box(x - w / 2, y - 0.1, w, 0.2)
            clear = self._crossings(box) == 0 and not any(box.meets(other) for other in self.taken)
            if clear and w < room and box.inside(self.plate.box):
                self.taken.append(box)
                run = Run(name, 10.5, pen.MUTED, spacing=1.2)
                shape = pen.text_box(self.shapes, box, [Paragraph.of(run)], align=PP_ALIGN.CENTER, wrap=False)
                shape.name = f"Country name: {name}"
                return

    # --- legs ---

    def _leg(self, leg: Leg) -> None:
        spots = self.plate.line([place for line in leg.lines for place in line])
        lines = self.plate.repeated(spots)
        parts = [thin(part, STEP) for line in lines for part in clip_line(line, self.plate.box)]
        if not parts:
            return
        dash = pen.DOTS if leg.planned else pen.DASH if leg.inferred else None
        colour, width = {"past": (pen.ACCENT, 2.0), "now": (pen.SELECTED, 3.0), "ahead": (AHEAD, 1.5)}[
            self._when(leg.end)
        ]
        ends = " to ".join(shorten(one_line(self.portion.trip.stops[end].name), 60) for end in (leg.start, leg.end))
        pen.path(self.shapes, parts, Line(colour, width, dash), f"Leg {leg.number}: {ends}")
        for spot in (spot for part in parts for a, b in pairwise(part) for spot in _steps(a, b)):
            self.tracks.setdefault(_cell(*spot), []).append(spot)
        if leg.planned:
            self.legend["announced only"] = Line(pen.INK, 2, pen.DOTS)
        elif leg.inferred:
            self.legend["order inferred"] = Line(pen.INK, 2, pen.DASH)

    def _when(self, stop_id: str) -> When:
        if self.now is None:
            return "past"
        order = [stop.id for stop in self.portion.stops]
        at, here = order.index(stop_id), order.index(self.now.id)
        return "now" if at == here else "past" if at < here else "ahead"

    # --- markers ---

    def _marks(self) -> list[Mark]:
        """The stops in the frame, spread so that none hides another."""
        marks = []
        for stop in self.portion.stops:
            place = self.portion.dossier.places.get(stop.id)
            if place is None:
                continue
            home = self.plate.at((place.lon, place.lat))
            if self.plate.box.grown(-0.05).holds(home):
                when, is_country = self._when(stop.id), place.precision == "country"
                radius = (RADIUS_NOW if when == "now" else RADIUS) + (RING if is_country else 0)
                number = self.portion.dossier.numbers[stop.id]
                marks.append(Mark(stop, number, when, is_country, Disc(home, radius, home)))
        box = self.plate.box
        spread([mark.disc for mark in marks], Box(box.x, box.y, box.w, box.h - FOOT))
        self.taken += [mark.disc.box() for mark in marks]
        return marks

    def _leader(self, mark: Mark) -> None:
        if mark.disc.is_moved:
            name = f"Place of {mark.number}"
            pen.path(self.shapes, [[mark.disc.home, mark.disc.spot]], Line(pen.INK, 1), f"{name}: line")
            pen.disc(self.shapes, mark.disc.home, 0.035, name, pen.INK, None)

    def _disc(self, mark: Mark) -> None:
        stop, spot = mark.stop, mark.disc.spot
        name = f"Stop {mark.number}: {shorten(one_line(stop.name), 80)}"
        if mark.is_country:
            pen.disc(
                self.shapes, spot, mark.disc.radius, f"{name}, somewhere in the country", None, Line(mark.colour, 1.5)
            )
        open_ = stop.status in ("disputed", "announced")
        line = Line(mark.colour, 1.75, pen.DASH if stop.status == "disputed" else None) if open_ else Line(pen.WHITE, 1)
        inner = mark.disc.radius - (RING if mark.is_country else 0)
        shape = pen.disc(self.shapes, spot, inner, name, pen.PAPER if open_ else mark.colour, line)
        size = 15 if mark.when == "now" else 11
        colour = pen.INK if open_ else pen.WHITE if mark.when != "ahead" else pen.INK
        text = Run(mark.number, size, colour, bold=True)
        pen.set_text(shape, [Paragraph.of(text)], align=PP_ALIGN.CENTER, anchor=MSO_ANCHOR.MIDDLE, wrap=False)

    # --- names and the foot ---

    def _names(self, marks: Sequence[Mark]) -> None:
        """Names beside the markers where they cover nothing; the present stop's first."""
        frame = self.plate.box.grown(-0.06)
        for mark in sorted(marks, key=lambda item: item.when != "now"):
            size = 14.0 if mark.when == "now" else 12.0
            name = shorten(one_line(mark.stop.name), 28)
            w, h = text_width(name, size) * 1.06 + 0.04, size * LEADING / POINTS
            box = place_label(mark.disc, w, h, frame, self.taken, self._crossings)
            if box:
                self.taken.append(box)
                run = Run(name, size, pen.MUTED if mark.when == "ahead" else pen.INK, bold=mark.when == "now")
                shape = pen.text_box(self.shapes, box, [Paragraph.of(run)], wrap=False, anchor=MSO_ANCHOR.MIDDLE)
                shape.name = f"Name of stop {mark.number}"

    def _crossings(self, box: Box) -> int:
        (left, top), (right, bottom) = _cell(box.x, box.y), _cell(box.right, box.bottom)
        cells = ((x, y) for x in range(left, right + 1) for y in range(top, bottom + 1))
        return sum(box.holds(spot) for cell in cells for spot in self.tracks.get(cell, ()))

    def _foot(self, marks: Sequence[Mark]) -> None:
        """The legend, with what this map has, and where the boundaries come from."""
        if any(mark.is_country for mark in marks):
            self.legend["ring: country only"] = "○"
        box = self.plate.box
        x, y = box.x + 0.25, box.bottom - 0.32
        w = sum(text_width(label, 11) + 0.68 for label in self.legend) + 0.1
        if self.legend:
            back = Box(x - 0.1, y - 0.05, w, 0.28)
            pen.rectangle(self.shapes, back, pen.PAPER, "Legend")
            self.taken.append(back)
        for label, sign in self.legend.items():
            x = self._legend_item(x, y, label, sign)
        width = text_width(CREDIT, 9) * 1.1
        credit = Box(box.right - width - 0.15, box.bottom - 0.25, width, 0.18)
        self.taken.append(credit)
        run = Run(CREDIT, 9, pen.MUTED)
        pen.text_box(self.shapes, credit, [Paragraph.of(run)], align=PP_ALIGN.RIGHT, wrap=False).name = "Credit"

    def _legend_item(self, x: float, y: float, label: str, sign: Line | str) -> float:
        if isinstance(sign, Line):
            pen.path(self.shapes, [[(x, y + 0.09), (x + 0.4, y + 0.09)]], sign, f"Legend: {label}")
        else:
            pen.disc(self.shapes, (x + 0.25, y + 0.09), 0.08, f"Legend: {label}", None, Line(pen.INK, 1.25))
        w = text_width(label, 11)
        text = pen.text_box(
            self.shapes, Box(x + 0.48, y, w, 0.18), [Paragraph.of(Run(label, 11))], wrap=False, anchor=MSO_ANCHOR.MIDDLE
        )
        text.name = "Legend text"
        return x + w + 0.68


def draw_map(
    slide_shapes: pen.Shapes, portion: Portion, countries: Sequence[Country], plate: Plate, now: Stop | None = None
) -> None:
    """Draw the view's map on a slide, as one group that says in words what it shows."""
    before = len(slide_shapes)
    slide_shapes.turbo_add_enabled = True  # or each new shape would look for a free id among all others
    Map(portion, slide_shapes, plate, now).draw(countries)
    slide_shapes.turbo_add_enabled = False
    group = slide_shapes.add_group_shape(list(slide_shapes)[before:])
    group.name = "Map"
    names = ", ".join(
        f"{portion.dossier.numbers[stop.id]} {shorten(one_line(place_name(stop)), 60)}" for stop in portion.stops
    )
    at = f" around {shorten(one_line(place_name(now)), 80)}" if now else ""
    pen.describe(group, f"Map of the route{at}. Stops in order: {names}")


def _cell(x: float, y: float) -> tuple[int, int]:
    """The square of the slide, half an inch wide, in which tracks are looked for."""
    return math.floor(x * 2), math.floor(y * 2)


def _steps(a: Spot, b: Spot) -> list[Spot]:
    count = max(1, math.ceil(math.dist(a, b) / 0.06))
    return [(a[0] + (b[0] - a[0]) * n / count, a[1] + (b[1] - a[1]) * n / count) for n in range(count)]


def _area(ring: Sequence[Spot]) -> float:
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise([*ring, ring[0]]))) / 2


def _stretch(ring: Sequence[Spot], share: float) -> tuple[Spot, float]:
    """The middle and the width of the ring's widest stretch at this share of its height."""
    ys = [y for _, y in ring]
    y = min(ys) + (max(ys) - min(ys)) * share + 0.0001
    xs = sorted(
        a[0] + (y - a[1]) / (b[1] - a[1]) * (b[0] - a[0])
        for a, b in pairwise([*ring, ring[0]])
        if (a[1] > y) != (b[1] > y)
    )
    stretches = list(zip(xs[::2], xs[1::2], strict=False)) or [(ring[0][0], ring[0][0])]
    west, east = max(stretches, key=lambda stretch: stretch[1] - stretch[0])
    return ((west + east) / 2, y), east - west
