"""A view as KML 2.2: its stops as placemarks and its legs as lines, for Google Earth and other viewers.

simplekml leaves data and CDATA sections unescaped and keeps the file that it compiles in class attributes; so every
text is escaped here, and one file is made at a time. Stops have no icon of their own: simplekml's is on the network.
"""

from __future__ import annotations

import html
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import simplekml

from dashboard.exports.geojson import leg_properties, stop_properties
from dashboard.exports.portion import Portion
from dashboard.exports.words import about_portion, plain, stop_when, whole_lines
from dashboard.facts import stop_facts
from dashboard.model import Stop
from dashboard.route import Leg

HEADER = '<?xml version="1.0" encoding="UTF-8"?>\n'
#: Colours as KML has them: alpha, blue, green, red.
ACCENT, QUIET = "ff63550b", "9963550b"

#: A placemark has an id of its own too; GDAL would take the two for one.
_DATA_NAMES = {"id": "record_id"}

_one_at_a_time = threading.Lock()


def write(portion: Portion) -> bytes:
    """The file's bytes, UTF-8."""
    about = [*about_portion(portion), *_list("the whole trip", whole_lines(portion))]
    with _file(name=_xml(portion.trip.file.title), description=_html(about)) as kml:
        _data(kml.document, portion.imprint)
        stops, legs = kml.newfolder(name="Stops"), kml.newfolder(name="Legs")
        for stop in portion.stops:
            _stop(stops, portion, stop)
        for leg in portion.legs:
            _leg(legs, portion, leg)
        text: str = kml.kml(format=False)
    return (HEADER + text + "\n").encode("utf-8")


@contextmanager
def _file(**about: str) -> Iterator[Any]:
    """An empty file in which texts are left as they are and ids count from 1, whatever was written before.

    simplekml keeps both for all files of the process, the counter in ``Kmlable`` and what ``parsetext`` turns;
    ``tests/test_upgrades.py`` says what to look at should that change.
    """
    with _one_at_a_time:
        simplekml.Kml.resetidcounter()
        kml = simplekml.Kml(**about)
        kml.parsetext(False)  # each text is escaped here
        yield kml


def _stop(folder: Any, portion: Portion, stop: Stop) -> None:
    properties, facts = stop_properties(portion, stop), stop_facts(portion.dossier, stop)
    name = _xml(f"{facts.number} {facts.place}")
    if facts.located_as:
        mark = folder.newpoint(name=name, coords=[(facts.lon, facts.lat)])
    else:  # a point without coordinates would stand at 0, 0
        mark = folder.newmultigeometry(name=name)
    mark.timespan.begin = facts.first_day.isoformat() if facts.first_day else None
    mark.timespan.end = facts.last_day.isoformat() if facts.last_day else None
    lines = [stop_when(facts), f"{facts.status_words}: {facts.status_reason}", facts.verdict]
    lines += [fact.sentence for fact in facts.shown]
    lists = [line for key in ("meetings", "quotes", "references") for line in _list(key, properties[key])]
    mark.description = _html([*lines, *lists])
    _data(mark, properties)


def _list(heading: str, items: list[str]) -> list[str]:
    return ["", heading.capitalize(), *items] if items else []


def _leg(folder: Any, portion: Portion, leg: Leg) -> None:
    ends = " to ".join(portion.trip.stops[end].name for end in (leg.start, leg.end))
    basis = "".join([", order inferred" if leg.inferred else "", ", announced only" if leg.planned else ""])
    mark = folder.newmultigeometry(name=_xml(f"{leg.number} {ends}{basis}"))
    for line in leg.lines:
        mark.newlinestring(coords=list(line), tessellate=1)
    mark.style.linestyle.color = QUIET if leg.inferred or leg.planned else ACCENT
    mark.style.linestyle.width = 2 if leg.inferred or leg.planned else 3
    _data(mark, leg_properties(leg))


def _data(feature: Any, values: Mapping[str, object]) -> None:
    for name, value in values.items():
        text = "\n".join(value) if isinstance(value, list) else str(value)
        if value is not None and name != "name":  # a placemark has a name of its own
            feature.extendeddata.newdata(name=_DATA_NAMES.get(name, name), value=_xml(text))


def _xml(text: str) -> str:
    return html.escape(plain(text), quote=False)


def _html(lines: list[str]) -> str:
    """Lines as the HTML that viewers expect in a description, escaped once more for the XML around it."""
    return _xml("<br>".join(html.escape(plain(line), quote=False).replace("\n", "<br>") for line in lines))
