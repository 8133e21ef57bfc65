"""How well weekly counts are forecast, window by window: CRPS beside two rivals, coverage, and time.

    python evaluation/forecasts.py --shared ../shared [--table icews_2012_2015] [--from 2014-12-29 --to 2015-06-22]

Without --from the windows are shown on which the method was chosen, all of them earlier than the one that counts.
"""

from __future__ import annotations

import argparse
import time
from datetime import date
from pathlib import Path

from dateline.analyse.backtest import track_records
from dateline.analyse.forecast import WIDE, Known, forecast_weeks
from dateline.analyse.tables import Table, load
from dateline.analyse.weekly import weekly, whole_weeks
from dateline.present.commands.forecasting import record_lines

#: (table, first week, last week): what was looked at while choosing.
CHOSEN_ON = (
    ("icews_2012_2015", "2013-07-01", "2013-12-23"),
    ("icews_2012_2015", "2013-12-30", "2014-06-23"),
    ("icews_2012_2015", "2014-06-30", "2014-12-22"),
    ("icews14", "2014-08-04", "2014-12-22"),
    ("icews18", "2018-07-30", "2018-10-22"),
)


def window(table: Table, first: str, last: str, top: int = 300) -> None:
    """Print the track record of one window."""
    began = time.perf_counter()
    counted = weekly(table, date.fromisoformat(first), max(top, WIDE))
    known = Known.of(counted.until(whole_weeks(table)), top)
    weeks = [counted.week_of(date.fromisoformat(day)) for day in (first, last)]
    made = forecast_weeks(known, weeks[0], weeks[1], (1, 4))
    print(f"{table.name}, {first} to {last}: {len(made.names)} pairs, {time.perf_counter() - began:.0f} s")
    for record in track_records(known.weekly, made):
        print("\n".join(f"  {line}" for line in record_lines(record)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--table", default="icews_2012_2015")
    parser.add_argument("--from", dest="first")
    parser.add_argument("--to", dest="last")
    asked = parser.parse_args()
    windows = ((asked.table, asked.first, asked.last),) if asked.first else CHOSEN_ON
    for name, first, last in windows:
        window(load(asked.shared / "gold" / "relations" / f"{name}.parquet", every_row=True), first, last)


if __name__ == "__main__":
    main()
