"""What the application serves beside the Streamlit page: the trip's data, the pages of its stops, and its own assets.

Data stand under the trip's fingerprint, so that a browser may keep them for ever and a changed trip has a new address.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from dashboard.bundle import web_folder
from dashboard.dossier import Dossier, Shelf
from dashboard.map.data import map_json
from dashboard.panels import stop_html

FOREVER = {"Cache-Control": "public, max-age=31536000, immutable"}
BROWSER_FOLDER = Path(__file__).parent / "browser"

#: Everything comes from the application itself. The map component evaluates its script, hence 'unsafe-eval'.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' ws: wss: data: blob:",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
    )
)


@cache
def assets_path() -> str:
    """Where the browser's files are served; it changes with their content, so that they can be kept for ever."""
    digest = hashlib.sha256()
    for folder in (BROWSER_FOLDER, web_folder()):
        for file in sorted(folder.glob("*")):
            if file.is_file():
                digest.update(file.name.encode() + file.read_bytes())
    return f"assets/{digest.hexdigest()[:12]}"


def data_path(dossier: Dossier) -> str:
    """Where this trip's data are served."""
    return f"trip/{dossier.fingerprint}"


def routes(shelf: Shelf) -> list[BaseRoute]:
    """The application's own routes for the trip on this shelf."""

    def page(render: Callable[[Dossier, Request], Response]) -> Callable[[Request], Response]:
        def answer(request: Request) -> Response:
            dossier = shelf.with_fingerprint(request.path_params["fingerprint"])
            if dossier is None:
                return PlainTextResponse("This trip has changed since the page was opened; reload it.", 404)
            return render(dossier, request)

        return answer

    return [
        Route("/trip/{fingerprint}/map.json", page(_map)),
        Route("/trip/{fingerprint}/stop/{stop}.html", page(_stop)),
        Route("/health", lambda request: PlainTextResponse("ok")),
        Mount(f"/{assets_path()}/browser", _Kept(directory=BROWSER_FOLDER)),
        Mount(f"/{assets_path()}/web", _Kept(directory=web_folder())),
    ]


def _map(dossier: Dossier, request: Request) -> Response:
    return Response(map_json(dossier), media_type="application/json", headers=FOREVER)


def _stop(dossier: Dossier, request: Request) -> Response:
    stop = request.path_params["stop"]
    if stop not in dossier.trip.stops:
        return PlainTextResponse("This trip has no such stop.", 404)
    return HTMLResponse(stop_html(dossier, stop), headers=FOREVER)


class _Kept(StaticFiles):
    """Static files that the browser need not ask for again: their address names their content."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        if response.status_code == 200:
            response.headers.update(FOREVER)
        return response
