"""A first visit: a report pasted and read, and the guide that is put away."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from dateline.present.desk.api.writing import may_write
from dateline.present.desk.jobs import Pasted
from dateline.present.desk.pages import came_from, desk_of, page
from dateline.present.desk.safety import COOKIE
from dateline.present.desk.views import adding

router = APIRouter()
GUIDED = "guided"
Short = Annotated[str, Form(max_length=1000)]


@router.get("/add")
def form(request: Request) -> Response:
    """The box into which a report is pasted."""
    may_write(request)
    return page(request, "add.html", title="Add a report", job=None)


@router.post("/add")
def add(
    request: Request, text: Annotated[str, Form(max_length=adding.LONGEST)] = "", title: Short = "",
    publisher: Short = "", published: Short = "",
) -> Response:  # fmt: skip
    """Read a report and keep it, aside; the answer is a page that shows what came of it."""
    may_write(request)
    job = desk_of(request).common.paste(Pasted(text, title, publisher, published))
    return RedirectResponse(f"/add/{job}", 303)


@router.get("/add/{job}")
def added(request: Request, job: str) -> Response:
    """What came of a report that was pasted."""
    found = adding.added(desk_of(request), job)
    return page(request, "add.html", title="Add a report", job=found)


@router.post("/guided")
def guided(request: Request) -> Response:
    """The guide is put away, for this browser."""
    if COOKIE not in request.cookies:
        raise HTTPException(403, "load the page again")
    answer = RedirectResponse(came_from(request, "/relation"), 303)
    answer.set_cookie(GUIDED, "1", max_age=400 * 24 * 3600, httponly=True, samesite="lax", path="/",
                      secure=desk_of(request).settings.secure_cookies)  # fmt: skip
    return answer
