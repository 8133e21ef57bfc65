"""The ``dateline`` command: puts the commands together. Heavy parts are imported only when a command needs them."""

from __future__ import annotations

from typing import Annotated

import typer

from dateline import __version__
from dateline.present.commands.read import read, schema

app = typer.Typer(
    help="Reads news reports: who said and did what to whom, when and where, each with the words it came from.",
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


for _command in (read, schema):
    app.command()(_command)


def main() -> None:
    """The entry point of the ``dateline`` command."""
    app()
