"""``dateline relation``: what two actors did to each other, whether that changed at a day, and its picture."""

from __future__ import annotations

import json as json_module
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dateline.present.commands.options import AsJson, RecordFile
from dateline.present.commands.telling import opened, print_lines, say

if TYPE_CHECKING:
    from dateline.keep import Record

NAME = "A name, an actor's key, or a country's code."
_AROUND = "Tell whether the relation changed on this day, with the sentences that weigh most before and after."
_PLOT = "Write a picture, by the name's end .svg or .png: the river of the relation; with --around, before and after."


class By(StrEnum):
    """What counts are summed over."""

    MONTH = "month"
    WEEK = "week"


def relation(
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="Who acts. " + NAME)],
    target: Annotated[str, typer.Argument(metavar="TARGET", help="Towards whom. " + NAME)],
    by: Annotated[By, typer.Option(help="Sum over months or weeks.")] = By.MONTH,
    around: Annotated[str | None, typer.Option("--around", metavar="DATE", help=_AROUND)] = None,
    plot: Annotated[Path | None, typer.Option("--plot", metavar="FILE", help=_PLOT)] = None,
    json: AsJson = False,
    record: RecordFile = None,
) -> None:
    """Count what one actor did towards another, and tell whether that changed.

    By month or week; only what is told to have happened, on a reliable day. With --around, both directions together
    are held against other dates and other pairs of the record.
    """
    day = _day(around)
    with opened(record) as kept:
        if day is not None:
            from dateline.present.commands.turns import tell_around

            tell_around(kept, (source, target), day, plot, json)
            return
        rows = list(kept.relation(source, target, by.value))
        if plot is not None:
            _draw_river(kept, (source, target), by, plot)
        if json:
            from dateline.present.rows import as_row

            print_lines([json_module.dumps(as_row(rows), ensure_ascii=False)])
        elif rows:
            print_lines(_table(rows))
        else:
            say(f"nothing on record that {source} did towards {target} on a reliable day")


def _day(told: str | None) -> date | None:
    if told is None:
        return None
    try:
        return date.fromisoformat(told)
    except ValueError:
        raise typer.BadParameter(f"{told!r} is no day; write it as 2024-11-08") from None


def _draw_river(kept: Record, pair: tuple[str, str], by: By, plot: Path) -> None:
    from dateline.present.pictures import Unit, save
    from dateline.relate.series import river

    save(river(kept, *pair, Unit(by.value)), plot)
    say(f"the river of {pair[0]} and {pair[1]} is in {plot}")


def _table(rows: list[Any]) -> Iterator[str]:
    yield f"{'period':<12}{'quad':<22}{'told by':<10}{'events':>8}{'reports':>9}{'stories':>9}{'goldstein':>11}"
    for r in rows:
        teller = "reports" if r.voice in ("own", 1) else "sources"
        quad = r.quad.replace("_", " ")
        yield f"{r.period:<12}{quad:<22}{teller:<10}{r.events:>8,}{r.reports:>9,}{r.stories:>9,}{r.goldstein:>11.1f}"
