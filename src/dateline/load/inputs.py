"""Files, folders and standard input -> reports and failures, one after the other."""

from __future__ import annotations

import json
import os
import stat
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import BinaryIO

from dateline.errors import MissingInput
from dateline.load.decoding import NotText, decode, looks_binary, wide_encoding
from dateline.load.fetching import Fetcher, is_url
from dateline.load.pages import report_of_page
from dateline.load.records import (
    LONGEST,
    LONGEST_DOCUMENT,
    LONGEST_WORDS,
    Failure,
    Notice,
    reports_of_document,
    reports_of_lines,
    told,
)
from dateline.load.reports import is_blank, report_from_text
from dateline.load.streams import GZIP, CutShort, Source
from dateline.model import Reading, Report

STDIN = "-"
_STDIN_NAME = "standard input"
_HEAD = 64_000


class Kind(StrEnum):
    """What a file holds."""

    TEXT = "plain text"
    HTML = "a web page"
    JSONL = "JSON Lines"


_BY_NAME = {
    ".txt": Kind.TEXT,
    ".text": Kind.TEXT,
    ".html": Kind.HTML,
    ".htm": Kind.HTML,
    ".xhtml": Kind.HTML,
    ".jsonl": Kind.JSONL,
    ".ndjson": Kind.JSONL,
    ".jl": Kind.JSONL,
    ".json": Kind.JSONL,
}
_PAGE_TAGS = ("!doctype html", "html", "head", "body", "article", "main", "div", "meta", "title", "p>", "p ")
_PAGE_STARTS = tuple("<" + tag for tag in _PAGE_TAGS)


@dataclass(frozen=True, slots=True)
class Opened:
    """An input and what it was taken for; ``guessed`` where the content told it and not the name."""

    path: str
    kind: Kind
    guessed: bool

    def __str__(self) -> str:
        return f"{self.path}: taken for {self.kind}"


def _silent(_: str) -> None:
    return None


def check_paths(paths: Sequence[str], fetcher: Fetcher | None = None) -> None:
    """Raise ``MissingInput`` that names every path that is not there; called before anything is read.

    With a fetcher, web addresses may be among the paths; whether something lies there is told when its turn comes.
    """
    missing = [p for p in paths if p != STDIN and not _exists(p) and not (fetcher and is_url(p))]
    if missing:
        raise MissingInput(", ".join(missing), "no such file or folder; nothing was read")


def _exists(path: str) -> bool:
    try:
        return bool(path) and os.path.exists(path)
    except ValueError:  # a NUL in the name
        return False


def read_paths(
    paths: Sequence[str],
    stdin: BinaryIO | None,
    given: date | None = None,
    notice: Notice = _silent,
    written: os.stat_result | None = None,
    fetcher: Fetcher | None = None,
) -> Iterator[Report | Reading | Failure]:
    """The reports of files, folders and standard input (``-``) in the order named; folders in the order of their names.

    One bad input is a ``Failure`` and the run goes on. ``notice`` is called with one sentence for each thing that was
    read in a way the user may want to know: a kind taken from the content, an encoding, an odd date, another language.
    ``written`` is the file that the readings go to: read as it grows, it would never end.
    """
    for path in paths:
        if path == STDIN:
            yield from _read_stdin(stdin, given, notice)
        elif os.path.isdir(path):
            yield from _read_folder(path, given, notice, written)
        else:
            yield from _read_file(path, given, notice, written)


def _read_stdin(stdin: BinaryIO | None, given: date | None, notice: Notice) -> Iterator[Report | Failure]:
    if stdin is None:
        yield Failure(_STDIN_NAME, "closed: nothing to read")
        return
    try:
        yield from _read_stream(stdin, _STDIN_NAME, None, given, notice)
    except OSError as error:  # a folder, a terminal that went away
        yield Failure(_STDIN_NAME, f"cannot be read ({_why(error)})")


def _why(error: OSError) -> str:
    return (error.strerror or str(error)).lower()


# --- files and folders -----------------------------------------------------------------------------------------


