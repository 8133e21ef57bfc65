"""``dateline forecasts``: the forecasts that were frozen into the record, and how they did."""

from __future__ import annotations

import json as json_module
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dateline.present.commands.options import AsJson, RecordFile
from dateline.present.commands.telling import NOTHING_READ, opened, print_lines, say

if TYPE_CHECKING:
    from dateline.relate.outlook import Kept, Score

_NAME = "A name, an actor's key, or a country's code."
_CHANGED = "NOT what was frozen: its row was changed since; it is not scored"


def forecasts(
    source: Annotated[str | None, typer.Argument(metavar="SOURCE", help=_NAME + " Only what it does.")] = None,
    target: Annotated[str | None, typer.Argument(metavar="TARGET", help=_NAME + " Only towards it.")] = None,
    json: AsJson = False,
    record: RecordFile = None,
) -> None:
    """Show the forecasts that were frozen, and score those whose weeks have passed.

    A week has passed when the record holds reports of a later day. Exit status 1 if one is not what was frozen.
    """
    with opened(record) as kept:
        from dateline.relate.outlook import kept as kept_of

        found = kept_of(kept, source, target)
        if json:
            print_lines(json_module.dumps(kept_json(one), ensure_ascii=False) for one in found)
        else:
            print_lines(line for one in found for line in _told(one))
        if not found:
            say("no forecast was frozen: `dateline forecast A B --freeze` keeps one")
        changed = sum(not one.frozen.sound for one in found)
        if changed:
            say(f"{changed} of {len(found)} not what was frozen")
    if changed:
        raise typer.Exit(NOTHING_READ)


def _told(one: Kept) -> Iterator[str]:
    frozen = one.frozen
    late = ", in hindsight" if frozen.in_hindsight else ""
    yield f"{frozen.source} towards {frozen.target} from {frozen.start}, frozen {frozen.made[:10]}{late}"
    if not frozen.sound:
        yield f"  {_CHANGED}"
        return
    yield f"  sha256 {frozen.sha256}"
    if one.scores:
        yield f"  {'week':<12}{'ahead':>5}  {'counted':<22}{'CRPS':>7}{'last 26 weeks':>15}{'all weeks':>11}"
        yield from (_line(score, frozen.rows) for score in one.scores)
    waiting = len(frozen.weeks) - len(one.scores)
    if waiting:
        yield f"  {waiting} of {len(frozen.weeks)} weeks have not passed yet"
    if one.scores:
        yield from _sum(one.scores)


def _line(score: Score, rows: Sequence[dict[str, Any]]) -> str:
    counts = " ".join(f"{n}{'' if inside else '!'}" for n, inside in zip(score.counts, score.inside, strict=True))
    last, every = (score.rivals.get(name, float("nan")) for name in ("last 26 weeks", "all weeks"))
    return f"  {score.week}  {score.horizon:>5}  {counts:<22}{score.crps:>7.3f}{last:>15.3f}{every:>11.3f}"


def _sum(scores: Sequence[Score]) -> Iterator[str]:
    """All weeks together. Counts are in the order of the four classes."""
    inside, size = sum(sum(s.inside) for s in scores), sum(len(s.inside) for s in scores)
    mean = sum(s.crps for s in scores) / len(scores)
    rivals = [sum(s.rivals[name] for s in scores) / len(scores) for name in ("last 26 weeks", "all weeks")]
    held = f"{inside} of {size} within 90 %"
    yield f"  {'together':<12}{'':5}  {held:<22}{mean:>7.3f}{rivals[0]:>15.3f}{rivals[1]:>11.3f}"
    yield "  counted: verbal and material cooperation, verbal and material conflict;"
    yield "  ! lies outside q05 to q95"


def kept_json(one: Kept) -> dict[str, Any]:
    """A frozen forecast as a JSON object, with its scores."""
    frozen = one.frozen
    head = {"sha256": frozen.sha256, "made": frozen.made, "source": frozen.source, "target": frozen.target,
            "from": frozen.start, "weeks": len(frozen.weeks), "reported": frozen.reported, "method": frozen.method,
            "data": frozen.data, "sound": frozen.sound, "in_hindsight": frozen.in_hindsight}  # fmt: skip
    scores = [asdict(score) | {"week": score.week.isoformat()} for score in one.scores]
    return {**head, "forecast": list(frozen.rows), "rivals": frozen.rivals, "scores": scores}
