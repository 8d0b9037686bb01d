"""What the application serves beside its page, asked as a server asks it."""

from __future__ import annotations

import io
import json
import re
import shutil
import zipfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import anyio
import pytest
from starlette.applications import Starlette

import dashboard
from dashboard.bundle import static_folder
from dashboard.dossier import Shelf
from dashboard.exporting import Exporting
from dashboard.exports import FORMATS
from dashboard.pages.evidence import evidence_html
from dashboard.pages.stop import stop_html
from dashboard.places import Located, NotLocated, Place
from dashboard.problems import TripError
from dashboard.routes import assets_path, data_path, digest_of, routes
from dashboard.selection import Selection
from dashboard.workshop import Workshop
from tests.conftest import make_trip

WITHOUT = shutil.ignore_patterns("__pycache__", "countries-*")  # the outlines are large and tell nothing here
KEPT = "private, max-age=31536000, immutable"
KEPT_BY_ALL = "public, max-age=31536000, immutable"


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


def get(shelf: Shelf, path: str, query: str = "") -> Answer:
    """One GET request to the routes of this shelf. (Starlette's TestClient needs a package that we do without.)"""
    sent: list[Any] = []
    asgi = {"version": "3.0", "spec_version": "2.4"}
    scope = {"type": "http", "method": "GET", "path": path, "query_string": query.encode(), "asgi": asgi}
    scope |= {"headers": [], "scheme": "http", "server": ("127.0.0.1", 8501)}

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    anyio.run(Starlette(routes=routes(shelf, Exporting(Workshop()))), scope, receive, send)
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return Answer(sent[0]["status"], headers, b"".join(message.get("body", b"") for message in sent[1:]))


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(make_trip(tmp_path))


def test_the_trip_stands_under_its_fingerprint(shelf: Shelf) -> None:
    dossier = shelf.open()
    answer = get(shelf, f"/{data_path(dossier)}/map.json")
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["cache-control"] == KEPT
    assert json.loads(answer.body)["title"] == "A voyage to three ports"


def test_each_stop_has_its_page(shelf: Shelf) -> None:
    dossier = shelf.open()
    for stop in dossier.trip.stops:
        answer = get(shelf, f"/{data_path(dossier)}/stop/{stop}.html")
        assert answer.status == 200
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert answer.headers["cache-control"] == KEPT
        assert answer.body.decode() == stop_html(dossier, stop)


@pytest.mark.parametrize("page", ["person/tom", "source/log", "evidence", "sources", "method", "search"])
def test_the_other_pages_are_kept_too(shelf: Shelf, page: str) -> None:
    answer = get(shelf, f"/{data_path(shelf.open())}/{page}.html")
    assert (answer.status, answer.headers["cache-control"]) == (200, KEPT)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"


def test_what_is_unknown_is_not_found_and_not_kept(shelf: Shelf) -> None:
    data = data_path(shelf.open())
    earlier = f"{data.rpartition('/')[0]}/0123456789abcdef"
    paths = [
        f"/{earlier}/map.json",
        f"/{earlier}/stop/calder.html",
        f"/{data}/stop/atlantis.html",
        f"/{data}/person/eve.html",
        f"/{data}/source/diary.html",
        f"/{data}/stop/<script>.html",
        f"/{data}/stop/calder",
        f"/{data}/trip.toml",
        f"/{assets_path()}/nothing.js",
        f"/{assets_path()}/../routes.py",
        "/assets/000000000000/app.js",
    ]
    for path in paths:
        answer = get(shelf, path)
        assert answer.status == 404, path
        assert "cache-control" not in answer.headers
        assert b"<script>" not in answer.body
    assert b"reload" in get(shelf, paths[0]).body


