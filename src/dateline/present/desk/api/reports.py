"""Reports: a list, and all about one."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request
from fastapi import Query as Parameter
from fastapi.responses import Response

from dateline.present.desk.api import models
from dateline.present.desk.api.answers import LISTED, Cursor, Json, Limit, cursor_of, lines, page, wants_lines
from dateline.present.desk.api.filters import filters
from dateline.present.desk.pages import desk_of
from dateline.present.rows import as_row
from dateline.record.query import Query

router = APIRouter(tags=["reports"])
Key = Annotated[str, Path(min_length=1, max_length=500, description="The report's key, or the id it came with.")]
Number = Annotated[int | None, Parameter(ge=1, le=1_000_000, description="An earlier version; else the current one.")]


@router.get("/reports", response_model=models.page_of(models.Report), responses=LISTED)
def reports(
    request: Request, query: Annotated[Query, Depends(filters())], limit: Limit = 50, cursor: Cursor = None
) -> Response:
    """All reports in the order of days; with filters those that hold a matching entry."""
    store = desk_of(request).record.store
    if wants_lines(request):
        return lines(request, store.reports(query), as_row)
    rows, onward = store.reports_page(query, limit, cursor_of(request))
    return page(request, map(as_row, rows), onward)


@router.get("/reports/{key}", response_model=models.Report)
def report(request: Request, key: Key) -> Response:
    """A report without its text: its title, its dates and where they come from, its story."""
    return Json(as_row(desk_of(request).record.report(key)))


@router.get("/reports/{key}/text", response_model=models.Text)
def text(request: Request, key: Key, version: Number = None) -> Response:
    """The words of a report, which all offsets count."""
    record = desk_of(request).record
    found = record.report(key)
    number = version or found.version
    answer = Json({"report": found.key, "version": number, "text": record.text(key, version)})
    return _dated(answer, record.versions(key), number)


_READING: dict[int | str, dict[str, Any]] = {
    200: {"description": "A reading", "content": {
        "application/json": {"schema": {"$ref": "#/components/schemas/Reading"}}}}
}  # fmt: skip


@router.get("/reports/{key}/reading", responses=_READING, response_model=None)
def reading(request: Request, key: Key, version: Number = None) -> Response:
    """The machine's reading of a report, without corrections, as ``dateline read --format jsonl`` gave it."""
    record = desk_of(request).record
    number = version or record.report(key).version
    return _dated(Json(record.reading(key, version)), record.versions(key), number)


@router.get("/reports/{key}/versions", response_model=list[models.Version])
def versions(request: Request, key: Key) -> Response:
    """The versions of a report, oldest first."""
    return Json(as_row(desk_of(request).record.versions(key)))


@router.get("/reports/{key}/copies", response_model=models.Story)
def copies(request: Request, key: Key) -> Response:
    """The reports of the same story in their order of copying, and its wire credit."""
    order, credit = desk_of(request).record.copies(key)
    return Json({"credit": credit, "order": as_row(order)})


def _dated(answer: Response, known: list[dict[str, Any]], number: int) -> Response:
    """Says when a version was kept."""
    added = next((v["added"] for v in known if v["version"] == number), None)
    if added:
        answer.headers["last-modified"] = format_datetime(datetime.fromisoformat(added).astimezone(UTC), usegmt=True)
    return answer


def schema() -> dict[str, Any]:
    """The JSON Schema of a reading."""
    from importlib.resources import files

    found: dict[str, Any] = json.loads(files("dateline.present").joinpath("reading.schema.json").read_text("utf-8"))
    return found
