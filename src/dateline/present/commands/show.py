"""``dateline report`` and ``actor``: one thing of the record, looked at closely."""

from __future__ import annotations

import json as json_module
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dateline.present.commands.options import AsJson, RecordFile
from dateline.present.commands.telling import has_colour, open_output, opened, print_lines

if TYPE_CHECKING:
    from rich.text import Text

    from dateline.keep import Record
    from dateline.record.entries import ActorEntry, RoleSpan


_KEY = "A report's key, as `dateline search` shows it."
_VERSION = "An earlier version of the report; the current one if not given."
_NAME = "A name, an actor's key, or a country's code."


def report(
    key: Annotated[str | None, typer.Argument(metavar="KEY", help=_KEY, show_default=False)] = None,
    version: Annotated[int | None, typer.Option(min=1, metavar="N", help=_VERSION)] = None,
    json: AsJson = False,
    record: RecordFile = None,
) -> None:
    """Show one kept report, its versions and its copies; without KEY, list all reports.

    The text is marked with what was found in it, as `dateline read` does.
    """
    with opened(record) as kept:
        if key is None:
            print_lines(_listed(kept, json))
            return
        if json:
            print_lines([json_module.dumps(_report_row(kept, key, version), ensure_ascii=False)])
            return
        from dateline.present.jsonl import from_json
        from dateline.present.terminal import as_text, section, terminal_width
        from dateline.present.text import to_text

        output = open_output(None, [])
        width, colour = terminal_width(), has_colour(output)
        output.write(to_text(from_json(kept.store.reading(key, version)), width, colour))
        from rich.console import Group

        lists = [
            *section("Kept as", _kept_as(kept, key)),
            *section("Its story", _story(kept, key)),
            *section("Corrections", _corrections(kept, key)),
        ]
        output.write(as_text(Group(*lists), width, colour))


def _listed(kept: Record, json: bool) -> Iterator[str]:
    """All reports in the order of their days, one a line."""
    from dateline.present.hits import report_words
    from dateline.present.rows import as_row
    from dateline.present.terminal import clean
    from dateline.record.query import Query

    for entry in kept.store.reports(Query()):
        if json:
            yield json_module.dumps(as_row(entry), ensure_ascii=False)
        else:
            facts = [entry.key, *reversed(report_words(entry)), entry.title or "", "not read" if entry.unread else ""]
            yield clean("  ".join(filter(None, facts)))


def _report_row(kept: Record, key: str, version: int | None) -> dict[str, Any]:
    from dateline.present.rows import as_row

    order, credit = kept.store.copies(key)
    return {
        "report": as_row(kept.store.report(key)),
        "versions": as_row(kept.store.versions(key)),
        "story": {"credit": credit, "order": as_row(order)},
        "reading": kept.store.reading(key, version),
    }


def _kept_as(kept: Record, key: str) -> list[Text]:
    from rich.text import Text

    from dateline.present.terminal import clean

    entry = kept.store.report(key)
    lines = [Text(clean(f"  {entry.key}, version {entry.version}, from {entry.source or 'unknown'}"))]
    if entry.unread:
        lines.append(Text(clean(f"  not read: {entry.unread}"), "red"))
    for old in kept.store.versions(key):
        facts = [f"version {old['version']}, {old['characters']:,} characters", f"kept {old['added']}",
                 old["source"] or "", f"read by {old['made_by']}"]  # fmt: skip
        lines.append(Text(clean("  " + "  ·  ".join(filter(None, facts))), "dim"))
    return lines


def _story(kept: Record, key: str) -> list[Text]:
    """The reports of the story in the order of copying, one a line; nothing where it is one report."""
    from rich.text import Text

    from dateline.present.hits import report_words
    from dateline.present.terminal import clean

    order, credit = kept.store.copies(key)
    if len(order) < 2:
        return []
    lines = [Text(clean(f"  wire credit: {credit}"))] if credit else []
    for number, copied in enumerate(order, 1):
        entry = kept.store.report(copied.key)
        how = f"{copied.how} of {copied.source}" if copied.source else "the earliest known"
        facts = [copied.key, *report_words(entry), how]
        style = "bold" if copied.key == key else ""
        lines.append(Text(clean(f"  {number:>2}  " + "  ·  ".join(facts)), style))
    return lines


def _corrections(kept: Record, key: str) -> list[Text]:
    from rich.text import Text

    from dateline.present.commands.correct import correction_words
    from dateline.present.terminal import clean

    return [Text(clean("  " + correction_words(c).strip())) for c in kept.corrections() if c.report == key]


def actor(
    name: Annotated[str, typer.Argument(metavar="NAME", help=_NAME)],
    json: AsJson = False,
    record: RecordFile = None,
) -> None:
    """Show one actor across all reports.

    Its names, its roles with their spans of time, why they are held to be one actor, and who else it may be.
    """
    with opened(record) as kept:
        found = kept.store.actor(name)
        if json:
            from dateline.present.rows import as_row

            print_lines([json_module.dumps(as_row(found), ensure_ascii=False)])
            return
        from rich.console import Group

        from dateline.present.terminal import as_text, hanging, terminal_width

        output = open_output(None, [])
        output.write(as_text(Group(*map(hanging, _actor_lines(found))), terminal_width(), has_colour(output)))


def _actor_lines(a: ActorEntry) -> Iterator[Text]:
    from rich.text import Text

    from dateline.present.terminal import clean
    from dateline.present.words import count_words, day_words

    facts = [a.kind, a.code or a.country or "", "a class, no single actor" if a.is_class else "", a.key]
    yield Text.assemble((clean(a.name), "bold"), ("  ·  " + "  ·  ".join(filter(None, facts)), "dim"))
    if a.first:
        yield Text(f"  seen from {day_words(a.first)} to {day_words(a.last)}")
    yield Text("  in " + ", ".join([count_words(a.reports, "report"), count_words(a.statements, "statement"),
                                    f"events told {count_words(a.tellings, 'time')}"]))  # fmt: skip
    if a.names:
        yield Text(clean("  names: " + ", ".join(f"{name} ({n:,})" for name, n in a.names)))
    for role in a.roles:
        yield Text(clean("  " + role_words(role)), "cyan")
    for reason in a.reasons:
        yield Text(clean(f"  {reason}"), "dim")
    for profile in a.profiles if len(a.profiles) > 1 else ():
        yield Text(clean(f"  joined from “{profile}”"), "dim")  # what `correct split` takes


def role_words(role: RoleSpan) -> str:
    """A role with the days of the first and last report that told of it.

    >>> from dateline.record.entries import RoleSpan
    >>> role_words(RoleSpan("Prime Minister", "PAK", "2022-04-12", "2024-11-07", ("current",), 31))
    'Prime Minister (PAK): first seen 2022-04-12, last 2024-11-07, in 31 reports'
    """
    from dateline.present.words import count_words

    status = [s for s in role.status if s != "current"]
    title = role.title + (f" ({role.of})" if role.of else "") + (f", {' and '.join(status)}" if status else "")
    days = f": first seen {role.first}, last {role.last}," if role.first else ": day unknown,"
    return f"{title}{days} in {count_words(role.reports, 'report')}"
