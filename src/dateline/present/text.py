"""A reading for a terminal: the report with its findings marked, and under it who said what, who did what, when.

Everything that colour says is also said by brackets and ids, so that nothing is lost without colour.
"""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.text import Text

from dateline.model import Event, Reading, Span, Statement
from dateline.present.marks import Mark, Segment, marks_of, segments
from dateline.present.terminal import REALITY, as_text, clean, section, short
from dateline.present.words import Names, head_facts, interval_words, role_words, title_words

STYLES = {
    "content": "green",
    "source": "bold blue",
    "cue": "magenta",
    "event": "bold yellow",
    "time": "cyan",
    "place": "",
    "actor": "bold",
}
_BRACKETS = {"content": ("[", "]"), "event": ("{", "}"), "time": ("", "")}


def _tag(mark: Mark, reading: Reading) -> str:
    if mark.kind == "time":
        time = reading.times[int(mark.id[1:]) - 1]
        value = time.start if time.start == time.end else time.value
        return f" ({value})" if time.start and value != _words(reading, mark) else ""
    return f" {mark.id}"


def _grouped(marks: tuple[Mark, ...]) -> list[tuple[str, list[Mark]]]:
    """The marks that show as brackets; those of one kind on the same words (both sides of a meeting) share a pair."""
    groups: dict[tuple[str, Span], list[Mark]] = {}
    for mark in marks:
        if mark.kind in _BRACKETS:
            groups.setdefault((mark.kind, mark.span), []).append(mark)
    return [(kind, sorted(group, key=lambda m: int(m.id[1:]))) for (kind, _), group in groups.items()]


def _words(reading: Reading, mark: Mark) -> str:
    return reading.text[mark.span.start : mark.span.end]


def _body(reading: Reading) -> Text:
    """The report's text with brackets round contents and acts, ids behind them, and colour where there is any."""
    out = Text()
    marks = [m for m in marks_of(reading) if m.kind != "place"]
    for segment in segments(reading.text, marks):
        out.append("".join(_BRACKETS[kind][0] for kind, _ in _grouped(segment.opens)), "dim")
        out.append(clean(reading.text[segment.span.start : segment.span.end]), _style(segment))
        for kind, group in _grouped(segment.closes):
            out.append("".join(_tag(mark, reading) for mark in group) + _BRACKETS[kind][1], "dim")
    return out


def _style(segment: Segment) -> str:
    styles = [STYLES[mark.kind] for mark in segment.marks if STYLES[mark.kind]]
    return " ".join(dict.fromkeys(" ".join(styles).split())) if len(styles) < 2 else styles[-1]


def _blank_lines_once(text: Text) -> Text:
    lines = text.split("\n", allow_blank=True)
    kept: list[Text] = []
    for line in lines:
        line.rstrip()
        if line.plain or (kept and kept[-1].plain):
            kept.append(line)
    return Text("\n").join(kept)


def _head(reading: Reading) -> Text:
    head = Text(clean(title_words(reading.report)), "bold")
    facts = head_facts(reading.report)
    if facts:
        head.append("\n" + clean(" · ".join(facts)), "dim")
    return head


def _statement(s: Statement, names: Names) -> Text:
    line = Text()
    line.append(f"{s.id:>4}  ", "dim")
    line.append(clean(names.speaker(s)), STYLES["source"])
    if s.addressee:
        line.append(f" to {names.actor(s.addressee)}")
    facts = [s.source.sourcing if s.source else "", s.form, s.stance, "hedged" if s.hedged else "",
             f"in {s.medium.name}" if s.medium else "", interval_words(s.time)]  # fmt: skip
    cue = clean(names.words(s.cue.spans)) if s.cue else ""
    line.append("  ·  ")
    line.append(cue, STYLES["cue"])
    line.append(("  ·  " if cue else "") + ", ".join(filter(None, facts)), "dim")
    line.append("\n      ")
    line.append(clean(short(names.words(s.content))), STYLES["content"])
    return line


def _event(e: Event, names: Names) -> Text:
    line = Text()
    line.append(f"{e.id:>4}  ", "dim")
    line.append(clean(f"{names.side(e.source)} → {names.side(e.target)}"), "bold")
    line.append(f"  {e.type} {e.cameo}", "yellow")
    line.append(f"  {e.reality}{'?' if e.unsure else ''}", REALITY[e.reality])
    teller = names.told_by(e)
    words = short(clean(names.words((e.span,))), 60)
    facts = [f"“{words}”" if words else "", interval_words(e.time), e.place.name if e.place else ""]
    facts.append(f"as told by {teller}" if teller else "")
    line.append("\n      " + "  ·  ".join(filter(None, facts)), "dim")
    return line


def render(reading: Reading) -> RenderableType:
    """Everything a reading holds, for a terminal of any width."""
    names = Names(reading)
    actors = [
        Text.assemble((f"{a.id:>4}  ", "dim"), (clean(a.name), "bold"),
                      ("  " + "  ·  ".join(filter(None, [a.kind, a.code or a.country, role_words(a)])), "dim"))
        for a in reading.actors
    ]  # fmt: skip
    times = [
        Text.assemble(("  " + clean(names.words((t.span,))), STYLES["time"]),
                      (f"  {t.type} {t.value}" + (f", {t.start} to {t.end}" if t.start != t.end else ""), "dim"))
        for t in reading.times
    ]  # fmt: skip
    claims = [_claim_lines(c.text, [(names.actor(p.actor) or "?", p.position, p.statement) for p in c.positions])
              for c in reading.claims]  # fmt: skip
    skipped = [Text(f"  {s.reason}", "red") for s in reading.skipped]
    return Group(
        Rule(style="bold"),
        _head(reading),
        Text(),
        Padding(_blank_lines_once(_body(reading)), (0, 2)),
        *section("Who said what", [_statement(s, names) for s in reading.statements]),
        *section("Who did what to whom", [_event(e, names) for e in reading.events]),
        *section("What is disputed", claims),
        *section("When", times),
        *section("Who is who", actors),
        *section("Skipped", skipped),
        Text(),
    )


def _claim_lines(text: str, positions: list[tuple[str, str, str]]) -> Text:
    line = Text("      " + clean(short(text)), STYLES["content"])
    for who, position, statement in positions:
        line.append(f"\n      {position:>8} ", REALITY["denied"] if position in ("denies", "doubts") else "yellow")
        line.append(clean(who), STYLES["source"])
        line.append(f"  {statement}", "dim")
    return line


def to_text(reading: Reading, width: int = 80, colour: bool = False) -> str:
    """The reading as it would look on a terminal of this width."""
    return as_text(render(reading), width, colour)
