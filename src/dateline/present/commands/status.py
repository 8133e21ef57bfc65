"""``dateline status``: what is in the record, and what is not."""

from __future__ import annotations

import json as json_module
from typing import Annotated

import typer

from dateline.present.commands.options import AsJson, RecordFile
from dateline.present.commands.telling import NOTHING_READ, has_colour, open_output, opened, print_lines, say

_CHECK = "Look through the whole file for damage as well; exit status 1 if there is any."


def status(
    json: AsJson = False,
    check: Annotated[bool, typer.Option("--check", help=_CHECK)] = False,
    record: RecordFile = None,
) -> None:
    """Tell what is in the record, and what is missing.

    Reports, stories, statements and events, by source and day; languages not read, days without reports, dates
    that are not reliable, what was skipped and why, corrections, and the file.
    """
    with opened(record) as kept:
        wrong = kept.check() if check else []
        told = kept.status()
        if json:
            print_lines([json_module.dumps({**told, **({"wrong": wrong} if check else {})}, ensure_ascii=False)])
        else:
            from dateline.present.overview import render_status
            from dateline.present.terminal import as_text, terminal_width

            output = open_output(None, [])
            output.write(as_text(render_status(told), terminal_width(), has_colour(output)))
        for line in wrong:
            say(f"wrong: {line}")
        if check and not wrong:
            say("the file is sound")
    if wrong:
        raise typer.Exit(NOTHING_READ)
