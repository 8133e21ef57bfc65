"""Sets of bits hold what a plain set of numbers would."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing

import pytest

from dateline.record.sqlite.postings import (
    BLOCK,
    DAY,
    ROW,
    Postings,
    blocks_of,
    both,
    has,
    how_many,
    ids_of,
    less,
    sentences_of,
    slots_in,
)

_SCHEMA = """
CREATE TABLE slots (block INTEGER PRIMARY KEY, ids BLOB, sentences BLOB);
CREATE TABLE postings (facet TEXT, block INTEGER, bits BLOB, PRIMARY KEY (facet, block)) WITHOUT ROWID;
"""


@pytest.fixture
def db():
    with closing(sqlite3.connect(":memory:")) as made:
        made.executescript(_SCHEMA)
        yield made


def test_filters_are_what_sets_are(db):
    """Facets from rare to everywhere, over several blocks, written in many transactions, some taken away again."""
    dice = random.Random(7)
    shares = {"rare": 0.0005, "some": 0.05, "many": 0.4, "all": 1.0}
    plain: dict[str, set[int]] = {facet: set() for facet in shares}
    ids: list[int] = []
    sentences: list[int] = []
    for size in (1, ROW - 1, 5, 3 * ROW, BLOCK, 10):
        postings = Postings(db)
        for _ in range(size):
            id_ = postings.take(dice.randrange(700_000, 740_000))
            ids.append(id_)
            sentences.append(dice.choice(ids[-5:]))
            facets = [facet for facet, share in shares.items() if dice.random() < share]
            postings.add(id_, sentences[-1], facets)
            for facet in facets:
                plain[facet].add(len(ids) - 1)
        postings.save()
    dropped = dice.sample(sorted(plain["many"]), 9_000)
    postings = Postings(db)
    postings.drop("many", [ids[slot] for slot in dropped])
    postings.save()
    plain["many"] -= set(dropped)

    blocks = {facet: blocks_of(db, [facet]) for facet in shares}
    for facet, expected in plain.items():
        assert slots_in(blocks[facet]).tolist() == sorted(expected), facet
        assert how_many(blocks[facet]) == len(expected)
    assert slots_in(both(blocks["many"], blocks["some"])).tolist() == sorted(plain["many"] & plain["some"])
    assert slots_in(less(blocks["some"], blocks["many"])).tolist() == sorted(plain["some"] - plain["many"])
    assert slots_in(blocks_of(db, ["rare", "some"])).tolist() == sorted(plain["rare"] | plain["some"])
    assert all(has(blocks["some"], slot) == (slot in plain["some"]) for slot in range(0, len(ids), 97))
    for some in ("rare", "all"):
        slots = slots_in(blocks[some])
        assert ids_of(db, slots).tolist() == [ids[slot] for slot in slots]
        assert sentences_of(db, slots).tolist() == [sentences[slot] % DAY for slot in slots]


def test_no_slot_is_given_twice(db):
    first = Postings(db)
    given = [first.take(day) for day in (5, 0, 5)]
    for id_ in given:
        first.add(id_, id_, ["x"])
    first.save()
    first.drop("x", given)
    again = [first.take(5), first.take(9)]
    first.save()
    assert len({id_ % DAY for id_ in [*given, *again]}) == 5
    assert [id_ // DAY for id_ in again] == [5, 9]
    assert slots_in(blocks_of(db, ["x"])).tolist() == []
