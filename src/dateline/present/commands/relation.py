"""``dateline relation``: what one actor did towards another, period by period; what it said; and the pictures."""

from __future__ import annotations

import json as json_module
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dateline.present.commands.options import AsJson, RecordFile
from dateline.present.commands.telling import opened, print_lines, say

if TYPE_CHECKING:
    from dateline.keep import Record
    from dateline.present.pictures import HeatStrip, Unit
    from dateline.present.pictures import Picture as Drawing
    from dateline.record.entries import RelationCount
    from dateline.record.query import Voice
    from dateline.relate.series import Series, Span
    from dateline.relate.words import SaidAndDone

NAME = "A name, an actor's key, a country's code, or a part of a state, such as USA:MIL."
_VOICE = "What reports tell themselves (own), what somebody in them says to have happened (said), or both."
_BOTH = "Show what the second did towards the first beside it."
_FROM = "From the month or week of this day on; with --picture heat from this day on."
_TO = "Until the month or week of this day, which is shown whole."
_WORDS = "Set beside the deeds what the first said about the second: promised, demanded, denied."
_SENTENCES = "With --words: the sentences too, each with its key."
_AROUND = "Tell whether the relation changed on this day, with the sentences that weigh most before and after."
_PICTURE = "Which picture, and its numbers: the river by month or week, or a heat strip by day."
_PLOT = (
    "Write the picture, by the name's end .svg or .png: the river, both ways; with --picture heat the heat strip, with "
    "--words words and deeds, with --around before and after."
)


class By(StrEnum):
    """What counts are summed over."""

    MONTH = "month"
    WEEK = "week"


class Told(StrEnum):
    """Who tells the events that are counted."""

    OWN = "own"
    SAID = "said"
    BOTH = "both"


class Picture(StrEnum):
    """Which picture of a relation."""

    RIVER = "river"
    HEAT = "heat"


@dataclass(frozen=True)
class Ask:
    """What was asked about a pair."""

    source: str
    target: str
    unit: Unit
    span: Span
    voice: Told | None
    both: bool
    plot: Path | None
    json: bool

    @property
    def voices(self) -> tuple[Voice, ...]:
        """Whose events are shown; the picture has both where nobody chose."""
        from dateline.record.query import Voice

        told = self.voice or (Told.BOTH if self.plot else Told.OWN)
        return tuple(Voice) if told is Told.BOTH else (Voice(told.value),)


def relation(
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="Who acts. " + NAME)],
    target: Annotated[str, typer.Argument(metavar="TARGET", help="Towards whom. " + NAME)],
    by: Annotated[By, typer.Option(help="Sum over months or weeks.")] = By.MONTH,
    voice: Annotated[Told | None, typer.Option(help=_VOICE, show_default="own")] = None,
    both: Annotated[bool, typer.Option("--both", help=_BOTH)] = False,
    since: Annotated[str | None, typer.Option("--from", metavar="DAY", help=_FROM)] = None,
    until: Annotated[str | None, typer.Option("--to", metavar="DAY", help=_TO)] = None,
    words: Annotated[bool, typer.Option("--words", help=_WORDS)] = False,
    sentences: Annotated[bool, typer.Option("--sentences", help=_SENTENCES)] = False,
    around: Annotated[str | None, typer.Option("--around", metavar="DATE", help=_AROUND)] = None,
    picture: Annotated[Picture, typer.Option(help=_PICTURE)] = Picture.RIVER,
    plot: Annotated[Path | None, typer.Option("--plot", metavar="FILE", help=_PLOT)] = None,
    json: AsJson = False,
    record: RecordFile = None,
) -> None:
    """Count what one actor did towards another, and tell whether that changed.

    By month or week; only what is told to have happened, on a reliable day, beside all events and reports of the
    record in that time. With --around, both directions together are held against other dates and other pairs.
    """
    at, first, last = (day_asked(option, told) for option, told in
                       (("--around", around), ("--from", since), ("--to", until)))  # fmt: skip
    _check_together(around is not None, {"--both": both, "--from": since, "--to": until, "--words": words,
                                         "--voice": voice, "--picture heat": picture is Picture.HEAT})  # fmt: skip
    if sentences and not words:
        raise typer.BadParameter("--sentences goes with --words")
    with opened(record) as kept:
        check_plot(plot)
        if at is not None:
            from dateline.present.commands.turns import tell_around
            from dateline.relate.series import check_day

            kept.store.sides(source, target)
            check_day(kept, at, "--around")
            tell_around(kept, (source, target), at, plot, json)
            return
        from dateline.present.pictures import Unit
        from dateline.relate.series import Span

        ask = Ask(source, target, Unit(by.value), Span(first, last), voice, both, plot, json)
        if words:
            _tell_words(kept, ask, sentences)
        elif picture is Picture.HEAT:
            _tell_days(kept, ask)
        else:
            _tell_series(kept, ask)


