"""Who may ask: every kind of Host, Origin and connection, asked as a server asks the application."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import anyio
import pytest
from starlette.applications import Starlette

from dashboard.dossier import Shelf
from dashboard.exporting import Exporting
from dashboard.guard import (
    EMBED_VARIABLE,
    PUBLIC_VARIABLE,
    Guard,
    Site,
    content_security_policy,
    embedding_sites,
    public_site,
    site,
)
from dashboard.routes import assets_path, data_path, routes
from dashboard.this_machine import is_this_machine, leads_elsewhere
from dashboard.workshop import Workshop
from tests.conftest import make_trip

HERE = ("127.0.0.1", 8501)
PUBLIC = "https://trips.example"


@dataclass
class Asked:
    """What came of a request: the status, or 0 where a websocket was closed; what was sent; what got through."""

    status: int
    words: str
    scope: dict[str, Any] | None


def ask(
    *headers: tuple[str, str],
    kind: str = "http",
    server: object = HERE,
    public: str | None = None,
    extensions: tuple[str, ...] = ("websocket.http.response",),
) -> Asked:
    """One request to a guard with an application behind it that says yes to all."""
    sent: list[Any] = []
    passed: list[Any] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        passed.append(scope)
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def receive() -> dict[str, Any]:
        return {"type": "http.request"}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": kind,
        "method": "GET",
        "path": "/",
        "headers": [(name.encode(), value.encode("latin-1")) for name, value in headers],
        "server": server,
        "extensions": {name: {} for name in extensions},
    }
    anyio.run(Guard(app, public=site(public) if public else None), scope, receive, send)
    words = b"".join(message.get("body", b"") for message in sent).decode()
    return Asked(sent[0].get("status", 0), words, passed[0] if passed else None)


def status(host: str | None, origin: str | None = None, **options: Any) -> int:
    """The answer to a request with these headers; the same for HTTP and for a websocket."""
    given = [(name, value) for name, value in (("host", host), ("origin", origin)) if value is not None]
    http, websocket = (ask(*given, kind=kind, **options) for kind in ("http", "websocket"))
    assert http.status == websocket.status
    assert (http.scope is None) == (websocket.scope is None) == (http.status != 200)
    return http.status


@pytest.mark.parametrize(
    "host",
    [
        "localhost:8501",
        "localhost",
        "LocalHost:8501",
        "127.0.0.1:8501",
        "127.0.0.1",
        "127.255.3.4:8501",
        "[::1]:8501",
        "[::1]",
        "[0:0:0:0:0:0:0:1]:8501",
    ],
)
def test_this_machine_s_names_are_answered(host: str) -> None:
    assert status(host) == 200
    assert status(host, f"http://{host}".lower()) == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example:8501",
        "evil.example",
        "localhost.evil.example:8501",
        "127.0.0.1.evil.example:8501",
        "evil-localhost:8501",
        "localhost.:8501",
        "trip.localhost:8501",
        "0.0.0.0:8501",
        "128.0.0.1:8501",
        "192.168.1.7:8501",
        "127.1:8501",
        "0177.0.0.1:8501",
        "2130706433:8501",
        "[::]:8501",
        "[fe80::1]:8501",
        "[::ffff:192.168.1.7]:8501",
        "::1",
        "[127.0.0.1]",
        "localhost:8502",
        "localhost:80",
        "localhost:0",
        "localhost:99999",
        "localhost:",
        "localhost:8501:8501",
        "localhost:٨",
        "localhost/",
        "localhost:8501/x",
        "http://localhost:8501",
        "user@localhost:8501",
        "localhost@evil.example",
        "localhost, evil.example",
        "localhost\tevil.example",
        "localhost\n",
        " localhost",
        "",
        "trips.example",
        None,
    ],
)
def test_any_other_host_is_told_where_to_go(host: str | None) -> None:
    host = None if host is None else host.encode("utf-8").decode("latin-1")
    assert status(host) == 421
    assert status(host, f"http://{host}") == 421
    words = ask(*([("host", host)] if host is not None else [])).words
    assert "http://localhost:8501/" in words
    assert "--public-url" in words


def test_two_hosts_or_two_origins_are_none() -> None:
    assert ask(("host", "localhost:8501"), ("host", "evil.example")).status == 421
    assert ask(("host", "localhost:8501"), ("host", "localhost:8501")).status == 421
    own, foreign = ("origin", "http://localhost:8501"), ("origin", "http://evil.example")
    assert ask(("host", "localhost:8501"), own, foreign).status == 403


@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.example",
        "http://evil.example:8501",
        "http://127.0.0.1:8501",  # the same machine, but not the page that was opened
        "http://localhost:9999",
        "http://localhost",
        "https://localhost",
        "http://localhost:8501.evil.example",
        "http://localhost:8501@evil.example",
        "http://[::1]:8501",
        "null",
        "",
        "file://",
        "ftp://localhost:8501",
        "chrome-extension://localhost:8501",
        "localhost:8501",
        "//localhost:8501",
        "http://localhost:8501/path",
        "http://localhost:8501, http://evil.example",
        "http://",
        PUBLIC,
    ],
)
def test_pages_of_other_sites_are_refused(origin: str) -> None:
    assert status("localhost:8501", origin) == 403
    words = ask(("host", "localhost:8501"), ("origin", origin)).words
    assert "http://localhost:8501/" in words
    assert "--public-url" in words


def test_a_host_without_a_port_is_the_scheme_s() -> None:
    assert status("localhost", "http://localhost") == 200
    assert status("localhost", "https://localhost") == 200  # a proxy on this machine that speaks TLS
    assert status("localhost", "http://localhost:8501") == 403


@pytest.mark.parametrize(
    ("host", "origin", "wanted"),
    [
        ("trips.example", None, 200),
        ("trips.example:443", None, 200),
        ("trips.example", PUBLIC, 200),
        ("trips.example:443", PUBLIC, 200),
        ("TRIPS.example", PUBLIC, 200),
        ("127.0.0.1:8501", PUBLIC, 200),  # the proxy names itself
        ("localhost:8501", "http://localhost:8501", 200),
        ("trips.example:8501", None, 421),
        ("trips.example.evil.example", None, 421),
        ("evil.example", PUBLIC, 421),
        ("trips.example", "http://trips.example", 403),
        ("trips.example", "https://trips.example:8443", 403),
        ("trips.example", "http://localhost:8501", 403),
        ("trips.example", "https://evil.example", 403),
        ("trips.example", "null", 403),
    ],
)
def test_the_public_address_is_ours_too(host: str, origin: str | None, wanted: int) -> None:
    assert status(host, origin, public=PUBLIC) == wanted


def test_a_tunnel_with_another_port_can_be_named() -> None:
    assert status("localhost:9000", "http://localhost:9000") == 421
    assert status("localhost:9000", "http://localhost:9000", public="http://localhost:9000") == 200


@pytest.mark.parametrize("address", ["192.168.1.7", "0.0.0.0", "fd00::2", "::ffff:192.168.1.7", "fe80::1%eth0"])
def test_what_comes_over_the_network_is_refused_whatever_it_says(address: str) -> None:
    assert status("localhost:8501", server=(address, 8501)) == 403
    assert status("trips.example", PUBLIC, public=PUBLIC, server=(address, 8501)) == 403
    assert "trip-dashboard run" in ask(("host", "localhost"), server=(address, 8501)).words


@pytest.mark.parametrize("address", ["127.0.0.1", "127.0.0.2", "::1", "::ffff:127.0.0.1", "localhost"])
def test_what_comes_over_this_machine_is_answered(address: str) -> None:
    assert status("localhost:8501", server=(address, 8501)) == 200


@pytest.mark.parametrize("server", [None, ("/run/trip.sock", None)])
def test_a_unix_socket_has_neither_address_nor_port(server: object) -> None:
    assert status("localhost:1234", server=server) == 200
    assert status("evil.example", server=server) == 421


def test_a_refusal_tells_nothing_and_is_not_kept() -> None:
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": "/", "headers": [(b"host", b"<b>evil")], "server": HERE}
    anyio.run(Guard(None), scope, None, send)  # type: ignore[arg-type]
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    assert headers["content-type"] == "text/plain; charset=utf-8"
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
    assert "access-control-allow-origin" not in headers
    assert "<b>" not in sent[1]["body"].decode()
    assert max(map(len, sent[1]["body"].decode().splitlines())) <= 120


def test_a_server_that_cannot_send_a_reason_closes_the_socket() -> None:
    refused = ask(("host", "evil.example"), kind="websocket", extensions=())
    assert (refused.status, refused.scope) == (0, None)


def test_streamlit_is_not_told_whose_page_opens_a_websocket() -> None:
    """It would look up this machine's address for an Origin that it does not know."""
    headers = (("host", "127.0.0.1:8501"), ("origin", PUBLIC), ("cookie", "a=b"))
    passed = ask(*headers, kind="websocket", public=PUBLIC).scope
    assert passed is not None
    assert passed["headers"] == [(b"host", b"127.0.0.1:8501"), (b"cookie", b"a=b")]
    kept = ask(*headers, public=PUBLIC).scope
    assert kept is not None
    assert (b"origin", PUBLIC.encode()) in kept["headers"]


