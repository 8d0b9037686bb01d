"""An answer is bounded in bytes and in time, comes from the host that was asked, and TLS that fails is called so.

The servers are plain sockets on the loopback; nothing here leaves the machine.
"""

from __future__ import annotations

import contextlib
import json
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from geopy.exc import GeocoderServiceError

from dashboard.places import Cache, Located, locate_all, online_from_environment
from dashboard.places.cache import CACHE_VARIABLE
from dashboard.places.http import AnswerRefusedError, BoundedAdapter
from dashboard.places.online import GEOCODER_VARIABLE, LONGEST_LABEL, OPTIONS_VARIABLE
from tests.test_places_online import PETRA, stop

GOOD = json.dumps([PETRA]).encode()
CAP = 64_000_000  # no server sends more, so that a client without bounds fails a test and not the machine
GENEROUS = 20.0

Behaviour = Callable[["Line"], None]


class Line:
    """One connection at the server's end."""

    def __init__(self, connected: socket.socket, server: LineServer) -> None:
        self.connected = connected
        self.server = server

    def read_request(self) -> bytes:
        request = b""
        while not request.endswith(b"\r\n\r\n") and (more := self.connected.recv(65536)):
            request += more
        self.server.requests.append(request)
        return request

    def send(self, data: bytes) -> None:
        self.connected.sendall(data)
        self.server.sent += len(data)

    def flood(self, piece: bytes) -> None:
        piece *= 1 + 65536 // len(piece)
        while self.server.sent < CAP:
            self.send(piece)

    def drip(self, piece: bytes) -> None:
        while not self.server.release.wait(0.02):
            self.send(piece)


class LineServer:
    """Takes connections on the loopback and does with each as it is told; ``hung_up`` counts clients that left."""

    def __init__(self, behaviour: Behaviour, tls: ssl.SSLContext | None = None) -> None:
        self.behaviour = behaviour
        self.tls = tls
        self.requests: list[bytes] = []
        self.sent = 0
        self.release = threading.Event()
        self.hung_up = threading.Semaphore(0)
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connected, _ = self.listening.accept()
                threading.Thread(target=self._serve, args=(connected,), daemon=True).start()

    def _serve(self, connected: socket.socket) -> None:
        try:
            with self.tls.wrap_socket(connected, server_side=True) if self.tls else connected as line:
                self.behaviour(Line(line, self))
        except OSError:
            self.hung_up.release()

    def close(self) -> None:
        self.release.set()
        self.listening.close()


@pytest.fixture
def serve() -> Iterator[Callable[..., LineServer]]:
    servers: list[LineServer] = []

    def start(behaviour: Behaviour, tls: ssl.SSLContext | None = None) -> LineServer:
        servers.append(LineServer(behaviour, tls))
        return servers[-1]

    yield start
    for server in servers:
        server.close()


Serve = Callable[..., LineServer]


@pytest.fixture(autouse=True)
def _own_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path))


def ask(server: LineServer, *, scheme: str = "http", timeout: float = 5) -> Located:
    options = {"scheme": scheme, "domain": f"127.0.0.1:{server.port}", "timeout": timeout, "proxies": {}}
    service = online_from_environment({GEOCODER_VARIABLE: "nominatim", OPTIONS_VARIABLE: json.dumps(options)}, delay=0)
    assert service
    return locate_all([stop("Petra")], services=[service])


def reason(found: Located) -> str:
    [missing] = found.missing
    return missing.reason


def assert_no_thread_is_left() -> None:
    end = time.monotonic() + GENEROUS
    while left := [thread for thread in threading.enumerate() if thread.name == "trip-dashboard-geocoder"]:
        assert time.monotonic() < end, left
        time.sleep(0.01)


def answers(data: bytes) -> Behaviour:
    def behave(line: Line) -> None:
        line.read_request()
        line.send(data)

    return behave


def floods(head: bytes, piece: bytes) -> Behaviour:
    def behave(line: Line) -> None:
        line.read_request()
        line.send(head)
        line.flood(piece)

    return behave


def drips(head: bytes, piece: bytes) -> Behaviour:
    def behave(line: Line) -> None:
        line.read_request()
        line.send(head)
        line.drip(piece)

    return behave


def page(status: str, *headers: str, body: bytes = b"") -> bytes:
    return "\r\n".join([f"HTTP/1.1 {status}", *headers, "", ""]).encode() + body


CHUNKED = "Transfer-Encoding: chunked"
TOO_LARGE = "nominatim answered with more than 1 MB, which is not read"
FLOODS = {
    "a body without end": (page("200 OK"), b"[1,", TOO_LARGE),
    "a body of a terabyte": (page("200 OK", "Content-Length: 1000000000000"), b"[1,", TOO_LARGE),
    "chunks without end": (page("200 OK", CHUNKED), b"3\r\n[1,\r\n", TOO_LARGE),
    "trailers without end": (page("200 OK", CHUNKED, body=b"2\r\n[]\r\n0\r\n"), b"A: b\r\n", TOO_LARGE),
    "one status line after another": (b"", page("100 Continue"), TOO_LARGE),
    "a page beside a failure": (page("500 Oops"), b"x", "nominatim failed with HTTP status 500"),
    "a page beside a redirect": (page("302 Found", "Location: /round"), b"x", "a way that cannot be followed"),
}


