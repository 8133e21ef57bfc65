"""``dateline claims``: what several sources take a position on, and which."""

from __future__ import annotations

import json as json_module
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.present.commands.options import AsJson, RecordFile
from dateline.present.commands.telling import opened, print_lines, say

if TYPE_CHECKING:
    from dateline.analyse.claims import ClaimGroup, Position

_WORDS = "Words that a wording of the claim holds, or the key of one; all claims if none."
_CONTESTED = "Only claims that one source is for and another against."
_LIMIT = "How many claims to show."
_PLOT = "Draw the first claim shown: who took which position, and when. By the name's end .svg or .png."


def claims(
    words: Annotated[str | None, typer.Argument(metavar="[WORDS]", help=_WORDS, show_default=False)] = None,
    contested: Annotated[bool, typer.Option("--contested", help=_CONTESTED)] = False,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help=_LIMIT)] = 20,
    plot: Annotated[Path | None, typer.Option("--plot", metavar="FILE", help=_PLOT)] = None,
    json: AsJson = False,
    record: RecordFile = None,
) -> None:
    """Show claims across reports: who asserted, denied, doubted, demanded or predicted the same thing, and when.

    Those with most sources come first. Statements that a story's copies share count once. Nothing here says whether
    a claim is true.
    """
    with opened(record) as kept:
        from dateline.relate.claims import claims as claims_of
        from dateline.relate.claims import lanes

        found = claims_of(kept, words, contested)
        if json:
            from dateline.present.rows import as_row

            print_lines(json_module.dumps(as_row(claim), ensure_ascii=False) for claim in found[:limit])
        else:
            print_lines(line for claim in found[:limit] for line in _told(claim))
        if plot is not None and found:
            from dateline.present.pictures import save

            save(lanes(found[0]), plot)
            say(f"the first claim is in {plot}")
        shown = f", the first {limit} shown; see more with --limit" if len(found) > limit else ""
        say(f"{len(found)} claims found{shown}")


def _told(claim: ClaimGroup) -> Iterator[str]:
    mark = "  (contested)" if claim.contested else ""
    yield f"{claim.key}  {' '.join(claim.text.split())}{mark}"
    yield from (f"  {_position(position)}" for position in claim.positions)
    yield ""


def _position(position: Position) -> str:
    who = position.speaker.name if position.speaker else "no source told"
    hedged = ", hedged" if position.hedged else ""
    words = " ".join(position.words.split())
    return f"{position.day or 'day unknown'}  {who} {position.position}{hedged}: {words}  ({position.told})"
