"""Names in the record that are like one that nobody has: what "did you mean" offers."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher, get_close_matches

from dateline.lexicons.countries import codes, name_of

#: words of names with the same beginning that are looked at, and names that hold one of the nearest
MOST_WORDS, MOST_NAMES = 20_000, 500
#: how alike a word, and a whole name, must be: 0 has no letter in common, 1 is the same
_WORD_LIKE, _NAME_LIKE = 0.72, 0.62
#: what a likeness to one word of a name counts, and by how many letters a word may be longer or shorter
_OF_A_WORD, _LONGER = 0.95, 2
_NEAREST = 3
_WORD = re.compile(r"\w+")


def meant(db: sqlite3.Connection, asked: str) -> str:
    """What is said of a name that nobody has: the nearest ones that the record holds; empty where none is near."""
    close = nearest_names(db, asked)
    return "; did you mean " + " or ".join(close) + "?" if close else ""


def nearest_names(db: sqlite3.Connection, asked: str) -> list[str]:
    """At most three names like this one, the nearest first: of actors in the record, in whatever form, and of states."""
    folded: dict[str, str] = {}
    for name in sorted({*_of_actors(db, asked), *_of_states(db)}):
        folded.setdefault(name.casefold(), name)
    wanted = asked.casefold()
    # of names that hold the same word the shortest: "Soviet Union" before "260 Soviet employees"
    scored = sorted((-_likeness(wanted, name), len(name), name) for name in folded)
    return [folded[name] for score, _, name in scored[:_NEAREST] if -score >= _NAME_LIKE]


def _likeness(wanted: str, name: str) -> float:
    """How like a name is, as a whole or in one of its words: a surname is asked for alone more often than not."""
    matcher = SequenceMatcher(None, "", wanted)  # it remembers what it knows of its second string
    words = [word for word in _WORD.findall(name) if abs(len(word) - len(wanted)) <= _LONGER and word != name]
    ratios = [_ratio(matcher, word) * _OF_A_WORD for word in words]
    return max([_ratio(matcher, name), *ratios])


def _ratio(matcher: SequenceMatcher[str], word: str) -> float:
    matcher.set_seq1(word)
    return matcher.ratio() if matcher.real_quick_ratio() >= _NAME_LIKE <= matcher.quick_ratio() else 0.0


def _of_states(db: sqlite3.Connection) -> Iterable[str]:
    """Names and codes of the states that actors of the record belong to, by jumps through the index."""
    rows = db.execute("""
        WITH RECURSIVE o (v) AS (
            SELECT min(country) FROM actors
            UNION ALL SELECT (SELECT min(country) FROM actors WHERE country > o.v) FROM o WHERE o.v NOTNULL)
        SELECT v FROM o WHERE v NOTNULL
        """)
    known = set(codes())
    for (code,) in rows:
        yield from (code, name_of(code)) if code in known else (code,)


def _of_actors(db: sqlite3.Connection, asked: str) -> list[str]:
    """Names that hold one of the words asked for, or one like it."""
    near = [word for asked_word in _WORD.findall(asked) if len(asked_word) > 2 for word in _near_words(db, asked_word)]
    if not near:
        return []
    words = " OR ".join(f'"{word}"' for word in dict.fromkeys(near))
    rows = db.execute("SELECT DISTINCT o.name FROM names n JOIN profile_names o ON o.id = n.rowid AND o.seen > 0"
                      " WHERE names MATCH ? LIMIT ?", (words, MOST_NAMES))  # fmt: skip
    return [row[0] for row in rows]


def _near_words(db: sqlite3.Connection, asked: str) -> Sequence[str]:
    """Words of names that begin with the same letter, or end on the same three, and are much alike."""
    # what the index of names holds, word by word; it lives in this connection alone
    db.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.name_words USING fts5vocab('main', 'names', 'row')")
    folded = asked.casefold()
    rows = db.execute("SELECT term FROM temp.name_words WHERE term >= ?1 AND term < ?2 AND length(term) BETWEEN ?3 AND ?4"
                      " LIMIT ?5", (folded[0], chr(ord(folded[0]) + 1), len(folded) - _LONGER, len(folded) + _LONGER, MOST_WORDS))  # fmt: skip
    found = get_close_matches(folded, [row[0] for row in rows], _NEAREST, _WORD_LIKE)
    if found:
        return found
    rows = db.execute("SELECT term FROM temp.name_words WHERE length(term) BETWEEN ?1 AND ?2 AND substr(term, -3) = ?3"
                      " LIMIT ?4", (len(folded) - 1, len(folded) + 1, folded[-3:], MOST_WORDS))  # fmt: skip
    scored = [(SequenceMatcher(None, folded, row[0]).ratio(), row[0]) for row in rows]
    return [word for ratio, word in sorted(scored, reverse=True)[:_NEAREST] if ratio >= _WORD_LIKE]
