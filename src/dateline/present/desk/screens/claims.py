"""Claims: who asserts, denies, doubts, demands or predicts what. No verdict on truth is ever given."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from dateline.analyse.claims import ClaimGroup
from dateline.errors import QueryError
from dateline.present.desk.pages import desk_of, link, page
from dateline.present.desk.views.claims import (
    claim_table,
    claim_view,
    claims_table,
    claims_view,
    found,
    found_one,
    pictures,
)
from dateline.present.pictures import Table
from dateline.present.pictures import table as numbers
from dateline.relate.claims import is_key

router = APIRouter()
Words = Annotated[str | None, Query(max_length=500)]


@router.get("/claims")
def claims(request: Request, words: Words = None, contested: bool = False, after: str | None = None) -> Response:
    """The list, most sources first."""
    if words and is_key(words):
        return one(request, words.strip())
    known = found(desk_of(request), words)
    view = claims_view(known, contested, after) if known else None
    title = f"Claims about “{words}”" if words else "Claims"
    return page(request, "claims.html", title=title, words=words or "", contested=contested, view=view,
                csv=link("/claims.csv", words=words, contested=contested))  # fmt: skip


@router.get("/claims.csv")
def claims_csv(request: Request, words: Words = None, contested: bool = False) -> Response:
    """All rows of the list, for a spreadsheet."""
    known = found(desk_of(request), words)
    if known is None:
        return _not_yet(request)
    kept: list[ClaimGroup] = [c for c in known.answer.claims if c.contested or not contested]
    return _csv(claims_table(kept), "claims")


@router.get("/claims/{key}.csv")
def claim_csv(request: Request, key: str) -> Response:
    """The statements on one claim, for a spreadsheet."""
    _check(key)
    known = found_one(desk_of(request), key)
    return _csv(claim_table(known.answer.claims[0]), key) if known else _not_yet(request)


@router.get("/claims/{key}")
def one(request: Request, key: str) -> Response:
    """One claim: lanes, first appearance, wordings, sources."""
    _check(key)
    desk = desk_of(request)
    known = found_one(desk, key)
    if known is None:
        return page(request, "claim.html", title="Claim", view=None, key=key)
    view = claim_view(desk.record, known)
    wide, narrow = pictures(view)
    return page(request, "claim.html", title=f"Claim: {view.row.text[:120]}", view=view, key=key, wide=wide,
                narrow=narrow, numbers=numbers(view.lanes), csv=f"/claims/{view.row.key}.csv")  # fmt: skip


def _check(key: str) -> None:
    if not is_key(key):
        raise QueryError("claim", f"{key[:40]!r} is no key of a claim: the list of claims has them")


def _csv(table: Table, name: str) -> Response:
    # a mark at the start, by which spreadsheets know UTF-8
    return Response("\ufeff" + table.csv(), media_type="text/csv; charset=utf-8",
                    headers={"content-disposition": f'attachment; filename="{name}.csv"'})  # fmt: skip


def _not_yet(request: Request) -> Response:
    told = "The claims are being worked out; ask again in a moment.\n"
    return Response(told, 503, {"retry-after": "5"}, "text/plain")
