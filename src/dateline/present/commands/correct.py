"""``dateline correct``: what a person decides about an entry, an actor or a report; nothing is overwritten."""

from __future__ import annotations

import json as json_module
import os
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dateline.present.commands.options import AsJson, RecordFile
from dateline.present.commands.telling import opened, print_lines, say

if TYPE_CHECKING:
    from dateline.keep import Record
    from dateline.record.entries import Correction


class Action(StrEnum):
    """What is decided."""

    ACCEPT = "accept"
    REJECT = "reject"
    EDIT = "edit"
    MERGE = "merge"
    SPLIT = "split"
    DATE = "date"
    UNDO = "undo"
    LIST = "list"


#: How each action is typed, for help and for those who typed it otherwise.
USAGE = {
    Action.ACCEPT: "accept KEY...",
    Action.REJECT: "reject KEY...",
    Action.EDIT: "edit KEY FIELD=VALUE...",
    Action.MERGE: "merge ACTOR ACTOR...",
    Action.SPLIT: "split ACTOR REPORT",
    Action.DATE: "date REPORT DAY",
    Action.UNDO: "undo NUMBER...",
    Action.LIST: "list [KEY]",
}
_ACTION = "What to do: " + "; ".join(USAGE.values()) + "."
_TARGETS = "Keys as `dateline search` shows them, names of actors, FIELD=VALUE, a day, or numbers of corrections."
_WHO = "Who decides; else DATELINE_USER, else the name you are logged in by."
_WHY = "Why, for those who come later."


def correct(
    action: Annotated[Action, typer.Argument(help=_ACTION, metavar="ACTION", show_default=False)],
    targets: Annotated[list[str] | None, typer.Argument(metavar="TARGET", help=_TARGETS)] = None,
    why: Annotated[str | None, typer.Option(metavar="TEXT", help=_WHY)] = None,
    who: Annotated[str | None, typer.Option(metavar="NAME", envvar="DATELINE_USER", help=_WHO)] = None,
    json: AsJson = False,
    record: RecordFile = None,
) -> None:
    """Correct what was found, for ever; undo, list.

    Accept, reject or edit a statement or an event, merge or split actors, give a report its day. What was read is
    never overwritten: who decided what, when and why is kept beside it, and holds after `dateline reread`. Fields to
    edit: of a statement speaker, stance, day; of an event type, reality, day, source, target.
    """
    words = targets or []
    if not _fits(action, words):
        raise typer.BadParameter(f"write it as: dateline correct {USAGE[action]}")
    with opened(record) as kept:
        if action is Action.LIST:
            made: Iterable[Correction] = kept.corrections(words[0] if words else None)
        else:
            made = _DOING[action](kept, words, who or _login(), why)
        lines = [json_module.dumps(_row(c), ensure_ascii=False) if json else correction_words(c) for c in made]
        print_lines(lines)
        if not lines:
            say(f"no corrections of {words[0]}" if words else "no corrections yet")


def _fits(action: Action, words: Sequence[str]) -> bool:
    if action is Action.LIST:
        return len(words) <= 1
    if action is Action.EDIT:
        return len(words) >= 2 and all("=" in word for word in words[1:])
    if action is Action.UNDO:
        return bool(words) and all(word.isdecimal() for word in words)
    if action is Action.SPLIT:  # one: the key of a profile
        return len(words) in (1, 2)
    if action is Action.MERGE:
        return len(words) >= 2
    if action is Action.DATE:
        return len(words) == 2
    return bool(words)


def _login() -> str:
    from getpass import getuser

    try:
        return getuser()
    except (OSError, KeyError, ImportError):  # a number without a name, as in some containers
        return str(os.getuid()) if hasattr(os, "getuid") else "somebody"


# --- doing -----------------------------------------------------------------------------------------------------


def _judge(action: str) -> Callable[[Record, list[str], str, str | None], list[Correction]]:
    def judge(kept: Record, words: list[str], who: str, why: str | None) -> list[Correction]:
        return [kept.correct(action, key, who=who, why=why) for key in words]

    return judge


def _edit(kept: Record, words: list[str], who: str, why: str | None) -> list[Correction]:
    key, *changes = words
    pairs = [[part.strip() for part in change.split("=", 1)] for change in changes]
    return [kept.correct("edit", key, who=who, why=why, field=field, value=_meant(field, value))
            for field, value in pairs]  # fmt: skip


def _meant(field: str, value: str) -> Any:
    """The value as typed; a day that nobody knows is ``none``, several actors are parted by semicolons."""
    if field == "day" and value.lower() in ("", "none"):
        return None
    if field in ("source", "target") and ";" in value:
        return [name.strip() for name in value.split(";")]
    return value


def _merge(kept: Record, words: list[str], who: str, why: str | None) -> list[Correction]:
    return [kept.correct("merge", words, who=who, why=why)]


def _split(kept: Record, words: list[str], who: str, why: str | None) -> list[Correction]:
    return [kept.correct("split", words, who=who, why=why)]


def _date(kept: Record, words: list[str], who: str, why: str | None) -> list[Correction]:
    return [kept.correct("edit", words[0], who=who, why=why, field="date", value=words[1])]


def _undo(kept: Record, words: list[str], who: str, why: str | None) -> list[Correction]:
    return [kept.undo(int(word), who=who, why=why) for word in words]


_DOING: dict[Action, Callable[[Record, list[str], str, str | None], list[Correction]]] = {
    Action.ACCEPT: _judge("accept"),
    Action.REJECT: _judge("reject"),
    Action.EDIT: _edit,
    Action.MERGE: _merge,
    Action.SPLIT: _split,
    Action.DATE: _date,
    Action.UNDO: _undo,
}


# --- showing ---------------------------------------------------------------------------------------------------


def correction_words(c: Correction) -> str:
    """A correction as one line: number, what, who, when, why, and whether it still holds."""
    what = f"{c.action} {c.target}" if c.undoes is None else f"undo {c.undoes}"
    if c.field:
        what += f" {c.field}"
    if c.before is not None or c.after is not None:
        what += f": {_value(c.before)} → {_value(c.after)}"
    state = "undone" if c.undone else f"LOST: {c.lost}" if c.lost else ""
    facts = [what, f"by {c.who}, {c.made}", c.why or "", state]
    return f"{c.id:>4}  " + "  ·  ".join(filter(None, facts))


def _value(value: Any) -> str:
    if isinstance(value, list | tuple):
        return " and ".join(map(_value, value)) or "nobody"
    if isinstance(value, dict):
        return str(value.get("name") or json_module.dumps(value, ensure_ascii=False))
    return "–" if value is None else str(value)


def _row(c: Correction) -> Any:
    from dateline.present.rows import as_row

    return as_row(c)
