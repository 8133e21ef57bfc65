"""What is seen, as a file: every format of ``dateline export``, with the filters of the view."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from dateline.present.desk.exporting import exported, format_of
from dateline.present.desk.pages import desk_of
from dateline.present.desk.views.search import asked_query

router = APIRouter()


@router.api_route("/export", methods=["GET", "HEAD"])
def export(request: Request, format: Annotated[str, Query(max_length=40)] = "csv") -> Response:
    """The entries that the filters let through, as one file."""
    query = asked_query(request.query_params)
    return exported(desk_of(request), query, format_of(format, query.find), body=request.method == "GET")
