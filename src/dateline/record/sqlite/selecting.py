"""A query -> what the index is asked: an expression of words, facets, and a range of ids for the days."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from dateline.errors import QueryError
from dateline.lexicons.countries import country_of, is_code
from dateline.record import facets
from dateline.record.facets import token
from dateline.record.query import Find, Query
from dateline.record.sqlite.likely import meant
from dateline.record.sqlite.postings import DAY
from dateline.record.sqlite.projecting import SENTENCE, STATEMENT, TELLING, first_id

KINDS = {Find.SENTENCES: SENTENCE, Find.STATEMENTS: STATEMENT, Find.EVENTS: TELLING}
LAST = (1 << 62) - 1
_OF_STATEMENTS = ("act", "stance", "sourcing", "form")
_OF_EVENTS = ("type", "quad", "reality", "voice", "target")
#: profiles of one name that are asked for at once; more are no name but a list
MOST_PROFILES = 2_000


@dataclass(frozen=True, slots=True)
class Selection:
    """What is looked for: entries of a kind that have one facet of each group, none of others, and the words.

    ``words`` is an FTS5 expression for the sentence in which an entry stands. ``dated`` says that days were asked for:
    an entry whose own day is unknown must be passed over.
    """

    kind: int
    words: str | None = None
    facets: tuple[tuple[str, ...], ...] = ()
    without: tuple[str, ...] = ()
    first: int = 0
    last: int = LAST
    dated: bool = False

    @property
    def is_everything(self) -> bool:
        """Whether all entries of the kind within the days are meant."""
        return not (self.words or self.facets or self.without)


def kind_of(query: Query) -> Find:
    """The kind of entries that a query looks for, where it does not say: the one that its filters belong to."""
    of_statements = [name for name in _OF_STATEMENTS if getattr(query, name)]
    of_events = [name for name in _OF_EVENTS if getattr(query, name)]
    find = query.find
    if find is None:
        if of_statements and of_events:
            raise QueryError(of_statements[0], f"belongs to statements, {of_events[0]} to events: ask for one of them")
        if of_events:
            return Find.EVENTS
        return Find.STATEMENTS if of_statements or query.source else Find.SENTENCES
    wrong = {Find.SENTENCES: of_statements + of_events + (["source"] if query.source else []),
             Find.STATEMENTS: of_events, Find.EVENTS: of_statements}[find]  # fmt: skip
    if wrong:
        raise QueryError(wrong[0], f"{find} have none: leave it out, or look for others")
    return find


def select(db: sqlite3.Connection, query: Query, find: Find) -> Selection:
    """The selection of a query among entries of one kind; raises ``QueryError`` for names that nobody has."""
    kind = KINDS[find]
    wanted = tuple(_facets(db, query))
    no_rejected = query.judged is None and kind != SENTENCE and _any_rejected(db)
    without = (token(facets.JUDGED, "rejected"),) if no_rejected else ()
    words = words_expression(query.words) if query.words else None
    dated = bool(query.since or query.until)
    first = max(first_id(query.since) if query.since else 0, DAY if dated else 0)
    last = first_id(query.until) + DAY - 1 if query.until else LAST
    return Selection(kind, words, wanted, without, first, last, dated)


def _any_rejected(db: sqlite3.Connection) -> bool:
    return db.execute("SELECT 1 FROM corrections WHERE action = 'reject' LIMIT 1").fetchone() is not None


def _facets(db: sqlite3.Connection, query: Query) -> list[tuple[str, ...]]:
    wanted: list[tuple[str, ...]] = []
    for name, any_of, country in (
        ("actor", facets.ANY_PROFILE, facets.ANY_COUNTRY),
        ("source", facets.SOURCE_PROFILE, facets.SOURCE_COUNTRY),
        ("target", facets.TARGET_PROFILE, facets.TARGET_COUNTRY),
    ):
        if asked := getattr(query, name):
            wanted.append(_actor(db, name, asked, any_of, country))
    if query.country:
        wanted.append(_of_state(db, _country(query.country), facets.ANY_PROFILE, facets.ANY_COUNTRY))
    if query.role:
        wanted.append(tuple(token(facets.OFFICE, o) for o in _offices(db, query.role)))
    for name, facet in (
        ("kind", facets.ACTOR_KIND), ("act", facets.ACT), ("stance", facets.STANCE), ("sourcing", facets.SOURCING),
        ("form", facets.FORM), ("type", facets.TYPE), ("quad", facets.QUAD), ("reality", facets.REALITY),
        ("voice", facets.VOICE), ("judged", facets.JUDGED),
    ):  # fmt: skip
        if asked := getattr(query, name):
            wanted.append((token(facet, asked),))
    for name, facet in (("publisher", facets.PUBLISHER), ("agency", facets.AGENCY)):
        if asked := getattr(query, name):
            wanted.append(tuple(token(facet, value) for value in _values(db, name, asked)))
    if query.report:
        wanted.append((token(facets.REPORT, _report(db, query.report)),))
    if query.story:
        wanted.append(tuple(token(facets.REPORT, key) for key in _in_story(db, query.story)))
    if query.reliable:
        wanted.append((token(facets.RELIABLE, True),))
    return wanted


# --- names to facets


def _actor(db: sqlite3.Connection, name: str, asked: str, any_of: str, country: str) -> tuple[str, ...]:
    code = asked if len(asked) == 3 and is_code(asked.upper()) and asked.isupper() else country_of(asked)
    if code:
        return _of_state(db, code, any_of, country)
    profiles = profiles_named(db, asked)
    if not profiles:
        raise QueryError(name, f"no actor called {asked!r} in the record" + meant(db, asked))
    return tuple(token(any_of, profile) for profile in profiles)


def _of_state(db: sqlite3.Connection, code: str, any_of: str, country: str) -> tuple[str, ...]:
    """The actors of a state: those of whom their report says so, and those of whom only other reports do."""
    rows = db.execute("SELECT p.id FROM actors a JOIN profiles p ON p.actor = a.id"
                      " WHERE a.country = ?1 AND p.country IS NOT ?1 ORDER BY p.id", (code,))  # fmt: skip
    return (token(country, code), *(token(any_of, profile) for (profile,) in rows))


def profiles_named(db: sqlite3.Connection, asked: str) -> list[int]:
    """The profiles of the actors that a key or a name means.

    All actors whose whole name it is; where there are none, those whose name holds all its words.
    """
    by_key = db.execute("SELECT p.id FROM profiles p JOIN actors a ON a.id = p.actor WHERE a.key = ? ORDER BY p.id",
                        (asked,)).fetchall()  # fmt: skip
    if by_key:
        return [row[0] for row in by_key]
    words = [_quoted(word) for word in _WORD.findall(asked)]
    if not words:
        return []
    rows = db.execute(
        "SELECT p.id, p.actor, o.name FROM names n JOIN profile_names o ON o.id = n.rowid AND o.seen > 0"
        " JOIN profiles p ON p.id = o.profile WHERE names MATCH ?"
        f" ORDER BY p.id LIMIT {MOST_PROFILES}", (" AND ".join(words),)).fetchall()  # fmt: skip
    whole = {actor for _, actor, name in rows if name.casefold() == asked.casefold()}
    actors = whole or {actor for _, actor, _ in rows}
    found = db.execute("SELECT p.id FROM profiles p WHERE p.actor IN (SELECT value FROM json_each(?)) ORDER BY p.id"
                       f" LIMIT {MOST_PROFILES}", (_json(sorted(a for a in actors if a)),))  # fmt: skip
    return [row[0] for row in found]


def _json(values: Sequence[int]) -> str:
    return "[" + ",".join(map(str, values)) + "]"


def _country(asked: str) -> str:
    code = asked.upper() if is_code(asked.upper()) else country_of(asked)
    if not code:
        raise QueryError("country", f"{asked!r} is no country: give its name or its ISO 3166-1 alpha-3 code, as PAK")
    return code


def _offices(db: sqlite3.Connection, asked: str) -> list[str]:
    """The offices in the record whose name is the one asked for, else those that hold all its words."""
    offices = [row[0] for row in db.execute("""
        WITH RECURSIVE o (office) AS (
            SELECT min(office) FROM role_sightings
            UNION ALL SELECT (SELECT min(office) FROM role_sightings WHERE office > o.office) FROM o WHERE o.office NOTNULL)
        SELECT office FROM o WHERE office NOTNULL
        """)]  # fmt: skip
    return _named("role", asked, offices)


def values_of(db: sqlite3.Connection, column: str) -> list[str]:
    """The distinct publishers or agencies, by jumps through the index: their number counts, not that of reports."""
    assert column in ("publisher", "agency")
    return [row[0] for row in db.execute(f"""
        WITH RECURSIVE o (v) AS (
            SELECT min({column}) FROM reports
            UNION ALL SELECT (SELECT min({column}) FROM reports WHERE {column} > o.v) FROM o WHERE o.v NOTNULL)
        SELECT v FROM o WHERE v NOTNULL
        """)]  # fmt: skip


def _values(db: sqlite3.Connection, column: str, asked: str) -> list[str]:
    return _named(column, asked, values_of(db, column))


def _named(what: str, asked: str, there: Sequence[str]) -> list[str]:
    folded = asked.casefold()
    exact = [value for value in there if value.casefold() == folded]
    if exact:
        return exact
    words = folded.split()
    found = [value for value in there if all(word in value.casefold() for word in words)]
    if not found:
        close = get_close_matches(asked, there, 3, 0.5)
        hint = "; did you mean " + " or ".join(close) + "?" if close else ""
        raise QueryError(what, f"nothing of {asked!r} in the record{hint}")
    return found


def _report(db: sqlite3.Connection, asked: str) -> str:
    """The key of the report that a key, or the id that its caller gave, means."""
    row = db.execute("SELECT key FROM reports WHERE key = ?1 UNION ALL SELECT key FROM reports WHERE locator = ?1",
                     (asked,)).fetchone()  # fmt: skip
    if row is None:
        raise QueryError("report", f"no report {asked!r} in the record: `dateline search` and `dateline status` show keys")
    return str(row[0])


def _in_story(db: sqlite3.Connection, story: str) -> list[str]:
    rows = db.execute("SELECT r.key FROM stories s JOIN reports r ON r.story = s.id WHERE s.key = ? ORDER BY r.key",
                      (story,)).fetchall()  # fmt: skip
    if not rows:
        raise QueryError("story", f"no story {story!r} in the record")
    return [row[0] for row in rows]


# --- words


_WORD = re.compile(r"\w+")
_PIECE = re.compile(r'(-?)(?:"([^"]*)"?|(\S+))')


def _quoted(word: str) -> str:
    return '"' + word.replace('"', " ") + '"'


def words_expression(asked: str) -> str | None:
    """What a person typed, as an FTS5 expression; ``None`` for what holds no word.

    >>> words_expression('grain "black sea" ship* -drill')
    '("grain" AND "black sea" AND "ship" *) NOT ("drill")'
    >>> words_expression("grain OR wheat deal")
    '(("grain" OR "wheat") AND "deal")'
    """
    groups: list[list[str]] = []
    without: list[str] = []
    either = False
    for minus, phrase, word in _PIECE.findall(asked):
        if word == "OR" and not minus:
            either = bool(groups)
            continue
        part = _part(phrase or word, prefix=word.endswith("*"))
        if part is None:
            continue
        if minus:
            without.append(part)
        elif either:
            groups[-1].append(part)
        else:
            groups.append([part])
        either = False
    if not groups:
        if without:
            raise QueryError("words", "only words to be left out: give one that must be there")
        return None
    wanted = " AND ".join(g[0] if len(g) == 1 else f"({' OR '.join(g)})" for g in groups)
    return f"({wanted}) NOT ({' OR '.join(without)})" if without else f"({wanted})"


def _part(text: str, prefix: bool) -> str | None:
    words = _WORD.findall(text)
    if not words:
        return None
    return _quoted(" ".join(words)) + (" *" if prefix else "")
