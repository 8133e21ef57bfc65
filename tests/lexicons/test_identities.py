"""The data files behind identities load and hold what their columns promise."""

from __future__ import annotations

from dateline.lexicons import rows
from dateline.lexicons.identities import PART_KINDS, TITLE_KINDS, family_first, name_parts, titles


def test_name_parts() -> None:
    seen = set()
    for number, (kind, word, taken) in rows("names_parts.tsv", 3):
        assert kind in PART_KINDS, number
        assert word, number
        assert word == word.lower(), number
        assert taken == taken.lower(), number
        assert bool(taken) == (kind in ("suffix", "nickname", "spelling", "single", "body")), number
        assert taken != word or kind == "suffix", number
        assert (kind, word) not in seen, number
        seen.add((kind, word))
    assert len(seen) > 400


def test_spellings_end() -> None:
    spelling = name_parts("spelling")
    assert not [w for w in spelling.values() if w in spelling]


def test_titles() -> None:
    seen = set()
    for number, (kind, phrase, taken) in rows("titles.tsv", 3):
        assert kind in TITLE_KINDS, number
        assert phrase, number
        assert phrase == phrase.lower(), number
        assert bool(taken) == (kind == "same"), number
        assert (kind, phrase) not in seen, number
        seen.add((kind, phrase))
    assert not [t for t in titles("same").values() if t in titles("same")]


def test_family_first() -> None:
    for number, (name, flag) in rows("names_family_first.tsv", 2):
        assert name.isalpha(), number
        assert name.islower(), number
        assert flag in ("", "w"), number
    assert family_first()["wen"] is False
