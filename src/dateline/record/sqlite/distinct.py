"""What is told many times and counted once: statements of a story, distinct events, and the rollups over them."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dateline.record.drafts import REAL, digest, squeezed
from dateline.record.likeness import alike, same_statements
from dateline.record.sqlite.projecting import STATEMENT, TELLING, Touched
from dateline.record.sqlite.sides import Party, sides_of

OWN, SAID = 1, 2
MONTH, WEEK = "month", "week"


# --- statements


def renew_statements(db: sqlite3.Connection, touched: Touched) -> None:
    """Within each story touched: which statements are one, told again."""
    stories = db.execute(
        "SELECT story FROM reports WHERE story IN (SELECT story FROM reports WHERE id IN (SELECT value FROM json_each(?)))"
        " GROUP BY story HAVING count(*) > 1", (json.dumps(sorted(touched.reports)),)).fetchall()  # fmt: skip
    alone = db.execute(
        "SELECT r.id FROM reports r WHERE r.id IN (SELECT value FROM json_each(?))"
        " AND NOT EXISTS (SELECT 1 FROM reports o WHERE o.story = r.story AND o.id <> r.id)",
        (json.dumps(sorted(touched.reports)),))  # fmt: skip
    db.execute(
        "UPDATE statements SET distinct_key = key WHERE distinct_key <> key AND id IN"
        " (SELECT id FROM entries WHERE kind = ? AND report IN (SELECT value FROM json_each(?)))",
        (STATEMENT, json.dumps([r[0] for r in alone])))  # fmt: skip
    for (story,) in stories:
        _renew_story(db, story)


def _renew_story(db: sqlite3.Connection, story: int) -> None:
    rows = db.execute(
        "SELECT s.id, s.key, r.id, r.key, s.content, a.key, s.act FROM reports r"
        " JOIN entries e ON e.report = r.id AND e.kind = ? JOIN statements s ON s.id = e.id"
        " LEFT JOIN profiles p ON p.id = s.speaker LEFT JOIN actors a ON a.id = p.actor"
        " WHERE r.story = ? ORDER BY r.day IS NULL, r.day, r.key, s.key", (STATEMENT, story)).fetchall()  # fmt: skip
    texts = _Texts(db)
    told = [(key, report, speaker, act, _words(content, texts.of(id_)))
            for _, key, id_, report, content, speaker, act in rows]  # fmt: skip
    chosen = same_statements(told)
    db.executemany("UPDATE statements SET distinct_key = ? WHERE id = ?",
                   [(chosen[row[1]], row[0]) for row in rows])  # fmt: skip


class _Texts:
    """The text of one report after another: with each of its thousand entries it would be a thousand texts."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db
        self.report = 0
        self.text = ""

    def of(self, report: int) -> str:
        if report != self.report:
            row = self.db.execute("SELECT v.text FROM reports r JOIN versions v ON v.report = r.id"
                                  " AND v.number = r.version WHERE r.id = ?", (report,)).fetchone()  # fmt: skip
            self.report, self.text = report, row[0]
        return self.text


def _words(content: str, text: str) -> frozenset[str]:
    return frozenset(word for start, end in json.loads(content) for word in squeezed(text[start:end]).split())


# --- events


@dataclass(frozen=True, slots=True)
class _Told:
    """A telling with what its event is known by."""

    id: int
    event: int
    base: str
    place: str | None
    type: str
    quad: int
    day: str | None
    day_end: str | None