@pytest.mark.parametrize("name", FLOODS)
def test_an_answer_without_end_is_given_up_after_a_megabyte(serve: Serve, name: str) -> None:
    head, piece, words = FLOODS[name]
    server = serve(floods(head, piece))
    assert words in reason(ask(server))
    assert_no_thread_is_left()
    for _ in server.requests:
        assert server.hung_up.acquire(timeout=GENEROUS)  # none of the sockets is left open
    assert server.sent < CAP / 2  # what the system's own buffers hold is sent and never read


@pytest.mark.parametrize(
    ("head", "piece"),
    [
        (b"HTTP/1.1 200 OK\r\nX: ", b"x"),
        (b"", page("100 Continue")),
        (page("200 OK"), b" "),
        (page("200 OK", "Content-Length: 900000"), b" "),
        (page("200 OK", CHUNKED), b"1\r\n \r\n"),
        (page("503 Down"), b" "),
    ],
    ids=["head", "status", "body", "sized", "chunks", "failure"],
)
def test_an_answer_that_drips_is_given_up_and_its_thread_ends(serve: Serve, head: bytes, piece: bytes) -> None:
    server = serve(drips(head, piece))
    words = reason(ask(server, timeout=0.2))
    assert "nominatim did not answer within 0.2 seconds" in words or "HTTP status 503" in words
    assert_no_thread_is_left()
    for _ in server.requests:
        assert server.hung_up.acquire(timeout=GENEROUS)


def test_a_silent_handshake_is_given_up(serve: Serve) -> None:
    def silent(line: Line) -> None:
        while line.connected.recv(65536):
            pass
        raise ConnectionResetError

    server = serve(silent)
    assert "nominatim did not answer within 0.2 seconds" in reason(ask(server, scheme="https", timeout=0.2))
    assert_no_thread_is_left()
    assert server.hung_up.acquire(timeout=GENEROUS)


def test_an_answer_of_almost_a_megabyte_is_read(serve: Serve) -> None:
    body = json.dumps([{**PETRA, "more": "x" * 900_000}]).encode()
    server = serve(answers(page("200 OK", f"Content-Length: {len(body)}", body=body)))
    place = ask(server).places["Petra"]
    assert (place.lat, place.lon) == (30.3273, 35.4423)
    assert "larger than" in place.raw["left_out"]


def test_an_answer_that_breaks_off_is_asked_for_again(serve: Serve) -> None:
    server = serve(answers(page("200 OK", "Content-Length: 5000", body=GOOD)))
    assert "nominatim could not be reached" in reason(ask(server))
    assert len(server.requests) == 2


@pytest.mark.parametrize("charset", ["punycode", "utf-7", "no-such-thing", "zip"])
def test_no_charset_is_decoded_that_no_service_writes(serve: Serve, charset: str) -> None:
    server = serve(answers(page("200 OK", f"Content-Type: application/json; charset={charset}", body=GOOD)))
    assert "nominatim answered with something that is not its format" in reason(ask(server))


NASTY: list[dict[str, Any]] = [
    {"place_rank": 10**400},
    {"place_rank": [[]], "address": {"country_code": "jo", "more": [{}] * 1000}},
]


@pytest.mark.parametrize("more", NASTY, ids=["rank", "shape"])
def test_what_stands_beside_the_coordinates_is_never_fatal(serve: Serve, more: dict[str, Any]) -> None:
    body = json.dumps([{**PETRA, **more}]).encode()
    assert ask(serve(answers(page("200 OK", body=body)))).places["Petra"].lat == 30.3273
    assert Cache().get("nominatim", stop("Petra"))


@pytest.mark.parametrize("depth", [100, 600, 900, 930, 940, 950, 960, 970, 980, 400_000])
def test_an_answer_nested_without_end_is_never_fatal(serve: Serve, depth: int) -> None:
    deep = b"[" * depth + b"]" * depth
    found = ask(serve(answers(page("200 OK", body=GOOD.replace(b'"place_id": 1', b'"place_id": ' + deep)))))
    assert len(found.places) + len(found.missing) == 1
    assert not found.notices


def test_a_label_is_one_short_line_of_letters(serve: Serve) -> None:
    name = "Petra\n\ud800\u2028 Siq" + " x" * 5000
    body = json.dumps([{**PETRA, "display_name": name}]).encode()
    label = ask(serve(answers(page("200 OK", body=body)))).places["Petra"].label
    assert label.startswith("Petra ? Siq x")
    assert len(label) == LONGEST_LABEL


