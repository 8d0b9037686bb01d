"""The web application: the Streamlit page with the trip's own routes, headers and assets beside it.

``streamlit run dashboard/app.py`` finds :data:`app`; ``trip-dashboard run`` imports it.
The trip is the one that :func:`dashboard.dossier.shelf` names; the addresses beside this machine's own at which it is
reached and shown are those that :mod:`dashboard.guard` finds in the environment.
"""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NoReturn

import streamlit as st
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config

from dashboard.bundle import settings
from dashboard.doorkeeper import Room, open_house
from dashboard.dossier import shelf
from dashboard.ending import stopping
from dashboard.exporting import Exporting
from dashboard.guard import Guard, content_security_policy, embedding_sites, public_site
from dashboard.routes import early_links, routes
from dashboard.terminal import visible
from dashboard.this_machine import is_this_machine
from dashboard.workshop import Workshop


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


def expect_this_machine() -> None:
    """End the program where Streamlit listens at another address than this machine's own.

    ``streamlit run`` opens its port before it gets here; the address can only be refused by then.
    """
    address = config.get_option("server.address")
    if address and not is_this_machine(address):
        end(
            f"expected server.address to be 127.0.0.1, found {address}: others could read the trip. Start it with "
            "trip-dashboard run; where a proxy hands on what comes from elsewhere, with --public-url ADDRESS."
        )


def keep_settings() -> None:
    """Put our own settings above those of the working folder, the user and the command line."""
    for name, value in settings().items():
        config.set_option(name, value)


def end(message: str) -> NoReturn:
    """End the program as for bad input, with one line."""
    print(visible(f"trip-dashboard: {message}"), file=sys.stderr)
    sys.exit(2)


# Each calls at once where Streamlit has read its settings, as `streamlit run` has. The first does nothing else, for the
# call that follows takes it back; the second waits for them, and the third for any time that a file of theirs changes.
config.on_config_parsed(expect_this_machine)()
config.on_config_parsed(keep_settings)
config.on_config_parsed(keep_settings, force_connect=True)
try:
    public, embedders = public_site(), embedding_sites()
except ValueError as error:
    end(str(error))
workshop = Workshop()


@asynccontextmanager
async def lifetime(application: object) -> AsyncIterator[None]:
    """What is made ready before the first viewer comes, and ended with the last (ASGI lifespan)."""
    async with open_house(application), stopping(workshop)(application):
        yield


# Streamlit finds it by this very form of words, without running the file.
app = st.App(
    Path(__file__).parent / "ui" / "main.py",
    routes=routes(shelf(), Exporting(workshop, str(public) if public else None)),
    middleware=[
        Middleware(Guard, public=public),
        Middleware(SafeHeaders, policy=content_security_policy(embedders)),
        Middleware(Room),
    ],
    lifespan=lifetime,
)
