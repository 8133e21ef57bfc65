"""The claims of a record: who takes which position on what, and when."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from dateline.analyse.claims import ClaimGroup, group, told_of
from dateline.keep import Record
from dateline.present.pictures import ClaimLanes, Lane, Stance, Stand
from dateline.record.entries import TellingEntry


def claims(record: Record, words: str | None = None, contested: bool = False) -> list[ClaimGroup]:
    """The claims of a record on which several statements take a position, most sources first.

    With ``words``, those of which a wording holds them all; with ``contested``, those that one source is for and
    another against. Nothing tells whether a claim is true.
    """
    inside: dict[str, list[TellingEntry]] = defaultdict(list)
    for telling in record.tellings(copies=True):
        if telling.said_by:
            inside[telling.said_by].append(telling)
    found = group(told_of(s, inside.get(s.key, ())) for s in record.statements(copies=True))
    wanted = (words or "").casefold().split()
    return [
        claim for claim in found
        if (claim.contested or not contested)
        and (not wanted or any(all(w in wording.casefold() for w in wanted) for wording in claim.wordings))
    ]  # fmt: skip


def lanes(claim: ClaimGroup) -> ClaimLanes:
    """Who took which position on a claim, and when: a lane for each source, statements without a day left out."""
    stands: dict[str, list[Stand]] = defaultdict(list)
    for position in claim.positions:
        if position.day:
            who = position.speaker.name if position.speaker else "no source told"
            stance = Stance(position.position.value)
            stands[who].append(Stand(date.fromisoformat(position.day), stance, position.told))
    found = sorted(stands.items(), key=lambda s: (min(x.day for x in s[1]), s[0]))
    return ClaimLanes(" ".join(claim.text.split()), tuple(Lane(who, tuple(s)) for who, s in found))
