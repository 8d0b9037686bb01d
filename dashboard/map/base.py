"""The constant folium map: no tiles, no public host, nothing that changes from one view to the next.

Everything that changes (which stops are shown, which one is selected) reaches the map inside the browser, through
the store of ``frontend/src``; so the map's frame is made once and never again.
"""

from __future__ import annotations

import folium
from branca.element import MacroElement
from folium.template import Template

#: The component's frame is served two folders below the application's root.
ROOT = "../.."


class _TripLayer(MacroElement):
    """Starts ``frontend/src/frame.js`` on the map; the trip itself is fetched from the application."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        TripMap.start({{ this._parent.get_name() }}, {{ this.assets|tojson }});
        {% endmacro %}
        """
    )

    def __init__(self, assets: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "TripLayer"
        self.assets = assets


def base_map(assets: str) -> folium.Map:
    """A fresh map, the same each time: streamlit-folium alters the one it is given.

    ``assets`` is the path, from the application's root, under which the browser's files are served.
    """
    base = f"{ROOT}/{assets}"
    result = folium.Map(location=(30, 80), zoom_start=3, tiles=None, zoom_control=True, prefer_canvas=False)
    result.default_js = [("trip-map", f"{base}/frame.js")]
    result.default_css = [("trip-map", f"{base}/frame.css")]
    result.add_child(_TripLayer(base))
    return result
