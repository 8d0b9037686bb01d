"""Files that a running dashboard writes: made beside it, stopped with their askers, and named as readers know it."""

from __future__ import annotations

import http.client
import io
import json
import signal
import socket
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.sync.client import connect

from dashboard.dossier import Dossier, open_dossier
from dashboard.exports import FORMATS, Portion
from dashboard.routes import data_path
from dashboard.selection import Selection
from tests.conftest import make_trip
from tests.serving import serving

WAIT = 60  # seconds within which everything here has happened on a busy machine, too
PUBLIC = "https://trips.example"


class Desk:
    """A running dashboard, and what it writes."""

    def __init__(self, server: serving, folder: Path | None = None) -> None:
        self.server, self.folder = server, folder

    @property
    def dossier(self) -> Dossier:
        assert self.folder
        return open_dossier(self.folder)

    def path(self, name: str, **query: str) -> str:
        return f"/{data_path(self.dossier)}/export/{name}?{urlencode(query)}"

    def get(self, path: str) -> tuple[http.client.HTTPResponse, bytes]:
        connection = http.client.HTTPConnection(urlsplit(self.server.address).netloc, timeout=WAIT)
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer, answer.read()

    def ask_and_hang_up(self, path: str) -> None:
        where = urlsplit(self.server.address)
        with socket.create_connection((where.hostname, where.port), timeout=WAIT) as caller:
            caller.sendall(f"GET {path} HTTP/1.1\r\nHost: {where.netloc}\r\n\r\n".encode())

    def begin(self, path: str) -> socket.socket:
        where = urlsplit(self.server.address)
        caller = socket.create_connection((where.hostname, where.port), timeout=WAIT)
        caller.sendall(f"GET {path} HTTP/1.1\r\nHost: {where.netloc}\r\n\r\n".encode())
        return caller

    def workers(self) -> set[str]:
        """The processes that the server has begun, as Linux lists them."""
        tasks = Path(f"/proc/{self.server._process.pid}/task").iterdir()
        return {child for task in tasks for child in (task / "children").read_text().split()}


linux = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks at processes as Linux shows them")


def until(is_so: Callable[[], object]) -> None:
    end = time.monotonic() + WAIT
    while not is_so():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.05)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder, cache = make_trip(tmp_path_factory.mktemp("trip")), tmp_path_factory.mktemp("cache")
    server = serving(cache, folder, ["--public-url", PUBLIC])
    with server:
        here = Desk(server, folder)
        until(lambda: b"<title" in here.get("/")[1])
        open_the_trip(here)
        yield here


def open_the_trip(desk: Desk) -> None:
    """The first viewer opens the trip; until then the server knows no fingerprint."""
    with connect(f"ws://{urlsplit(desk.server.address).netloc}/_stcore/stream") as viewer:
        message = BackMsg()
        message.rerun_script.query_string = ""
        viewer.send(message.SerializeToString())
        until(lambda: desk.get(f"/{data_path(desk.dossier)}/map.json")[0].status == 200)


@pytest.mark.parametrize("name", ["json", "geojson", "csv"])
def test_the_file_is_the_one_that_the_command_writes(desk: Desk, name: str) -> None:
    answer, body = desk.get(desk.path(name, country="GB"))
    selection = Selection(countries=("GB",))
    portion = Portion(desk.dossier, selection, f"{PUBLIC}/{selection.to_link()}")
    assert answer.status == 200
    assert body == FORMATS[name].write(portion)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{FORMATS[name].file_name(portion)}"'
    assert answer.headers["Cache-Control"] == "no-store"


def test_its_links_name_the_public_address_whatever_the_proxy_asks_for(desk: Desk) -> None:
    assert f"{PUBLIC}/".encode() in desk.get(desk.path("json"))[1]
    assert desk.server.address.encode() not in desk.get(desk.path("json"))[1]


