"""Draft -> rows: writes and takes away what one report gives the record."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from dateline.record import facets
from dateline.record.drafts import QUAD_NUMBERS, CastDraft, Draft, StatementDraft, TellingDraft
from dateline.record.facets import token
from dateline.record.profiles import Profiled

SENTENCE, STATEMENT, TELLING = 1, 2, 3
#: how far the day of an entry is moved up in its id
DAY = 1 << 24


def first_id(day: str | None) -> int:
    """The smallest id of the entries of a day; of those without a day for ``None``."""
    return date.fromisoformat(day).toordinal() * DAY if day else 0


@dataclass
class Touched:
    """What a transaction has changed, so that all that hangs on it can be made anew before it ends."""

    reports: set[int] = field(default_factory=set)
    buckets: set[str] = field(default_factory=set)
    profiles: set[int] = field(default_factory=set)
    events: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class ReportRow:
    """What the entries of a report have from it."""

    id: int
    key: str
    publisher: str | None
    agency: str | None
    day: str | None
    reliable: bool

    @property
    def sure_day(self) -> str | None:
        """Its day where that may enter a trend."""
        return self.day if self.reliable else None


class Ids:
    """Gives each entry an id of its day, never the same twice."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db
        self.next: dict[int, int] = {}

    def take(self, day: str | None) -> int:
        number = first_id(day) // DAY
        if number not in self.next:
            row = self.db.execute("SELECT next FROM days WHERE day = ?", (number,)).fetchone()
            self.next[number] = row[0] if row else 0
        n = self.next[number]
        if n >= DAY:
            raise sqlite3.DataError(f"more than {DAY:,} entries on one day")
        self.next[number] = n + 1
        return number * DAY + n

    def save(self) -> None:
        self.db.executemany("INSERT OR REPLACE INTO days (day, next) VALUES (?, ?)", sorted(self.next.items()))


def clear(db: sqlite3.Connection, report: int, touched: Touched) -> None:
    """Take away all rows that a report's reading gave; what counted them is noted as touched."""
    ids = "(SELECT id FROM entries WHERE report = ? AND kind = ?)"
    touched.events.update(r[0] for r in db.execute(f"SELECT event FROM tellings WHERE id IN {ids}", (report, TELLING)))
    cast = db.execute("SELECT c.profile, c.named, p.bucket FROM cast_members c JOIN profiles p ON p.id = c.profile"
                      " WHERE c.report = ?", (report,)).fetchall()  # fmt: skip
    touched.profiles.update(profile for profile, _, _ in cast)
    touched.buckets.update(bucket for _, _, bucket in cast)
    db.executemany("UPDATE profile_names SET seen = seen - 1 WHERE id = ?", [(named,) for _, named, _ in cast])
    db.execute(f"DELETE FROM telling_actors WHERE telling IN {ids}", (report, TELLING))
    db.execute(f"DELETE FROM tellings WHERE id IN {ids}", (report, TELLING))
    db.execute(f"DELETE FROM statements WHERE id IN {ids}", (report, STATEMENT))
    for table in ("entries", "sentences", "cast_members", "role_sightings"):
        db.execute(f"DELETE FROM {table} WHERE report = ?", (report,))


