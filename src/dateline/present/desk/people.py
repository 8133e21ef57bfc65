"""Who is there: a file of users with argon2 hashes, a token for programs, signed sessions, and CSRF tokens."""

from __future__ import annotations

import hmac
import os
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from secrets import token_bytes
from time import time as now

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from itsdangerous import BadSignature, URLSafeSerializer

from dateline.errors import DeskError
from dateline.present.desk.settings import Settings

#: A session ends so many seconds after signing in.
LASTS = 12 * 3600
SHORTEST_PASSWORD = 10
_HASHER = PasswordHasher()
_DIGEST = 32


@dataclass(frozen=True)
class Person:
    """Who asks: ``name`` stands beside each correction; ``session`` is what CSRF tokens are bound to."""

    name: str
    session: str


def read_users(path: Path) -> dict[str, str]:
    """Names and hashes of a users file, ``name:$argon2id$…`` a line. Raises ``DeskError`` for a line that is none."""
    users: dict[str, str] = {}
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not UTF-8"
        raise DeskError(f"{path}: {reason}; make it with dateline user NAME --file {path}") from None
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        name, colon, hashed = line.strip().partition(":")
        if not (colon and name.strip() and hashed.startswith("$argon2")):
            raise DeskError(f"{path}, line {number}: not name:hash; make it with dateline user NAME --file {path}")
        users[name.strip()] = hashed
    return users


def write_users(path: Path, users: dict[str, str]) -> None:
    """Write a users file whole, for nobody else to read; raises ``DeskError`` where that cannot be done."""
    fresh = path.with_name(path.name + ".new")
    head = "# Who may sign in to the desk: name:argon2 hash. Made by dateline user."
    lines = [head, *(f"{name}:{hashed}" for name, hashed in users.items())]
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
        fresh.replace(path)
    except OSError as error:
        raise DeskError(f"{path}: {error.strerror}; nothing was changed") from None


def hash_of(password: str) -> str:
    """The argon2id hash of a password, with the library's parameters (RFC 9106, second recommended option)."""
    return _HASHER.hash(password)


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))


class People:
    """Checks passwords, tokens and sessions."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.users = read_users(settings.users) if settings.users else {}
        if settings.users and not self.users:
            raise DeskError(f"{settings.users}: no users; make one with dateline user NAME --file {settings.users}")
        self._signer = URLSafeSerializer(settings.secret, salt="session")

    def signed_in(self, name: str, password: str) -> bool:
        """Whether this is the password of a user; as slow for a name that nobody has."""
        hashed = self.users.get(name)
        try:
            return _HASHER.verify(hashed or _nobody(), password) and hashed is not None
        except (VerificationError, InvalidHashError):
            return False

    def holds_token(self, given: str) -> bool:
        token = self.settings.token
        return token is not None and hmac.compare_digest(given.encode(), token.encode())

    def session(self, name: str, nonce: str) -> str:
        """A signed session of a user, that ends by itself, or with the user's password."""
        return str(self._signer.dumps([name, int(now()), nonce, self._mark(name)]))

    def person_of(self, cookie: str | None) -> Person | None:
        """Who a session belongs to; ``None`` for one that is forged, over, or of a user that is gone."""
        if not cookie:
            return None
        try:
            name, begun, nonce, mark = self._signer.loads(cookie)
        except (BadSignature, ValueError, TypeError):
            return None
        if not isinstance(begun, int) or not 0 <= now() - begun < LASTS or mark != self._mark(str(name)):
            return None
        return Person(str(name), str(nonce))

    def csrf(self, person: Person) -> str:
        """The token that forms of this session carry: another each time, so that compressed pages do not give it away.

        (The attack is called BREACH: Gluck, Harris and Prado, Black Hat 2013.)
        """
        mask, real = token_bytes(_DIGEST), self._csrf(person)
        return (mask + _xor(mask, real)).hex()

    def csrf_fits(self, person: Person, given: str) -> bool:
        """Whether a token is one of this session."""
        try:
            raw = bytes.fromhex(given)
        except ValueError:
            return False
        return len(raw) == 2 * _DIGEST and hmac.compare_digest(_xor(raw[:_DIGEST], raw[_DIGEST:]), self._csrf(person))

    def feed_key(self, name: str) -> str:
        """What a person's feeds carry in their address: feed readers cannot sign in. It changes with the password."""
        known = self.users.get(name) or self.settings.token or ""
        return hmac.new(known.encode(), f"feed:{name}".encode(), sha256).hexdigest()[:32]

    def holds_feed_key(self, name: str, key: str) -> bool:
        """Whether this is the feed key of somebody who may sign in."""
        there = name in self.users or self.settings.token is not None
        return hmac.compare_digest(self.feed_key(name).encode(), key.encode()) and there

    def _csrf(self, person: Person) -> bytes:
        return hmac.new(self.settings.secret.encode(), f"csrf:{person.session}".encode(), sha256).digest()

    def _mark(self, name: str) -> str:
        """Changes with the user's password, and is none of somebody who is no user any more."""
        known = self.users.get(name, "") if self.users else "open"
        return sha256(f"{known}:{self.settings.token or ''}".encode()).hexdigest()[:12]


_NOBODY: list[str] = []


def _nobody() -> str:
    if not _NOBODY:
        _NOBODY.append(hash_of("nobody has this password"))
    return _NOBODY[0]
