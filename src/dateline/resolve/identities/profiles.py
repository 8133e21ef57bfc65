"""What an actor of one report looks like from outside: the key under which all reports' sightings of it are kept."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from dateline.lexicons.identities import name_parts, titles
from dateline.lexicons.roles import Organisation, fold, organisations_of, role_of
from dateline.model import Actor, ActorKind, MentionForm, RoleStatus
from dateline.resolve.identities.names import (
    PersonName,
    body_name,
    canonical,
    given_in_full,
    initials,
    person_name,
    skeleton,
    state_word,
)
from dateline.resolve.identities.offices import HOLDING, is_single_office, normal_title

#: Stands in a key for a country that no report told.
UNKNOWN = "?"
_NAMED = (MentionForm.NAME, MentionForm.ACRONYM)
_LONGEST_ACRONYM = 6


class Office(NamedTuple):
    """A title in normal wording, the state it is of, and whether it was only held before the report."""

    title: str
    of: str | None
    past: bool = False


@dataclass(frozen=True, slots=True)
class Profile:
    """What an actor of one report looks like from outside; actors with equal keys are one identity.

    ``bucket`` is shared by all profiles that could ever be one identity. ``one`` is false for a class of actors
    ("officials", "demonstrators" of one country) that must never be shown as one identity. ``name``, ``code`` and
    ``offices`` are this report's and may differ between profiles of one key.
    """

    key: str
    bucket: str
    name: str
    kind: ActorKind
    country: str | None
    code: str | None
    offices: tuple[Office, ...] = ()
    one: bool = True


class Tenure(NamedTuple):
    """An office with the first and last day on which reports told it of one profile."""

    office: Office
    first: str | None
    last: str | None
    reports: int = 1


@dataclass(frozen=True, slots=True)
class Seen:
    """A profile over all reports: the days on which it and each of its offices was seen first and last."""

    profile: Profile
    first: str | None
    last: str | None
    reports: int
    tenures: tuple[Tenure, ...] = ()


def profile_of(actor: Actor, report_key: str, day: str | None, text: str) -> Profile:
    """The profile of an actor; a pure function of one reading.

    ``report_key`` is the same for all versions of a report; ``day`` is its reliable day or ``None``. ``text`` is
    the report's. A person known by surname alone gets a key that only holds for this report, or for the month and
    the office where one person at a time holds it: a surname alone is nobody.
    """
    offices = _offices(actor)
    if actor.kind is ActorKind.PERSON:
        return _person(actor, report_key, day, text, offices)
    if actor.kind is ActorKind.STATE:
        key = f"state|{actor.country or '_'.join(body_name(actor.name))}"
        return Profile(key, key, actor.name, actor.kind, actor.country, actor.code)
    if actor.kind is ActorKind.OFFICE:
        title = offices[0].title if offices else normal_title(actor.name)
        if actor.country and is_single_office(title):
            key = f"office|{_plain(title)}|{actor.country}"
            return Profile(key, key, actor.name, actor.kind, actor.country, actor.code, offices)
        return _class(actor, offices)
    if actor.kind in (ActorKind.ORGANISATION, ActorKind.GROUP):
        return _body(actor, offices)
    return _class(actor, offices)


def _offices(actor: Actor) -> tuple[Office, ...]:
    """The titles that the report says are held, or were held before ("then" tells of another day: it is left out)."""
    found = {
        Office(normal_title(role.title), role.of, role.status is RoleStatus.FORMER)
        for role in actor.roles
        if role.status in HOLDING or role.status is RoleStatus.FORMER
    }
    return tuple(sorted(found, key=lambda o: (o.title, o.of or "", o.past)))


def _plain(text: str) -> str:
    return text.replace("|", " ")


# --- persons -----------------------------------------------------------------------------------------------------


def _person(actor: Actor, report_key: str, day: str | None, text: str, offices: tuple[Office, ...]) -> Profile:
    display, name = _fullest(actor, text)
    country = actor.country or UNKNOWN
    bucket = person_bucket(name)
    if name.is_full:
        key = f"person|{name}|{country}"
    else:
        office = next((o for o in offices if o.of and is_single_office(o.title)), None)
        if office is not None and day and name.family:
            past = "former " if office.past else ""
            key = f"person|{name}|{country}|{past}{_plain(office.title)} of {office.of}|{day[:7]}"
        else:
            key = f"person|{name}|{country}|@{report_key}"
    return Profile(key, bucket, display, actor.kind, actor.country, actor.code, offices)


def _fullest(actor: Actor, text: str) -> tuple[str, PersonName]:
    """The longest of the actor's names in the report that ends in the same name."""
    best = actor.name, person_name(actor.name, actor.country)
    looked = 0
    for mention in actor.mentions:
        if mention.form is not MentionForm.NAME or not 0 < mention.span.end - mention.span.start <= 80:
            continue
        words = " ".join(text[mention.span.start : mention.span.end].split())
        if words in actor.name:
            continue
        looked += 1
        if looked > 8:
            break
        name = person_name(words, actor.country)
        if name.family == best[1].family and len(name.given) > len(best[1].given) and len(name.given) < 4:
            best = words, name
    return best


