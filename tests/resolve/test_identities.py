"""Which actors of different reports are one: names, profiles, grouping, and roles over time."""

from __future__ import annotations

import random
import time
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.model import Actor, ActorKind, Mention, MentionForm, Role, RoleStatus, Span
from dateline.resolve.identities import (
    Identity,
    Profile,
    RoleSighting,
    gather,
    group,
    normal_name,
    normal_title,
    profile_of,
    roles_over_time,
)

Sighting = tuple[Profile, str, str | None]
_FORMER = ("former ", RoleStatus.FORMER)


def actor(
    name: str,
    country: str | None = None,
    *titles: str,
    kind: ActorKind = ActorKind.PERSON,
    code: str | None = None,
    form: MentionForm = MentionForm.NAME,
) -> Actor:
    """An actor in one line: a title that starts with "former" was held before, "Premier/FRA" is of another state."""
    roles = []
    for title in titles:
        title, _, of = title.partition("/")
        past = title.startswith("former ")
        status = RoleStatus.FORMER if past else RoleStatus.CURRENT
        roles.append(Role(title.removeprefix("former "), of or country, status, Span(0, 0)))
    return Actor("a1", name, kind, country, code or country, tuple(roles), (Mention(Span(0, len(name)), form, 0),))


def seen(*actors: tuple[Actor, str | None]) -> list[Sighting]:
    """One report each for actors with a day."""
    return [(profile_of(a, f"r{n}", day, a.name), f"r{n}", day) for n, (a, day) in enumerate(actors)]


def together(*actors: tuple[Actor, str | None]) -> list[set[int]]:
    """Which of the actors (by number) are one identity; only identities of several actors."""
    sightings = seen(*actors)
    found = []
    for identity in group(gather(sightings)):
        numbers = {n for n, (profile, _, _) in enumerate(sightings) if profile.key in identity.members}
        if len(numbers) > 1:
            found.append(numbers)
    return sorted(found, key=min)


# --- names -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("left", "right", "country"),
    [
        ("José María Lund", "Jose Maria Lund", None),
        ("Gen. Karl Lund", "Karl Lund", None),
        ("Mr Karl Lund", "KARL LUND", None),
        ("Karl O'Berg", "Karl O’Berg", None),
        ("J.F. Lund", "J. F. Lund", None),
        ("JF Lund", "J.F. Lund", None),
        ('Karl "Kalle" Lund', "Karl Lund", None),
        ("Karl van der Lund", "Karl Lund", None),
        ("Osama bin Laden", "Sheikh Osama bin Laden", None),
        ("Muammar al-Qaddafi", "Muammar Qaddafi", None),
        ("Muammar al Qaddafi", "Muammar Qaddafi", None),
        ("Mohamed ElBaradei", "Mohamed El Baradei", None),
        ("Karl Lund Junior", "Karl Lund, Jr.", None),
        ("Kim Dae-jung", "Kim Dae Jung", "KOR"),
        ("Wen Jiabao", "Jiabao Wen", "CHN"),
        ("Viktor Orban", "Orbán Viktor", "HUN"),
        ("Ellen Johnson-Sirleaf", "Ellen Johnson Sirleaf", "LBR"),
        ("Łukasz Ørsted", "Lukasz Orsted", None),
    ],
)
def test_one_name(left: str, right: str, country: str | None) -> None:
    assert normal_name(left, country) == normal_name(right, country)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Karl Lund Jr.", "Karl Lund Sr."),
        ("Karl Lund Jr.", "Karl Lund"),
        ("Karl F. Lund", "Karl G. Lund"),
        ("Karl Lund", "Karla Lund"),
        ("Ben Lund", "Lund"),
        ("Van Lund", "Ivan Lund"),
        ("x" * 200 + " Lund", "x" * 201 + " Lund"),
    ],
)
def test_two_names(left: str, right: str) -> None:
    assert normal_name(left) != normal_name(right)


@pytest.mark.parametrize("name", ["Wen Jiabao", "Lee Teng-hui", "Ban Ki-moon", "Goh Chok Tong"])
def test_family_name_first_without_a_state(name: str) -> None:
    assert normal_name(name).split()[-1] == name.split()[0].lower()


