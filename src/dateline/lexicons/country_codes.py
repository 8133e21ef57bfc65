"""Country codes to write for ISO 3166-1 alpha-3: two letters and FIPS 10-4 (``actorcodes`` reads FIPS)."""

from __future__ import annotations

from functools import cache

from dateline.lexicons import rows


@cache
def _first(file: str) -> dict[str, str]:
    """The first code that a file lists for each alpha-3 code."""
    codes: dict[str, str] = {}
    for _, (code, alpha3) in rows(file, 2):
        codes.setdefault(alpha3, code)
    return codes


def fips_of(alpha3: str) -> str | None:
    """The FIPS 10-4 code of a state, as GDELT writes it.

    >>> fips_of("GBR"), fips_of("DEU"), fips_of("PSE"), fips_of("XXX")
    ('UK', 'GM', 'WE', None)
    """
    return _first("fips.tsv").get(alpha3)


def alpha2_of(alpha3: str) -> str | None:
    """The ISO 3166-1 alpha-2 code of a state.

    >>> alpha2_of("PAK"), alpha2_of("XKX"), alpha2_of("XXX")
    ('PK', 'XK', None)
    """
    return _first("alpha2.tsv").get(alpha3)
