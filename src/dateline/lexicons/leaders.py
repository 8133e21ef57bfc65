"""Persons whom the news of their years names without their state, from ``leaders.tsv``."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from dateline.lexicons import rows


class Leader(NamedTuple):
    """A person's first and last name in small letters, the state, and the first and last year in high office."""

    first: str
    last: str
    country: str
    since: int
    until: int


@cache
def leaders() -> dict[str, list[Leader]]:
    """All leaders of the list by last name."""
    found: dict[str, list[Leader]] = {}
    for _, (name, country, since, until) in rows("leaders.tsv", 4):
        words = name.lower().replace("-", " ").split()
        found.setdefault(words[-1], []).append(Leader(words[0], words[-1], country, int(since), int(until)))
    return found


def leader_of(names: Sequence[str], year: int | None) -> Leader | None:
    """The one leader of this name; a last name alone must be that of just one in high office in the year.

    >>> leader_of(["Margaret", "Thatcher"], None).country, leader_of(["Thatcher"], 1985).country
    ('GBR', 'GBR')
    >>> leader_of(["Thatcher"], 2005), leader_of(["Carol", "Thatcher"], 1985), leader_of(["Gandhi"], None)
    (None, None, None)
    """
    if not names:
        return None
    namesakes = leaders().get(names[-1].lower(), [])
    if len(names) > 1:
        found = [one for one in namesakes if one.first == names[0].lower()]
    else:
        found = [one for one in namesakes if year is not None and one.since <= year <= one.until]
    return found[0] if len({one.country for one in found}) == 1 else None
