"""``dateline forecast --table``: weeks of many pairs, or the next weeks of one, in any table of events."""

from __future__ import annotations

import json as json_module
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from dateline.present.commands.forecasting import (
    check_ending,
    check_picture,
    draw_fans,
    pair_lines,
    show_records,
    write,
)
from dateline.present.commands.telling import print_lines, say

if TYPE_CHECKING:
    from dateline.analyse.forecast import Forecasts, Known
    from dateline.analyse.tables import Table
    from dateline.analyse.weekly import Weekly

_PAST_WEEKS = 26


@dataclass(frozen=True)
class Shown:
    """What is to be shown of forecasts, and where."""

    out: Path | None = None
    plot: Path | None = None
    backtest: bool = False
    json: bool = False


def tell_weeks(read: Table, days: tuple[date, date], top: int, horizons: tuple[int, ...], shown: Shown) -> None:
    """Forecast every week between two days, for the pairs with most events before."""
    from dateline.analyse.backtest import track_records
    from dateline.analyse.forecast import WIDE, Known, forecast_weeks
    from dateline.analyse.weekly import weekly, whole_weeks

    check_ending(shown.out)
    counted = weekly(read, days[0], max(top, WIDE))
    known = Known.of(counted.until(whole_weeks(read)), top)
    first, last = (counted.week_of(day) for day in days)
    made = forecast_weeks(known, first, last, horizons)
    say(f"forecast {len(made.names)} pairs in {len(made.weeks)} weeks, sha256 {made.digest()}")
    if shown.out is not None:
        write(made, shown.out)
    elif not shown.backtest:
        print_lines(json_module.dumps(row | {"week": row["week"].isoformat()}) for row in made.rows())
    if shown.backtest:
        show_records(track_records(known.weekly, made), shown.json)


def tell_pair(read: Table, pair: tuple[str, str], top: int, weeks: int, shown: Shown) -> None:
    """Forecast a pair's weeks after the table's last whole one."""
    from dateline.analyse.forecast import WIDE, Known, next_weeks
    from dateline.analyse.weekly import weekly, whole_weeks

    check_ending(shown.out)
    check_picture(shown.plot)
    check_actors(read, pair)
    over = whole_weeks(read)
    counted = weekly(read, read.start + timedelta(days=read.days + 7), max(top, WIDE), (pair,)).until(over)
    known = Known.of(counted, top)
    made = next_weeks(known, weeks).only(pair)
    say(f"sha256 {made.digest()}")
    if shown.out is not None:
        write(made, shown.out)
    elif shown.json:
        print_lines(json_module.dumps(row | {"week": row["week"].isoformat()}) for row in made.rows())
    else:
        print_lines(pair_lines(pair, made, counted))
    if shown.backtest or shown.plot is not None:
        _tell_past(read, pair, top, over, (made, counted), shown)


def _tell_past(
    read: Table, pair: tuple[str, str], top: int, over: int, ahead: tuple[Forecasts, Weekly], shown: Shown
) -> None:
    """The track record, told and drawn."""
    from dateline.analyse.backtest import track_records

    made, counted = ahead
    horizons = (1, len(made.weeks)) if shown.backtest and len(made.weeks) > 1 else (1,)
    past, known = _past(read, pair, top, over, horizons)
    if shown.backtest and past is None:
        say("too few weeks for a track record")
    elif shown.backtest and past is not None:
        say(f"track record of {known.top} pairs in the last {len(past.weeks)} weeks:")
        show_records(track_records(known.weekly, past), shown.json)
        say(f"of {pair[0]} towards {pair[1]} alone, which tells little:")
        show_records(track_records(known.weekly, past, [0]), shown.json)
    if shown.plot is not None:
        draw_fans(shown.plot, pair, made, counted, past.at_horizon(1).only(pair) if past else None)


def _past(
    read: Table, pair: tuple[str, str], top: int, over: int, horizons: tuple[int, ...]
) -> tuple[Forecasts | None, Known]:
    """Forecasts of the last weeks, of the pairs that were busiest before them and of the pair itself, which is first.

    None where too few weeks are known.
    """
    from dateline.analyse.forecast import WIDE, Known, forecast_weeks, least_weeks
    from dateline.analyse.weekly import monday_of, weekly

    begin = max(over - _PAST_WEEKS, least_weeks(max(horizons)))
    then = monday_of(read.start) + timedelta(weeks=min(begin, over))
    known = Known.of(weekly(read, then, max(top, WIDE), (pair,)).until(over), top)
    return (forecast_weeks(known, begin, over - 1, horizons) if begin < over else None), known


def check_actors(read: Table, pair: tuple[str, str]) -> None:
    """Raises ForecastError for an actor that the table does not have, naming those that look like it."""
    from difflib import get_close_matches

    from dateline.errors import ForecastError

    for name in pair:
        if name in read.actors:
            continue
        near = get_close_matches(name.upper(), read.actors, 3, 0.5)
        raise ForecastError(f"{name} is not in the table" + (f"; did you mean {', '.join(near)}?" if near else ""))
    if pair[0] == pair[1]:
        raise ForecastError(f"{pair[0]} and {pair[1]} are one actor")