@pytest.mark.parametrize("name", FORMATS)
def test_a_part_of_the_trip_is_taken_away_as_a_file(shelf: Shelf, name: str) -> None:
    answer = get(shelf, f"/{data_path(shelf.open())}/export/{name}", "country=GB&stop=brindle")
    assert answer.status == 200
    assert answer.headers["content-type"] == FORMATS[name].media_type
    assert answer.headers["content-disposition"] == f'attachment; filename="voyage-gb{FORMATS[name].suffix}"'
    assert answer.headers["cache-control"] == "no-store"
    text = _unpacked(answer.body) if name == "pptx" else answer.body.decode()
    assert "1 of 3 stops" in text
    assert "Brindle" in text


def test_a_file_says_what_it_holds_and_where_that_is(shelf: Shelf) -> None:
    path = f"/{data_path(shelf.open())}/export/json"
    made = json.loads(get(shelf, path, "country=IE&slide=99&from=2031-05-04").body)
    assert "link" not in made["view"]  # nobody else reaches this machine by its own name
    assert made["view"]["fingerprint"] == shelf.open().fingerprint
    assert [stop["id"] for stop in made["stops"]] == ["calder"]
    whole = json.loads(get(shelf, path).body)
    assert [stop["id"] for stop in whole["stops"]] == ["brindle", "calder", "dunmore"]
    assert "link" not in whole["view"]


def test_an_unknown_format_is_told(shelf: Shelf) -> None:
    answer = get(shelf, f"/{data_path(shelf.open())}/export/docx")
    assert (answer.status, answer.body.decode()) == (404, f"Expected one of {', '.join(FORMATS)}.")
    assert "content-disposition" not in answer.headers


def test_a_page_follows_the_filters_of_its_address(shelf: Shelf) -> None:
    dossier = shelf.open()
    answer = get(shelf, f"/{data_path(dossier)}/evidence.html", "country=IE")
    assert answer.body.decode() == evidence_html(dossier, Selection(countries=("IE",)))
    assert answer.body.decode() != evidence_html(dossier, Selection())


