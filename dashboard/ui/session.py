"""What Streamlit keeps for one viewer: the selection, the notices about it, and how far the browser is ahead.

The selection is written here and nowhere else; the address bar is written from it and read back when it differs.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard.model import Trip
from dashboard.selection import Selection, from_query

SELECTION, NOTICES, LINK, ECHO, SESSION = "selection", "notices", "link", "echo", "session_id"


def current(trip: Trip) -> Selection:
    """The viewer's selection; taken from the address bar on the first run and whenever the reader has changed it."""
    asked = _asked()
    if SELECTION not in st.session_state or asked != st.session_state[LINK]:
        choose(*from_query(asked, trip))
    selection: Selection = st.session_state[SELECTION]
    return selection


def choose(selection: Selection, notices: Sequence[str] = ()) -> None:
    """Make this the viewer's selection and put it into the address bar."""
    st.session_state[SELECTION] = selection
    st.session_state[NOTICES] = tuple(notices)
    st.session_state[LINK] = selection.to_query()
    if _asked() != selection.to_query():
        st.query_params.from_dict(selection.to_query())


def notices() -> tuple[str, ...]:
    """What to tell the reader about the last change of the selection."""
    found: tuple[str, ...] = st.session_state.get(NOTICES, ())
    return found


def heard(number: int) -> None:
    """Note the browser's last act, so that its answer can be told from an older one."""
    st.session_state[ECHO] = number


def state() -> Mapping[str, object]:
    """What the browser's hub is told: the selection as a query, the act it answers, and whose session this is."""
    st.session_state.setdefault(SESSION, secrets.token_hex(8))
    return {
        "query": st.session_state[SELECTION].to_query(),
        "echo": st.session_state.get(ECHO, 0),
        "session": st.session_state[SESSION],
    }


def _asked() -> dict[str, str]:
    """The address bar's parameters, repeated ones joined by commas."""
    return {key: ",".join(st.query_params.get_all(key)) for key in st.query_params}
