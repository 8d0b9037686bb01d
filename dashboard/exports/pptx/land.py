"""The countries of the world as shapes to draw, from the Natural Earth file that the dashboard serves."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from dashboard.bundle import static_folder
from dashboard.country_codes import countries
from dashboard.exports.pptx.plate import Box, Lines, Plate, Spot, clip_ring, miller, thin
from dashboard.places.countries import SHAPE_FILE
from dashboard.shapes import Ring, country_polygons

#: Points nearer than this on the slide are one, and an island smaller than the other is left out (inches).
STEP, SMALLEST = 0.02, 0.04


@dataclass(frozen=True)
class Outline:
    """A closed line in degrees of longitude and of :func:`miller`, so that each map only has to scale it."""

    spots: tuple[Spot, ...]

    @cached_property
    def bounds(self) -> Box:
        """The smallest box around it."""
        xs, ys = zip(*self.spots, strict=True)
        return Box(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


@dataclass(frozen=True)
class Country:
    """A country's outlines; ``code`` is its ISO 3166-1 alpha-2 code, empty where it has none."""

    name: str
    code: str
    outlines: tuple[Outline, ...]

    def rings(self, plate: Plate, *, small: bool) -> Lines:
        """Its outlines on the plate, cut to its box; tiny islands only where ``small``."""
        frame = plate.box.grown(0.05)
        found = []
        for outline in self.outlines:
            for shift in plate.turns(outline.bounds):
                spots = plate.flat_line(outline.spots, shift)
                if small or _extent(spots) >= SMALLEST:
                    found.append(clip_ring(thin(spots, STEP), frame))
        return [ring for ring in found if len(ring) > 2]


def _extent(spots: list[Spot]) -> float:
    xs, ys = [x for x, _ in spots], [y for _, y in spots]
    return max(max(xs) - min(xs), max(ys) - min(ys))


def read_countries() -> list[Country]:
    """Every country of the file, sorted by name.

    Raises:
        BundleError: the file is missing.
    """
    topology: dict[str, Any] = json.loads((static_folder() / SHAPE_FILE).read_bytes())
    codes = {f"{int(country['isonumeric']):03d}": code for code, country in countries().items()}
    names: dict[str, str] = {}
    for feature in topology["objects"]["countries"]["geometries"]:
        names.setdefault(feature.get("id"), feature.get("properties", {}).get("name", ""))
    found = [Country(name, codes.get(id_, ""), _outlines(topology, id_)) for id_, name in names.items()]
    return sorted(found, key=lambda country: country.name)


def _outlines(topology: dict[str, Any], numeric_id: str) -> tuple[Outline, ...]:
    rings: list[Ring] = [ring for polygon in country_polygons(topology, numeric_id) for ring in polygon]
    return tuple(Outline(tuple(_unrolled(ring))) for ring in rings)


def _unrolled(ring: Ring) -> list[Spot]:
    """A ring that does not jump at 180 degrees; one that goes round a pole is closed over the pole."""
    spots: list[Spot] = []
    lon = ring[0].lon
    for point in ring:
        lon += (point.lon - lon + 180) % 360 - 180
        spots.append((lon, miller(point.lat)))
    if abs(spots[-1][0] - spots[0][0]) > 180:
        pole = miller(90 if ring[0].lat > 0 else -90)
        spots += [(spots[-1][0], pole), (spots[0][0], pole)]
    return spots
