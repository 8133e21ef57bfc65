"""Conditional requests and HEAD, for all of the API: RFC 9110, sections 9.3.2 and 13."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dateline import __version__
from dateline.present.desk.api.answers import STALE


class Tags:
    """Gives each answer of the API a tag that changes with the record, and saves those who know it the answer."""

    def __init__(self, app: ASGIApp, stamp: Callable[[], str], prefix: str) -> None:
        self.app, self.stamp, self.prefix = app, stamp, prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = scope["type"] == "http" and scope["method"] in ("GET", "HEAD")
        if not (asked and scope["path"].startswith(self.prefix)):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        tag = self._tag(scope, headers)  # before the record is asked: what is written meanwhile makes it old
        known = [part.strip().removeprefix("W/") for part in headers.get("if-none-match", "").split(",")]
        if tag in known:
            await _same(send, tag)
            return
        if scope["method"] == "HEAD":
            scope, send = {**scope, "method": "GET", "head": True}, _without_body(send)
        await self.app(scope, receive, _tagged(send, tag))

    def _tag(self, scope: Scope, headers: Headers) -> str:
        raw: bytes = scope.get("raw_path") or scope["path"].encode()
        parts = (__version__, self.stamp(), raw, scope["query_string"], headers.get("accept", ""))
        return f'"{blake2b(repr(parts).encode(), digest_size=12).hexdigest()}"'


async def _same(send: Send, tag: str) -> None:
    headers = [(b"etag", f"W/{tag}".encode()), (b"vary", b"Accept")]
    await send({"type": "http.response.start", "status": 304, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


def _tagged(send: Send, tag: str) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.add_vary_header("Accept")
            if message["status"] == 200 and STALE not in headers:
                headers["etag"] = f"W/{tag}"
        await send(message)

    return sent


def _without_body(send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await send(message)

    return sent
