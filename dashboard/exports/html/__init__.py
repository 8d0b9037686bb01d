"""A view as one HTML file that needs neither an application nor a network: the dashboard's own parts in one document.

The browser's code is that of the application (``frontend/src``). What the application would serve (the map's
data, the HTML pages, the countries) lies in the document as JSON; ``standalone.js`` hands it out in the
application's place. On paper the document is a handout (:mod:`dashboard.exports.html.handout`).
"""

from __future__ import annotations

import json

from markupsafe import Markup

from dashboard.bundle import static_folder
from dashboard.exports.html.archive import archive
from dashboard.exports.html.code import bundled_script, policy, style
from dashboard.exports.html.handout import handout, imprint
from dashboard.exports.html.land import countries_json
from dashboard.exports.html.part import part_of
from dashboard.exports.portion import Portion
from dashboard.map.data import map_json
from dashboard.pages.overview import overview_html
from dashboard.pages.render import render
from dashboard.pages.stop import figures_html, not_located_html, title_html

#: Their terms go with the code and the shapes that the file holds.
LICENCES = ("leaflet.LICENSE", "topojson-client.LICENSE", "world-atlas.LICENSE")


def write(portion: Portion) -> bytes:
    """The file's bytes, UTF-8."""
    part = part_of(portion)
    theme, code = bundled_script("theme.js"), bundled_script("standalone.js")
    html = render(
        "standalone.html",
        policy=policy([theme, code]),
        licences=_licences(),
        style=style(),
        theme=theme.html,
        script=code.html,
        title=portion.trip.file.title,
        head=[Markup(html) for html in (title_html(part), figures_html(part), not_located_html(part))],
        data={
            "trip-map": _embedded(map_json(part, overview_html(part)).decode()),
            "trip-pages": _embedded(json.dumps(archive(portion, part), ensure_ascii=False, separators=(",", ":"))),
            "trip-countries": _embedded(countries_json()),
        },
        imprint=imprint(portion),
        handout=handout(portion),
    )
    return html.encode("utf-8", "replace")


def _embedded(json_text: str) -> Markup:
    """JSON that no text in it can end: HTML reads a script element up to the next ``</script``."""
    return Markup(json_text.replace("<", "\\u003c"))


def _licences() -> Markup:
    """The licences as the text of an HTML comment, which two hyphens might end."""
    texts = [f"{name}\n{(static_folder() / name).read_text(encoding='utf-8').strip()}" for name in LICENCES]
    return Markup("\n\n".join(texts).replace("--", "- -"))
