"""The explore page: date range, countries, map and panel. Only the small fragment below runs again on a change."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st
from streamlit_folium import st_folium

from dashboard.dossier import Dossier
from dashboard.map.base import base_map
from dashboard.pages.stop import figures_html, not_located_html, title_html
from dashboard.routes import assets_path, data_path
from dashboard.selection import Selection, from_query
from dashboard.ui import session
from dashboard.ui.parts import hub, part
from dashboard.ui.wording import plain

#: More countries than this are offered as a list to search in, not as buttons.
MANY_COUNTRIES = 16


def show(dossier: Dossier) -> None:
    """Show the page for the viewer's selection."""
    session.current(dossier.trip)
    with st.container(key="top", horizontal=True):
        st.html(title_html(dossier))
        with st.container(key="nav"):
            part("nav", assets_path())
        st.html(figures_html(dossier))
    with st.container(key="controls"):
        with st.container(key="date_range"):
            part("timeline", assets_path())
        _selection(dossier)
    if missing := not_located_html(dossier):
        st.html(missing)
    with st.container(key="body"):
        with st.container(key="stage"):
            with st.container(key="map"):
                show_map()
            with st.container(key="panel"):
                with st.container(key="itinerary"):
                    part("itinerary", assets_path())
                with st.container(key="stop_panel"):
                    part("stop_panel", assets_path())
        with st.container(key="view"):
            part("view", assets_path())
    with st.container(key="present"):
        part("present", assets_path())
    with st.container(key="reader"):
        part("reader", assets_path())


def show_map() -> None:
    """The map's frame. Its content is constant and it reports nothing: both go through the hub."""
    st_folium(base_map(assets_path()), key="trip_map", height=600, use_container_width=True, returned_objects=[])


@st.fragment
def _selection(dossier: Dossier) -> None:
    """The controls that Python draws, and the hub that tells the browser the selection."""
    selection = session.current(dossier.trip)
    names = dossier.trip.countries
    with st.container(key="filters", horizontal=True):
        with st.container(key="countries"):
            _country_choice(dossier, selection, list(names.values()))
        with st.container(key="people"):
            _person_choice(dossier, selection)
        with st.container(key="reset"):
            st.button(
                "Reset",
                key="reset_button",
                on_click=_reset,
                args=(dossier,),
                disabled=not (selection.is_filtered or selection.stop),
            )
    for notice in session.notices():
        st.info(plain(notice))
    if reason := selection.why_empty(dossier.trip):
        st.warning(plain(f"{reason} Widen the filters, or press Reset."))
    hub(assets_path(), data_path(dossier), session.state(), lambda: _act(dossier))


def _country_choice(dossier: Dossier, selection: Selection, names: list[str]) -> None:
    """The countries as buttons, or as a list to search in where they are many."""
    chosen = dossier.trip.countries
    st.session_state["countries_choice"] = [chosen[code] for code in selection.countries]
    if len(names) <= MANY_COUNTRIES:
        st.pills(
            "Countries",
            names,
            selection_mode="multi",
            key="countries_choice",
            format_func=plain,
            label_visibility="collapsed",
            on_change=_countries,
            args=(dossier,),
        )
    else:
        st.multiselect(
            "Countries",
            names,
            key="countries_choice",
            placeholder="All countries",
            label_visibility="collapsed",
            on_change=_countries,
            args=(dossier,),
        )


def _person_choice(dossier: Dossier, selection: Selection) -> None:
    """One person to filter by; every spelling is part of the label, so that typing any of them finds it."""
    trip = dossier.trip
    ids = sorted((person for person in trip.people if person != trip.file.traveller), key=lambda p: trip.people[p].name)
    st.session_state["person_choice"] = selection.person
    st.selectbox(
        "Person",
        ids,
        key="person_choice",
        index=None,
        format_func=lambda person: " · ".join(
            dict.fromkeys((trip.people[person].name, *trip.people[person].spellings))
        ),
        placeholder="Everyone",
        label_visibility="collapsed",
        on_change=_person,
        args=(dossier,),
    )


def _person(dossier: Dossier) -> None:
    _change(dossier, {"person": st.session_state["person_choice"] or ""})


def _act(dossier: Dossier) -> None:
    """Take what the browser's hub reports: changes to the query, which is then read like a link."""
    act = st.session_state["hub"]["act"]
    if isinstance(act, dict) and isinstance(act.get("n"), int) and isinstance(act.get("change"), dict):
        session.heard(act["n"])
        _change(dossier, {str(key): str(value or "") for key, value in act["change"].items()})


def _change(dossier: Dossier, change: Mapping[str, str]) -> None:
    query = {**session.current(dossier.trip).to_query(), **change}
    session.choose(*from_query(query, dossier.trip))


def _countries(dossier: Dossier) -> None:
    chosen = set(st.session_state["countries_choice"])
    codes = [code for code, name in dossier.trip.countries.items() if name in chosen]
    _change(dossier, {"country": ",".join(codes)})


def _reset(dossier: Dossier) -> None:
    session.choose(session.current(dossier.trip).without_filters())