def day_asked(option: str, told: str | None) -> date | None:
    """The day that an option names."""
    if told is None:
        return None
    try:
        return date.fromisoformat(told)
    except ValueError:
        raise typer.BadParameter(f"{option}: {told!r} is no day; write it as 2024-11-08") from None


def check_plot(plot: Path | None) -> None:
    """Whether a picture can be written there, before anything is counted for it."""
    if plot is not None:
        from dateline.present.pictures import check_name

        check_name(plot)


def _check_together(around: bool, others: dict[str, Any]) -> None:
    given = [option for option, value in others.items() if value]
    if around and given:
        raise typer.BadParameter(f"--around has no {given[0]}: it looks at both directions, at weeks before and after")


def _draw(picture: Drawing, plot: Path, what: str) -> None:
    from dateline.present.pictures import save

    save(picture, plot)
    say(f"{what} is in {plot}")


# --- the series


def _tell_series(kept: Record, ask: Ask) -> None:
    from dateline.relate.series import river, series

    found = series(kept, ask.source, ask.target, ask.unit, ask.span)
    if ask.plot is not None:
        drawn = river(kept, ask.source, ask.target, ask.unit, (), ask.span, ask.voices)
        _draw(drawn, ask.plot, f"the river of {ask.source} and {ask.target}")
    both = ask.both or ask.plot is not None
    if ask.json:
        print_lines([json_module.dumps(series_json(found, ask.voices, both), ensure_ascii=False)])
        return
    if not sum(found.total(voice, back) for voice in ask.voices for back in (False, True)[: both + 1]):
        say(_nothing(found, ask, both))
        return
    print_lines(_series_told(found, ask, both))


def _nothing(found: Series, ask: Ask, both: bool) -> str:
    from dateline.record.query import Voice

    way = f"passed between {ask.source} and {ask.target}" if both else f"{ask.source} did towards {ask.target}"
    words = f"nothing on record that {way} on a reliable day"
    if (found.periods and ask.span.first) or ask.span.last:
        words += " of that time"
    others = [v for v in Voice if v not in ask.voices and found.total(v)]
    if others:
        return f"{words}, but {found.total(others[0])} {_TELLERS[others[0].value]}: --voice {others[0]}"
    if not both and (back := sum(found.total(v, back=True) for v in ask.voices)):
        return f"{words}; {back} the other way: --both"
    return f"{words}; `dateline partners {found.source}` shows with whom it dealt"


_TELLERS = {"own": "told by reports themselves", "said": "only said to have happened"}


def series_json(found: Series, voices: Sequence[Voice], both: bool) -> dict[str, Any]:
    """The series as a JSON object: what the first did, and with ``both`` what the second did."""
    periods: list[dict[str, Any]] = []
    told = frozenset(v.value for v in voices)
    for p in found.periods:
        of_record = {"period": p.first.isoformat(), "last": p.last.isoformat(), "all_events": p.events,
                     "reports": p.reports}  # fmt: skip
        of_record["out"] = [_count_json(c) for c in p.out if c.voice in told]
        if both:
            of_record["back"] = [_count_json(c) for c in p.back if c.voice in told]
        periods.append(of_record)
    return {
        "source": found.source, "target": found.target, "source_name": found.source_name,
        "target_name": found.target_name, "by": found.unit.value, "voices": [v.value for v in voices],
        "periods": periods, "no_reports": [[a.isoformat(), b.isoformat()] for a, b in found.gaps],
    }  # fmt: skip


