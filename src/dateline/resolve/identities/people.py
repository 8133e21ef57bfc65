"""Says which persons of one bucket are the same: by full name, spelling, middle name, initial, and by office."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from itertools import pairwise

from dateline.lexicons.countries import name_of
from dateline.lexicons.identities import family_first, name_parts
from dateline.resolve.identities.names import PersonName, canonical, distance, given_in_full, skeleton
from dateline.resolve.identities.offices import is_single_office
from dateline.resolve.identities.profiles import UNKNOWN, Office, Seen, matches
from dateline.resolve.identities.unions import (
    Joined,
    Side,
    Window,
    both,
    fit,
    gap,
    is_telling,
    main_state,
    one_state,
    only,
    shared_office,
)

_YEAR = 365
_CLOSE = 90
#: How much more often one state must be told than all others before a report without a state is counted to it.
_MANY_TIMES = 3
#: Of so many states is one name compared; a name of more is many persons'.
_MOST_STATES = 12
#: A likeness that only counts for those who hold an office of one holder at a time.
_MISSPELT = "same last name, first name with one letter changed"
#: How many of one office and surname are compared pair by pair; more are not one person's spellings.
_MOST_PAIRS = 200


@dataclass(frozen=True, slots=True)
class _Person:
    """A profile's name as its key tells it."""

    i: int
    name: PersonName
    seen: Seen
    single: bool

    @property
    def country(self) -> str | None:
        return self.seen.profile.country


def _person(i: int, seen: Seen) -> _Person:
    cells = seen.profile.key.split("|")
    words = cells[1].split(" ")
    if len(cells) > 3:
        family = [w for w in words if w not in _suffixes()] or words
        return _Person(i, PersonName((), " ".join(family), " ".join(words[len(family) :])), seen, True)
    suffix = words.pop() if len(words) > 2 and words[-1] in _suffixes() else ""
    return _Person(i, PersonName(tuple(words[:-1]), words[-1], suffix), seen, False)


def _suffixes() -> set[str]:
    return set(name_parts("suffix").values())


def join_persons(joined: Joined) -> None:
    """Join the profiles of one bucket that are one person, stage by stage, the surest first."""
    persons = [_person(i, s) for i, s in enumerate(joined.seen)]
    full = [p for p in persons if not p.single]
    for block in _blocks(full, lambda p: p.name):
        _join_states(joined, block, "same full name")
    for block in _blocks(full, lambda p: ("".join(p.name.given), p.name.family, p.name.suffix)):
        _join_states(joined, block, "same full name in other parts")
    for block in _blocks(full, _spelled):
        _join_states(joined, block, "same full name in another spelling")
    for block in _blocks(full, lambda p: (_first(p), canonical(p.name.family), p.name.suffix)):
        _join_middles(joined, block)
    _join_in_office(joined, full)
    _join_suffixes(joined, full)
    _join_singles(joined, [p for p in persons if p.single], full)
    _note_likenesses(joined, full)


def _blocks(persons: Iterable[_Person], key: Callable[[_Person], Hashable]) -> list[list[_Person]]:
    found: dict[Hashable, list[_Person]] = defaultdict(list)
    for person in persons:
        found[key(person)].append(person)
    return [block for block in found.values() if len(block) > 1]


def _spelled(person: _Person) -> Hashable:
    given = "".join(canonical(w) for w in person.name.given)
    return given, canonical(person.name.family), person.name.suffix


def _first(person: _Person) -> str:
    return canonical(person.name.given[0])


# --- the same name and its state ---------------------------------------------------------------------------------


def _join_states(joined: Joined, block: list[_Person], what: str) -> None:
    """Join persons of one name: those of one state, and those of no known state with the only one known."""
    by_country: dict[str, int] = {}
    for person in block:
        for country in sorted(joined.side(person.i).countries):
            if country in by_country:
                joined.join(by_country[country], person.i, f"{what}, of {name_of(country)}")
            else:
                by_country[country] = person.i
    _join_misread(joined, list(by_country.values()), what)
    known = joined.sides(by_country.values())
    unknown = joined.sides(p.i for p in block if not joined.side(p.i).countries)
    target = only(known, _MANY_TIMES)
    for side in unknown:
        if not known:
            if side.root != unknown[0].root:
                joined.join(unknown[0].root, side.root, f"{what}, of no known state")
        elif target is not None:
            often = "the only state told" if len(known) == 1 else f"told {_MANY_TIMES} times as often as others"
            why = f"{what}; {_states(target)} is {often}"
            joined.join(joined.best(target), side.root, why)
        else:
            for other in known:
                joined.doubt(side.root, other.root, f"{what}, but several states are told of that name")
    for k, left in enumerate(known):
        for right in known[k + 1 : k + 4]:
            joined.doubt(left.root, right.root, f"{what}, but one is of {_states(left)}, one of {_states(right)}")


