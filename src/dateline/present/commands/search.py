"""``dateline search``: words and filters in, the sentences out; searches saved under a name."""

from __future__ import annotations

import json as json_module
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dateline.present.commands.filters import query_of, with_filters
from dateline.present.commands.options import AsJson, RecordFile, Saved
from dateline.present.commands.telling import (
    has_colour,
    open_output,
    opened,
    print_lines,
    say,
)
from dateline.record.query import Query

if TYPE_CHECKING:
    from dateline.keep import Record
    from dateline.record.entries import Hits

_LIMIT = "How many hits to show."
_CURSOR = "Go on behind the last hit shown; --json prints the next cursor."
_SAVE = "Keep these words and filters under a name."
_LIST = "List the saved searches."
_FORGET = "Delete a saved search."
_ATOM = "Write the hits as an Atom feed."


@with_filters
def search(
    asked: dict[str, Any],
    limit: Annotated[int, typer.Option(min=1, max=10_000, help=_LIMIT)] = 20,
    cursor: Annotated[str | None, typer.Option(metavar="CURSOR", help=_CURSOR)] = None,
    json: AsJson = False,
    saved: Saved = None,
    save: Annotated[str | None, typer.Option(metavar="NAME", help=_SAVE)] = None,
    list: Annotated[bool, typer.Option("--list", help=_LIST)] = False,
    forget: Annotated[str | None, typer.Option(metavar="NAME", help=_FORGET)] = None,
    atom: Annotated[Path | None, typer.Option(metavar="FILE", help=_ATOM)] = None,
    record: RecordFile = None,
) -> None:
    """Search the record; each hit comes with its sentence.

    Words must all be there; put 'several words with "a phrase" begin* -without this OR that' into one argument.
    All filters given must hold.
    """
    with opened(record) as kept:
        if list:
            print_lines(_listed(kept))
            return
        if forget is not None:
            saved_query(kept, forget)  # an unknown name is told with those there are
            kept.forget(forget)
            say(f"forgot {forget}")
            return
        query = query_of(asked, saved_query(kept, saved))
        if not query.as_json():
            raise typer.BadParameter("give words, or at least one filter")
        hits = kept.store.search(query, limit, cursor)
        if save is not None:
            kept.save(save, query)
            say(f"saved as {save}: run it again with `dateline search --saved {shlex.quote(save)}`")
        if atom is not None:
            _write_feed(atom, save or saved or query.words or "search", query, hits)
        elif json:
            _print_json(kept, query, hits)
        else:
            _print_hits(kept, query, hits, limit)


def saved_query(kept: Record, name: str | None) -> Query | None:
    """The query saved under a name, ``None`` where no name is given; an unknown one is told with those there are."""
    from dateline.errors import QueryError
    from dateline.present.commands.filters import nearest

    if name is None:
        return None
    known = kept.saved()
    if name in known:
        return known[name]
    near = nearest(name, tuple(known))
    there = f"did you mean {near}?" if near else "there are " + (", ".join(sorted(known)) or "none yet")
    raise QueryError("saved", f"no search is saved as {name!r}; {there}")


def as_options(query: Query) -> str:
    """A query as it would be typed.

    >>> as_options(Query(words="grain deal", actor="Ali Khan", reliable=True))
    "'grain deal' --actor 'Ali Khan' --reliable"
    """
    parts = []
    for name, value in query.as_json().items():
        if name == "words":
            parts.append(shlex.quote(value))
        else:
            parts.append(f"--{name}" + ("" if value is True else f" {shlex.quote(str(value))}"))
    return " ".join(parts)


def _listed(kept: Record) -> Iterator[str]:
    searches = kept.saved()
    if not searches:
        say("no search is saved yet: keep one with --save NAME")
    for name in sorted(searches):
        yield f"{name}: {as_options(searches[name])}"


def _write_feed(path: Path, name: str, query: Query, hits: Hits) -> None:
    from dateline.present.atom import feed

    try:
        path.write_bytes(feed(name, query, hits.hits))
    except OSError as error:
        raise typer.BadParameter(f"cannot write to {path} ({(error.strerror or str(error)).lower()})") from None
    say(f"{len(hits.hits):,} of the newest hits written to {path}")


def _print_json(kept: Record, query: Query, hits: Hits) -> None:
    from dateline.present.rows import hits_row

    row = hits_row(query, kept.store.counts(query), hits)
    print_lines([json_module.dumps(row, ensure_ascii=False, separators=(",", ":"))])


def _print_hits(kept: Record, query: Query, hits: Hits, limit: int) -> None:
    from dateline.present.hits import render_hit
    from dateline.present.terminal import as_text, terminal_width

    output = open_output(None, [])
    width, colour = terminal_width(), has_colour(output)
    for number, hit in enumerate(hits.hits, 1):
        output.write(as_text(render_hit(number, hit, query.words, colour), width, colour))
    output.flush()
    if not hits.hits:
        say("nothing found")
        for line in _advice(kept, query):
            say(f"  {line}")
        return
    found = f"{hits.total:,}" if hits.exact else f"more than {hits.total:,}"
    more = f", the first {len(hits.hits):,} shown; see more with --limit" if hits.more else ""
    say(f"{found} found{more}")


def _advice(kept: Record, query: Query) -> Iterator[str]:
    """What to try where nothing was found: what each filter and each word costs."""
    asked = query.as_json()
    for name in asked if len(asked) > 1 else ():
        total = _total(kept, {n: v for n, v in asked.items() if n != name})
        if total:
            yield f"without {'the words' if name == 'words' else '--' + name}: {total:,} found"
    words = (query.words or "").split()
    if all(word.isalnum() for word in words):
        for word in words if len(words) > 1 else ():
            yield f"{word} alone: {_total(kept, {**asked, 'words': word}):,} found"
        for word in words:
            if total := _total(kept, {**asked, "words": word[:4] + "*"}):
                yield f"words that begin with {word[:4]}: {total:,} found with '{word[:4]}*'"


def _total(kept: Record, asked: dict[str, Any]) -> int:
    from dateline.errors import QueryError

    try:
        return kept.store.search(Query.of(asked), 1).total
    except QueryError:  # what is left makes no sense on its own
        return 0
