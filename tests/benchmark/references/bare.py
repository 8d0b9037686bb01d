"""The floor of a rerun: a button in a fragment that changes one text."""

from __future__ import annotations

import streamlit as st


@st.fragment
def counter() -> None:
    """One button, one text."""
    if st.button("Count"):
        st.session_state["count"] = st.session_state.get("count", 0) + 1
    with st.container(key="count"):
        st.text(f"Count {st.session_state.get('count', 0)}")


st.set_page_config(page_title="Bare", layout="wide")
counter()
