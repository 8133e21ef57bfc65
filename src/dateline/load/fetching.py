"""Web addresses -> bytes: bounded in time and size, and never from addresses of the inner network.

An address is resolved once and the connection goes to the very address that was checked, so that a name cannot point
elsewhere between check and use (DNS rebinding). Every redirect is checked anew.
"""

from __future__ import annotations

import re
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING, Protocol
from urllib.parse import quote, urljoin, urlsplit

from dateline.load.outcomes import Failure

if TYPE_CHECKING:
    from urllib3.connection import HTTPConnection

USER_AGENT = "Dateline (reads news reports for one person's own archive)"
SCHEMES = ("http", "https")
_MOST_REDIRECTS = 5
_MOST_ADDRESSES = 3
_LONGEST_URL = 8_000
_CHUNK = 1 << 16
_REDIRECTS = (301, 302, 303, 307, 308)
_SAFE = "/%:=&?~+!$,;'@()*[]-._"
#: A host that some resolvers read as an IPv4 address though it is not written as one: decimal, octal, hexadecimal.
_ODD_NUMBER = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)(?:\.(?:0x[0-9a-f]*|[0-9]+))*\.?", re.IGNORECASE)
#: Addresses that answer to a machine of a cloud with its secrets, though they lie in no private range.
_METADATA = frozenset((ip_address("168.63.129.16"), ip_address("169.254.169.254"), ip_address("fd00:ec2::254")))
#: Reserved by IANA's registries of special addresses, though some versions of Python take them for global.
_RESERVED = (ip_network("192.0.0.0/24"), ip_network("192.88.99.0/24"), ip_network("64:ff9b:1::/48"))
_NAT64 = ip_network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Limits:
    """How long and how much: seconds to connect and between two pieces, seconds in all, bytes as sent and unpacked."""

    wait: float = 15.0
    total: float = 90.0
    packed: int = 50_000_000
    unpacked: int = 100_000_000


