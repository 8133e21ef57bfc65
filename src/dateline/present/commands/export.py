"""``dateline export``: what the filters let through, as a file for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from dateline.present.commands.filters import query_of, with_filters
from dateline.present.commands.options import RecordFile, Saved
from dateline.present.commands.search import saved_query
from dateline.present.commands.telling import open_output, opened, say
from dateline.present.exports import Format

_FORMAT = "What to write."
_OUT = "The file to write, or - for standard output; a datapackage.json with the codebook is laid beside a file."


@with_filters
def export(
    asked: dict[str, Any],
    format: Annotated[Format, typer.Option(help=_FORMAT)],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FILE", help=_OUT)],
    saved: Saved = None,
    record: RecordFile = None,
) -> None:
    """Write entries to a file that other programs read.

    The filters are those of `dateline search`, and give the same rows.
    """
    from dateline.keep import utc_now
    from dateline.present.exports import export as write
    from dateline.present.words import count_words

    with opened(record) as kept:
        query = query_of(asked, saved_query(kept, saved))
        target = open_output(None, []).buffer if str(out) == "-" else out
        written = write(kept.store, query, format, target, made=utc_now())
        for count, reason in written.left_out:
            say(f"left out {count:,}: {reason}")
        where = ", ".join(map(str, written.files)) or "standard output"
        say(f"{count_words(written.rows, 'row')} written to {where}")
