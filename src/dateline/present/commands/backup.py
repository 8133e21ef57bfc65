"""``dateline backup``: the record as it is now, in a file of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dateline.present.commands.options import RecordFile
from dateline.present.commands.telling import opened, say


def backup(
    file: Annotated[Path, typer.Argument(help="The file to write; it must not be there yet.")],
    record: RecordFile = None,
) -> None:
    """Copy the record into a file of its own, while others read it or add to it.

    The copy is whole and needs no other file beside it; it is a record like the first, opened with --record.
    """
    with opened(record) as kept:
        kept.backup(file)
    say(f"{file} holds the record as it is now")
