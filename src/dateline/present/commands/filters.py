"""Options that filter, made from the fields of ``Query``: search, export and the API always ask the same."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import Field, fields
from enum import StrEnum
from functools import wraps
from typing import Annotated, Any, get_args, get_type_hints

import typer

from dateline.errors import QueryError
from dateline.record.query import QUADS, Query

#: What each filter asks for, in the words of ``--help``, and what stands for its value.
ABOUT: dict[str, tuple[str, str]] = {
    "words": ("WORDS", "Words that must all be there, \"a phrase\", begin*, -without, this OR that."),
    "find": ("", "Only entries of this kind."),
    "actor": ("NAME", "Said or done by, or to, this actor: a name, an actor's key, or a country's code such as PAK."),
    "source": ("NAME", "Said or done by this actor."),
    "target": ("NAME", "Said or done to this actor."),
    "role": ("TITLE", "Said or done by somebody with this title, such as \"prime minister\"."),
    "country": ("CODE", "Said or done by an actor of this country: ISO 3166-1 alpha-3, such as PAK."),
    "kind": ("", "Said or done by an actor of this kind."),
    "act": ("ACT", "Statements that make this act: say, deny, warn, accuse …"),
    "stance": ("", "Statements with this stance."),
    "sourcing": ("", "Statements by sources so named."),
    "form": ("", "Statements in this form of speech."),
    "type": ("TYPE", "Events of this PLOVER type: AGREE, CONSULT … ASSAULT."),
    "quad": ("", "Events of this quad class."),
    "reality": ("", "Events with this reality."),
    "voice": ("", "Events that reports tell themselves (own), or that only somebody in them tells (said)."),
    "since": ("DAY", "Said or begun on this day or later."),
    "until": ("DAY", "Said or begun on this day or earlier."),
    "publisher": ("NAME", "From reports of this publisher."),
    "agency": ("NAME", "From reports with this agency's credit."),
    "report": ("KEY", "From this report."),
    "story": ("KEY", "From the reports of this story."),
    "reliable": ("", "Only where the day is reliable."),
    "judged": ("", "Only what a person has judged so."),
    "copies": ("", "Each copy of a story on its own; else the earliest known one speaks for all."),
}  # fmt: skip
_Quad = StrEnum("_Quad", {quad: quad for quad in QUADS})  # type: ignore[misc]


def with_filters(command: Callable[..., None]) -> Callable[..., None]:
    """A command with an option for each field of ``Query`` and WORDS; it is called with the filters as ``asked``."""
    own = list(inspect.signature(command, eval_str=True).parameters.values())
    filters = [_parameter(field, hint) for field, hint in zip(fields(Query), _hints(), strict=True)]

    @wraps(command)
    def filtered(**values: Any) -> None:
        asked = {parameter.name: values.pop(parameter.name) for parameter in filters}
        asked["words"] = " ".join(asked["words"] or ()) or None
        command(**values, asked=asked)

    parameters = [*filters, *(p for p in own if p.name != "asked")]
    keyword_only = [p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in parameters]
    filtered.__signature__ = inspect.Signature(keyword_only)  # type: ignore[attr-defined]
    return filtered


def _hints() -> list[Any]:
    hints = get_type_hints(Query)
    return [hints[field.name] for field in fields(Query)]


def _parameter(field: Field[Any], hint: Any) -> inspect.Parameter:
    metavar, about = ABOUT[field.name]
    declared: Any
    if field.name == "words":
        declared = Annotated[list[str] | None, typer.Argument(metavar="WORDS", help=about, show_default=False)]
    elif hint is bool:
        declared = Annotated[bool, typer.Option(f"--{field.name}", help=about)]
    else:
        kind = _Quad if field.name == "quad" else next(t for t in get_args(hint) if t is not type(None))
        option = typer.Option(f"--{field.name}", metavar=metavar or None, help=about, case_sensitive=False)
        declared = Annotated[kind | None, option]
    default = False if hint is bool else None
    return inspect.Parameter(field.name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=declared)


def query_of(asked: Mapping[str, Any], saved: Query | None = None) -> Query:
    """The query that filters make, over those of a saved search where one is named.

    Raises ``QueryError``, with the nearest known word, for a type, an act or a country that there is not.
    """
    given = {name: str(v) if isinstance(v, str) else v for name, v in asked.items() if v not in (None, False)}
    if given.get("country"):
        given["country"] = _country_code(given["country"])
    if given.get("act"):
        given["act"] = given["act"].lower()
    if given.get("words") and not re.search(r"\w", given["words"]):
        raise QueryError("words", f"there is no word in {given['words']!r}")
    if given.get("type"):
        given["type"] = given["type"].upper()
    _check_code("type", given.get("type"), _types)
    _check_code("act", given.get("act"), _acts)
    return Query.of({**(saved.as_json() if saved else {}), **given})


def _check_code(name: str, value: str | None, known: Callable[[], tuple[str, ...]]) -> None:
    if value is None or value in known():
        return
    near = nearest(value, known())
    raise QueryError(name, f"there is no {value!r}; did you mean {near}?" if near else
                     f"there is no {value!r}; there are " + ", ".join(known()))  # fmt: skip


def _country_code(value: str) -> str:
    from dateline.lexicons.countries import any_country, codes, is_code

    if is_code(value.upper()):
        return value.upper()
    if code := any_country(value):
        return code
    near = nearest(value, codes())
    raise QueryError("country", f"there is no {value!r}; " + (f"did you mean {near}?" if near else "try PAK or USA"))


def _types() -> tuple[str, ...]:
    from dateline.lexicons.eventbook import TYPES

    return TYPES


def _acts() -> tuple[str, ...]:
    from dateline.lexicons.cues import ACTS

    return tuple(sorted(ACTS))


def nearest(word: str, known: tuple[str, ...]) -> str:
    """The known words most like this one, for "did you mean"; empty where none is near.

    >>> nearest("ASAULT", ("AGREE", "ASSAULT"))
    'ASSAULT'
    """
    from difflib import get_close_matches

    folded = {name.casefold(): name for name in known}
    return " or ".join(folded[match] for match in get_close_matches(word.casefold(), folded, 3, 0.7))
