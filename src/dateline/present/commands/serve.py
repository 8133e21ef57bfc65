"""``dateline serve``: the record as pages in a browser and as an API."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.present.commands.options import RecordFile
from dateline.present.commands.telling import TERMINATED, ending_well, say

if TYPE_CHECKING:
    from dateline.present.desk.settings import Settings

_HOST = "The address to listen on. Another one than this machine's own needs --users or a token."
_USERS = "Who may sign in: a file made with `dateline user`."
_NAME = "A further name under which the desk is reached, such as desk.example.org; may be given several times."
_SECURE = "Browsers reach the desk over HTTPS: cookies are sent over nothing else."
_AUDIT = "Write each change to this file as a line of JSON: when, who, what, how it ended."
_READ_ONLY = "Nobody may add, correct or keep anything."
_PORT = "The port to listen on; 0 takes a free one."
_WORKERS = "How many processes answer; as many as there are processors, up to four, unless told."
_FAST = "Read new reports with the patterns alone, as `dateline add --fast` does."
#: where the secrets are told, so that no other user of the machine sees them in the list of processes
TOKEN, SECRET = "DATELINE_TOKEN", "DATELINE_SECRET"


def serve(
    host: Annotated[str, typer.Option("--host", metavar="ADDRESS", help=_HOST)] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help=_PORT)] = 8300,
    users: Annotated[Path | None, typer.Option("--users", metavar="FILE", help=_USERS)] = None,
    name: Annotated[list[str] | None, typer.Option("--name", metavar="NAME", help=_NAME)] = None,
    secure: Annotated[bool, typer.Option("--https", help=_SECURE)] = False,
    read_only: Annotated[bool, typer.Option("--read-only", help=_READ_ONLY)] = False,
    audit: Annotated[Path | None, typer.Option("--audit", metavar="FILE", help=_AUDIT)] = None,
    workers: Annotated[int | None, typer.Option("--workers", min=1, max=64, help=_WORKERS)] = None,
    fast: Annotated[bool, typer.Option("--fast", help=_FAST)] = False,
    record: RecordFile = None,
) -> None:
    """Serve the record as pages in a browser, and as an API under /api/v1.

    The desk answers programs of this machine alone, unless --host says otherwise: then everybody has to sign in, with a
    name of --users, or with the token in the environment variable DATELINE_TOKEN. Stop it with Ctrl-C.
    """
    with ending_well():
        from dateline.errors import DeskError
        from dateline.keep import record_path
        from dateline.present.desk.settings import Settings, is_loopback

        token = os.environ.get(TOKEN) or None
        if not is_loopback(host) and users is None and token is None:
            raise DeskError(f"--host {host} would let everybody in: give --users FILE, or set {TOKEN}")
        settings = Settings(record_path(record), host, port, users, token, tuple(name or ()), fast=fast,
                            read_only=read_only, secure_cookies=secure, audit=audit, apart=True)  # fmt: skip
        if secret := os.environ.get(SECRET):
            settings = replace(settings, secret=secret)
        _run(settings, workers)


def _run(settings: Settings, number: int | None) -> None:
    import signal
    import socket
    import sys

    import uvicorn

    from dateline.present.desk.state import Desk
    from dateline.present.desk.workers import config_of, fitting, hasten, serve_with

    Desk(settings).close()  # what is wrong with the record or the users is told before anything is begun
    listening = uvicorn.Config("", settings.host, settings.port, log_level="warning").bind_socket()
    # an answer goes out in two writes: else the second waits for the first to be acknowledged, 40 ms
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    listening.listen(128)  # who follows the address that is told now waits a moment, and is not refused
    port = listening.getsockname()[1]
    shown = f"[{settings.host}]" if ":" in settings.host else settings.host
    say(f"the desk of {settings.record} is open at http://{shown}:{port}/ (Ctrl-C closes it)")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(TERMINATED))  # as an exception, so that all else is ended too
    number = number or fitting()
    if number > 1:
        serve_with(settings, listening, number)
        return
    config = config_of(settings)
    hasten()
    uvicorn.Server(config).run(sockets=[listening])
