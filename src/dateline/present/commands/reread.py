"""``dateline reread``: what was kept, read anew by this version of Dateline."""

from __future__ import annotations

import signal
import sys
from typing import Annotated

import typer

from dateline.present.commands.options import MODEL, Fast, Model, RecordFile, Workers
from dateline.present.commands.telling import (
    INTERRUPTED,
    TERMINATED,
    Watch,
    give_way,
    go_on_with,
    opened,
    progress_bar,
    say,
    teller,
)

_ALL = "Also what this version of Dateline has read already."


def reread(
    all: Annotated[bool, typer.Option("--all", help=_ALL)] = False,
    model: Model = MODEL,
    workers: Workers = 1,
    fast: Fast = False,
    record: RecordFile = None,
) -> None:
    """Read kept reports anew with this version of Dateline.

    From the bytes as they came in. Corrections hold; one whose words are no longer found is told as lost, and moved
    nowhere.
    """
    give_way()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(TERMINATED))
    with opened(record) as kept:
        progress = progress_bar("reading anew", None)
        tell = teller(progress)
        try:
            with progress:
                done = kept.reread(everything=all, model=model, workers=workers, fast=fast, notice=tell,
                                   progress=Watch(progress, None))  # fmt: skip
        except KeyboardInterrupt:
            say("stopped after the batch under way; go on with")
            say(f"  {go_on_with()}")
            raise typer.Exit(INTERRUPTED) from None
        say(f"read {done.read} anew: changed {done.changed}, the same {done.same}, failed {done.failed}")
        if done.lost:
            say(f"{done.lost} corrections have lost their words: see `dateline correct list`")
        elif not done.read:
            say("all was read by this version of Dateline; --all reads it anew all the same")
