"""What stands before every answer: host names, sizes, rates, sign-in, forgery, and the headers of the answer.

Plain ASGI, so that a page costs nothing more. The rules follow OWASP's Application Security Verification Standard 4.0,
chapters 3 (sessions), 4 (access), 13 (API) and 14.4 (headers).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from secrets import token_urlsafe
from urllib.parse import parse_qs, quote, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dateline.present.desk.people import People, Person
from dateline.present.desk.settings import Settings, is_loopback

COOKIE = "dateline"
CSRF_FIELD, CSRF_HEADER = "csrf", "x-csrf-token"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
    " font-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
_SAFE = ("GET", "HEAD", "OPTIONS")
#: what a feed reader may fetch with the key of a person
_FEEDS = ("/saved/", "/search.atom")
_OPEN_PATHS = ("/static/", "/login", "/health")
_FORM = "application/x-www-form-urlencoded"


class Safety:
    """The outermost layer of the desk. ``allow`` tells whether a client may try once more; see ``Common.allow``."""

    def __init__(self, app: ASGIApp, settings: Settings, people: People, allow: Callable[[str, str], bool]) -> None:
        self.app, self.settings, self.people, self.allow = app, settings, people, allow
        self.hosts = {name.lower() for name in ("localhost", "127.0.0.1", "[::1]", settings.host, *settings.names)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        send = self._audited(request, _with_headers(send))
        refused = self._refused(request)
        if refused is None:
            person, fresh = self._person(request)
            scope.setdefault("state", {})["person"] = person
            refused = self._not_let_in(request, person)
            if refused is None:
                limited = _Limited(receive, self.settings.largest)
                refused, receive_ = await self._forged(request, person, limited)
                if refused is None:
                    await self._answer(scope, receive_, _with_cookie(send, fresh, self.settings), limited)
                    return
        await refused(scope, receive, send)

    def _audited(self, request: Request, send: Send) -> Send:
        """Each change, and each try at one, is written down: when, who, what, and how it ended."""
        if self.settings.audit is None or request.method in _SAFE:
            return send
        file = self.settings.audit

        async def sent(message: Message) -> None:
            await send(message)
            if message["type"] == "http.response.start":
                person: Person | None = request.scope.get("state", {}).get("person")
                line = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "who": person.name if person else None,
                        "from": request.client.host if request.client else None, "method": request.method,
                        "path": request.url.path, "status": message["status"]}  # fmt: skip
                with suppress(OSError), file.open("a", encoding="utf-8") as log:  # a full disk stops nobody's work
                    log.write(json.dumps(line, ensure_ascii=False) + "\n")

        return sent

    async def _answer(self, scope: Scope, receive: Receive, send: Send, limited: _Limited) -> None:
        begun = False

        async def noted(message: Message) -> None:
            nonlocal begun
            begun = begun or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, noted)
        except TooLarge:
            if not begun:
                await _told(Request(scope), 413, f"more than {self.settings.largest:,} bytes")(scope, receive, send)

    def _refused(self, request: Request) -> Response | None:
        host = request.headers.get("host", "").lower()
        name = host if host.startswith("[") and host.endswith("]") else host.rsplit(":", 1)[0]
        # a page elsewhere whose name leads here would else read this desk (DNS rebinding)
        if name not in self.hosts and (is_loopback(self.settings.host) or self.settings.names):
            return PlainTextResponse("no desk of this name", 421)
        length = request.headers.get("content-length", "0")
        if not length.isdecimal():
            return _told(request, 400, "Content-Length is no number")
        if int(length) > self.settings.largest:
            return _told(request, 413, f"more than {self.settings.largest:,} bytes")
        if request.method not in _SAFE:
            client = request.client.host if request.client else ""
            if not self.allow("logins" if request.url.path == "/login" else "changes", client):
                return _told(request, 429, "too many requests; try again in a minute")
        return None

    def _person(self, request: Request) -> tuple[Person | None, str | None]:
        """Who asks, and the new session of a visitor where nobody has to sign in."""
        kind, _, given = request.headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer" and self.people.holds_token(given.strip()):
            return Person("token", "token"), None
        person = self.people.person_of(request.cookies.get(COOKIE)) or self._feed_reader(request)
        if person or not self.settings.open:
            return person, None
        nonce = token_urlsafe(9)
        return Person("desk", nonce), self.people.session("desk", nonce)

    def _feed_reader(self, request: Request) -> Person | None:
        """Who a feed is made for, by the key in its address, which opens feeds and nothing else."""
        path, name = request.url.path, request.query_params.get("user", "")
        if request.method not in ("GET", "HEAD") or not (path.endswith(".atom") and path.startswith(_FEEDS)):
            return None
        return Person(name, "feed") if self.people.holds_feed_key(name, request.query_params.get("key", "")) else None

    def _not_let_in(self, request: Request, person: Person | None) -> Response | None:
        path = request.url.path
        if person or path.startswith(_OPEN_PATHS):
            return None
        if path.startswith("/api/"):
            reason = {"detail": "sign in, or give Authorization: Bearer TOKEN"}
            return JSONResponse(reason, 401, {"www-authenticate": "Bearer"})
        asked = path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"/login?then={quote(asked, safe='')}", 303)

    async def _forged(
        self, request: Request, person: Person | None, limited: _Limited
    ) -> tuple[Response | None, Receive]:
        """A change that another site's page asked for is refused; forms and scripts of the desk carry a token."""
        if request.method in _SAFE:
            return None, limited
        headers = request.headers
        origin = headers.get("origin")
        if origin is not None and urlsplit(origin).netloc.lower() != headers.get("host", "").lower():
            return _told(request, 403, "the request comes from another site"), limited
        if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return _told(request, 403, "the request comes from another site"), limited
        if request.url.path == "/login" or headers.get("authorization", "").lower().startswith("bearer "):
            return None, limited
        if request.url.path.startswith("/api/") and "cookie" not in headers:
            return None, limited  # a program; a browser's page of another site always tells its origin
        if person is None:
            return _told(request, 403, "sign in first"), limited
        given = headers.get(CSRF_HEADER)
        if given is None and headers.get("content-type", "").split(";")[0] == _FORM:
            try:
                body = await _whole(limited)
            except TooLarge:
                return _told(request, 413, f"more than {self.settings.largest:,} bytes"), limited
            given = parse_qs(body.decode("utf-8", "replace")).get(CSRF_FIELD, [""])[0]
            limited = _Limited(_again(body), self.settings.largest)
        if not self.people.csrf_fits(person, given or ""):
            return _told(request, 403, "the form is out of date; load the page again"), limited
        return None, limited


