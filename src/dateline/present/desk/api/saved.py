"""Searches kept under a name."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, HTTPException, Path, Request
from fastapi.responses import Response

from dateline.present.desk.api import models
from dateline.present.desk.api.answers import Json
from dateline.present.desk.api.filters import filters
from dateline.present.desk.api.writing import may_write
from dateline.present.desk.pages import desk_of
from dateline.record.query import Query

router = APIRouter(tags=["saved searches"])
_NAME = Annotated[str, Path(min_length=1, max_length=200, description="The name of a saved search.")]


@router.get("/saved", response_model=list[models.Saved])
def saved(request: Request) -> Response:
    """The saved searches by name."""
    return Json([_row(name, query) for name, query in desk_of(request).record.saved().items()])


@router.put("/saved/{name}", response_model=models.Saved)
def save(request: Request, name: _NAME, query: Annotated[Query, Depends(filters())]) -> Response:
    """Keep a search, told by its filters, under a name; a name used before is given to this one."""
    may_write(request)
    if query == Query():
        raise HTTPException(422, "give words, or at least one filter")
    desk_of(request).record.save(name, query)
    return Json(_row(name, query))


@router.delete("/saved/{name}", status_code=204)
def forget(request: Request, name: _NAME) -> Response:
    """Forget a saved search."""
    may_write(request)
    if not desk_of(request).record.forget(name):
        raise HTTPException(404, f"no search is saved as {name!r}")
    return Response(status_code=204)


def _row(name: str, query: Query) -> dict[str, object]:
    asked = query.as_json()
    told = urlencode({key: "true" if value is True else value for key, value in asked.items()})
    return {"name": name, "query": asked, "search": f"/api/v1/search?{told}"}
