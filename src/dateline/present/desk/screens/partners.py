"""All relations of one actor as small rivers, those that changed most first."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter, Request
from fastapi.responses import Response

from dateline.errors import DatelineError, QueryError
from dateline.present.desk.pages import desk_of, page
from dateline.present.desk.views import partners as views
from dateline.present.desk.views import relation

router = APIRouter()


@router.get("/partners")
def partners(request: Request) -> Response:
    """The screen; without an actor that of the record's busiest side."""
    desk = desk_of(request)
    wanted = views.wanted_of(request.query_params)
    chosen = not wanted.asked.a
    try:
        if chosen:
            pairs = relation.busiest(desk)
            if pairs is None:
                return page(request, "relation_wait.html", title="Partners")
            if not pairs:
                return page(request, "partners_none.html", title="Partners", wanted=wanted, suggested=[])
            wanted = replace(wanted, asked=replace(wanted.asked, a=pairs[0].a))
        shown = views.screen(desk, wanted)
    except DatelineError as error:
        status = 404 if isinstance(error, QueryError) and error.name == "actor" else 422
        reason = getattr(error, "reason", "this cannot be counted")
        return page(request, "partners_none.html", status, title="Partners", wanted=wanted, wrong=reason,
                    suggested=relation.suggestions(desk))  # fmt: skip
    if request.headers.get("hx-target") == "tiles":
        return page(request, "_partners_tiles.html", view=shown)
    return page(request, "partners.html", view=shown, chosen=chosen, suggested=relation.suggestions(desk),
                title=f"Partners of {shown.name}")  # fmt: skip