@pytest.mark.parametrize("options", [(), ("--public-url", "http://localhost:9000")], ids=["served here", "a tunnel"])
def test_no_file_names_this_machine(tmp_path: Path, options: tuple[str, ...]) -> None:
    folder = tmp_path / "trip"
    folder.mkdir()
    server = serving(tmp_path, make_trip(folder), options)
    with server:
        here = Desk(server, folder)
        until(lambda: b"<title" in here.get("/")[1])
        open_the_trip(here)
        for name in FORMATS:
            answer, body = here.get(here.path(name, country="GB"))
            assert answer.status == 200
            assert body == FORMATS[name].write(Portion(here.dossier, Selection(countries=("GB",)))) or name == "pptx"
            assert [here_ for here_ in (b"localhost:", b"127.0.0.1") if here_ in unpacked(body)] == []


def unpacked(body: bytes) -> bytes:
    """What a file says, also one that is a ZIP archive of others."""
    if not zipfile.is_zipfile(io.BytesIO(body)):
        return body
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


@pytest.mark.parametrize("options", [[], ["--public-url", PUBLIC]])
def test_each_portion_is_a_file_of_its_own(tmp_path: Path, options: list[str]) -> None:
    (tmp_path / "trip").mkdir()
    (tmp_path / "cache").mkdir()
    folder = make_trip(tmp_path / "trip")
    with (server := serving(tmp_path / "cache", folder, options)):
        here = Desk(server, folder)
        open_the_trip(here)
        for selection in (Selection(), Selection(countries=("GB",)), Selection(countries=("IE",)), Selection()):
            body = json.loads(here.get(here.path("json", **selection.to_query()))[1])
            assert [stop["id"] for stop in body["stops"]] == [stop.id for stop in selection.apply(here.dossier.trip)]


def test_an_unknown_format_and_a_changed_trip_are_named(desk: Desk) -> None:
    answer, body = desk.get(desk.path("docm"))
    assert (answer.status, body[:15]) == (404, b"Expected one of")
    answer, body = desk.get(desk.path("json").replace(desk.dossier.fingerprint, "0" * 16))
    assert (answer.status, body[:21]) == (404, b"This trip has changed")


def test_nobody_is_told_of_a_file_that_nobody_waits_for(desk: Desk) -> None:
    answer, _ = desk.get(desk.path("pptx").replace("?", "/progress?"))
    assert answer.status == 404


@linux
def test_who_waits_is_told_how_far_it_is_and_who_hangs_up_stops_it(desk: Desk) -> None:
    slow = desk.path("pptx", to="2031-05-04")
    with desk.begin(slow):
        progress = slow.replace("?", "/progress?")
        told: list[bytes] = []
        until(lambda: (seen := desk.get(progress))[0].status == 200 and (told.append(seen[1]) or True))
        assert set(json.loads(told[0])) == {"ahead", "done", "total"}
        until(desk.workers)
    until(lambda: not desk.workers())


@linux
def test_many_who_hang_up_leave_the_server_free(desk: Desk) -> None:
    days = [f"2031-05-0{number}" for number in range(3, 10)]
    paths = [desk.path(name, **{"to": day}) for name in FORMATS for day in days][:45]
    assert len(paths) == 45
    for path in paths:
        desk.ask_and_hang_up(path)
    assert desk.get("/health")[0].status == 200
    until(lambda: desk.get(desk.path("csv"))[0].status == 200)  # until then the queue may be full: 503
    until(lambda: not desk.workers())


@linux
def test_the_server_ends_while_files_are_written(tmp_path: Path) -> None:
    (tmp_path / "trip").mkdir()
    (tmp_path / "cache").mkdir()
    folder = make_trip(tmp_path / "trip")
    server = serving(tmp_path / "cache", folder)
    with server:
        here = Desk(server, folder)
        open_the_trip(here)
        with here.begin(here.path("pptx")):
            until(here.workers)
            (worker, *_) = here.workers()
            server._process.terminate()
            assert server._process.wait(WAIT) in (0, -signal.SIGTERM)
        until(lambda: not Path(f"/proc/{worker}").exists())
        assert "Traceback" not in (tmp_path / "cache" / "server.log").read_text()