def _states(side: Side) -> str:
    state = main_state(side)
    return name_of(state) if state else "no known state"


def _join_misread(joined: Joined, numbers: list[int], what: str) -> None:
    """Join one name with one high office at one time, though the reports tell different states.

    No two persons of one full name are prime ministers at a time; a report about Iraq that speaks of the president
    of the United States may well be read as if he were Iraq's. Presidents are also of firms and clubs: where the
    name is a common one, few reports must stand against many.
    """
    sides = sorted(joined.sides(numbers), key=lambda s: (-s.reports, s.root))[:_MOST_STATES]
    for k, main in enumerate(sides):
        for other in sides[k + 1 :]:
            title = _high_office(main, other)
            if title is None or joined.root(main.root) == joined.root(other.root):
                continue
            common = joined.seen[main.root].profile.key.split("|")[1].split(" ")[-1] in family_first()
            if common and title == "president" and other.reports * 3 > main.reports:
                continue
            why = f"{what} and office ({title}) at the same time; some reports tell it of {_states(other)}"
            joined.join(joined.best(main), joined.best(other), why)


def _high_office(left: Side, right: Side) -> str | None:
    """An office of one holder at a time that both are told to have, or to have had, within a year, of any state."""
    held: dict[str, list[Window | None]] = defaultdict(list)
    for office, window in left.offices.items():
        if is_single_office(office.title):
            held[office.title].append(window)
    near = [
        office.title
        for office, window in right.offices.items()
        if any(gap(window, w) <= _YEAR for w in held.get(office.title, ()))
    ]
    return min(near, default=None)


# --- middle names ------------------------------------------------------------------------------------------------


def _join_middles(joined: Joined, block: list[_Person]) -> None:
    """Join "John Lund" with "John F. Lund" where only one such is known, most exact names first."""
    middles = {p.i: tuple(canonical(w) for w in p.name.given[1:]) for p in block}
    order = sorted(block, key=lambda p: (-sum(map(len, middles[p.i])), p.seen.profile.key))[: _MOST_PAIRS]
    rank = {p.i: k for k, p in enumerate(order)}
    for k, person in enumerate(order):
        own = joined.side(person.i)
        # what was joined to a longer name is of that name from then on
        middle = middles[order[min(rank[m] for m in own.members if m in rank)].i]
        longer = [
            p for p in order[:k]
            if joined.root(p.i) != own.root and middles[p.i] != middle and _is_part(middle, middles[p.i])
        ]  # fmt: skip
        fitting = [p for p in longer if fit(own, joined.side(p.i))]
        for apart in [p for p in longer if p not in fitting][:_MOST_STATES]:
            states = f"one is of {_states(own)}, one of {_states(joined.side(apart.i))}"
            joined.doubt(person.i, apart.i, f"same first and last name, but {states}")
        targets = joined.sides(p.i for p in fitting)
        in_office = [t for t in targets if shared_office(own, t, 0)]
        chosen = targets if len(targets) == 1 else in_office
        if len(chosen) != 1:
            for target in targets:
                joined.doubt(own.root, target.root, "same first and last name, but several with other middle names fit")
            continue
        target = chosen[0]
        other = next(p for p in fitting if joined.root(p.i) == target.root)
        why = _why_middle(own, target, middle, middles[other.i])
        if why is None:
            why = "same first and last name, but one has a further name, and no office or time in common"
            joined.doubt(own.root, target.root, why)
        else:
            joined.join(person.i, other.i, why)
            for rest in targets:
                if rest.root != target.root:
                    joined.doubt(target.root, rest.root, "same first and last name, but another middle name")


