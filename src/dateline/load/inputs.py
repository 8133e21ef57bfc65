"""Files, folders and standard input -> reports and failures, one after the other."""

from __future__ import annotations

import json
import os
import stat
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from dateline.errors import MissingInput
from dateline.load.captures import captured, raws_of_archive
from dateline.load.decoding import looks_binary, wide_encoding
from dateline.load.entries import LONGEST_FEED, feeds_of_list, raws_of_feed, raws_of_json_feed
from dateline.load.fetching import Fetcher, is_url
from dateline.load.kinds import ZIP_MAGIC, Kind, Opened, kind_by_content, kind_by_name, kind_by_type, opened
from dateline.load.mails import LONGEST_MAIL, MAIL
from dateline.load.origins import PAGE, TEXT, made_of
from dateline.load.outcomes import (
    LONGEST,
    LONGEST_DOCUMENT,
    TOO_LONG,
    Failure,
    Notice,
    Raw,
    silent,
)
from dateline.load.records import raws_of_document, raws_of_lines
from dateline.load.streams import GZIP, CutShort, Source
from dateline.load.tables import LONGEST_ROW, raws_of_gdelt, raws_of_icews, read_rows
from dateline.load.urls import canonical
from dateline.model import Reading, Report

STDIN = "-"
_STDIN_NAME = "standard input"
_HEAD = 64_000
#: Of a ZIP archive: bytes packed, bytes unpacked, members.
_MOST_PACKED, _MOST_UNPACKED, _MOST_MEMBERS = 200_000_000, 2_000_000_000, 100
_LONGEST_LIST = 1_000_000
_TABLE_ENDINGS = (".csv", ".tsv", ".tab", ".txt")

Item = Report | Reading | Failure


@dataclass(frozen=True, slots=True)
class _Run:
    """What holds for all inputs of a run."""

    given: date | None
    notice: Notice
    written: os.stat_result | None
    fetcher: Fetcher | None


@dataclass(frozen=True, slots=True)
class _Input:
    """One input: its name as shown, the place that names it for good, and how it was fetched, if it was."""

    name: str
    place: str
    named: Kind | None = None
    url: str | None = None
    charset: str | None = None
    depth: int = 0


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
    notice: Notice = silent,
    written: os.stat_result | None = None,
    fetcher: Fetcher | None = None,
) -> Iterator[Report | Reading | Failure]:
    """The reports of files, folders and standard input (``-``) in the order named; folders in the order of their names.

    One bad input is a ``Failure`` and the run goes on. ``notice`` is called with one sentence for each thing that was
    read in a way the user may want to know: a kind taken from the content, an encoding, an odd date, another language.
    ``written`` is the file that the readings go to: read as it grows, it would never end.
    """
    run = _Run(given, notice, written, fetcher)
    for path in paths:
        if path == STDIN:
            yield from _read_stdin(stdin, run)
        elif fetcher and is_url(path) and not os.path.exists(path):
            yield from _read_url(path, run)
        elif os.path.isdir(path):
            yield from _read_folder(path, run)
        else:
            yield from _read_file(path, run)


def read_upload(
    stream: BinaryIO, name: str, type_: str | None = None, given: date | None = None, notice: Notice = silent
) -> Iterator[Item]:
    """The reports of what somebody sent, under the name and with the media type that it came with.

    Nothing is fetched for it; reports are known by the ids and addresses in them, else by their words.
    """
    named = kind_by_type(type_ or "") or kind_by_name(name)
    yield from _read_stream(stream, _Input(name, "", named), _Run(given, notice, None, None))


def _read_stdin(stdin: BinaryIO | None, run: _Run) -> Iterator[Item]:
    if stdin is None:
        yield Failure(_STDIN_NAME, "closed: nothing to read")
        return
    try:
        yield from _read_stream(stdin, _Input(_STDIN_NAME, ""), run)
    except OSError as error:  # a folder, a terminal that went away
        yield Failure(_STDIN_NAME, f"cannot be read ({_why(error)})")


def _why(error: OSError) -> str:
    return (error.strerror or str(error)).lower()


def _read_url(url: str, run: _Run, depth: int = 0) -> Iterator[Item]:
    if run.fetcher is None:
        yield Failure(url, "a web address, and nothing to fetch it with: save it and name the file")
        return
    found = run.fetcher.fetch(url)
    if isinstance(found, Failure):
        yield found
        return
    named = kind_by_type(found.content_type) or kind_by_name(found.url.partition("?")[0])
    came = _Input(url, canonical(found.url), named, found.url, found.charset, depth)
    yield from _read_stream(BytesIO(found.body), came, run)


# --- files and folders -----------------------------------------------------------------------------------------