def renew_events(db: sqlite3.Connection, touched: Touched) -> None:
    """The distinct events of all tellings touched, and the rollups that count them.

    An event is what tellings share: type, sides, day and place. One that leaves out the place joins the only place
    that others tell; where they tell several it stands by itself. Where a side or the day is not known, tellings are
    one event only within a story, and there where their sentences share most words; see ``_in_story``.
    """
    told = _tellings_of(db, _fellows(db, touched.reports))
    bases = {t.base for t in told} | _bases_of(db, touched.events)
    touched.events.update(t.event for t in told if t.event)
    fresh = {t.id: t for t in told}
    groups: dict[str, dict[int, _Told]] = defaultdict(dict)
    for t in told:
        groups[t.base][t.id] = t
    for base in sorted(bases):
        for t in _kept(db, base):
            if t.id not in fresh:
                groups[base][t.id] = t
    cells = _Cells(db)
    affected = set(touched.events) | _events_with(db, bases)
    cells.note(affected)
    exposed = _exposed(db, affected)
    for base in sorted(bases):
        affected |= _regroup(db, base, list(groups[base].values()))
    _renew_rows(db, affected)
    _renew_pairs(db, affected)
    cells.note(affected)
    cells.renew()
    after_ = _exposed(db, affected)
    after_.subtract(exposed)
    expose(db, "events", after_)


def _exposed(db: sqlite3.Connection, events: set[int]) -> Counter[tuple[str, str]]:
    """How many of these events count in each month and week: those that reports themselves tell as real."""
    rows = db.execute("SELECT day, day_end FROM events WHERE happened = ? AND reliable = 1 AND day NOTNULL AND day_end NOTNULL"
                      " AND id IN (SELECT value FROM json_each(?))", (OWN, json.dumps(sorted(events))))  # fmt: skip
    return Counter(cell for day, day_end in rows for cell in periods_of(day, day_end))


def periods_of(day: str, day_end: str | None = None) -> list[tuple[str, str]]:
    """The month and the week that wholly hold a span of days.

    >>> periods_of("2024-11-08"), periods_of("2024-11-08", "2024-11-12")
    ([('month', '2024-11-01'), ('week', '2024-11-04')], [('month', '2024-11-01')])
    """
    found = [(MONTH, month_of(day)), (WEEK, week_of(day))]
    return [(unit, period) for unit, period in found if not day_end or day_end < after(unit, period)]


def expose(db: sqlite3.Connection, column: str, changes: Mapping[tuple[str, str], int]) -> None:
    """Add to the events or reports of each month and week, what all counts are held against."""
    values = "?, 0" if column == "events" else "0, ?"
    db.executemany(
        f"INSERT INTO exposure (unit, period, events, reports) VALUES (?, ?, {values})"
        f" ON CONFLICT (unit, period) DO UPDATE SET {column} = {column} + excluded.{column}",
        [(*cell, n) for cell, n in sorted(changes.items()) if n])  # fmt: skip


def _fellows(db: sqlite3.Connection, reports: set[int]) -> set[int]:
    """The reports, and all that are in one story with one of them."""
    rows = db.execute("SELECT id FROM reports WHERE story IN"
                      " (SELECT story FROM reports WHERE id IN (SELECT value FROM json_each(?)))",
                      (json.dumps(sorted(reports)),))  # fmt: skip
    return {row[0] for row in rows}


@dataclass(frozen=True, slots=True)
class _Line:
    """A telling with the sentence in which it stands, as the other reports of its story are compared with it."""

    told: _Told
    report: int
    reliable: bool
    line: str
    words: frozenset[str]


def _tellings_of(db: sqlite3.Connection, reports: set[int]) -> list[_Told]:
    """The tellings of reports that hold all of each story they touch."""
    rows = db.execute(
        "SELECT t.id, t.event, t.type, t.quad, t.day, t.day_end, t.place, t.reliable, st.key, r.id, s.start, s.end"
        " FROM entries e JOIN tellings t ON t.id = e.id JOIN reports r ON r.id = e.report"
        " JOIN stories st ON st.id = r.story"
        " JOIN sentences s ON s.report = r.id AND s.n = e.sentence"
        " WHERE e.kind = ? AND e.report IN (SELECT value FROM json_each(?))"
        " ORDER BY r.day IS NULL, r.day, r.key, t.key",
        (TELLING, json.dumps(sorted(reports)))).fetchall()  # fmt: skip
    sides = _sides(db, [row[0] for row in rows])
    texts = _Texts(db)
    groups: dict[tuple[str, ...], list[_Line]] = defaultdict(list)
    for id_, event, type_, quad, day, day_end, place, reliable, story, report, start, end in rows:
        source, target = sides.get(id_, ((), ()))
        when = day if day == day_end else f"{day}/{day_end}"
        line = squeezed(texts.of(report)[start:end])
        parts = [type_, "+".join(source), "+".join(target), str(when)]
        if not (source and target and day):
            parts += [story, line]
        told = _Told(id_, event, digest(*parts, size=8), _place_name(place), type_, quad, day, day_end)
        found = _Line(told, report, bool(reliable), line, frozenset(line.split()))
        groups[story, *parts[:3]].append(found)
    return [told for several in groups.values() for told in _in_story(several)]


