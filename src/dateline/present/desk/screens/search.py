"""Search: words and filters, what was found page by page, and what it is made of."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from dateline.present.desk.pages import desk_of, page
from dateline.present.desk.views import search as views

router = APIRouter()
#: Hits on a page, where the address does not say.
ROWS = 20


@router.get("/search")
def show(
    request: Request, limit: Annotated[int, Query(ge=1)] = ROWS, facets: Annotated[str, Query(max_length=4)] = ""
) -> Response:
    """What a search finds, newest first or best first, and what narrows it."""
    desk = desk_of(request)
    view = views.search_view(desk, request.query_params, min(limit, desk.settings.longest_page), facets == "1")
    return page(request, "search.html", 422 if view.wrong else 200, title=view.title, view=view, limit=limit,
                choices=views.CHOICES, written=views.WRITTEN, labels=views.LABELS,
                options=views.options)  # fmt: skip
