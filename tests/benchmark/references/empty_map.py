"""The floor of a cold load: an otherwise empty page with one map of streamlit-folium."""

from __future__ import annotations

import folium
import streamlit as st
from streamlit_folium import st_folium
from trip_stops import LEAFLET

st.set_page_config(page_title="Empty map", layout="wide")
trip_map = folium.Map(location=(30, 20), zoom_start=2, tiles=None)
trip_map.default_js = [("leaflet", f"{LEAFLET}/leaflet.js")]
trip_map.default_css = [("leaflet", f"{LEAFLET}/leaflet.css")]
st_folium(trip_map, key="map", use_container_width=True, height=600, returned_objects=[])
