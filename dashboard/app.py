"""The web application: the Streamlit page with the trip's own routes, headers and assets beside it.

``streamlit run dashboard/app.py`` finds :data:`app`; ``trip-dashboard run`` imports it.
The trip is the one that :func:`dashboard.dossier.shelf` names; the addresses beside this machine's own at which it is
reached and shown are those that :mod:`dashboard.guard` finds in the environment.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NoReturn

import streamlit as st
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.dossier import shelf
from dashboard.guard import Guard, content_security_policy, embedding_sites, public_site
from dashboard.routes import early_links, routes


class SafeHeaders:
    """Adds the headers that keep every request on this machine, and tell the browser early what the page needs."""

    def __init__(self, app: ASGIApp, policy: str) -> None:
        self.app = app
        self._headers = (
            (b"content-security-policy", policy.encode()),
            (b"cross-origin-resource-policy", b"same-origin"),
            (b"referrer-policy", b"same-origin"),
            (b"x-content-type-options", b"nosniff"),
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and add the headers to its answer (ASGI)."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *self._headers]
                if scope["path"] == "/":
                    message["headers"].append((b"link", early_links().encode()))
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)


def end(message: str) -> NoReturn:
    """End the program as for bad input, with one line."""
    print(f"trip-dashboard: {message}", file=sys.stderr)
    sys.exit(2)


try:
    public, embedders = public_site(), embedding_sites()
except ValueError as error:
    end(str(error))
# Streamlit finds it by this very form of words, without running the file.
app = st.App(
    Path(__file__).parent / "ui" / "main.py",
    routes=routes(shelf()),
    middleware=[
        Middleware(Guard, public=public),
        Middleware(SafeHeaders, policy=content_security_policy(embedders)),
    ],
)
