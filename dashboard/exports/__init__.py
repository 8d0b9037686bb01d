"""Files that leave the application, one module a format: each has ``write``, which turns a view into bytes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module

from dashboard.exports.view import View, chosen_part

__all__ = ["FORMATS", "Format", "View", "chosen_part"]


@dataclass(frozen=True)
class Format:
    """A format that a view can be written in; ``name`` is what the command line calls it."""

    name: str
    label: str
    suffix: str
    media_type: str
    write: Callable[[View], bytes]

    @property
    def is_text(self) -> bool:
        """Whether a terminal can show it."""
        return self.suffix != ".pptx"

    def file_name(self, view: View) -> str:
        """What to call the file: the trip's id, and what its filters are."""
        chosen = view.selection
        days = [day.isoformat() for day in (chosen.first, chosen.last) if day]
        person = [chosen.person] if chosen.person else []
        parts = [view.trip.file.id, *(code.lower() for code in chosen.countries), *person, *days]
        return "-".join(parts)[:120] + self.suffix


def _from(module: str) -> Callable[[View], bytes]:
    """The ``write`` of a module that is imported only when it is needed: the libraries are large."""

    def write(view: View) -> bytes:
        data: bytes = import_module(f"dashboard.exports.{module}").write(view)
        return data

    return write


_ALL = (
    Format(
        "pptx",
        "PowerPoint slides",
        ".pptx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        _from("pptx"),
    ),
    Format("html", "One web page, works offline", ".html", "text/html; charset=utf-8", _from("html")),
    Format("geojson", "GeoJSON", ".geojson", "application/geo+json", _from("geojson")),
    Format("kml", "KML for Google Earth", ".kml", "application/vnd.google-earth.kml+xml", _from("kml")),
    Format("csv", "CSV table", ".csv", "text/csv; charset=utf-8", _from("csv")),
    Format("ics", "Calendar (ICS)", ".ics", "text/calendar; charset=utf-8", _from("ics")),
    Format("json", "JSON, the verified trip", ".json", "application/json", _from("json")),
)

#: The formats by name, in the order in which a menu offers them.
FORMATS: Mapping[str, Format] = {item.name: item for item in _ALL}
