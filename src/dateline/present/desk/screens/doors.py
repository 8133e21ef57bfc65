"""Signing in and out."""

from __future__ import annotations

from secrets import token_urlsafe
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from dateline.present.desk.pages import desk_of, page
from dateline.present.desk.safety import cookie_of

router = APIRouter()


@router.get("/login")
def login(request: Request, then: str = "/") -> Response:
    """The form."""
    return _form(request, then)


@router.post("/login")
def enter(
    request: Request, password: Annotated[str, Form(max_length=1024)], name: Annotated[str, Form(max_length=256)] = "",
    then: Annotated[str, Form(max_length=4096)] = "/",
) -> Response:  # fmt: skip
    """A session for whoever knows a password, or the token."""
    desk = desk_of(request)
    if desk.people.holds_token(password):
        who = name.strip() or "token"
    elif desk.people.signed_in(name, password):
        who = name
    else:
        return _form(request, then, 401, wrong=True)
    answer = RedirectResponse(_inside(then), 303)
    answer.headers["set-cookie"] = cookie_of(desk.people.session(who, token_urlsafe(9)), desk.settings)
    return answer


@router.post("/logout")
def leave(request: Request) -> Response:
    """The session is taken from the browser."""
    answer = RedirectResponse("/login", 303)
    answer.headers["set-cookie"] = cookie_of("", desk_of(request).settings)
    return answer


def _form(request: Request, then: str, status: int = 200, wrong: bool = False) -> Response:
    by_name = bool(desk_of(request).people.users)
    return page(request, "login.html", status, title="Sign in", then=_inside(then), by_name=by_name, wrong=wrong)


def _inside(then: str) -> str:
    """An address of this desk, never of another site.

    >>> _inside("/search?words=grain"), _inside("//elsewhere.example"), _inside("https://elsewhere.example")
    ('/search?words=grain', '/', '/')
    """
    fits = then.startswith("/") and not then.startswith(("//", "/\\")) and then.isprintable() and "\\" not in then
    return then if fits else "/"
