"""What people decided: the log, decisions made and taken back, and the log as a file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import PlainTextResponse, RedirectResponse, Response, StreamingResponse

from dateline.errors import CorrectionError, QueryError
from dateline.present.desk.api.writing import may_write
from dateline.present.desk.pages import desk_of, link, page, person_of
from dateline.present.desk.screens.reports import shown as report_page
from dateline.present.desk.views.decided import logged
from dateline.present.desk.views.editing import changed_fields, entry_of
from dateline.present.desk.views.entries import plain
from dateline.record.entries import Correction

router = APIRouter()
_PAGE = 50
#: Where a decision may lead back to: addresses of the desk, nothing that could be another site's.
_BACK = re.compile(r"/(?:reports|corrections|search|actors|claims|sources)[\w\-./?=&%+:]*(?:#[\w\-]*)?")
Who = Annotated[str, Query(max_length=256)]
Key = Annotated[str, Query(max_length=64)]


@router.get("/corrections")
def corrections(
    request: Request, who: Who = "", report: Key = "", before: Annotated[int | None, Query(ge=1)] = None
) -> Response:
    """The log, newest first."""
    return log_page(request, who, report, before)


def log_page(
    request: Request, who: str = "", report: str = "", before: int | None = None, problem: str = "", status: int = 200
) -> Response:
    """One page of the log."""
    store = desk_of(request).record.store
    rows = [logged(c) for c in store.log(who.strip() or None, report.strip() or None, before, _PAGE + 1)]
    older = rows[_PAGE - 1].correction.id if len(rows) > _PAGE else None
    return page(request, "corrections.html", status, title="Corrections", rows=rows[:_PAGE], older=older, who=who,
                report=report, before=before, problem=problem)  # fmt: skip


@router.get("/corrections/log.jsonl")
def log_lines(request: Request, who: Who = "", report: Key = "") -> Response:
    """The log as JSON Lines, oldest first."""
    from dateline.present.rows import as_row

    return _file(request, who, report, "application/x-ndjson", "jsonl",
                 lambda rows: (json.dumps(as_row(c), ensure_ascii=False) + "\n" for c in rows))  # fmt: skip


@router.get("/corrections/log.csv")
def log_table(request: Request, who: Who = "", report: Key = "") -> Response:
    """The log as a table, oldest first."""
    return _file(request, who, report, "text/csv", "csv", csv_of)


def _file(request: Request, who: str, report: str, kind: str, ending: str, lines: Any) -> Response:
    rows = list(desk_of(request).record.store.log(who.strip() or None, report.strip() or None))
    headers = {"content-disposition": f'attachment; filename="corrections.{ending}"'}
    return StreamingResponse(lines(reversed(rows)), media_type=f"{kind}; charset=utf-8", headers=headers)


COLUMNS = ("id", "made", "who", "action", "target", "report", "field", "before", "after", "why", "undoes", "undone",
           "lost")  # fmt: skip


def csv_of(rows: Iterator[Correction]) -> Iterator[str]:
    """RFC 4180 with a header; what is no plain value is JSON."""
    from dateline.present.exports.tables import safe

    def cell(value: Any) -> str:
        if value is None:
            return ""
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        return '"' + safe(text).replace('"', '""') + '"'

    yield ",".join(COLUMNS) + "\n"
    for c in rows:
        yield ",".join(cell(getattr(c, name)) for name in COLUMNS) + "\n"


# --- deciding


@router.post("/corrections")
async def decide(request: Request) -> Response:
    """Accept, reject or edit an entry, date a report, or take a correction back; then back to where it was asked."""
    from starlette.concurrency import run_in_threadpool

    async with request.form(max_files=0, max_fields=40) as form:
        given = {name: value[:4096] for name, value in form.items() if isinstance(value, str)}
    return await run_in_threadpool(_decide, request, given)


def _decide(request: Request, given: dict[str, str]) -> Response:
    may_write(request)
    try:
        target = _made(request, given)
    except (CorrectionError, QueryError) as error:
        return _refused(request, given, error)
    back = given.get("then", "")
    if given.get("report"):
        lit = {} if target == given["report"] else {"lit": target}
        back = link(f"/reports/{given['report']}", **lit) + (f"#card-{target}" if lit else "")
    return RedirectResponse(back if _BACK.fullmatch(back) else "/corrections", 303)


def _refused(request: Request, given: dict[str, str], error: CorrectionError | QueryError) -> Response:
    reason = error.reason if isinstance(error, CorrectionError) else str(error)
    if request.headers.get("hx-request") == "true":  # told in the status line; the page stays as it is
        told = json.dumps({"told": f"Not done: {plain(reason)}"[:600]})
        return PlainTextResponse("", headers={"hx-reswap": "none", "hx-trigger": told})
    key = given.get("report", "")
    if key and not (isinstance(error, QueryError) and error.name == "report"):
        lit = given.get("edit") or given.get("accept") or given.get("reject") or ""
        return report_page(request, key, lit[:64], edit="edit" in given, problem=reason, status=409)
    return log_page(request, problem=reason, status=409)


def _made(request: Request, given: dict[str, str]) -> str:
    """Make the correction that a form asks for; the key of what it is about."""
    desk, who = desk_of(request), person_of(request).name
    why = given.get("why", "").strip() or None
    if number := given.get("undo"):
        return _undone(request, number, why).target
    if key := given.get("edit"):
        return _edited(request, key, given, why)
    if key := given.get("date"):
        return desk_of(request).common.date(key, given.get("day", "").strip(), who, why).target
    for action in ("accept", "reject"):
        if key := given.get(action):
            return desk.record.correct(action, key, who=who, why=why).target
    raise CorrectionError("form", "nothing was asked for")


def _undone(request: Request, number: str, why: str | None) -> Correction:
    if not number.isdecimal() or len(number) > 15:
        raise CorrectionError(number, "is no number of a correction")
    record, who = desk_of(request).record, person_of(request).name
    meant = next(record.store.log(before=int(number) + 1, limit=1), None)
    if meant is not None and meant.id == int(number) and meant.field == "date":
        return desk_of(request).common.undo(meant.id, who, why)  # the report is read anew
    return record.undo(int(number), who=who, why=why)


def _edited(request: Request, key: str, given: dict[str, str], why: str | None) -> str:
    desk, who = desk_of(request), person_of(request).name
    entry = entry_of(desk.record, given.get("report", ""), key)
    if entry is None:
        raise CorrectionError(key, "is not in this report any more")
    changed = changed_fields(entry, given)
    if not changed:
        raise CorrectionError(key, "nothing was changed in the form")
    for field, value in changed:
        desk.record.correct("edit", key, who=who, why=why, field=field, value=value)
    return key
