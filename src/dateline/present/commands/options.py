"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dateline.model import DEFAULT_MODEL

MODEL = DEFAULT_MODEL
_PATHS = (
    "Files, folders, web addresses, or - for standard input: text, pages, JSON Lines, feeds, WARC, e-mail, ninjs, "
    "GDELT and ICEWS tables, each also .gz."
)
_PUBLISHED = "Day of publication for reports that do not tell theirs, such as 2024-11-08."
_WORKERS = "Processes that read side by side; the output is the same."
_FAST = "Leave the learned readers out: quicker, finds fewer statements."
_PRIVATE = "Fetch from private and loopback addresses as well."
_RECORD = "The file of the record; else dateline.db in this folder."

Paths = Annotated[list[str], typer.Argument(metavar="PATH...", help=_PATHS)]
Published = Annotated[str | None, typer.Option("--published", metavar="DATE", help=_PUBLISHED)]
Model = Annotated[str, typer.Option("--model", metavar="NAME", help="Any installed spaCy pipeline.")]
Workers = Annotated[int, typer.Option("--workers", min=1, max=256, help=_WORKERS)]
Fast = Annotated[bool, typer.Option("--fast", help=_FAST)]
AllowPrivate = Annotated[bool, typer.Option("--allow-private", help=_PRIVATE)]
RecordFile = Annotated[
    Path | None,
    typer.Option("--record", metavar="FILE", envvar="DATELINE_RECORD", help=_RECORD),
]
Saved = Annotated[str | None, typer.Option("--saved", metavar="NAME", help="Start from the filters saved as NAME.")]
AsJson = Annotated[bool, typer.Option("--json", help="As JSON, for programs.")]
