"""Sources and coverage: what was read, what was not and why, and where there are gaps."""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from dateline.present.desk.pages import desk_of, page
from dateline.present.desk.views import sources
from dateline.present.pictures import HeatStrip, Style, draw
from dateline.present.words import kind_of

router = APIRouter()
#: Reports on one page of a list, and skips on theirs.
ROWS, SKIPS = 100, 500
Text = Annotated[str | None, Query(max_length=1000)]


@router.get("/sources")
def show(request: Request, source: Text = None, year: Annotated[int | None, Query(ge=1, le=9999)] = None) -> Response:
    """Reports by source and day, of the record or of one source."""
    found = sources.known(desk_of(request))
    if found is None:
        return page(request, "counting.html", title="Sources and coverage")
    view = sources.sources_view(found.answer, found.stale, source, year)
    title = f"Source: {view.chosen.name}" if view.chosen else "Sources and coverage"
    months = sources.months_of(view.strip, source)
    return page(request, "sources.html", title=title, view=view, picture=_picture(view.strip, source), months=months)


@lru_cache(maxsize=64)
def _picture(strip: HeatStrip, source: str | None) -> str:
    """The strip of days, drawn once."""
    return draw(strip, Style(css=False, href=lambda key: sources.opens(source, key), prefix="days"))


@router.get("/sources/reports")
def reports(
    request: Request, source: Text = None, on: Text = None, since: Text = None, until: Text = None, lack: Text = None,
    reason: Text = None, cursor: Annotated[str | None, Query(max_length=60)] = None,
) -> Response:  # fmt: skip
    """The reports that a number of the coverage counts."""
    wanted = sources.wanted_of(source, on, since, until, lack, reason)
    found = sources.report_list(desk_of(request), wanted, ROWS, cursor)
    return page(request, "source_reports.html", title=found.title, found=found, source=source, cursor=cursor)


@router.get("/sources/skipped")
def skipped(request: Request) -> Response:
    """What could not be kept at all, and why."""
    rows = desk_of(request).record.store.skips(SKIPS)
    told = [(sources.where_words(where), kind_of(why), first[:10]) for where, why, first in rows]
    return page(request, "skipped.html", title="What could not be kept", rows=told, most=SKIPS)
