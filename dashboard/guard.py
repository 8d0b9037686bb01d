"""Who may ask, and what a browser may do with the answer: the gate before Streamlit and before our own routes.

A web page can make any name point at 127.0.0.1 (DNS rebinding) and then read whatever answers to that name. So each
request, HTTP or websocket, has to name an address of ours in its ``Host``, and a page that asks (``Origin``) has to be
one of ours.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from dashboard.this_machine import is_this_machine

#: Environment variable: the address at which readers reach the dashboard through a proxy, as ``run --public-url``.
PUBLIC_VARIABLE = "TRIP_DASHBOARD_PUBLIC_URL"
#: Environment variable: the sites, joined by spaces, that may show the dashboard inside their pages (``--embed-from``).
EMBED_VARIABLE = "TRIP_DASHBOARD_EMBED_FROM"

_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(
    r"(?P<host>[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?|\[[0-9a-f.]*:[0-9a-f.:]*\])(?::(?P<port>[0-9]{1,5}))?", re.ASCII
)
_REFUSAL_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
}


@dataclass(frozen=True)
class Site:
    """A site as browsers tell sites apart (an origin)."""

    scheme: str
    host: str
    port: int

    def __str__(self) -> str:
        port = "" if self.port == _PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{self.host}{port}"


def site(text: str) -> Site:
    """The site of an address without a path.

    Raises:
        ValueError: it is none; the message says what was expected.
    """
    scheme, _, rest = text.lower().partition("://")
    found = _split(rest.removesuffix("/"))
    if scheme not in _PORTS or found is None:
        raise ValueError(f"expected the address of a site, such as https://trips.example, found {text[:200]!a}")
    host, port = found
    return Site(scheme, host, port or _PORTS[scheme])


def public_site() -> Site | None:
    """The site that ``TRIP_DASHBOARD_PUBLIC_URL`` names.

    Raises:
        ValueError: it names none.
    """
    text = os.environ.get(PUBLIC_VARIABLE)
    return _named(PUBLIC_VARIABLE, text) if text else None


def embedding_sites() -> tuple[Site, ...]:
    """The sites that ``TRIP_DASHBOARD_EMBED_FROM`` names.

    Raises:
        ValueError: a word of it is none.
    """
    return tuple(_named(EMBED_VARIABLE, word) for word in os.environ.get(EMBED_VARIABLE, "").split())


def _named(variable: str, text: str) -> Site:
    try:
        return site(text)
    except ValueError as error:
        raise ValueError(f"{variable}: {error}") from error


def content_security_policy(embedders: Iterable[Site] = ()) -> str:
    """What a browser may load, send and where it may show the pages: all of it here, but for the embedding sites.

    'self' also covers this host's own websocket (CSP 3). The map component evaluates its script, hence 'unsafe-eval'.
    """
    return "; ".join(
        (
            "default-src 'self'",
            "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self' data: blob:",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            " ".join(("frame-ancestors 'self'", *map(str, embedders))),
        )
    )


def _split(text: str) -> tuple[str, int | None] | None:
    """Host and port of what a ``Host`` header holds; None if it is no host."""
    match = _HOST.fullmatch(text.lower())
    if match is None or not 0 < int(match["port"] or 1) < 65536:
        return None
    return match["host"], int(match["port"]) if match["port"] else None


class Guard:
    """Lets a request through only if it came over this machine, names us as its host and is no other site's.

    - Host: a loopback name without a port or with the port that is served, or the public site's. Else 421.
    - Origin: of the same loopback host and port, or the public site. Else 403, also for "null", which sandboxed frames
      and local files send. Without one the request passes: browsers send none when a page is opened or asks its own
      site, and always do when a page opens a websocket; other programs can say what they like in any case.
    - The connection itself: 403 where it did not end at a loopback address, however the server was started.

    A websocket goes on without its Origin: for one that Streamlit does not know, it would ask a service in the
    internet for this machine's address, and hold up every viewer meanwhile.
    """

    def __init__(self, app: ASGIApp, public: Site | None = None) -> None:
        self.app = app
        self._public = public

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer it with the reason why not (ASGI)."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
        elif refusal := self._refusal(scope):
            await _refuse(refusal, scope, receive, send)
        else:
            await self.app(_without_origin(scope), receive, send)

    def _refusal(self, scope: Scope) -> tuple[int, str] | None:
        """Status and words of the refusal, or None if there is no reason for one."""
        address, port = scope.get("server") or (None, None)
        if address and port and not is_this_machine(address):
            return 403, _FROM_OUTSIDE
        hosts, origins = (_values(scope, name) for name in (b"host", b"origin"))
        host = _split(hosts[0]) if len(hosts) == 1 else None
        if host is None or not self._is_ours(*host, served=port):
            return 421, _WRONG_HOST.format(host=host[0] if host else "no single host", port=port or "PORT")
        if origins and not (len(origins) == 1 and self._is_own_page(origins[0], *host)):
            return 403, _WRONG_ORIGIN.format(origin=ascii(origins[0][:200])[1:-1], port=port or "PORT")
        return None

    def _is_ours(self, host: str, port: int | None, *, served: int | None) -> bool:
        if is_this_machine(host) and (port in (None, served) or served is None):
            return True
        return self._public is not None and host == self._public.host and port in (None, self._public.port)

    def _is_own_page(self, origin: str, host: str, port: int | None) -> bool:
        try:
            page = site(origin)
        except ValueError:
            return False
        if page == self._public:  # also where the proxy has put a host of its own in place of ours
            return True
        return is_this_machine(host) and (page.host, page.port) == (host, port or _PORTS[page.scheme])


_WRONG_HOST = (
    "This dashboard answers to its own address only, and was asked for as: {host}\n"
    "Open http://localhost:{port}/ instead. If readers reach it at another address, through a proxy or a tunnel,\n"
    "start it with that address: trip-dashboard run --public-url https://trips.example\n"
)
_WRONG_ORIGIN = (
    "This dashboard answers its own pages only, and was asked by a page of: {origin}\n"
    "Open http://localhost:{port}/ instead. If readers reach the dashboard at that address, start it with\n"
    "trip-dashboard run --public-url ADDRESS; to show it inside a page of that site, with --embed-from ADDRESS.\n"
)
_FROM_OUTSIDE = (
    "This dashboard serves only the machine that it runs on, and was reached over the network.\n"
    "Start it with trip-dashboard run, and let a proxy on the same machine pass on what comes from elsewhere:\n"
    "trip-dashboard run --public-url https://trips.example\n"
)


def _values(scope: Scope, name: bytes) -> Sequence[str]:
    return [value.decode("latin-1") for key, value in scope["headers"] if key == name]


def _without_origin(scope: Scope) -> Scope:
    if scope["type"] == "http":
        return scope
    return {**scope, "headers": [header for header in scope["headers"] if header[0] != b"origin"]}


async def _refuse(refusal: tuple[int, str], scope: Scope, receive: Receive, send: Send) -> None:
    status, words = refusal
    if scope["type"] == "http" or "websocket.http.response" in scope.get("extensions", {}):
        await PlainTextResponse(words, status, _REFUSAL_HEADERS)(scope, receive, send)
    else:
        await WebSocketClose(code=1008)(scope, receive, send)
