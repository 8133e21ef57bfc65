"""How the API answers: JSON, pages with a way on, lists as lines, and what is still being worked out."""

from __future__ import annotations

import asyncio
import json
import math
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import closing, suppress
from time import monotonic
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Query as Parameter
from fastapi import Request
from fastapi.responses import Response, StreamingResponse

from dateline.errors import QueryError
from dateline.present.desk.api.models import Problem
from dateline.present.desk.pages import desk_of
from dateline.present.desk.state import Desk, Known, Task
from dateline.present.exports.plain import as_line

LINES = "application/x-ndjson"
STALE = "dateline-stale"
#: Bytes of lines that are sent at once.
_PIECE = 1 << 16
Limit = Annotated[int, Parameter(ge=1, le=200, description="How many rows a page has.")]
Cursor = Annotated[str | None, Parameter(min_length=1, max_length=400, description="Where to go on: from `next`.")]
Wait = Annotated[float, Parameter(ge=0, le=30, description="Seconds to wait for what takes long; 202 after them.")]
_REASONS = {
    400: "what was sent cannot be read", 401: "nobody is signed in, and no token was given", 403: "not allowed",
    404: "there is none of this key or name", 409: "it does not fit what is there", 413: "too much at once",
    415: "sent in a form that is not read here", 422: "a parameter makes no sense",
    429: "too much in too short a time", 500: "a fault", 503: "just now it cannot be done",
}  # fmt: skip
#: What every address may answer besides.
PROBLEMS: dict[int | str, dict[str, Any]] = {n: {"model": Problem, "description": why} for n, why in _REASONS.items()}


class Json(Response):
    """JSON in UTF-8; numbers that JSON does not have are null."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        return encoded(content)


def encoded(content: Any) -> bytes:
    """As JSON, ready to be sent."""
    return dumped(content).encode("utf-8", "replace")


def written(content: bytes) -> Response:
    """What was written as JSON before."""
    return Response(content, media_type=Json.media_type)


def dumped(content: Any) -> str:
    try:
        return json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False, default=str)
    except ValueError:
        return json.dumps(_finite(content), ensure_ascii=False, separators=(",", ":"), default=str)


def _finite(value: Any) -> Any:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {name: _finite(inner) for name, inner in value.items()}
    return [_finite(inner) for inner in value] if isinstance(value, list | tuple) else value


# --- lists


def cursor_of(request: Request) -> str | None:
    """The place in a list that an address names; raises ``QueryError`` for one that no list gave."""
    given = request.query_params.get("cursor")
    if given is None:
        return None
    with suppress(ValueError):
        return urlsafe_b64decode(given.encode("ascii") + b"=" * (-len(given) % 4)).decode("utf-8")
    raise QueryError("cursor", f"{given[:40]!r} is none that a list gave")


def following(request: Request, onward: str | None) -> str | None:
    """The address of the next page."""
    if onward is None:
        return None
    cursor = urlsafe_b64encode(onward.encode()).rstrip(b"=").decode()
    asked = [(name, value) for name, value in request.query_params.multi_items() if name != "cursor"]
    return f"{request.url.path}?{urlencode([*asked, ('cursor', cursor)])}"


def page(request: Request, rows: Iterable[Any], onward: str | None) -> Response:
    """A part of a list, with the address of the next."""
    after = following(request, onward)
    answer = Json({"items": list(rows), "next": after})
    if after:
        answer.headers["link"] = f'<{after}>; rel="next"'
    return answer


def wants_lines(request: Request) -> bool:
    """Whether a list is asked for as JSON Lines, whole."""
    accepted = [part.split(";")[0].strip().lower() for part in request.headers.get("accept", "").split(",")]
    return LINES in accepted or "application/jsonl" in accepted


def lines(request: Request, rows: Iterator[Any], row: Callable[[Any], Any]) -> Response:
    """The whole list, a row a line, sent as it is read. What is wrong with the question is told before it begins."""
    pieces = _pieces(rows, row)
    first = next(pieces, b"")

    def sent() -> Iterator[bytes]:
        with closing(pieces):
            yield first
            yield from pieces

    if request.scope.get("head"):
        pieces.close()
        return Response(media_type=LINES)
    return StreamingResponse(sent(), media_type=LINES)


def _pieces(rows: Iterator[Any], row: Callable[[Any], Any]) -> Any:
    held: list[str] = []
    size = 0
    try:
        for one in rows:
            held.append(as_line(row(one)))
            size += len(held[-1])
            if size > _PIECE:
                yield "".join(held).encode()
                held, size = [], 0
        if held:
            yield "".join(held).encode()
    finally:
        close = getattr(rows, "close", None)
        if close is not None:
            close()


#: How a list answers besides a page.
LISTED: dict[int | str, dict[str, Any]] = {
    200: {"content": {LINES: {"schema": {"type": "string", "description": "all rows, one a line"}}}}
}


# --- what takes long

LATER: dict[int | str, dict[str, Any]] = {202: {"model": Problem, "description": "it is being worked out: ask again"}}


async def answered(
    request: Request, ask: Callable[[Desk], Known | None], wait: float, made: Callable[[Any], Response] = Json
) -> Response:
    """An answer that may take long. It is asked for again and again, so that who waits holds no thread."""
    desk = desk_of(request)
    until = monotonic() + wait
    while True:
        known = await asyncio.to_thread(ask, desk)
        if known is not None:
            answer = await asyncio.to_thread(made, known.answer)
            if known.stale:
                answer.headers[STALE] = "1"
            return answer
        if monotonic() >= until:
            return Json({"detail": "being worked out: ask again"}, 202, headers={"retry-after": "2"})
        await asyncio.sleep(0.03)


async def worked_out(
    request: Request, key: Hashable, work: Callable[[Desk], Any] | Task, wait: float,
    made: Callable[[Any], Response] = Json,
) -> Response:  # fmt: skip
    """The same of something that is worked out aside, under a key."""

    def ask(desk: Desk) -> Known | None:
        return desk.worked_out(key, work if isinstance(work, Task) else lambda: work(desk))

    return await answered(request, ask, wait, made)
