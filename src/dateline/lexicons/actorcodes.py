"""Actors and places as tables of events code them: FIPS and CAMEO countries, CAMEO roles, the sectors of ICEWS."""

from __future__ import annotations

from functools import cache

from dateline.lexicons import rows
from dateline.lexicons.countries import is_code
from dateline.model import ActorKind

#: A code that stands for no country.
_REGION = "-"


@cache
def _fips() -> dict[str, str]:
    return {fips: iso for _, (fips, iso) in rows("fips.tsv", 2)}


@cache
def _cameo() -> dict[str, str]:
    return {code: iso for _, (code, iso, _) in rows("cameo_countries.tsv", 3)}


@cache
def _roles() -> dict[str, ActorKind]:
    return {code: ActorKind(kind) for _, (code, kind) in rows("cameo_roles.tsv", 2)}


@cache
def _sectors() -> dict[str, tuple[str, ActorKind]]:
    return {name: (code, ActorKind(kind)) for _, (name, code, kind) in rows("icews_sectors.tsv", 3)}


def country_of_fips(code: str) -> str | None:
    """The country of a FIPS 10-4 code as ISO 3166-1 alpha-3.

    >>> country_of_fips("CH"), country_of_fips("SZ"), country_of_fips("GM"), country_of_fips("OC")
    ('CHN', 'CHE', 'DEU', None)
    """
    return _fips().get(code)


def country_of_cameo(code: str) -> str | None:
    """The country of a CAMEO country code as ISO 3166-1 alpha-3; ``None`` for a region.

    >>> country_of_cameo("FRA"), country_of_cameo("ROM"), country_of_cameo("WAF"), country_of_cameo("XYZ")
    ('FRA', 'ROU', None, None)
    """
    iso = _cameo().get(code)
    if iso is not None:
        return None if iso == _REGION else iso
    return code if is_code(code) else None


def kind_of_role(code: str) -> ActorKind | None:
    """The kind of actor that a CAMEO role code stands for.

    >>> kind_of_role("GOV").value, kind_of_role("REF").value, kind_of_role("")
    ('organisation', 'population', None)
    """
    return _roles().get(code)


def sector(names: str) -> tuple[str, ActorKind] | None:
    """The CAMEO role code and the kind of the first sector of a list of ICEWS that is known.

    >>> sector("Unheard Of,Police,Government")[0]
    'COP'
    """
    for name in names.split(","):
        if found := _sectors().get(name.strip()):
            return found
    return None
