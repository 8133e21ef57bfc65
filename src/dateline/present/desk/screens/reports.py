"""One report: its text with what was found in it, and a person's decisions about that."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import PlainTextResponse, RedirectResponse, Response

from dateline.present.desk.pages import desk_of, page, person_of
from dateline.present.desk.state import Desk, Task
from dateline.present.desk.views.editing import fields_of
from dateline.present.desk.views.reports import Story, report_shown, story_of, version_shown

router = APIRouter()
#: A story of more reports than this is put in order aside.
SMALL_STORY = 6
Lit = Annotated[str, Query(max_length=64)]


@router.get("/reports")
def reports() -> Response:
    """All reports are listed where sources are."""
    return RedirectResponse("/sources", 307)


@router.get("/reports/{key}")
def report(
    request: Request, key: str, lit: Lit = "", part: Annotated[int | None, Query(ge=1)] = None,
    version: Annotated[int | None, Query(ge=1)] = None, edit: bool = False,
) -> Response:  # fmt: skip
    """The report with its current text, or an earlier version of it."""
    return shown(request, key, lit, part, version, edit)


def shown(
    request: Request, key: str, lit: str = "", part: int | None = None, version: int | None = None,
    edit: bool = False, problem: str = "", status: int = 200,
) -> Response:  # fmt: skip
    """The page of a report; ``problem`` tells why a decision was not taken."""
    desk = desk_of(request)
    if version is not None and version != desk.record.report(key).version:
        old = version_shown(desk.record, key, version, part)
        return page(request, "report.html", status, title=old.title[:80], view=old, editing=None, problem=problem,
                    story=None, waiting=False)  # fmt: skip
    view = report_shown(desk.record, key, lit=lit, part=part, who=person_of(request).name)
    card = next((c for c in view.cards if c.lit), None)
    editing = fields_of(card.entry) if edit and card and not desk.settings.read_only else None
    story = _story(request, view.report.key, view.in_story) if view.in_story > 1 else None
    return page(request, "report.html", status, title=view.title[:80], view=view, editing=editing, problem=problem,
                story=story, waiting=view.in_story > 1 and story is None)  # fmt: skip


@router.get("/reports/{key}/story")
def story(request: Request, key: str) -> Response:
    """The copies of a report, once they are put in order."""
    number = desk_of(request).record.store.inside(key).in_story
    found = _story(request, key, number, wait=2)
    return page(request, "_story.html", story=found, waiting=found is None, key=key, reports=number)


@router.get("/reports/{key}/text")
def text(request: Request, key: str, version: Annotated[int | None, Query(ge=1)] = None) -> Response:
    """The text alone, as it was read."""
    words = desk_of(request).record.text(key, version)
    name = f"{key}-{version}.txt" if version else f"{key}.txt"
    safe = "".join(c for c in name if c.isascii() and (c.isalnum() or c in "-."))
    return PlainTextResponse(words, headers={"content-disposition": f'attachment; filename="{safe}"'})


def _story(request: Request, key: str, reports: int, wait: float = 0) -> Story | None:
    desk = desk_of(request)
    if reports <= SMALL_STORY:
        return story_of(desk.record, key, reports)
    known = desk.worked_out(("story", key), Task(_in_order, (key, reports)), wait)
    found: Story | None = known.answer if known else None
    return found


def _in_order(desk: Desk, key: str, reports: int) -> Story:
    return story_of(desk.record, key, reports)
