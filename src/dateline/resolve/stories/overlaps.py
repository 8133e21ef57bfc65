"""Two reports -> how much text they share, and whether they are one story."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from dateline.model import Span
from dateline.resolve.stories.prose import Prose, prose_of

_RUN = 4
#: a hole of so many words at most between shared runs was changed; a longer one is text of its own
_HOLE = 12
#: shared words in a row that show where the shared part begins
_SOLID = 8
_OPENING, _HEAD = 30, 60
_WEEKDAYS = frozenset(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))


@dataclass(frozen=True, slots=True)
class Overlap:
    """What two reports share. Shares are 0 to 1 of words; a word is shared where four or more in a row are."""

    words: int  #: of the shorter
    longer: int
    contained: float  #: share of the shorter's words that stand in the longer too
    of_longer: float  #: share of the longer's words that stand in the shorter too
    jaccard: float  #: shared runs of four words among all
    lead: int  #: words of the longer before the shared part begins
    own_lead: int  #: words of the shorter before the shared part begins
    opening: float  #: share of the shorter's first words that stand in the longer
    numbers: int  #: numbers in the part of the shorter that was taken over
    numbers_changed: int  #: … that the longer does not have
    names: int
    names_changed: int
    day_changed: bool  #: the part taken over, or the first words, name a weekday where the other names another
    lists: int  #: how many of the two are lists of several stories
    identical: bool


def overlap(
    a: str | Prose, b: str | Prose, a_furniture: Sequence[Span] = (), b_furniture: Sequence[Span] = ()
) -> Overlap:
    """How much of two reports' prose is the same; furniture, datelines and credits aside.

    A text that is compared many times is best given as :func:`prose_of` it.

    >>> whole = "Fog closed the harbour of Narvik on Friday. Ferries will sail again when the wind turns."
    >>> o = overlap(whole, "Fog closed the harbour of Narvik on Friday.")
    >>> o.words, o.longer, o.contained, o.of_longer
    (8, 16, 1.0, 0.5)
    """
    first = prose_of(a, a_furniture) if isinstance(a, str) else a
    second = prose_of(b, b_furniture) if isinstance(b, str) else b
    if first.words == second.words:
        return _compared(_both(first, second), _both(first, second), True)
    if (len(first.words), first.words) > (len(second.words), second.words):
        first, second = second, first
    return _compared(first, second, False)


def _both(a: Prose, b: Prose) -> Prose:
    return Prose(a.words, a.names | b.names, a.is_list or b.is_list)


def _compared(short: Prose, long: Prose, identical: bool) -> Overlap:
    grams, others = _grams(short.words), _grams(long.words)
    inside, outside = set(grams), set(others)
    marks = _marks(grams, outside, len(short.words))
    theirs = _marks(others, inside, len(long.words))
    changed = _changes(short, marks, frozenset(long.words))
    union = len(inside | outside)
    return Overlap(
        words=len(short.words),
        longer=len(long.words),
        contained=1.0 if identical else _share(marks),
        of_longer=1.0 if identical else _share(theirs),
        jaccard=1.0 if identical else (len(inside & outside) / union if union else 0.0),
        lead=_lead(theirs),
        own_lead=_lead(marks),
        opening=1.0 if identical else _share(marks[:_OPENING]),
        numbers=changed.numbers,
        numbers_changed=changed.numbers_changed,
        names=changed.names,
        names_changed=changed.names_changed,
        day_changed=changed.day or _other_weekday(short.words, long.words),
        lists=short.is_list + long.is_list,
        identical=identical,
    )


def _grams(words: Sequence[str]) -> list[tuple[str, ...]]:
    return list(zip(*(words[i:] for i in range(_RUN)), strict=False))


def _marks(grams: Sequence[tuple[str, ...]], known: set[tuple[str, ...]], words: int) -> bytearray:
    marks = bytearray(words)
    run = b"\1" * _RUN
    for i, gram in enumerate(grams):
        if gram in known:
            marks[i : i + _RUN] = run
    return marks


def _share(marks: bytearray) -> float:
    return sum(marks) / len(marks) if marks else 0.0


def _lead(marks: bytearray) -> int:
    at = marks.find(b"\1" * min(_SOLID, max(1, len(marks))))
    return at if at >= 0 else len(marks)


@dataclass(frozen=True, slots=True)
class _Changes:
    numbers: int
    numbers_changed: int
    names: int
    names_changed: int
    day: bool


def _changes(short: Prose, marks: bytearray, known: frozenset[str]) -> _Changes:
    """What became of the numbers, names and weekdays in the shared part and its small holes."""
    numbers = numbers_changed = names = names_changed = days = days_kept = 0
    for start, end in _taken_over(marks):
        for i in range(start, end):
            word = short.words[i]
            held = word in known
            if word[0].isdigit():
                numbers += 1
                numbers_changed += not held
            elif word in _WEEKDAYS:
                days += 1
                days_kept += held
            elif word in short.names:
                names += 1
                names_changed += not held
    other_day = days > 0 and days_kept == 0 and bool(known & _WEEKDAYS)
    return _Changes(numbers, numbers_changed, names, names_changed, other_day)


def _weekday(words: Sequence[str]) -> str | None:
    """The first weekday named near the head of a report: the day that its news is of."""
    return next((word for word in words[:_HEAD] if word in _WEEKDAYS), None)


def _other_weekday(a: Sequence[str], b: Sequence[str]) -> bool:
    days = {_weekday(a), _weekday(b)}
    return len(days) == 2 and None not in days


def _taken_over(marks: bytearray) -> list[tuple[int, int]]:
    """The half-open ranges of words that were taken over, small holes and edges included."""
    ranges: list[tuple[int, int]] = []
    at = 0
    end = len(marks)
    start = -1
    while at < end:
        if marks[at]:
            stop = marks.find(0, at)
            stop = end if stop < 0 else stop
            if start < 0:
                start = at
            at = stop
            continue
        stop = marks.find(1, at)
        stop = end if stop < 0 else stop
        if stop - at > _HOLE and start >= 0:
            ranges.append((start, at))
            start = -1
        at = stop
    if start >= 0:
        ranges.append((start, end))
    return ranges


class Why(StrEnum):
    """Why two reports are one story, or are not."""

    IDENTICAL = "the same words"
    REPRINT = "nearly all of both is the same"
    CUT = "nearly all of the shorter stands in the longer"
    REWRITE = "most of the shorter stands in the longer"
    TOO_SHORT = "too short to tell"
    LISTS = "a list of several stories"
    LITTLE = "little text in common"
    NUMBERS = "the same phrases with other numbers"
    NAMES = "the same phrases with other names"
    MIDDLE = "the shared part is one item among others"
    QUOTED = "a report with news of its own that repeats parts of the other"
    BACKGROUND = "a later report that repeats the background"

    @property
    def same(self) -> bool:
        return self in _SAME


_SAME = frozenset({Why.IDENTICAL, Why.REPRINT, Why.CUT, Why.REWRITE})
_TINY, _SHORT, _NEW_LEAD = 8, 25, 20
_MOST, _PLENTY_OWN, _PLENTY, _ENOUGH, _SHORT_ENOUGH = 0.85, 0.75, 0.6, 0.5, 0.85


def judge(o: Overlap, days: int | None = None) -> Why:
    """Whether two reports are one story, with the reason; ``days`` lie between them where both dates are reliable."""
    if o.identical:
        return Why.IDENTICAL
    if o.words < _TINY:
        return Why.TOO_SHORT
    if o.contained < (_SHORT_ENOUGH if o.words < _SHORT else _ENOUGH):
        return Why.LITTLE
    if o.lists and not _same_list(o):
        return Why.LISTS
    if _other_numbers(o, days):
        return Why.NUMBERS
    if o.names >= 3 and o.names_changed >= 0.4 * o.names:
        return Why.NAMES
    if _inside(o):
        return Why.MIDDLE
    if o.contained < _PLENTY and o.of_longer < _ENOUGH and o.opening < _PLENTY:
        return Why.QUOTED
    if _later(o, days) and max(o.lead, o.own_lead) >= _NEW_LEAD and o.contained < 0.8:
        return Why.BACKGROUND
    if o.contained < _MOST:
        return Why.REWRITE
    return Why.REPRINT if o.of_longer >= _MOST else Why.CUT


def _same_list(o: Overlap) -> bool:
    """Whether two lists are copies of one, and not lists of two days with some items in both."""
    if o.lists == 2 or (o.lead == 0 and o.of_longer >= 0.4):
        return o.contained >= 0.9
    return min(o.contained, o.of_longer) >= 0.8


def _inside(o: Overlap) -> bool:
    """Whether the shared part of one comes after much else, and is no larger than that: an item, not a lead."""
    in_longer = o.of_longer < _PLENTY and _is_late(o.lead, o.of_longer * o.longer)
    return in_longer or (o.contained < _PLENTY_OWN and _is_late(o.own_lead, o.contained * o.words))


def _is_late(before: int, shared: float) -> bool:
    return before > min(max(40, 0.5 * shared), max(25, shared))


def _later(o: Overlap, days: int | None) -> bool:
    """Whether days lie between the two; where that is not known, whether they name different weekdays."""
    return o.day_changed if days is None else days > 1


def _other_numbers(o: Overlap, days: int | None) -> bool:
    """Whether the numbers say that two texts are two days' fillings of one form."""
    if o.numbers_changed < 2:
        return False
    share = o.numbers_changed / o.numbers
    another_day = o.day_changed or (days is not None and days > 0)
    return (o.numbers_changed >= 3 and share >= 0.4) or (another_day and share >= 0.25)


def same_story(o: Overlap, days: int | None = None) -> bool:
    """Whether two reports with this overlap are one story: :func:`judge` without the reason."""
    return judge(o, days).same
