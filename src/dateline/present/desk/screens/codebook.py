"""The codebook: each code with its definition, its weight and sentences of this record."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from dateline.present.desk.pages import desk_of, page
from dateline.present.desk.views import codebook

router = APIRouter()


@router.get("/codebook")
def show(request: Request) -> Response:
    """All codes."""
    groups = {kind: [code for code in codebook.codes().values() if code.kind == kind] for kind in codebook.KINDS}
    tally = codebook.tally(desk_of(request))
    return page(request, "codebook.html", title="Codebook", groups=groups, kinds=codebook.KINDS, tally=tally,
                of_type=codebook.of_type, version=codebook.version())  # fmt: skip


@router.get("/codebook/{code}")
def one(request: Request, code: str, whole: bool = False) -> Response:
    """One code."""
    view = codebook.code_view(desk_of(request), code, whole)
    c = view.code
    title = f"{c.code}: {c.name}" if c.kind in ("cameo", "role") else c.code if c.kind == "type" else c.name
    return page(request, "code.html", title=title, view=view, kinds=codebook.KINDS, version=codebook.version(),
                most=codebook.MOST)  # fmt: skip
