"""Files that leave the application, one module a format: each has ``write``, which turns a view into bytes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module

from dashboard.exports.portion import Portion, chosen_part

__all__ = ["FORMATS", "Format", "Portion", "TooLargeError", "chosen_part"]


class TooLargeError(Exception):
    """A view has more stops than its format is written for; the message says what to do."""


@dataclass(frozen=True)
class Format:
    """A format that a view can be written in; ``name`` is what the command line calls it."""

    name: str
    label: str
    suffix: str
    media_type: str
    writer: Callable[[Portion], bytes]
    most_stops: int | None = None

    @property
    def is_text(self) -> bool:
        """Whether a terminal can show it."""
        return self.suffix != ".pptx"

    def check(self, portion: Portion) -> None:
        """Make sure that the view is not too large for this format.

        Raises:
            TooLargeError: it has too many stops.
        """
        count = len(portion.stops)
        if self.most_stops and count > self.most_stops:
            raise TooLargeError(
                f"{self.label}: written for at most {self.most_stops} stops, this view has {count:,}; "
                "choose countries or days, or take the web page."
            )

    def write(self, portion: Portion) -> bytes:
        """The file's bytes.

        Raises:
            TooLargeError: the view has too many stops for this format.
        """
        self.check(portion)
        return self.writer(portion)

    def file_name(self, portion: Portion) -> str:
        """What to call the file: the trip's id, and what its filters are."""
        chosen = portion.selection
        days = [day.isoformat() for day in (chosen.first, chosen.last) if day]
        person = [chosen.person] if chosen.person else []
        parts = [portion.trip.file.id, *(code.lower() for code in chosen.countries), *person, *days]
        return "-".join(parts)[:120] + self.suffix


def _from(module: str) -> Callable[[Portion], bytes]:
    """The ``write`` of a module that is imported only when it is needed: the libraries are large."""

    def write(portion: Portion) -> bytes:
        data: bytes = import_module(f"dashboard.exports.{module}").write(portion)
        return data

    return write


_ALL = (
    Format(
        "pptx",
        "PowerPoint slides",
        ".pptx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        _from("pptx"),
        most_stops=200,  # a slide takes a tenth of a second, and nobody shows more
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
