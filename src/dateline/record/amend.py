"""Corrections that hold, laid over a draft. Pure: a draft and what people decided in, a draft and what is lost out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dateline.lexicons.eventbook import code_of, goldstein_of, quad_of
from dateline.model import Reality, Stance
from dateline.record.drafts import CastDraft, Draft, StatementDraft, TellingDraft, believable, squeezed

#: fields of each kind of entry that a person may set, with what the value must be
STATEMENT_FIELDS = ("speaker", "stance", "day")
TELLING_FIELDS = ("type", "reality", "day", "source", "target")
NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Decision:
    """One correction of an entry: what it is about, and the words by which it is found again."""

    id: int
    action: str
    target: str
    field: str | None
    value: Any
    words: Mapping[str, Any]


def amended(draft: Draft, decisions: Sequence[Decision], text: str) -> tuple[Draft, dict[int, str]]:
    """The draft with the decisions laid over it in their order; for each that finds its words no more, why."""
    lost: dict[int, str] = {}
    statements = {s.key: s for s in draft.statements}
    tellings = {t.key: t for t in draft.tellings}
    cast = list(draft.cast)
    for decision in decisions:
        if decision.target in statements:
            statements[decision.target] = _statement(statements[decision.target], decision, cast)
        elif decision.target in tellings:
            tellings[decision.target] = _telling(tellings[decision.target], decision, cast)
        else:
            lost[decision.id] = _why_lost(decision, text)
    return replace(draft, cast=tuple(cast), statements=tuple(statements.values()),
                   tellings=tuple(tellings.values())), lost  # fmt: skip


def _why_lost(decision: Decision, text: str) -> str:
    line = decision.words.get("sentence")
    if line and line not in squeezed(text):
        return "its sentence is no longer in the report"
    return "its sentence is still there, but nothing of the kind is found in it any more"


def _statement(statement: StatementDraft, decision: Decision, cast: list[CastDraft]) -> StatementDraft:
    if decision.action in ("accept", "reject"):
        return replace(statement, judged=decision.action + "ed")
    if decision.field == "speaker":
        locals_ = _locals(decision.value, cast)
        sourcing = "named" if locals_ else "unnamed"
        speaker = locals_[0] if locals_ else None
        return replace(statement, speaker=speaker, sourcing=sourcing, judged="edited")
    if decision.field == "stance":
        return replace(statement, stance=Stance(decision.value).value, judged="edited")
    if decision.field == "day":
        return replace(statement, day=believable(decision.value), day_end=believable(decision.value), judged="edited")
    return statement


def _telling(telling: TellingDraft, decision: Decision, cast: list[CastDraft]) -> TellingDraft:
    if decision.action in ("accept", "reject"):
        return replace(telling, judged=decision.action + "ed")
    if decision.field == "type":
        type_ = str(decision.value)
        cameo = code_of(type_)
        return replace(telling, type=type_, cameo=cameo, quad=quad_of(type_), goldstein=goldstein_of(cameo, type_),
                       mode=None, judged="edited")  # fmt: skip
    if decision.field == "reality":
        return replace(telling, reality=Reality(decision.value).value, judged="edited")
    if decision.field == "day":
        day = believable(decision.value)
        return replace(telling, day=day, day_end=day, day_from="corrected", reliable=day is not None, judged="edited")
    if decision.field == "source":
        return replace(telling, source=_locals(decision.value, cast), judged="edited")
    if decision.field == "target":
        return replace(telling, target=_locals(decision.value, cast), judged="edited")
    return telling


def _locals(value: Any, cast: list[CastDraft]) -> tuple[str, ...]:
    """The local ids of the actors that a person named; one who is not in the report's cast joins it."""
    found = []
    for told in value or ():
        local = next((c.local for c in cast if told.get("local") == c.local and told["name"] == c.name), None)
        if local is None:
            meant = told["name"], told["kind"], told.get("profile")
            local = next((c.local for c in cast if (c.name, c.kind, c.profile) == meant), None)
        if local is None:
            local = f"x{len(cast) + 1}"
            cast.append(CastDraft(local, told["name"], told["kind"], told["country"], told["code"],
                                  (told["name"],), (), (), told.get("profile")))  # fmt: skip
        found.append(local)
    return tuple(found)
