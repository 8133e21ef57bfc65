"""Corrections in the record: each is one more row; what it is about is projected anew, and an undo takes it back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from dateline.errors import CorrectionError, QueryError
from dateline.lexicons.eventbook import TYPES
from dateline.model import Reality, Stance
from dateline.record.amend import NOBODY, STATEMENT_FIELDS, TELLING_FIELDS, amended
from dateline.record.drafts import CastDraft, Draft, StatementDraft, TellingDraft, believable
from dateline.record.entries import Correction
from dateline.record.sqlite.identities import bucket_of
from dateline.record.sqlite.listing import report_id
from dateline.record.sqlite.selecting import profiles_named
from dateline.record.sqlite.writing import Writer

ACTIONS = ("accept", "reject", "edit", "merge", "split")


@dataclass(frozen=True, slots=True)
class Made:
    """Who made a correction, and why."""

    who: str
    why: str | None = None


@dataclass(frozen=True, slots=True)
class _Row:
    """A correction as it will be kept."""

    action: str
    target: str
    report: str | None
    field: str | None
    before: Any
    after: Any
    words: Any = None
    undoes: int | None = None


def correct(
    writer: Writer, action: str, target: str | Sequence[str], made: Made, field: str | None, value: Any
) -> Correction:
    """Make a correction; raises ``CorrectionError`` where its target is not there or its value makes no sense."""
    targets = [target] if isinstance(target, str) else list(target)
    if not made.who.strip():
        raise CorrectionError(targets[0] if targets else action, "a correction needs to say who made it")
    if action not in ACTIONS:
        raise CorrectionError(action, "no such correction; there are " + ", ".join(ACTIONS))
    if not targets:
        raise CorrectionError(action, "of what? Name a key, as `dateline search` shows it")
    if action == "merge":
        return _merge(writer, targets, made)
    if action == "split":
        return _split(writer, targets, made)
    if len(targets) > 1:
        raise CorrectionError(", ".join(targets), f"{action} takes one key at a time")
    if action == "edit" and field == "date":
        return _date(writer, targets[0], made, value)
    return _judge(writer, action, targets[0], made, field, value)


# --- statements and tellings


def _judge(
    writer: Writer, action: str, key: str, made: Made, field: str | None, value: Any
) -> Correction:
    db = writer.db
    row = db.execute(
        "SELECT e.report FROM entries e WHERE e.id IN (SELECT id FROM statements WHERE key = ?1"
        " UNION SELECT id FROM tellings WHERE key = ?1)", (key,)).fetchone()  # fmt: skip
    if row is None:
        raise CorrectionError(key, "no statement or event with this key in the record: `dateline search` shows keys")
    report = int(row[0])
    report_key, draft, text = writer.draft(report)
    current, _ = amended(draft, writer.decisions(report_key), text)
    now = _entry(current, key)
    before: Any = now.judged
    after: Any = None
    if action == "edit":
        before, after = _edited(db, now, current, field, value)
        if before == after:
            raise CorrectionError(key, f"{field} is {value!r} already")
    told = _Row(action, key, report_key, field if action == "edit" else None, before, after, now.words)
    made_row = _insert(writer, made, told)
    writer.project_again(report)
    writer.finish()
    return _correction(db, made_row)


def _entry(draft: Draft, key: str) -> StatementDraft | TellingDraft:
    entries: list[StatementDraft | TellingDraft] = [*draft.statements, *draft.tellings]
    return next(entry for entry in entries if entry.key == key)


def _edited(
    db: sqlite3.Connection, entry: StatementDraft | TellingDraft, draft: Draft, field: str | None, value: Any
) -> tuple[Any, Any]:
    """What a field was and is to be, as JSON values; raises ``CorrectionError`` for values that make no sense."""
    fields = STATEMENT_FIELDS if isinstance(entry, StatementDraft) else TELLING_FIELDS
    if field is None or field not in fields:
        kind = "a statement" if isinstance(entry, StatementDraft) else "an event"
        raise CorrectionError(entry.key, f"{field!r} of {kind} cannot be set; there are " + ", ".join(fields))
    if field in ("speaker", "source", "target"):
        locals_ = getattr(entry, field)
        named = (locals_,) if isinstance(locals_, str) else locals_ or ()
        before = [_described(draft.actor(local)) for local in named]
        return before, _people(db, draft, entry.key, field, value)
    before = getattr(entry, field)
    if field == "day":
        if believable(value) is None and value is not None:
            raise CorrectionError(entry.key, f"{value!r} is no day; write it as 2024-11-08")
        return before, believable(value)
    closed = {"type": TYPES, "reality": tuple(Reality), "stance": tuple(Stance)}[field]
    wanted = str(value).upper() if field == "type" else str(value).lower()
    if wanted not in closed:
        raise CorrectionError(entry.key, f"{value!r} is none of " + ", ".join(closed))
    return before, wanted


def _described(actor: CastDraft | None) -> dict[str, Any] | None:
    if actor is None:
        return None
    return {"local": actor.local, "name": actor.name, "kind": actor.kind, "country": actor.country, "code": actor.code}


def _people(db: sqlite3.Connection, draft: Draft, key: str, field: str, value: Any) -> list[dict[str, Any]]:
    """The actors that a value names, first among those of the report, then in all the record."""
    names = [value] if isinstance(value, str) else list(value or ())
    if names in ([NOBODY], [""]):
        return []
    if field == "speaker" and len(names) > 1:
        raise CorrectionError(key, "a statement has one speaker")
    return [_person(db, draft, key, name) for name in names]


def _person(db: sqlite3.Connection, draft: Draft, key: str, name: str) -> dict[str, Any]:
    here = [c for c in draft.cast if name.casefold() in (c.name.casefold(), *(n.casefold() for n in c.names))]
    if len(here) == 1:
        told = _described(here[0])
        assert told is not None
        return told
    found = db.execute(
        "SELECT a.key, a.name, a.kind, a.country, a.code, p.key FROM profiles p JOIN actors a ON a.id = p.actor"
        " WHERE p.id IN (SELECT value FROM json_each(?))"
        " ORDER BY (SELECT sum(seen) FROM profile_names n WHERE n.profile = p.id) DESC, p.key",
        (json.dumps(profiles_named(db, name)),)).fetchall()  # fmt: skip
    if len({row[0] for row in found}) != 1:
        why = "may be several: name one by its key" if found else "is no actor in the record"
        raise CorrectionError(key, f"{name!r} {why}")
    return dict(zip(("name", "kind", "country", "code", "profile"), found[0][1:], strict=True))


# --- reports


def _date(writer: Writer, key: str, made: Made, value: Any) -> Correction:
    day = believable(value if isinstance(value, str) else None)
    if day is None:
        raise CorrectionError(key, f"{value!r} is no day; write it as 2024-11-08")
    try:
        report = report_id(writer.db, key)
    except QueryError as error:
        raise CorrectionError(key, error.reason) from None
    key, before = writer.db.execute("SELECT key, published FROM reports WHERE id = ?", (report,)).fetchone()
    id_ = _insert(writer, made, _Row("edit", key, key, "date", before, day))
    writer.renew_date(report)
    writer.finish()
    return _correction(writer.db, id_)


# --- actors


def _profile_keys(db: sqlite3.Connection, name: str) -> list[tuple[str, str]]:
    """(profile, actor) keys of the one actor that a name or key means, be it that of a profile."""
    whose = db.execute("SELECT a.key FROM profiles p JOIN actors a ON a.id = p.actor WHERE p.key = ?", (name,)).fetchone()
    name = whose[0] if whose else name
    rows = db.execute("SELECT p.key, a.key FROM profiles p JOIN actors a ON a.id = p.actor"
                      " WHERE p.id IN (SELECT value FROM json_each(?)) ORDER BY p.key",
                      (json.dumps(profiles_named(db, name)),)).fetchall()  # fmt: skip
    if not rows:
        raise CorrectionError(name, "no such actor in the record")
    if len({actor for _, actor in rows}) > 1:
        raise CorrectionError(name, "may be several actors: name one by its key, as `dateline actor` shows it")
    return rows


def _merge(writer: Writer, names: Sequence[str], made: Made) -> Correction:
    if len(names) < 2:
        raise CorrectionError(names[0], "merge takes two actors or more")
    sides = [_profile_keys(writer.db, name) for name in names]
    actors = sorted({actor for side in sides for _, actor in side})
    if len(actors) < 2:
        raise CorrectionError(", ".join(names), "are one actor already")
    profiles = sorted({profile for side in sides for profile, _ in side})
    id_ = _insert(writer, made, _Row("merge", actors[0], None, None, actors, profiles))
    _renew(writer, profiles)
    return _correction(writer.db, id_)


def _split(writer: Writer, names: Sequence[str], made: Made) -> Correction:
    """Set a profile apart from its actor everywhere, or an actor of one report from all others of its profile."""
    db = writer.db
    whole = db.execute("SELECT p.key, a.key FROM profiles p JOIN actors a ON a.id = p.actor WHERE p.key = ?",
                       (names[0],)).fetchone()  # fmt: skip
    if whole and len(names) == 1:
        together = [profile for profile, _ in _profile_keys(db, whole[1])]
        if len(together) == 1:
            raise CorrectionError(names[0], "is an actor of its own already")
        id_ = _insert(writer, made, _Row("split", whole[1], None, None, whole[1], whole[0]))
        _renew(writer, together)
        return _correction(db, id_)
    if len(names) != 2:
        raise CorrectionError(names[0], "split takes a profile's key (`dateline actor` lists them), or actor and report")
    try:
        report = report_id(db, names[1])
    except QueryError as error:
        raise CorrectionError(names[1], error.reason) from None
    wanted = {profile for profile, _ in _profile_keys(db, names[0])}
    here = [row for row in db.execute("SELECT p.key, a.key FROM cast_members c JOIN profiles p ON p.id = c.profile"
                                      " JOIN actors a ON a.id = p.actor WHERE c.report = ?", (report,))
            if row[0] in wanted]  # fmt: skip
    if not here:
        raise CorrectionError(names[0], f"is not in report {names[1]}")
    report_key = db.execute("SELECT key FROM reports WHERE id = ?", (report,)).fetchone()[0]
    keys = sorted({key for key, _ in here})
    apart = keys[0] if len(keys) == 1 else keys
    id_ = _insert(writer, made, _Row("split", here[0][1], report_key, None, here[0][1], apart))
    writer.project_again(report)
    writer.finish()
    return _correction(db, id_)


def _renew(writer: Writer, profiles: Sequence[str]) -> None:
    for key in profiles:
        bucket = bucket_of(writer.db, key)
        if bucket is not None:
            writer.touched.buckets.add(bucket)
    writer.finish()


# --- undo


def undo(writer: Writer, number: int, made: Made) -> Correction:
    """Take a correction back: one more row, and what it was about as if it had not been made."""
    db = writer.db
    row = db.execute("SELECT action, target, report, field, before, after FROM corrections WHERE id = ?",
                     (number,)).fetchone()  # fmt: skip
    if row is None:
        raise CorrectionError(str(number), "no correction with this number: `dateline correct list` shows them")
    action, target, report_key, field, before, after = row
    if action == "undo":
        raise CorrectionError(str(number), "is an undo itself: make the correction again instead")
    if db.execute("SELECT 1 FROM corrections WHERE undoes = ?", (number,)).fetchone():
        raise CorrectionError(str(number), "was taken back already")
    were, are = json.loads(before or "null"), json.loads(after or "null")
    told = _Row("undo", target, report_key, field, are, were, None, number)
    id_ = _insert(writer, made, told)
    if report_key is None:
        named = json.loads(after)
        _renew(writer, named if isinstance(named, list) else [named])
        return _correction(db, id_)
    report = report_id(db, report_key)
    if field == "date":
        writer.renew_date(report)
    else:
        writer.project_again(report)
    writer.finish()
    return _correction(db, id_)


# --- rows


def _as_json(value: Any) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False)


def _insert(writer: Writer, made: Made, row: _Row) -> int:
    id_ = writer.db.execute(
        "INSERT INTO corrections (made, who, why, action, target, report, field, before, after, words, undoes)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (writer.now, made.who.strip(), made.why, row.action, row.target, row.report, row.field, _as_json(row.before),
         _as_json(row.after), _as_json(row.words), row.undoes)).lastrowid  # fmt: skip
    assert id_ is not None
    return id_


_COLUMNS = (
    "SELECT c.id, c.made, c.who, c.why, c.action, c.target, c.report, c.field, c.before, c.after, c.undoes,"
    " EXISTS (SELECT 1 FROM corrections u WHERE u.target = c.target AND u.undoes = c.id), l.reason"
    " FROM corrections c LEFT JOIN lost l ON l.correction = c.id"
)


def _made(db: sqlite3.Connection, row: Sequence[Any]) -> Correction:
    id_, made, who, why, action, target, report, field, before, after, undoes, undone, lost = row
    named = json.loads(after or "null")
    if action in ("merge", "split") and not undone:
        lost = _why_nobody(db, [named] if isinstance(named, str) else named, report)
    return Correction(id_, made, who, why, action, target, report, field, json.loads(before or "null"), named, undoes,
                      bool(undone), lost)  # fmt: skip


def _why_nobody(db: sqlite3.Connection, profiles: Sequence[str], report: str | None) -> str | None:
    """Why a merge or split has nobody to hold for any more; ``None`` where it holds."""
    keys = [f"apart|{report}|{key}" for key in profiles] if report else profiles
    seen = {row[0] for row in db.execute("SELECT key FROM profiles WHERE actor NOTNULL AND key IN"
                                         " (SELECT value FROM json_each(?))", (json.dumps(keys),))}  # fmt: skip
    if len(seen) >= min(2, len(keys)):
        return None
    return "the actor is no longer in the report" if report else "no report tells of the actor any more"


def _correction(db: sqlite3.Connection, id_: int) -> Correction:
    return _made(db, db.execute(_COLUMNS + " WHERE c.id = ?", (id_,)).fetchone())


def corrections(db: sqlite3.Connection, target: str | None) -> Iterator[Correction]:
    """All corrections in the order in which they were made; of one key, those about it or its report."""
    where, values = ("", ()) if target is None else (" WHERE c.target = ?1 OR c.report = ?1", (target,))
    for row in db.execute(_COLUMNS + where + " ORDER BY c.id", values).fetchall():
        yield _made(db, row)


def log(
    db: sqlite3.Connection, who: str | None, report: str | None, before: int | None, limit: int | None
) -> Iterator[Correction]:
    """The corrections, newest first; ``before`` and ``limit`` cut out a page."""
    about = "SELECT id FROM corrections WHERE target = :report UNION SELECT id FROM corrections WHERE report = :report"
    asked = [("c.who = :who", who), (f"c.id IN ({about})", report), ("c.id < :before", before)]
    where = "".join(f" AND {sql}" for sql, value in asked if value is not None)
    values = {"who": who, "report": report, "before": before, "limit": -1 if limit is None else limit}
    for row in db.execute(f"{_COLUMNS} WHERE 1{where} ORDER BY c.id DESC LIMIT :limit", values).fetchall():
        yield _made(db, row)


def joinings(db: sqlite3.Connection) -> list[Correction]:
    """All merges and splits, in the order in which they were made."""
    rows = db.execute(_COLUMNS + " WHERE c.action IN ('merge', 'split') ORDER BY c.id").fetchall()
    return [_made(db, row) for row in rows]
