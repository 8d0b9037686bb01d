"""The script that Streamlit runs for each viewer: opens the trip, or says what is wrong with it, and shows the page."""

from __future__ import annotations

import streamlit as st

from dashboard.dossier import Dossier, Shelf, shelf
from dashboard.problems import TripError
from dashboard.ui import explore


def main() -> None:
    """Draw the page."""
    st.set_page_config(page_title="Trip Dashboard", layout="wide", initial_sidebar_state="collapsed")
    try:
        dossier = _open(shelf())
    except TripError as error:
        _show_problems(error)
        return
    explore.show(dossier)


def _open(shelf_: Shelf) -> Dossier:
    """The dossier; the first viewer of a trip sees how far the locating of its places has come."""
    if shelf_.is_ready():
        return shelf_.open()
    bar = st.progress(0.0, "Opening the trip")

    def tell(done: int, count: int, name: str) -> None:
        bar.progress(done / max(1, count), f"Locating {name}")

    dossier = shelf_.open(tell)
    bar.empty()
    return dossier


def _show_problems(error: TripError) -> None:
    st.title("This trip cannot be shown yet")
    st.write("Each line says what was expected, what was found, and what to do. Correct the file and reload the page.")
    for problem in error.problems:
        st.code(str(problem), language=None, wrap_lines=True)


main()
