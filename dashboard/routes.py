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

from dashboard.bundle import static_folder
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
#: What a browser is told that asks for the data of a trip which is no longer served.
CHANGED = "This trip has changed since the page was opened; reload it."
#: How the names of Streamlit's own files begin that the page needs, as its build names them; nothing promises these.
STREAMLIT_CHUNKS = (
    *("Html", "purify", "BidiComponent", "serialization"),
    *("recordbatch", "ComponentInstance", "IFrameUtil"),
)
#: The typeface of titles and quotations, as Streamlit's build names it.
SERIF = "SourceSerifVariable-Roman.*.woff2"
STREAMLIT_PAGE = Path(str(files("streamlit"))) / "static"


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
    modules = [*_streamlit_files(), f"/{assets_path()}/app.js"]
    return ", ".join(f"<{path}>; rel=modulepreload" for path in modules)


def _streamlit_files() -> list[str]:
    folder = STREAMLIT_PAGE / "static" / "js"
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
        Route("/", _front_page(shelf)),
        Route("/present", _present),
        Route("/health", _health),
        Mount(f"/{assets_path()}", _Kept(directory=static_folder())),
    ]


async def _health(request: Request) -> Response:
    """Whether the server answers. It needs no thread, so that it answers also when all of them are busy."""
    return PlainTextResponse("ok")


def _front_page(shelf: Shelf) -> Callable[[Request], Response]:
    """Streamlit's page with our style sheet in it, which thus counts from the first frame on, and once for all runs.

    It stands at the end, for of two rules of the same weight the later one counts, and Streamlit adds its own to the
    head. Where the trip is open its data are fetched at once, beside the program that will draw them.
    """
    page = (STREAMLIT_PAGE / "index.html").read_text(encoding="utf-8")

    def answer(request: Request) -> Response:
        dossier = shelf.opened()
        data = f'<link rel="preload" as="fetch" crossorigin href="/{data_path(dossier)}/map.json">' if dossier else ""
        html = page.replace("</body>", f"{_style_and_links()}{data}</body>")
        return HTMLResponse(html, headers={"Cache-Control": "no-cache"})

    return answer


@cache
def _style_and_links() -> str:
    """Our style sheet, the second typeface, and what the map's frame will ask for when it is there.

    The sheet is written out: a link to it would have Streamlit's program wait for one more answer.
    """
    base = f"/{assets_path()}"
    typefaces = [f"/static/media/{file.name}" for file in (STREAMLIT_PAGE / "static" / "media").glob(SERIF)]
    return "".join(
        (
            f"<style>{(static_folder() / 'page.css').read_text(encoding='utf-8')}</style>",
            *(f'<link rel="preload" as="font" crossorigin fetchpriority="low" href="{path}">' for path in typefaces),
            *(f'<link rel="prefetch" href="{path}">' for path in (f"{base}/frame.js", f"{base}/frame.css")),
        )
    )


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