@pytest.mark.parametrize("name", ["Lee Marlund", "Kim Howberg", "Long Anderbeck", "Inga Wen"])
def test_family_name_last_elsewhere(name: str) -> None:
    assert normal_name(name).split()[-1] == name.split()[-1].lower()


@pytest.mark.parametrize(
    "name", ["", " ", "...", "-'-", "|", "\u200f\u202eمحمد علي", "𝕏" * 10_000, "a b " * 5000, "Jr.", "Mr.", "\ud800 x"]
)
@pytest.mark.parametrize("kind", list(ActorKind))
def test_odd_names(name: str, kind: ActorKind) -> None:
    profile = profile_of(actor(name, None, "", kind=kind), "r1", "2001-01-01", name)
    assert len(profile.key) < 400
    (identity,) = group(gather([(profile, "r1", None)]))
    assert identity.members == (profile.key,)


# --- persons -----------------------------------------------------------------------------------------------------

PM, FM, D = "Prime Minister", "Foreign Minister", "2001-05-05"


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (actor("Karl Lund", "NOR"), actor("Karl Lund", "NOR", PM)),
        (actor("Karl Lund", "NOR"), actor("Karl Lund", None)),
        (actor("Karl Lund"), actor("Karl Lund")),
        (actor("Karl F. Lund", "NOR"), actor("Karl Lund", "NOR")),
        (actor("Karl Fredrik Lund", "NOR"), actor("Karl F. Lund", "NOR")),
        (actor("Karl Fredrik Lund", "NOR", PM), actor("Karl Lund", "NOR", "Premier")),
        (actor("K. Lund", "NOR", PM), actor("Karl Lund", "NOR", PM)),
        (actor("William Lundberg", "USA", "Senator"), actor("Bill Lundberg", "USA", "Senator")),
        (actor("Muammar Qaddafi", "LBY"), actor("Moammar Gadhafi", "LBY")),
        (actor("Mikhail Gorbachev", "SUN"), actor("Mikhail Gorbachov", "SUN")),
        (actor("Andrei Koslovsky", "RUS", FM), actor("Andrei Kozlovski", "RUS", FM)),
        (actor("Kim Dae-jung", "KOR"), actor("Kim Daejung", "KOR")),
        (actor("Lund", "NOR", PM), actor("Karl Lund", "NOR", PM)),
        (actor("Karl Lund Jr.", "NOR", PM), actor("Karl Lund", "NOR", PM)),
    ],
)
def test_one_person(left: Actor, right: Actor) -> None:
    assert together((left, D), (right, D)) == [{0, 1}]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (actor("Lund", "NOR"), actor("Karl Lund", "NOR")),
        (actor("Lund", "NOR"), actor("Lund", "NOR")),
        (actor("Lund", "NOR", "spokesman"), actor("Karl Lund", "NOR", "spokesman")),
        (actor("Lund", "NOR", PM), actor("Karl Lund", "NOR", FM)),
        (actor("Lund", "NOR", PM), actor("Karl Lund", "SWE", PM)),
        (actor("Lund", "NOR", "former " + PM), actor("Karl Lund", "NOR", PM)),
        (actor("Lund", "USA", "Governor"), actor("Karl Lund", "USA", "Governor")),
        (actor("Karl Lund", "NOR"), actor("Karl Lund", "SWE")),
        (actor("Karl Lund", "NOR", "captain"), actor("Karl Lund", "SWE", "captain")),
        (actor("Karl F. Lund", "NOR"), actor("Karl G. Lund", "NOR")),
        (actor("Karl Lund Jr.", "NOR"), actor("Karl Lund", "NOR")),
        (actor("Karl Lund Jr.", "NOR", PM), actor("Karl Lund Sr.", "NOR", PM)),
        (actor("K. Lund", "NOR"), actor("Karl Lund", "NOR")),
        (actor("K. Lund", "NOR", "member"), actor("Karl Lund", "NOR", "member")),
        (actor("Bill Lundberg", "USA"), actor("William Lundberg", "USA")),
        (actor("Andrei Koslovsky", "RUS"), actor("Andrei Kozlovski", "RUS")),
        (actor("Inga Lund", "NOR", PM), actor("Karl Lund", "NOR", PM)),
        (actor("Li Peng", "CHN", PM), actor("Li Ping", "CHN", PM)),
        (actor("Karl Berg", "NOR", PM), actor("Karl Borg", "NOR", PM)),
    ],
)
def test_two_persons(left: Actor, right: Actor) -> None:
    assert together((left, D), (right, D)) == []