def _in_story(several: Sequence[_Line]) -> Iterator[_Told]:
    """Tellings of one story with the same type and sides, and which of them are one event.

    A copy often has no day, or counts its "Wednesday" from its own: it tells the event of the report that says the
    same in the same words. One that leaves out the day or a side is that of the report that says it in like words.
    """
    heads: list[tuple[_Line, set[int]]] = []
    for one in sorted(several, key=lambda o: (o.told.day is None, not o.reliable)):
        head = next((h for h in heads if h[0].told.base == one.told.base), None)
        head = head or next((h for h in heads if one.report not in h[1] and _is_same(one, h[0])), None)
        if head is None:
            head = (one, set())
            heads.append(head)
        head[1].add(one.report)
        first = head[0].told
        yield replace(one.told, base=first.base, day=first.day, day_end=first.day_end)


def _is_same(one: _Line, other: _Line) -> bool:
    if one.line == other.line:
        return True
    same_day = one.told.day is None or (one.told.day, one.told.day_end) == (other.told.day, other.told.day_end)
    return same_day and alike(one.words, other.words)


def _place_name(place: str | None) -> str | None:
    if not place:
        return None
    told = json.loads(place)
    return f"{told.get('name')}, {told['country']}" if told.get("country") else told.get("name")


def _sides(db: sqlite3.Connection, tellings: Sequence[int]) -> dict[int, tuple[tuple[str, ...], tuple[str, ...]]]:
    """What stands on either side of each telling, sorted."""
    found: dict[int, tuple[list[Party], list[Party]]] = defaultdict(lambda: ([], []))
    types: dict[int, str] = {}
    rows = db.execute(
        "SELECT ta.telling, t.type, ta.side, a.kind, a.country, a.code, a.key FROM telling_actors ta"
        " JOIN tellings t ON t.id = ta.telling JOIN profiles p ON p.id = ta.profile JOIN actors a ON a.id = p.actor"
        " WHERE ta.telling IN (SELECT value FROM json_each(?))", (json.dumps(tellings),))  # fmt: skip
    for telling, type_, side, *party in rows:
        types[telling] = type_
        found[telling][side].append(Party(*party))
    told = {id_: sides_of(types[id_], *parties) for id_, parties in found.items()}
    return {id_: (tuple(sorted(sources)), tuple(sorted(targets))) for id_, (sources, targets) in told.items()}


def _bases_of(db: sqlite3.Connection, events: set[int]) -> set[str]:
    rows = db.execute("SELECT DISTINCT base FROM events WHERE id IN (SELECT value FROM json_each(?))",
                      (json.dumps(sorted(events)),))  # fmt: skip
    return {row[0] for row in rows}


def _events_with(db: sqlite3.Connection, bases: set[str]) -> set[int]:
    rows = db.execute("SELECT id FROM events WHERE base IN (SELECT value FROM json_each(?))",
                      (json.dumps(sorted(bases)),))  # fmt: skip
    return {row[0] for row in rows}


def _kept(db: sqlite3.Connection, base: str) -> list[_Told]:
    """The tellings that are of an event with this base now."""
    rows = db.execute(
        "SELECT t.id, t.event, v.type, v.quad, v.day, v.day_end, t.place FROM events v JOIN tellings t ON t.event = v.id"
        " WHERE v.base = ? ORDER BY t.id", (base,))  # fmt: skip
    return [_Told(id_, event, base, _place_name(place), type_, quad, day, day_end)
            for id_, event, type_, quad, day, day_end, place in rows]  # fmt: skip