class TooLarge(Exception):
    """A body has more bytes than allowed."""


class _Limited:
    """A body that may not have more than so many bytes, whatever its header says."""

    def __init__(self, receive: Receive, most: int) -> None:
        self.receive, self.left = receive, most

    async def __call__(self) -> Message:
        message = await self.receive()
        if message["type"] == "http.request":
            self.left -= len(message.get("body", b""))
            if self.left < 0:
                raise TooLarge
        return message


async def _whole(receive: _Limited) -> bytes:
    parts = []
    while True:
        message = await receive()
        parts.append(message.get("body", b""))
        if message["type"] != "http.request" or not message.get("more_body"):
            return b"".join(parts)


def _again(body: bytes) -> Receive:
    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive


def _told(request: Request, status: int, reason: str) -> Response:
    if request.url.path.startswith("/api/"):
        return JSONResponse({"detail": reason}, status)
    return PlainTextResponse(reason, status)


def _with_headers(send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            headers.setdefault("cache-control", "private, no-cache")
        await send(message)

    return sent


def _with_cookie(send: Send, session: str | None, settings: Settings) -> Send:
    if session is None:
        return send

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start" and "set-cookie" not in Headers(raw=message["headers"]):
            MutableHeaders(scope=message).append("set-cookie", cookie_of(session, settings))
        await send(message)

    return sent


def cookie_of(session: str, settings: Settings) -> str:
    """The header that gives a browser its session; an empty one takes it away."""
    age = "" if session else "; Max-Age=0"
    secure = "; Secure" if settings.secure_cookies else ""
    return f"{COOKIE}={session}; Path=/; HttpOnly; SameSite=Lax{age}{secure}"
