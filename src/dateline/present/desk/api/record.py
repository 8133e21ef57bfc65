"""The record itself: what it holds and does not, its codebook, and its rows in the formats that others read."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi import Query as Parameter
from fastapi.responses import Response

from dateline.present.desk.api import models
from dateline.present.desk.api.answers import LATER, Json, Wait, encoded, worked_out, written
from dateline.present.desk.api.filters import filters
from dateline.present.desk.api.relations import By, From, To
from dateline.present.desk.api.reports import schema as reading_schema
from dateline.present.desk.exporting import exported
from dateline.present.desk.pages import desk_of
from dateline.present.desk.views.codebook import codes, version
from dateline.present.exports import Format, media
from dateline.record.query import Query

router = APIRouter(tags=["the record"])


@router.get("/status", responses=LATER, response_model=models.Status)
async def status(request: Request, wait: Wait = 5) -> Response:
    """What is in the record and what is not, as ``dateline status --json`` tells it."""
    return await worked_out(request, "api status", lambda desk: encoded(desk.record.status()), wait, written)


@router.get("/exposure", response_model=list[models.Exposed])
def exposure(request: Request, by: By = "month", since: From = None, to: To = None) -> Response:
    """All events and reports of each month or week: what the counts of a relation are held against."""
    first, last = (day.isoformat() if day else None for day in (since, to))
    rows = desk_of(request).record.store.exposure(by, first, last, stories=False)
    return Json([{"unit": e.unit, "period": e.period, "events": e.events, "reports": e.reports} for e in rows])


@router.get("/codebook", response_model=models.Codebook)
def codebook() -> Response:
    """Each code with its definition, its class and its weight."""
    return written(_codebook())


@cache
def _codebook() -> bytes:
    rows = [{"kind": c.kind, "code": c.code, "name": c.name, "about": c.about, "quad": c.quad or None,
             "goldstein": c.goldstein, "type": c.type or None, "above": c.above or None}
            for c in codes().values()]  # fmt: skip
    return encoded({"version": version(), "codes": rows})


@router.get("/schema", response_model=dict[str, Any])
def schema() -> Response:
    """The JSON Schema of a reading, with its version."""
    return Json(reading_schema())


_FORMATS: dict[int | str, dict[str, Any]] = {
    200: {"description": "The rows", "content": {
        media(f): {"schema": {} if "json" in media(f) else {"type": "string"}} for f in Format}}
}  # fmt: skip


@router.get("/export", responses=_FORMATS, response_class=Response, response_model=None)
def export(
    request: Request, format: Annotated[Format, Parameter(description="What to write.")],
    query: Annotated[Query, Depends(filters())],
) -> Response:  # fmt: skip
    """What the filters let through, for other programs: the rows of ``dateline export``, sent as they are written."""
    return exported(desk_of(request), query, format, body="head" not in request.scope)
