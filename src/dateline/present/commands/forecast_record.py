"""``dateline forecast`` of two actors of the record: told, drawn, written, frozen."""

from __future__ import annotations

import json as json_module
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dateline.present.commands.forecasting import (
    check_ending,
    check_picture,
    draw_fans,
    pair_lines,
    record_lines,
    write,
)
from dateline.present.commands.telling import print_lines, say

if TYPE_CHECKING:
    from dateline.analyse.backtest import TrackRecord
    from dateline.keep import Record
    from dateline.record.frozen import Frozen
    from dateline.relate.outlook import Outlook

_HOW = {
    "boosted": "boosted trees over all busy pairs of the record",
    "pooled": "pooled counts: too few events for trees to learn from",
}


@dataclass(frozen=True)
class Wanted:
    """What is wanted of a forecast: its weeks, and what to do with it."""

    weeks: int = 4
    start: date | None = None
    backtest: bool = False
    freeze: bool = False
    plot: Path | None = None
    out: Path | None = None
    json: bool = False


def tell_outlook(kept: Record, pair: tuple[str, str], wanted: Wanted) -> None:
    """Forecast what the first of a pair will do to the second."""
    from dateline.analyse.backtest import track_records
    from dateline.relate.outlook import outlook, past

    check_ending(wanted.out)
    check_picture(wanted.plot)
    found = outlook(kept, *pair, wanted.weeks, wanted.start)
    horizons = (1,) if wanted.weeks == 1 or not wanted.backtest else (1, wanted.weeks)
    passed = past(found, horizons) if wanted.backtest or wanted.plot is not None else None
    track = track_records(found.weekly, passed) if passed and wanted.backtest else ()
    say(f"sha256 {found.made.digest()}")
    frozen = _freeze(kept, found) if wanted.freeze else None
    if wanted.plot is not None:
        read = found.read
        draw_fans(wanted.plot, pair, found.made, found.weekly, passed.at_horizon(1) if passed else None, read)
    if wanted.out is not None:
        write(found.made, wanted.out)
    if wanted.json:
        print_lines([json_module.dumps(outlook_json(found, track, frozen), ensure_ascii=False)])
    elif wanted.out is None:
        print_lines(_told(found, pair))
    if wanted.backtest and not wanted.json:
        print_lines(_track(track))


def _told(found: Outlook, pair: tuple[str, str]) -> Iterator[str]:
    yield from pair_lines(pair, found.made, found.weekly)
    events = f"{found.events:,} event" + ("" if found.events == 1 else "s")
    yield f"From {events} in {found.weekly.weeks} weeks, {len(found.read)} of them with reports;"
    yield f"{_HOW[found.method]}."


def _track(track: tuple[TrackRecord, ...]) -> Iterator[str]:
    yield ""
    if not track:
        yield "Too few weeks for a track record."
    for record in track:
        yield from record_lines(record)


def _freeze(kept: Record, found: Outlook) -> Frozen:
    known = {frozen.sha256: frozen for frozen in kept.store.frozen(found.source, found.target)}
    made = kept.freeze(found.frozen)
    if made.sha256 in known:
        say(f"this forecast is frozen already, since {made.made[:10]}")
    else:
        say(f"frozen on {made.made[:10]}; `dateline forecasts {found.source} {found.target}` scores it")
    if made.in_hindsight:
        say("it is made in hindsight: the record holds reports of its weeks already")
    if not made.sound:
        say("what is kept of it was changed since: see `dateline forecasts`")
    return made


def outlook_json(found: Outlook, track: tuple[TrackRecord, ...], frozen: Frozen | None) -> dict[str, Any]:
    """A forecast as a JSON object."""
    made = {
        "source": found.source, "target": found.target, "from": found.start.isoformat(),
        "reported": found.reported.isoformat(), "method": found.method.value, "events": found.events,
        "weeks": found.weekly.weeks, "weeks_with_reports": len(found.read), "sha256": found.made.digest(),
        "data": found.data, "forecast": found.made.ordered(), "track": [asdict(record) for record in track],
    }  # fmt: skip
    return made | ({"frozen": frozen.made, "in_hindsight": frozen.in_hindsight} if frozen else {})
