"""How an online service is asked: one answer, bounded in bytes and in time, from the very host that was named.

geopy's adapters read whatever comes for as long as it comes, and follow it wherever it leads.
"""

from __future__ import annotations

import io
import json
import socket
import ssl
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from http.client import HTTPConnection, HTTPException, HTTPMessage, HTTPResponse, HTTPSConnection
from typing import IO, Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import (
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    build_opener,
)

from geopy.adapters import AdapterHTTPError, BaseSyncAdapter
from geopy.exc import GeocoderParseError, GeocoderServiceError, GeocoderTimedOut, GeocoderUnavailable

#: So much is read for one question, heads and redirects included.
MOST_BYTES = 1_000_000
#: So many timeouts (each that of one connection or one reading) an answer may take as a whole.
PATIENCE = 2
# What services write; not whatever Python can decode: some of that takes hours for a megabyte (punycode).
_CHARSETS = frozenset({"utf-8", "us-ascii", "iso-8859-1", "windows-1252"})


class AnswerRefusedError(GeocoderServiceError):  # type: ignore[misc]
    """The answer is not taken, and asking again would not help; the message is a clause that says why."""


class BoundedAdapter(BaseSyncAdapter):  # type: ignore[misc]
    """A geopy adapter over urllib that ends: every answer has a size, a time and one host, or is refused."""

    def __init__(self, *, proxies: Mapping[str, str] | None, ssl_context: ssl.SSLContext | None) -> None:
        super().__init__(proxies=proxies, ssl_context=ssl_context)
        self._proxies = proxies
        self._context = ssl_context or ssl.create_default_context()

    def get_json(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> Any:
        """As :meth:`get_text`, parsed; raises GeocoderParseError where it is no JSON."""
        try:
            return json.loads(self.get_text(url, timeout=timeout, headers=headers))
        except ValueError as error:
            raise GeocoderParseError("the answer is no JSON") from error

    def get_text(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> str:
        """The text of the answer; ``timeout`` (seconds) is that of one connection or reading.

        When it returns or raises, its sockets are closed.

        Raises:
            AdapterHTTPError: the status is one of failure.
            AnswerRefusedError: it is too large, from another host, or not trustworthy.
            GeocoderTimedOut, GeocoderUnavailable, GeocoderParseError: it is not there, or no text.
        """
        with ExitStack() as sockets:
            exchange = _Exchange(timeout, sockets)
            try:
                opener = self._opener(exchange)
                return _text(opener.open(Request(url, headers=dict(headers)), timeout=timeout))
            except HTTPError as error:
                raise _failed(error) from error
            except (OSError, HTTPException) as error:
                raise _unheard(error) from error

    def _opener(self, exchange: _Exchange) -> OpenerDirector:
        proxies = None if self._proxies is None else dict(self._proxies)
        return build_opener(ProxyHandler(proxies), _Plain(exchange), _Secure(exchange, self._context), _SameHost())


class _Exchange:
    """What one question may still cost, over all its connections; its sockets are closed with ``sockets``."""

    def __init__(self, timeout: float, sockets: ExitStack) -> None:
        self._timeout = timeout
        self._end = time.monotonic() + PATIENCE * timeout
        self._bytes_left = MOST_BYTES
        self._sockets = sockets

    def seconds(self) -> float:
        """How long the next step may take; raises TimeoutError where the time is over."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError("the answer took too long")
        return min(left, self._timeout)

    def count(self, read: int) -> None:
        """Take note of so many bytes; raises AnswerRefusedError where they are too many."""
        self._bytes_left -= read
        if self._bytes_left < 0:
            raise AnswerRefusedError(f"answered with more than {MOST_BYTES / 1e6:g} MB, which is not read")

    def connect(self, kind: type[HTTPConnection], **options: Any) -> Callable[..., HTTPConnection]:
        """What makes connections of this kind that keep within the bounds, as urllib wants them."""

        def connection(host: str, timeout: float) -> HTTPConnection:
            made = kind(host, timeout=self.seconds(), **options)
            made.response_class = self._response  # type: ignore[assignment]
            return made

        return connection

    def _response(self, connected: socket.socket, *arguments: Any, **options: Any) -> HTTPResponse:
        response = HTTPResponse(connected, *arguments, **options)
        # Below everything that reads: status lines, heads, chunks and the answers of proxies are bounded too.
        reader = _Reader(response.fp.detach(), connected, self)
        response.fp = io.BufferedReader(reader)
        self._sockets.callback(reader.close)
        return response


class _Reader(io.RawIOBase):
    """Reads a socket within the bounds of an exchange."""

    def __init__(self, raw: io.RawIOBase, connected: socket.socket, exchange: _Exchange) -> None:
        self._raw = raw
        self._connected = connected
        self._exchange = exchange

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int | None:
        self._connected.settimeout(self._exchange.seconds())
        read = self._raw.readinto(buffer)
        self._exchange.count(read or 0)
        return read

    def close(self) -> None:
        self._raw.close()
        super().close()


class _Plain(HTTPHandler):
    def __init__(self, exchange: _Exchange) -> None:
        super().__init__()
        self._exchange = exchange

    def http_open(self, req: Request) -> HTTPResponse:
        return self.do_open(self._exchange.connect(HTTPConnection), req)


class _Secure(HTTPSHandler):
    def __init__(self, exchange: _Exchange, context: ssl.SSLContext) -> None:
        super().__init__(context=context)
        self._exchange = exchange
        self._trust = context

    def https_open(self, req: Request) -> HTTPResponse:
        return self.do_open(self._exchange.connect(HTTPSConnection, context=self._trust), req)


class _SameHost(HTTPRedirectHandler):
    """Follows a redirect to the same host only, and never from TLS to none."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        fp.close()  # here, for urllib would read all of it first
        here, there = urlsplit(req.full_url), urlsplit(newurl)
        if here.hostname != there.hostname:
            raise AnswerRefusedError("sends the question on to another host, which is not followed")
        upgrade = (here.scheme, there.scheme) == ("http", "https")
        if here.scheme != there.scheme and not upgrade:
            raise AnswerRefusedError("sends the question on without TLS, which is not followed")
        if here.port != there.port and not upgrade:
            raise AnswerRefusedError("sends the question on to another port, which is not followed")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _text(page: HTTPResponse) -> str:
    body = page.read(MOST_BYTES + 1)
    if page.length:
        raise GeocoderUnavailable("the answer was cut off")
    charset = page.headers.get_content_charset("utf-8")
    if charset not in _CHARSETS:
        raise GeocoderParseError("the answer is in no charset that is known here")
    try:
        return body.decode(charset)
    except ValueError as error:
        raise GeocoderParseError("the answer is not in its own charset") from error


def _failed(error: HTTPError) -> OSError | GeocoderServiceError:
    """A status that is not one of success, as geopy wants it told."""
    if error.code < 400:
        return AnswerRefusedError("sends the question on in a way that cannot be followed")
    headers = {name.lower(): value for name, value in error.headers.items()}
    failure: OSError = AdapterHTTPError(
        f"HTTP status {error.code}", status_code=error.code, headers=headers, text=_page_of(error)
    )
    return failure


def _page_of(error: HTTPError) -> str | None:
    """What stands beside a status of failure; None where it cannot be read, for the status says enough."""
    try:
        return _text(error.fp)  # type: ignore[arg-type]
    except (GeocoderServiceError, OSError, HTTPException):
        return None


def _unheard(error: OSError | HTTPException) -> GeocoderServiceError:
    """Why there was no answer at all."""
    cause = error.reason if isinstance(error, URLError) else error
    if isinstance(cause, ssl.SSLCertVerificationError):
        return AnswerRefusedError(f"has no TLS certificate that this machine trusts ({cause.verify_message})")
    if isinstance(cause, ssl.SSLError):
        reason = (cause.reason or "no reason is known").replace("_", " ").lower()
        return AnswerRefusedError(f"could not be reached over TLS ({reason})")
    if isinstance(cause, TimeoutError):
        return GeocoderTimedOut("the service did not answer in time")
    return GeocoderUnavailable("the service could not be reached")