def _read_file(path: str, run: _Run) -> Iterator[Item]:
    try:
        with open(path, "rb") as stream:
            if run.written and os.path.samestat(run.written, os.fstat(stream.fileno())):
                yield Failure(path, "the readings are written to this file: not read")
                return
            yield from _read_stream(stream, _Input(path, os.path.abspath(path), kind_by_name(path)), run)
    except OSError as error:
        yield Failure(path, f"cannot be opened ({_why(error)}): check the file and its rights")


def _read_folder(folder: str, run: _Run) -> Iterator[Item]:
    found = 0
    left_out: dict[str, int] = {}
    for path in folder_files(folder):
        if kind_by_name(path) is None and not _is_known_content(path):
            ending = os.path.splitext(path)[1].lower() or "no ending"
            left_out[ending] = left_out.get(ending, 0) + 1
            continue
        found += 1
        yield from _read_file(path, run)
    if left_out:
        listed = ", ".join(f"{count} {ending}" for ending, count in sorted(left_out.items())[:12])
        run.notice(f"{folder}: files of other kinds left out: {listed}")
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
    if not head:
        return False
    kind = kind_by_content(head)
    if kind is Kind.ZIP:
        return _first_member(head).endswith(_TABLE_ENDINGS[:3])
    if kind is not Kind.WARC and looks_binary(head):
        return False
    name = path[:-3] if path.endswith(".gz") else path
    return kind is not Kind.TEXT or not os.path.splitext(name)[1]


def _first_member(head: bytes) -> str:
    """The name of the first file in a ZIP archive (APPNOTE 6.3, section 4.3.7)."""
    return head[30 : 30 + int.from_bytes(head[26:28], "little")].decode("utf-8", "replace").lower()


def _unzipped_head(head: bytes) -> bytes:
    try:
        return zlib.decompressobj(31).decompress(head, _HEAD)
    except zlib.error:
        return b""


# --- one stream ------------------------------------------------------------------------------------------------


def _read_stream(stream: BinaryIO, came: _Input, run: _Run) -> Iterator[Item]:
    """The reports of one input, unpacked where it is gzip, whatever its name."""
    try:
        source = Source(stream)
    except CutShort as error:
        yield Failure(came.name, str(error))
        return
    if not source.head:
        yield Failure(came.name, source.broken or "empty file: nothing to read")
        return
    found = opened(came.name, came.named, source.head)
    if found.kind not in (Kind.WARC, Kind.ZIP) and (binary := looks_binary(source.head)):
        yield Failure(came.name, binary)
        return
    if found.guessed and came.url is None:
        run.notice(str(found))
    if found.kind is Kind.OPML:
        yield from _read_list(source, came, run)
    elif found.kind is Kind.ZIP:
        yield from _read_zip(source, came, run)
    elif found.kind in (Kind.GDELT, Kind.ICEWS):
        rows = _raws(source, found, came, run)
        yield from read_rows(rows, came.name, lambda raw: made_of(raw, run.given, run.notice))
        if source.broken:
            yield Failure(f"{came.name}, line {source.line_count + 1}", source.broken)
    else:
        for raw in _raws(source, found, came, run):
            yield raw if isinstance(raw, Failure) else made_of(raw, run.given, run.notice)


def _raws(source: Source, found: Opened, came: _Input, run: _Run) -> Iterable[Raw | Failure]:
    """The bytes of each report in an input."""
    name, place = came.name, came.place
    if found.kind is Kind.JSONL:
        return _json_raws(source, name, place, run.notice)
    if found.kind is Kind.GDELT:
        return raws_of_gdelt(source.lines(LONGEST_ROW), name, place)
    if found.kind is Kind.ICEWS:
        return raws_of_icews(source.lines(LONGEST_ROW), name, place)
    if found.kind is Kind.WARC:
        return _archive_raws(source, name, run.notice)
    data = _whole(source, _LIMITS[found.kind], name)
    if isinstance(data, Failure):
        return [data]
    if found.kind is Kind.FEED:
        return raws_of_feed(data, name, place, came.url, run.notice)
    if found.kind is Kind.JSON_FEED:
        return raws_of_json_feed(data, name, place, came.url, run.notice)
    if came.url and found.kind in (Kind.TEXT, Kind.HTML):
        return [captured(data, name, came.url, came.charset, None, plain=found.kind is Kind.TEXT)]
    return [Raw({Kind.TEXT: TEXT, Kind.HTML: PAGE, Kind.MAIL: MAIL}[found.kind], data, name, place)]


_LIMITS = {
    Kind.TEXT: 4 * LONGEST,
    Kind.HTML: LONGEST_DOCUMENT,
    Kind.FEED: LONGEST_FEED,
    Kind.JSON_FEED: LONGEST_FEED,
    Kind.OPML: LONGEST_FEED,
    Kind.MAIL: LONGEST_MAIL,
    Kind.ZIP: _MOST_PACKED,
}


