"""The ``dateline`` command: puts the commands together. Heavy parts are imported only when a command needs them."""

from __future__ import annotations

from typing import Annotated

import typer

from dateline import __version__
from dateline.present.commands.add import add
from dateline.present.commands.backup import backup
from dateline.present.commands.change import change
from dateline.present.commands.claims import claims
from dateline.present.commands.correct import correct
from dateline.present.commands.export import export
from dateline.present.commands.forecast import forecast
from dateline.present.commands.forecasts import forecasts
from dateline.present.commands.partners import partners
from dateline.present.commands.read import read, schema
from dateline.present.commands.relation import relation
from dateline.present.commands.reread import reread
from dateline.present.commands.search import search
from dateline.present.commands.serve import serve
from dateline.present.commands.show import actor, report
from dateline.present.commands.status import status
from dateline.present.commands.turns import changes
from dateline.present.commands.user import user

app = typer.Typer(
    help="Reads news reports and keeps a record of who said and did what to whom, each with the words it came from.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"dateline {__version__}")
        raise typer.Exit


_VERSION = "Show the version."


@app.callback()
def _main(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help=_VERSION)] = False,
) -> None:
    pass


#: In the order of ``dateline --help``.
_COMMANDS = (
    *(read, add, search, report, actor, relation, partners, changes, claims, status, export, serve),
    *(change, forecast, forecasts, correct, reread, backup, user, schema),
)
for _command in _COMMANDS:
    app.command()(_command)


def main() -> None:
    """The entry point of the ``dateline`` command."""
    app()