def test_same_surname_in_the_same_office() -> None:
    """Nawaz and Shehbaz Sharif were both Prime Minister of Pakistan; a surname is of whoever held it then."""
    nawaz, shehbaz = actor("Nawaz Sharif", "PAK", PM), actor("Shehbaz Sharif", "PAK", PM)
    alone = actor("Sharif", "PAK", PM)
    found = together(
        (nawaz, "1997-03-01"), (nawaz, "1999-10-01"), (shehbaz, "2022-04-12"), (shehbaz, "2023-08-01"),
        (alone, "1998-05-28"), (alone, "2022-10-10"), (alone, "2010-01-01"),
    )  # fmt: skip
    assert found == [{0, 1, 4}, {2, 3, 5}]


def test_surname_between_two_of_the_office() -> None:
    """Néstor Kirchner and Cristina Kirchner followed one another: a surname near the change is nobody's."""
    first, second = actor("Nestor Kirchner", "ARG", "President"), actor("Cristina Kirchner", "ARG", "President")
    sightings = seen(
        (first, "2003-05-25"), (first, "2007-12-01"), (second, "2007-12-20"), (second, "2010-01-01"),
        (actor("Kirchner", "ARG", "President"), "2007-12-10"),
    )  # fmt: skip
    identities = group(gather(sightings))
    (lone,) = [i for i in identities if i.members == (sightings[-1][0].key,)]
    assert len(lone.possible) == 2
    assert "several full names fit" in lone.possible[0].why


def test_father_and_son() -> None:
    """George H. W. Bush and George W. Bush: "George Bush" in the office of both at their times is left alone."""
    found = together(
        (actor("George H. W. Bush", "USA", "President"), "1990-08-02"),
        (actor("George W. Bush", "USA", "President"), "2003-03-20"),
        (actor("George Bush", "USA", "President"), "1991-01-17"),
        (actor("George Bush", "USA", "President"), "2002-01-29"),
        (actor("Bush", "USA", "President"), "2003-04-01"),
    )
    assert found == [{1, 4}, {2, 3}] or found == [{2, 3}]


def test_a_bare_name_does_not_tie_two_middle_names() -> None:
    found = together(
        (actor("Karl G. Lund", "SWE", PM), D), (actor("Karl Lund", "SWE", PM), D), (actor("Karl Lund"), D),
        (actor("Karl F. Lund"), D),
    )  # fmt: skip
    assert found == [{0, 1, 2}]


def test_one_name_known_alone() -> None:
    """Suharto had no other name: his months in office are joined, other times and offices are not."""
    suharto = actor("Suharto", "IDN", "President")
    found = together((suharto, "1997-04-01"), (suharto, "1997-12-01"), (suharto, "1998-05-01"), (suharto, "2005-01-01"))
    assert found == [{0, 1, 2}]


def test_a_name_by_which_only_its_bearer_goes() -> None:
    saddam = actor("Saddam", "IRQ", "President")
    assert together((saddam, "1997-04-01"), (actor("Saddam Hussein", "IRQ", "President"), "1997-05-01")) == [{0, 1}]


def test_unknown_state_joins_the_only_known_one() -> None:
    lund = "Karl Lund"
    assert together((actor(lund), D), (actor(lund, "NOR"), D), (actor(lund, "SWE"), D)) == []
    many = [(actor(lund, "NOR"), f"2001-05-{n:02}") for n in range(1, 11)]
    assert together((actor(lund), D), *many, (actor(lund, "SWE"), D)) == [set(range(11))]


