"""What stands for an actor in a relation."""

from __future__ import annotations

#: role parts of CAMEO codes that are the state itself
STATE_ROLES = ("", "GOV", "MIL", "LEG", "JUD", "SPY", "COP")


def side_of(kind: str, country: str | None, code: str | None, actor: str) -> str:
    """What stands for an actor in a relation: its state where it speaks and acts for it, else the actor alone.

    >>> side_of("person", "PAK", "PAKGOV", "a1"), side_of("group", "SYR", "SYRREB", "a2")
    ('PAK', 'a2')
    """
    if country and (kind == "state" or (code or "").startswith(country)):
        role = (code or country)[len(country) :]
        if kind == "state" or (role and role[:3] in STATE_ROLES) or (not role and kind in ("office", "population")):
            return country
    return actor
