"""Reference 2: streamlit-folium as its documentation recommends it for a map that changes.

A constant base map, the stops in a feature group, one fragment, one returned object, everything else cached.
``BENCH_LAYER=geojson`` draws all stops as one ``folium.GeoJson`` instead of a marker each.
"""

from __future__ import annotations

import os
from typing import Any

import folium
import streamlit as st
from streamlit_folium import st_folium
from trip_stops import LEAFLET, Stop, after, count_text, country_names, days, label, read_stops, visible

GEOJSON = os.environ.get("BENCH_LAYER") == "geojson"
RETURNED = "last_active_drawing" if GEOJSON else "last_object_clicked_tooltip"


@st.cache_resource
def trip() -> list[Stop]:
    """The stops, read once for all viewers."""
    return read_stops()


@st.cache_resource
def by_label() -> dict[str, Stop]:
    """The stops by what their tooltip says."""
    return {label(stop): stop for stop in trip()}


def base_map() -> folium.Map:
    """The map without the stops: the same each time, so that its frame stays."""
    result = folium.Map(location=(30, 20), zoom_start=2, tiles=None)
    result.default_js = [("leaflet", f"{LEAFLET}/leaflet.js"), ("offline", f"{LEAFLET}/offline.js")]
    result.default_css = [("leaflet", f"{LEAFLET}/leaflet.css")]
    return result


def layer(shown: list[Stop]) -> folium.FeatureGroup:
    """The stops that are shown, either a marker each or all in one."""
    group = folium.FeatureGroup(name="stops")
    if not GEOJSON:
        for stop in shown:
            folium.Marker((stop["lat"], stop["lon"]), tooltip=label(stop)).add_to(group)
    elif shown:
        marker, tooltip = folium.CircleMarker(radius=7, fill=True), folium.GeoJsonTooltip(["label"], labels=False)
        folium.GeoJson(collection(shown), marker=marker, tooltip=tooltip).add_to(group)
    return group


def collection(shown: list[Stop]) -> dict[str, Any]:
    """The stops as GeoJSON."""
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [stop["lon"], stop["lat"]]},
            "properties": {"label": label(stop)},
        }
        for stop in shown
    ]
    return {"type": "FeatureCollection", "features": features}


def take_click() -> None:
    """Remember the stop that was clicked."""
    value = st.session_state["trip_map"].get(RETURNED)
    if value:
        st.session_state["stop"] = by_label()[value["properties"]["label"] if GEOJSON else value]


@st.fragment
def page() -> None:
    """Controls, map and panel; only this runs again."""
    stops = trip()
    begin, end = days(stops)
    first, last = st.slider("Days", begin, end, (begin, end), key="days")
    countries = st.multiselect("Countries", country_names(stops), key="countries")
    shown = visible(stops, first, last, countries)
    with st.container(key="count"):
        st.write(count_text(shown, stops, first, last))
    left, right = st.columns([3, 2])
    with left:
        st_folium(
            base_map(),
            key="trip_map",
            feature_group_to_add=layer(shown),
            returned_objects=[RETURNED],
            on_change=take_click,
            use_container_width=True,
            height=600,
        )
    with right, st.container(key="stop"):
        if st.button("Next stop", shortcut="PageDown"):
            st.session_state["stop"] = after(st.session_state.get("stop"), shown)
        panel(st.session_state.get("stop"))


def panel(stop: Stop | None) -> None:
    """What the trip says of the selected stop."""
    if stop is None:
        st.write("Click on a marker.")
        return
    st.subheader(label(stop))
    st.write(f"{stop['country']}, {stop['first']} to {stop['last']}")
    st.write(stop["remarks"])


st.set_page_config(page_title="Tuned", layout="wide")
page()
