"""Keeps bundles: the report, its version, its projection, and all that hangs on them, in one transaction."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import replace

from dateline.model import Span
from dateline.record.amend import Decision, amended
from dateline.record.bundles import Bundle, unpacked
from dateline.record.drafts import CastDraft, Draft, believable, digest, draft_of
from dateline.record.entries import Added
from dateline.record.profiles import Kit, Profiled
from dateline.record.sqlite.distinct import expose, periods_of, renew_events, renew_statements
from dateline.record.sqlite.identities import renew_actors
from dateline.record.sqlite.projecting import Projector, ReportRow, Touched, clear
from dateline.record.sqlite.stories import link, relink, renew_stories, unlink

_META = ("title", "url", "publisher", "agency", "byline", "language", "published", "published_from", "reliable",
         "day", "unread")  # fmt: skip


class Writer:
    """One transaction's writing; ``finish`` makes anew all that hangs on what was written."""

    def __init__(self, db: sqlite3.Connection, kit: Kit, now: str) -> None:
        self.db = db
        self.kit = kit
        self.now = now
        self.touched = Touched()
        self.projector = Projector(db, self.touched)

    # --- new reports and versions

    def keep(self, bundles: Sequence[Bundle]) -> Added:
        """Keep what is new among the bundles, in their order."""
        new = versions = same = unread = 0
        keys = []
        for bundle in bundles:
            if self._is_known(bundle.fingerprint):
                same += 1
                continue
            earlier = self._earlier_version(bundle)
            if earlier is None:
                keys.append(self._insert(bundle))
                new += 1
            else:
                keys.append(self._next_version(bundle, earlier))
                versions += 1
            unread += bundle.unread is not None
        self.finish()
        return Added(new, versions, same, unread, 0, tuple(keys))

    def finish(self) -> None:
        """Stories, actors, distinct statements and events, rollups: all that the transaction touched."""
        renew_stories(self.db, self.kit, self.touched)
        renew_actors(self.db, self.kit, self.touched)
        renew_statements(self.db, self.touched)
        renew_events(self.db, self.touched)
        self.projector.postings.save()

    def _is_known(self, fingerprint: str) -> bool:
        return self.db.execute("SELECT 1 FROM versions WHERE fingerprint = ?", (fingerprint,)).fetchone() is not None

    def _earlier_version(self, bundle: Bundle) -> int | None:
        """The report of which this is a corrected or longer version: the same locator, and text in common.

        Text of any version will do: a report may come back to an earlier one.
        """
        found = self.db.execute(
            "SELECT r.id, v.text, v.furniture FROM reports r JOIN versions v ON v.report = r.id"
            " WHERE r.locator = ? ORDER BY v.text <> ?, r.id, v.number DESC", (bundle.locator, bundle.text)).fetchall()  # fmt: skip
        for id_, text, furniture in found:
            if bundle.kind == "events" or text == bundle.text:
                return int(id_)
            shared = self.kit.compare(text, _spans(furniture), bundle.text, bundle.furniture, 0)
            if shared.same or shared.contained >= 0.5:
                return int(id_)
        return None

    def _free_key(self, bundle: Bundle) -> str:
        key, number = bundle.key, 0
        while self.db.execute("SELECT 1 FROM reports WHERE key = ?", (key,)).fetchone():
            number += 1
            key = "r" + digest(bundle.key, bundle.locator, bundle.fingerprint, number)
        return key

    def _insert(self, bundle: Bundle) -> str:
        key = self._free_key(bundle)
        told = ", ".join(_META)
        marks = ", ".join("?" * len(_META))
        row = self.db.execute(
            f"INSERT INTO reports (key, locator, version, kind, {told}) VALUES (?, ?, 1, ?, {marks})",
            (key, bundle.locator, bundle.kind, *(getattr(bundle, name) for name in _META)),
        )
        id_ = row.lastrowid
        assert id_ is not None
        self._insert_version(id_, 1, bundle)
        self._expose(bundle.day, bundle.reliable, 1)
        draft = bundle.draft if key == bundle.key else draft_of(unpacked(bundle.reading, bundle.text), key)
        self._project(id_, key, bundle, draft)
        return key

    def _next_version(self, bundle: Bundle, id_: int) -> str:
        key, number = self.db.execute("SELECT key, version FROM reports WHERE id = ?", (id_,)).fetchone()
        self._insert_version(id_, number + 1, bundle)
        self._set_meta(id_, number + 1, bundle)
        self._take_away(id_)
        self._project(id_, key, bundle, draft_of(unpacked(bundle.reading, bundle.text), key))
        return str(key)

    def _set_meta(self, id_: int, number: int, bundle: Bundle) -> None:
        told = ", ".join(f"{name} = ?" for name in _META)
        day, reliable = self.db.execute("SELECT day, reliable FROM reports WHERE id = ?", (id_,)).fetchone()
        self._expose(day, reliable, -1)
        self._expose(bundle.day, bundle.reliable, 1)
        self.db.execute(f"UPDATE reports SET version = ?, {told} WHERE id = ?",
                        (number, *(getattr(bundle, name) for name in _META), id_))  # fmt: skip

    def renew_date(self, id_: int) -> None:
        """The date that a person has set for a report, else the one that its reading tells, and all that hangs on it."""
        self.db.execute("UPDATE versions SET redated = NULL WHERE report = ?", (id_,))
        if not self._take_set_date(id_):
            self._take_told_date(id_)
        relink(self.db, self.kit, id_, self.touched)
        self.project_again(id_)

    def _set_date(self, key: str) -> str | None:
        """The date that a person has set for a report, and not taken back."""
        row = self.db.execute(
            "SELECT after FROM corrections c WHERE target = ? AND field = 'date' AND action = 'edit'"
            " AND NOT EXISTS (SELECT 1 FROM corrections u WHERE u.undoes = c.id) ORDER BY id DESC LIMIT 1", (key,)).fetchone()  # fmt: skip
        return json.loads(row[0]) if row else None

    def _take_set_date(self, id_: int) -> bool:
        """Where a person has set a date: it is reliable, and the day from which the report's entries have theirs."""
        key, before, reliable = self.db.execute("SELECT key, day, reliable FROM reports WHERE id = ?", (id_,)).fetchone()
        day = self._set_date(key)
        if day is None:
            return False
        self._expose(before, reliable, -1)
        self._expose(day, 1, 1)
        self.db.execute("UPDATE reports SET published = ?, published_from = 'corrected', reliable = 1, day = ?"
                        " WHERE id = ?", (day, day, id_))  # fmt: skip
        return True

    def _take_told_date(self, id_: int) -> None:
        """The date that the machine's reading tells."""
        reading, text, day, reliable = self.db.execute(
            "SELECT v.reading, v.text, r.day, r.reliable FROM reports r JOIN versions v ON v.report = r.id"
            " AND v.number = r.version WHERE r.id = ?", (id_,)).fetchone()  # fmt: skip
        told = unpacked(reading, text)
        published = told["published"] or {}
        anchor = believable((told["dateline"] or {}).get("date") or published.get("value"))
        sure = bool(published.get("reliable"))
        self._expose(day, reliable, -1)
        self._expose(anchor, sure, 1)
        self.db.execute("UPDATE reports SET published = ?, published_from = ?, reliable = ?, day = ? WHERE id = ?",
                        (published.get("value"), published.get("from"), sure, anchor, id_))  # fmt: skip

    def _expose(self, day: str | None, reliable: int | bool, n: int) -> None:
        if day and reliable:
            expose(self.db, "reports", dict.fromkeys(periods_of(day), n))

    def _insert_version(self, id_: int, number: int, bundle: Bundle) -> None:
        self.db.execute(
            "INSERT INTO versions (report, number, fingerprint, text, furniture, reading, made_by, source, raw_kind,"
            " raw, given, added) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (id_, number, bundle.fingerprint, bundle.text, json.dumps(bundle.furniture), bundle.reading,
             bundle.made_by, bundle.source, bundle.raw_kind, bundle.raw, bundle.given, self.now),
        )  # fmt: skip

    # --- one report's rows

    def _take_away(self, id_: int) -> None:
        clear(self.db, id_, self.touched, self.projector.postings)
        unlink(self.db, id_)

    def _project(self, id_: int, key: str, bundle: Bundle, draft: Draft) -> None:
        self._take_set_date(id_)
        day, reliable = self.db.execute("SELECT day, reliable FROM reports WHERE id = ?", (id_,)).fetchone()
        report = ReportRow(id_, key, bundle.publisher, bundle.agency, day, bool(reliable))
        self._write(report, draft, bundle.text)
        link(self.db, self.kit, id_, bundle.signature, self.touched)

    def _write(self, report: ReportRow, draft: Draft, text: str) -> None:
        draft, lost = amended(draft, self.decisions(report.key), text)
        self._note_lost(report.key, lost)
        self.projector.write(report, draft, self._profiled(report, draft, text), text)

    def _profiled(self, report: ReportRow, draft: Draft, text: str) -> dict[str, Profiled]:
        """The profile of each actor of a draft; one that a person split off here has a profile of its own."""
        rows = self.db.execute(
            "SELECT c.after FROM corrections c WHERE c.action = 'split' AND c.report = ?"
            " AND NOT EXISTS (SELECT 1 FROM corrections u WHERE u.undoes = c.id)", (report.key,))  # fmt: skip
        told = [json.loads(row[0]) for row in rows]
        apart = {key for one in told for key in ([one] if isinstance(one, str) else one)}
        found = {}
        for actor in draft.cast:
            profile = self._meant(actor) or self.kit.profile(actor, report.key, report.sure_day, text)
            if profile.key in apart:
                own = f"apart|{report.key}|{profile.key}"
                profile = replace(profile, key=own, bucket=own)
            found[actor.local] = profile
        return found

    def _meant(self, actor: CastDraft) -> Profiled | None:
        """The profile of an actor that a person put into the report, from wherever it is known."""
        row = actor.profile and self.db.execute("SELECT bucket, country, facts FROM profiles WHERE key = ?",
                                                (actor.profile,)).fetchone()  # fmt: skip
        if not actor.profile or not row:
            return None
        bucket, country, facts = row
        return Profiled(actor.profile, bucket, actor.name, actor.kind, country, actor.code, facts=facts)

    def decisions(self, report_key: str) -> list[Decision]:
        """The corrections of a report's entries that hold, oldest first."""
        rows = self.db.execute(
            "SELECT id, action, target, field, after, words FROM corrections c WHERE report = ?"
            " AND action IN ('accept', 'reject', 'edit') AND target NOT LIKE 'r%'"
            " AND NOT EXISTS (SELECT 1 FROM corrections u WHERE u.undoes = c.id) ORDER BY id", (report_key,))  # fmt: skip
        return [Decision(id_, action, target, field, json.loads(after or "null"), json.loads(words or "{}"))
                for id_, action, target, field, after, words in rows]  # fmt: skip

    def _note_lost(self, report_key: str, lost: dict[int, str]) -> None:
        self.db.execute("DELETE FROM lost WHERE correction IN (SELECT id FROM corrections WHERE report = ?)",
                        (report_key,))  # fmt: skip
        self.db.executemany("INSERT INTO lost (correction, reason) VALUES (?, ?)", sorted(lost.items()))

    # --- made anew

    def draft(self, id_: int) -> tuple[str, Draft, str]:
        """The key of a report, what its current reading tells, without corrections, and its text."""
        key, reading, text = self.db.execute(
            "SELECT r.key, coalesce(v.redated, v.reading), v.text FROM reports r"
            " JOIN versions v ON v.report = r.id AND v.number = r.version WHERE r.id = ?", (id_,)).fetchone()  # fmt: skip
        return key, draft_of(unpacked(reading, text), key), text

    def project_again(self, id_: int) -> None:
        """The rows of a report from its kept reading and the corrections that hold."""
        publisher, agency, day, reliable = self.db.execute(
            "SELECT publisher, agency, day, reliable FROM reports WHERE id = ?", (id_,)).fetchone()  # fmt: skip
        clear(self.db, id_, self.touched, self.projector.postings)
        key, draft, text = self.draft(id_)
        self._write(ReportRow(id_, key, publisher, agency, day, bool(reliable)), draft, text)

    def replace_reading(self, key: str, bundle: Bundle) -> bool:
        """The reading of a report's current version made anew; true where it differs from the kept one."""
        row = self.db.execute(
            "SELECT r.id, r.version, v.reading, v.text, v.made_by FROM reports r"
            " JOIN versions v ON v.report = r.id AND v.number = r.version WHERE r.key = ?", (key,)).fetchone()  # fmt: skip
        if row is None:
            return False
        id_, number, before, text, made_by = row
        same = text == bundle.text and unpacked(before, text) == unpacked(bundle.reading, bundle.text)
        if same and made_by == bundle.made_by:
            return False
        self.db.execute(
            "UPDATE versions SET text = ?, furniture = ?, reading = ?, redated = NULL, made_by = ?"
            " WHERE report = ? AND number = ?",
            (bundle.text, json.dumps(bundle.furniture), bundle.reading, bundle.made_by, id_, number),
        )
        # a newer Dateline may read other words out of the same bytes: added again, they are known all the same
        self.db.execute("UPDATE OR IGNORE versions SET fingerprint = ? WHERE report = ? AND number = ?",
                        (bundle.fingerprint, id_, number))  # fmt: skip
        self._set_meta(id_, number, bundle)
        self._take_away(id_)
        self._project(id_, key, bundle, draft_of(unpacked(bundle.reading, bundle.text), key))
        return True

    def replace_redated(self, key: str, bundle: Bundle) -> bool:
        """What the machine reads in a report under the date that a person has set; the reading itself stays.

        False where it is kept already, and where no such date holds or the text is another.
        """
        row = self.db.execute(
            "SELECT r.id, r.version, v.text, v.redated FROM reports r"
            " JOIN versions v ON v.report = r.id AND v.number = r.version WHERE r.key = ?", (key,)).fetchone()  # fmt: skip
        if row is None or row[2] != bundle.text or self._set_date(key) != bundle.published:
            return False
        id_, number, text, before = row
        if before is not None and unpacked(before, text) == unpacked(bundle.reading, text):
            return False
        self.db.execute("UPDATE versions SET redated = ? WHERE report = ? AND number = ?", (bundle.reading, id_, number))
        self.project_again(id_)
        return True


def _spans(told: str) -> list[Span]:
    return [Span(*span) for span in json.loads(told)]
