"""Country shapes: decoding of the topology, the middle of a country, and the geocoder over them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import dashboard
from dashboard.country_codes import countries
from dashboard.places import CountryShapes
from dashboard.shapes import (
    LonLat,
    NoShapeError,
    ShapeError,
    area,
    centroid,
    contains,
    country_polygons,
    inner_point,
    largest,
)

SHAPE_FILE = Path(dashboard.__file__).parent / "static" / "countries-50m.json"

# Two squares that share an edge, as steps on a grid of half degrees from (10, 20). Arc 0 is the shared edge.
TOPOLOGY: dict[str, Any] = {
    "type": "Topology",
    "transform": {"scale": [0.5, 0.5], "translate": [10, 20]},
    "arcs": [[[4, 0], [0, 4]], [[4, 4], [-4, 0], [0, -4], [4, 0]], [[4, 0], [4, 0], [0, 4], [-4, 0]]],
    "objects": {
        "countries": {
            "geometries": [
                {"type": "Polygon", "id": "001", "arcs": [[0, 1]]},
                {"type": "MultiPolygon", "id": "002", "arcs": [[[2, -1]]]},
                {"type": "Polygon", "properties": {"name": "nobody's"}, "arcs": [[0, 1]]},
            ]
        }
    },
}


@pytest.fixture(scope="module")
def topology() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(SHAPE_FILE.read_bytes())
    return found


def square(west: float, south: float, east: float, north: float) -> list[LonLat]:
    corners = ((west, south), (east, south), (east, north), (west, north), (west, south))
    return [LonLat(*corner) for corner in corners]


def test_arcs_are_steps_on_a_grid_joined_and_turned_round() -> None:
    [[ring]] = country_polygons(TOPOLOGY, "001")
    assert ring == [(12, 20), (12, 22), (10, 22), (10, 20), (12, 20)]
    [[ring]] = country_polygons(TOPOLOGY, "002")
    assert ring == [(12, 20), (14, 20), (14, 22), (12, 22), (12, 20)]


def test_without_a_transform_the_arcs_are_degrees() -> None:
    plain = {**TOPOLOGY, "arcs": [square(1, 2, 3, 4)]}
    plain["objects"] = {"countries": {"geometries": [{"type": "Polygon", "id": "001", "arcs": [[0]]}]}}
    del plain["transform"]
    assert country_polygons(plain, "001") == [[square(1, 2, 3, 4)]]


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {"objects": {"countries": {"geometries": [None]}}},
        {"objects": {"countries": {"geometries": [{"id": "001"}]}}},
        {"objects": {"countries": {"geometries": [{"id": "001", "type": "Point", "arcs": []}]}}},
        {**TOPOLOGY, "arcs": []},
        {**TOPOLOGY, "arcs": [[["x", "y"]]] * 3},
        {**TOPOLOGY, "transform": {"scale": 1}},
    ],
)
def test_a_broken_topology_is_told_apart_from_a_country_it_lacks(broken: dict[str, Any]) -> None:
    with pytest.raises(ShapeError, match="expected a TopoJSON topology") as caught:
        country_polygons(broken, "001")
    assert not isinstance(caught.value, NoShapeError)
    with pytest.raises(NoShapeError, match="999"):
        country_polygons(TOPOLOGY, "999")


@given(west=st.floats(-179, 170), south=st.floats(-89, 80), width=st.floats(0.01, 9), height=st.floats(0.01, 9))
def test_the_centre_of_a_rectangle_lies_within_it_and_does_not_depend_on_direction(
    west: float, south: float, width: float, height: float
) -> None:
    ring = square(west, south, west + width, south + height)
    middle = centroid([ring])
    assert middle.lon == pytest.approx(west + width / 2, abs=1e-6)
    assert south < middle.lat < south + height
    assert centroid([ring[::-1]]) == pytest.approx(middle, abs=1e-9)
    assert contains([ring], middle)


def test_areas_are_those_on_the_sphere() -> None:
    equator, north = [square(0, 0, 10, 10)], [square(0, 70, 12, 80)]
    assert area(equator) > area(north)
    assert largest([north, equator]) is equator
    assert area([square(-180, -90, 180, 90)]) == pytest.approx(4 * 3.14159265, rel=1e-6)


def test_a_hole_moves_the_centre_away_and_is_not_inside() -> None:
    holed = [square(0, -5, 10, 5), square(6, -2, 9, 2)]
    assert centroid(holed).lon < 5
    assert not contains(holed, LonLat(7, 0))


def test_a_bent_country_is_located_inside_itself() -> None:
    bent = [[LonLat(*p) for p in ((0, 0), (10, 0), (10, 1), (1, 1), (1, 9), (10, 9), (10, 10), (0, 10), (0, 0))]]
    assert not contains(bent, centroid(bent))
    point, is_centroid = inner_point(bent)
    assert contains(bent, point)
    assert not is_centroid


def test_what_has_no_area_has_no_centre() -> None:
    with pytest.raises(ShapeError, match="no area"):
        centroid([[LonLat(1, 1), LonLat(1, 1)]])


@pytest.mark.parametrize("code", ["SY", "CY", "PS", "IL", "HR", "NO", "FJ", "AU", "US", "RU", "ZA", "IT"])
def test_each_country_is_located_inside_its_own_shape(code: str, topology: dict[str, Any]) -> None:
    location = CountryShapes(SHAPE_FILE).geocode("", country_codes=code)
    polygons = country_polygons(topology, f"{countries()[code]['isonumeric']:03d}")
    assert any(contains(polygon, LonLat(location.longitude, location.latitude)) for polygon in polygons)


def test_every_country_of_the_map_has_a_middle(topology: dict[str, Any]) -> None:
    for feature in topology["objects"]["countries"]["geometries"]:
        if "id" in feature:
            polygon = largest(country_polygons(topology, feature["id"]))
            assert contains(polygon, inner_point(polygon)[0]), feature


def test_the_geocoder_takes_a_name_or_a_code_and_knows_its_limits(topology: dict[str, Any]) -> None:
    shapes = CountryShapes(SHAPE_FILE)
    assert shapes.geocode("Cyprus").raw["country_code"] == "CY"
    assert len(shapes.geocode("Cyprus", exactly_one=False)) == 1
    assert shapes.geocode("Atlantis") is None
    assert shapes.geocode("French Guiana", country_codes="GF") is None  # no shape of its own on this map
