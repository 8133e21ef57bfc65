"""``dateline change``: whether relations changed at given dates, asked of any table of events."""

from __future__ import annotations

import json as json_module
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dateline.errors import DatelineError
from dateline.present.commands.telling import USAGE_ERROR, open_output, print_lines, say

if TYPE_CHECKING:
    from dateline.analyse.change import Change, Question

_TABLE = (
    "The table: Parquet, CSV, TSV or JSON Lines, with the columns date, source, target and cameo (a row an event), or "
    "date, source, target and net (a signed number a pair and day)."
)
_PAIRS = (
    'The questions: JSON Lines such as {"id": "q1", "a": "USA", "b": "IRN", "date": "2013-09-27"}; '
    "- for standard input."
)
_OUT = "A file instead of standard output."
_FDR = "Call a relation changed only while at most this share of all such answers is expected to be false."
_DETAIL = "Add rates before and after by direction and quad class, and how the actors' other relations moved."


class ChangeFormat(StrEnum):
    """How answers are written."""

    JSONL = "jsonl"
    TEXT = "text"


def change(
    table: Annotated[Path, typer.Option("--table", metavar="FILE", help=_TABLE)],
    pairs: Annotated[Path, typer.Option("--pairs", metavar="FILE", help=_PAIRS)],
    format: Annotated[ChangeFormat, typer.Option(help="How answers are written.")] = ChangeFormat.TEXT,
    fdr: Annotated[float | None, typer.Option("--fdr", min=0, max=1, metavar="SHARE", help=_FDR)] = None,
    detail: Annotated[bool, typer.Option("--detail", help=_DETAIL)] = False,
    out: Annotated[Path | None, typer.Option("--out", "-o", metavar="FILE", help=_OUT)] = None,
) -> None:
    """Tell whether the relation of two actors changed at a date, for every question of a file.

    Each answer is changed, no_change or too_little, with how often dates at which nothing is known to have happened
    look as different. A difference at a date is not yet an effect of what happened then.
    """
    try:
        from dateline.analyse.change import changes_at
        from dateline.analyse.tables import load

        ids, asked = read_questions(pairs)
        read = load(table)
        for note in read.notes:
            say(f"{table}: {note}")
        answers = changes_at(read, asked, detail)
    except DatelineError as error:
        say(str(error))
        raise typer.Exit(USAGE_ERROR) from None
    show = as_json if format is ChangeFormat.JSONL else as_line
    lines = [show(key, read.name, answer, fdr) for key, answer in zip(ids, answers, strict=True)]
    if out is None:
        open_output(None, [])
        print_lines(lines)
    else:
        out.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def read_questions(path: Path) -> tuple[list[str], list[Question]]:
    """The questions of a file with their ids, or their line numbers. Raises TableError for a line that is none."""
    import sys
    from datetime import date

    from dateline.analyse.change import Question
    from dateline.errors import TableError

    try:
        text = sys.stdin.read() if str(path) == "-" else path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise TableError(str(path), f"cannot be read: {error}") from error
    ids, asked = [], []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json_module.loads(line)
            asked.append(Question(str(row["a"]), str(row["b"]), date.fromisoformat(str(row["date"])[:10])))
        except (ValueError, KeyError, TypeError) as error:
            what = f"no {error}" if isinstance(error, KeyError) else str(error)
            raise TableError(f"{path}, line {number}", f"no question with a, b and date: {what}") from None
        ids.append(str(row.get("id", number)))
    return ids, asked


def verdict_of(answer: Change, fdr: float | None) -> str:
    """The verdict, which a share of false discoveries may make stricter or milder."""
    from dateline.analyse.change import Verdict

    if fdr is None or answer.q is None:
        return str(answer.verdict)
    return str(Verdict.CHANGED if answer.q <= fdr and answer.mix_moved else Verdict.NO_CHANGE)


def as_json(key: str, table: str, answer: Change, fdr: float | None) -> str:
    """One answer as a JSON object."""
    verdict = verdict_of(answer, fdr)
    row: dict[str, Any] = {
        "id": key,
        "table": table,
        "a": answer.question.a,
        "b": answer.question.b,
        "date": answer.question.at.isoformat(),
        "verdict": verdict,
        "direction": _direction(answer, verdict),
        "p": _short(answer.p),
        "q": _short(answer.q),
        "effect": _short(answer.effect),
        "events": answer.events,
        "reason": answer.reason,
        "p_mix": _short(answer.p_mix),
        "note": answer.note,
    }
    if answer.rates or answer.beside:
        row["rates"] = [_rounded(vars(rate)) for rate in answer.rates]
        row["beside"] = [_rounded(vars(other)) for other in answer.beside]
    return json_module.dumps(row, ensure_ascii=False)


def _direction(answer: Change, verdict: str) -> str | None:
    if verdict != "changed" or answer.effect is None:
        return None
    return "better" if answer.effect > 0 else "worse"


def _short(number: float | None) -> float | None:
    return None if number is None else float(f"{number:.4g}")


def _rounded(row: dict[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for name, value in row.items():
        if isinstance(value, tuple):
            made[name] = [_short(v) for v in value]
        else:
            made[name] = _short(value) if isinstance(value, float) else value
    return made


_NOTED = {"more_events": "more events, alike in kind", "fewer_events": "fewer events, alike in kind"}
_SAID = {"no_change": "no change seen", "too_little": "too little evidence"}


def as_line(key: str, table: str, answer: Change, fdr: float | None) -> str:
    """One answer as a line to read."""
    ask, verdict = answer.question, verdict_of(answer, fdr)
    head = f"{key}: {ask.a} and {ask.b}, {ask.at}: "
    if answer.p is None or answer.effect is None or answer.q is None:
        return f"{head}{_SAID[verdict]} ({answer.reason})"
    said = _SAID.get(verdict) or f"changed ({_direction(answer, verdict)})"
    if answer.note and verdict == "no_change":
        said += f" ({_NOTED[answer.note]})"
    mix = "" if answer.p_mix is None else f", p of the mix {answer.p_mix:.2g}"
    tail = f"q {answer.q:.2g}, effect {answer.effect:+.1f}, {answer.events} events"
    return f"{head}{said}, p {answer.p:.2g}{mix}, {tail}"
