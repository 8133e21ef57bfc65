"""The data of the event lexicon: that each file loads, says what it may say, and says nothing twice."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from itertools import product

import pytest

from dateline.lexicons import rows
from dateline.lexicons.eventbook import NO_ACT, TYPES, event_book, type_of, word_sets
from dateline.model import Annotated
from dateline.pipeline import Reader

Annotate = Callable[..., Annotated]

Key = tuple[str, str, tuple[str, ...]]

SLOTS = ("obj:", "pp:", "prep:", "xcomp:", "with:", "subj:")
PLACES = {
    "obj", "poss", "none", "subj", "dative", "owner",
    "to", "on", "of", "with", "for", "from", "in", "at", "by", "into", "against", "between", "among", "over", "about",
    "toward", "towards", "upon", "near", "off", "along", "around", "behind", "outside", "through", "under", "across",
    "throughout", "alongside", "out",
}  # fmt: skip
#: Words that end in -s or -ing and are lemmas all the same.
PLAIN = {
    "aids", "arms", "christmas", "damages", "gas", "goods", "headquarters", "news", "odds", "olympics", "remains",
    "series", "tear-gas", "teargas", "thanks", "themselves",
}  # fmt: skip
NOT_PLURAL = ("ss", "us", "is")


def lines(type_: str) -> list[tuple[int, list[str]]]:
    return list(rows(f"events/{type_}.tsv", 4))


def keys(kind: str, pattern: str) -> list[Key]:
    """A line's patterns one by one: each head lemma with each particle and the sorted slots."""
    heads, *rest = pattern.split()
    particles = [w.split("|") for w in rest if ":" not in w] or [[""]]
    slots = tuple(sorted(w for w in rest if ":" in w))
    whole = [" ".join(words).strip() for words in product(heads.split("|"), *particles)]
    return [(kind, words, slots) for words in whole]


@pytest.fixture(scope="module")
def codes() -> dict[str, float]:
    return {code: float(weight) for _, (code, _, weight) in rows("events/cameo.tsv", 3)}


def test_the_codebook_is_whole(codes: dict[str, float]) -> None:
    assert len(codes) > 300
    assert {f"{root:02d}" for root in range(1, 21)} <= set(codes)
    assert (codes["0871"], codes["190"], codes["057"], codes["112"]) == (9.0, -10.0, 8.0, -2.0)
    assert all(-10.0 <= weight <= 10.0 for weight in codes.values())


def test_every_type_has_its_quad_and_a_code_of_its_own(codes: dict[str, float]) -> None:
    kinds = [cells for _, cells in rows("events/types.tsv", 4)]
    assert {k[0] for k in kinds} == set(TYPES)
    assert Counter(k[1] for k in kinds) == {
        "verbal_cooperation": 3, "material_cooperation": 4, "verbal_conflict": 4, "material_conflict": 5,
    }  # fmt: skip
    for name, _, code, definition in kinds:
        assert code in codes, name
        assert type_of(code) == name
        assert definition.endswith("."), name


@pytest.mark.parametrize("type_", TYPES)
def test_codes_belong_to_the_type_of_the_file(type_: str, codes: dict[str, float]) -> None:
    found = [(number, code) for number, (_, _, code, _) in lines(type_) if code != NO_ACT]
    wrong = [(number, code) for number, code in found if code not in codes or type_of(code) != type_]
    assert wrong == []


@pytest.mark.parametrize("type_", TYPES)
def test_lines_keep_to_the_format(type_: str) -> None:
    sets = word_sets()
    for number, (kind, pattern, _, options) in lines(type_):
        where = f"{type_}.tsv:{number} {pattern}"
        assert kind in ("v", "n", "a"), where
        heads, *rest = pattern.split()
        assert ":" not in heads, where
        assert sum(":" not in w for w in rest) <= 1, where
        assert all(w.startswith(SLOTS) for w in rest if ":" in w), where
        words = [w for part in (heads, *rest) for w in part.split(":")[-1].split("=")[-1].split("|")]
        assert all(w[1:] in sets for w in words if w.startswith("@")), where
        for option in options.split():
            name, _, value = option.partition(":")
            assert name in ("to", "from", "mode", "mutual", "unsure"), where
            if name in ("to", "from"):
                assert set(value.split("|")) <= PLACES, where


@pytest.mark.parametrize("type_", TYPES)
def test_words_are_lower_case_lemmas(type_: str) -> None:
    odd = []
    for number, (kind, pattern, _, _) in lines(type_):
        heads, *rest = pattern.split()
        slots = [w for s in rest if s.startswith(("obj:", "xcomp:")) for w in s.split(":")[1].split("|")]
        for word in [*heads.split("|"), *slots]:
            plural = word.endswith("s") and not word.endswith(NOT_PLURAL) and word not in PLAIN
            if not word.startswith("@") and (not word or word != word.lower() or plural):
                odd.append((number, word))
        odd += [(number, h) for h in heads.split("|") if kind == "v" and h.endswith("ing") and len(h) > 5]
    assert odd == []


