"""What people decide: the log, a decision, and taking one back."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, Request
from fastapi import Query as Parameter
from fastapi.responses import Response

from dateline.present.desk.api import models
from dateline.present.desk.api.answers import LISTED, Cursor, Json, Limit, cursor_of, lines, page, wants_lines
from dateline.present.desk.api.writing import may_write
from dateline.present.desk.pages import desk_of, person_of
from dateline.present.rows import as_row
from dateline.record.entries import Correction

router = APIRouter(tags=["corrections"])
_TARGET = Annotated[str | None, Parameter(min_length=1, max_length=500, description="Those of one key alone.")]


@router.get("/corrections", response_model=models.page_of(models.CorrectionMade), responses=LISTED)
def corrections(request: Request, target: _TARGET = None, limit: Limit = 50, cursor: Cursor = None) -> Response:
    """All corrections, or those of one key, in the order in which they were made."""
    store = desk_of(request).record.store
    if wants_lines(request):
        return lines(request, store.corrections(target), as_row)
    rows, onward = store.corrections_page(target, limit, cursor_of(request))
    return page(request, map(as_row, rows), onward)


@router.post("/corrections", response_model=models.CorrectionMade, status_code=201)
def correct(request: Request, asked: models.CorrectionAsked) -> Response:
    """Accept, reject or edit a statement or event, merge or split actors, or give a report its day.

    Nothing that was read is overwritten; the decision holds whenever the report is read anew, and can be undone.
    """
    may_write(request)
    if (asked.field is None) == (asked.action == "edit"):
        raise HTTPException(422, "field: an edit needs one, and nothing else has one")
    if asked.action == "date":
        if not isinstance(asked.target, str) or not isinstance(asked.value, str):
            raise HTTPException(422, "date: target is a report's key, value its day")
        made = desk_of(request).common.date(asked.target, asked.value, person_of(request).name, asked.why)
        return _made(made)
    if asked.action == "edit" and asked.field == "date":
        raise HTTPException(422, "field: a report's day is set with the action date")
    made = desk_of(request).record.correct(
        asked.action, asked.target, who=person_of(request).name, why=asked.why, field=asked.field, value=asked.value
    )
    return _made(made)


_ID = Annotated[int, Path(alias="id", ge=1, le=2**62, description="The number of a correction.")]


@router.post("/corrections/{id}/undo", response_model=models.CorrectionMade, status_code=201)
def undo(request: Request, number: _ID, asked: models.UndoAsked | None = None) -> Response:
    """Take a correction back: one more row in the log, and all as if it had not been made."""
    may_write(request)
    record, who, why = desk_of(request).record, person_of(request).name, asked.why if asked else None
    meant = next(record.store.log(before=number + 1, limit=1), None)
    if meant is None or meant.id != number:
        raise HTTPException(404, f"there is no correction {number}")
    if meant.field == "date":
        return _made(desk_of(request).common.undo(number, who, why))
    return _made(record.undo(number, who=who, why=why))


def _made(made: Correction) -> Response:
    return Json(as_row(made), 201)
