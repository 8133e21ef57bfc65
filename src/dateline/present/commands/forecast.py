"""``dateline forecast``: how many events the next weeks will bring, in the record or in any table of events."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from dateline.present.commands.options import AsJson, RecordFile
from dateline.present.commands.telling import ending_well, opened, say

_NAME = "A name, an actor's key, or a country's code; with --table as the table has it."
_TABLE = "Forecast from this table instead: Parquet, CSV, TSV or JSON Lines with date, source, target and cameo."
_FROM = "The first week to forecast, by any of its days, as if nothing reported from then on were known."
_TO = "With --table: the last week to forecast, by any of its days."
_TOP = "With --table: learn from, and without a pair forecast, so many directed pairs with most events. [default: 300]"
_HORIZONS = "With --table, --from and --to: how many weeks ahead forecasts are made, with commas. [default: 1,4]"
_OUT = "Write the quantiles to this file: .parquet, .csv or .jsonl."
_SOURCE, _TARGET = "With --table: the actor that acts.", "With --table: the actor that is acted upon."
_WEEKS = "How many weeks after the last whole one to forecast."
_BACKTEST = "Show how such forecasts did in weeks that have passed, beside two simple rivals."
_PLOT = "Draw a pair's forecast as fans with their track record: .svg or .png."
_FREEZE = "Keep the forecast in the record for ever; `dateline forecasts` scores it when its weeks have passed."
_FARTHEST = 26
_TOP_PAIRS, _AHEAD = 300, "1,4"


def forecast(
    one: Annotated[str | None, typer.Argument(metavar="SOURCE", help="Who acts. " + _NAME)] = None,
    other: Annotated[str | None, typer.Argument(metavar="TARGET", help="Towards whom.")] = None,
    weeks: Annotated[int, typer.Option("--weeks", min=1, max=_FARTHEST, metavar="N", help=_WEEKS)] = 4,
    first: Annotated[str | None, typer.Option("--from", metavar="DAY", help=_FROM)] = None,
    backtest: Annotated[bool, typer.Option("--backtest", help=_BACKTEST)] = False,
    plot: Annotated[Path | None, typer.Option("--plot", metavar="FILE", help=_PLOT)] = None,
    freeze: Annotated[bool, typer.Option("--freeze", help=_FREEZE)] = False,
    out: Annotated[Path | None, typer.Option("--out", "-o", metavar="FILE", help=_OUT)] = None,
    json: AsJson = False,
    record: RecordFile = None,
    table: Annotated[Path | None, typer.Option("--table", metavar="FILE", help=_TABLE)] = None,
    last: Annotated[str | None, typer.Option("--to", metavar="DAY", help=_TO)] = None,
    top: Annotated[int | None, typer.Option("--top", min=1, metavar="N", help=_TOP)] = None,
    horizons: Annotated[str | None, typer.Option("--horizons", metavar="N,N", help=_HORIZONS)] = None,
    source: Annotated[str | None, typer.Option("--source", metavar="ACTOR", help=_SOURCE)] = None,
    target: Annotated[str | None, typer.Option("--target", metavar="ACTOR", help=_TARGET)] = None,
) -> None:
    """Forecast how many events the next weeks will bring, by quad class, as quantiles.

    Of two actors of the record, from the events that reports themselves tell; or, with --table, of the pairs of any
    table of events.
    """
    with ending_well():
        pair = _pair(one or source, other or target)
        begin = _day(first)
        if table is None:
            _only_of_tables({"--to": last, "--top": top, "--horizons": horizons})
            _only_of_tables({"--source": source, "--target": target})
            if pair is None:
                raise typer.BadParameter("name two actors of the record, or a table with --table")
            from dateline.present.commands.forecast_record import Wanted, tell_outlook

            with opened(record) as kept:
                tell_outlook(kept, pair, Wanted(weeks, begin, backtest, freeze, plot, out, json))
            return
        if freeze:
            raise typer.BadParameter("--freeze keeps a forecast of the record, and --table is no record")
        days = _days(begin, first, last, pair)
        if pair is None and plot is not None:
            raise typer.BadParameter("--plot draws one pair: name two actors")
        ahead, sizes = _numbers(horizons or _AHEAD), (top or _TOP_PAIRS, weeks)
        _of_table(table, pair, days, ahead, sizes, (out, plot, backtest, json))


def _of_table(
    table: Path,
    pair: tuple[str, str] | None,
    days: tuple[date, date] | None,
    horizons: tuple[int, ...],
    sizes: tuple[int, int],
    how: tuple[Path | None, Path | None, bool, bool],
) -> None:
    from dateline.analyse.tables import load
    from dateline.present.commands.forecast_tables import Shown, tell_pair, tell_weeks

    read = load(table, every_row=True)
    for note in read.notes:
        say(f"{table}: {note}")
    top, weeks = sizes
    if pair is not None:
        tell_pair(read, pair, top, weeks, Shown(*how))
    elif days is not None:
        tell_weeks(read, days, top, horizons, Shown(*how))


# --- what was asked --------------------------------------------------------------------------------------------


def _pair(source: str | None, target: str | None) -> tuple[str, str] | None:
    if source is not None and target is not None:
        return source, target
    if source is not None or target is not None:
        raise typer.BadParameter("a forecast is of two actors: name both together")
    return None


def _only_of_tables(options: dict[str, object]) -> None:
    for name, value in options.items():
        if value is not None:
            raise typer.BadParameter(f"{name} is for a table: name one with --table")


def _days(
    begin: date | None, first: str | None, last: str | None, pair: tuple[str, str] | None
) -> tuple[date, date] | None:
    """The days of the first and last week to forecast; none where a pair's next weeks are asked for."""
    end = _day(last)
    if pair is not None:
        if begin is not None or end is not None:
            raise typer.BadParameter("a pair's next weeks are asked for: leave --from and --to away")
        return None
    if begin is None or end is None:
        raise typer.BadParameter("give --from and --to, or two actors")
    if end < begin:
        raise typer.BadParameter(f"--to {last} lies before --from {first}")
    return begin, end


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no day; write it as 2024-11-08") from None


def _numbers(text: str) -> tuple[int, ...]:
    parts = [part.strip() for part in text.split(",")]
    if not all(part.isdecimal() and 1 <= int(part) <= _FARTHEST for part in parts):
        raise typer.BadParameter(f"{text!r} are no horizons; write weeks from 1 to {_FARTHEST}, such as 1,4")
    return tuple(dict.fromkeys(int(part) for part in parts))
