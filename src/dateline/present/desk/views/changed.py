"""What changed between two versions of a text, line by line and word by word."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher

from dateline.present.desk.views.entries import plain

#: More lines, or words of one line, than these are only counted, for comparing them takes the square of their number.
LINES, WORDS = 600, 400


@dataclass(frozen=True, slots=True)
class Change:
    """A line of the comparison: its words, each with same, removed or added; ``kept`` counts lines left out."""

    pieces: tuple[tuple[str, str], ...]


def changes(before: str, after: str) -> list[Change]:
    """The lines that were removed, added or changed, in the order of the text.

    >>> changes("one\\ntwo", "one\\ntwo and three")[-1].pieces
    (('same', 'two'), ('added', ' and three'))
    """
    old, new = before.splitlines(), after.splitlines()
    if len(old) > LINES or len(new) > LINES:
        return _counted(old, new)
    found: list[Change] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Change((("kept", f"{b - a} line{'' if b - a == 1 else 's'} the same"),)))
        elif tag == "replace" and b - a == d - c:
            found += [_words(x, y) for x, y in zip(old[a:b], new[c:d], strict=True)]
        else:
            found += [Change((("removed", plain(line)),)) for line in old[a:b] if line.strip()]
            found += [Change((("added", plain(line)),)) for line in new[c:d] if line.strip()]
    return found


def _words(before: str, after: str) -> Change:
    old, new = re.findall(r"\s*\S+", before), re.findall(r"\s*\S+", after)
    if len(old) > WORDS or len(new) > WORDS:
        return Change((("removed", plain(before)), ("added", plain(after))))
    pieces: list[tuple[str, str]] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(("same", plain("".join(old[a:b]))))
            continue
        told = (("removed", old[a:b]), ("added", new[c:d]))
        pieces += [(kind, plain("".join(words))) for kind, words in told if words]
    return Change(tuple(pieces))


def _counted(old: list[str], new: list[str]) -> list[Change]:
    """For very long texts: the lines that only one of the two holds, without their places."""
    gone, come = Counter(old) - Counter(new), Counter(new) - Counter(old)
    told = [Change((("removed", plain(line)),)) for line in gone if line.strip()][:LINES]
    return told + [Change((("added", plain(line)),)) for line in come if line.strip()][:LINES]
