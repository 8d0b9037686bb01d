"""The page: containers, the map, the browser's parts. Only the small fragment below runs again on a change."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit_folium import st_folium

from dashboard.dossier import Dossier
from dashboard.map.base import base_map
from dashboard.pages.stop import figures_html, not_located_html, title_html
from dashboard.routes import assets_path, data_path
from dashboard.selection import MAX_NOTICES, from_query
from dashboard.ui import session
from dashboard.ui.parts import hub, part
from dashboard.ui.wording import plain

#: The parts that the browser draws, each in the container of its name.
PARTS = (
    "overview",
    "itinerary",
    "stop_panel",
    "timeline",
    "countries",
    "people",
    "reset",
    "nav",
    "view",
    "reader",
    "present",
)


#: Characters that an act on the socket may have; the codes of all countries take 750.
MOST_OF_AN_ACT = 4000


def show(dossier: Dossier) -> None:
    """Show the page for the viewer's selection."""
    session.current(dossier.trip)
    # Until the browser's hub names the selected stop too.
    st.set_page_config(page_title=f"{dossier.trip.file.title} · {dossier.trip.traveller.name}")
    places = _layout()
    with places["map"]:
        show_map()
    with places["notices"]:
        _selection(dossier)
    with places["title"]:
        st.html(title_html(dossier))
    with places["figures"]:
        st.html(figures_html(dossier))
    for name in PARTS:
        with places[name]:
            part(name, assets_path())
    if missing := not_located_html(dossier):
        with places["missing"]:
            st.html(missing)


def _layout() -> dict[str, DeltaGenerator]:
    """The page's containers by name. They are laid out first, so that the map can be sent before all else."""
    places = {}
    with st.container(key="top", horizontal=True):
        for name in ("title", "nav", "figures"):
            places[name] = st.container(key=name)
    with st.container(key="controls"):
        places["timeline"] = st.container(key="date_range")
        with st.container(key="filters", horizontal=True):
            for name in ("countries", "people", "reset"):
                places[name] = st.container(key=name)
        places["notices"] = st.container(key="notices")
        places["missing"] = st.container(key="missing")
    with st.container(key="body"):
        with st.container(key="stage"):
            places["map"] = st.container(key="map")
            with st.container(key="panel"):
                places["overview"] = st.container(key="overview")
                places["itinerary"] = st.container(key="itinerary")
                places["stop_panel"] = st.container(key="stop_panel")
        places["view"] = st.container(key="view")
    for name in ("present", "reader"):
        places[name] = st.container(key=name)
    return places


def show_map() -> None:
    """The map's frame. Its content is constant and it reports nothing: both go through the hub."""
    st_folium(base_map(assets_path()), key="trip_map", height=600, use_container_width=True, returned_objects=[])


@st.fragment
def _selection(dossier: Dossier) -> None:
    """All that runs again on a change: what is to be told of it, and the hub that confirms it to the browser."""
    selection = session.current(dossier.trip)
    reason = selection.why_empty(dossier.trip)
    for notice in session.notices()[: MAX_NOTICES - bool(reason)]:
        st.info(plain(notice))
    if reason:
        st.warning(plain(f"{reason} Widen the filters, or press Reset."))
    hub(assets_path(), data_path(dossier), session.state(), lambda: _act(dossier))


def _act(dossier: Dossier) -> None:
    """Take what the browser's hub reports: changes to the query, which is then read like a link."""
    act = st.session_state["hub"]["act"]
    if isinstance(act, dict) and isinstance(act.get("n"), int) and isinstance(act.get("change"), dict):
        session.heard(act["n"])
        change = _bounded(act["change"])
        session.choose(*from_query({**session.current(dossier.trip).to_query(), **change}, dossier.trip))


def _bounded(change: Mapping[object, object]) -> dict[str, str]:
    """What an act changes; one larger than any that the browser's parts report changes nothing."""
    words = {key: str(value) if value else "" for key, value in change.items() if isinstance(value, str | int | None)}
    size = sum(len(str(key)) + len(value) for key, value in words.items())
    return {str(key): value for key, value in words.items()} if size <= MOST_OF_AN_ACT else {}
