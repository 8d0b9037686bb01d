"""What the application serves beside the Streamlit page: the trip's data, the pages of its stops, and its own assets.

Data stand under the trip's fingerprint, so that a browser may keep them for ever and a changed trip has a new address.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Awaitable, Callable
from functools import cache
from importlib.resources import files
from pathlib import Path
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from dashboard.bundle import web_folder
from dashboard.dossier import Dossier, Shelf
from dashboard.exporting import Exporting
from dashboard.exports import FORMATS
from dashboard.map.data import map_json
from dashboard.map.document import FileFormat
from dashboard.pages import PAGES, Page
from dashboard.pages.overview import overview_html
from dashboard.selection import from_query

#: Data and pages of a trip: a proxy on the way keeps none of them.
FOREVER = {"Cache-Control": "private, max-age=31536000, immutable"}
#: The program's own files, which are the same for everybody.
FOR_ALL = {"Cache-Control": "public, max-age=31536000, immutable"}
BROWSER_FOLDER = Path(__file__).parent / "browser"

#: What a browser is told that asks for the data of a trip which is no longer served.
CHANGED = "This trip has changed since the page was opened; reload it."

#: The browser's files that the page itself loads; the others are the map frame's or the exported page's.
MODULES = (
    *("hub", "dom", "connection", "timeline", "countries", "people", "reset"),
    *("overview", "itinerary", "panel", "nav", "files", "view", "reader", "present"),
)
#: How the names of Streamlit's own files begin that the page needs, as its build names them; nothing promises these.
STREAMLIT_CHUNKS = (
    *("Html", "purify", "BidiComponent", "serialization"),
    *("recordbatch", "ComponentInstance", "IFrameUtil"),
)


@cache
def code_digest() -> str:
    """Changes with every file of the program, for each can change a page; so an upgrade has new addresses."""
    return digest_of(Path(__file__).parent)


def digest_of(package: Path) -> str:
    """A short hash of the names and contents of a package's files, but for what Python compiled from them."""
    digest = hashlib.sha256()
    for file in sorted(package.rglob("*")):
        if file.is_file() and file.suffix != ".pyc":
            name, content = file.relative_to(package).as_posix(), file.read_bytes()
            digest.update(f"{name}\n{len(content)}\n".encode() + content)
    return digest.hexdigest()[:12]


def assets_path() -> str:
    """Where the browser's files are served."""
    return f"assets/{code_digest()}"


@cache
def early_links() -> str:
    """The page's ``Link`` header: what the browser will need and would else learn of only step by step.

    Streamlit's own files are named by their beginning, for the rest of the name changes with its version.
    """
    base = f"/{assets_path()}"
    modules = [f"{base}/browser/{file.name}" for file in sorted(BROWSER_FOLDER.glob("*.js")) if file.stem in MODULES]
    scripts = [f"{base}/web/leaflet.js", f"{base}/browser/map.js", f"{base}/browser/crowd.js"]
    links = [f"<{path}>; rel=modulepreload" for path in [*_streamlit_files(), *modules]]
    return ", ".join(links + [f"<{path}>; rel=preload; as=script" for path in scripts])


def _streamlit_files() -> list[str]:
    folder = Path(str(files("streamlit"))) / "static" / "static" / "js"
    return [f"/static/js/{file.name}" for name in STREAMLIT_CHUNKS for file in sorted(folder.glob(f"{name}.*.js"))]


def data_path(dossier: Dossier) -> str:
    """Where this trip's data are served."""
    return f"trip/{code_digest()}/{dossier.fingerprint}"


def routes(shelf: Shelf, exporting: Exporting) -> list[BaseRoute]:
    """The application's own routes for the trip on this shelf; ``exporting`` writes the files that are taken away."""

    def page(render: Callable[[Dossier, Request], Response]) -> Callable[[Request], Response]:
        def answer(request: Request) -> Response:
            dossier = shelf.with_fingerprint(request.path_params["fingerprint"])
            return render(dossier, request) if dossier else PlainTextResponse(CHANGED, 404)

        return answer

    def file(answer: Callable[[Dossier, Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
        async def endpoint(request: Request) -> Response:
            dossier = shelf.with_fingerprint(request.path_params["fingerprint"])
            return await answer(dossier, request) if dossier else PlainTextResponse(CHANGED, 404)

        return endpoint

    trip = f"/trip/{code_digest()}/{{fingerprint}}"
    return [
        Route(f"{trip}/map.json", page(_map)),
        *(Route(f"{trip}/{item.path}", page(_answer(item))) for item in PAGES),
        Route(f"{trip}/export/{{format}}", file(exporting.answer)),
        Route(f"{trip}/export/{{format}}/progress", file(exporting.progress)),
        Route("/present", _present),
        Route("/health", _health),
        Mount(f"/{assets_path()}/browser", _Kept(directory=BROWSER_FOLDER)),
        Mount(f"/{assets_path()}/web", _Kept(directory=web_folder())),
    ]


async def _health(request: Request) -> Response:
    """Whether the server answers. It needs no thread, so that it answers also when all of them are busy."""
    return PlainTextResponse("ok")


def _present(request: Request) -> Response:
    """The presentation's own address: the same page and the same map, shown as slides."""
    query = urlencode([("view", "present"), *((k, v) for k, v in request.query_params.multi_items() if k != "view")])
    return RedirectResponse(f"{request.scope.get('root_path', '')}/?{query}", 307)


_packed: dict[str, bytes] = {}


def _map(dossier: Dossier, request: Request) -> Response:
    """The map's data, made and packed once for all viewers: a large trip's take a second."""
    if dossier.fingerprint not in _packed:
        _packed.clear()  # a trip that has changed will not be asked for again
        menu: list[FileFormat] = [{"name": item.name, "label": item.label} for item in FORMATS.values()]
        data = map_json(dossier, overview_html(dossier), menu)
        _packed[dossier.fingerprint] = gzip.compress(data, compresslevel=6)
    body = _packed[dossier.fingerprint]
    headers = {**FOREVER, "Vary": "Accept-Encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(body, media_type="application/json", headers={**headers, "Content-Encoding": "gzip"})
    return Response(gzip.decompress(body), media_type="application/json", headers=headers)


def _answer(page: Page) -> Callable[[Dossier, Request], Response]:
    """The page that a request asks for; its filters are given as a link gives them."""

    def answer(dossier: Dossier, request: Request) -> Response:
        record = request.path_params.get("id", "")
        if not page.has(dossier, record):
            return PlainTextResponse(f"This trip has none of that name among its {page.collection}.", 404)
        selection, _ = from_query(dict(request.query_params), dossier.trip)
        return HTMLResponse(page.html(dossier, selection, record), headers=FOREVER)

    return answer


class _Kept(StaticFiles):
    """Static files that the browser need not ask for again: their address names their content."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        if response.status_code == 200:
            response.headers.update(FOR_ALL)
        return response
