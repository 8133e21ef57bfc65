"""Saved searches, and searches as Atom feeds."""

from __future__ import annotations

from hashlib import blake2b
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from dateline.errors import QueryError
from dateline.present.atom import Served, feed
from dateline.present.desk.forms import fields_of
from dateline.present.desk.pages import desk_of, link, page, person_of
from dateline.present.desk.views.entries import address
from dateline.present.desk.views.search import asked_query, filters_of, find_of, in_words
from dateline.record.query import Query

router = APIRouter()
#: Entries of a feed; the longest name of a saved search.
ENTRIES, LONGEST = 100, 80
Fields = Annotated[dict[str, str], Depends(fields_of)]


@router.get("/saved")
def listed(request: Request) -> Response:
    """The saved searches."""
    desk, person = desk_of(request), person_of(request)
    signed = not desk.settings.open
    key = {"user": person.name, "key": desk.people.feed_key(person.name)} if signed else {}
    rows = [(name, in_words(query), link("/search", **filters_of(query)), link(f"/saved/{_quoted(name)}.atom", **key))
            for name, query in desk.record.saved().items()]  # fmt: skip
    return page(request, "saved.html", title="Saved searches", rows=rows)


@router.post("/saved")
def save(request: Request, fields: Fields) -> Response:
    """Keep a search under a name; a name used before is given to this one."""
    name = " ".join(fields.get("name", "").split())
    if not name or len(name) > LONGEST:
        raise QueryError("name", f"a saved search needs a name of at most {LONGEST} characters")
    query = asked_query(fields)
    find_of(query)  # what makes no sense is not kept
    desk_of(request).record.save(name, query)
    return RedirectResponse("/saved", 303)


@router.post("/saved/forget")
def forget(request: Request, fields: Fields) -> Response:
    """Delete a saved search."""
    if not desk_of(request).record.forget(fields.get("name", "")):
        raise QueryError("saved", "there is no such saved search any more")
    return RedirectResponse("/saved", 303)


@router.api_route("/saved/{name:path}.atom", methods=["GET", "HEAD"])
def saved_feed(request: Request, name: str) -> Response:
    """The feed of a saved search."""
    query = desk_of(request).record.saved().get(name)
    if query is None:
        raise QueryError("saved", f"no search is saved as {name!r}")
    return _feed(request, name, query, f"/saved/{_quoted(name)}.atom")


@router.api_route("/search.atom", methods=["GET", "HEAD"])
def search_feed(request: Request) -> Response:
    """The feed of any search."""
    query = asked_query(request.query_params)
    return _feed(request, in_words(query), query, link("/search.atom", **filters_of(query)))


@router.get("/saved/{name:path}")
def run(request: Request, name: str) -> Response:
    """A saved search, run now."""
    query = desk_of(request).record.saved().get(name)
    if query is None:
        raise QueryError("saved", f"no search is saved as {name!r}")
    return RedirectResponse(link("/search", **filters_of(query)), 303)


def _feed(request: Request, name: str, query: Query, itself: str) -> Response:
    """The newest hits as a feed; one that has not changed is not sent again (RFC 9110, section 13)."""
    origin = str(request.base_url).rstrip("/")
    hits = desk_of(request).record.store.search(query, ENTRIES).hits
    newest = sorted(hits, key=lambda hit: hit.entry.report.published or hit.entry.report.day or "", reverse=True)
    served = Served(origin + itself, origin + link("/search", **filters_of(query)), lambda e: origin + address(e))
    content = feed(name, query, newest, served)
    tag = f'"{blake2b(content, digest_size=12).hexdigest()}"'
    known = [part.strip().removeprefix("W/") for part in request.headers.get("if-none-match", "").split(",")]
    if tag in known or "*" in known:
        return Response(status_code=304, headers={"etag": tag})
    return Response(content, media_type="application/atom+xml; charset=utf-8", headers={"etag": tag})


def _quoted(name: str) -> str:
    return quote(name, safe="")
