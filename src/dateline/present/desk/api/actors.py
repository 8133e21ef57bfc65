"""Actors and claims."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request
from fastapi import Query as Parameter
from fastapi.responses import Response

from dateline.errors import QueryError
from dateline.present.desk.api import models
from dateline.present.desk.api.answers import (
    LATER,
    LISTED,
    Cursor,
    Json,
    Limit,
    Wait,
    answered,
    cursor_of,
    lines,
    page,
    wants_lines,
    worked_out,
)
from dateline.present.desk.api.filters import filters
from dateline.present.desk.pages import desk_of
from dateline.present.desk.state import Desk
from dateline.present.desk.views.claims import found, found_one
from dateline.present.rows import as_row
from dateline.record.query import Query
from dateline.relate.claims import FoundClaims

router = APIRouter(tags=["actors and claims"])
_HELD = "Words that a name of the actor holds."
_NAME = Annotated[str | None, Parameter(min_length=1, max_length=300, description=_HELD)]


@router.get("/actors", response_model=models.page_of(models.ActorLine), responses=LISTED | LATER)
async def actors(
    request: Request, query: Annotated[Query, Depends(filters())], name: _NAME = None, limit: Limit = 50,
    cursor: Cursor = None, wait: Wait = 5,
) -> Response:  # fmt: skip
    """Actors, those in most reports first; with filters the actors of the reports that hold a matching entry."""
    if name and query != Query():
        raise QueryError("name", "goes with no other filter: ask for the name, or for what the filters find")
    after = _after(cursor_of(request))

    def ranked(desk: Desk) -> list[tuple[str, int]]:
        return desk.record.store.ranked_actors(query, name)

    def made(known: list[tuple[str, int]]) -> Response:
        store = desk_of(request).record.store
        start = _behind(known, after)
        if wants_lines(request):
            parts = (known[at : at + 500] for at in range(0, len(known), 500))
            return lines(request, (row for part in parts for row in _rows(store, part)), dict)
        shown = known[start : start + limit]
        onward = f"{shown[-1][1]}:{shown[-1][0]}" if start + limit < len(known) else None
        return page(request, _rows(store, shown), onward)

    return await worked_out(request, ("api actors", query, name), ranked, wait, made)


def _rows(store: Any, shown: list[tuple[str, int]]) -> list[dict[str, Any]]:
    reports = dict(shown)
    found = store.actor_lines([key for key, _ in shown])
    return [{"key": a.key, "name": a.name, "kind": a.kind, "country": a.country, "code": a.code,
             "reports": reports[a.key]} for a in found]  # fmt: skip


def _after(cursor: str | None) -> tuple[int, str] | None:
    if cursor is None:
        return None
    number, colon, key = cursor.partition(":")
    if not (colon and key and number.isdecimal() and len(number) < 12):
        raise QueryError("cursor", f"{cursor[:40]!r} is none that a list gave")
    return -int(number), key


def _behind(known: list[tuple[str, int]], after: tuple[int, str] | None) -> int:
    from bisect import bisect_right

    return bisect_right(known, after, key=lambda one: (-one[1], one[0])) if after else 0


_KEY = Annotated[str, Path(min_length=1, max_length=300, description="A name, a key, or a country's code.")]


@router.get("/actors/{key}", response_model=models.Actor)
def actor(request: Request, key: _KEY) -> Response:
    """One actor across all reports: names, roles over time, and why it is held to be one."""
    return Json(as_row(desk_of(request).record.actor(key)))


_OF_IT = "Words of the claim; all claims if none."
_WORDS = Annotated[str | None, Parameter(min_length=1, max_length=300, description=_OF_IT)]
_CONTESTED = Annotated[bool, Parameter(description="Only claims that one source is for and another against.")]


@router.get("/claims", response_model=models.page_of(models.Claim), responses=LISTED | LATER)
async def claims(
    request: Request, words: _WORDS = None, contested: _CONTESTED = False, limit: Limit = 20, cursor: Cursor = None,
    wait: Wait = 5,
) -> Response:  # fmt: skip
    """Who asserted, denied, doubted, demanded or predicted the same thing, and when; most sources first.

    Nothing here says whether a claim is true.
    """
    after = cursor_of(request)

    def made(known: FoundClaims) -> Response:
        kept = [claim for claim in known.claims if claim.contested or not contested]
        if wants_lines(request):
            return lines(request, iter(kept), as_row)
        start = next((n for n, claim in enumerate(kept, 1) if claim.key == after), 0) if after else 0
        shown = kept[start : start + limit]
        return page(request, map(as_row, shown), shown[-1].key if start + limit < len(kept) else None)

    return await answered(request, lambda desk: found(desk, words), wait, made)


_CLAIM = Annotated[str, Path(min_length=1, max_length=60, description="A claim's key.")]


@router.get("/claims/{key}", response_model=models.Claim, responses=LATER)
async def claim(request: Request, key: _CLAIM, wait: Wait = 5) -> Response:
    """One claim with all positions on it."""
    return await answered(request, lambda desk: found_one(desk, key), wait, lambda known: Json(as_row(known.claims[0])))
