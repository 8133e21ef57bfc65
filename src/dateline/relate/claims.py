"""The claims of a record: who takes which position on what, and when.

A small record is grouped whole. Of a large one, what is asked by words or by a claim's key is grouped among the
statements near it alone, with a sample of all that tells how rare words are: in seconds, not minutes.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from dateline.analyse.claims import ClaimGroup, Position, Sample, Told, claim_key, group, told_of
from dateline.analyse.claims.words import stem
from dateline.errors import QueryError
from dateline.keep import Record
from dateline.lexicons.claims import forms
from dateline.present.pictures import ClaimLanes, Lane, Stance, Stand
from dateline.record.entries import StatementEntry, TellingEntry

#: Records of so many statements are grouped whole.
SMALL = 5_000
#: So many statements stand for all others.
_SAMPLE = 1_000
#: Words in more sentences than this are looked for among all claims …
_MOST = 3_000
#: … and words of a statement in more than this tell nothing of what is near it.
_NEAR = 400
#: Of so many statements the neighbours are looked for; by so many of their rarest words.
_SEEDS, _RAREST = 100, 8
_KEY = re.compile(r"c([0-9a-f]{12})(?:-(\d{1,3}))?")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class FoundClaims:
    """Claims, most sources first. ``compared`` of ``statements`` were held against each other to find them."""

    claims: tuple[ClaimGroup, ...]
    compared: int
    statements: int

    @property
    def is_whole(self) -> bool:
        """Whether all statements of the record were held against each other."""
        return self.compared == self.statements


def claims(record: Record, words: str | None = None, contested: bool = False) -> list[ClaimGroup]:
    """The claims of a record on which several statements take a position, most sources first.

    With ``words``, those of which a wording holds them all, or the one whose key it is; with ``contested``, those that
    one source is for and another against. Nothing tells whether a claim is true.
    """
    if words and is_key(words):
        return [claim_with(record, words).claims[0]]
    found = claims_about(record, words) if words and _WORD.search(words) else all_claims(record)
    return [claim for claim in found.claims if claim.contested or not contested]


def is_key(words: str) -> bool:
    """Whether these words are the key of a claim.

    >>> is_key("c29cc6332aa5f-1"), is_key("airliner")
    (True, False)
    """
    return _KEY.fullmatch(words.strip()) is not None


def how_many(record: Record) -> int:
    """The statements of a record, each report of a story counted."""
    return record.store.sample(0)[1]


def all_claims(record: Record) -> FoundClaims:
    """All claims: a minute or so for each 100,000 statements of the record."""
    told = list(record.statements(copies=True))
    inside: dict[str, list[TellingEntry]] = defaultdict(list)
    for telling in record.tellings(copies=True, voice="said"):
        if telling.said_by:
            inside[telling.said_by].append(telling)
    return FoundClaims(_sorted(group(_told(told, inside))), len(told), len(told))


def claims_about(record: Record, words: str) -> FoundClaims:
    """The claims of which a wording holds all these words."""
    asked = _asked(words)
    sample, total = record.store.sample(_SAMPLE)
    if total > SMALL and asked:
        seeds, whole = record.store.saying([" ".join(f"{word}*" for word in asked)], _MOST)
        if whole:
            near = _with_neighbours(record, seeds, sample)
            return about(_grouped(record, near, sample, total), words)
    return about(all_claims(record), words)


def claim_with(record: Record, key: str) -> FoundClaims:
    """The claim with a key, or that a statement by now belongs to; raises ``QueryError`` where there is none."""
    match = _KEY.fullmatch(key.strip())
    first = record.store.statements_with(["s" + match[1]]) if match else []
    if not match or not first:
        raise QueryError("claim", f"no claim {key!r} in the record: `dateline claims` shows keys")
    sample, total = record.store.sample(_SAMPLE)
    if total <= SMALL:
        return only(all_claims(record), key)
    near = _with_neighbours(record, first, sample)
    return only(_grouped(record, _with_neighbours(record, near, sample), sample, total), key)


def sources(claim: ClaimGroup) -> int:
    """How many different sources take a position on a claim."""
    return len({who(p) for p in claim.positions})


def who(position: Position) -> str:
    """What the positions of one source share; of statements without a source, those of one report."""
    return position.speaker.id if position.speaker else f"?{position.report}"


def called(position: Position) -> str:
    """The source of a position, for people."""
    return position.speaker.name if position.speaker else "no source told"


# --- grouping


def _told(statements: Iterable[StatementEntry], inside: Mapping[str, Sequence[TellingEntry]]) -> list[Told]:
    return [told_of(s, inside.get(s.key, ())) for s in statements]


def _grouped(
    record: Record, near: Sequence[StatementEntry], sample: Sequence[StatementEntry], total: int
) -> FoundClaims:
    told = _told(near, record.store.told_inside(near))
    found = group(told, sample=Sample(_told(sample, {}), total))
    return FoundClaims(_sorted(found), len(near), total)


def _sorted(found: Iterable[ClaimGroup]) -> tuple[ClaimGroup, ...]:
    return tuple(sorted(found, key=lambda c: (-sources(c), c.first.day or "9999", c.key)))


def _asked(words: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(words)]


def about(found: FoundClaims, words: str) -> FoundClaims:
    """Those claims of which a wording holds all words, or such as begin with them, or another form of them."""
    asked = _asked(words)
    kept = tuple(c for c in found.claims if any(_holds(wording, asked) for wording in c.wordings))
    return FoundClaims(kept, found.compared, found.statements)


def _holds(wording: str, asked: Sequence[str]) -> bool:
    there = _asked(wording)
    stems = {stem(word) for word in there}
    return all(any(word.startswith(wanted) for word in there) or stem(wanted) in stems for wanted in asked)


def only(found: FoundClaims, key: str) -> FoundClaims:
    """Of claims the one with a key, else the one that holds the statement from which the key is made.

    Raises ``QueryError`` where there is none.
    """
    told, _, number = key.strip().removeprefix("c").partition("-")
    asked = claim_key(told, int(number or 0))
    named = [c for c in found.claims if c.key == asked]
    of_it = [c for c in found.claims if any(p.told == "s" + told for p in c.positions)]
    exact = [c for c in of_it if any(claim_key(p.told, p.number) == asked for p in c.positions)]
    for claim in (*named, *exact, *of_it):
        return FoundClaims((claim,), found.compared, found.statements)
    raise QueryError("claim", f"no claim {key!r} in the record: nobody else takes a position on what {told} says")


# --- neighbours


def _with_neighbours(
    record: Record, seeds: Sequence[StatementEntry], sample: Sequence[StatementEntry]
) -> list[StatementEntry]:
    """Statements, and those that share two of their rarest words."""
    counts = Counter(word for s in sample for word in _words(s.content_text))
    # what is told again and again has the same words: each kind is looked for once
    asked = dict.fromkeys(q for s in seeds[-_SEEDS:] for q in _questions(_words(s.content_text), counts))
    found, _ = record.store.saying(list(asked), _NEAR)
    every = {s.key: s for s in (*seeds, *found)}
    return sorted(every.values(), key=lambda s: (s.id, s.key))


def _words(text: str) -> set[str]:
    """The words that may tell what a statement is about."""
    words = {word.casefold() for word in _WORD.findall(text[:2_000])}
    return {word for word in words if len(word) > 2 and word not in forms("empty")}


def _questions(words: set[str], counts: Counter[str]) -> list[str]:
    """Searches that find whatever shares two of the rarest words, each pair once."""
    rare = sorted(words, key=lambda word: (counts[word], -len(word), word))[:_RAREST]
    if len(rare) < 2:
        return []
    twos = [rare[i : i + 2] for i in range(0, len(rare), 2)]
    within = [f"{two[0]} {two[1]}" for two in twos if len(two) == 2]
    return within + [f"{' OR '.join(one)} {' OR '.join(other)}" for one, other in combinations(twos, 2)]


# --- pictures


def lanes(claim: ClaimGroup) -> ClaimLanes:
    """Who took which position on a claim, and when: a lane for each source, statements without a day left out.

    What a source says in several reports of one story is one statement, and the later ones its copies.
    """
    names = {who(p): called(p) for p in claim.positions}
    told: dict[tuple[str, str, str], list[Position]] = defaultdict(list)
    for p in claim.positions:
        if p.day:
            told[who(p), p.position.value, p.story or p.report].append(p)
    stands: dict[str, list[Stand]] = defaultdict(list)
    for (source, stance, _), some in told.items():
        first = some[0]
        copies = {p.report: date.fromisoformat(p.day) for p in some if p.day and p.report != first.report}
        answers = names.get(first.names_whose or "")
        stand = Stand(date.fromisoformat(first.day or ""), Stance(stance), first.told, tuple(copies.values()), answers)
        stands[source].append(stand)
    found = sorted(stands.items(), key=lambda s: (min(x.day for x in s[1]), names[s[0]], s[0]))
    return ClaimLanes(" ".join(claim.text.split()), tuple(Lane(names[source], tuple(s)) for source, s in found))
