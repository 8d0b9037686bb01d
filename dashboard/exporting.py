"""Answers a browser that asks for a view as a file: the workshop writes it, and tells how far it is."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import asdict
from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from dashboard.dossier import Dossier
from dashboard.exports import FORMATS, Format, Portion, TooLargeError
from dashboard.selection import from_query
from dashboard.this_machine import leads_elsewhere
from dashboard.worker import order
from dashboard.workshop import GoneError, NotNowError, RefusedError, WorkError, Workshop

#: Seconds after which it is worth asking again where the queue is full.
ASK_AGAIN = "30"
NOT_KEPT = {"Cache-Control": "no-store"}
#: What a server notes where the reader left before the answer; nobody reads it.
GONE = 499
NOBODY = "Nobody waits for this file."


class Exporting:
    """Writes what readers take away in a workshop, and answers them.

    ``public`` is the address that readers know the dashboard by, such as ``https://trips.example``, where it is not the
    one that the request names: a proxy on the way may have put its own in place of it.
    """

    def __init__(self, workshop: Workshop, public: str | None = None) -> None:
        self._workshop, self._public = workshop, public

    async def answer(self, dossier: Dossier, request: Request) -> Response:
        """The view that the request's filters leave, as a file; the answer comes when it is written."""
        chosen = FORMATS.get(request.path_params["format"])
        if chosen is None:
            return PlainTextResponse(f"Expected one of {', '.join(FORMATS)}.", 404)
        try:
            portion = await run_in_threadpool(self._portion, dossier, request)
            data = await self._written(portion, chosen, request)
        except NotNowError as error:
            return PlainTextResponse(str(error), 503, {**NOT_KEPT, "Retry-After": ASK_AGAIN})
        except (TooLargeError, RefusedError) as error:
            return PlainTextResponse(str(error), 422, NOT_KEPT)
        except GoneError:
            return Response(status_code=GONE)
        except WorkError as error:
            return PlainTextResponse(str(error), 500, NOT_KEPT)
        headers = {"Content-Disposition": f'attachment; filename="{chosen.file_name(portion)}"', **NOT_KEPT}
        return Response(data, media_type=chosen.media_type, headers=headers)

    async def progress(self, dossier: Dossier, request: Request) -> Response:
        """How far the file is that another request waits for; 404 where none does."""
        chosen = FORMATS.get(request.path_params["format"])
        portion = await run_in_threadpool(self._portion, dossier, request)
        found = chosen and self._workshop.progress(_key(portion, chosen))
        return JSONResponse(asdict(found), headers=NOT_KEPT) if found else PlainTextResponse(NOBODY, 404, NOT_KEPT)

    async def _written(self, portion: Portion, chosen: Format, request: Request) -> bytes:
        await run_in_threadpool(chosen.check, portion)
        return await self._workshop.make(
            _key(portion, chosen), partial(order, chosen.name, portion), request.is_disconnected
        )

    def _portion(self, dossier: Dossier, request: Request) -> Portion:
        selection, _ = from_query(dict(request.query_params), dossier.trip)
        base = self._public or str(request.base_url).rstrip("/")
        link = f"{base}/{selection.to_link()}" if leads_elsewhere(base) else ""  # of no use on another machine
        return Portion(dossier, selection, link)


def _key(portion: Portion, chosen: Format) -> Hashable:
    """All that a file is made of; on the machine itself it has no link that would tell one portion from another."""
    return portion.fingerprint, chosen.name, portion.selection, portion.link