def test_high_office_of_a_misread_state() -> None:
    right = [(actor("Karl Lund", "NOR", PM), f"2001-05-{n:02}") for n in range(1, 8)]
    wrong = actor("Karl Lund", "IRQ", PM)
    assert together(*right, (wrong, "2001-06-01")) == [set(range(8))]
    assert together(*right, (wrong, "2009-06-01")) == [set(range(7))]
    assert together((actor("Karl Lund", "NOR", FM), D), (actor("Karl Lund", "IRQ", FM), D)) == [{0, 1}]


def test_president_of_a_common_name() -> None:
    """A president may be a firm's: of a common name there may be two."""
    left, right = actor("Kim Young-soo", "KOR", "President"), actor("Kim Young-soo", "CHN", "President")
    assert together((left, D), (right, D)) == []


def test_country_of_equal_tellings_is_unsure() -> None:
    (identity,) = group(gather(seen((actor("Karl Lund", "NOR", FM), D), (actor("Karl Lund", "IRQ", FM), D))))
    assert identity.country is None


def test_doubt_of_two_walks_of_life() -> None:
    (identity,) = group(gather(seen((actor("Karl Lund", "NOR", "striker"), D), (actor("Karl Lund", "NOR", FM), D))))
    assert identity.doubt is not None
    assert "two persons" in identity.doubt


def test_reasons_and_display() -> None:
    sightings = seen(
        (actor("Lund", "NOR", PM), D), (actor("Karl Lund", "NOR", PM), D), (actor("Karl F. Lund", "NOR", PM), D)
    )
    (identity,) = group(gather(sightings))
    assert identity.name in ("Karl Lund", "Karl F. Lund")
    assert identity.country == "NOR"
    assert len(identity.reasons) == 2
    assert any("no other full name fits" in r.why for r in identity.reasons)
    assert {k for r in identity.reasons for k in (r.left, r.right)} == set(identity.members)


# --- what is no person -------------------------------------------------------------------------------------------

ORG, GROUP = ActorKind.ORGANISATION, ActorKind.GROUP


def body(name: str, country: str | None = None, form: MentionForm = MentionForm.NAME, code: str | None = None) -> Actor:
    return actor(name, country, kind=ORG, form=form, code=code)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (body("Nordlund Corp."), body("Nordlund")),
        (body("Utopian Harbour Workers' Union", "NOR"), body("Utopian Harbor Workers Union", "NOR")),
        (body("Nordlund", "NOR"), body("Nordlund")),
        (body("African National Congress", "ZAF"), body("ANC", "ZAF", MentionForm.ACRONYM)),
        (body("Utopian Progress Front", "NOR"), body("UPF", "NOR", MentionForm.ACRONYM)),
        (body("NATO", None, MentionForm.ACRONYM, "IGO"), body("North Atlantic Treaty Organisation", None, code="IGO")),
        (body("Foreign Ministry", "NOR"), body("foreign ministry", "NOR", MentionForm.NOMINAL)),
        (body("army", "GBR", MentionForm.NOMINAL), body("British Army", "GBR")),
        (actor("Utopian Front", "NOR", kind=GROUP), body("Utopian Front", "NOR")),
        (actor("Norway", "NOR", kind=ActorKind.STATE), actor("Oslo", "NOR", kind=ActorKind.STATE)),
        (actor("premier", "NOR", "premier", kind=ActorKind.OFFICE), actor("the PM", "NOR", PM, kind=ActorKind.OFFICE)),
    ],
)
def test_one_body(left: Actor, right: Actor) -> None:
    assert together((left, D), (right, D)) == [{0, 1}]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (body("Labour Party", "GBR"), body("Labour Party", "ISR")),
        (body("Foreign Ministry", "NOR"), body("Foreign Ministry", None)),
        (body("UPF", None, MentionForm.ACRONYM), body("Utopian Progress Front", "NOR")),
        (body("Nordlund", "NOR"), body("Nordlund", "SWE")),
        (body("Nordlund"), actor("Nordlund")),
        (body("Military Hospital", "NOR"), body("Military Hospital", None)),
        (actor("Norway", "NOR", kind=ActorKind.STATE), body("government", "NOR", MentionForm.NOMINAL)),
    ],
)
def test_two_bodies(left: Actor, right: Actor) -> None:
    assert together((left, D), (right, D)) == []


