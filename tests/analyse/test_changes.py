"""Changes at dates that nobody named."""

from __future__ import annotations

from itertools import pairwise

import pytest

from dateline.analyse.changes import changes_between
from dateline.errors import TableError
from tests.analyse import streams

BREAK = (0.3, 0.2, 5.0, 9.0)


@pytest.mark.parametrize("form", ["events", "net"])
def test_the_planted_date_is_the_strongest_candidate(form: str) -> None:
    rows = streams.rows(1, {0: BREAK})
    found = changes_between(streams.net(rows) if form == "net" else streams.from_rows("t", rows), *streams.names(0))
    assert found
    assert abs((found[0].at - streams.day(streams.AT)).days) <= 10
    assert found[0].direction == "worse"


def test_quiet_pairs_have_hardly_any_candidates() -> None:
    table = streams.table(4)
    found = [candidate for pair in range(5, 9) for candidate in changes_between(table, *streams.names(pair))]
    assert len(found) <= 2


def test_candidates_lie_apart_and_come_strongest_first() -> None:
    table = streams.table(1, {0: BREAK})
    found = changes_between(table, *streams.names(0), level=1.0)
    days = sorted(c.at.toordinal() for c in found)
    assert all(b - a >= 28 for a, b in pairwise(days))
    assert [c.q for c in found] == sorted(c.q for c in found)


def test_an_unknown_actor_is_told() -> None:
    with pytest.raises(TableError, match="Z9 is not in the table"):
        changes_between(streams.table(1), "A00", "Z9")
