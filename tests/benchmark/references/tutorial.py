"""Reference 1: the way the tutorials of streamlit-folium show it. The whole script runs again at every change.

A ``folium.Marker`` with a popup for each stop, ``st_folium`` with its defaults, no cache and no fragment.
"""

from __future__ import annotations

import folium
import streamlit as st
from streamlit_folium import st_folium
from trip_stops import LEAFLET, after, count_text, country_names, days, label, read_stops, visible

st.set_page_config(page_title="Tutorial", layout="wide")
stops = read_stops()
begin, end = days(stops)

first, last = st.slider("Days", begin, end, (begin, end), key="days")
countries = st.multiselect("Countries", country_names(stops), key="countries")
shown = visible(stops, first, last, countries)
with st.container(key="count"):
    st.write(count_text(shown, stops, first, last))

left, right = st.columns([3, 2])
with left:
    trip_map = folium.Map(location=(30, 20), zoom_start=2, tiles=None)
    trip_map.default_js = [("leaflet", f"{LEAFLET}/leaflet.js"), ("offline", f"{LEAFLET}/offline.js")]
    trip_map.default_css = [("leaflet", f"{LEAFLET}/leaflet.css")]
    for stop in shown:
        folium.Marker((stop["lat"], stop["lon"]), popup=label(stop)).add_to(trip_map)
    output = st_folium(trip_map, use_container_width=True, height=600)

popup = output.get("last_object_clicked_popup")
if popup and popup != st.session_state.get("popup"):
    st.session_state["popup"] = popup
    st.session_state["stop"] = next(stop for stop in stops if label(stop) == popup)
with right, st.container(key="stop"):
    if st.button("Next stop", shortcut="PageDown"):
        st.session_state["stop"] = after(st.session_state.get("stop"), shown)
    if selected := st.session_state.get("stop"):
        st.subheader(label(selected))
        st.write(f"{selected['country']}, {selected['first']} to {selected['last']}")
        st.write(selected["remarks"])
    else:
        st.write("Click on a marker.")
