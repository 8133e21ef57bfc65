"""Sentences, statements, tellings and events, and the search for them."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi import Query as Parameter
from fastapi.responses import Response

from dateline.present.desk.api import models
from dateline.present.desk.api.answers import (
    LISTED,
    Cursor,
    Json,
    Limit,
    cursor_of,
    following,
    lines,
    page,
    wants_lines,
)
from dateline.present.desk.api.filters import filters
from dateline.present.desk.pages import desk_of
from dateline.present.rows import as_row, entry_row, hits_row
from dateline.record.query import Find, Query

router = APIRouter(tags=["entries"])
_OF_STATEMENTS = ("act", "stance", "sourcing", "form")
_OF_EVENTS = ("target", "type", "quad", "reality", "voice")
_Events = Annotated[Query, Depends(filters("find", *_OF_STATEMENTS))]
_Statements = Annotated[Query, Depends(filters("find", *_OF_EVENTS))]
_Sentences = Annotated[
    Query, Depends(filters("find", "source", "judged", "copies", *_OF_STATEMENTS, *_OF_EVENTS))
]
_Told = Annotated[Query, Depends(filters("find", "copies", *_OF_STATEMENTS))]


def _entries(request: Request, find: Find, query: Query, limit: int) -> Response:
    store = desk_of(request).record.store
    if wants_lines(request):
        whole = {Find.SENTENCES: store.sentences, Find.STATEMENTS: store.statements, Find.EVENTS: store.tellings}[find]
        return lines(request, whole(query), entry_row)
    rows, onward = store.page(find, query, limit, cursor_of(request))
    return page(request, map(entry_row, rows), onward)


@router.get("/sentences", response_model=models.page_of(models.Sentence), responses=LISTED)
def sentences(request: Request, query: _Sentences, limit: Limit = 50, cursor: Cursor = None) -> Response:
    """Sentences in the order of days."""
    return _entries(request, Find.SENTENCES, query, limit)


@router.get("/statements", response_model=models.page_of(models.Statement), responses=LISTED)
def statements(request: Request, query: _Statements, limit: Limit = 50, cursor: Cursor = None) -> Response:
    """Statements in the order of days; those of copies are given once unless ``copies`` is asked for."""
    return _entries(request, Find.STATEMENTS, query, limit)


@router.get("/tellings", response_model=models.page_of(models.Telling), responses=LISTED)
def tellings(request: Request, query: _Events, limit: Limit = 50, cursor: Cursor = None) -> Response:
    """Events as reports tell them; of each distinct event the earliest telling unless ``copies`` is asked for."""
    return _entries(request, Find.EVENTS, query, limit)


@router.get("/events", response_model=models.page_of(models.Event), responses=LISTED)
def events(request: Request, query: _Told, limit: Limit = 50, cursor: Cursor = None) -> Response:
    """Distinct events, each with how many tellings, reports and stories tell it."""
    store = desk_of(request).record.store
    if wants_lines(request):
        return lines(request, store.events(query), as_row)
    rows, onward = store.events_page(query, limit, cursor_of(request))
    return page(request, map(as_row, rows), onward)


_COUNTS = "Count all that matches three ways: reports, stories, events or statements. Takes longer where much does."


@router.get("/search", response_model=models.Found)
def search(
    request: Request, query: Annotated[Query, Depends(filters())], limit: Limit = 20, cursor: Cursor = None,
    counts: Annotated[bool, Parameter(description=_COUNTS)] = False,
) -> Response:  # fmt: skip
    """The best matches, each with its sentence and its neighbours, as ``dateline search --json`` prints them."""
    store = desk_of(request).record.store
    hits = store.search(query, limit, cursor_of(request))
    row: dict[str, Any] = hits_row(query, store.counts(query) if counts else None, hits)
    row["next"] = following(request, hits.cursor)
    return Json(row)
