"""Mounts the parts of the page (``frontend/src/parts``) as one Streamlit component; the application has the code."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

# Sent with every element, so it is kept small: the parts' code is fetched once and kept by the browser.
_SCRIPT = """
export default function (component) {
  const { data } = component;
  let end = null;
  let gone = false;
  import(new URL(`/${data.assets}/app.js`, document.baseURI).href).then((app) => {
    if (!gone) end = app.mount(component);
  });
  return () => {
    gone = true;
    if (end) end();
  };
}
"""

_part = st.components.v2.component("trip_part", js=_SCRIPT, isolate_styles=False)


def part(name: str, assets: str) -> None:
    """Mount one part of the page; it takes all it shows from the hub.

    Its trigger ``again`` asks for nothing but a run of the whole page, after the connection was lost.
    """
    _part(key=f"part_{name}", data={"part": name, "assets": assets}, on_again_change=_nothing)


def _nothing() -> None:
    """The run itself is all that was asked for."""


def hub(assets: str, base: str, state: Mapping[str, object], on_act: Callable[[], None]) -> None:
    """Mount the hub: it takes the viewer's state and reports each act (``st.session_state["hub"]["act"]``)."""
    _part(key="hub", data={"part": "hub", "assets": assets, "base": f"/{base}", **state}, on_act_change=on_act)