# --- redirects --------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See", "307 Moved", "308 Moved"])
@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("http://localhost:{port}/x", "sends the question on to another host"),
        ("//localhost:{port}/x", "sends the question on to another host"),
        ("https://localhost:{port}/x", "sends the question on to another host"),
        ("http://127.0.0.1:{port}/x", "sends the question on to another port"),
        ("ftp://127.0.0.1:{port}/x", "sends the question on without TLS"),
        ("file:///etc/hostname", "sends the question on in a way that cannot be followed"),
    ],
)
def test_a_redirect_elsewhere_is_refused(serve: Serve, status: str, target: str, words: str) -> None:
    other = serve(answers(page("200 OK", body=GOOD)))
    server = serve(answers(page(status, f"Location: {target.format(port=other.port)}")))
    assert f"nominatim {words}" in reason(ask(server))
    assert (len(server.requests), other.requests) == (1, [])


def test_a_redirect_within_the_host_is_followed(serve: Serve) -> None:
    def behave(line: Line) -> None:
        line.send(
            page("302 Found", "Location: /moved") if b"/search" in line.read_request() else page("200", body=GOOD)
        )

    server = serve(behave)
    assert ask(server).places["Petra"].lat == 30.3273
    assert len(server.requests) == 2


# --- TLS --------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for 127.0.0.1 that signs itself, with its key."""
    folder = tmp_path_factory.mktemp("tls")
    both = folder / "both.pem"
    command = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=loopback -addext subjectAltName=IP:127.0.0.1"
    made = [*command.split(), "-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem")]
    subprocess.run(made, check=True, capture_output=True)
    both.write_bytes((folder / "key.pem").read_bytes() + (folder / "cert.pem").read_bytes())
    return both


@pytest.fixture(scope="module")
def tls(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def trusting(certificate: Path) -> BoundedAdapter:
    return BoundedAdapter(proxies={}, ssl_context=ssl.create_default_context(cafile=certificate))


def test_a_certificate_that_nobody_trusts_is_called_so(serve: Serve, tls: ssl.SSLContext) -> None:
    server = serve(answers(page("200 OK", body=GOOD)), tls)
    words = reason(ask(server, scheme="https"))
    assert "nominatim has no TLS certificate that this machine trusts (self" in words
    assert server.requests == []
    assert_no_thread_is_left()


def test_a_certificate_of_another_host_is_called_so(serve: Serve, tls: ssl.SSLContext, certificate: Path) -> None:
    server = serve(answers(page("200 OK", body=GOOD)), tls)
    with pytest.raises(AnswerRefusedError, match=r"no TLS certificate that this machine trusts \(Hostname mismatch"):
        trusting(certificate).get_json(f"https://localhost:{server.port}/", timeout=5, headers={})


def test_a_service_that_speaks_no_tls_is_called_so(serve: Serve) -> None:
    def plain(line: Line) -> None:
        line.connected.recv(65536)
        line.send(page("400 Bad Request"))

    assert "nominatim could not be reached over TLS (" in reason(ask(serve(plain), scheme="https"))


def test_over_tls_an_answer_is_read_and_bounded_as_well(serve: Serve, tls: ssl.SSLContext, certificate: Path) -> None:
    good = serve(answers(page("200 OK", body=GOOD)), tls)
    address = f"https://127.0.0.1:{good.port}/"
    assert trusting(certificate).get_json(address, timeout=5, headers={}) == [PETRA]
    endless = serve(floods(page("200 OK"), b"x"), tls)
    with pytest.raises(AnswerRefusedError, match="more than 1 MB"):
        trusting(certificate).get_text(f"https://127.0.0.1:{endless.port}/", timeout=5, headers={})
    assert endless.hung_up.acquire(timeout=GENEROUS)


def test_no_redirect_leads_out_of_tls(serve: Serve, tls: ssl.SSLContext, certificate: Path) -> None:
    plain = serve(answers(page("200 OK", body=GOOD)))
    server = serve(answers(page("302 Found", f"Location: http://127.0.0.1:{plain.port}/")), tls)
    with pytest.raises(AnswerRefusedError, match="without TLS"):
        trusting(certificate).get_text(f"https://127.0.0.1:{server.port}/", timeout=5, headers={})
    assert plain.requests == []


def test_a_redirect_into_tls_is_followed(serve: Serve, tls: ssl.SSLContext, certificate: Path) -> None:
    secure = serve(answers(page("200 OK", body=GOOD)), tls)
    server = serve(answers(page("302 Found", f"Location: https://127.0.0.1:{secure.port}/")))
    assert trusting(certificate).get_json(f"http://127.0.0.1:{server.port}/", timeout=5, headers={}) == [PETRA]


# --- a proxy ----------------------------------------------------------------------------------------


def test_a_proxy_is_bounded_too(serve: Serve) -> None:
    proxy = serve(floods(page("200 OK"), b"X: y\r\n"))  # it never ends the head of its answer to CONNECT
    address = f"127.0.0.1:{proxy.port}"
    adapter = BoundedAdapter(proxies={"http": address, "https": address}, ssl_context=None)
    for scheme in ("http", "https"):
        with pytest.raises(GeocoderServiceError):
            adapter.get_text(f"{scheme}://geocoder.invalid/", timeout=5, headers={})
        assert proxy.hung_up.acquire(timeout=GENEROUS)
    assert proxy.requests[1].startswith(b"CONNECT geocoder.invalid:443")
