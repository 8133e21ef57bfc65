"""``dateline forecast``: how many events the next weeks will bring, asked of any table of events."""

from __future__ import annotations

import csv
import json as json_module
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.present.commands.telling import ending_well, print_lines, say

if TYPE_CHECKING:
    from dateline.analyse.backtest import TrackRecord
    from dateline.analyse.forecast import Forecasts
    from dateline.analyse.tables import Table
    from dateline.analyse.weekly import Weekly

_TABLE = "The table: Parquet, CSV, TSV or JSON Lines with a row an event: date, source, target and cameo."
_FROM = "The first week to forecast, by any of its days."
_TO = "The last week to forecast, by any of its days."
_TOP = "Forecast so many directed pairs: those with most events before --from."
_HORIZONS = "How many weeks ahead each forecast is made, separated by commas."
_OUT = "The file to write: .parquet, .csv or .jsonl."
_SOURCE = "The actor that acts: with --target, forecasts of this pair's next weeks are printed."
_TARGET = "The actor that is acted upon."
_WEEKS = "How many weeks after the table's last whole one to forecast."
_BACKTEST = "Show how such forecasts did in weeks that have passed, beside two simple rivals."
_JSON = "Print JSON instead of lines to read."
_PAST_WEEKS, _FARTHEST = 26, 26
#: The columns of a file of forecasts.
COLUMNS = ["source", "target", "quad", "week", "horizon", *(f"q{level:02d}" for level in range(5, 100, 10))]


def forecast(
    table: Annotated[Path, typer.Option("--table", metavar="FILE", help=_TABLE)],
    first: Annotated[str | None, typer.Option("--from", metavar="DAY", help=_FROM)] = None,
    last: Annotated[str | None, typer.Option("--to", metavar="DAY", help=_TO)] = None,
    top: Annotated[int, typer.Option("--top", min=1, metavar="N", help=_TOP)] = 300,
    horizons: Annotated[str, typer.Option("--horizons", metavar="N,N", help=_HORIZONS)] = "1,4",
    out: Annotated[Path | None, typer.Option("--out", "-o", metavar="FILE", help=_OUT)] = None,
    source: Annotated[str | None, typer.Option("--source", metavar="ACTOR", help=_SOURCE)] = None,
    target: Annotated[str | None, typer.Option("--target", metavar="ACTOR", help=_TARGET)] = None,
    weeks: Annotated[int, typer.Option("--weeks", min=1, max=26, metavar="N", help=_WEEKS)] = 4,
    backtest: Annotated[bool, typer.Option("--backtest", help=_BACKTEST)] = False,
    json: Annotated[bool, typer.Option("--json", help=_JSON)] = False,
) -> None:
    """Forecast weekly counts of events by directed pair and quad class, as quantiles.

    With --from and --to every week between is forecast from the weeks before it, as if it were not known yet. With
    --source and --target the weeks after the table's last are forecast.
    """
    with ending_well():
        asked = _asked(first, last, source, target, horizons)
        from dateline.analyse.tables import load

        read = load(table, every_row=True)
        for note in read.notes:
            say(f"{table}: {note}")
        if asked.pair is None:
            _of_weeks(read, asked, top, out, backtest, json)
        else:
            _of_pair(read, asked.pair, top, weeks, backtest, json, out)


@dataclass(frozen=True)
class Asked:
    """What was asked: the days of the first and last week, or a pair's next weeks."""

    first: date | None
    last: date | None
    pair: tuple[str, str] | None
    horizons: tuple[int, ...]


def _asked(first: str | None, last: str | None, source: str | None, target: str | None, horizons: str) -> Asked:
    if (source is None) != (target is None):
        raise typer.BadParameter("give --source and --target together")
    if source is not None and target is not None:
        if first is not None or last is not None:
            raise typer.BadParameter("--source and --target ask for the next weeks: leave --from and --to away")
        return Asked(None, None, (source, target), ())
    if first is None or last is None:
        raise typer.BadParameter("give --from and --to, or --source and --target")
    days = _day(first), _day(last)
    if days[1] < days[0]:
        raise typer.BadParameter(f"--to {last} lies before --from {first}")
    return Asked(*days, None, _numbers(horizons))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no day; write it as 2024-11-08") from None


def _numbers(text: str) -> tuple[int, ...]:
    parts = [part.strip() for part in text.split(",")]
    if not all(part.isdecimal() and 1 <= int(part) <= _FARTHEST for part in parts):
        raise typer.BadParameter(f"{text!r} are no horizons; write weeks from 1 to {_FARTHEST}, such as 1,4")
    return tuple(dict.fromkeys(int(part) for part in parts))


# --- weeks of many pairs ---------------------------------------------------------------------------------------


def _of_weeks(read: Table, asked: Asked, top: int, out: Path | None, backtest: bool, json: bool) -> None:
    from dateline.analyse.backtest import track_records
    from dateline.analyse.forecast import WIDE, Known, forecast_weeks
    from dateline.analyse.weekly import weekly, whole_weeks

    assert asked.first is not None
    assert asked.last is not None
    check_ending(out)
    counted = weekly(read, asked.first, max(top, WIDE))
    known = Known.of(counted.until(whole_weeks(read)), top)
    first, last = counted.week_of(asked.first), counted.week_of(asked.last)
    made = forecast_weeks(known, first, last, asked.horizons)
    say(f"forecast {len(made.names)} pairs in {len(made.weeks)} weeks, sha256 {made.digest()}")
    if out is not None:
        write(made, out)
    elif not backtest:
        print_lines(json_module.dumps(row | {"week": row["week"].isoformat()}) for row in made.rows())
    if backtest:
        show_records(track_records(known.weekly, made), json)


