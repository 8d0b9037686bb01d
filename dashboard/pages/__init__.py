"""The HTML pages that the browser shows beside and above the map, one module a page; everything is escaped.

:data:`PAGES` lists them: what the application serves and what an exported page holds are both made from it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dashboard.dossier import Dossier
from dashboard.pages.evidence import evidence_html
from dashboard.pages.method import method_html
from dashboard.pages.person import person_html
from dashboard.pages.search import search_html
from dashboard.pages.slide import closing_html, opening_html, slide_html
from dashboard.pages.source import source_html, sources_html
from dashboard.pages.stop import stop_html
from dashboard.selection import Selection


@dataclass(frozen=True)
class Page:
    """A page and where it is served: ``path`` below the trip's address, with ``{id}`` where it is about one record.

    Exactly one of three makes its HTML: ``of_record``, from the id of a record of the trip's ``collection``;
    ``of_filters``, which follows the filters; ``of_trip``, which is about the whole trip. ``tells_filters``: it says
    which filters are set, so that it needs the whole trip to tell what they leave. ``in_file`` is false for what only
    the application can do.
    """

    path: str
    collection: str = ""
    of_record: Callable[[Dossier, str], str] | None = None
    of_filters: Callable[[Dossier, Selection], str] | None = None
    of_trip: Callable[[Dossier], str] | None = None
    tells_filters: bool = False
    in_file: bool = True

    def html(self, dossier: Dossier, selection: Selection, record: str = "") -> str:
        """The page of this trip under these filters, or of the record with this id.

        Raises:
            KeyError: the trip has no such record.
        """
        if self.of_record:
            return self.of_record(dossier, record)
        return self.of_filters(dossier, selection) if self.of_filters else self._whole(dossier)

    def _whole(self, dossier: Dossier) -> str:
        return self.of_trip(dossier) if self.of_trip else ""

    def address(self, record: str = "") -> str:
        """Where the page is, of this record if it is about one: "stop/amman.html"."""
        return self.path.replace("{id}", record)

    def has(self, dossier: Dossier, record: str) -> bool:
        """Whether the trip has the record that the page is asked for; a page about none has all it needs."""
        return not self.collection or record in getattr(dossier.trip, self.collection)


PAGES = (
    Page("stop/{id}.html", "stops", of_record=stop_html),
    Page("slide/{id}.html", "stops", of_record=slide_html),
    Page("person/{id}.html", "people", of_record=person_html),
    Page("source/{id}.html", "sources", of_record=source_html),
    Page("opening.html", of_filters=opening_html, tells_filters=True),
    Page("closing.html", of_filters=closing_html, tells_filters=True),
    Page("evidence.html", of_filters=evidence_html),
    Page("search.html", of_filters=search_html, in_file=False),
    Page("sources.html", of_trip=sources_html),
    Page("method.html", of_trip=method_html),
)
