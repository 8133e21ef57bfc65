"""Frozen results: made from a search, listed, shown as they were."""

from __future__ import annotations

import json
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import RedirectResponse, Response

from dateline.present.desk.forms import fields_of
from dateline.present.desk.pages import desk_of, page, person_of
from dateline.present.desk.views.frozen import KIND, freeze, frozen_view
from dateline.present.desk.views.search import asked_query, in_words

router = APIRouter()
Fields = Annotated[dict[str, str], Depends(fields_of)]


@router.post("/frozen")
def keep(request: Request, fields: Fields) -> Response:
    """Freeze what the filters find now."""
    folio = freeze(desk_of(request), asked_query(fields), person_of(request).name, fields.get("title", "").strip())
    return RedirectResponse(f"/frozen/{folio.key}", 303)


@router.get("/frozen")
def listed(request: Request) -> Response:
    """All frozen results, the newest first."""
    folios = list(desk_of(request).record.store.folios(KIND, bodies=False))
    return page(request, "frozen_list.html", title="Frozen results", folios=folios)


@router.get("/frozen/{key}.json")
def kept(request: Request, key: str) -> Response:
    """A frozen result as it is kept: query, counts, state of the record, and all its rows."""
    view = frozen_view(desk_of(request), key, 0)
    folio = view.folio
    told = {"key": folio.key, "title": folio.title, "who": folio.who, "made": folio.made, "sound": folio.sound,
            **folio.body}  # fmt: skip
    headers = {"content-disposition": f'attachment; filename="frozen-{folio.key}.json"'}
    content = json.dumps(told, ensure_ascii=False, indent=1) + "\n"
    return Response(content, media_type="application/json", headers=headers)


@router.get("/frozen/{key}")
def show(request: Request, key: str, start: Annotated[int, Query(ge=0, le=1_000_000, alias="from")] = 0) -> Response:
    """A frozen result, and what the record has changed in it since."""
    view = frozen_view(desk_of(request), key, start)
    return page(request, "frozen.html", title=view.folio.title, view=view, asked_words=in_words(view.query))
