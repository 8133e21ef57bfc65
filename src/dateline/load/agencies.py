"""Who is credited: news agencies, press-release wires, media and web sites, by the names they sign with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from dateline.lexicons import rows

#: A web site's name: "SocialNews.XYZ", "example-times.co.uk".
_SITE = re.compile(r"(?:https?://)?(?:www\.)?[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,12}/?")
_PARTS = re.compile(r"\s*[/|;&]\s*|\s+and\s+|,\s+|\s+[-–—]\s+")
_AGENCY_WORDS = re.compile(r"(?i)\b(?:news agency|news service|press agency|newswire|wire service|news bureau)\b")

#: American call signs ("WKYT") and names that only a publisher has.
_BROADCASTER = re.compile(
    r"^[KW][A-Z]{2,3}(?:-TV|-FM)?\b|^(?:ABC|FOX|CBS|NBC)\s?\d+|(?i:\b(?:news|tv|fm|radio|times|post|daily|herald|tribune"
    r"|gazette|journal|standard|mail|star|sun|express|observer|chronicle|today|online|media)\b)"
)


@dataclass(frozen=True, slots=True)
class Credited:
    """The agency and the publisher that a bracket, a byline or a source line names."""

    agency: str | None = None
    publisher: str | None = None

    def or_else(self, other: Credited) -> Credited:
        """This credit, with what it leaves open taken from the other."""
        return Credited(self.agency or other.agency, self.publisher or other.publisher)


def is_known(name: str) -> bool:
    """Whether a name is an agency's or a medium's in the lexicon."""
    return _entry(name) is not None


def is_site(name: str) -> bool:
    """Whether a name is a web address.

    >>> is_site("SocialNews.XYZ"), is_site("U.S."), is_site("Interfax")
    (True, False, False)
    """
    return len(name) > 5 and _SITE.fullmatch(name) is not None


def credited(words: str, unknown_is_agency: bool = False) -> Credited:
    """The credit that a few words give; parts may be joined ("AP/Reuters").

    >>> credited("IANS/SocialNews.XYZ")
    Credited(agency='IANS', publisher='SocialNews.XYZ')
    >>> credited("Associated Press Writer").agency, credited("Valley Herald")
    ('AP', Credited(agency=None, publisher='Valley Herald'))
    """
    words = words.strip(" \t.,:;*–—-/©")
    if not words:
        return Credited()
    whole = _credit_of(words)
    if whole:
        return whole
    parts = [_credit_of(part) for part in _PARTS.split(words)]
    known = [part for part in parts if part]
    if known:
        agencies = [part.agency for part in known if part.agency]
        publishers = [part.publisher for part in known if part.publisher]
        return Credited("/".join(agencies) or None, publishers[0] if publishers else None)
    if _AGENCY_WORDS.search(words) or (unknown_is_agency and not _BROADCASTER.search(words)):
        return Credited(agency=words)
    return Credited(publisher=words)


def is_agency_staff(words: str) -> bool:
    """Whether words are an agency or a medium, or a post there: "Reuters", "Associated Press Writer"."""
    return (_entry(words) or _entry_at_start(words)) is not None


def _credit_of(words: str) -> Credited | None:
    entry = _entry(words) or _entry_at_start(words)
    if entry:
        name, kind = entry
        return Credited(publisher=name) if kind == "medium" else Credited(agency=name)
    return Credited(publisher=words) if is_site(words) else None


def _entry(words: str) -> tuple[str, str] | None:
    words = " ".join(words.split())
    found = _names().get(words)
    return found or (_names().get(words.casefold()) if len(words) > 3 else None)


def _entry_at_start(words: str) -> tuple[str, str] | None:
    """The agency whose name opens the words: "Associated Press Writer", "Reuters Staff"."""
    parts = words.split()
    for count in range(min(4, len(parts) - 1), 0, -1):
        rest = " ".join(parts[count:]).strip(" .,").casefold()
        if rest and not _DESK.fullmatch(rest):
            continue
        if found := _entry(" ".join(parts[:count]).strip(",.'’")):
            return found
    return None


_DESK = re.compile(
    r"(?:[a-z]+ ){0,2}(?:writers?|staff|correspondents?|reporters?|editors?|bureau|news|service|foreign service|online"
    r"|photo|business|sports|desk|in [a-z ]+)"
)


@cache
def _names() -> dict[str, tuple[str, str]]:
    known: dict[str, tuple[str, str]] = {}
    for _, (name, kind, others) in rows("agencies.tsv", 3):
        for form in (name, *others.split("|")):
            if form.strip():
                known.setdefault(form.strip(), (name, kind))
                known.setdefault(form.strip().casefold(), (name, kind))
    return known