class Projector:
    """Writes drafts within one transaction."""

    def __init__(self, db: sqlite3.Connection, touched: Touched) -> None:
        self.db = db
        self.touched = touched
        self.ids = Ids(db)
        self.profiles: dict[str, int] = {}

    def write(self, report: ReportRow, draft: Draft, profiled: dict[str, Profiled], text: str) -> None:
        """The rows of a draft; ``profiled`` gives the profile of each local actor."""
        profile_ids = {local: self._profile(p) for local, p in profiled.items()}
        self._cast(report, draft.cast, profile_ids, profiled)
        facts = _Facts(report, draft, profile_ids, profiled)
        self.db.executemany(
            'INSERT INTO sentences (report, n, "start", "end") VALUES (?, ?, ?, ?)',
            [(report.id, n, *span) for n, span in enumerate(draft.sentences)],
        )
        lines = [text[s.start : s.end] for s in draft.sentences]
        index: list[tuple[int, str, str]] = []
        entries: list[tuple[int, int, int, int]] = []
        for n, line in enumerate(lines):
            id_ = self.ids.take(report.day)
            entries.append((id_, SENTENCE, report.id, n))
            index.append((id_, line, facts.of_sentence(n)))
        statements = [(self.ids.take(s.day or report.day), s) for s in draft.statements]
        tellings = [(self.ids.take(t.day or report.day), t) for t in draft.tellings]
        entries += [(id_, STATEMENT, report.id, s.sentence) for id_, s in statements]
        entries += [(id_, TELLING, report.id, t.sentence) for id_, t in tellings]
        index += [(id_, lines[s.sentence], facts.of_statement(s)) for id_, s in statements]
        index += [(id_, lines[t.sentence], facts.of_telling(t)) for id_, t in tellings]
        self.db.executemany("INSERT INTO entries (id, kind, report, sentence) VALUES (?, ?, ?, ?)", entries)
        self.db.executemany("INSERT INTO search (rowid, words, facets) VALUES (?, ?, ?)", index)
        self._statements(statements, profile_ids, text)
        self._tellings(tellings, profile_ids, report)
        self.touched.reports.add(report.id)

    def _profile(self, found: Profiled) -> int:
        known = self.profiles.get(found.key)
        if known is None:
            row = self.db.execute("SELECT id FROM profiles WHERE key = ?", (found.key,)).fetchone()
            known = row[0] if row else self._new_profile(found)
            self.profiles[found.key] = known
        self.touched.buckets.add(found.bucket)
        return known

    def _new_profile(self, found: Profiled) -> int:
        row = self.db.execute(
            "INSERT INTO profiles (key, bucket, name, kind, country, code, facts) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (found.key, found.bucket, found.name, found.kind, found.country, found.code, found.facts),
        )
        id_ = row.lastrowid
        assert id_ is not None
        return id_

    def _named(self, profile: int, found: Profiled) -> int:
        """The row that counts how often a profile is told of under this name, kind and code; counts one more."""
        self.touched.profiles.add(profile)
        told = (profile, found.name, found.kind, found.code or "")
        row = self.db.execute("UPDATE profile_names SET seen = seen + 1 WHERE profile = ? AND name = ? AND kind = ?"
                              " AND code = ? RETURNING id", told).fetchone()  # fmt: skip
        if row is not None:
            return int(row[0])
        id_ = self.db.execute("INSERT INTO profile_names (profile, name, kind, code, seen) VALUES (?, ?, ?, ?, 1)",
                              told).lastrowid  # fmt: skip
        assert id_ is not None
        self.db.execute("INSERT INTO names (rowid, name) VALUES (?, ?)", (id_, found.name))
        return id_

    def _cast(
        self, report: ReportRow, cast: Sequence[CastDraft], ids: dict[str, int], profiled: dict[str, Profiled]
    ) -> None:
        self.db.executemany(
            "INSERT INTO cast_members (report, local, profile, named, name, code, mentions, day)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [(report.id, c.local, ids[c.local], self._named(ids[c.local], profiled[c.local]), c.name, c.code,
              len(c.mentions), report.sure_day) for c in cast],
        )  # fmt: skip
        self.db.executemany(
            'INSERT INTO role_sightings (report, local, profile, title, office, of, status, "start", "end", day)'
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [(report.id, c.local, ids[c.local], r.title, office, r.of, r.status, *r.span, report.sure_day)
             for c in cast for r, office in zip(c.roles, profiled[c.local].offices, strict=True)],
        )  # fmt: skip

    def _statements(self, statements: list[tuple[int, StatementDraft]], ids: dict[str, int], text: str) -> None:
        self.db.executemany(
            "INSERT INTO statements (id, key, local, form, sourcing, speaker, addressee, act, cue, stance, hedged,"
            " medium, day, day_end, content, spans, distinct_key, judged)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [(id_, s.key, s.local, s.form, s.sourcing, ids.get(s.speaker or ""), ids.get(s.addressee or ""), s.act,
              s.cue, s.stance, s.hedged, s.medium, s.day, s.day_end, json.dumps(s.content),
              json.dumps([s.source_spans, s.cue_spans]), s.key, s.judged)
             for id_, s in statements],
        )  # fmt: skip

    def _tellings(self, tellings: list[tuple[int, TellingDraft]], ids: dict[str, int], report: ReportRow) -> None:
        self.db.executemany(
            'INSERT INTO tellings (id, key, local, event, type, mode, cameo, quad, goldstein, "start", "end", day,'
            " day_end, day_from, reliable, place, reality, said_by, unsure, judged)"
            " VALUES (?, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [(id_, t.key, t.local, t.type, t.mode, t.cameo, QUAD_NUMBERS[t.quad], t.goldstein, *t.span, t.day,
              t.day_end, t.day_from, t.reliable, json.dumps(t.place, ensure_ascii=False) if t.place else None,
              t.reality, t.said_by, t.unsure, t.judged)
             for id_, t in tellings],
        )  # fmt: skip
        self.db.executemany(
            "INSERT OR IGNORE INTO telling_actors (telling, side, profile) VALUES (?, ?, ?)",
            [(id_, side, ids[local]) for id_, t in tellings for side, locals_ in ((0, t.source), (1, t.target))
             for local in locals_],
        )  # fmt: skip


