"""Web addresses as names of reports: which words are one, and the form that stays the same."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit, urlunsplit

_LONGEST = 2_000
#: Parts of a query that tell who sent a reader, not what is read.
_TRACKING = re.compile(r"(?:utm_\w+|fbclid|gclid|dclid|msclkid|mc_cid|mc_eid|igshid|ocid|cmpid)(?:=|$)", re.IGNORECASE)


@lru_cache(maxsize=2_000)
def _host(url: str) -> str | None:
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return None
    return host.removeprefix("www.") or None


def web_address(value: object) -> str | None:
    """A metadata value as an absolute web address; ``None`` for anything else.

    >>> web_address(" https://example.org/a "), web_address("/a"), web_address("javascript:alert(1)")
    ('https://example.org/a', None, None)
    """
    if not isinstance(value, str):
        return None
    url = value.strip()
    if len(url) > _LONGEST or not url.isprintable() or " " in url:
        return None
    if not url[:8].lower().startswith(("http://", "https://")):
        return None
    return url if host_of(url) else None


def host_of(url: str) -> str | None:
    """The host of a web address without ``www.``.

    >>> host_of("https://www.Example.org:8080/a")
    'example.org'
    """
    return _host(url)


def canonical(url: str) -> str:
    """An address without what may change while it names the same page: fragment, tracking, default port, capitals.

    >>> canonical("HTTPS://Example.org:443/a?utm_source=x&id=5#top")
    'https://example.org/a?id=5'
    """
    try:
        parts = urlsplit(url)
        port = parts.port
        host = parts.hostname or ""
    except ValueError:
        return url
    scheme = parts.scheme.lower()
    if port and port != (443 if scheme == "https" else 80):
        host = f"{host}:{port}"
    query = "&".join(p for p in parts.query.split("&") if p and not _TRACKING.match(p))
    return urlunsplit((scheme, host, parts.path or "/", query, ""))


def page_name(url: str | None) -> str | None:
    """An address as the name of one report: canonical; ``None`` for a site's front page, which names many.

    Sites that fill in the same address everywhere would make one report of all of theirs.

    >>> page_name("https://example.org/a#b"), page_name("https://example.org/"), page_name("https://example.org/?p=5")
    ('https://example.org/a', None, 'https://example.org/?p=5')
    """
    if not url:
        return None
    name = canonical(url)
    return None if name.partition("://")[2].endswith("/") and name.count("/") == 3 else name
