"""How the desk is served: which record, to whom, within which limits."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path

from dateline.model import DEFAULT_MODEL

LOOPBACK = "127.0.0.1"
PORT = 8300
MB = 1024 * 1024


def is_loopback(host: str) -> bool:
    """Whether only programs of this machine reach a host.

    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("0.0.0.0")
    (True, True, False)
    """
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True)
class Settings:
    """What ``create_app`` needs to know.

    ``users`` is a file of names and argon2 hashes, ``token`` a secret that programs and people may give instead;
    without both everybody is let in, which only a loopback ``host`` allows. ``names`` are further names under which
    the desk is reached. ``secret`` signs sessions: one made at start ends them all when the desk stops. ``largest``
    is the most bytes a request may have, ``longest_page`` the most rows one page shows. With ``apart`` long answers
    are worked out by a process of their own.
    """

    record: Path
    host: str = LOOPBACK
    port: int = PORT
    users: Path | None = None
    token: str | None = None
    names: tuple[str, ...] = ()
    secret: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    model: str = DEFAULT_MODEL
    fast: bool = False
    read_only: bool = False
    largest: int = 20 * MB
    longest_page: int = 200
    secure_cookies: bool = False
    audit: Path | None = None
    apart: bool = False

    @property
    def open(self) -> bool:
        """Whether nobody has to sign in."""
        return self.users is None and self.token is None