def _read_file(
    path: str, given: date | None, notice: Notice, written: os.stat_result | None
) -> Iterator[Report | Failure]:
    try:
        with open(path, "rb") as stream:
            if written and os.path.samestat(written, os.fstat(stream.fileno())):
                yield Failure(path, "the readings are written to this file: not read")
                return
            yield from _read_stream(stream, path, kind_by_name(path), given, notice)
    except OSError as error:
        yield Failure(path, f"cannot be opened ({_why(error)}): check the file and its rights")


def _read_folder(
    folder: str, given: date | None, notice: Notice, written: os.stat_result | None
) -> Iterator[Report | Failure]:
    found = 0
    left_out: dict[str, int] = {}
    for path in folder_files(folder):
        if kind_by_name(path) is None and not _is_known_content(path):
            ending = os.path.splitext(path)[1].lower() or "no ending"
            left_out[ending] = left_out.get(ending, 0) + 1
            continue
        found += 1
        yield from _read_file(path, given, notice, written)
    if left_out:
        listed = ", ".join(f"{count} {ending}" for ending, count in sorted(left_out.items())[:12])
        notice(f"{folder}: files of other kinds left out: {listed}")
    if not found:
        yield Failure(folder, "no report in this folder: put .txt, .html or .jsonl files there, or name them")


def folder_files(folder: str) -> list[str]:
    """All files below a folder, sorted by path, hidden ones left out; links to folders are not followed."""
    found: list[str] = []
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        found += [os.path.join(root, name) for name in files if not name.startswith(".")]
    found = [path for path in found if _is_regular(path)]
    return sorted(found, key=lambda path: path.split(os.sep))


def _is_regular(path: str) -> bool:
    """Whether it is a file: a pipe or a device in a folder would hold the run for ever."""
    try:
        return stat.S_ISREG(os.stat(path).st_mode)
    except OSError:
        return False


def _is_known_content(path: str) -> bool:
    """Whether a file whose name tells nothing holds a page or JSON Lines, or has no ending at all and holds text."""
    try:
        with open(path, "rb") as stream:
            head = stream.read(_HEAD)
            if head[:2] == GZIP:
                head = _unzipped_head(head)
    except OSError:
        return False
    if not head or looks_binary(head):
        return False
    name = path[:-3] if path.endswith(".gz") else path
    return kind_by_content(head) is not Kind.TEXT or not os.path.splitext(name)[1]


def _unzipped_head(head: bytes) -> bytes:
    try:
        return zlib.decompressobj(31).decompress(head, _HEAD)
    except zlib.error:
        return b""


# --- one stream ------------------------------------------------------------------------------------------------


def kind_by_name(path: str) -> Kind | None:
    """The kind that a file's name tells, ``.gz`` aside.

    >>> kind_by_name("a/B.JSONL.gz"), kind_by_name("notes")
    (<Kind.JSONL: 'JSON Lines'>, None)
    """
    name = path.lower()
    return _BY_NAME.get(os.path.splitext(name[:-3] if name.endswith(".gz") else name)[1])


def kind_by_content(head: bytes) -> Kind:
    """The kind that the first bytes tell; plain text where they are neither a page nor JSON.

    >>> kind_by_content(b"<!DOCTYPE html>"), kind_by_content(b'{"text": "Rain."}')
    (<Kind.HTML: 'a web page'>, <Kind.JSONL: 'JSON Lines'>)
    """
    start = head[:4_000].decode(wide_encoding(head) or "utf-8", "replace").lstrip("\ufeff\0 \t\r\n").lower()
    while start.startswith(("<?xml", "<!--")):
        mark = "-->" if start.startswith("<!--") else "?>"
        _, found, start = start.partition(mark)
        start = start.lstrip()
        if not found:
            return Kind.TEXT
    if start.startswith(_PAGE_STARTS):
        return Kind.HTML
    if (start.startswith("{") and start[1:].lstrip()[:1] in ('"', "")) or (
        start.startswith("[") and start[1:].lstrip()[:1] == "{"
    ):
        return Kind.JSONL
    return Kind.TEXT


