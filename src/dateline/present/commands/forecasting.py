"""What both ways of ``dateline forecast``, of tables and of the record, print, draw and write."""

from __future__ import annotations

import csv
import json as json_module
from collections.abc import Iterator, Sequence, Set
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from dateline.present.commands.telling import print_lines, say

if TYPE_CHECKING:
    from dateline.analyse.backtest import TrackRecord
    from dateline.analyse.forecast import Forecasts
    from dateline.analyse.weekly import Weekly

#: The columns of a file of forecasts.
COLUMNS = ["source", "target", "quad", "week", "horizon", *(f"q{level:02d}" for level in range(5, 100, 10))]


# --- lines -----------------------------------------------------------------------------------------------------


def pair_lines(names: tuple[str, str], made: Forecasts, counted: Weekly) -> Iterator[str]:
    """A pair's forecasts, a line a week: the median of each quad class, and between which counts nine in ten weeks lie.
    """
    yield f"{names[0]} towards {names[1]}: events a week, median (and q05 to q95)"
    yield f"{'week':<14}{'verbal':<17}{'material':<17}{'verbal':<16}material"
    yield f"{'':14}{'cooperation':<17}{'cooperation':<17}{'conflict':<16}conflict"
    for at, week in enumerate(made.weeks):
        q = made.quantiles[at, at, 0]
        cells = [f"{_short((row[4] + row[5]) / 2)} ({_short(row[0])} to {_short(row[-1])})" for row in q]
        yield _columns(f"{week:%Y-%m-%d}", cells)
    counts = counted.counts[counted.names.index(made.names[0])]
    for name, last in (("last 26 weeks", 26), ("all weeks", counted.weeks)):
        yield _columns(name, [f"{mean:.2f} a week" for mean in counts[:, -last:].mean(-1)])


def _columns(head: str, cells: Sequence[str]) -> str:
    return f"{head:<13} {cells[0]:<16} {cells[1]:<16} {cells[2]:<15} {cells[3]}"


def _short(count: float) -> str:
    return f"{count:.1f}".removesuffix(".0")


def show_records(records: Sequence[TrackRecord], json: bool) -> None:
    """Print a track record, some lines or an object a horizon."""
    if json:
        print_lines(json_module.dumps(asdict(record)) for record in records)
    elif records:
        print_lines(line for record in records for line in record_lines(record))
    else:
        say("none of these weeks is over yet: there is no track record")


def record_lines(record: TrackRecord) -> list[str]:
    """A horizon's track record as lines to read: the score, what it gains on either rival, and what was covered."""
    ahead = "1 week ahead" if record.horizon == 1 else f"{record.horizon} weeks ahead"
    lines = [f"{ahead}, over {record.forecasts:,} forecasts in {record.weeks} weeks",
             f"  {'':15}{'CRPS':>8}  {'gain (95 % interval)':<28}from q05 to q95",
             f"  {'this forecast':<15}{record.crps:>8.4f}  {'':28}{100 * record.cover90:.1f} % of counts"]  # fmt: skip
    each = zip(record.gains, record.rivals, record.rivals_cover90, strict=True)
    for gain, score, held in each:
        gained = f"{100 * gain.share:+.1f} % ({100 * gain.low:+.1f} to {100 * gain.high:+.1f})"
        lines.append(f"  {gain.rival:<15}{score:>8.4f}  {gained:<28}{100 * held:.1f} %")
    return lines


# --- pictures --------------------------------------------------------------------------------------------------


def check_picture(plot: Path | None) -> None:
    """Raises PictureError for a name that does not say what to draw, before anything is reckoned."""
    from dateline.present.pictures import PictureError

    if plot is not None and plot.suffix.lower() not in (".svg", ".png"):
        raise PictureError(str(plot), "a picture's name ends in .svg or .png")


def draw_fans(
    plot: Path,
    names: tuple[str, str],
    made: Forecasts,
    counted: Weekly,
    past: Forecasts | None,
    read: Set[date] | None = None,
) -> None:
    """Write the four fans of a pair, with the track record of ``past``, forecasts made one week ahead."""
    from dateline.present.pictures.stack import save_stack
    from dateline.relate.fans import fans

    title = f"What the next weeks will bring: {names[0]} towards {names[1]}"
    save_stack(fans(names, made, counted, past, read), title, plot)
    say(f"the fans of {names[0]} towards {names[1]} are in {plot}")


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