def test_the_life_of_the_server_is_passed_on() -> None:
    assert ask(kind="lifespan").scope is not None


def test_a_name_that_was_made_to_point_here_reads_nothing(tmp_path: Path) -> None:
    shelf = Shelf(make_trip(tmp_path))
    trip = data_path(shelf.open())
    app = Guard(Starlette(routes=routes(shelf, Exporting(Workshop()))))

    def get(path: str, host: bytes) -> tuple[int, bytes]:
        sent: list[Any] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Any) -> None:
            sent.append(message)

        scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "server": HERE}
        asgi = {"version": "3.0", "spec_version": "2.4"}
        anyio.run(app, {**scope, "headers": [(b"host", host)], "asgi": asgi, "scheme": "http"}, receive, send)
        return sent[0]["status"], b"".join(message.get("body", b"") for message in sent[1:])

    pages = ("map.json", "export/json", "stop/calder.html", "source/log.html", "search.html", "evidence.html")
    for path in [*(f"/{trip}/{page}" for page in pages), "/health", f"/{assets_path()}/app.js"]:
        assert get(path, b"localhost:8501")[0] == 200
        refused, words = get(path, b"evil.example:8501")
        assert refused == 421
        assert b"Ada Marsh" not in words


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("https://trips.example", Site("https", "trips.example", 443)),
        ("HTTPS://Trips.Example/", Site("https", "trips.example", 443)),
        ("http://trips.example:8080", Site("http", "trips.example", 8080)),
        ("http://[::1]:80", Site("http", "[::1]", 80)),
        ("http://box_1", Site("http", "box_1", 80)),
    ],
)
def test_a_site_is_scheme_host_and_port(text: str, wanted: Site) -> None:
    assert site(text) == wanted
    assert site(str(wanted)) == wanted


