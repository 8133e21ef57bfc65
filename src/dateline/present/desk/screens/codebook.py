"""The codebook: each code with its definition, its weight and sentences of this record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from fastapi import APIRouter, Request
from fastapi.responses import Response
from markupsafe import Markup, escape

from dateline.present.desk.pages import desk_of, page, rendered
from dateline.present.desk.views import codebook

router = APIRouter()


#: begins and ends the place of a number, in tables that hold no such sign
_PLACE = "\0"
Words = Callable[[int], str]


@router.get("/codebook")
def show(request: Request) -> Response:
    """All codes."""
    tally = codebook.tally(desk_of(request))
    pieces = _pieces(partial(rendered, request))
    return page(request, "codebook.html", title="Codebook", kinds=codebook.KINDS, tally=tally,
                tables=partial(_filled, pieces, tally), version=codebook.version())  # fmt: skip


def _filled(pieces: _Pieces, tally: codebook.Tally, n: Words) -> Markup:
    """The tables, with how often each code is told where that is known."""
    return Markup("".join([p if isinstance(p, str) else p.told(tally.of(p.code), n) for p in pieces]))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the number of a code stands: in a column of its own, or behind the words of a CAMEO code."""

    code: codebook.Code
    link: str

    def told(self, count: int | None, n: Words) -> str:
        if self.code.kind == "cameo":
            return f", told {self.link}{escape(n(count))}×</a>" if count else ""
        if count is None:
            return '<span class="dim">…</span>'
        return f"{self.link}{escape(n(count))}</a>" if count else escape(n(count))


_Pieces = tuple[str | _Place, ...]
_MADE: list[_Pieces] = []


def _pieces(rendered: Callable[..., str]) -> _Pieces:
    """The tables in pieces, made once: some two hundred codes are described in them, and only their numbers change."""
    if not _MADE:
        every = codebook.codes()
        groups = {kind: [code for code in every.values() if code.kind == kind] for kind in codebook.KINDS}
        told = rendered("_codebook_tables.html", groups=groups, kinds=codebook.KINDS, of_type=codebook.of_type,
                        place=lambda code: Markup(f"{_PLACE}{code.code}{_PLACE}"))  # fmt: skip
        _MADE.append(tuple([_place(every[piece]) if at % 2 else piece for at, piece in enumerate(told.split(_PLACE))]))
    return _MADE[0]


def _place(code: codebook.Code) -> _Place:
    return _Place(code, f'<a href="{escape(code.counted)}">')


@router.get("/codebook/{code}")
def one(request: Request, code: str, whole: bool = False) -> Response:
    """One code."""
    view = codebook.code_view(desk_of(request), code, whole)
    c = view.code
    title = f"{c.code}: {c.name}" if c.kind in ("cameo", "role") else c.code if c.kind == "type" else c.name
    return page(request, "code.html", title=title, view=view, kinds=codebook.KINDS, version=codebook.version(),
                most=codebook.MOST)  # fmt: skip