def _unpacked(body: bytes) -> str:
    """The text of every part of an Office file."""
    with zipfile.ZipFile(io.BytesIO(body)) as parts:
        return " ".join(parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml"))


def test_an_unopened_trip_is_not_found(shelf: Shelf) -> None:
    dossier = Shelf(shelf.folder).open()
    assert get(shelf, f"/{data_path(dossier)}/map.json").status == 404
    assert get(shelf, "/health").body == b"ok"


def test_assets_are_served_whole_and_kept(shelf: Shelf) -> None:
    files = [file for file in static_folder().iterdir() if file.suffix in (".js", ".css", ".json")]
    assert len(files) == 9
    for file in files:
        answer = get(shelf, f"/{assets_path()}/{file.name}")
        assert (answer.status, answer.headers["cache-control"]) == (200, KEPT_BY_ALL)
        assert answer.body == file.read_bytes()


def test_the_front_page_has_our_styles_and_names_the_open_trips_data(shelf: Shelf) -> None:
    data = data_path(shelf.open())
    page = get(shelf, "/")
    html = page.body.decode()
    assert page.headers["cache-control"] == "no-cache"
    assert (static_folder() / "page.css").read_text(encoding="utf-8") in html
    assert html.index('<div id="root">') < html.index("<style>") < html.index("</body>")
    named = re.findall(r'<link rel="(\w+)"[^>]* href="(/(?:assets|trip)/[^"]+)"', html)
    assert ("preload", f"/{data}/map.json") in named
    assert len(named) == 3
    for _, address in named:
        assert get(shelf, address).status == 200


def test_before_the_trip_is_open_the_front_page_names_no_data(shelf: Shelf) -> None:
    html = get(Shelf(shelf.folder), "/").body.decode()
    assert "<style>" in html
    assert "map.json" not in html


def test_a_changed_trip_has_a_new_address_and_keeps_the_one_before(shelf: Shelf) -> None:
    dossiers = [shelf.open()]
    for title in ("Second", "Third"):
        assert shelf.is_ready()
        make_trip(shelf.folder, {"title": title})
        assert not shelf.is_ready()
        dossiers.append(shelf.open())
    addresses = [f"/{data_path(dossier)}/map.json" for dossier in dossiers]
    assert len(set(addresses)) == 3
    assert [get(shelf, address).status for address in addresses] == [404, 200, 200]
    assert json.loads(get(shelf, addresses[2]).body)["title"] == "Third"


@pytest.mark.parametrize("change", [{"stops.1.pin.lat": 53.001}, {"excerpts.0.people": []}, {"sources.0.about": "x"}])
def test_any_change_gives_a_new_address(shelf: Shelf, change: dict[str, object], tmp_path_factory: Any) -> None:
    other = Shelf(make_trip(tmp_path_factory.mktemp("other"), change))
    assert data_path(other.open()) != data_path(shelf.open())


PLACE = Place(53.0, -6.0, "city", "GeoNames", "Calder", located_on="2031-05-01", raw={"id": 1})
LOCATED = Located({"calder": PLACE}, (NotLocated("dunmore", "Dunmore", "nobody knows it"),), ("The cache was broken.",))


@pytest.mark.parametrize(
    "other",
    [
        Located({}),
        replace(LOCATED, places={"calder": replace(PLACE, lat=53.001)}),
        replace(LOCATED, places={"calder": replace(PLACE, precision="country")}),
        replace(LOCATED, places={"calder": replace(PLACE, located_by="Nominatim")}),
        replace(LOCATED, places={"calder": replace(PLACE, alternatives=("Calder, Vermont",))}),
        replace(LOCATED, missing=()),
        replace(LOCATED, missing=(NotLocated("dunmore", "Dunmore", "its pin is no latitude"),)),
        replace(LOCATED, notices=()),
    ],
)
def test_whatever_a_page_says_of_a_place_gives_a_new_address(shelf: Shelf, other: Located) -> None:
    dossier = replace(shelf.open(), located=LOCATED)
    assert data_path(replace(dossier, located=other)) != data_path(dossier)


def test_the_same_answer_from_the_cache_keeps_the_address(shelf: Shelf) -> None:
    dossier = replace(shelf.open(), located=LOCATED)
    kept = replace(PLACE, located_on="2031-05-02", raw={}, from_cache=True)
    assert data_path(replace(dossier, located=replace(LOCATED, places={"calder": kept}))) == data_path(dossier)


def test_a_change_in_any_file_of_the_program_gives_new_addresses(tmp_path: Path) -> None:
    package = shutil.copytree(Path(dashboard.__file__).parent, tmp_path / "dashboard", ignore=WITHOUT)
    files = [file for file in package.rglob("*") if file.is_file()]
    assert {"terms.py", "agreement.py", "stop.html", "app.js", "page.css", "frame.js"} <= {f.name for f in files}
    digests = {digest_of(package)}
    for file in files:
        file.write_bytes(file.read_bytes() + b" ")
        digests.add(digest_of(package))
    assert len(digests) == 1 + len(files)


def test_what_python_compiles_keeps_the_addresses(tmp_path: Path) -> None:
    (tmp_path / "page.py").write_bytes(b"")
    before = digest_of(tmp_path)
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "page.cpython-311.pyc").write_bytes(b"x")
    assert digest_of(tmp_path) == before


def test_a_shelf_opens_a_trip_once_for_all(shelf: Shelf) -> None:
    assert not shelf.is_ready()
    assert shelf.open() is shelf.open()


def test_a_trip_that_breaks_is_told_and_can_be_mended(shelf: Shelf) -> None:
    before = shelf.open()
    (shelf.folder / "log.txt").rename(shelf.folder / "away.txt")
    for _ in range(2):
        with pytest.raises(TripError):
            shelf.open()
    assert get(shelf, f"/{data_path(before)}/map.json").status == 200
    (shelf.folder / "away.txt").rename(shelf.folder / "log.txt")
    assert data_path(shelf.open()) == data_path(before)
