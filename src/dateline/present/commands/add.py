"""``dateline add``: reports in, kept in the record."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

import typer

from dateline.present.commands.options import MODEL, AllowPrivate, Fast, Model, Paths, Published, RecordFile, Workers
from dateline.present.commands.telling import (
    INTERRUPTED,
    NOTHING_READ,
    TERMINATED,
    USAGE_ERROR,
    Tally,
    Watch,
    day_of_publication,
    estimate,
    exit_status,
    give_way,
    go_on_with,
    opened,
    progress_bar,
    say,
    teller,
)

if TYPE_CHECKING:
    from dateline.keep import Record
    from dateline.load import Fetcher
    from dateline.record.entries import Progressed


def add(
    paths: Paths,
    record: RecordFile = None,
    published: Published = None,
    model: Model = MODEL,
    workers: Workers = 1,
    fast: Fast = False,
    allow_private: AllowPrivate = False,
) -> None:
    """Read reports and keep them in the record. What is known already stays as it is.

    Ends with what was new, what was a new version of a known report, what was known, and what was skipped and why.
    Ctrl-C stops after the batch under way; the same command goes on from there. Exit status 0 if anything was
    kept or known, 1 if nothing was, 2 for wrong usage.
    """
    from dateline.errors import MissingInput
    from dateline.load import Fetcher, check_paths

    give_way()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(TERMINATED))  # as an exception, so that workers are ended too
    fetcher = Fetcher(allow_private=allow_private)
    day = day_of_publication(published)
    try:
        check_paths(paths, fetcher)  # before a record is made
    except MissingInput as error:
        say(f"dateline: {error}")
        raise typer.Exit(USAGE_ERROR) from None
    with opened(record, create=True) as kept:
        code = _add(kept, paths, day, model, workers, fast, fetcher)
        if code != USAGE_ERROR:
            _tell_record(kept, str(kept.path))
    if code:
        raise typer.Exit(code)


def _add(
    kept: Record, paths: list[str], day: date | None, model: str, workers: int, fast: bool, fetcher: Fetcher
) -> int:
    """Adds, shows how far it is, and tells how it ended; the exit status."""
    from dateline.errors import DatelineError, ModelError

    total = estimate(paths)
    progress = progress_bar("adding", total)
    tell = teller(progress)
    watch = Watch(progress, total)
    stdin = sys.stdin.buffer if sys.stdin is not None else None
    code = 0
    try:
        with progress:
            kept.add(paths, stdin=stdin, published=day, model=model, workers=workers, fast=fast, notice=tell,
                     progress=watch, fetcher=fetcher)  # fmt: skip
    except KeyboardInterrupt:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second one would only break the tidying up
        say("stopped after the batch under way; what is counted here is kept. Go on with")
        say(f"  {go_on_with()}")
        code = INTERRUPTED
    except ModelError as error:
        say(f"dateline: {error}")
        return USAGE_ERROR
    except DatelineError as error:  # a full disk, a lost worker: what was kept before is told all the same
        say(f"dateline: stopped: {error}")
        code = exit_status(error)
    for line in _summary(watch.last, stopped=bool(code)):
        say(line)
    return code or (0 if watch.last and watch.last.new + watch.last.versions + watch.last.same else NOTHING_READ)


def _summary(done: Progressed | None, stopped: bool) -> Iterator[str]:
    """Read, used, skipped with the reasons; new, new versions, known already."""
    if done is None:
        return
    tally = Tally(done.done if stopped else done.read)
    for reason, count in done.reasons:
        tally.skip(reason, count)
    tally.used = tally.read - sum(tally.reasons.values())
    yield from tally.lines()
    yield f"new {done.new:,}, new versions {done.versions:,}, known already {done.same:,}"


def _tell_record(kept: Record, path: str) -> None:
    from dateline.present.words import count_words

    c = kept.store.counts()
    stories = "1 story" if c.stories == 1 else f"{c.stories:,} stories"
    say(f"{path} now holds {count_words(c.reports, 'report')} in {stories}: {count_words(c.statements, 'statement')}, "
        f"{count_words(c.events, 'event')}, {count_words(c.actors, 'actor')}")  # fmt: skip
