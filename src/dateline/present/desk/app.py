"""The desk as an ASGI application: its screens, its API, and what stands before them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.resources import files
from pathlib import Path
from tempfile import gettempdir
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import Scope

from dateline.errors import CorrectionError, DatelineError, ModelError, QueryError, RecordError
from dateline.present.desk.common import Common
from dateline.present.desk.pages import page
from dateline.present.desk.safety import Safety
from dateline.present.desk.settings import Settings
from dateline.present.desk.state import Desk


class _Kept(StaticFiles):
    """Files that a browser may keep: their address changes when they do."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        if b"v=" in scope.get("query_string", b""):
            response.headers["cache-control"] = "public, max-age=31536000, immutable"
        return response


def create_app(settings: Settings, common: Common | None = None) -> FastAPI:
    """The desk of one record, or one of the processes that serve it and share what is ``common``.

    Raises ``RecordError`` where the record cannot be opened, ``DeskError`` for a bad users file.
    """
    desk = Desk(settings, common)

    @asynccontextmanager
    async def alive(app: FastAPI) -> AsyncIterator[None]:
        desk.warm()
        yield
        desk.close()

    from dateline import __version__

    app = FastAPI(title="Dateline", version=__version__, lifespan=alive, openapi_url="/api/v1/openapi.json",
                  docs_url=None, redoc_url=None)  # fmt: skip
    app.state.desk = desk
    app.mount("/static", _Kept(directory=str(Path(str(files("dateline.present.desk") / "static")))), name="static")
    _include(app, desk)
    _errors(app)
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=4)
    app.add_middleware(Safety, settings=settings, people=desk.people, allow=desk.common.allow)
    return app


def _include(app: FastAPI, desk: Desk) -> None:
    from dateline.present.desk.api import serve_api
    from dateline.present.desk.screens import SCREENS

    for router in SCREENS:
        app.include_router(router, include_in_schema=False)
    serve_api(app, desk)


def _errors(app: FastAPI) -> None:
    async def told(request: Request, error: Exception) -> Response:
        status, reason = _status(error), told_outside(_reason(error), request.app.state.desk.settings.record)
        if request.url.path.startswith("/api/"):
            return JSONResponse({"detail": reason}, status, getattr(error, "headers", None))
        title = "Not found" if status == 404 else "This cannot be shown"
        shown = page(request, "error.html", status, title=title, reason=reason)
        shown.headers.update(getattr(error, "headers", None) or {})
        return shown

    for kind in (DatelineError, RequestValidationError, HTTPException):
        app.add_exception_handler(kind, told)

    def broken(request: Request, error: Exception) -> Response:
        return JSONResponse({"detail": "a fault in Dateline; please report it"}, 500)

    app.add_exception_handler(Exception, broken)

    @app.get("/", include_in_schema=False)
    def home() -> RedirectResponse:
        return RedirectResponse("/relation", 307)

    @app.get("/health", include_in_schema=False)
    def health() -> JSONResponse:
        return JSONResponse({"status": "ok"})


_KEYS = ("report", "version", "actor", "statement", "event", "claim", "story", "folio", "saved")


def _status(error: Exception) -> int:
    if isinstance(error, HTTPException):
        return error.status_code
    if isinstance(error, RequestValidationError):
        return 422
    if isinstance(error, QueryError):
        # keys and names that the record does not hold, against filters that make no sense
        return 404 if error.name in _KEYS else 422
    if isinstance(error, CorrectionError):
        return 409
    if isinstance(error, RecordError | ModelError):
        return 503
    return int(getattr(error, "status", 422))


def _reason(error: Exception) -> Any:
    if isinstance(error, HTTPException):
        return error.detail
    if isinstance(error, RequestValidationError):
        return [{"where": [str(part) for part in e["loc"]], "reason": e["msg"]} for e in error.errors()]
    if isinstance(error, RecordError):
        return "the record cannot be read just now"  # its message names a file of the server's disk
    return str(error)


def told_outside(reason: Any, record: Path) -> Any:
    """A reason without the folders of the disk: errors of the statistics and of files name the record by its path.

    >>> told_outside("/home/anna/may.db: too short a record", Path("/home/anna/may.db"))
    'may.db: too short a record'
    """
    if not isinstance(reason, str):
        return reason
    for path in (str(record.absolute()), str(record)):
        reason = reason.replace(path, record.name)
    return reason.replace(gettempdir(), "the desk's disk")