def show_records(records: Sequence[TrackRecord], json: bool) -> None:
    """Print a track record, a line or an object a horizon."""
    if json:
        print_lines(json_module.dumps(asdict(record)) for record in records)
    elif records:
        print_lines(line for record in records for line in record_lines(record))
    else:
        say("none of these weeks is over yet: there is no track record")


def record_lines(record: TrackRecord) -> list[str]:
    """A horizon's track record as lines to read."""
    ahead = "1 week ahead" if record.horizon == 1 else f"{record.horizon} weeks ahead"
    head = f"{ahead}: CRPS {record.crps:.4f} over {record.forecasts:,} forecasts in {record.weeks} weeks"
    lines = [f"{head}; {100 * record.cover90:.1f} % of counts lay from q05 to q95"]
    for gain, score in zip(record.gains, record.rivals, strict=True):
        between = f"95 % interval {100 * gain.low:+.1f} to {100 * gain.high:+.1f}"
        lines.append(f"  against {gain.rival} ({score:.4f}): {100 * gain.share:+.1f} % ({between})")
    return lines


# --- a pair's next weeks ---------------------------------------------------------------------------------------


def _of_pair(
    read: Table, pair: tuple[str, str], top: int, weeks: int, backtest: bool, json: bool, out: Path | None
) -> None:
    from dateline.analyse.forecast import WIDE, Known, next_weeks
    from dateline.analyse.weekly import weekly, whole_weeks

    check_ending(out)
    check_actors(read, pair)
    over = whole_weeks(read)
    counted = weekly(read, read.start + timedelta(days=read.days + 7), max(top, WIDE), (pair,)).until(over)
    known = Known.of(counted, top)
    made = next_weeks(known, weeks).only(pair)
    say(f"sha256 {made.digest()}")
    if out is not None:
        write(made, out)
    elif json:
        print_lines(json_module.dumps(row | {"week": row["week"].isoformat()}) for row in made.rows())
    else:
        print_lines(pair_lines(made, counted))
    if backtest:
        _show_past(read, pair, top, over, _horizons(weeks), json)


def _show_past(read: Table, pair: tuple[str, str], top: int, over: int, horizons: tuple[int, ...], json: bool) -> None:
    """The track record of the last weeks, of the pairs that were busiest before them and of the pair itself."""
    from dateline.analyse.backtest import track_records
    from dateline.analyse.forecast import WIDE, Known, forecast_weeks
    from dateline.analyse.weekly import monday_of, weekly

    begin = max(over - _PAST_WEEKS, 1)
    then = monday_of(read.start) + timedelta(weeks=begin)
    counted = weekly(read, then, max(top, WIDE), (pair,)).until(over)
    known = Known.of(counted, top)
    past = forecast_weeks(known, begin, over - 1, horizons)
    say(f"track record of {known.top} pairs in the last {len(past.weeks)} weeks:")
    show_records(track_records(counted, past), json)
    say(f"of {pair[0]} towards {pair[1]} alone, which tells little:")
    show_records(track_records(counted, past, [0]), json)


def _horizons(weeks: int) -> tuple[int, ...]:
    return (1,) if weeks == 1 else (1, weeks)


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
        raise ForecastError("--source and --target are one actor")


def pair_lines(made: Forecasts, counted: Weekly) -> list[str]:
    """A pair's forecasts as a table to read: what is most likely, and between which counts nine in ten weeks lie."""
    from dateline.analyse.tables import QUADS

    ((source, target),) = made.names
    recent = counted.counts[counted.names.index(made.names[0])][:, -26:].mean(-1)
    lines = [f"{source} towards {target}: events a week, median (and q05 to q95)"]
    weeks = [f"{day:%Y-%m-%d}" for day in made.weeks]
    lines.append(" ".join([f"{'':22}", *(f"{week:>17}" for week in weeks), f"{'last 26 weeks':>14}"]))
    for quad, name in enumerate(QUADS):
        cells = []
        for at in range(len(made.weeks)):
            q = made.quantiles[at, at, 0, quad]
            cells.append(f"{(q[4] + q[5]) / 2:.3g} ({q[0]:.3g} to {q[-1]:.3g})")
        lines.append(" ".join([f"{name:22}", *(f"{cell:>17}" for cell in cells), f"{recent[quad]:>14.2f}"]))
    return lines


# --- files -----------------------------------------------------------------------------------------------------


def check_ending(out: Path | None) -> None:
    """Raises TableError for a file's name that does not say how to write it."""
    from dateline.errors import TableError

    if out is not None and out.suffix not in (".parquet", ".csv", ".jsonl"):
        raise TableError(str(out), "forecasts are written as .parquet, .csv or .jsonl")
    if out is not None and not out.parent.is_dir():
        raise TableError(str(out), "there is no such folder")


def write(made: Forecasts, out: Path) -> None:
    """Write forecasts, in the form that the ending of the file's name says."""
    if out.suffix == ".parquet":
        _write_parquet(made, out)
        return
    with out.open("w", encoding="utf-8", newline="") as file:
        rows = (row | {"week": row["week"].isoformat()} for row in made.rows())
        if out.suffix == ".jsonl":
            file.writelines(json_module.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        else:
            writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


def _write_parquet(made: Forecasts, out: Path) -> None:
    from dateline.errors import TableError

    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError:
        raise TableError(str(out), "pyarrow is not installed; pip install 'dateline[parquet]'") from None
    rows = list(made.rows())
    parquet.write_table(pa.table({name: [row[name] for row in rows] for name in COLUMNS}), out)
