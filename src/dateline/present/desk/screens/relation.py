"""The relation of two actors: its answer first, then its river, and the sentences behind each bar."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from dateline.errors import DatelineError, QueryError
from dateline.present.desk.pages import desk_of, page
from dateline.present.desk.views import outlooks
from dateline.present.desk.views import relation as views
from dateline.present.desk.views.asked import Asked, asked_of, day_of

router = APIRouter()


@router.get("/relation")
def relation(request: Request) -> Response:
    """The screen; without two actors that of the record's busiest pair."""
    return _screen(request)


@router.get("/relation/cell")
def cell(request: Request) -> Response:
    """The sentences of a bar: by themselves for htmx, else the screen with its panel filled."""
    asked = asked_of(request.query_params)
    if not (asked.a and asked.b and asked.cell):
        raise QueryError("cell", "name two actors and a bar, as the bars of a river do")
    if not _is_part(request):
        return _screen(request)
    found = views.sentences(desk_of(request), asked, asked.cell)
    made = page(request, "_relation_cell.html", cell=found, title=found.title)
    made.headers["hx-push-url"] = asked.link("/relation/cell")
    return made


@router.get("/relation/answer")
def answer(request: Request) -> Response:
    """Whether the relation changed: polled by htmx while it is worked out; without scripts the screen."""
    if not _is_part(request):
        return _screen(request)
    asked = _pair(request)
    desk = desk_of(request)
    names = desk.record.store.called(asked.a), desk.record.store.called(asked.b)
    made = page(request, "_relation_answer.html", **_answered(request, asked, names))
    if request.query_params.get("push") == "1":
        made.headers["hx-push-url"] = asked.link()
    return made


@router.get("/relation/river")
def river(request: Request, width: int = views.NARROW) -> Response:
    """The river alone, for a screen of another width."""
    shown = views.screen(desk_of(request), _pair(request))
    return HTMLResponse(shown.svg(views.NARROW if width < 600 else views.WIDE))


@router.get("/relation/numbers")
def numbers(request: Request) -> Response:
    """The table behind the river."""
    desk = desk_of(request)
    shown = views.screen(desk, _pair(request))
    rows = views.numbers(desk, shown)
    return _part_or_page(request, "_relation_numbers.html", shown.title, view=shown, rows=rows)


def _screen(request: Request) -> Response:
    desk = desk_of(request)
    chosen = False
    asked = Asked()
    try:
        asked = asked_of(request.query_params)
        if not (asked.a and asked.b):
            pairs = views.busiest(desk)
            if pairs is None:
                return page(request, "relation_wait.html", title="Relation")
            if not pairs:
                return page(request, "relation_none.html", title="Relation", view=None, suggested=[])
            a, b = _completed(asked, pairs)
            asked, chosen = replace(asked, a=a, b=b), True
        shown = views.screen(desk, asked)
    except DatelineError as error:
        return _wrong(request, error)
    names = shown.a_name, shown.b_name
    told: dict[str, Any] = _answered(request, shown.asked, names)
    found = views.sentences(desk, shown.asked, shown.asked.cell) if shown.asked.cell else None
    return page(request, "relation.html", view=shown, chosen=chosen, suggested=views.suggestions(desk), cell=found,
                title=shown.title, **told)  # fmt: skip


def _completed(asked: Asked, pairs: list[Any]) -> tuple[str, str]:
    """The busiest pair; that of the one side that was named."""
    one = asked.a or asked.b
    for pair in pairs:
        sides = {pair.a, pair.b, pair.a_name, pair.b_name}
        if one in sides:
            other = pair.b if one in (pair.a, pair.a_name) else pair.a
            return (one, other) if asked.a else (other, one)
    if one:
        raise QueryError("relation", f"name two actors: nothing busy is on record with {one}; see its partners")
    return pairs[0].a, pairs[0].b


def _wrong(request: Request, error: DatelineError) -> Response:
    """The form again, filled in as it was, with what is wrong."""
    status = 404 if isinstance(error, QueryError) and error.name in ("actor", "relation") else 422
    reason = getattr(error, "reason", "this cannot be counted")
    given = dict(request.query_params)
    suggested = views.suggestions(desk_of(request))
    return page(request, "relation_none.html", status, title="Relation", wrong=reason, given=given, suggested=suggested)


def _pair(request: Request) -> Asked:
    asked = asked_of(request.query_params)
    a, b = desk_of(request).record.store.sides(asked.a, asked.b)
    return replace(asked, a=a, b=b)


def _answered(request: Request, asked: Asked, names: tuple[str, str]) -> dict[str, Any]:
    desk = desk_of(request)
    asked = replace(asked, cell=None)
    return {"answer": views.answer(desk, asked, names), "turns": views.turns(desk, asked), "pair": asked}


def _part_or_page(request: Request, template: str, title: str, **shown: Any) -> Response:
    """A fold's inside: by itself for htmx, else on a page of its own."""
    if _is_part(request):
        return page(request, template, title=title, **shown)
    back = asked_of(request.query_params).link()
    return page(request, "relation_part.html", title=title, inside=template, back=back, **shown)


def _is_part(request: Request) -> bool:
    return request.headers.get("hx-request") == "true" and request.headers.get("hx-history-restore-request") != "true"


@router.get("/relation/forecast")
def forecast(request: Request) -> Response:
    """What the next weeks may bring."""
    asked, names = _named(request)
    found = outlooks.forecast(desk_of(request), asked, names)
    return _part_or_page(request, "_relation_forecast.html", f"{names[0]} towards {names[1]}: the next weeks",
                         found=found, names=names, other=_turned(asked, "/relation/forecast"))  # fmt: skip


@router.get("/relation/words")
def words(request: Request) -> Response:
    """What was said against what was done; with ``period`` the sentences of one."""
    asked, names = _named(request)
    desk = desk_of(request)
    if period := request.query_params.get("period"):
        first, last = day_of("period", period), asked.span.last or day_of("period", period)
        found = outlooks.spoken(desk, asked, names, first, last)
        return _part_or_page(request, "_relation_spoken.html", found.title, spoken=found)
    return _part_or_page(request, "_relation_words.html", f"{names[0]} and {names[1]}: said against done",
                         found=outlooks.saying(desk, asked, names), names=names, pair=asked,
                         other=_turned(asked, "/relation/words"))  # fmt: skip


def _named(request: Request) -> tuple[Asked, tuple[str, str]]:
    asked = _pair(request)
    called = desk_of(request).record.store.called
    return asked, (called(asked.a), called(asked.b))


def _turned(asked: Asked, path: str) -> str:
    return replace(asked, a=asked.b, b=asked.a, cell=None).link(path)