def _whole(source: Source, limit: int, name: str) -> bytes | Failure:
    """All bytes of an input; data that are cut short give none, as nobody can tell what is missing."""
    data = source.all(limit)
    if source.broken:
        return Failure(name, source.broken)
    if data is None:
        return Failure(name, TOO_LONG if limit == 4 * LONGEST else f"more than {limit // 1_000_000} MB: not read")
    return data


def _archive_raws(source: Source, name: str, notice: Notice) -> Iterator[Raw | Failure]:
    yield from raws_of_archive(source.pieces(), name, notice)
    if source.broken:
        yield Failure(name, source.broken)


def _read_list(source: Source, came: _Input, run: _Run) -> Iterator[Item]:
    """The reports of all feeds that a list names."""
    data = _whole(source, _LIMITS[Kind.OPML], came.name)
    feeds = data if isinstance(data, Failure) else feeds_of_list(data, came.name, run.notice)
    if isinstance(feeds, Failure):
        yield feeds
    elif run.fetcher is None:
        yield Failure(came.name, f"a list of feeds, and nothing to fetch them with ({len(feeds)})")
    elif came.depth:
        yield Failure(came.name, "a list of feeds inside a list of feeds: name it itself")
    else:
        for url in feeds:
            yield from _read_url(url, run, came.depth + 1)


# --- ZIP archives, as tables of events are shipped ---------------------------------------------------------------


def _read_zip(source: Source, came: _Input, run: _Run) -> Iterator[Item]:
    """The tables of events in a ZIP archive; nothing is written anywhere, nor unpacked beyond the limits."""
    data = _whole(source, _LIMITS[Kind.ZIP], came.name)
    if isinstance(data, Failure):
        yield data
        return
    other = looks_binary(ZIP_MAGIC) or "no table of events in this archive"
    if _has_many_members(data):
        yield Failure(came.name, _LARGE_ZIP)
        return
    try:
        with ZipFile(BytesIO(data)) as archive:
            members = [m for m in archive.infolist() if m.filename.lower().endswith(_TABLE_ENDINGS) and not m.is_dir()]
            if not members:
                yield Failure(came.name, other)
            elif len(members) > _MOST_MEMBERS or sum(m.file_size for m in members) > _MOST_UNPACKED:
                yield Failure(came.name, _LARGE_ZIP)
            else:
                for member in members:
                    yield from _read_member(archive, member, came, run, other)
    except _ODD_ZIP as error:
        yield Failure(came.name, f"a damaged or locked ZIP archive ({_first_words(error)}): get it again")


_LARGE_ZIP = f"an archive of more than {_MOST_MEMBERS} tables or 2 GB: unpack it and read what is inside"


def _has_many_members(data: bytes) -> bool:
    """Whether the archive's list of members is too long to be looked at (APPNOTE 6.3, sections 4.3.15 and 4.3.16)."""
    end = data.rfind(b"PK\x05\x06", max(0, len(data) - 66_000))
    size = int.from_bytes(data[end + 12 : end + 16], "little") if end >= 0 else 0
    return size > _LONGEST_LIST or data[max(0, end - 20) : max(0, end)].startswith(b"PK\x06\x07")


#: What zipfile raises on odd archives, besides what it says it does.
_ODD_ZIP = (BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, KeyError, OSError, zlib.error)


def _first_words(error: BaseException) -> str:
    return " ".join(str(error).split())[:80] or type(error).__name__


def _read_member(archive: ZipFile, member: ZipInfo, came: _Input, run: _Run, other: str) -> Iterator[Item]:
    name = f"{came.name}: {os.path.basename(member.filename)[:100]}"
    with archive.open(member) as stream:  # never gives more than the size that was checked
        head = stream.read(_HEAD)
    kind = kind_by_content(head)
    if kind not in (Kind.GDELT, Kind.ICEWS):
        yield Failure(name, other)
        return
    with archive.open(member) as packed:
        yield from _read_stream(packed, replace(came, name=name, named=kind), run)  # type: ignore[arg-type]


# --- JSON ------------------------------------------------------------------------------------------------------


def _json_raws(source: Source, name: str, place: str, notice: Notice) -> Iterator[Raw | Failure]:
    if _is_one_document(source.head):
        data = source.all(LONGEST_DOCUMENT)
        items = None if data is None or source.broken else raws_of_document(data, name, place)
        yield from items or [Failure(name, source.broken or (_BROKEN_DOCUMENT if data else _LONG_DOCUMENT))]
        return
    if wide := wide_encoding(source.head):
        notice(f"{name}: read as {wide.upper()}")
    yield from raws_of_lines(source.lines(4 * LONGEST), name, place)
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
