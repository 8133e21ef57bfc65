"""The cue lexicon and the lists of stance, sourcing and media words load and are broad."""

from __future__ import annotations

import pytest

from dateline.lexicons.cues import ACTS, cue_words, word_set
from dateline.lexicons.speech import kinds, medium_kind, sourcing_kind, stance_kind
from dateline.model import Stance


def test_the_cues_load_and_are_broad() -> None:
    cues = [c for uses in cue_words().values() for c in uses]
    assert len({(c.lemma, c.pos) for c in cues}) >= 500
    assert {c.act for c in cues} == ACTS
    assert {c.stance for c in cues} == set(Stance)


def test_no_use_is_listed_twice() -> None:
    keys = [(c.lemma, c.pos, c.act) for uses in cue_words().values() for c in uses]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    "lemma",
    sorted(word_set("say warn signal urge accuse reiterate tweet post quip term dub brand dismiss hail welcome vow")),
)
def test_ordinary_wire_verbs_are_there(lemma: str) -> None:
    assert ("v", lemma) in cue_words()


def test_longer_phrases_come_first() -> None:
    for uses in cue_words().values():
        lengths = [len(c.words) for c in uses]
        assert lengths == sorted(lengths, reverse=True)


@pytest.mark.parametrize("name", ["stance.tsv", "sourcing.tsv", "media.tsv"])
def test_word_lists_load(name: str) -> None:
    assert len(kinds(name)) > 50


def test_kinds_of_words() -> None:
    assert stance_kind("baseless") == "denies"
    assert sourcing_kind("analyst") == "expert"
    assert medium_kind("reuters") == "outlet"
    assert stance_kind("snow") is sourcing_kind("snow") is medium_kind("snow") is None