def _regroup(db: sqlite3.Connection, base: str, told: Sequence[_Told]) -> set[int]:
    """The events of a base: one for each place told, the tellings without one with the only place or by themselves."""
    places = sorted({t.place for t in told if t.place})
    alone = places[0] if len(places) == 1 else None
    groups: dict[str | None, list[_Told]] = defaultdict(list)
    for t in told:
        groups[t.place or alone].append(t)
    affected: set[int] = set()
    for place, members in sorted(groups.items(), key=lambda g: g[0] or ""):
        event = _event(db, base, place, members[0])
        affected.add(event)
        for t in members:
            if t.event != event:
                affected.add(t.event)
                db.execute("UPDATE tellings SET event = ? WHERE id = ?", (event, t.id))
    return affected - {0}


def _event(db: sqlite3.Connection, base: str, place: str | None, told: _Told) -> int:
    key = "v" + digest(base, place or "")
    row = db.execute("SELECT id FROM events WHERE key = ?", (key,)).fetchone()
    if row:
        return int(row[0])
    made = db.execute(
        "INSERT INTO events (key, base, type, quad, day, day_end, place, goldstein, happened, tellings, reports, stories,"
        " reliable) VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0, 0, 0, 0, 0)",
        (key, base, told.type, told.quad, told.day, told.day_end, place)).lastrowid  # fmt: skip
    assert made is not None
    return made


def _renew_rows(db: sqlite3.Connection, events: set[int]) -> None:
    """What each event's row says of its tellings; an event without any is gone."""
    asked = json.dumps(sorted(events))
    real = ", ".join(f"'{r}'" for r in REAL)
    db.execute(
        f"""
        UPDATE events SET goldstein = n.goldstein, happened = n.happened, tellings = n.tellings, reports = n.reports,
            stories = n.stories, reliable = n.reliable
        FROM (SELECT t.event AS id, round(avg(t.goldstein), 4) AS goldstein,
                CASE WHEN sum(t.reality IN ({real}) AND t.said_by IS NULL) > 0 THEN {OWN}
                     WHEN sum(t.reality IN ({real})) > 0 THEN {SAID} ELSE 0 END AS happened,
                count(*) AS tellings, count(DISTINCT e.report) AS reports, count(DISTINCT r.story) AS stories,
                max(t.reliable) AS reliable
              FROM tellings t JOIN entries e ON e.id = t.id JOIN reports r ON r.id = e.report
              WHERE t.event IN (SELECT value FROM json_each(?)) AND t.judged IS NOT 'rejected' GROUP BY t.event) AS n
        WHERE events.id = n.id
        """, (asked,))  # fmt: skip
    db.execute(  # all its tellings were rejected: it is kept for their sake, and counted nowhere
        "UPDATE events SET goldstein = 0, happened = 0, tellings = 0, reports = 0, stories = 0, reliable = 0"
        " WHERE id IN (SELECT value FROM json_each(?))"
        " AND NOT EXISTS (SELECT 1 FROM tellings t WHERE t.event = events.id AND t.judged IS NOT 'rejected')",
        (asked,))  # fmt: skip
    told = "SELECT 1 FROM tellings t WHERE t.event = events.id"
    gone = f"SELECT id FROM events WHERE id IN (SELECT value FROM json_each(?)) AND NOT EXISTS ({told})"
    db.execute(f"DELETE FROM pairs WHERE event IN ({gone})", (asked,))
    db.execute(f"DELETE FROM events WHERE id IN ({gone})", (asked,))


