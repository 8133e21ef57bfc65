"""All that a record says, by public keys: without internal ids, and without the clock."""

from __future__ import annotations

import sqlite3
import zlib
from contextlib import closing
from typing import Any

from dateline.record.sqlite import SqliteStore

Dump = dict[str, list[tuple[Any, ...]]]

_TABLES = {
    "reports": "SELECT r.key, locator, version, kind, title, url, publisher, agency, byline, language, published,"
               " published_from, reliable, day, signed, unread, s.key FROM reports r JOIN stories s ON s.id = r.story",
    "versions": "SELECT r.key, number, fingerprint, text, furniture, made_by, source, raw_kind, raw, given, v.reading"
                " FROM versions v JOIN reports r ON r.id = v.report",
    "stories": "SELECT key, credit FROM stories",
    "shingles": "SELECT hash, r.key FROM shingles JOIN reports r ON r.id = report",
    "copies": "SELECT min(a.key, b.key), max(a.key, b.key), contained, jaccard, why FROM copies c"
              " JOIN reports a ON a.id = c.a JOIN reports b ON b.id = c.b",
    "actors": "SELECT key, name, kind, country, code, class, reasons FROM actors",
    "profiles": "SELECT p.key, bucket, p.name, p.kind, p.country, p.code, a.key FROM profiles p"
                " JOIN actors a ON a.id = p.actor",
    "cast": "SELECT r.key, local, p.key, c.name, c.code, mentions, c.day FROM cast_members c"
            " JOIN reports r ON r.id = c.report JOIN profiles p ON p.id = c.profile",
    "roles": 'SELECT r.key, local, p.key, s.title, office, of, status, "start", "end", s.day FROM role_sightings s'
             " JOIN reports r ON r.id = s.report JOIN profiles p ON p.id = s.profile",
    "entries": "SELECT r.key, e.kind, e.sentence, e.id / 134217728 FROM entries e JOIN reports r ON r.id = e.report",
    "sentences": 'SELECT r.key, n, "start", "end" FROM sentences s JOIN reports r ON r.id = s.report',
    "statements": "SELECT r.key, s.key, local, form, sourcing, p.key, q.key, act, cue, stance, hedged, medium, s.day,"
                  " day_end, content, spans, distinct_key, judged FROM statements s JOIN entries e ON e.id = s.id"
                  " JOIN reports r ON r.id = e.report LEFT JOIN profiles p ON p.id = s.speaker"
                  " LEFT JOIN profiles q ON q.id = s.addressee",
    "events": "SELECT key, base, type, quad, day, day_end, place, goldstein, happened, tellings, reports, stories,"
              " reliable FROM events",
    "tellings": 'SELECT r.key, t.key, local, v.key, t.type, mode, cameo, t.quad, t.goldstein, "start", "end", t.day,'
                " t.day_end, day_from, t.reliable, t.place, reality, said_by, unsure, judged FROM tellings t"
                " JOIN entries e ON e.id = t.id JOIN reports r ON r.id = e.report JOIN events v ON v.id = t.event",
    "sides": "SELECT t.key, side, p.key FROM telling_actors ta JOIN tellings t ON t.id = ta.telling"
             " JOIN profiles p ON p.id = ta.profile",
    "pairs": "SELECT source, target, p.day, v.key FROM pairs p JOIN events v ON v.id = p.event",
    "relation_counts": "SELECT * FROM relation_counts",
    "exposure": "SELECT * FROM exposure WHERE events <> 0 OR reports <> 0",
    "lost": "SELECT correction, reason FROM lost",
    "skips": "SELECT source, reason FROM skips",
    "searches": "SELECT name, query FROM searches",
}  # fmt: skip


def dump(store: SqliteStore) -> Dump:
    """Every table's rows by public keys, sorted."""
    with closing(sqlite3.connect(store.path)) as db:
        found = {}
        for name, sql in _TABLES.items():
            rows = [tuple(map(_plain, row)) for row in db.execute(sql)]
            found[name] = sorted(rows, key=repr)
        return found


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return zlib.decompress(value).decode()
    return round(value, 9) if isinstance(value, float) else value


def differences(a: Dump, b: Dump) -> dict[str, tuple[list[Any], list[Any]]]:
    """What stands in one dump only, table by table: empty where both say the same."""
    found = {}
    for name in a:
        only_a = [row for row in a[name] if row not in b[name]]
        only_b = [row for row in b[name] if row not in a[name]]
        if only_a or only_b or len(a[name]) != len(b[name]):
            found[name] = (only_a, only_b)
    return found


def contents(store: SqliteStore) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table as it stands in the file, the index's own tables included."""
    with closing(sqlite3.connect(store.path)) as db:
        tables = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'"
                                               " AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name")]  # fmt: skip
        return {table: sorted(db.execute(f'SELECT * FROM "{table}"').fetchall(), key=repr) for table in tables}
