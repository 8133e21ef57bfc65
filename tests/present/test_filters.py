"""Options that filter: one for each field of a query, the same for each command that filters."""

from __future__ import annotations

import re
import shlex
from dataclasses import fields
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from dateline.errors import QueryError
from dateline.present.commands.filters import ABOUT, query_of, with_filters
from dateline.present.commands.search import as_options
from dateline.record.query import Find, Judged, Query

EVERY = Query(
    words="grain", find=Find.EVENTS, actor="Ali Khan", source="PAK", target="IND", role="prime minister",
    country="PAK", kind="person", act="deny", stance="denies", sourcing="named", form="direct", type="ASSAULT",
    quad="material_conflict", reality="denied", voice="said", since="2024-01-01", until="2024-12-31",
    publisher="Fjordposten", agency="NTB", report="r1", story="t1", reliable=True, judged=Judged.EDITED, copies=True,
)  # fmt: skip


def asked_by(args: list[str]) -> tuple[int, dict[str, Any], str]:
    """What a command with filters is called with."""
    seen: dict[str, Any] = {}
    app = typer.Typer()

    @app.command()
    @with_filters
    def command(asked: dict[str, Any], limit: int = 3) -> None:
        seen.update(asked, limit=limit)

    done = CliRunner().invoke(app, args)
    return done.exit_code, seen, done.output


def test_each_field_has_its_words() -> None:
    assert list(ABOUT) == [field.name for field in fields(Query)]


def test_every_field_is_an_option_and_comes_through() -> None:
    code, seen, output = asked_by(shlex.split(as_options(EVERY)))
    assert code == 0, output
    assert seen.pop("limit") == 3
    assert query_of(seen) == EVERY
    assert all(getattr(EVERY, field.name) for field in fields(Query))


def test_nothing_asked_is_an_empty_query() -> None:
    code, seen, _ = asked_by([])
    assert code == 0
    seen.pop("limit")
    assert query_of(seen) == Query()


@pytest.mark.parametrize("args", [["--reality", "perhaps"], ["--actr", "x"], ["--quad", "5"]])
def test_a_value_out_of_a_closed_set_is_wrong_usage(args: list[str]) -> None:
    assert asked_by(args)[0] == 2


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"type": "ASAULT"}, "did you mean ASSAULT?"),
        ({"act": "denny"}, "did you mean deny?"),
        ({"act": "zzzz"}, "there are "),
        ({"country": "Pakistn"}, "there is no 'Pakistn'"),
        ({"since": "yesterday"}, "write it as 2024-11-08"),
        ({"words": '"*'}, "there is no word in"),
    ],
)
def test_a_slip_is_told_with_the_nearest(asked: dict[str, str], said: str) -> None:
    with pytest.raises(QueryError, match=re.escape(said)):
        query_of(asked)


@pytest.mark.parametrize(("given", "code"), [("pak", "PAK"), ("Pakistan", "PAK"), ("DEU", "DEU")])
def test_a_country_may_be_named(given: str, code: str) -> None:
    assert query_of({"country": given}).country == code


def test_options_come_on_top_of_a_saved_search() -> None:
    saved = Query(words="grain", actor="PAK", reliable=True)
    assert query_of({"actor": "IND", "words": None}, saved) == Query(words="grain", actor="IND", reliable=True)