@dataclass(frozen=True, slots=True)
class Target:
    """One request: the address to connect to, and the host whose name is asked for and must be in the certificate."""

    scheme: str
    host: str
    port: int
    address: str
    path: str

    @property
    def host_header(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == (443 if self.scheme == "https" else 80) else f"{host}:{self.port}"


class Answer(Protocol):
    """What a transport gives: the status, headers in lower case, and the body in pieces as it was sent."""

    status: int
    headers: dict[str, str]

    def pieces(self) -> Iterator[bytes]: ...

    def close(self) -> None: ...


#: Host and port -> addresses; raises ``OSError`` where there are none.
Resolver = Callable[[str, int], Sequence[str]]
#: One request sent; the number is the seconds left. Raises ``OSError`` where it fails.
Transport = Callable[[Target, float], Answer]


@dataclass(frozen=True, slots=True)
class Fetched:
    """What lay at an address: its address after all redirects, its type and charset in lower case."""

    url: str
    content_type: str
    charset: str | None
    body: bytes


class Refused(Exception):
    """An address that is not fetched, or an answer that is not taken; the message says why and what to do."""


def is_url(path: str) -> bool:
    """Whether a path is a web address.

    >>> is_url("https://example.org/feed"), is_url("HTTP://example.org"), is_url("notes/http.txt")
    (True, True, False)
    """
    return path[:8].lower().startswith(("http://", "https://"))


def forbidden(address: str, allow_private: bool = False) -> str | None:
    """Why an address is not connected to; ``None`` where it is. Addresses inside IPv6 forms of IPv4 are looked at too.

    >>> forbidden("93.184.215.14") is None, forbidden("::ffff:127.0.0.1"), forbidden("169.254.169.254", True)
    (True, 'a loopback address', 'a link-local address')
    """
    try:
        ip = _inner(ip_address(address.partition("%")[0]))
    except ValueError:
        return "no address"
    if ip.is_link_local or ip in _METADATA:
        return "a link-local address"
    if ip.is_unspecified or ip.is_multicast:
        return "a multicast or unspecified address"
    if ip.is_loopback:
        return None if allow_private else "a loopback address"
    if ip.is_private or (isinstance(ip, IPv6Address) and ip.is_site_local):
        return None if allow_private else "a private address"
    if ip.is_reserved or not ip.is_global or any(ip in network for network in _RESERVED):
        return "a reserved address"
    return None


def _inner(ip: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The IPv4 address that an IPv6 address stands for (mapped, 6to4, Teredo, NAT64), else the address."""
    if isinstance(ip, IPv4Address):
        return ip
    if ip.ipv4_mapped or ip.sixtofour:
        return ip.ipv4_mapped or ip.sixtofour or ip
    if ip.teredo:
        return ip.teredo[1]
    if ip in _NAT64 or 1 < int(ip) < 1 << 32:  # also the old "compatible" form ::a.b.c.d
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip


class Fetcher:
    """Fetches web addresses one at a time. Resolver, transport and clock can be given, for tests and other networks."""

    def __init__(
        self,
        allow_private: bool = False,
        limits: Limits = Limits(),
        resolve: Resolver | None = None,
        transport: Transport | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.allow_private = allow_private
        self.limits = limits
        self.resolve = resolve or system_resolver
        self.transport = transport or _Network(limits)
        self.clock = clock

    def fetch(self, url: str) -> Fetched | Failure:
        """What lies at an address, or a failure that names the address and says why and what to do."""
        shown = "".join(c if c.isprintable() else "?" for c in url[:300])
        try:
            return self._follow(url)
        except Refused as error:
            return Failure(shown, str(error))
        except TimeoutError:
            return Failure(shown, f"no answer in {self.limits.wait:.0f} seconds: try again later")
        except OSError as error:
            return Failure(shown, f"cannot be fetched ({_why(error)}): check the address and the network")

    def _follow(self, url: str) -> Fetched:
        ends = self.clock() + self.limits.total
        for _ in range(_MOST_REDIRECTS + 1):
            with closing(self._ask(url, ends)) as answer:
                if answer.status not in _REDIRECTS:
                    return self._taken(url, answer, ends)
                onward = answer.headers.get("location")
            if not onward:
                raise Refused("redirects to nowhere: check the address")
            url = _joined(url, onward)
        raise Refused(f"redirects more than {_MOST_REDIRECTS} times: check the address")

    def _ask(self, url: str, ends: float) -> Answer:
        scheme, host, port, path = _parts(url)
        failed: OSError = TimeoutError()
        for address in self._addresses(host, port)[:_MOST_ADDRESSES]:
            self._check_time(ends)
            try:
                return self.transport(Target(scheme, host, port, address, path), max(0.01, ends - self.clock()))
            except OSError as error:
                failed = error
        raise failed

    def _addresses(self, host: str, port: int) -> Sequence[str]:
        addresses = list(dict.fromkeys(self.resolve(host, port)))
        if not addresses:
            raise Refused("no such host: check the address and the network")
        for address in addresses:
            if why := forbidden(address, self.allow_private):
                raise Refused(f"not fetched, as {host} is {why}: only public web addresses are{self._advice(why)}")
        return addresses

    def _advice(self, why: str) -> str:
        return "" if self.allow_private or why not in _ALLOWED else " (unless --allow-private is given)"

    def _taken(self, url: str, answer: Answer, ends: float) -> Fetched:
        if answer.status != 200:
            raise Refused(f"HTTP status {answer.status}{_phrase(answer.status)}: check the address")
        told = answer.headers.get("content-length", "")
        if told.isascii() and told.isdigit() and len(told) < 20 and int(told) > self.limits.packed:
            raise self._too_long()
        encoding = answer.headers.get("content-encoding", "").strip().lower()
        body = b"".join(self._unpacked(self._sized(answer.pieces(), ends), encoding))
        kind, charset = _content_type(answer.headers.get("content-type", ""))
        self._check_time(ends)  # a head that came too slowly was cut off, and looks like a short answer
        return Fetched(url, kind, charset, body)

    def _check_time(self, ends: float) -> None:
        if self.clock() >= ends:
            raise Refused(f"took longer than {self.limits.total:.0f} seconds: try again later")

    def _too_long(self) -> Refused:
        most = self.limits.packed // 1_000_000
        return Refused(f"more than {most} MB: save it yourself and read the file")

    def _sized(self, pieces: Iterator[bytes], ends: float) -> Iterator[bytes]:
        size = 0
        for piece in pieces:
            size += len(piece)
            if size > self.limits.packed:
                raise self._too_long()
            self._check_time(ends)
            yield piece

    def _unpacked(self, pieces: Iterator[bytes], encoding: str) -> Iterator[bytes]:
        if encoding in ("", "identity"):
            yield from pieces
            return
        if encoding not in ("gzip", "x-gzip", "deflate"):
            raise Refused(f"sent packed as {encoding[:20]}, which was not asked for: save it yourself")
        size = 0
        for piece in _inflated(pieces, encoding):
            size += len(piece)
            if size > self.limits.unpacked:
                raise Refused(f"more than {self.limits.unpacked // 1_000_000} MB when unpacked: not taken")
            yield piece


_ALLOWED = ("a loopback address", "a private address")


def _inflated(pieces: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    unpacker = zlib.decompressobj(31 if "gzip" in encoding else 15)
    first = True
    for piece in pieces:
        packed = piece
        while packed and not unpacker.eof:
            try:
                chunk = unpacker.decompress(packed, _CHUNK)
            except zlib.error:
                if not (first and encoding == "deflate"):
                    raise Refused("sent packed, and damaged: try again later") from None
                unpacker, chunk = zlib.decompressobj(-15), b""  # some servers leave the zlib header out
                first = False
                continue
            first = False
            packed = unpacker.unconsumed_tail
            if chunk:
                yield chunk
    if not unpacker.eof:
        raise Refused("the answer was cut short: try again later")


# --- addresses -------------------------------------------------------------------------------------------------


def _parts(url: str) -> tuple[str, str, int, str]:
    """Scheme, host, port and path of an address that may be fetched."""
    if len(url) > _LONGEST_URL or not url.isprintable() or " " in url.strip():
        raise Refused("no web address: blanks, control characters or too long")
    try:
        split = urlsplit(url.strip())
        port = split.port
        host = (split.hostname or "").encode("idna").decode("ascii") if not _is_v6(split.hostname) else split.hostname
    except (ValueError, UnicodeError):
        raise Refused("no web address: check how it is written") from None
    if split.scheme not in SCHEMES:
        raise Refused("not fetched, as only http and https addresses are")
    if split.username is not None or split.password is not None:
        raise Refused("not fetched, as it holds a user name or a password: leave them out")
    if not host:
        raise Refused("no web address: it names no host")
    if _ODD_NUMBER.fullmatch(host) and not _is_ip(host):
        raise Refused(f"not fetched, as {host} is a number in place of a host name")
    path = quote(split.path or "/", safe=_SAFE) + (f"?{quote(split.query, safe=_SAFE)}" if split.query else "")
    return split.scheme, host, port or (443 if split.scheme == "https" else 80), path


def _is_v6(host: str | None) -> bool:
    return host is not None and ":" in host


def _is_ip(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _joined(url: str, onward: str) -> str:
    try:
        return urljoin(url, onward.strip())
    except ValueError:
        raise Refused("redirects to something that is no address: check the address") from None


def _content_type(header: str) -> tuple[str, str | None]:
    kind, _, rest = header[:500].partition(";")
    charset = re.search(r"charset\s*=\s*[\"']?([\w.:\-]{2,30})", rest, re.IGNORECASE)
    return kind.strip().lower(), charset[1].lower() if charset else None


def _phrase(status: int) -> str:
    try:
        return f" ({HTTPStatus(status).phrase.lower()})"
    except ValueError:
        return ""


def _why(error: OSError) -> str:
    if isinstance(error, socket.gaierror):
        return "no such host"
    if isinstance(error, ssl.SSLCertVerificationError):
        return "its certificate is not valid"
    words = (error.strerror or str(error) or type(error).__name__).lower()
    return " ".join(words.split())[:120]


# --- the network -----------------------------------------------------------------------------------------------


def system_resolver(host: str, port: int) -> Sequence[str]:
    """The addresses that the machine's own resolver gives."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(sockaddr[0]) for *_, sockaddr in found]


class _Network:
    """The transport that goes out: urllib3's connections, one a request, without proxies, redirects or retries."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits

    def __call__(self, target: Target, left: float) -> Answer:
        from urllib3.exceptions import HTTPError

        connection = self._connection(target, min(self.limits.wait, left))
        # a server that sends its head a byte at a time never runs into the limit between two pieces
        end = threading.Timer(left, _cut, (connection,))
        end.daemon = True
        end.start()
        headers = {"Host": target.host_header, "User-Agent": USER_AGENT, "Accept-Encoding": "gzip", "Accept": "*/*"}
        try:
            connection.request("GET", target.path, headers=headers, preload_content=False, decode_content=False)
            return _Response(connection, end)
        except (HTTPError, OSError, ValueError) as error:
            end.cancel()
            connection.close()
            raise _as_os_error(error) from error
        except Exception as error:  # http.client's own errors
            end.cancel()
            connection.close()
            raise OSError(f"no web server's answer: {type(error).__name__}") from error

    def _connection(self, target: Target, wait: float) -> HTTPConnection:
        from urllib3.connection import HTTPConnection, HTTPSConnection

        if target.scheme == "http":
            return HTTPConnection(target.address, target.port, timeout=wait)
        return HTTPSConnection(
            target.address,
            target.port,
            timeout=wait,
            ssl_context=_tls(),
            server_hostname=target.host,
            assert_hostname=target.host,
        )


@cache
def _tls() -> ssl.SSLContext:
    """The machine's own certificates and those that come with certifi."""
    import certifi

    context = ssl.create_default_context()
    with suppress(OSError, ssl.SSLError):
        context.load_verify_locations(certifi.where())
    return context


def _cut(connection: HTTPConnection) -> None:
    with suppress(OSError, AttributeError):
        connection.sock.shutdown(socket.SHUT_RDWR)


def _as_os_error(error: Exception) -> OSError:
    from urllib3.exceptions import ConnectTimeoutError, ReadTimeoutError

    if isinstance(error, OSError) and not isinstance(error, TimeoutError):
        return error
    if isinstance(error, ConnectTimeoutError | ReadTimeoutError | TimeoutError):
        return TimeoutError()
    inner = error.__cause__ or error.__context__
    return inner if isinstance(inner, OSError) else OSError(str(error)[:200])


class _Response:
    """urllib3's answer as the fetcher wants it."""

    def __init__(self, connection: HTTPConnection, end: threading.Timer) -> None:
        self._connection, self._end = connection, end
        self._answer = connection.getresponse()
        self.status = self._answer.status
        self.headers = {name.lower(): value for name, value in self._answer.headers.items()}

    def pieces(self) -> Iterator[bytes]:
        from urllib3.exceptions import HTTPError

        try:
            yield from self._answer.stream(_CHUNK, decode_content=False)
        except (HTTPError, OSError, ValueError) as error:
            raise _as_os_error(error) from error

    def close(self) -> None:
        self._end.cancel()
        with suppress(Exception):
            self._answer.close()
        self._connection.close()