NO_SITES = [
    "trips.example",
    "https://",
    "https://trips.example/here",
    "https://trips.example?x",
    "https://ada@trips.example",
    "https://trips.example:0",
    "https://trips.example:65536",
    "https://*.example",
    "https://trips.example; script-src *",
    "https://trips.example https://evil.example",
    "https://trips.example\r\nSet-Cookie: x",
    "ws://trips.example",
    "null",
    "*",
    "'none'",
]


@pytest.mark.parametrize("text", NO_SITES)
def test_what_is_no_site_is_told_in_one_line(text: str) -> None:
    with pytest.raises(
        ValueError, match=r"^expected the address of a site, such as https://trips\.example, found "
    ) as no:
        site(text)
    assert len(str(no.value).splitlines()) == 1


def test_the_environment_names_the_sites(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in (PUBLIC_VARIABLE, EMBED_VARIABLE):
        monkeypatch.delenv(variable, raising=False)
    assert (public_site(), embedding_sites()) == (None, ())
    monkeypatch.setenv(PUBLIC_VARIABLE, PUBLIC)
    monkeypatch.setenv(EMBED_VARIABLE, "https://a.example http://b.example:81")
    assert public_site() == site(PUBLIC)
    assert embedding_sites() == (site("https://a.example"), site("http://b.example:81"))
    monkeypatch.setenv(EMBED_VARIABLE, "https://a.example b.example")
    with pytest.raises(ValueError, match=f"^{EMBED_VARIABLE}: expected .* found 'b.example'$"):
        embedding_sites()


def test_the_browser_may_send_to_this_host_alone() -> None:
    rules = dict(rule.split(" ", 1) for rule in content_security_policy().split("; "))
    assert rules["connect-src"] == "'self' data: blob:"
    assert rules["frame-ancestors"] == rules["default-src"] == rules["form-action"] == "'self'"
    named = {word for rule in rules.values() for word in rule.split()}
    assert named == {"'self'", "'unsafe-inline'", "'unsafe-eval'", "'none'", "data:", "blob:"}


def test_a_site_that_is_named_may_show_the_dashboard() -> None:
    rules = content_security_policy([site("https://a.example"), site("http://b.example:81")]).split("; ")
    assert "frame-ancestors 'self' https://a.example http://b.example:81" in rules
    assert rules[:-1] == content_security_policy().split("; ")[:-1]


@pytest.mark.parametrize("host", ["localhost", "127.9.9.9", "::1", "[::1]", "::ffff:127.0.0.1"])
def test_addresses_of_this_machine(host: str) -> None:
    assert is_this_machine(host)


@pytest.mark.parametrize("host", ["", "0.0.0.0", "::", "10.0.0.1", "::ffff:10.0.0.1", "example.org", "unix://x"])
def test_addresses_of_others(host: str) -> None:
    assert not is_this_machine(host)


@pytest.mark.parametrize(
    "address", ["https://trips.example", "http://192.0.2.7:8501/?stop=amman", "http://[2001:db8::1]"]
)
def test_an_address_that_leads_elsewhere(address: str) -> None:
    assert leads_elsewhere(address)


@pytest.mark.parametrize("address", ["http://localhost:8501", "http://127.0.0.1:1/", "http://[::1]:8501", "", "trips"])
def test_one_that_leads_nobody_anywhere(address: str) -> None:
    assert not leads_elsewhere(address)
