"""Turns words found into statements: whose, what kind of act, with what stance, to whom, where and when."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from dateline.model import (
    Annotated,
    Attribution,
    Cast,
    Cue,
    Form,
    Interval,
    Medium,
    Quotation,
    Source,
    Sourcing,
    Span,
    Stance,
    Statement,
    Time,
    TimeType,
    Token,
)
from dateline.resolve.channels import addressee, cited, medium
from dateline.resolve.interviews import Parties, is_turn
from dateline.resolve.sourcing import Sources, source_head
from dateline.resolve.stance import is_flat_no, is_hedged, is_negated, stance_of, use_of


def resolve_statements(
    annotated: Annotated, attributions: tuple[Attribution, ...], cast: Cast, times: tuple[Time, ...]
) -> tuple[Statement, ...]:
    """The statements of a report in text order, numbered s1, s2, …"""
    found = [a for a in attributions if a.content and not _is_aside(annotated, a)]
    found.sort(key=lambda a: (min(a.content), a.cue, a.source))
    sources = Sources(annotated, cast)
    told = [_resolve(sources, a, f"s{n}", times) for n, a in enumerate(found, 1)]
    told = _denied_on(annotated, told)
    turns = [is_turn(annotated, a) for a in found]
    return tuple(_in_turns(annotated, cast, told, turns)) if any(turns) else tuple(told)


def _denied_on(annotated: Annotated, told: Sequence[Statement]) -> list[Statement]:
    """The statements; one in which a speaker who has just denied goes on with a flat "not" or "no" denies too."""
    done: list[Statement] = []
    for statement in told:
        before = done[-1] if done else None
        if before is not None and before.stance is Stance.DENIES and statement.stance is Stance.ASSERTS:
            one, two = before.source, statement.source
            same = one is not None and two is not None and one.actor is not None and one.actor == two.actor
            own = two is not None and annotated.words(two.spans[0]).lower().startswith("its ")
            if (same or own) and is_flat_no(annotated, statement.content):
                statement = replace(statement, stance=Stance.DENIES)
        done.append(statement)
    return done


def _is_aside(annotated: Annotated, found: Attribution) -> bool:
    """Whether a cue only tells whom another cites ("…, citing an official") or that a source stays unnamed."""
    cue = cue_head(annotated, found)
    if cue is None:
        return False
    if cue.dep == "advcl" and cited(cue.head) is not None and cue.head.child("advcl") is cue:
        return True
    if cue.lemma in ("respond", "reply", "answer", "comment") and is_negated(cue):
        return True
    if cue.lemma not in ("ask", "request", "insist", "decline", "refuse"):
        return False
    words = [t for span in found.content for t in annotated.tokens_in(span)]
    return len(words) < 20 and any(t.lemma in ("name", "identify", "quote") for t in words[:4])


def _in_turns(
    annotated: Annotated, cast: Cast, told: Sequence[Statement], turns: Sequence[bool]
) -> Iterator[Statement]:
    """The statements of an interview: labels stand for persons, and "I" for whose turn it is."""
    parties = Parties(annotated, cast)
    speaking: Source | None = None
    end = 0
    for statement, turn in zip(told, turns, strict=True):
        source = statement.source
        if turn and source is not None:
            person = parties.of_label(source.spans[0])
            if person is not None:
                source = Source(source.spans, person.id, Sourcing.NAMED)
            speaking, end = source, max(s.end for s in statement.content)
            asks = annotated.words(statement.content[-1]).rstrip(" \n\"'”’").endswith("?")
            stance = Stance.ASKS if asks else statement.stance
            yield replace(statement, form=Form.DIRECT, source=source, stance=stance)
        elif _is_first_person(annotated, source) and speaking and statement.content[0].start < end:
            yield replace(statement, source=Source(source.spans, speaking.actor, speaking.sourcing) if source else None)
        else:
            yield statement


def _is_first_person(annotated: Annotated, source: Source | None) -> bool:
    return source is not None and annotated.words(source.spans[0]) == "I"


def _resolve(sources: Sources, found: Attribution, number: str, times: tuple[Time, ...]) -> Statement:
    annotated, cast = sources.annotated, sources.cast
    head = cue_head(annotated, found)
    content = tuple(sorted(found.content))
    use = use_of(annotated, head, content)
    source, where = _source_and_medium(sources, found, head, content)
    speaker = source_head(annotated, source.spans) if source is not None else None
    cue = None
    if found.cue:
        lemma = use.lemma if use is not None else head.lemma.lower() if head is not None else ":"
        cue = Cue(tuple(sorted(found.cue)), lemma, use.act if use is not None else "say")
    stance = stance_of(annotated, head, use, content, speaker, sources.seen)
    return Statement(
        id=number,
        form=form_of(annotated, content),
        source=source,
        cue=cue,
        content=content,
        addressee=addressee(annotated, head, speaker, cast),
        medium=where,
        time=_time(annotated, head, speaker, content, times),
        stance=stance,
        hedged=is_hedged(annotated, head, use, content) or (stance is Stance.DOUBTS),
    )


def cue_head(annotated: Annotated, found: Attribution) -> Token | None:
    """The main word of a cue: the one that its reader named, else the head of the cue's words."""
    if found.head is not None and 0 <= found.head < len(annotated.tokens):
        return annotated.tokens[found.head]
    for span in found.cue:
        head = annotated.head_of(span)
        if head is not None and head.text[:1].isalpha():
            return head
    return None


