"""A pair's forecast as fans, one for each quad class, with what was counted before and the track record."""

from __future__ import annotations

from collections.abc import Set
from datetime import date

from dateline.analyse.backtest import RIVALS, TrackRecord, track_records
from dateline.analyse.forecast import Forecasts
from dateline.analyse.quantiles import LEVELS
from dateline.analyse.tables import QUADS
from dateline.analyse.weekly import Weekly
from dateline.present.pictures import Fan, Seen, Step, Track, Unit

_OURS = "this forecast"


def fans(
    names: tuple[str, str],
    made: Forecasts,
    weekly: Weekly,
    past: Forecasts | None = None,
    read: Set[date] | None = None,
) -> tuple[Fan, ...]:
    """The fan of each quad class; ``made`` and ``past`` are of one pair, which is the first of ``weekly``.

    ``past`` are forecasts of weeks that have passed, made one week ahead, whose scores are the track record. Where
    ``read`` is given, weeks that are not in it are shown as not known.
    """
    return tuple(_fan(names, quad, made, weekly, past, read) for quad in range(len(QUADS)))


def _fan(
    names: tuple[str, str],
    quad: int,
    made: Forecasts,
    weekly: Weekly,
    past: Forecasts | None,
    read: Set[date] | None,
) -> Fan:
    days = [weekly.day_of(week) for week in range(weekly.weeks)]
    counts = weekly.counts[0, quad]
    seen = tuple(
        Seen(day, int(count) if read is None or day in read else None) for day, count in zip(days, counts, strict=True)
    )
    steps = tuple(Step(week, _levels(made, at, quad)) for at, week in enumerate(made.weeks))
    scored = track_records(weekly.of_class(quad), past.of_class(quad), [0]) if past else ()
    title = f"{names[0]} → {names[1]}: {QUADS[quad]}"
    notes = ["The track record is of forecasts made one week ahead."] if scored else []
    notes += ["Weeks without a report count as 0."] if read is not None and not set(days) <= read else []
    return Fan(*names, QUADS[quad], Unit.WEEK, seen, steps, _track(scored), "CRPS", title, " ".join(notes))


def _levels(made: Forecasts, at: int, quad: int) -> tuple[tuple[float, float], ...]:
    """The quantiles of a week, made at the horizon that it lies ahead, with the median between the two next to it."""
    found = made.quantiles[at, at, 0, quad].tolist()
    pairs = [(round(float(level), 2), q) for level, q in zip(LEVELS, found, strict=True)]
    middle = len(pairs) // 2
    return (*pairs[:middle], (0.5, (found[middle - 1] + found[middle]) / 2), *pairs[middle:])


def _track(scored: tuple[TrackRecord, ...]) -> tuple[Track, ...]:
    if not scored:
        return ()
    (record,) = scored
    rivals = zip(RIVALS, record.rivals, record.rivals_cover90, strict=True)
    return (Track(_OURS, record.crps, record.cover90, record.weeks, own=True),
            *(Track(name, score, held, record.weeks) for name, score, held in rivals))  # fmt: skip
