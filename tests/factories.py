"""One readable line makes one record."""

from __future__ import annotations

from dateline.model import (
    Actor,
    ActorKind,
    Cue,
    DateFrom,
    Event,
    Form,
    Interval,
    MadeBy,
    Mention,
    MentionForm,
    Published,
    Reading,
    Reality,
    Report,
    Source,
    Sourcing,
    Span,
    Stance,
    Statement,
    Time,
    TimeType,
)

TEXT = "Oslo said on Monday that Bergen had sunk a ferry.\n\nBergen denied it."


def find(text: str, words: str) -> Span:
    """The first place of the words in the text."""
    start = text.index(words)
    return Span(start, start + len(words))


def reading(text: str = TEXT) -> Reading:
    """A small reading made by hand: two actors, one statement, one event, one time."""
    oslo = Actor("a1", "Oslo", ActorKind.STATE, "NOR", "NOR", (), (Mention(find(text, "Oslo"), MentionForm.NAME, 0),))
    bergen = Actor(
        "a2", "Bergen", ActorKind.STATE, "NOR", "NOR", (), (Mention(find(text, "Bergen"), MentionForm.NAME, 5),)
    )
    source = Source((find(text, "Oslo"),), "a1", Sourcing.NAMED)
    said = Statement("s1", Form.INDIRECT, source, Cue((find(text, "said"),), "say", "say"),
                     (find(text, "Bergen had sunk a ferry"),), None, None, Interval("2024-05-13", "2024-05-13"),
                     Stance.ASSERTS, False)  # fmt: skip
    sunk = Event("e1", "ASSAULT", None, "190", "material_conflict", -9.0, ("a2",), (), find(text, "had sunk"),
                 find(text, "Bergen"), None, None, None, Reality.HAPPENED, "s1", False)  # fmt: skip
    monday = Time(find(text, "Monday"), TimeType.DATE, "2024-05-13", "2024-05-13", "2024-05-13")
    report = Report("r", text, title="A ferry", language="en", published=Published("2024-05-15", DateFrom.GIVEN, True))
    return Reading(report, (oslo, bergen), (monday,), (), (said,), (sunk,), made_by=MadeBy("0", "none"))