def _count_json(c: RelationCount) -> dict[str, Any]:
    return {"quad": c.quad, "voice": c.voice, "events": c.events, "stories": c.stories, "reports": c.reports,
            "goldstein": c.goldstein, "goldstein_mean": c.mean}  # fmt: skip


_HEAD = ("", "", "events", "stories", "reports", "sum", "mean", "events", "reports")
_SHORT = {"verbal_cooperation": "verbal coop.", "material_cooperation": "material coop.",
          "verbal_conflict": "verbal conflict", "material_conflict": "material conflict"}  # fmt: skip
Row = tuple[str, ...]


def _series_told(found: Series, ask: Ask, both: bool) -> Iterator[str]:
    from dateline.record.query import Voice

    pair = f"{named(found.source_name, found.source)} → {named(found.target_name, found.target)}"
    yield f"{pair}{', and back (←)' if both else ''}, by {found.unit}"
    mixed = len(ask.voices) > 1
    yield from table(list(_series_rows(found, ask.voices, both)), (ask.unit.value, "class"))
    if mixed:
        yield "* only said to have happened; the other rows are told by reports themselves"
    elif ask.voices[0] is Voice.SAID:
        yield "only said to have happened; --voice own shows what reports tell themselves"
    elif said := found.total(Voice.SAID) + (found.total(Voice.SAID, back=True) if both else 0):
        yield f"{said} more only said to have happened: --voice said, or both"


def named(name: str, key: str) -> str:
    """A side as people call it, with its key where that is another word."""
    return name if name == key else f"{name} ({key})"


def _series_rows(found: Series, voices: Sequence[Voice], both: bool) -> Iterator[Row | str]:
    """The rows of the table; a line of words for each gap."""
    gaps = list(found.gaps)
    for p in found.periods:
        if gaps and gaps[0][1] < p.first:
            yield _gap(*gaps.pop(0))
        read = (f"{p.events:,}", f"{p.reports:,}")
        ways = (("→ ", p.out), ("← ", p.back)) if both else (("", p.out),)
        rows = [(f"{way}{_SHORT[c.quad]}{'*' if c.voice == 'said' and len(voices) > 1 else ''}", f"{c.events:,}",
                 f"{c.stories:,}", f"{c.reports:,}", f"{c.goldstein:.1f}", f"{c.mean:.1f}")
                for way, counts in ways for c in counts if c.voice in voices]  # fmt: skip
        for i, row in enumerate(rows or [("none", "0", "0", "0", "", "")]):
            yield (p.first.isoformat() if not i else "", *row, *(read if not i else ("", "")))
    yield from (_gap(*gap) for gap in gaps)


def _gap(first: date, last: date) -> str:
    return f"{first} no reports until {last}"


def table(rows: Sequence[Row | str], names: tuple[str, str]) -> Iterator[str]:
    """Rows under two lines of heads; columns as wide as they must be, and one or two spaces between them."""
    from shutil import get_terminal_size

    head: Row = (*names, *_HEAD[2:])
    cells = [head, *(row for row in rows if not isinstance(row, str))]
    widths = [max(len(row[i]) for row in cells) for i in range(len(head))]
    gap = "  " if sum(widths) + 2 * len(widths) - 2 <= get_terminal_size((80, 24)).columns else " "
    starts = [sum(widths[:i]) + i * len(gap) for i in range(len(widths) + 1)]
    groups = ((2, 5, "the pair"), (5, 7, "goldstein"), (7, 9, "all read"))
    above = ""
    for first, last, title in groups:
        above = above.ljust(starts[first]) + title.rjust(starts[last] - len(gap) - starts[first])
    yield above
    for row in (head, *rows):
        if isinstance(row, str):
            yield row
            continue
        left = [row[i].ljust(widths[i]) for i in (0, 1)]
        yield gap.join([*left, *(row[i].rjust(widths[i]) for i in range(2, len(row)))]).rstrip()


# --- days


