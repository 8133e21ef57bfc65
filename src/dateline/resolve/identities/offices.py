"""Titles in one wording, and who held what from when to when as the reports tell it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from dateline.lexicons.countries import any_country
from dateline.lexicons.identities import titles
from dateline.lexicons.roles import fold, is_portfolio, role_of
from dateline.model import RoleStatus

#: The statuses in which a title is held on the day of the report.
HOLDING = (RoleStatus.CURRENT, RoleStatus.ACTING)
#: A pause between two days of holding that, with a "former" inside, parts two terms.
_PAUSE = 180
_OF = re.compile(r"(minister|secretary) (?:of|for) (?:the )?(.+)")


@dataclass(frozen=True, slots=True)
class RoleSighting:
    """One report that gave an actor a title; ``day`` is the report's, ``None`` where it is not reliable."""

    title: str
    of: str | None
    status: RoleStatus
    day: str | None
    report: str


@dataclass(frozen=True, slots=True)
class RoleSpan:
    """A title over time, as the reports tell it.

    ``first`` and ``last`` are the days of the first and last report in which the title was held: no "former",
    "then" or "elect" moves them. ``statuses`` counts reports by status, in the order of ``RoleStatus``;
    ``reports`` are those in which it was held, ``told`` all that gave the title in any status.
    """

    title: str
    of: str | None
    first: str | None
    last: str | None
    statuses: tuple[tuple[RoleStatus, int], ...]
    reports: int
    told: int


@lru_cache(maxsize=50_000)
def normal_title(title: str) -> str:
    """A title in lower case and in one wording.

    >>> normal_title("Premier"), normal_title("Minister of Foreign Affairs"), normal_title("Defense Minister")
    ('prime minister', 'foreign minister', 'defence minister')
    >>> normal_title("senior Republican Senator"), normal_title("Minister for Harbours")
    ('senator', 'harbours minister')
    """
    same, prefixes = titles("same"), titles("prefix")
    text = " ".join(fold(title[:200]).lower().replace("-", " ").split())
    words = text.split(" ")
    while len(words) > 1 and text not in same and role_of(text) is None and _is_prefix(words[0], prefixes):
        words = words[1:]
        text = " ".join(words)
    text = same.get(text, text)
    if (parts := _OF.fullmatch(text)) and text not in ("secretary of state", "minister of state"):
        turned = f"{parts[2]} {parts[1]}"
        if is_portfolio(parts[2]) or role_of(text) is None:
            text = same.get(turned, turned)
    text = same.get(text, text)
    return same.get(text.replace("defense", "defence").replace("labor ", "labour "), text)


def _is_prefix(word: str, prefixes: object) -> bool:
    known = word in prefixes  # type: ignore[operator]
    return known or any_country(word.capitalize()) is not None or any_country(word.upper()) is not None


@lru_cache(maxsize=50_000)
def is_single_office(title: str) -> bool:
    """Whether a normal title is one that a single person holds at a time in a state.

    >>> is_single_office("prime minister"), is_single_office("governor"), is_single_office("spokesman")
    (True, False, False)
    """
    if title in titles("many"):
        return False
    role = role_of(title)
    if role is None:
        portfolio, _, last = title.rpartition(" ")
        return last == "minister" and is_portfolio(portfolio)
    return role.kind == "office"


def roles_over_time(sightings: Iterable[RoleSighting]) -> tuple[RoleSpan, ...]:
    """The titles that reports give an actor, each with the days between which they tell that it was held.

    Titles in other words are one ("Premier", "Prime Minister"). Two terms of one office are told apart where the
    reports between them, over half a year or more, say "former". Spans come in the order of their first day.
    """
    by_title: dict[tuple[str, str], dict[tuple[str, str], tuple[RoleStatus, str | None]]] = {}
    for sighting in sightings:
        key = normal_title(sighting.title), sighting.of or ""
        # one report counts once a status
        mark = sighting.report, sighting.status.value
        before = by_title.setdefault(key, {}).get(mark)
        day = min(filter(None, (sighting.day, before[1] if before else None)), default=None)
        by_title[key][mark] = sighting.status, day
    spans = [
        _span(title, of or None, term)
        for (title, of), marks in by_title.items()
        for term in _terms([(day, status, report) for (report, _), (status, day) in marks.items()])
    ]
    return tuple(sorted(spans, key=lambda s: (s.first or "9", s.last or "9", s.title, s.of or "", s.told)))


_Mark = tuple[str | None, RoleStatus, str]


def _terms(marks: list[_Mark]) -> list[list[_Mark]]:
    """The sightings of one title parted into terms; "former" counts with the term before it."""
    marks.sort(key=lambda m: (m[0] or "9999", m[2], m[1].value))
    terms: list[list[_Mark]] = [[]]
    last: str | None = None
    over = False
    for mark in marks:
        day, status, _ = mark
        if day and status is RoleStatus.FORMER:
            over = last is not None
        if day and status in HOLDING:
            if over and last and days_between(last, day) > _PAUSE:
                terms.append([])
            last, over = day, False
        terms[-1].append(mark)
    return terms


def _span(title: str, of: str | None, marks: list[_Mark]) -> RoleSpan:
    held = sorted(day for day, status, _ in marks if day and status in HOLDING)
    statuses = tuple(
        (status, count) for status in RoleStatus if (count := len({m[2] for m in marks if m[1] is status}))
    )
    reports = len({m[2] for m in marks if m[1] in HOLDING})
    return RoleSpan(
        title, of, held[0] if held else None, held[-1] if held else None, statuses, reports, len({m[2] for m in marks})
    )


@lru_cache(maxsize=100_000)
def _ordinal(day: str) -> int | None:
    try:
        return date.fromisoformat(day[:10]).toordinal()
    except ValueError:
        return None


def days_between(left: str, right: str) -> int:
    """How many days lie between two days; a very large number where one of them is no date."""
    a, b = _ordinal(left), _ordinal(right)
    return abs(a - b) if a is not None and b is not None else 10**9