@pytest.mark.parametrize("kind", [ActorKind.UNNAMED, ActorKind.POPULATION, GROUP, ORG, ActorKind.OFFICE])
def test_classes_are_no_identity(kind: ActorKind) -> None:
    crowd = actor("several of them", "NOR", "minister", kind=kind, code="NORGOV", form=MentionForm.NOMINAL)
    (identity,) = group(gather(seen((crowd, D))))
    assert not identity.one


# --- a person decides --------------------------------------------------------------------------------------------


def test_alone_and_together() -> None:
    sightings = seen((actor("Karl F. Lund", "NOR"), D), (actor("Karl Lund", "NOR"), D), (actor("Inga Berg", "NOR"), D))
    keys = [profile.key for profile, _, _ in sightings]
    all_seen = gather(sightings)
    assert len(group(all_seen)) == 2
    assert len(group(all_seen, alone=[keys[1]])) == 3
    joined = group(all_seen, together=[(keys[2], keys[0]), ("person|nobody|NOR", keys[0])])
    assert len(joined) == 1
    assert any(r.why == "joined by hand" for r in joined[0].reasons)
    assert group(all_seen, alone=[], together=[]) == group(all_seen)


# --- titles over time --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("PM", "Prime Minister"),
        ("Premier", "prime minister"),
        ("Minister of Foreign Affairs", "Foreign Minister"),
        ("External Affairs Minister", "foreign minister"),
        ("Secretary of Defense", "Defence Secretary"),
        ("Minister for Agriculture", "agriculture minister"),
        ("Norwegian Prime Minister", "Prime Minister"),
        ("spokeswoman", "spokesman"),
    ],
)
def test_one_title(left: str, right: str) -> None:
    assert normal_title(left) == normal_title(right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Secretary of State", "State Secretary"),
        ("Prime Minister", "Deputy Prime Minister"),
        ("Minister", "Prime Minister"),
    ],
)
def test_two_titles(left: str, right: str) -> None:
    assert normal_title(left) != normal_title(right)


def sighting(title: str, day: str | None, status: RoleStatus = RoleStatus.CURRENT, report: str = "") -> RoleSighting:
    return RoleSighting(title, "PAK", status, day, report or f"{title} {day} {status}")


def test_former_and_then_do_not_stretch_a_role() -> None:
    (span,) = roles_over_time(
        [
            sighting("PM", "2022-04-12"),
            sighting("Prime Minister", "2023-08-09"),
            sighting("Prime Minister", "2023-10-01", RoleStatus.FORMER),
            sighting("Prime Minister", "2019-01-01", RoleStatus.THEN),
            sighting("Prime Minister", "2022-03-01", RoleStatus.ELECT),
            sighting("Prime Minister", None),
        ]
    )
    assert (span.title, span.of, span.first, span.last) == ("prime minister", "PAK", "2022-04-12", "2023-08-09")
    assert span.reports == 3
    assert span.told == 6
    assert dict(span.statuses)[RoleStatus.FORMER] == 1


def test_two_terms() -> None:
    first, second = roles_over_time(
        [
            sighting("Prime Minister", "1990-11-06"),
            sighting("Prime Minister", "1993-04-01"),
            sighting("Prime Minister", "1995-01-01", RoleStatus.FORMER),
            sighting("Prime Minister", "1997-02-17"),
            sighting("Prime Minister", "1999-10-01"),
        ]
    )
    assert (first.last, second.first) == ("1993-04-01", "1997-02-17")


def test_one_mistaken_former_does_not_part_a_term() -> None:
    days = ["2001-01-01", "2001-01-20"]
    spans = roles_over_time(
        [*(sighting("President", d) for d in days), sighting("President", "2001-01-10", RoleStatus.FORMER)]
    )
    assert len(spans) == 1


def test_a_role_only_held_before_has_no_days() -> None:
    (span,) = roles_over_time([sighting("ambassador", "2001-01-01", RoleStatus.FORMER)])
    assert (span.first, span.last, span.reports, span.told) == (None, None, 0, 1)


def test_one_report_counts_once() -> None:
    twice = [sighting("President", "2001-01-01", report="r1"), sighting("President", "2001-01-01", report="r1")]
    assert roles_over_time(twice)[0].reports == 1


