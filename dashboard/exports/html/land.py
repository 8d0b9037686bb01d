"""The countries of the world small enough for one file: Natural Earth at 1:50 m on a coarser grid, without Antarctica.

At 1:110 m Cyprus has no northern coast and the West Bank no shape worth the name.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from dashboard.bundle import static_folder
from dashboard.places.countries import SHAPE_FILE

#: Cells of the file's own grid that become one, along each axis: 0.0072 and 0.0069 degrees, a pixel at zoom 7.
COARSER = (2, 4)
#: Not drawn on this projection (see ``frontend/src/map/land.js``).
ANTARCTICA = "010"


def countries_json() -> str:
    """The topology as TopoJSON text."""
    topology = json.loads((static_folder() / SHAPE_FILE).read_bytes())
    return json.dumps(coarser(topology), ensure_ascii=False, separators=(",", ":"))


def coarser(topology: dict[str, Any]) -> dict[str, Any]:
    """A quantized topology with larger grid cells and only its countries; shared borders stay shared."""
    shapes = [shape for shape in topology["objects"]["countries"]["geometries"] if shape.get("id") != ANTARCTICA]
    used = {at for shape in shapes for at in _arc_numbers(shape["arcs"])}
    transform = topology["transform"]
    return {
        "type": "Topology",
        "objects": {
            "countries": {
                "type": "GeometryCollection",
                "geometries": [{key: shape[key] for key in ("type", "id", "arcs") if key in shape} for shape in shapes],
            }
        },
        "arcs": [_coarser_arc(arc) if at in used else [] for at, arc in enumerate(topology["arcs"])],
        "transform": {**transform, "scale": [a * b for a, b in zip(transform["scale"], COARSER, strict=True)]},
    }


def _arc_numbers(arcs: list[Any]) -> Iterator[int]:
    """The numbers of a shape's arcs, however deep; ``~n`` is arc ``n`` backwards."""
    for item in arcs:
        if isinstance(item, int):
            yield max(item, ~item)
        else:
            yield from _arc_numbers(item)


def _coarser_arc(arc: list[list[int]]) -> list[list[int]]:
    """An arc as steps on the coarser grid; points that fall together are one, but its two ends stay."""
    x = y = 0
    points: list[tuple[int, int]] = []
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        point = round(x / COARSER[0]), round(y / COARSER[1])
        if not points or point != points[-1]:
            points.append(point)
    if len(points) == 1:
        points *= 2
    before = [(0, 0), *points[:-1]]
    return [[x - a, y - b] for (x, y), (a, b) in zip(points, before, strict=True)]
