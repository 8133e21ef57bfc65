"""What commands say beside their results: lines on standard error, counts, progress, and how they end."""

from __future__ import annotations

import os
import shlex
import stat
import sys
import time
from collections import Counter
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import typer

if TYPE_CHECKING:
    from rich.progress import Progress

    from dateline.errors import DatelineError
    from dateline.keep import Record
    from dateline.record.entries import Progressed

#: how much long work gives way, as in nice(1)
_NICE = 5
USAGE_ERROR, NOTHING_READ, INTERRUPTED, TERMINATED = 2, 1, 130, 143


def give_way() -> None:
    """Work that takes long lets whoever reads the record go first; alone on a machine it is as fast as ever."""
    if hasattr(os, "setpriority"):
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, 0, max(_NICE, os.getpriority(os.PRIO_PROCESS, 0)))


# --- lines -----------------------------------------------------------------------------------------------------


def say(line: str) -> None:
    """One line on standard error; nothing where nobody listens."""
    if sys.stderr is None:  # closed by whoever started the command; print would turn to standard output
        return
    with suppress(OSError):
        print(one_line(line), file=sys.stderr, flush=True)


def one_line(words: str) -> str:
    """The words with control characters shown as escapes: a file may be named anything."""
    return "".join(c if c.isprintable() or c == " " else repr(c)[1:-1] for c in words)


def reason_of(error: Exception) -> str:
    """What went wrong, without the particulars of the system's own message."""
    return (error.strerror or str(error)) if isinstance(error, OSError) else str(error)


@dataclass
class Tally:
    """Counts for the last line: "read N, used M, skipped K", with the reason for each thing skipped."""

    read: int = 0
    used: int = 0
    reasons: Counter[str] = field(default_factory=Counter)

    def skip(self, reason: str, count: int = 1) -> None:
        from dateline.present.words import kind_of

        self.reasons[kind_of(reason)] += count

    def lines(self) -> list[str]:
        """The summary, then one line a kind of reason, most frequent first."""
        skipped = sum(self.reasons.values())
        head = f"read {self.read}, used {self.used}, skipped {skipped}"
        return [head, *(f"  {n} × {reason}" for reason, n in sorted(self.reasons.items(), key=lambda r: (-r[1], r[0])))]


# --- progress --------------------------------------------------------------------------------------------------

#: Endings of files whose reports can be counted without reading them.
_ONE_OR_LINES = (".txt", ".html", ".htm", ".eml", ".jsonl", ".ndjson")
_MANY_FILES = 200_000


def estimate(paths: list[str]) -> int | None:
    """How many reports the paths hold, where a quick look tells; ``None`` for archives, feeds, pipes and addresses."""
    total = 0
    for name in paths:
        count = _in_folder(name) if os.path.isdir(name) else _in_file(name)
        if count is None:
            return None
        total += count
    return total


def _in_folder(folder: str) -> int | None:
    from dateline.load.inputs import folder_files

    files = folder_files(folder)
    if len(files) > _MANY_FILES:
        return None
    # what cannot be counted holds one at least: a time left that is a little short beats none
    return sum(_in_file(path) or 0 for path in files)


def _in_file(name: str) -> int | None:
    path = Path(name)
    if name == "-" or path.suffix not in _ONE_OR_LINES or not path.is_file() or path.stat().st_size > 500_000_000:
        return None
    if path.suffix not in (".jsonl", ".ndjson"):
        return 1
    try:
        with path.open("rb") as file:
            return sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))
    except OSError:  # told when its turn comes
        return None