# --- properties --------------------------------------------------------------------------------------------------

_GIVEN = st.sampled_from(
    ["Karl", "K.", "Karl F.", "Karl Fredrik", "Karl G.", "Carl", "Bill", "William", "Mohamed", "Muhammad", ""]
)
_FAMILY = st.sampled_from(["Lund", "Lundberg", "Lundburg", "Qaddafi", "Gadhafi", "Lund Jr.", "Lund Sr."])
_COUNTRY = st.sampled_from([None, "NOR", "SWE"])
_TITLES = st.lists(
    st.sampled_from(["Prime Minister", "Premier", "President", "Senator", "former President"]), max_size=2
)
_DAYS = st.sampled_from([None, "2001-01-01", "2001-11-01", "2005-06-01", "2005-07-01"])


@st.composite
def _sightings(draw: st.DrawFn) -> list[Sighting]:
    found = []
    for n in range(draw(st.integers(1, 12))):
        name = f"{draw(_GIVEN)} {draw(_FAMILY)}".strip()
        day = draw(_DAYS)
        who = actor(name, draw(_COUNTRY), *draw(_TITLES))
        found.append((profile_of(who, f"r{n}", day, name), f"r{n}", day))
    return found


@settings(max_examples=150, deadline=None)
@given(_sightings(), st.randoms(use_true_random=False))
def test_order_does_not_matter(sightings: list[Sighting], chance: random.Random) -> None:
    expected = group(gather(sightings))
    shuffled = sightings[:]
    chance.shuffle(shuffled)
    found = list(gather(shuffled))
    chance.shuffle(found)
    assert group(found) == expected


@settings(max_examples=150, deadline=None)
@given(_sightings())
def test_each_profile_is_in_one_identity_with_its_reasons(sightings: list[Sighting]) -> None:
    identities = group(gather(sightings))
    members = [key for identity in identities for key in identity.members]
    assert sorted(members) == sorted({profile.key for profile, _, _ in sightings})
    keys = {identity.key for identity in identities}
    for identity in identities:
        assert len(identity.reasons) == len(identity.members) - 1
        assert all(p.other in keys and p.other != identity.key and p.why for p in identity.possible)


@settings(max_examples=150, deadline=None)
@given(_sightings())
def test_no_identity_holds_what_differs(sightings: list[Sighting]) -> None:
    for identity in group(gather(sightings)):
        names = [key.split("|")[1].split() for key in identity.members]
        suffixes = {words[-1] for words in names if words[-1] in ("jr", "sr")}
        assert len(suffixes) < 2
        middles = {w for words in names for w in words[1:-1] if len(w) == 1}
        assert len(middles) < 2


@settings(max_examples=150, deadline=None)
@given(_sightings())
def test_one_more_never_parts_an_identity_without_saying_why(sightings: list[Sighting]) -> None:
    before, after = group(gather(sightings[:-1])), group(gather(sightings))
    of: dict[str, Identity] = {key: identity for identity in after for key in identity.members}
    for identity in before:
        for left, right in combinations(identity.members, 2):
            if of[left].key != of[right].key:
                assert of[left].possible or of[right].possible


def test_large_bucket_in_good_time() -> None:
    chance = random.Random(1)
    names = [f"{g} {m} Lund" for g in map("Name{}".format, range(200)) for m in ("", "A.", "B.", "Carl")]
    sightings = []
    for n in range(12_000):
        name = " ".join(chance.choice(names).split()) if n % 2 else "Lund"
        office = "Prime Minister" if n % 2 == 0 or n % 50 == 1 else "Senator"
        titles = chance.choice([(), (office,), ("spokesman",)])
        day = f"{chance.randrange(1990, 2020)}-{chance.randrange(1, 13):02}-01"
        who = actor(name, chance.choice(["NOR", "SWE", "DNK", None]), *titles)
        sightings.append((profile_of(who, f"r{n}", day, name), f"r{n}", day))
    found = gather(sightings)
    assert len(found) > 5000
    begun = time.process_time()
    group(found)
    assert time.process_time() - begun < 15
