"""The web application: the Streamlit page with the trip's own routes, headers and assets beside it.

``streamlit run dashboard/app.py`` finds :data:`app`; ``trip-dashboard run`` imports it.
The trip is the one that :func:`dashboard.dossier.shelf` names.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.doorkeeper import Room, open_house
from dashboard.dossier import shelf
from dashboard.routes import CONTENT_SECURITY_POLICY, early_links, routes

HEADERS = (
    (b"content-security-policy", CONTENT_SECURITY_POLICY.encode()),
    (b"referrer-policy", b"same-origin"),
    (b"x-content-type-options", b"nosniff"),
)


class SafeHeaders:
    """Adds the headers that keep every request on this machine, and tell the browser early what the page needs."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and add the headers to its answer (ASGI)."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *HEADERS]
                if scope["path"] == "/":
                    message["headers"].append((b"link", early_links().encode()))
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)


app = st.App(
    Path(__file__).parent / "ui" / "main.py",
    routes=routes(shelf()),
    middleware=[Middleware(SafeHeaders), Middleware(Room)],
    lifespan=open_house,
)