def test_sets_hold_lower_case_words_once() -> None:
    for number, (name, lemmas) in rows("events/sets.tsv", 2):
        words = lemmas.split("|")
        assert name.startswith("@"), number
        assert len(words) > 1, name
        assert all(words), name
        assert all(w == w.lower() or w.startswith("@") for w in words), name
        assert [w for w, n in Counter(words).items() if n > 1] == [], name


def test_no_pattern_has_two_codes() -> None:
    seen: dict[Key, list[str]] = defaultdict(list)
    for type_ in TYPES:
        for number, (kind, pattern, code, _) in lines(type_):
            for key in keys(kind, pattern):
                seen[key].append(f"{type_}.tsv:{number} {code}")
    assert {key: found for key, found in seen.items() if len(found) > 1} == {}


def test_the_lexicon_is_large_enough_in_every_type() -> None:
    sizes = {t: sum(len(keys(kind, pattern)) for _, (kind, pattern, _, _) in lines(t)) for t in TYPES}
    assert sum(sizes.values()) >= 2000
    assert min(sizes.values()) >= 60, sizes


def test_the_heaviest_pattern_comes_first() -> None:
    verbs = event_book().patterns["v"]
    assert verbs["fire"][0].weight >= verbs["fire"][-1].weight
    assert {p.type for p in verbs["fire"]} >= {"ASSAULT", "COERCE"}
    assert all(list(ps) == sorted(ps, key=lambda p: -p.weight) for ps in verbs.values())


SENTENCES = [
    ("REQUEST", "Ethiopia has called for urgent food aid from donors."),
    ("REQUEST", "Opposition leaders urged the government of Togo to hold free elections."),
    ("REQUEST", "Bulgaria is seeking compensation from Russia."),
    ("AGREE", "Algeria offered to mediate between Mali and the rebels."),
    ("AGREE", "India and Nepal agreed to expand trade."),
    ("AGREE", "Hamas accepted the Egyptian proposal for a truce."),
    ("CONSULT", "The king of Jordan paid a visit to Kuwait."),
    ("CONSULT", "Putin and Modi spoke by telephone on Sunday."),
    ("CONSULT", "Norway is mediating between the Philippine government and communist rebels."),
    ("SUPPORT", "Hungary and Serbia signed a friendship treaty."),
    ("SUPPORT", "Japan apologised to South Korea for its colonial rule."),
    ("SUPPORT", "Libya threw its weight behind the African Union plan."),
    ("COOPERATE", "Thailand extradited the arms dealer to the United States."),
    ("COOPERATE", "Indian and Sri Lankan navies held joint exercises."),
    ("AID", "Ecuador granted asylum to the activist."),
    ("AID", "Germany provided Ukraine with tanks."),
    ("AID", "Cuba sent doctors to Haiti."),
    ("CONCEDE", "The United States lifted sanctions against Sudan."),
    ("CONCEDE", "Kuwait granted women the right to vote."),
    ("CONCEDE", "The unions called off their strike against the Greek government."),
    ("RETREAT", "Colombian paramilitaries laid down their weapons."),
    ("RETREAT", "Britain returned the stolen statue to Nigeria."),
    ("RETREAT", "The Egyptian president stepped down."),
    ("ACCUSE", "Nicaragua sued Colombia over the maritime border."),
    ("ACCUSE", "The mayor lashed out at the French government."),
    ("ACCUSE", "The Czech president was critical of Germany."),
    ("REJECT", "Germany ruled out sending tanks to Ukraine."),
    ("REJECT", "Greece turned down Turkey's request for overflight."),
    ("THREATEN", "Russia gave Georgia an ultimatum."),
    ("THREATEN", "Israel vowed to retaliate against Hezbollah."),
    ("PROTEST", "Doctors in Nigeria began an indefinite strike."),
    ("PROTEST", "Farmers blocked roads in France."),
    ("MOBILIZE", "Pakistan put its army on high alert."),
    ("MOBILIZE", "Israel called up reservists."),
    ("SANCTION", "Ecuador recalled its ambassador from Colombia."),
    ("SANCTION", "Egypt broke off relations with Qatar."),
    ("SANCTION", "The Netherlands cut aid to Rwanda."),
    ("COERCE", "Turkish police arrested 12 journalists."),
    ("COERCE", "Vietnam put three bloggers on trial."),
    ("COERCE", "Police in Hong Kong fired tear gas at protesters."),
    ("ASSAULT", "Armed men opened fire on a UN convoy in Congo."),
    ("ASSAULT", "Gunmen kidnapped three engineers in Nigeria."),
    # words of the lexicon in senses that are no act
    ("", "The new engine meets the requirements of the German ministry."),
    ("", "Fires and storms killed 12 people in Portugal."),
    ("", "The Norwegian bank charges a fee."),
    ("", "Brazil beat Chile in the final."),
]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(fast=True)


@pytest.mark.parametrize(("expected", "sentence"), SENTENCES)
def test_what_a_sentence_tells_first(expected: str, sentence: str, reader: Reader, annotate: Annotate) -> None:
    events = reader.understand(annotate(sentence)).events
    assert (events[0].type if events else "") == expected
