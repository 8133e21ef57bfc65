"""Actors on the desk: the list, one actor, and merge, split and undo as the command line does them."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from dateline.keep import Record
from dateline.present.cli import app
from dateline.present.desk.app import create_app
from dateline.present.desk.settings import Settings
from dateline.present.desk.views.actors import bars, profile_words
from dateline.record.entries import RoleSpan
from tests.factories import prose, told
from tests.present.desk.conftest import BASE, Visitor, asked

PREMIER = "Per Lund, premier of Norway, said that Norway met Sweden."
FORMER = "Per Lund, former premier of Norway, said that Norway met Sweden."
PLAIN = "Per Lund met Sweden."
BO = "Åse Bø, premier of Norway, said that Norway met Sweden."
DAHL = "Inger Dahl, premier of Sweden, denied that Per Lund attacked Denmark."


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "actors.db"
    lines = [(PREMIER, "2010-04-12"), (FORMER, "2013-02-01"), (PREMIER, "2018-05-01"), (PLAIN, "2018-06-01"),
             (BO, "2018-07-01"), (DAHL, "2019-01-01")]  # fmt: skip
    with Record(made) as record:
        record.add_reports([told(f"{line}\n{prose(f'topic{n}')}", f"q{n}", day)
                            for n, (line, day) in enumerate(lines)])  # fmt: skip
    return made


def key_of(path: Path, name: str) -> str:
    with Record(path) as record:
        return record.actor(name).key


def listed(page: str) -> list[str]:
    return re.findall(r'<tr><th scope="row"><a href="/actors/a\w+"><bdi>(.*?)</bdi>', page)


# --- the list


def test_those_in_most_reports_come_first(visitor: Visitor, path: Path) -> None:
    names = listed(asked(visitor, "/actors"))
    with Record(path) as record:
        assert names == [a.name for a in record.actors()]
    assert names[0] in ("Norway", "Sweden", "Per Lund")


@pytest.mark.parametrize(
    ("asked_for", "names"),
    [
        ("words=lund", {"Per Lund"}), ("words=inger+da", {"Inger Dahl"}), ("words=nobody", set()),
        ("kind=state", {"Norway", "Sweden", "Denmark"}), ("kind=person&country=SWE", {"Inger Dahl"}),
        ("country=Sweden", {"Inger Dahl", "Sweden"}), ("words=lund&kind=state", set()),
    ],
)  # fmt: skip
def test_filters(visitor: Visitor, asked_for: str, names: set[str]) -> None:
    page = asked(visitor, f"/actors?{asked_for}")
    assert set(listed(page)) == names
    assert names or "see all actors" in page


@pytest.mark.parametrize("asked_for", ["kind=robot", "country=Atlantis"])
def test_filters_that_make_no_sense(visitor: Visitor, asked_for: str) -> None:
    asked(visitor, "/actors")
    assert visitor.get(f"/actors?{asked_for}").status_code == 422


def test_pages_hold_each_actor_once(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    every = listed(asked(visitor, "/actors"))
    monkeypatch.setattr("dateline.present.desk.views.actors.actors_view.__defaults__", ("", "", "", None, 2))
    seen, address = [], "/actors?kind=&words="
    for _ in range(20):
        page = asked(visitor, address)
        seen += listed(page)
        following = re.search(r'rel="next" href="([^"]+)"', page)
        if following is None:
            break
        address = following[1].replace("&amp;", "&")
    assert seen == every


def test_the_list_as_csv(visitor: Visitor) -> None:
    names = listed(asked(visitor, "/actors?kind=person"))
    rows = csv.DictReader(io.StringIO(visitor.get("/actors.csv?kind=person").text.removeprefix("\ufeff")))
    assert [row["name"] for row in rows] == names


# --- one actor


def test_an_actor_has_roles_names_quotes_and_counterparts(visitor: Visitor, path: Path) -> None:
    page = asked(visitor, f"/actors/{key_of(path, 'Per Lund')}")
    roles = page[page.index('id="roles"') : page.index('id="names"')]
    assert roles.count('<rect class="span"') == 2  # a "former" between parts the terms
    first_days = re.findall(r'<th scope="row" dir="auto">premier.*?datetime="([\d-]+)"', roles)
    assert first_days == ["2010-04-12", "2018-05-01"]
    assert "former" in roles
    assert "Per Lund <small>" in page.replace("</bdi>", "")
    said = page[page.index('id="said"') : page.index('id="about"')]
    assert said.count("<article") == 3
    about = page[page.index('id="about"') : page.index('id="did"')]
    assert "Inger Dahl" in about
    assert "count as those of" in page
    assert "Sweden" in page[page.index('id="counterparts"') : page.index('id="said"')]


def test_the_numbers_are_those_of_the_command(visitor: Visitor, path: Path) -> None:
    shown = CliRunner().invoke(app, ["actor", "Per Lund", "--json", "--record", str(path)])
    row = json.loads(shown.stdout)
    page = asked(visitor, f"/actors/{row['key']}")
    assert f">{row['reports']} reports</a>" in page
    assert f">{row['statements']} statements</a>" in page
    assert f">{row['tellings']} times</a>" in page
    assert [r["first"] for r in row["roles"]] == ["2010-04-12", "2018-05-01"]


def test_each_number_of_a_counterpart_opens_to_that_many_events(visitor: Visitor, path: Path) -> None:
    with Record(path) as record:
        lund = record.actor("Per Lund").key
        for other in record.store.counterparts(lund)[0]:
            assert record.counts(find="events", source=lund, target=other.key).events == other.out
            assert record.counts(find="events", source=other.key, target=lund).events == other.back


def test_a_name_leads_to_its_actor(visitor: Visitor, path: Path) -> None:
    answer = visitor.get("/actors/Inger Dahl", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/actors/{key_of(path, 'Inger Dahl')}")
    assert visitor.get("/actors/Nobody At All").status_code == 404
    assert visitor.get("/actors/a000000000000").status_code == 404


def test_bars_lie_in_the_time_of_all_roles() -> None:
    found, first, last = bars((RoleSpan("premier", None, "2010-01-01", "2011-01-01", (), 2),
                               RoleSpan("president", None, "2019-01-01", "2020-01-01", (), 2),
                               RoleSpan("senator", None, None, None, ("former",), 1)))  # fmt: skip
    assert (first, last) == ("2010-01-01", "2020-01-01")
    assert found[0].left == 0
    assert found[1].left + found[1].width == pytest.approx(100)
    assert found[2].width == 0
    assert bars(()) == ((), None, None)


@pytest.mark.parametrize(
    ("key", "words"),
    [("person|per lund|NOR", "per lund (person, NOR)"), ("", ""), ("odd", "odd"), ("a||b|c", "a||b|c"),
     ("person|per lund|?", "per lund (person)")],
)
def test_a_profile_in_words(key: str, words: str) -> None:
    assert profile_words(key) == words


# --- merge


def merged(visitor: Visitor, one: str, other: str, **more: str) -> str:
    answer = visitor.post(f"/actors/{one}/merge", other=other, **more)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def test_the_other_is_found_by_its_name_and_the_change_is_told_before_it_is_made(visitor: Visitor, path: Path) -> None:
    lund, dahl = key_of(path, "Per Lund"), key_of(path, "Inger Dahl")
    asked(visitor, "/actors")
    found = asked(visitor, f"/actors/{lund}/merge?name=inger")
    assert f"/actors/{lund}/merge?other={dahl}" in found
    assert "Nobody else" in asked(visitor, f"/actors/{lund}/merge?name=xylophone")
    told_before = asked(visitor, f"/actors/{lund}/merge?other={dahl}")
    assert "What will change" in told_before
    assert "They are of two states" in told_before
    with Record(path) as record:
        assert list(record.corrections()) == []


def test_merge_and_undo(visitor: Visitor, path: Path) -> None:
    lund, bo = key_of(path, "Per Lund"), key_of(path, "Åse Bø")
    there = merged(visitor, lund, bo, why="the same man")
    page = asked(visitor, there)
    assert "Done." in page
    assert "Åse Bø" in page[page.index('id="names"') :]
    with Record(path) as record:
        [made] = record.corrections()
        assert (made.action, made.who, made.why) == ("merge", "desk", "the same man")
        assert record.actor("Per Lund").key == record.actor("Åse Bø").key
    # the keys of both lead to the one
    assert visitor.get(f"/actors/{lund}").url.path == visitor.get(f"/actors/{bo}").url.path
    assert visitor.post("/corrections", undo="1", then=there).status_code == 303
    with Record(path) as record:
        assert (record.actor("Per Lund").key, record.actor("Åse Bø").key) == (lund, bo)
    after = asked(visitor, f"/actors/{lund}")
    assert "undone" in after
    assert "merged ase bo (person, NOR) and per lund" in after


def test_merging_one_with_itself_is_refused(visitor: Visitor, path: Path) -> None:
    lund = key_of(path, "Per Lund")
    answer = visitor.post(f"/actors/{lund}/merge", other=lund)
    assert answer.status_code == 409
    assert "one actor already" in answer.text
    assert visitor.post(f"/actors/{lund}/merge", other="a000000000000").status_code == 404
    assert visitor.post(f"/actors/{lund}/merge").status_code == 422


# --- split


def plain_profile(path: Path) -> str:
    """The profile of whom no state is told, joined with the premier."""
    with Record(path) as record:
        found = record.store.profiles(record.actor("Per Lund").key)
    assert len(found) == 2
    return next(p.key for p in found if p.country is None)


def test_split_and_undo(visitor: Visitor, path: Path) -> None:
    lund, apart = key_of(path, "Per Lund"), plain_profile(path)
    page = asked(visitor, f"/actors/{lund}")
    assert f'name="profile" value="{apart}"' in page
    told_before = visitor.get(f"/actors/{lund}/split", params={"profile": apart}).text
    assert "will be an actor of its own" in told_before
    answer = visitor.post(f"/actors/{lund}/split", profile=apart, why="another")
    assert answer.status_code == 303
    rest = "person|per lund|NOR"
    with Record(path) as record:
        holders = record.store.holders([apart, rest])
        assert holders[apart] != holders[rest]
    page = asked(visitor, answer.headers["location"])
    assert answer.headers["location"].startswith(f"/actors/{holders[rest]}?")
    assert "Done." in page
    assert "set per lund (person) apart" in page
    then = re.search(r'name="then" value="([^"]+)"', page)
    assert then
    back = visitor.post("/corrections", undo="1", then=then[1])
    assert plain_profile(path) == apart
    assert "undone" in asked(visitor, back.headers["location"])
    # the address that it had meanwhile leads there as well
    assert visitor.get(f"/actors/{holders[rest]}").url.path == f"/actors/{lund}"


def test_an_actor_of_one_report_is_set_apart(visitor: Visitor, path: Path) -> None:
    lund = key_of(path, "Per Lund")
    with Record(path) as record:
        before = record.actor(lund).reports
        report = next(iter(record.reports())).key
    assert "in this report alone" in visitor.get(f"/actors/{lund}/split?report={report}").text
    assert visitor.post(f"/actors/{lund}/split", report=report).status_code == 303
    with Record(path) as record:
        assert record.actor(lund).reports == before - 1


@pytest.mark.parametrize("fields", [{}, {"profile": "person|nobody|NOR"}, {"report": "rnothing"}])
def test_a_split_that_makes_no_sense_is_refused(visitor: Visitor, path: Path, fields: dict[str, str]) -> None:
    answer = visitor.post(f"/actors/{key_of(path, 'Per Lund')}/split", **fields)
    assert answer.status_code == 409
    assert "Not done" in answer.text
    with Record(path) as record:
        assert list(record.corrections()) == []


def test_one_profile_at_least_stays(visitor: Visitor, path: Path) -> None:
    lund = key_of(path, "Per Lund")
    with Record(path) as record:
        every = list(record.actor(lund).profiles)
    page = visitor.get(f"/actors/{lund}/split", params={"profile": every})
    assert "one at least stays" in page.text
    data = {"csrf": visitor.token(), "profile": every}
    assert visitor.client.post(f"/actors/{lund}/split", data=data).status_code == 409


# --- who may


def test_a_read_only_desk_changes_nothing(path: Path) -> None:
    lund, dahl = key_of(path, "Per Lund"), key_of(path, "Inger Dahl")
    with TestClient(create_app(Settings(path, read_only=True)), base_url=BASE) as client:
        visitor = Visitor(client)
        page = asked(visitor, f"/actors/{lund}")
        assert "Find it…" not in page
        assert 'type="checkbox"' not in page
        assert "read-only" in visitor.get(f"/actors/{lund}/merge?other={dahl}").text
        assert visitor.post(f"/actors/{lund}/merge", other=dahl).status_code == 403
        assert visitor.post(f"/actors/{lund}/split", profile=plain_profile(path)).status_code == 403
    with Record(path) as record:
        assert list(record.corrections()) == []


def test_a_form_without_its_token_changes_nothing(visitor: Visitor, path: Path) -> None:
    visitor.get("/actors")
    answer = visitor.client.post(f"/actors/{key_of(path, 'Per Lund')}/merge",
                                 data={"other": key_of(path, "Inger Dahl")})  # fmt: skip
    assert answer.status_code == 403
    with Record(path) as record:
        assert list(record.corrections()) == []
