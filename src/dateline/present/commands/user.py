"""``dateline user``: who may sign in to the desk."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dateline.present.commands.telling import ending_well, say

_NAME = "Under what name to sign in; it stands beside each correction."
_FILE = "The file of users to add to; it is made where it is not there."
_REMOVE = "Take the user out of the file instead."


def user(
    name: Annotated[str, typer.Argument(metavar="NAME", help=_NAME)],
    file: Annotated[Path, typer.Option("--file", metavar="FILE", help=_FILE)],
    remove: Annotated[bool, typer.Option("--remove", help=_REMOVE)] = False,
) -> None:
    """Let somebody sign in to the desk: asks for a password and keeps its argon2 hash.

    A user who is there gets a new password. The desk reads the file when it is opened.
    """
    with ending_well():
        from dateline.errors import DeskError
        from dateline.present.desk.people import SHORTEST_PASSWORD, hash_of, read_users, write_users

        if not name.strip() or ":" in name or not name.isprintable() or name.startswith("#"):
            raise DeskError(f"{name!r} is no name: no colon, no # at its front, and not empty")
        known = read_users(file) if file.exists() else {}
        if remove:
            if known.pop(name, None) is None:
                raise DeskError(f"{file}: no user called {name!r}; there are " + ", ".join(sorted(known)))
            write_users(file, known)
            say(f"{name} is out of {file}")
            return
        password = typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
        if len(password) < SHORTEST_PASSWORD:
            raise DeskError(f"a password has at least {SHORTEST_PASSWORD} characters")
        write_users(file, {**known, name: hash_of(password)})
        say(f"{name} may sign in with {file}: dateline serve --users {file}")