def _tell_days(kept: Record, ask: Ask) -> None:
    from dateline.record.query import Voice
    from dateline.relate.series import heat

    voices = (Voice.OWN,) if ask.voice is None else ask.voices
    strip = heat(kept, ask.source, ask.target, ask.span, voices)
    if ask.plot is not None:
        _draw(strip, ask.plot, f"the heat strip of {ask.source} and {ask.target}")
    if ask.json:
        days = [{"day": d.day.isoformat(), "events": d.events} for d in strip.days]
        print_lines([json_module.dumps({"source": ask.source, "target": ask.target, "days": days}, ensure_ascii=False)])
        return
    print_lines(_days_told(strip, ask))


def _days_told(strip: HeatStrip, ask: Ask) -> Iterator[str]:
    busy = [d for d in strip.days if d.events]
    yield f"{ask.source} and {ask.target}, either way, by day: {sum(d.events for d in busy):,} events"
    yield from (f"{d.day}  {d.events:>6,}" for d in busy)
    if strip.days:
        read = f"{strip.days[0].day} to {strip.days[-1].day}"
        yield f"{len(strip.days) - len(busy):,} more days with 0, of {read}; a day is known where its week has a report"


# --- words


def _tell_words(kept: Record, ask: Ask, sentences: bool) -> None:
    from dateline.relate.words import picture, said_and_done

    rows = said_and_done(kept, ask.source, ask.target, ask.unit, ask.span)
    if ask.plot is not None:
        _draw(picture(rows, ask.source, ask.target, ask.unit), ask.plot, f"what {ask.source} said and did")
    if ask.json:
        print_lines([json_module.dumps([words_json(row) for row in rows], ensure_ascii=False)])
    elif any(row.words or row.deeds for row in rows):
        print_lines(_words_told(rows, ask, sentences))
    else:
        say(f"nothing on record that {ask.source} said of {ask.target} or did towards it on a reliable day")


def words_json(row: SaidAndDone) -> dict[str, Any]:
    """One period of words and deeds as a JSON object."""
    from dataclasses import asdict

    return {"period": row.period.isoformat(), "last": row.last.isoformat(), "reports": row.reports,
            "said": row.said, "done": row.done, "inside": {"own": row.told(True), "other": row.told(False)},
            "words": [asdict(w) for w in row.words], "deeds": [asdict(d) for d in row.deeds]}  # fmt: skip


def _words_told(rows: Sequence[SaidAndDone], ask: Ask, sentences: bool) -> Iterator[str]:
    from dateline.relate.words import Done, Said

    heads = ("promised", "demanded", "denied", "accused", "other", "agreed", "coop.", "conflict", "reports")
    wide = [max(len(head), 5) for head in heads]
    yield f"{ask.source} towards {ask.target}, by {ask.unit}: statements about it, and deeds"
    parts = (sum(wide[:5]) + 4, sum(wide[5:8]) + 2)
    yield f"{'':<10} {'said':>{parts[0]}} {'done':>{parts[1]}} {'read':>{wide[8]}}"
    yield f"{ask.unit.value:<10} " + " ".join(h.rjust(w) for h, w in zip(heads, wide, strict=True))
    for row in rows:
        numbers = (*(row.said[kind] for kind in Said), *(row.done[kind] for kind in Done), row.reports)
        cells = [f"{n:,}" if n else "·" for n in numbers]
        yield f"{row.period} " + " ".join(cell.rjust(w) for cell, w in zip(cells, wide, strict=True))
        if sentences:
            yield from _lines(row)
    yield "said: each statement of a story once; done: agreements and material acts"
    if not sentences:
        yield "--sentences shows them, each with its key"


def _lines(row: SaidAndDone) -> Iterator[str]:
    """Each sentence once, with all that stands in it and the keys."""
    told: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for w in row.words:
        told.setdefault((w.day, w.text), []).append((f"said ({w.said})", w.key))
    for d in row.deeds:
        told.setdefault((d.day, d.text), []).append((f"DONE ({d.type.lower()})", d.key))
    for (day, text), several in sorted(told.items(), key=lambda t: t[0][0]):
        kinds = ", ".join(dict.fromkeys(kind for kind, _ in several))
        yield f"  {day} {kinds}: {text} [{' '.join(key for _, key in several)}]"
