"""``dateline read``: reports in, readings out; nothing is kept."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from dateline.present.commands.options import MODEL, AllowPrivate, Fast, Model, Paths, Published, Workers
from dateline.present.commands.telling import (
    INTERRUPTED,
    NOTHING_READ,
    TERMINATED,
    USAGE_ERROR,
    Tally,
    day_of_publication,
    estimate,
    has_colour,
    let_go,
    open_output,
    progress_bar,
    reason_of,
    regular,
    say,
    teller,
)

if TYPE_CHECKING:
    from dateline.load import Failure
    from dateline.model import Reading, Report


class Format(StrEnum):
    """What a reading is shown as."""

    TEXT = "text"
    JSONL = "jsonl"
    HTML = "html"


_FORMAT = "Default: text on a terminal, else jsonl."
_OUT = "Write there instead of to standard output."


def read(
    paths: Paths,
    format: Annotated[Format | None, typer.Option(help=_FORMAT, show_default=False)] = None,
    published: Published = None,
    model: Model = MODEL,
    workers: Workers = 1,
    fast: Fast = False,
    out: Annotated[Path | None, typer.Option("--out", "-o", metavar="FILE", help=_OUT)] = None,
    allow_private: AllowPrivate = False,
) -> None:
    """Read reports and show what each tells; nothing is kept.

    Statements, events, times, places, actors and disputed claims.

    Ends with "read N, used M, skipped K" and the reasons, on standard error. Exit status 0 if anything was read,
    1 if nothing was, 2 for wrong usage.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(TERMINATED))  # as an exception, so that workers are ended too
    try:
        code = _read(paths, format, day_of_publication(published), model, workers, fast, out, allow_private)
    except KeyboardInterrupt:
        say("stopped")
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
        say(f"dateline: {error}")
        return USAGE_ERROR
    output = open_output(out, paths)
    to_terminal = output.isatty()
    chosen = format or (Format.TEXT if to_terminal else Format.JSONL)
    finish = _finish_line if chosen is Format.JSONL else _finish_reading
    progress = progress_bar("reading", estimate(paths))
    told = teller(progress)
    stdin = sys.stdin.buffer if sys.stdin is not None else None

    def results() -> Generator[tuple[Reading, str], None, None]:
        reports = _sorted_out(read_paths(paths, stdin, day, told, regular(output), fetcher), tally, told)
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
            let_go(output)
        except ModelError as error:
            code, why = USAGE_ERROR, f"dateline: {error}"
        except (DatelineError, OSError) as error:
            code, why = NOTHING_READ, f"dateline: stopped: {reason_of(error)}"
            let_go(output)
        except Exception as error:
            fault = f"{type(error).__name__}: {error}"
            code, why = NOTHING_READ, f"dateline: stopped: a fault in Dateline ({fault}); please report it"
        finally:
            progress.stop()
    if code is None:
        _finish(tally)
        return 0 if tally.used else NOTHING_READ
    if why:
        say(why)
    if tally.read:
        _finish(tally)
    return code


def _sorted_out(
    items: Iterable[Report | Reading | Failure], tally: Tally, tell: Callable[[str], None]
) -> Iterator[Report | Reading]:
    """What can be read or was read among the items; each failure is told at once and counted."""
    from dateline.load import Failure

    for item in items:
        if isinstance(item, Failure):
            tally.read += item.count
            tell(f"{item.where}: {item.reason}")
            tally.skip(item.reason, item.count)
        else:
            tally.read += 1
            yield item


def _count(reading: Reading, tally: Tally, tell: Callable[[str], None]) -> None:
    whole = [s.reason for s in reading.skipped if s.span == (0, len(reading.text))]
    if not whole:
        tally.used += 1
        return
    tally.skip(whole[0])
    if not reading.report.is_unread:  # what was skipped on loading has been told with its file and line
        tell(f"{reading.id}: {whole[0]}")


def _finish_line(reading: Reading) -> tuple[Reading, str]:
    from dateline.present.jsonl import to_line

    return reading, to_line(reading)


def _finish_reading(reading: Reading) -> tuple[Reading, str]:
    return reading, ""


def _write_all(results: Iterable[tuple[Reading, str]], format: Format, out: TextIO) -> None:
    """Write readings in the format asked for, each as soon as it is there."""
    if format is Format.JSONL:
        for _, line in results:
            out.write(line + "\n")
    elif format is Format.TEXT:
        from dateline.present.terminal import terminal_width
        from dateline.present.text import to_text

        for reading, _ in results:
            out.write(to_text(reading, terminal_width(), has_colour(out)))
            out.flush()
    else:
        from dateline.present.html import page

        for piece in page(reading for reading, _ in results):
            out.write(piece)


def _finish(tally: Tally) -> None:
    for line in tally.lines():
        say(line)


def schema() -> None:
    """Print the JSON Schema of a reading.

    A reading is the object that `dateline read --format jsonl` writes on each line.
    """
    from importlib.resources import files

    typer.echo(files("dateline.present").joinpath("reading.schema.json").read_text("utf-8"), nl=False)
