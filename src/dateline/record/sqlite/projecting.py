"""Draft -> rows: writes and takes away what one report gives the record."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain

from dateline.record import facets
from dateline.record.drafts import QUAD_NUMBERS, CastDraft, Draft, StatementDraft, TellingDraft
from dateline.record.facets import token
from dateline.record.profiles import Profiled
from dateline.record.sqlite.postings import DAY, Postings

SENTENCE, STATEMENT, TELLING = 1, 2, 3
KIND_NAMES = {SENTENCE: "sentence", STATEMENT: "statement", TELLING: "telling"}


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


def clear(db: sqlite3.Connection, report: int, touched: Touched, postings: Postings) -> None:
    """Take away all rows that a report's reading gave; what counted them is noted as touched."""
    for id_, kind in db.execute("SELECT id, kind FROM entries WHERE report = ?", (report,)):
        postings.drop(token(facets.KIND, KIND_NAMES[kind]), (id_,))
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
        self.postings = Postings(db)
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
        at = [self._take(report.day) for _ in lines]
        statements = [(self._take(s.day or report.day), s) for s in draft.statements]
        tellings = [(self._take(t.day or report.day), t) for t in draft.tellings]
        entries = [(id_, SENTENCE, report.id, n) for n, id_ in enumerate(at)]
        entries += [(id_, STATEMENT, report.id, s.sentence) for id_, s in statements]
        entries += [(id_, TELLING, report.id, t.sentence) for id_, t in tellings]
        for n, id_ in enumerate(at):
            self.postings.add(id_, id_, facts.of_sentence(n))
        for id_, s in statements:
            self.postings.add(id_, at[s.sentence], facts.of_statement(s))
        for id_, t in tellings:
            self.postings.add(id_, at[t.sentence], facts.of_telling(t))
        self.db.executemany("INSERT INTO entries (id, kind, report, sentence) VALUES (?, ?, ?, ?)", entries)
        self.db.executemany("INSERT INTO search (rowid, words) VALUES (?, ?)", zip(at, lines, strict=True))
        self._statements(statements, profile_ids, text)
        self._tellings(tellings, profile_ids, report)
        self.touched.reports.add(report.id)

    def _take(self, day: str | None) -> int:
        return self.postings.take(date.fromisoformat(day).toordinal() if day else 0)

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
        self.day = report.day
        self.common = [token(facets.REPORT, report.key)]
        if report.publisher:
            self.common.append(token(facets.PUBLISHER, report.publisher))
        if report.agency:
            self.common.append(token(facets.AGENCY, report.agency))
        self.reliable = [token(facets.RELIABLE, True)] if report.reliable else []
        self._known: dict[tuple[str, str, str], list[str]] = {}

    def of_sentence(self, n: int) -> Iterable[str]:
        locals_ = self.draft.mentioned[n] if n < len(self.draft.mentioned) else ()
        return self._joined(SENTENCE, self.day, self.reliable, self._actors(locals_))

    def of_statement(self, s: StatementDraft) -> Iterable[str]:
        speaker = (s.speaker,) if s.speaker else ()
        told = [token(facets.STANCE, s.stance), token(facets.FORM, s.form)]
        told += [token(facets.ACT, s.act)] if s.act else []
        told += [token(facets.SOURCING, s.sourcing)] if s.sourcing else []
        both = (*speaker, *((s.addressee,) if s.addressee else ()))
        source = self._side(facets.SOURCE_PROFILE, facets.SOURCE_COUNTRY, speaker)
        return self._joined(STATEMENT, s.day or self.day, self.reliable, _judged(s.judged), told, source, self._actors(both))

    def of_telling(self, t: TellingDraft) -> Iterable[str]:
        voice = "said" if t.said_by else "own"
        told = [token(facets.TYPE, t.type), token(facets.QUAD, t.quad), token(facets.REALITY, t.reality),
                token(facets.VOICE, voice)]  # fmt: skip
        sure = [token(facets.RELIABLE, True)] if t.reliable else []
        source = self._side(facets.SOURCE_PROFILE, facets.SOURCE_COUNTRY, t.source)
        target = self._side(facets.TARGET_PROFILE, facets.TARGET_COUNTRY, t.target)
        return self._joined(TELLING, t.day, told, sure, _judged(t.judged), source, target, self._actors((*t.source, *t.target)))

    def _joined(self, kind: int, day: str | None, *more: list[str]) -> Iterable[str]:
        """All tokens of an entry, each once. Those of its kind are its own, so that they tell what is still there."""
        name = KIND_NAMES[kind]
        dated = [token(facets.DATED, name)] if day else []
        return dict.fromkeys(chain((token(facets.KIND, name),), dated, self.common, *more))

    def _side(self, profile: str, country: str, locals_: Iterable[str]) -> list[str]:
        return [one for local in locals_ for one in self._side_tokens(profile, country, local)]

    def _side_tokens(self, profile: str, country: str, local: str) -> list[str]:
        known = self._known.get((profile, country, local))
        if known is None:
            of = self.profiled[local].country
            known = [token(profile, self.ids[local]), *([token(country, of)] if of else [])]
            self._known[profile, country, local] = known
        return known

    def _actors(self, locals_: Iterable[str]) -> list[str]:
        return [one for local in locals_ for one in self._actor_tokens(local)]

    def _actor_tokens(self, local: str) -> list[str]:
        known = self._known.get(("", "", local))
        if known is None:
            found = self.profiled[local]
            known = [token(facets.ANY_PROFILE, self.ids[local]), token(facets.ACTOR_KIND, found.kind),
                     *([token(facets.ANY_COUNTRY, found.country)] if found.country else []),
                     *(token(facets.OFFICE, office) for office in found.offices)]  # fmt: skip
            self._known["", "", local] = known
        return known


def _judged(judged: str | None) -> list[str]:
    return [token(facets.JUDGED, judged)] if judged else []