def progress_bar(verb: str, total: int | None) -> Progress:
    """A bar with the count, the rate and the time left, on standard error where that is a terminal."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        ProgressColumn,
        Task,
        TextColumn,
        TimeElapsedColumn,
    )
    from rich.progress import TimeRemainingColumn as Remaining
    from rich.text import Text

    class Rate(ProgressColumn):
        def render(self, task: Task) -> Text:
            return Text(f"{task.speed:.0f} a second" if task.speed else "", "dim")

    console = Console(stderr=True)
    bar = BarColumn(bar_width=max(8, min(40, console.width - 64)))
    columns = [TextColumn(verb), bar, MofNCompleteColumn(), TextColumn("reports"), Rate(), TimeElapsedColumn()]
    progress = Progress(*columns, Remaining(), console=console, transient=True, disable=not console.is_terminal)
    progress.add_task(verb, total=total)
    return progress


def teller(progress: Progress) -> Callable[[str], None]:
    """Says a line above the bar where one is shown, else plainly."""

    def tell(line: str) -> None:
        if progress.disable:
            say(line)
        else:
            progress.console.print(one_line(line), markup=False, highlight=False, soft_wrap=True)

    return tell


@dataclass
class Heartbeat:
    """A line now and then where no bar is shown, so that a log tells how far a long run is."""

    total: int | None
    every: float = 60.0
    clock: Callable[[], float] = time.monotonic
    _begun: float = field(init=False)
    _told: float = field(init=False)

    def __post_init__(self) -> None:
        self._begun = self._told = self.clock()

    def line(self, done: int) -> str | None:
        """What to say now that so many are done; ``None`` where the last line is not long ago."""
        now = self.clock()
        if now - self._told < self.every or not done:
            return None
        self._told = now
        rate = done / (now - self._begun)
        left = f", about {duration((self.total - done) / rate)} left" if self.total and self.total > done else ""
        return f"{done:,} reports so far, {rate:.0f} a second{left}"


@dataclass
class Watch:
    """Follows an add or a reread: moves the bar, or says a line now and then, and remembers the last count."""

    progress: Progress
    total: int | None
    last: Progressed | None = None
    _beat: Heartbeat = field(init=False)

    def __post_init__(self) -> None:
        self._beat = Heartbeat(self.total)

    def __call__(self, so_far: Progressed) -> None:
        self.last = so_far
        self.progress.update(self.progress.task_ids[0], completed=so_far.done)
        if self.progress.disable and (line := self._beat.line(so_far.done)):
            say(line)


def go_on_with() -> str:
    """The command that was typed, to be typed again."""
    return shlex.join(["dateline", *sys.argv[1:]])


def duration(seconds: float) -> str:
    """A length of time for people.

    >>> duration(42), duration(600), duration(9_000)
    ('42 seconds', '10 minutes', '2 h 30 min')
    """
    if seconds < 90:
        return f"{seconds:.0f} seconds"
    minutes = round(seconds / 60)
    return f"{minutes} minutes" if minutes < 90 else f"{minutes // 60} h {minutes % 60:02} min"


# --- outputs ---------------------------------------------------------------------------------------------------


def open_output(out: Path | None, paths: list[str]) -> TextIO:
    """The file to write to, or standard output; never a file that is to be read."""
    if out is not None:
        if out.exists() and any(os.path.samefile(out, path) for path in paths if os.path.exists(path)):
            raise typer.BadParameter(f"{out} is to be read as well: write somewhere else")
        try:
            return out.open("w", encoding="utf-8", newline="\n", errors="backslashreplace")
        except OSError as error:
            raise typer.BadParameter(f"cannot write to {out} ({(error.strerror or str(error)).lower()})") from None
    if sys.stdout is None:
        raise typer.BadParameter("standard output is closed: there is nowhere to write to")
    # line ends as they are on every system: the same input gives the same bytes
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="\n", errors="backslashreplace")
    return sys.stdout


def regular(output: TextIO) -> os.stat_result | None:
    """The file behind an output, where it is one that could be read again."""
    try:
        found = os.fstat(output.fileno())
    except (OSError, ValueError):
        return None
    return found if stat.S_ISREG(found.st_mode) else None


def let_go(output: TextIO) -> None:
    """Nothing more can be written: what is left goes nowhere, so that the end of the process is quiet."""
    with suppress(OSError, ValueError):
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, output.fileno())
        os.close(null)


def has_colour(output: TextIO) -> bool:
    """Whether to colour: on a terminal, unless NO_COLOR is set."""
    return output.isatty() and not os.environ.get("NO_COLOR")


# --- days and records ------------------------------------------------------------------------------------------


def day_of_publication(value: str | None) -> date | None:
    """The day that was given for a run, held against the calendar."""
    if value is None:
        return None
    from dateline.load.days import is_believable

    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise typer.BadParameter(f"{value!r} is no day; write it as 2024-11-08") from None
    if not is_believable(value):
        raise typer.BadParameter(f"{value} is no day on which a report can have been published")
    return day


@contextmanager
def ending_well() -> Generator[None, None, None]:
    """Turns what can go wrong with a record into one line and an exit status.

    A reader of our output that has seen enough is no error.
    """
    from dateline.errors import DatelineError

    try:
        yield
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        let_go(sys.stdout)
    except KeyboardInterrupt:
        say("stopped")
        raise typer.Exit(INTERRUPTED) from None
    except DatelineError as error:
        say(f"dateline: {error}")
        raise typer.Exit(exit_status(error)) from None
    except OSError as error:
        let_go(sys.stdout)
        say(f"dateline: stopped: {reason_of(error)}")
        raise typer.Exit(NOTHING_READ) from None
    except (typer.Exit, typer.Abort, typer.BadParameter):
        raise
    except Exception as error:
        fault = f"{type(error).__name__}: {error}"
        say(f"dateline: stopped: a fault in Dateline ({fault}); please report it")
        raise typer.Exit(NOTHING_READ) from None


def exit_status(error: DatelineError) -> int:
    """2 for what can be mended by another command or another file, 1 for what went wrong on the way."""
    from dateline.errors import WorkerLost

    return NOTHING_READ if isinstance(error, WorkerLost) else USAGE_ERROR


@contextmanager
def opened(path: Path | None, *, create: bool = False) -> Generator[Record, None, None]:
    """The record of a command, closed at its end; errors are said in one line."""
    from dateline.keep import Record

    with ending_well(), Record(path, create=create) as record:
        yield record


def print_lines(lines: Iterable[str]) -> None:
    """Write lines to standard output, which must be open."""
    output = open_output(None, [])
    for line in lines:
        output.write(line + "\n")
