"""Country and CAMEO-style code of an actor from the pieces of its phrase.

Sectors are PLOVER's (codebook 2021, table of sectors); a former office holder is ELI, as in CAMEO 3.3.
"""

from __future__ import annotations

from collections.abc import Sequence

from dateline.lexicons.roles import fold
from dateline.model import RoleStatus
from dateline.resolve.phrases import Phrase, Piece

#: Sectors that a world body's people are told by: "UN troops" are IGOUNOMIL.
_ARMS = frozenset(("MIL", "LEG", "JUD", "COP"))
_OFFICIAL = frozenset(("GOV", "LEG", "JUD", "MIL", "SPY", "COP", ""))


def compose(country: str | None, sector: str) -> str | None:
    """A whole code: an organisation's own code stands, else country and sector.

    >>> compose("PAK", "GOV"), compose("PAK", ""), compose(None, "IGOUNO"), compose(None, "REB")
    ('PAKGOV', 'PAK', 'IGOUNO', 'REB')
    """
    if country is None or sector.startswith(("IGO", "IMG", country)):
        return sector or country
    return country + sector[-3:] if len(sector) > 3 else country + sector


def sector_of(pieces: Sequence[Piece], main: Piece | None) -> str:
    """The sector that a phrase tells: its main role's, unless that is weak and another piece before it is plainer."""
    before = [p for p in pieces if main is None or p.last <= main.first]
    for piece in reversed(before):
        # the United Nations' court, troops and envoys are the United Nations
        code = piece.organisation.code if piece.organisation is not None else ""
        if code.startswith(("IGO", "IMG")):
            own = main.role.code if main is not None and main.role is not None else ""
            return code + own if own in _ARMS and len(code) == 6 and code.startswith("IGO") else code
    weak = main is None or main.role is None or main.role.weak or not main.role.code
    if weak:
        bodies = [p for p in before if p.kind == "org"]
        for piece in reversed(bodies or before):
            sector = _own_sector(piece)
            if sector:
                return sector
    return main.role.code if main is not None and main.role is not None else ""


def _own_sector(piece: Piece) -> str:
    if piece.kind == "org" and piece.organisation is not None:
        code = piece.organisation.code
        return code if code.startswith(("IGO", "NGO", "IMG")) else code[3:6]
    if piece.kind == "modifier":
        return piece.code
    if piece.kind == "country":
        return "GOV" if piece.flavour == "seat" else ""
    if piece.kind == "role" and piece.role is not None and piece.role.kind != "honorific":
        return piece.role.code if piece.role.code != "UNK" else ""
    return ""


def was(sector: str, status: RoleStatus) -> str:
    """The sector of someone whose office is over: ELI for a former official, else unchanged.

    >>> was("GOV", RoleStatus.FORMER), was("REB", RoleStatus.FORMER), was("GOV", RoleStatus.CURRENT)
    ('ELI', 'REB', 'GOV')
    """
    return "ELI" if status is RoleStatus.FORMER and sector in _OFFICIAL else sector


def countries_of(phrase: Phrase) -> list[str]:
    """The states named inside a phrase before its main word, as names, adjectives, capitals, seats or organisations."""
    found: list[str] = []
    for piece in phrase.pieces:
        code: str | None = None
        if piece.kind == "country":
            code = piece.code
        elif piece.kind == "org" and piece.organisation is not None:
            code = piece.organisation.country
        if code and code not in found:
            found.append(code)
    return found


def key_of(words: Sequence[str]) -> str:
    """A name's key: folded, lower case, joined by blanks."""
    return " ".join(fold(w).lower() for w in words)