def _is_part(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether middle names are the first of others, an initial standing for a name: W. is not H. W."""
    if len(short) > len(long):
        return False
    return all(w == v or (min(len(w), len(v)) == 1 and w[0] == v[0]) for w, v in zip(short, long, strict=False))


def _why_middle(left: Side, right: Side, short: tuple[str, ...], long: tuple[str, ...]) -> str | None:
    office = shared_office(left, right, _YEAR)
    if office is not None:
        return f"same first and last name and office ({_told(office)}), one with a middle name"
    same_state = one_state(left, right)
    if all(len(w) == 1 for w in long if w not in short) and (same_state or not left.countries or not right.countries):
        return f"same first and last name, of {_states(left if left.countries else right)}, one with a middle initial"
    if same_state and gap(left.window, right.window) <= _CLOSE:
        return f"same first and last name, of {_states(left)}, within {_CLOSE} days, one with a middle name"
    return None


def _told(office: Office) -> str:
    return f"{'former ' if office.past else ''}{office.title}, {office.of or UNKNOWN}"


# --- the same office ---------------------------------------------------------------------------------------------


def _join_in_office(joined: Joined, full: list[_Person]) -> None:
    """Join names that are alike and share an office: short forms, spellings, then initials."""
    by_office: dict[tuple[str, str], list[_Person]] = defaultdict(list)
    for person in full:
        telling = {(t.office.title, t.office.of or "") for t in person.seen.tenures if is_telling(t.office)}
        for office in sorted(telling):
            by_office[office].append(person)
    pairs: list[tuple[int, int, str]] = []
    initials: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for office, holders in sorted(by_office.items(), key=lambda item: item[0]):
        for left, right in _pairs(holders):
            how = _alike(left.name, right.name)
            if how == _MISSPELT and not is_single_office(office[0]):
                continue
            if how is None or left.name.suffix != right.name.suffix or _apart(left, right, office) > _YEAR:
                continue
            if not fit(joined.side(left.i), joined.side(right.i)):
                continue
            same = f"same office ({office[0]}, {office[1]})"
            if how == "initial":
                short, long = (left, right) if len(left.name.given[0]) == 1 else (right, left)
                initials[short.i].append((long.i, f"same last name, first name by its initial, {same}"))
            else:
                pairs.append((left.i, right.i, f"{how}, {same}"))
    names = {p.i: p.name for p in full}
    _join_alike(joined, names, pairs)
    for i in sorted(initials):
        targets = joined.sides(j for j, _ in initials[i])
        if len(targets) == 1 and _agree([joined.side(i), targets[0]], names):
            joined.join(i, *initials[i][0])
        else:
            for target in targets:
                joined.doubt(i, target.root, "the initial fits several of that office")


def _pairs(persons: list[_Person]) -> list[tuple[_Person, _Person]]:
    by_letter = _blocks(persons, lambda p: given_in_full(p.name.given[0])[:1])
    return [pair for block in by_letter for pair in _all_pairs(block[:_MOST_PAIRS])]


def _all_pairs(persons: list[_Person]) -> list[tuple[_Person, _Person]]:
    return [(a, b) for k, a in enumerate(persons) for b in persons[k + 1 :]]


def _apart(left: _Person, right: _Person, office: tuple[str, str]) -> int:
    def windows(person: _Person) -> list[Window | None]:
        tenures = [t for t in person.seen.tenures if (t.office.title, t.office.of) == office]
        return [(t.first, t.last or t.first) if t.first else None for t in tenures]

    return min(gap(a, b) for a in windows(left) for b in windows(right))


def _alike(left: PersonName, right: PersonName) -> str | None:
    """How two full names are alike though not the same; ``None`` where they are not, or where they are equal."""
    family = _family_alike(left.family, right.family)
    if family is None or not left.given or not right.given:
        return None
    a, b = left.given[0], right.given[0]
    if a[0] != b[0] and given_in_full(a)[0] != given_in_full(b)[0]:
        return None
    if not (_is_part(left.given[1:], right.given[1:]) or _is_part(right.given[1:], left.given[1:])):
        return None
    if min(len(a), len(b)) == 1:
        return "initial" if a[0] == b[0] and a != b and family == "same" else None
    if canonical(a) == canonical(b):
        return None if family == "same" else "same first name, last name in another spelling"
    if given_in_full(a) == given_in_full(b):
        return "same last name, first name in its short form" if family == "same" else None
    size = max(len(a), len(b))
    if min(len(a), len(b)) >= 5 and skeleton(a) == skeleton(b) and distance(a, b, 2) <= (1 if size < 7 else 2):
        return "first name in another spelling" + ("" if family == "same" else ", last name too")
    if family == "same" and min(len(a), len(b)) >= 6 and left.family not in family_first() and distance(a, b, 1) == 1:
        return _MISSPELT
    return None


def _family_alike(left: str, right: str) -> str | None:
    left, right = canonical(left), canonical(right)
    if left == right:
        return "same"
    size = max(len(left), len(right))
    if min(len(left), len(right)) < 5 or skeleton(left) != skeleton(right):
        return None
    return "spelling" if distance(left, right, 2) <= (1 if size < 8 else 2) else None


def _join_alike(joined: Joined, names: dict[int, PersonName], pairs: list[tuple[int, int, str]]) -> None:
    """Join what is alike, unless a chain of likenesses ties two that differ."""
    ties: dict[int, set[int]] = defaultdict(set)
    for i, j, _ in pairs:
        a, b = joined.root(i), joined.root(j)
        if a != b:
            ties[a].add(b)
            ties[b].add(a)
    group: dict[int, int] = {}
    for start in sorted(ties):
        if start in group:
            continue
        chain, stack = [], [start]
        group[start] = start
        while stack:
            node = stack.pop()
            chain.append(node)
            for other in sorted(ties[node]):
                if other not in group:
                    group[other] = start
                    stack.append(other)
        if not _agree([joined.side(n) for n in chain], names):
            for node in chain:
                group[node] = -1 - node
    for i, j, why in sorted(pairs, key=lambda p: (joined.seen[p[0]].profile.key, joined.seen[p[1]].profile.key, p[2])):
        a, b = joined.root(i), joined.root(j)
        if a == b:
            continue
        if group.get(a, a) == group.get(b, b):
            group[min(a, b)] = group.get(a, a)
            joined.join(i, j, why)
        else:
            joined.doubt(i, j, f"{why}, but others are as much alike and differ among themselves")


def _agree(sides: list[Side], names: dict[int, PersonName]) -> bool:
    """Whether all members of a chain may be one: one state, and no two middle names or first names that differ."""
    if not all(fit(a, b) for k, a in enumerate(sides) for b in sides[k + 1 :]):
        return False
    members = [names[m] for s in sides for m in s.members if m in names]
    if len(members) > _MOST_PAIRS:
        return False
    return all(_may_be_one(a, b) for k, a in enumerate(members) for b in members[k + 1 :])


def _may_be_one(left: PersonName, right: PersonName) -> bool:
    same = canonical(left.given[0]) == canonical(right.given[0]) and canonical(left.family) == canonical(right.family)
    middle = _is_part(left.given[1:], right.given[1:]) or _is_part(right.given[1:], left.given[1:])
    return (same and middle) or "".join(left.given) == "".join(right.given) or _alike(left, right) is not None


def _join_suffixes(joined: Joined, full: list[_Person]) -> None:
    """Join "Lund" with "Lund Jr." only in one office at one time; else father and son are two."""
    names = {p.i: p.name for p in full}
    for block in _blocks(full, lambda p: (_first(p), canonical(p.name.family))):
        bare = joined.sides(p.i for p in block if not p.name.suffix)
        marked = joined.sides(p.i for p in block if p.name.suffix)
        if not marked:
            continue
        for side in bare:
            near = [m for m in marked if fit(side, m) and shared_office(side, m, _CLOSE)]
            rivals = [b for b in bare if near and fit(b, near[0]) and shared_office(b, near[0], _CLOSE)]
            if len(near) == 1 and len(rivals) == 1 and _agree([joined.side(side.root), near[0]], names):
                office = shared_office(side, near[0], _CLOSE)
                assert office is not None
                why = f"same name and office ({_told(office)}) within {_CLOSE} days, one with Jr. or Sr."
                joined.join(side.root, near[0].root, why)
                continue
            for other in marked:
                if fit(side, other):
                    joined.doubt(side.root, other.root, "same name, but one is marked as the younger or the elder")


# --- a surname alone ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Single:
    person: _Person
    office: Office
    window: Window


def _join_singles(joined: Joined, singles: list[_Person], full: list[_Person]) -> None:
    """Join a surname with the only full name that held its office at the time, else with itself from month to month."""
    by_office: dict[Office, list[_Holder]] = defaultdict(list)
    for person in full:
        for tenure in person.seen.tenures:
            if is_single_office(tenure.office.title):
                window = (tenure.first, tenure.last or tenure.first) if tenure.first else None
                by_office[tenure.office].append(_Holder(person, window, joined.root(person.i)))
    candidates: dict[tuple[PersonName, Office], list[_Holder]] = {}
    lone: dict[tuple[PersonName, str, Office], list[_Single]] = defaultdict(list)
    for single in filter(None, map(_single, singles)):
        name = single.person.name
        if (name, single.office) not in candidates:
            candidates[name, single.office] = _holders(name, by_office.get(single.office, ()))
        if not _join_single(joined, single, candidates[name, single.office]):
            lone[name, single.person.country or "", single.office].append(single)
    for key in sorted(lone, key=str):
        _chain(joined, lone[key])


@dataclass(frozen=True, slots=True)
class _Holder:
    """When the full names of an identity held an office; surnames joined to it do not stretch the time."""

    person: _Person
    window: Window | None
    root: int


def _holders(name: PersonName, holders: Iterable[_Holder]) -> list[_Holder]:
    """Those whom a surname may stand for, one an identity, each by the name of most reports."""
    found: dict[int, _Holder] = {}
    for holder in holders:
        if matches(name, holder.person.name):
            known = found.setdefault(holder.root, holder)
            best = max(known.person, holder.person, key=lambda p: (p.seen.reports, -p.i))
            found[holder.root] = _Holder(best, both(known.window, holder.window), holder.root)
    return [found[root] for root in sorted(found)]


def _join_single(joined: Joined, single: _Single, holders: list[_Holder]) -> bool:
    """Join a surname with who held its office at the time; whether there was anybody near who may have."""
    near = {h.root: gap(h.window, single.window) for h in holders}
    close = [h for h in holders if near[h.root] <= _YEAR and _of_state(joined.side(h.person.i), single)]
    inside = [h for h in close if near[h.root] == 0]
    chosen = inside if len(inside) == 1 and not single.office.past else close
    if len(chosen) == 1:
        when = "at the time" if near[chosen[0].root] == 0 else "within a year"
        why = f"same last name, same office ({_told(single.office)}) {when}; no other full name fits"
        joined.join(chosen[0].person.i, single.person.i, why)
    for holder in close if len(chosen) != 1 else ():
        why = f"same last name and office ({_told(single.office)}), but several full names fit"
        joined.doubt(single.person.i, holder.person.i, why)
    return bool(close)


def _single(person: _Person) -> _Single | None:
    """A surname in an office; ``None`` where its key is a report's own."""
    cells = person.seen.profile.key.split("|")
    if cells[3].startswith("@") or not person.seen.first or not person.seen.last:
        return None
    title, _, of = cells[3].rpartition(" of ")
    past = title.startswith("former ")
    office = Office(title.removeprefix("former "), of, past)
    return _Single(person, office, (person.seen.first, person.seen.last))


def _of_state(side: Side, single: _Single) -> bool:
    return not side.countries or single.office.of in side.countries or single.person.country in side.countries


def _chain(joined: Joined, singles: list[_Single]) -> None:
    """Join months of a person known by one name alone, such as Suharto, where no full name was ever told."""
    singles.sort(key=lambda s: (s.window, s.person.seen.profile.key))
    for before, after in pairwise(singles):
        if gap(before.window, after.window) <= _YEAR:
            why = f"same single name, same office ({_told(before.office)}), within a year; no full name is told"
            joined.join(before.person.i, after.person.i, why)


# --- what may be -------------------------------------------------------------------------------------------------


def _note_likenesses(joined: Joined, full: list[_Person]) -> None:
    """Note the names of one state that are alike but share no office."""
    for block in _blocks(full, lambda p: (given_in_full(p.name.given[0])[:1], p.country)):
        if block[0].country is None or len(block) > _MOST_PAIRS:
            continue
        noted = 0
        for left, right in _all_pairs(block):
            if joined.root(left.i) == joined.root(right.i):
                continue
            how = _alike(left.name, right.name)
            if how is not None and noted < _MOST_PAIRS:
                noted += 1
                how = "same last name, first name by its initial" if how == "initial" else how
                joined.doubt(left.i, right.i, f"{how}, but no office in common within a year")
