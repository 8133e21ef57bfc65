"""How results look on a terminal of any width, with and without colour."""

from __future__ import annotations

import shutil

from rich.console import Console, Group, RenderableType
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

#: Characters that would move the cursor or turn the direction of a terminal.
_CONTROLS = dict.fromkeys(
    [*range(9), *range(11, 32), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)], "·"
)
#: Colours for what reality says, so that what did not happen is seen at once.
REALITY = {
    "happened": "yellow",
    "ongoing": "yellow",
    "planned": "cyan",
    "possible": "cyan",
    "demanded": "magenta",
    "denied": "red",
    "negated": "red",
    "called_off": "red",
}


def clean(text: str) -> str:
    """A text that can do no harm to a terminal; its length stays the same."""
    return text.translate(_CONTROLS)


def short(words: str, limit: int = 200) -> str:
    """The words, cut at a space where they are too long.

    >>> short("one two three", 10)
    'one two …'
    """
    return words if len(words) <= limit else words[: limit - 1].rsplit(" ", 1)[0] + " …"


def hanging(entry: Text) -> RenderableType:
    """An entry of a list: each of its lines wraps under its own beginning."""
    rows: list[RenderableType] = []
    for line in entry.split("\n"):
        indent = len(line.plain) - len(line.plain.lstrip())
        if indent < 6 and line.plain[:6].strip():
            indent = 0 if not line.plain.startswith("  ") else 6
        if not indent:
            rows.append(line)
            continue
        head, rest = line[:indent], line[indent:]
        table = Table.grid(padding=0)
        table.add_column(width=indent, no_wrap=True)
        table.add_column()
        table.add_row(head, rest)
        rows.append(table)
    return Group(*rows)


def section(title: str, lines: list[Text]) -> list[RenderableType]:
    """A heading with its list; nothing at all where the list is empty."""
    if not lines:
        return []
    return [Text(), Rule(Text(title, "bold"), align="left", style="dim"), *map(hanging, lines)]


def terminal_width() -> int:
    """Columns of the terminal, held between 40 and 100: longer lines are hard to read."""
    return min(100, max(40, shutil.get_terminal_size((80, 24)).columns))


def as_text(content: RenderableType, width: int, colour: bool) -> str:
    """What a terminal of this width would show, line by line without spaces at the ends."""
    console = Console(
        width=width,
        force_terminal=colour,
        no_color=not colour,
        color_system="standard" if colour else None,
        highlight=False,
        emoji=False,
        markup=False,
        legacy_windows=False,
    )
    with console.capture() as capture:
        console.print(content)
    return "\n".join(line.rstrip() for line in capture.get().split("\n"))
