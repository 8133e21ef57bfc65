"""Briefs: what was picked, put in order, with headings and remarks; printed, or taken away as Markdown or Word."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from dateline.errors import ExportError, QueryError
from dateline.present.desk.pages import came_from, desk_of, page, person_of, rendered
from dateline.present.desk.safety import COOKIE
from dateline.present.desk.views import brief as briefs
from dateline.present.desk.views import brief_files as files

router = APIRouter()
#: The brief that was looked at last, to which things are added.
CURRENT = "brief"
_KEY = re.compile(r"b[0-9a-f]{10}")
_SVG_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
Text = Annotated[str, Form(max_length=20_000)]
Short = Annotated[str, Form(max_length=4_000)]
Number = Annotated[int, Form(ge=0, le=10**9)]


@router.get("/brief")
def current(request: Request) -> Response:
    """The brief that was looked at last, and all others."""
    there = briefs.briefs(desk_of(request))
    if not there:
        return page(request, "brief.html", title="Brief", brief=None, items=(), briefs=())
    wanted = request.cookies.get(CURRENT)
    return _show(request, next((b for b in there if b.key == wanted), there[0]), there)


@router.get("/brief/{key}")
def one(request: Request, key: str) -> Response:
    return _show(request, _brief(request, key), briefs.briefs(desk_of(request)))


@router.get("/brief/{key}/export")
def export(request: Request, key: str, format: str = "md") -> Response:
    """The brief as a file."""
    found = _brief(request, key)
    items = briefs.shown(desk_of(request), found)
    origin = str(request.base_url).rstrip("/")
    told = files.provenance(desk_of(request).settings.record.stem)
    if format == "md":
        return _file(found, files.markdown(found, items, origin, told).encode(), "md", "text/markdown; charset=utf-8")
    if format == "docx":
        try:
            return _file(found, files.docx(found, items, origin, told), "docx", _WORD)
        except ExportError:
            return page(request, "error.html", 501, title="Not installed", reason=files.NO_DOCX)
    raise QueryError("format", "a brief is exported as md or docx")


@router.get("/brief/{key}/pictures/{item}.svg")
def picture(request: Request, key: str, item: int) -> Response:
    """A picture as it was drawn when it was picked."""
    found = next((i for i in _brief(request, key).items if i.id == item and i.drawing), None)
    if found is None:
        raise HTTPException(404, "no such picture in this brief")
    return Response(found.svg, media_type="image/svg+xml", headers={"content-security-policy": _SVG_POLICY})


@router.post("/brief/pick")
def pick(
    request: Request, key: Short = "", at: Annotated[int | None, Form(ge=0, le=10**9)] = None, picture: Short = "",
    title: Short = "", brief: Short = "",
) -> Response:  # fmt: skip
    """Add an entry or a picture to the brief that was looked at last; the first one is made for it."""
    desk, who = desk_of(request), _writer(request)
    how = briefs.pick_picture(desk, picture, title) if picture else briefs.pick_entry(desk, key, at)
    there = briefs.briefs(desk)
    wanted = brief or request.cookies.get(CURRENT)
    target = next((b for b in there if b.key == wanted), there[0] if there else None)
    target = target or briefs.begin(desk, briefs.FIRST, who)
    changed = briefs.change(desk, target.key, who, how)
    if request.headers.get("hx-request") == "true":
        new = len(changed.items) > len(target.items)
        return HTMLResponse(rendered(request, "_picked.html", brief=changed, new=new))
    return _with_current(request, RedirectResponse(came_from(request, f"/brief/{changed.key}"), 303), changed.key)


@router.post("/brief/new")
def new(request: Request, title: Short) -> Response:
    """A brief with a name; a name that is there already opens its brief."""
    made = briefs.begin(desk_of(request), title, _writer(request))
    return _with_current(request, RedirectResponse(f"/brief/{made.key}", 303), made.key)


@router.post("/brief/{key}")
def change(request: Request, key: str, do: Short, item: Number = 0, text: Text = "") -> Response:
    """Put a brief in order: up, down, remove, heading, remark, rewrite, rename, drop."""
    desk, who = desk_of(request), _writer(request)
    _brief(request, key)
    if do == "drop":
        briefs.drop(desk, key)
        return RedirectResponse("/brief", 303)
    changed = briefs.change(desk, key, who, _how(do, item, text))
    at = item if any(i.id == item for i in changed.items) else changed.items[-1].id if do in _ADDS else 0
    return RedirectResponse(f"/brief/{key}" + (f"#item-{at}" if at else ""), 303)


_ADDS = ("heading", "remark")


def _how(do: str, item: int, text: str) -> briefs.Change:
    if do in ("up", "down"):
        return briefs.move(item, -1 if do == "up" else 1)
    if do in _ADDS:
        return briefs.write(do, text)
    if do == "remove":
        return briefs.remove(item)
    if do == "rewrite":
        return briefs.rewrite(item, text)
    if do == "rename":
        return briefs.rename(text)
    raise QueryError("do", f"{do[:40]!r} is nothing that can be done to a brief")


def _brief(request: Request, key: str) -> briefs.Brief:
    if not _KEY.fullmatch(key):
        raise HTTPException(404, "no such brief")
    try:
        return briefs.brief(desk_of(request), key)
    except QueryError:
        raise HTTPException(404, "no such brief: it may have been dropped") from None


def _writer(request: Request) -> str:
    if desk_of(request).settings.read_only:
        raise HTTPException(403, "this desk is read-only: nobody may keep anything here")
    return person_of(request).name


def _show(request: Request, found: briefs.Brief, there: list[briefs.Brief]) -> Response:
    items = briefs.shown(desk_of(request), found)
    answer = page(request, "brief.html", title=found.title, brief=found, items=items, briefs=there,
                  provenance=files.provenance(desk_of(request).settings.record.stem))  # fmt: skip
    return _with_current(request, answer, found.key)


def _with_current(request: Request, answer: Response, key: str) -> Response:
    # only to those who have a session: an answer that sets this cookie would not set theirs
    if request.cookies.get(CURRENT) != key and COOKIE in request.cookies:
        answer.set_cookie(CURRENT, key, httponly=True, samesite="lax", path="/",
                          secure=desk_of(request).settings.secure_cookies)  # fmt: skip
    return answer


def _file(found: briefs.Brief, content: bytes, ending: str, kind: str) -> Response:
    name = re.sub(r"[^A-Za-z0-9]+", "-", found.title).strip("-")[:60] or "brief"
    told = f'attachment; filename="{PurePosixPath(name).name}.{ending}"'
    return Response(content, media_type=kind, headers={"content-disposition": told})
