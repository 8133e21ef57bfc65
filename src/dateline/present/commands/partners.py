"""``dateline partners``: with whom an actor dealt most, and how."""

from __future__ import annotations

import json as json_module
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dateline.present.commands.options import AsJson, RecordFile
from dateline.present.commands.relation import By, check_plot, day_asked
from dateline.present.commands.telling import opened, print_lines, say

if TYPE_CHECKING:
    from datetime import date

    from dateline.keep import Record
    from dateline.record.entries import PartnerCount

_FROM = "From the month of this day on."
_TO = "Until the month of this day, which is counted whole."
_TOGETHER = "q is the share of false answers if this one and all surer ones are believed."
#: columns of a terminal from which on the two directions are shown; the least letters of a name
_ROOMY, _NAME = 92, 12
_AROUND = "Tell of each relation whether it changed on this day, the surest first."
_PLOT = "Draw a small river of each partner that is shown; the name ends in .svg or .png."


def partners(
    source: Annotated[str, typer.Argument(metavar="ACTOR", help="A name, an actor's key, or a country's code.")],
    since: Annotated[str | None, typer.Option("--from", metavar="DAY", help=_FROM)] = None,
    until: Annotated[str | None, typer.Option("--to", metavar="DAY", help=_TO)] = None,
    limit: Annotated[int, typer.Option(min=1, help="How many partners to show.")] = 20,
    around: Annotated[str | None, typer.Option("--around", metavar="DATE", help=_AROUND)] = None,
    by: Annotated[By, typer.Option(help="With --plot: rivers by month or week.")] = By.MONTH,
    plot: Annotated[Path | None, typer.Option("--plot", metavar="FILE", help=_PLOT)] = None,
    json: AsJson = False,
    record: RecordFile = None,
) -> None:
    """List with whom an actor dealt, those with most events first.

    Distinct events either way that reports themselves tell on a reliable day, the stories and reports that tell them,
    the share of conflict, and the last day.
    """
    first, last = day_asked("--from", since), day_asked("--to", until)
    day = day_asked("--around", around)
    if day is not None and (first or last or plot):
        raise typer.BadParameter("--around has spans of its own and no picture: leave --from, --to and --plot away")
    with opened(record) as kept:
        if day is not None:
            _tell_around(kept, source, day, limit, json)
            return
        check_plot(plot)
        from dateline.relate.partners import partners as partners_of
        from dateline.relate.partners import small_rivers
        from dateline.relate.series import Span

        span = Span(first, last)
        found, total = partners_of(kept, source, span, limit)
        if plot is not None and found:
            from dateline.present.pictures import Unit, save

            save(small_rivers(kept, source, found, Unit(by.value), span), plot)
            say(f"{source} and its partners are in {plot}")
        if json:
            told = {"actor": source, "total": total, "partners": [partner_json(p) for p in found]}
            print_lines([json_module.dumps(told, ensure_ascii=False)])
        elif found:
            print_lines(_told(found, total))
        else:
            say(f"nothing on record that {source} did to anybody, or anybody to it, on a reliable day of that time")


def _tell_around(kept: Record, source: str, day: date, limit: int, json: bool) -> None:
    from dateline.present.commands.turns import change_as_json
    from dateline.relate.turns import partners_around

    found = partners_around(kept, source, day)
    if json:
        rows = [change_as_json(change) | {"name": kept.store.called(change.question.b)} for change in found]
        print_lines([json_module.dumps({"actor": source, "total": len(found), "partners": rows}, ensure_ascii=False)])
        return
    answered = [change for change in found if change.p is not None]
    for change in answered[:limit]:
        name = f"{kept.store.called(change.question.b)} ({change.question.b})"
        word = f"changed for the {change.direction}" if change.direction else "no change seen"
        print_lines([f"{name:<36} {word:<24} p {change.p:.3f}  q {change.q:.2f}  {change.events:>5} events"])
    few = len(found) - len(answered)
    print_lines([f"{few:,} of {len(found):,} relations: too little evidence", _TOGETHER] if answered else
                [f"too little evidence in any of {len(found):,} relations"])  # fmt: skip


def partner_json(p: PartnerCount) -> dict[str, Any]:
    """A partner as a JSON object."""
    from dataclasses import asdict

    return {**asdict(p), "events": p.events, "conflict_share": round(p.conflict, 4)}


def _told(found: Sequence[PartnerCount], total: int) -> Iterator[str]:
    from shutil import get_terminal_size

    from dateline.present.pictures.lettering import clean

    room = get_terminal_size((80, 24)).columns
    heads = ["key", "events", "stories", "reports", "conflict", "last day"]
    rows = [[p.partner, f"{p.events:,}", f"{p.stories:,}", f"{p.reports:,}", f"{p.conflict:.0%}", p.last or ""]
            for p in found]  # fmt: skip
    if room >= _ROOMY:
        heads[2:2] = ["by it", "to it"]
        for row, p in zip(rows, found, strict=True):
            row[2:2] = [f"{p.out_cooperation + p.out_conflict:,}", f"{p.back_cooperation + p.back_conflict:,}"]
    widths = [max(len(row[i]) for row in (heads, *rows)) for i in range(len(heads))]
    names = [clean(p.name) for p in found]
    wide = min(max(7, *map(len, names)), max(_NAME, room - sum(widths) - len(widths)))
    for name, row in zip(("partner", *names), (heads, *rows), strict=True):
        short = name if len(name) <= wide else name[: wide - 1] + "…"
        numbers = " ".join(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))
        yield f"{short:<{wide}} {row[0]:<{widths[0]}} {numbers}"
    if total > len(found):
        yield f"{total - len(found):,} more: --limit {total}"
