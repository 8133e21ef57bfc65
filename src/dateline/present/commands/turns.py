"""``dateline changes``, and ``relation --around``: whether and when a relation changed, with its sentences."""

from __future__ import annotations

import json as json_module
from collections.abc import Iterator, Sequence
from datetime import date
from math import exp
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dateline.present.commands.options import AsJson, RecordFile
from dateline.present.commands.telling import opened, print_lines, say

if TYPE_CHECKING:
    from dateline.analyse.change import Change
    from dateline.analyse.changes import Candidate
    from dateline.analyse.details import Beside, Rate
    from dateline.keep import Record
    from dateline.record.entries import TellingEntry
    from dateline.relate.turns import Around

_NAME = "A name, an actor's key, or a country's code."
_SEARCHED = "Every week was asked: q is the share of days at least so strong that are expected to be chance."
_RIVALS = "A difference at a date is not yet an effect of what happened then."


def tell_around(kept: Record, pair: tuple[str, str], day: date, plot: Path | None, json: bool) -> None:
    """Answer whether the relation of a pair changed on a day."""
    from dateline.relate.turns import around, before_after

    found = around(kept, *pair, day)
    if plot is not None:
        from dateline.present.pictures import save

        save(before_after(found, *pair), plot)
        say(f"before and after are in {plot}")
    print_lines([json_module.dumps(around_json(found), ensure_ascii=False)] if json else _told(found, pair))


def _told(found: Around, pair: tuple[str, str]) -> Iterator[str]:
    change = found.change
    yield f"{pair[0]} and {pair[1]} around {change.question.at}: {found.words}"
    if change.p is not None:
        yield f"  {_chance(found)}; {change.events} events around the day"
        yield f"  {_RIVALS}"
    if change.rates:
        yield ""
        yield from _rates(change.rates)
    if change.beside:
        yield ""
        yield from _beside(change.beside, pair, found)
    for title, side in (("before", found.before), ("after", found.after)):
        if side:
            yield ""
            yield f"{title}:"
        yield from (f"  {_line(telling)}" for telling in side)


def _chance(found: Around) -> str:
    p = f"p {found.change.p:.3f}"
    if found.method == "alone":
        return f"{p}: so often the months around the day, shuffled, differ as much"
    return f"{p}: so often other dates differ as much, of {found.others} other relations and of this one"


def _rates(rates: Sequence[Rate]) -> Iterator[str]:
    """Each direction and quad class on either side: events, and events a week of usual news with a 95 % interval."""
    weeks = rates[0].weeks
    yield f"  {'':<32}{f'{weeks[0]} weeks before':>24}{f'{weeks[1]} weeks after':>24}"
    last = None
    for rate in rates:
        if (rate.source, rate.target) != last:
            last = (rate.source, rate.target)
            yield f"  {rate.source} → {rate.target}: events, and how many a week of usual news (95 % interval)"
        cells = [_cell(rate.events[0], rate.before, rate.before_interval),
                 _cell(rate.events[1], rate.after, rate.after_interval)]  # fmt: skip
        yield f"    {rate.quad.replace('_', ' '):<30}{cells[0]:>24}{cells[1]:>24}"


def _cell(events: int, rate: float, interval: tuple[float, float]) -> str:
    return f"{events:>4}  {rate:.2f} ({interval[0]:.2f}-{interval[1]:.2f})"


def _beside(beside: Sequence[Beside], pair: tuple[str, str], found: Around) -> Iterator[str]:
    """By what factor the pair and each actor's relations with all others changed: difference in differences."""
    yield "  beside their other partners (how many times as many events after as before):"
    for line in beside:
        name = pair[0] if line.actor == found.source else pair[1]
        low, high = (exp(end) for end in line.interval)
        own, others, gap = exp(line.own), exp(line.others), exp(line.gap)
        yield (f"    {name + ', ' + line.aspect:<30}{f'x {own:.1f}':>8}, with all others {f'x {others:.1f}':>6}"
               f"  (differs by x {gap:.1f}, {low:.1f}-{high:.1f})")  # fmt: skip


def _line(telling: TellingEntry) -> str:
    return f"{telling.day}  {telling.type}  {' '.join(telling.text.split())}  ({telling.key})"


def around_json(found: Around) -> dict[str, Any]:
    """The answer as a JSON object, with its sentences."""
    from dateline.present.rows import as_row

    return {**change_as_json(found.change), "words": found.words, "note": _RIVALS,
            "method": found.method.value, "others": found.others,
            "before": as_row(list(found.before)), "after": as_row(list(found.after))}  # fmt: skip


def change_as_json(change: Change) -> dict[str, Any]:
    """An answer ready for JSON: the question's names and date, the verdict and all under it."""
    from dataclasses import asdict

    ask = change.question
    question = {"a": ask.a, "b": ask.b, "date": ask.at.isoformat()}
    return {**asdict(change), "question": question, "direction": change.direction}


def candidate_json(c: Candidate) -> dict[str, Any]:
    """A day that stands out as a JSON object."""
    return {"date": c.at.isoformat(), "direction": c.direction, "p": c.p, "q": c.q, "effect": c.effect}


def changes(
    source: Annotated[str, typer.Argument(metavar="A", help=_NAME)],
    target: Annotated[str, typer.Argument(metavar="B", help=_NAME)],
    json: AsJson = False,
    record: RecordFile = None,
) -> None:
    """Show the days on which the relation of two actors seems to have changed, the strongest first.

    Every week of the record is asked, and some look so by chance: q is the share of such days that is expected to.
    """
    with opened(record) as kept:
        from dateline.relate.turns import WEEK
        from dateline.relate.turns import changes as changes_of

        found = changes_of(kept, source, target)
        if json:
            print_lines([json_module.dumps([candidate_json(c) for c in found])])
            return
        for change in found:
            print_lines([f"{change.at}  for the {change.direction}  p {change.p:.3f}, q {change.q:.2f}"])
            last = (change.at + WEEK).isoformat()
            for a, b in ((source, target), (target, source)):
                print_lines(f"  {_line(t)}" for t in kept.store.evidence(a, b, change.at.isoformat(), last, 2))
        if found:
            print_lines([_SEARCHED])
        else:
            say(f"no day stands out in the relation of {source} and {target}")
