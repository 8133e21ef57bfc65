"""Reads capitals, peoples and bodies of a state of today as those of the state that a report of its time means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from dateline.lexicons.countries import state_then
from dateline.resolve.phrases import Phrase, Piece

#: A state that is no more, the successor that has its capital, and the last day of the state (ISO 3166-3).
_FORMER = (
    ("SUN", "RUS", "1991-12-25"),
    ("YUG", "SRB", "2003-02-03"),
    ("CSK", "CZE", "1992-12-31"),
)
_HALVES = {"North": "PRK", "South": "KOR"}
_NAMES = ("name", "demonym")
#: Former states whose capital and land a report of their time means though it names none of them.
_ALWAYS = ("SUN", "CSK")


def former_states(phrases: Sequence[Phrase], day: str | None) -> dict[str, str]:
    """Successor to former state where this report means the former one; the phrases are mended to say so.

    A report of its time means it; else one that names it and whose day is not after its end, or that has no day and
    does not name the successor.
    """
    named: Counter[str] = Counter()
    for phrase in phrases:
        for piece in phrase.pieces:
            if piece.kind == "country" and piece.flavour in _NAMES:
                # the people of a part are told apart from the whole, its land is not
                named[piece.code if piece.flavour == "name" else piece.code + "+"] += 1
    if named["PRK"] + named["PRK+"] and named["KOR"] + named["KOR+"]:
        _name_halves(phrases)
    meant: dict[str, str] = {}
    for former, heir, end in _FORMER:
        if day is not None and former in _ALWAYS and state_then(heir, day) == former:
            meant[heir] = former
            continue
        if not named[former] and not (day is not None and named[former + "+"]):
            continue
        apart = named[heir] or (heir == "SRB" and named[heir + "+"])
        if (day is not None and day <= end and not (heir == "SRB" and apart)) or (day is None and not apart):
            meant[heir] = former
    if meant:
        _mend(phrases, meant)
    return meant


def _name_halves(phrases: Sequence[Phrase]) -> None:
    """Read "the North" and "the South" as states in a report of both Koreas."""
    for phrase in phrases:
        if len(phrase.words) == 2 and phrase.determiner == "the" and phrase.words[1].text in _HALVES:
            phrase.pieces[-1:] = [Piece("country", 1, 2, code=_HALVES[phrase.words[1].text], flavour="name")]


def _mend(phrases: Sequence[Phrase], meant: dict[str, str]) -> None:
    for phrase in phrases:
        for piece in phrase.pieces:
            if piece.kind == "country" and piece.code in meant and piece.flavour != "name":
                piece.code = meant[piece.code]
            known = piece.organisation
            if known is not None and known.country in meant:
                former = meant[known.country]
                code = former + known.code[3:] if known.code.startswith(known.country) else known.code
                piece.organisation = replace(known, country=former, code=code)
                piece.code = code
