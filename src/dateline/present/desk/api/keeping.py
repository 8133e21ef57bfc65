"""Reports sent in: read and kept, or only read."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any

from anyio.to_thread import run_sync
from fastapi import APIRouter, HTTPException, Request
from fastapi import Query as Parameter
from fastapi.responses import Response
from starlette.datastructures import UploadFile

from dateline.present.desk.api import models
from dateline.present.desk.api.answers import LINES, Json, wants_lines
from dateline.present.desk.api.writing import may_write
from dateline.present.desk.keeper import MOST, Outcome, Part
from dateline.present.desk.pages import desk_of
from dateline.present.rows import as_row

router = APIRouter(tags=["reading"])
_FILES = 100
_REPORT = {
    "type": "object", "required": ["text"], "properties": {
        "id": {"type": "string"}, "title": {"type": ["string", "null"]}, "text": {"type": "string", "minLength": 1},
        "published": {"type": ["string", "null"], "description": "the day of publication, such as 2024-11-08"},
        "publisher": {"type": ["string", "null"]}, "language": {"type": ["string", "null"]},
        "url": {"type": ["string", "null"]}},
}  # fmt: skip
_BODY = {"requestBody": {"required": True, "description": f"At most {MOST} reports.", "content": {
    "application/json": {"schema": {"oneOf": [
        {"type": "array", "items": _REPORT, "minItems": 1, "maxItems": MOST}, _REPORT]}},
    LINES: {"schema": {"type": "string", "description": "an object a line, as `dateline add` reads them"}},
    "multipart/form-data": {"schema": {"type": "object", "required": ["file"], "properties": {
        "file": {"type": "array", "items": {"type": "string", "format": "binary"},
                 "description": "files of any kind that `dateline add` reads"}}}},
}}}  # fmt: skip
_DAY = Annotated[date | None, Parameter(description="The day of publication, for reports that tell none.")]


@router.post("/reports", response_model=models.Kept, openapi_extra=_BODY)
async def keep(request: Request, published: _DAY = None) -> Response:
    """Read reports and keep them in the record; what is known already stays as it is."""
    may_write(request)
    parts = await _parts(request)
    found: Outcome = await run_sync(desk_of(request).common.keep, parts, published)
    _check(found, found.added.new + found.added.versions + found.added.same)
    a = found.added
    return Json({"new": a.new, "versions": a.versions, "same": a.same, "unread": a.unread, "failed": a.failed,
                 "left": found.left, "keys": list(a.keys), "not_read": as_row(list(found.refused))})  # fmt: skip


_READ: dict[int | str, dict[str, Any]] = {200: {"content": {
    "application/json": {"schema": {"allOf": [{"$ref": "#/components/schemas/Readings"}, {"properties": {
        "readings": {"items": {"$ref": "#/components/schemas/Reading"}}}}]}},
    LINES: {"schema": {"type": "string", "description": "a reading a line"}},
}}}  # fmt: skip


@router.post("/read", response_model=models.Readings, responses=_READ, openapi_extra=_BODY)
async def read(request: Request, published: _DAY = None) -> Response:
    """Read reports and give what each tells, as ``dateline read --format jsonl`` does; nothing is kept."""
    may_write(request)
    parts = await _parts(request)
    found: Outcome = await run_sync(desk_of(request).common.read, parts, published)
    _check(found, len(found.readings))
    if wants_lines(request):
        return Response("".join(f"{line}\n" for line in found.readings), media_type=LINES)
    told = as_row(list(found.refused))
    head = Json({}).render({"not_read": told, "left": found.left})[:-1].decode()
    return Response(f'{head},"readings":[{",".join(found.readings)}]}}', media_type="application/json")


def _check(found: Outcome, done: int) -> None:
    """Raises 422 where nothing could be read of all that was sent, and 503 where there was no time for any of it."""
    if done:
        return
    if found.left:
        raise HTTPException(503, "no time for any of it just now: try again", {"retry-after": "30"})
    why = [{"where": [one.where], "reason": one.reason} for one in found.refused[:20]]
    raise HTTPException(422, why or "nothing was sent")


async def _parts(request: Request) -> list[Part]:
    """What a request holds: its body, or its files."""
    type_ = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if type_ == "multipart/form-data":
        async with request.form(max_files=_FILES, max_fields=_FILES) as form:
            files = [value for _, value in form.multi_items() if isinstance(value, UploadFile)]
            if not files:
                raise HTTPException(422, "no file: send files as parts with a file name")
            return [Part(_name(file.filename), file.content_type, await file.read()) for file in files]
    if type_ not in ("application/json", LINES, "application/jsonl"):
        raise HTTPException(415, f"send application/json, {LINES} or multipart/form-data")
    body = await request.body()
    if not body.strip():
        raise HTTPException(422, "nothing was sent")
    return [Part("the request", "application/json", body)]


def _name(given: str | None) -> str:
    """The name of a file that was sent, without folders."""
    return re.split(r"[/\\]", given or "")[-1][:120] or "a file"
