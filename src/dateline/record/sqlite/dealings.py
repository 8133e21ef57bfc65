"""Who dealt with whom, from the rollup alone; and the events behind one of its counts."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Collection

from dateline.record.drafts import QUAD_NAMES, QUAD_NUMBERS, REAL
from dateline.record.entries import Dealing, PairCount, PartnerPeriod, Told
from dateline.record.query import Voice
from dateline.record.sqlite import pairs, relations
from dateline.record.sqlite.distinct import MONTH, OWN, SAID, after, month_of, periods_of
from dateline.record.sqlite.rows import Rows
from dateline.record.sqlite.sides import named

_VOICES = {Voice.OWN: OWN, Voice.SAID: SAID}


def busiest(db: sqlite3.Connection, limit: int) -> list[PairCount]:
    """The pairs with most real events that reports themselves tell, either way, the busier side of each first.

    Reads the whole rollup.
    """
    found: Counter[tuple[str, str]] = Counter()
    sides: Counter[str] = Counter()
    rows = db.execute("SELECT source, target, sum(events) FROM relation_counts WHERE unit = ? AND voice = ?"
                      " GROUP BY source, target", (MONTH, OWN))  # fmt: skip
    for source, target, events in rows:
        found[min(source, target), max(source, target)] += events
        sides.update({source: events, target: events})
    top = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))[:limit]
    made = []
    for pair, events in top:
        a, b = sorted(pair, key=lambda side: (-sides[side], side))
        made.append(PairCount(a, b, named(db, a), named(db, b), events))
    return made


def dealings(
    db: sqlite3.Connection, name: str, first: str | None, last: str | None, limit: int, offset: int
) -> tuple[list[Dealing], int]:
    """With whom a side had most events in the months that hold a span, and how many partners there are."""
    key = relations.side(db, name)
    span = month_of(first) if first else "0000", month_of(last) if last else "9999-99"
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    lasts: dict[str, str] = defaultdict(str)
    for at, (own, other) in enumerate((("source", "target"), ("target", "source"))):
        rows = db.execute(
            f"SELECT {other}, quad > 2, sum(events), max(period) FROM relation_counts WHERE {own} = ? AND unit = ?"
            f" AND voice = ? AND period BETWEEN ? AND ? GROUP BY {other}, quad > 2", (key, MONTH, OWN, *span))  # fmt: skip
        for partner, conflict, events, period in rows:
            sums[partner][2 * at + conflict] += events
            lasts[partner] = max(lasts[partner], period)
    ordered = sorted(sums, key=lambda partner: (-sum(sums[partner]), partner))
    shown = ordered[offset : offset + limit]
    found = []
    for partner in shown:
        out_good, out_bad, back_good, back_bad = sums[partner]
        found.append(
            Dealing(partner, named(db, partner), out_good, out_bad, back_good, back_bad, lasts[partner])
        )
    return found, len(ordered)


def series(
    db: sqlite3.Connection, key: str, partners: Collection[str], unit: str, first: str, last: str
) -> dict[str, list[PartnerPeriod]]:
    """What passed between a side and each of some partners, either way, as reports themselves tell it.

    ``first`` and ``last`` are the first days of periods; sides are given by what stands for them.
    """
    found: dict[str, list[PartnerPeriod]] = {partner: [] for partner in partners}
    asked = json.dumps(sorted(found))
    for out, (own, other) in ((True, ("source", "target")), (False, ("target", "source"))):
        # partner by partner, each a short stretch of the table's own key: the plus keeps SQLite from its other index,
        # in which each partner's dealings with everybody would have to be looked through
        rows = db.execute(
            f"SELECT {other}, period, quad, events FROM relation_counts WHERE {own} = ? AND {other} IN"
            " (SELECT value FROM json_each(?)) AND unit = ? AND period BETWEEN ? AND ? AND +voice = ?",
            (key, asked, unit, first, last, OWN))  # fmt: skip
        for partner, period, quad, events in rows:
            found[partner].append(PartnerPeriod(period, out, QUAD_NAMES[quad], events))
    return found


def behind(
    db: sqlite3.Connection, source: str, target: str, unit: str, periods: tuple[str, str], quads: Collection[str],
    voice: Voice, limit: int,
) -> Told:  # fmt: skip
    """The events that ``relation`` counts in some periods, in the order of days, each by its earliest telling.

    ``periods`` are the first days of the first and the last period. What reports tell themselves is given by such a
    telling. At most ``limit`` are given, all are counted.
    """
    a, b = relations.sides(db, source, target)
    first, last = periods
    numbers = {QUAD_NUMBERS[quad] for quad in quads}
    events = [
        e.id for e in pairs.real_events(db, a, b, (first, after(unit, last)))
        if e.voice == _VOICES[voice] and e.quad in numbers
        and first <= dict(periods_of(e.day, e.day_end)).get(unit, "") <= last
    ]  # fmt: skip
    if not events:
        return Told((), 0)
    return Told(tuple(Rows(db).tellings(_earliest(db, events[:limit], voice))), len(events))


def _earliest(db: sqlite3.Connection, events: list[int], voice: Voice) -> list[int]:
    real = ", ".join(f"'{reality}'" for reality in REAL)
    own = " AND t.said_by IS NULL" if voice is Voice.OWN else ""
    rows = db.execute(
        "SELECT (SELECT t.id FROM tellings t JOIN entries e ON e.id = t.id JOIN reports r ON r.id = e.report"
        f" WHERE t.event = j.value AND t.judged IS NOT 'rejected' AND t.reality IN ({real}){own}"
        " ORDER BY r.day IS NULL, r.day, r.key, t.key LIMIT 1) FROM json_each(?) j ORDER BY j.key",
        (json.dumps(events),))  # fmt: skip
    return [row[0] for row in rows if row[0] is not None]
