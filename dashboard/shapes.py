"""Country shapes from a TopoJSON topology (Natural Earth as packed by world-atlas), and the centre of one.

Coordinates are WGS 84 degrees in the order of the format: longitude, then latitude.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple


class LonLat(NamedTuple):
    """A point: longitude east, then latitude north, in degrees."""

    lon: float
    lat: float


#: A closed line: its last point is its first again.
Ring = Sequence[LonLat]
#: An outer ring, then its holes.
Polygon = Sequence[Ring]


class ShapeError(ValueError):
    """The topology is not what TopoJSON promises; the message says what was found."""


class NoShapeError(ShapeError):
    """The topology has no such country."""


def country_polygons(topology: Mapping[str, Any], numeric_id: str) -> list[Polygon]:
    """The polygons of one country; several features of the same id (Australia has two) are taken together.

    Args:
        topology: a parsed TopoJSON file with an object ``countries``.
        numeric_id: ISO 3166-1 numeric as three digits, ``"196"``.

    Raises:
        NoShapeError: there is no such country in it.
        ShapeError: it is no such topology.
    """
    try:
        features = topology["objects"]["countries"]["geometries"]
        chosen = [feature for feature in features if feature.get("id") == numeric_id]
        polygons: list[Polygon] = [_polygon(topology, rings) for feature in chosen for rings in _ring_indexes(feature)]
    except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
        raise ShapeError(f"expected a TopoJSON topology with an object 'countries', but {error!r}") from error
    if not polygons:
        raise NoShapeError(f"no shape has the ISO 3166-1 numeric id {numeric_id}")
    return polygons


def _ring_indexes(feature: Mapping[str, Any]) -> list[list[list[int]]]:
    """Per polygon of the feature, per ring, the numbers of its arcs."""
    kind = feature["type"]
    if kind not in ("Polygon", "MultiPolygon"):
        raise ValueError(f"geometry type {kind!r} is no area")
    arcs: list[Any] = feature["arcs"]
    return [arcs] if kind == "Polygon" else arcs


def _polygon(topology: Mapping[str, Any], rings: Iterable[Sequence[int]]) -> list[list[LonLat]]:
    return [_ring(topology, indexes) for indexes in rings]


def _ring(topology: Mapping[str, Any], indexes: Sequence[int]) -> list[LonLat]:
    """Arcs joined to a ring: each begins where the last ended; ``~n`` means arc ``n`` backwards."""
    ring: list[LonLat] = []
    for index in indexes:
        points = _arc(topology, ~index if index < 0 else index)
        ring += (points[::-1] if index < 0 else points)[1 if ring else 0 :]
    return ring


def _arc(topology: Mapping[str, Any], index: int) -> list[LonLat]:
    """One arc's points. With a ``transform`` they are steps on a grid, each from the point before."""
    points = topology["arcs"][index]
    transform = topology.get("transform")
    if transform is None:
        return [LonLat(float(point[0]), float(point[1])) for point in points]
    (scale_x, scale_y), (origin_x, origin_y) = transform["scale"], transform["translate"]
    x = y = 0
    decoded = []
    for step in points:
        x, y = x + step[0], y + step[1]
        decoded.append(LonLat(x * scale_x + origin_x, y * scale_y + origin_y))
    return decoded


def area(polygon: Polygon) -> float:
    """The polygon's area on the unit sphere (steradians), its holes taken off."""
    outer, *holes = (abs(_moments(ring)[0]) for ring in polygon)
    return outer - sum(holes)


def largest(polygons: Sequence[Polygon]) -> Polygon:
    """The polygon of the greatest area on the sphere."""
    return max(polygons, key=area)


def centroid(polygon: Polygon) -> LonLat:
    """The area-weighted centre of a polygon, its holes taken off; it may lie outside a bent shape.

    Raises:
        ShapeError: the polygon has no area.
    """
    total = x = y = 0.0
    for number, ring in enumerate(polygon):
        ring_area, ring_x, ring_y = _moments(ring)
        sign = math.copysign(1.0, ring_area) * (1 if number == 0 else -1)
        total, x, y = total + sign * ring_area, x + sign * ring_x, y + sign * ring_y
    if total <= 0:
        raise ShapeError("the polygon has no area")
    return LonLat(math.degrees(x / total), math.degrees(math.asin(max(-1.0, min(1.0, y / total)))))


def _moments(ring: Ring) -> tuple[float, float, float]:
    """Area and first moments in the plane of longitude and sine of latitude (Lambert), for true areas."""
    if not ring:
        return 0.0, 0.0, 0.0
    # Counted from the first point, or the small differences between nearby points would be lost to rounding.
    lon0, sin0 = math.radians(ring[0].lon), math.sin(math.radians(ring[0].lat))
    plane = [(math.radians(p.lon) - lon0, math.sin(math.radians(p.lat)) - sin0) for p in ring]
    area = x = y = 0.0
    for (x1, y1), (x2, y2) in pairwise(plane):
        cross = x1 * y2 - x2 * y1
        area, x, y = area + cross / 2, x + (x1 + x2) * cross / 6, y + (y1 + y2) * cross / 6
    return area, x + lon0 * area, y + sin0 * area


def contains(polygon: Polygon, point: LonLat) -> bool:
    """Whether the point lies inside the polygon and in none of its holes."""
    return sum(lon > point.lon for lon in _crossings(polygon, point.lat)) % 2 == 1


def inner_point(polygon: Polygon) -> tuple[LonLat, bool]:
    """A point inside the polygon, and whether it is its centroid.

    A bent country can lie around its centroid; then it is the middle of the widest stretch of the country on
    the centroid's latitude.

    Raises:
        ShapeError: the polygon has no area.
    """
    centre = centroid(polygon)
    if contains(polygon, centre):
        return centre, True
    lons = _crossings(polygon, centre.lat)
    if len(lons) < 2:
        raise ShapeError("the polygon has no inside on the latitude of its centroid")
    west, east = max(zip(lons[::2], lons[1::2], strict=True), key=lambda stretch: stretch[1] - stretch[0])
    return LonLat((west + east) / 2, centre.lat), False


def _crossings(polygon: Polygon, lat: float) -> list[float]:
    """The longitudes, sorted, at which the rings cross a latitude; of its ends an edge has the lower one."""
    return sorted(
        a.lon + (lat - a.lat) / (b.lat - a.lat) * (b.lon - a.lon)
        for ring in polygon
        for a, b in pairwise(ring)
        if (a.lat > lat) != (b.lat > lat)
    )