def _renew_pairs(db: sqlite3.Connection, events: set[int]) -> None:
    asked = json.dumps(sorted(events))
    db.execute("DELETE FROM pairs WHERE event IN (SELECT value FROM json_each(?))", (asked,))
    rows = db.execute(
        "SELECT v.id, v.day, (SELECT min(t.id) FROM tellings t WHERE t.event = v.id AND t.judged IS NOT 'rejected')"
        " FROM events v WHERE v.id IN (SELECT value FROM json_each(?)) AND v.tellings > 0", (asked,)).fetchall()  # fmt: skip
    sides = _sides(db, [telling for _, _, telling in rows])
    db.executemany(
        "INSERT OR IGNORE INTO pairs (source, target, day, event) VALUES (?, ?, ?, ?)",
        [(source, target, day or "", event) for event, day, telling in rows
         for source in sides.get(telling, ((), ()))[0] for target in sides[telling][1] if source != target],
    )  # fmt: skip


# --- rollups


def month_of(day: str) -> str:
    """The first day of its month.

    >>> month_of("2024-11-08")
    '2024-11-01'
    """
    return day[:8] + "01"


def week_of(day: str) -> str:
    """The Monday of its week.

    >>> week_of("2024-11-08")
    '2024-11-04'
    """
    at = date.fromisoformat(day)
    if at.toordinal() <= at.weekday():
        return day
    return (at - timedelta(days=at.weekday())).isoformat()


def after(unit: str, period: str) -> str:
    """The first day after a month or week.

    >>> after("month", "2024-12-01"), after("week", "2024-12-30")
    ('2025-01-01', '2025-01-06')
    """
    start = date.fromisoformat(period)
    if start.year == 9999 and start.month == 12:
        return "9999-12-32"  # sorts after every day
    if unit == WEEK:
        return (start + timedelta(days=7)).isoformat()
    return (start.replace(day=28) + timedelta(days=4)).replace(day=1).isoformat()


class _Cells:
    """The cells of the rollups that some events count in, before and after they change."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db
        self.relations: set[tuple[str, str, str, str]] = set()
        self.periods: set[tuple[str, str]] = set()

    def note(self, events: Iterable[int]) -> None:
        asked = json.dumps(sorted(events))
        rows = self.db.execute("SELECT source, target, day FROM pairs WHERE day <> ''"
                               " AND event IN (SELECT value FROM json_each(?))", (asked,))  # fmt: skip
        for source, target, day in rows:
            self.relations.add((source, target, MONTH, month_of(day)))
            self.relations.add((source, target, WEEK, week_of(day)))

    def renew(self) -> None:
        for cell in sorted(self.relations):
            self._renew(cell)

    def _renew(self, cell: tuple[str, str, str, str]) -> None:
        source, target, unit, period = cell
        within = (source, target, period, after(unit, period))
        told = {(quad, voice): counts for quad, voice, *counts in self.db.execute(_TELLERS, within)}
        rows = [(*cell, quad, voice, events, *told[quad, voice], goldstein)
                for quad, voice, events, goldstein in self.db.execute(_COUNTED, within).fetchall()]  # fmt: skip
        self.db.execute("DELETE FROM relation_counts WHERE source = ? AND target = ? AND unit = ? AND period = ?", cell)
        self.db.executemany(
            "INSERT INTO relation_counts (source, target, unit, period, quad, voice, events, reports, stories, goldstein)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)  # fmt: skip


_WITHIN = """
    FROM pairs p JOIN events v ON v.id = p.event {more}
    WHERE p.source = ?1 AND p.target = ?2 AND p.day >= ?3 AND p.day < ?4
        AND v.day_end < ?4 AND v.happened > 0 AND v.reliable = 1
    GROUP BY v.quad, v.happened
"""
_COUNTED = "SELECT v.quad, v.happened, count(*), round(sum(v.goldstein), 4)" + _WITHIN.format(more="")
#: the distinct reports and stories that tell the events of a cell
_TELLERS = "SELECT v.quad, v.happened, count(DISTINCT e.report), count(DISTINCT r.story)" + _WITHIN.format(
    more="JOIN tellings t ON t.event = v.id AND t.judged IS NOT 'rejected' JOIN entries e ON e.id = t.id"
    " JOIN reports r ON r.id = e.report"
)