class _Facts:
    """The facets of each entry of a report."""

    def __init__(
        self, report: ReportRow, draft: Draft, ids: dict[str, int], profiled: dict[str, Profiled]
    ) -> None:
        self.draft = draft
        self.ids = ids
        self.profiled = profiled
        self.cast = {c.local: c for c in draft.cast}
        common = [token(facets.REPORT, report.key)]
        if report.publisher:
            common.append(token(facets.PUBLISHER, report.publisher))
        if report.agency:
            common.append(token(facets.AGENCY, report.agency))
        self.common = " ".join(common)
        self.reliable = token(facets.RELIABLE, True) if report.reliable else ""

    def of_sentence(self, n: int) -> str:
        locals_ = self.draft.mentioned[n] if n < len(self.draft.mentioned) else ()
        return self._joined("sentence", self.reliable, self._actors(locals_))

    def of_statement(self, s: StatementDraft) -> str:
        speaker = (s.speaker,) if s.speaker else ()
        told = [token(facets.STANCE, s.stance), token(facets.FORM, s.form)]
        told += [token(facets.ACT, s.act)] if s.act else []
        told += [token(facets.SOURCING, s.sourcing)] if s.sourcing else []
        both = (*speaker, *((s.addressee,) if s.addressee else ()))
        return self._joined("statement", self.reliable, _judged(s.judged), *told, self._side(facets.SOURCE_PROFILE,
                            facets.SOURCE_COUNTRY, speaker), self._actors(both))  # fmt: skip

    def of_telling(self, t: TellingDraft) -> str:
        voice = "said" if t.said_by else "own"
        told = [token(facets.TYPE, t.type), token(facets.QUAD, t.quad), token(facets.REALITY, t.reality),
                token(facets.VOICE, voice), token(facets.RELIABLE, True) if t.reliable else "", _judged(t.judged)]  # fmt: skip
        source = self._side(facets.SOURCE_PROFILE, facets.SOURCE_COUNTRY, t.source)
        target = self._side(facets.TARGET_PROFILE, facets.TARGET_COUNTRY, t.target)
        return self._joined("telling", *told, source, target, self._actors((*t.source, *t.target)))

    def _joined(self, kind: str, *more: str) -> str:
        return " ".join(part for part in (token(facets.KIND, kind), self.common, *more) if part)

    def _side(self, profile: str, country: str, locals_: Iterable[str]) -> str:
        return " ".join(_once(self._side_tokens(profile, country, locals_)))

    def _side_tokens(self, profile: str, country: str, locals_: Iterable[str]) -> Iterator[str]:
        for local in locals_:
            yield token(profile, self.ids[local])
            if of := self.profiled[local].country:
                yield token(country, of)

    def _actors(self, locals_: Iterable[str]) -> str:
        return " ".join(_once(self._actor_tokens(locals_)))

    def _actor_tokens(self, locals_: Iterable[str]) -> Iterator[str]:
        for local in locals_:
            found = self.profiled[local]
            yield token(facets.ANY_PROFILE, self.ids[local])
            yield token(facets.ACTOR_KIND, found.kind)
            if found.country:
                yield token(facets.ANY_COUNTRY, found.country)
            yield from (token(facets.OFFICE, office) for office in found.offices)


def _once(tokens: Iterator[str]) -> list[str]:
    return list(dict.fromkeys(tokens))


def _judged(judged: str | None) -> str:
    return token(facets.JUDGED, judged) if judged else ""