def person_bucket(name: PersonName) -> str:
    """The bucket of a person's name: alike for the spellings of a family name."""
    family = name.family
    if not name.is_full:
        family = name_parts("single").get(family, family.rpartition(" ")[2])
    return f"person|{skeleton(family)}"


# --- bodies ------------------------------------------------------------------------------------------------------


def _body(actor: Actor, offices: tuple[Office, ...]) -> Profile:
    named = any(m.form in _NAMED for m in actor.mentions)
    words, country, sure = _body_words(actor.name, actor.country, actor.code)
    phrase = " ".join(words)
    of_state = phrase in titles("state") or (named and _is_common(words))
    nameless = set(words) <= name_parts("legal").keys() or (not named and not of_state)
    if nameless or (of_state and not country and not sure):
        return _class(actor, offices)
    if not sure and len(words) == 1 and actor.name.isupper() and len(phrase) <= _LONGEST_ACRONYM:
        phrase = phrase.upper()
    key = f"body|{phrase}|{country or UNKNOWN}"
    return Profile(key, f"body|{initials(words)}", actor.name, actor.kind, country, actor.code, offices)


@lru_cache(maxsize=50_000)
def _body_words(name: str, country: str | None, code: str | None) -> tuple[tuple[str, ...], str | None, bool]:
    """The words by which a body is known, its state, and whether it is in the table of organisations."""
    known = _known(name, country, code)
    words = body_name(known.name if known is not None else name)
    if known is not None:
        country = known.country
    for size in (3, 2, 1):
        # "the Israeli army" of Israel is "army" of Israel; "American Airlines" keeps its name
        rest = words[size:]
        head = " ".join(w.capitalize() for w in words[:size])
        common = rest and country and (" ".join(rest) in titles("state") or _is_common(rest))
        if common and country in (state_word(head), state_word(head.upper())):
            return rest, country, False
    return words, country, known is not None


def _known(name: str, country: str | None, code: str | None) -> Organisation | None:
    found = [o for o in organisations_of(fold(name)) if o.country is None or o.country == country]
    return next((o for o in found if o.code == code), found[0] if len(found) == 1 and not found[0].common else None)


@lru_cache(maxsize=50_000)
def _is_common(words: tuple[str, ...]) -> bool:
    """Whether a name is a mere description that many states have a body of: "Foreign Ministry", "Labour Party"."""
    role = role_of(" ".join(words))
    return role is not None and role.kind in ("organisation", "group")


def _class(actor: Actor, offices: tuple[Office, ...]) -> Profile:
    key = f"class|{actor.kind.value}|{actor.code or ''}|{actor.country or UNKNOWN}"
    return Profile(key, key, actor.name, actor.kind, actor.country, actor.code, offices, one=False)


# --- over all reports --------------------------------------------------------------------------------------------


def gather(sightings: Iterable[tuple[Profile, str, str | None]]) -> tuple[Seen, ...]:
    """Profiles with their report and its reliable day, put together by key; a store may do the same in SQL.

    Of several names, codes and kinds of one key that of most reports is kept, then the first in the alphabet.
    """
    by_key: dict[str, list[tuple[Profile, str, str | None]]] = defaultdict(list)
    for sighting in sightings:
        by_key[sighting[0].key].append(sighting)
    return tuple(_seen(by_key[key]) for key in sorted(by_key))


def _seen(sightings: list[tuple[Profile, str, str | None]]) -> Seen:
    profiles = [p for p, _, _ in sightings]
    first, last = _ends(day for _, _, day in sightings)
    tenures = []
    by_office: dict[Office, list[tuple[str, str | None]]] = defaultdict(list)
    for profile, report, day in sightings:
        for office in profile.offices:
            by_office[office].append((report, day))
    for office in sorted(by_office, key=lambda o: (o.title, o.of or "", o.past)):
        begun, ended = _ends(day for _, day in by_office[office])
        tenures.append(Tenure(office, begun, ended, len({r for r, _ in by_office[office]})))
    profile = replace(
        min(profiles, key=lambda p: (p.bucket, p.country or "")),
        name=most_frequent(p.name for p in profiles) or "",
        code=most_frequent(p.code for p in profiles if p.code),
        kind=ActorKind(most_frequent(p.kind.value for p in profiles) or ""),
        offices=tuple(t.office for t in tenures),
    )
    return Seen(profile, first, last, len({r for _, r, _ in sightings}), tuple(tenures))


def _ends(days: Iterable[str | None]) -> tuple[str | None, str | None]:
    known = [d for d in days if d]
    return (min(known), max(known)) if known else (None, None)


def most_frequent(values: Iterable[str]) -> str | None:
    """The value met most, of several such the first in the alphabet."""
    counts = Counter(values)
    return min(counts, key=lambda v: (-counts[v], v)) if counts else None


def matches(single: PersonName, name: PersonName) -> bool:
    """Whether news may call the bearer of a full name by this family name, or by this one word of it."""
    if single.suffix and single.suffix != name.suffix:
        return False
    words = [canonical(w) for w in single.family.split(" ")]
    if words == [canonical(w) for w in (*name.given, name.family)][-len(words) :]:
        return True
    family = name_parts("single").get(single.family)
    given = {given_in_full(w) for w in name.given}
    return family == name.family and (len(words) > 1 or given_in_full(single.family) in given)