def _source_and_medium(
    sources: Sources, found: Attribution, head: Token | None, content: tuple[Span, ...]
) -> tuple[Source | None, Medium | None]:
    """The source, and the medium; an agency that only passes on another's words is the medium."""
    annotated = sources.annotated
    source = sources.resolve(found.source)
    where = medium(annotated, head, (*content, *found.source))
    origin = cited(head)
    if origin is None or source is None:
        return source, where
    words = annotated.subtree_span(origin)
    first = sources.resolve((words,))
    if first is None:
        return source, where
    return first, Medium(annotated.words(found.source[0]), found.source[0])


# --- form ------------------------------------------------------------------------------------------------------


def form_of(annotated: Annotated, content: tuple[Span, ...]) -> Form:
    """Direct, indirect or mixed, by the share of letters in quotation marks; a scare word leaves it indirect."""
    letters = quoted = words = 0
    for span in content:
        letters += _letters(annotated, span)
        for inner in _quoted(annotated.quotations, span):
            quoted += _letters(annotated, inner)
            words += len(annotated.words(inner).split())
    if not quoted or not letters:
        return Form.INDIRECT
    share = quoted / letters
    if share >= 0.97:
        return Form.DIRECT
    if words <= 2 and share < 0.25:
        return Form.INDIRECT
    return Form.MIXED


def _letters(annotated: Annotated, span: Span) -> int:
    return sum(c.isalnum() for c in annotated.words(span))


def _quoted(quotations: Sequence[Quotation], span: Span) -> list[Span]:
    found = []
    at = bisect_left(quotations, span.start, key=lambda q: q.span.end)
    while at < len(quotations) and quotations[at].span.start < span.end:
        inner = quotations[at].span
        found.append(Span(max(inner.start, span.start), min(inner.end, span.end)))
        at += 1
    return found


# --- time ------------------------------------------------------------------------------------------------------


def _time(
    annotated: Annotated, cue: Token | None, source: Token | None, content: tuple[Span, ...], times: tuple[Time, ...]
) -> Interval | None:
    """The day on which it was put on record: a date that hangs on the cue, or on its subject ("X on Monday said")."""
    if cue is None:
        return None
    sentence = annotated.sentences[cue.sentence]
    low = annotated.tokens[sentence.first].start
    high = annotated.tokens[sentence.last - 1].end
    at = bisect_left(times, low, key=lambda t: t.span.start)
    while at < len(times) and times[at].span.start < high:
        time = times[at]
        at += 1
        if time.type not in (TimeType.DATE, TimeType.TIME) or time.start is None:
            continue
        if any(s.start <= time.span.start < s.end for s in content):
            continue
        if _follows(annotated, time.span, cue) or _hangs_on(annotated, time.span, cue, source):
            return Interval(time.start, time.end, "text")
    return None


def _follows(annotated: Annotated, span: Span, cue: Token) -> bool:
    """Whether a date stands right after a cue, wherever the parser hung it ("said on Tuesday it would close")."""
    words = annotated.tokens_in(span)
    return bool(words) and 0 < words[0].i - cue.i <= 2


def _hangs_on(annotated: Annotated, span: Span, cue: Token, source: Token | None) -> bool:
    token = annotated.head_of(span)
    for _ in range(5):
        if token is None or token.head is token:
            return False
        token = token.head
        if token is cue or token is source:
            return True
        if token.pos in ("VERB", "AUX") and token.head is not cue and not (token.dep == "acl" and token.tag == "VBN"):
            return False
    return False
