"""Told -> propositions: what each sentence of a statement's content holds, and the position taken on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from dateline.analyse.claims.clause import SENTENCE, By, Clause, called, day_of
from dateline.analyse.claims.proposition import Proposition
from dateline.analyse.claims.told import Taken, Told
from dateline.analyse.claims.words import Name, Names, Word, name_runs, names_in, stem, words_of
from dateline.lexicons.claims import forms

#: A denial of this many words that names a report noun denies no more than that, if it holds no clause.
_VAGUE = 6
#: How many characters before a vague denial what it denies may begin.
_NEAR_ENOUGH = 900
#: By how many characters a content is looked for in its sentence.
_LOOK = 40


def propositions_of(told: Iterable[Told]) -> Iterator[Proposition]:
    """The propositions of statements, each statement's in the order of its words; questions have none.

    A denial of "the allegations" takes the proposition of the statement just before that speaks of the denier.
    """
    kept = list(_own(t for t in told if t.stance != "asks" and t.words.strip()))
    texts = [[(text, words_of(text, n > 0 or _opens(t))) for n, text in enumerate(SENTENCE.split(t.words))]
             for t in kept]  # fmt: skip
    speakers = [words_of(t.speaker.words) if t.speaker else [] for t in kept]
    named = [words for t, words in zip(kept, speakers, strict=True) if t.speaker and t.speaker.named]
    names = names_in([*(words for sentences in texts for _, words in sentences), *speakers], named)
    vague: list[tuple[Told, By]] = []
    before: dict[str, list[Proposition]] = {}
    for t, sentences, speaker in zip(kept, texts, speakers, strict=True):
        by, some = _named(speaker, names), 0
        for number, (text, words) in enumerate(sentences):
            found = Clause(t, number, text, words, by, names).proposition()
            if found is not None:
                some += 1
                before.setdefault(t.report, []).append(found)
                yield found
        if not some and t.stance in ("denies", "doubts") and _is_vague(t):
            vague.append((t, by))
    for t, by in vague:
        meant = _meant(t, by, before.get(t.report, ()))
        if meant is not None:
            yield replace(
                meant, told=t, number=0, text=" ".join(t.words.split()), position=Taken(t.stance), against=True,
                own=True, vague=True, date=day_of(t.day), by=called(by), whose=_accusers(t, names),
            )  # fmt: skip


def _opens(told: Told) -> bool:
    """Whether a content begins its sentence or a quotation, so that its first capital means nothing."""
    before = told.sentence[: max(0, told.sentence.find(told.words[:_LOOK]))].rstrip()
    return not before or before[-1] in "\"“‘'"


def _is_vague(told: Told) -> bool:
    """Whether no more is denied than "the allegations", "this report", "the charge"."""
    lowers = [w.lower for w in words_of(told.words)]
    return any(w in forms("report") for w in lowers) and len(lowers) <= _VAGUE


def _meant(told: Told, by: By, propositions: Iterable[Proposition]) -> Proposition | None:
    """The last assertion before, by somebody else, that names who denies; only a few sentences back."""
    me = told.speaker
    fits = [
        p for p in propositions
        if p.position is Taken.ASSERTS and not p.told.at > told.at and told.at - p.told.at <= _NEAR_ENOUGH
        and me is not None and p.told.speaker is not None and p.told.speaker.id != me.id
        and any(n <= o or o <= n for n in by[0] for o in p.names)
    ]  # fmt: skip
    return max(fits, key=lambda p: (p.told.act == "accuse", p.order)) if fits else None


def _accusers(told: Told, names: Names) -> frozenset[Name]:
    """Whose "allegations" are denied, where the words say so: "Oslo's charges", "the Varnian accusations"."""
    return frozenset(name for _, _, name in name_runs(words_of(told.words, opening=False), names))


def _own(told: Iterable[Told]) -> Iterator[Told]:
    """Statements without those that only pass on another of their sentence: the agency said that the minister said."""
    lines: dict[tuple[str, int], list[Told]] = {}
    for t in told:
        lines.setdefault((t.report, t.at), []).append(t)
    for some in lines.values():
        for t in some:
            if not any(_passes_on(t, o) for o in some):
                yield t


def _passes_on(t: Told, other: Told) -> bool:
    """Whether a content ends with the content of another statement and is little more than that."""
    if t.stance in ("denies", "doubts"):
        return False  # "rejected Oslo's claim that …": the claim is told beside its denial
    mine, its = (" ".join(x.words.split()).rstrip(" .,\"”’") for x in (t, other))
    return len(mine) / 2 <= len(its) < len(mine) and mine.endswith(its)


def _named(speaker: Sequence[Word], names: Names) -> By:
    """The names of a speaker and the other words it is called by."""
    runs = name_runs(speaker, names)
    inside = {k for i, j, _ in runs for k in range(i, j)}
    rest = frozenset(
        stem(w.lower)
        for k, w in enumerate(speaker)
        if k not in inside and w.lower[:1].isalpha() and w.lower not in forms("empty")
    )
    return frozenset(name for _, _, name in runs), rest
