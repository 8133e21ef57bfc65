"""Actors: the list, one of them, and who is one with whom: merge, split, undo."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Query, Request
from fastapi.responses import RedirectResponse, Response

from dateline.errors import CorrectionError, QueryError
from dateline.keep import Record
from dateline.model import ActorKind
from dateline.present.desk.pages import desk_of, link, page, person_of
from dateline.present.desk.views.actors import (
    PATIENCE,
    actor_of,
    actor_view,
    actors_view,
    is_key,
    now_called,
    profile_words,
    standing,
)
from dateline.present.pictures import Table
from dateline.record.entries import ActorEntry

router = APIRouter()
Short = Annotated[str, Query(max_length=500)]
Key = Annotated[str, Query(max_length=64)]
#: Actors that a person can choose from when merging.
_CHOICES = 20


@router.get("/actors")
def actors(
    request: Request, words: Short = "", kind: Short = "", country: Short = "", after: Key = ""
) -> Response:
    """The list, those in most reports first."""
    desk = desk_of(request)
    known = standing(desk)
    view = actors_view(desk.record, known, words, kind, country, after or None) if known else None
    asked = {"words": words, "kind": kind, "country": country}
    return page(request, "actors.html", title="Actors", view=view, kinds=tuple(ActorKind), words=words, kind=kind,
                country=country, csv=link("/actors.csv", **asked),
                next=link("/actors", **asked, after=view.cursor) if view and view.cursor else None)  # fmt: skip


@router.get("/actors.csv")
def actors_csv(request: Request, words: Short = "", kind: Short = "", country: Short = "") -> Response:
    """All rows of the list, for a spreadsheet."""
    desk = desk_of(request)
    known = standing(desk)
    if known is None:
        told = "The actors are being counted; ask again in a moment.\n"
        return Response(told, 503, {"retry-after": "5"}, "text/plain")
    rows = actors_view(desk.record, known, words, kind, country, limit=len(known.answer) + 1).actors
    table = Table("Actors", ("key", "name", "kind", "country", "code", "reports"),
                  tuple((a.key, a.name, a.kind, a.country, a.code, a.reports) for a in rows))  # fmt: skip
    return Response("\ufeff" + table.csv(), media_type="text/csv; charset=utf-8",
                    headers={"content-disposition": 'attachment; filename="actors.csv"'})  # fmt: skip


@router.get("/actors/{key}")
def one(
    request: Request, key: str, done: Annotated[int | None, Query(ge=1)] = None,
    was: Annotated[str, Query(pattern="^(a[0-9a-f]{12})?$")] = "",
) -> Response:  # fmt: skip
    """One actor; ``done`` is the number of a merge or split just made, ``was`` its key before."""
    desk = desk_of(request)
    if not is_key(key):
        return RedirectResponse(f"/actors/{desk.record.actor(key).key}", 303)
    # a correction is seen at once, whatever else waits
    joinings = desk.record.store.joinings()
    just = next((made for made in joinings if made.id == done and not made.undone), None)
    state = ("actor", key, sum(1 + made.undone for made in joinings))
    try:
        known = desk.worked_out(state, lambda: actor_view(desk.record, desk.record.actor(key)), PATIENCE)
    except QueryError:
        now = now_called(desk.record, key)
        if now is None:
            raise
        return RedirectResponse(link(f"/actors/{now}", done=done, was=was), 303)
    view = known.answer if known else None
    return page(request, "actor.html", title=view.actor.name if view else "Actor", actor=view.actor if view else None,
                key=key, view=view, stale=bool(known and known.stale), done=just, was=was)  # fmt: skip


# --- who is one with whom


@router.get("/actors/{key}/merge")
def choose(request: Request, key: str, name: Short = "", other: Key = "") -> Response:
    """Find the other by its name; with ``other``, what merging the two will change."""
    desk = desk_of(request)
    actor = actor_of(desk.record, key)
    if other:
        return _confirm_merge(request, actor, actor_of(desk.record, other))
    known = standing(desk)
    found = actors_view(desk.record, known, name, limit=_CHOICES + 1).actors if known and name.strip() else ()
    others = [a for a in found if a.key != actor.key][:_CHOICES]
    return page(request, "actor_merge.html", title=f"Merge {actor.name}", actor=actor, name=name, others=others,
                waiting_for=known is None, problem="")  # fmt: skip


def _confirm_merge(
    request: Request, actor: ActorEntry, other: ActorEntry, problem: str = "", status: int = 200
) -> Response:
    return page(request, "actor_merge.html", status, title=f"Merge {actor.name} with {other.name}", actor=actor,
                other=other, problem=problem)  # fmt: skip


@router.post("/actors/{key}/merge")
def merge(
    request: Request, key: str, other: Annotated[str, Form(max_length=64)],
    why: Annotated[str, Form(max_length=4096)] = "",
) -> Response:  # fmt: skip
    """Two actors are one from now on."""
    record = _writable(request)
    actor, with_ = actor_of(record, key), actor_of(record, other)
    try:
        made = record.correct("merge", [actor.key, with_.key], who=person_of(request).name, why=why.strip() or None)
    except CorrectionError as error:
        return _confirm_merge(request, actor, with_, error.reason, 409)
    return _done(record, list(made.after), made.id, actor.key)


@router.get("/actors/{key}/split")
def choose_profiles(
    request: Request, key: str, profile: Annotated[list[str] | None, Query()] = None, report: Key = ""
) -> Response:
    """What setting these profiles apart, or the actor in one report, will change."""
    actor = actor_of(desk_of(request).record, key)
    return _confirm_split(request, actor, profile or [], report.strip())


def _confirm_split(
    request: Request, actor: ActorEntry, chosen: list[str], report: str, problem: str = "", status: int = 200
) -> Response:
    record = desk_of(request).record
    profiles = record.store.profiles(actor.key)
    leaving = [p for p in profiles if p.key in chosen]
    where = record.report(report) if report else None
    if not problem and leaving and len(leaving) == len(profiles):
        problem, leaving = "all of them cannot leave: one at least stays this actor", []
    return page(request, "actor_split.html", status, title=f"Split {actor.name}", actor=actor, profiles=profiles,
                leaving=leaving, report=where, problem=problem, profile_words=profile_words)  # fmt: skip


@router.post("/actors/{key}/split")
def split(
    request: Request, key: str, profile: Annotated[list[str] | None, Form()] = None,
    report: Annotated[str, Form(max_length=64)] = "", why: Annotated[str, Form(max_length=4096)] = "",
) -> Response:  # fmt: skip
    """Profiles leave the actor, each to be one of its own; or the actor of one report is another."""
    record = _writable(request)
    actor, told = actor_of(record, key), why.strip() or None
    who, leaving = person_of(request).name, profile or []
    staying = [p for p in actor.profiles if p not in leaving]
    try:
        if report:
            made = record.correct("split", [actor.key, report], who=who, why=told)
        elif not leaving or not staying or not set(leaving) <= set(actor.profiles):
            raise CorrectionError(actor.key, "choose what leaves the actor; one at least stays")
        else:
            made = [record.correct("split", one, who=who, why=told) for one in leaving][-1]
    except (CorrectionError, QueryError) as error:
        reason = error.reason if isinstance(error, CorrectionError) else str(error)
        return _confirm_split(request, actor, leaving, "", reason, 409)
    return _done(record, staying or list(actor.profiles), made.id, actor.key)


def _writable(request: Request) -> Record:
    desk = desk_of(request)
    if desk.settings.read_only:
        raise HTTPException(403, "this desk is read-only: nobody may correct anything here")
    return desk.record


def _done(record: Record, profiles: list[str], number: int, before: str) -> Response:
    """To the actor that these profiles are now."""
    now = next(iter(record.store.holders(profiles).values()), before)
    return RedirectResponse(link(f"/actors/{now}", done=number, was=before if before != now else None), 303)
