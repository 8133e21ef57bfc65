"""What the stages before the record know, as the functions that a store works with.

Each imports its stage when it is first called: who only asks the record need not wait for it.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from dateline.model import Actor, ActorKind, Mention, MentionForm, Role, RoleStatus, Span
from dateline.record.drafts import CastDraft
from dateline.record.entries import RoleSpan
from dateline.record.profiles import Copied, Copy, Identity, Kit, Profiled, SeenProfile, SeenRole, StoryMember

if TYPE_CHECKING:
    from dateline.resolve import identities


@cache
def kit() -> Kit:
    """The functions of the other stages that a store works with."""
    return Kit(_profile, _group, _needed, _compare, _order, _roles)


def _needed(ours: int, theirs: int, days: int | None) -> int:
    from dateline.resolve import stories

    return stories.needed(ours, theirs, days)


def _profile(actor: CastDraft, report_key: str, day: str | None, text: str) -> Profiled:
    from dateline.resolve import identities

    seen = Actor(
        actor.local, actor.name, ActorKind(actor.kind), actor.country, actor.code,
        tuple(Role(r.title, r.of, RoleStatus(r.status), r.span) for r in actor.roles),
        tuple(Mention(span, MentionForm(form), 0) for span, form in actor.mentions),
    )  # fmt: skip
    found = identities.profile_of(seen, report_key, day, text)
    offices = tuple(identities.normal_title(r.title) for r in actor.roles)
    return Profiled(found.key, found.bucket, found.name, found.kind, found.country, found.code, offices,
                    json.dumps({"one": found.one}), not found.one)  # fmt: skip


def _group(profiles: Sequence[SeenProfile], alone: Collection[str]) -> Sequence[Identity]:
    from dateline.resolve import identities

    found = identities.group([_seen(p) for p in profiles], alone=alone)
    return [
        Identity(i.members, i.name, i.kind, i.country, i.code, tuple(r.why for r in i.reasons),
                 tuple(f"{p.other}: {p.why}" for p in i.possible), not i.one)
        for i in found
    ]  # fmt: skip


def _seen(p: SeenProfile) -> identities.Seen:
    from dateline.resolve import identities

    one = json.loads(p.facts)["one"]
    profile = identities.Profile(p.key, p.bucket, p.name, ActorKind(p.kind), p.country, p.code, one=one)
    return identities.Seen(profile, p.first, p.last, p.reports, tuple(_tenures(p)))


def _tenures(p: SeenProfile) -> Iterator[identities.Tenure]:
    """The offices held, and those held before: "then" and "elect" tell of another day."""
    from dateline.resolve import identities

    days: dict[identities.Office, list[str]] = {}
    for o in p.offices:
        if o.status not in (RoleStatus.THEN, RoleStatus.ELECT):
            office = identities.Office(o.office, o.of, o.status == RoleStatus.FORMER)
            days.setdefault(office, []).extend(day for day in (o.first, o.last) if day)
    for office, told in days.items():
        yield identities.Tenure(office, min(told, default=None), max(told, default=None))


def _compare(a: str, a_furniture: Sequence[Span], b: str, b_furniture: Sequence[Span], days: int | None) -> Copy:
    from dateline.resolve import stories

    shared = stories.overlap(a, b, a_furniture, b_furniture)
    why = stories.judge(shared, days)
    return Copy(shared.contained, shared.jaccard, why.same, why)


def _order(members: Sequence[StoryMember]) -> tuple[Sequence[Copied], str | None]:
    from dateline.resolve import stories

    told = [stories.Member(m.key, m.day, m.agency, m.publisher, m.words, m.signature) for m in members]
    order = stories.order_of_copying(told)
    return [Copied(c.key, c.source, c.how, c.kept, c.own) for c in order], stories.wire_credit(told)


def _roles(seen: Sequence[SeenRole]) -> Sequence[RoleSpan]:
    """Titles over time, each called as most reports call it."""
    from dateline.resolve import identities

    wordings: dict[str, Counter[str]] = defaultdict(Counter)
    sightings = []
    for role in seen:
        wordings[identities.normal_title(role.title)][role.title] += 1
        sightings.append(identities.RoleSighting(role.title, role.of, RoleStatus(role.status), role.day, role.report))
    return [
        RoleSpan(_most(wordings[span.title]), span.of, span.first, span.last,
                 tuple(status.value for status, _ in span.statuses), span.told)
        for span in identities.roles_over_time(sightings)
    ]  # fmt: skip


def _most(counts: Counter[str]) -> str:
    return min(counts, key=lambda value: (-counts[value], value))
