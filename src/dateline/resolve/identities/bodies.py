"""Says which organisations and armed groups of one bucket are the same: by name, state and initials."""

from __future__ import annotations

from collections import defaultdict

from dateline.lexicons.countries import name_of
from dateline.lexicons.identities import name_parts, titles
from dateline.resolve.identities.names import SMALL
from dateline.resolve.identities.unions import Joined, main_state, only

#: How much more often one state must be told than all others before a report without a state is counted to it.
_MANY_TIMES = 5
#: So many letters or fewer stand for several bodies.
_FEW_LETTERS = 3


def join_bodies(joined: Joined) -> None:
    """Join the bodies of one name and state, then the letters that stand for a name."""
    by_words: dict[str, list[int]] = defaultdict(list)
    for i, seen in enumerate(joined.seen):
        by_words[seen.profile.key.split("|")[1]].append(i)
    for words in sorted(by_words):
        _join_states(joined, by_words[words])
    for words in sorted(by_words):
        if words.isupper() and words.lower() in by_words:
            _join_written(joined, by_words[words], by_words[words.lower()], "same name in capitals")
    names = [i for words, numbers in by_words.items() if " " in words for i in numbers]
    letters = [i for words, numbers in by_words.items() if " " not in words and words.isupper() for i in numbers]
    _join_written(joined, letters, names, "the letters are the first letters of the name")


def _join_states(joined: Joined, numbers: list[int]) -> None:
    """Join one name of no known state with the only known one."""
    known = [i for i in numbers if joined.seen[i].profile.country]
    unknown = [i for i in numbers if not joined.seen[i].profile.country]
    telling = _tells(joined.seen[numbers[0]].profile.key.split("|")[1])
    target = only(joined.sides(known), _MANY_TIMES) if telling else None
    for i in unknown:
        if target is not None:
            often = "the only state told" if len(known) == 1 else f"told {_MANY_TIMES} times as often as others"
            joined.join(joined.best(target), i, f"same name; {name_of(main_state(target) or '')} is {often}")
        for j in known[:3] if target is None else ():
            joined.doubt(i, j, "same name, but no state is told of one")
    for k, i in enumerate(known[:10] if telling else ()):
        for j in known[k + 1 : k + 4]:
            joined.doubt(i, j, "same name, but of different states")


def _tells(words: str) -> bool:
    """Whether a name is of one body without its state: no mere description, no letters that may stand for others."""
    if words.isupper():
        return len(words) > _FEW_LETTERS
    if words in titles("state"):
        return False
    return not all(w in name_parts("common") or w in SMALL or w.isdigit() or len(w) == 1 for w in words.split(" "))


def _join_written(joined: Joined, short: list[int], long: list[int], why: str) -> None:
    """Join each of the one with the only one of the others that is of its state."""
    by_country: dict[str | None, list[int]] = defaultdict(list)
    for j in long:
        by_country[joined.seen[j].profile.country].append(j)
    for i in sorted(short):
        country = joined.seen[i].profile.country
        targets = [t for t in joined.sides(by_country.get(country, ())) if t.root != joined.root(i)] if country else []
        if len(targets) == 1:
            joined.join(i, targets[0].root, f"{why}, of {name_of(country or '')}")
            continue
        near = targets or joined.sides(j for c in (None, country) for j in by_country.get(c, ()))
        for target in near[:5]:
            if target.root != joined.root(i):
                several = "but several fit" if targets else "but no state is told of one"
                joined.doubt(i, target.root, f"{why}, {several}")