def _read_stream(
    stream: BinaryIO, name: str, named: Kind | None, given: date | None, notice: Notice
) -> Iterator[Report | Failure]:
    """The reports of one file or of standard input, unpacked where it is gzip, whatever its name."""
    try:
        source = Source(stream)
    except CutShort as error:
        yield Failure(name, str(error))
        return
    if not source.head:
        yield Failure(name, source.broken or "empty file: nothing to read")
        return
    binary = looks_binary(source.head)
    if binary:
        yield Failure(name, binary)
        return
    opened = _opened(name, named, source.head)
    if opened.guessed:
        notice(str(opened))
    if opened.kind is Kind.JSONL:
        yield from _jsonl_reports(source, name, given, notice)
    else:
        yield _one_report(source, opened, given, notice)


def _opened(name: str, named: Kind | None, head: bytes) -> Opened:
    """What an input is taken for: its name decides, unless the content is plainly something else."""
    seen = kind_by_content(head)
    if named is None:
        return Opened(name, seen, True)
    if named is not seen and _is_plainly(seen, head):
        return Opened(name, seen, True)
    return Opened(name, named, False)


def _is_plainly(kind: Kind, head: bytes) -> bool:
    """Whether the first bytes leave no doubt: a page's own tag, or a whole line of JSON with a text."""
    start = head[:4_000].lower()
    if kind is Kind.HTML:
        return b"<html" in start or b"<!doctype html" in start
    if kind is Kind.TEXT:
        return False
    try:
        record = json.loads(head.split(b"\n", 1)[0])
    except (ValueError, RecursionError):
        return False
    return isinstance(record, dict) and "text" in record


def _one_report(source: Source, opened: Opened, given: date | None, notice: Notice) -> Report | Failure:
    """The report of a text file or a page; data that are cut short give none, as nobody can tell what is missing."""
    data = source.all(LONGEST_DOCUMENT if opened.kind is Kind.HTML else 4 * LONGEST)
    if source.broken:
        return Failure(opened.path, source.broken)
    if data is None:
        return Failure(opened.path, f"a report of more than {LONGEST_WORDS}: cut it into reports")
    read_one = report_of_page if opened.kind is Kind.HTML else _report_of_text
    try:
        return read_one(data, opened.path, given, notice)
    except NotText as error:
        return Failure(opened.path, str(error))


def _report_of_text(data: bytes, name: str, given: date | None, notice: Notice) -> Report | Failure:
    decoded = decode(data)
    if decoded.note:
        notice(f"{name}: {decoded.note}")
    if is_blank(decoded.text):
        return Failure(name, "no words in this file: nothing to read")
    if len(decoded.text) > LONGEST:
        return Failure(name, f"a report of more than {LONGEST_WORDS}: cut it into reports")
    return told(report_from_text(decoded.text, published=given), name, notice)


def _jsonl_reports(source: Source, name: str, given: date | None, notice: Notice) -> Iterator[Report | Failure]:
    if _is_one_document(source.head):
        data = source.all(LONGEST_DOCUMENT)
        items = None if data is None or source.broken else reports_of_document(data, name, given, notice)
        yield from items or [Failure(name, source.broken or (_BROKEN_DOCUMENT if data else _LONG_DOCUMENT))]
        return
    if wide := wide_encoding(source.head):
        notice(f"{name}: read as {wide.upper()}")
    yield from reports_of_lines(source.lines(4 * LONGEST), name, given, notice)
    if source.broken:
        yield Failure(f"{name}, line {source.line_count + 1}", source.broken)


_LONG_DOCUMENT = "a JSON file of more than 100 MB that is not one object a line: write it so"
_BROKEN_DOCUMENT = "broken JSON: mend it, or write one object a line"


def _is_one_document(head: bytes) -> bool:
    """Whether it is a list of objects, or one object written over several lines, and not one object a line."""
    start = head.decode(wide_encoding(head) or "utf-8", "replace").lstrip("\ufeff\0 \t\r\n")
    first, more, _ = start.partition("\n")
    if start.startswith("["):
        return True
    try:
        json.loads(first)
    except json.JSONDecodeError as error:  # an object that goes on in the next line is only wrong at its end
        return bool(more) and error.pos >= len(first.rstrip())
    except (ValueError, RecursionError):
        pass
    return False
