"""What two actors do to each other, whether it changed, and what the next weeks will bring."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Request
from fastapi import Query as Parameter
from fastapi.responses import Response

from dateline.present.commands.forecast_record import outlook_json
from dateline.present.commands.forecasts import kept_json
from dateline.present.commands.partners import partner_json
from dateline.present.commands.relation import series_json, words_json
from dateline.present.commands.turns import around_json, candidate_json
from dateline.present.desk.api import models
from dateline.present.desk.api.answers import LATER, Json, Wait, worked_out
from dateline.present.desk.api.writing import may_write
from dateline.present.desk.pages import desk_of
from dateline.present.desk.state import Desk, Task
from dateline.present.desk.views.events_table import events_table
from dateline.record.query import Voice

router = APIRouter(tags=["relations"])
_NAME = "A name, an actor's key, a country's code, or a part of a state, such as USA:MIL."
Side = Annotated[str, Path(min_length=1, max_length=300, description=_NAME)]
Name = Annotated[str | None, Parameter(min_length=1, max_length=300, description="A name, a key, or a country's code.")]
From = Annotated[date | None, Parameter(alias="from", description="From the period of this day on.")]
To = Annotated[date | None, Parameter(description="Until the period of this day, which is counted whole.")]
By = Annotated[Literal["month", "week"], Parameter(description="What counts are summed over.")]
_WEEKS = Annotated[int, Parameter(ge=1, le=12, description="How many weeks ahead.")]
_VOICE = "Events that reports tell themselves, those that only somebody in them tells, or both."


@router.get("/relations/{a}/{b}", response_model=models.Relation)
def relation(
    request: Request, a: Side, b: Side, by: By = "month",
    voice: Annotated[Literal["own", "said", "both"], Parameter(description=_VOICE)] = "own",
    both: Annotated[bool, Parameter(description="What the second did to the first beside it.")] = True,
    since: From = None, to: To = None,
) -> Response:  # fmt: skip
    """The series of a pair by month or week, each beside all events and reports of that time."""
    from dateline.present.pictures import Unit
    from dateline.relate.series import Span, series

    voices = tuple(Voice) if voice == "both" else (Voice(voice),)
    return Json(series_json(series(desk_of(request).record, a, b, Unit(by), Span(since, to)), voices, both))


_DATE = Parameter(alias="date", description="The day on which it may have changed.")


@router.get("/relations/{a}/{b}/around", response_model=models.Around, responses=LATER)
async def around(
    request: Request, a: Side, b: Side, day: Annotated[date, _DATE], wait: Wait = 5
) -> Response:
    """Whether the relation, both directions together, changed on a day, with the sentences before and after."""
    return await worked_out(request, ("api around", a, b, day), Task(_around, (a, b, day)), wait)


def _around(desk: Desk, a: str, b: str, day: date) -> dict[str, Any]:
    from dateline.relate.series import check_day
    from dateline.relate.turns import around as around_of

    desk.record.store.sides(a, b)
    check_day(desk.record, day, "date")
    return around_json(around_of(desk.record, a, b, day, events_table(desk)))


@router.get("/relations/{a}/{b}/changes", response_model=list[models.Turn], responses=LATER)
async def changes(request: Request, a: Side, b: Side, wait: Wait = 5) -> Response:
    """The days on which the relation seems to have changed, the strongest first; q is the share that is chance."""
    return await worked_out(request, ("api changes", a, b), Task(_changes, (a, b)), wait)


def _changes(desk: Desk, a: str, b: str) -> list[dict[str, Any]]:
    from dateline.relate.turns import changes as changes_of

    desk.record.store.sides(a, b)
    return [candidate_json(c) for c in changes_of(desk.record, a, b, events_table(desk))]


@router.get("/relations/{a}/{b}/forecast", response_model=models.Outlook, responses=LATER)
async def forecast(
    request: Request, a: Side, b: Side,
    weeks: _WEEKS = 4,
    track: Annotated[bool, Parameter(description="How such forecasts did in the past.")] = False,
    wait: Wait = 5,
) -> Response:  # fmt: skip
    """What the first will do to the second in the weeks after the record's last whole one: quantiles by quad class."""
    key = ("api forecast", a, b, weeks, track)
    return await worked_out(request, key, Task(_forecast, (a, b, weeks, track)), wait)


@router.post("/relations/{a}/{b}/forecast", response_model=models.KeptForecast, status_code=201)
def freeze(request: Request, a: Side, b: Side, weeks: _WEEKS = 4) -> Response:
    """Keep the forecast, so that nobody can say later that it was another; the same forecast is kept once.

    It is scored once its weeks have passed, as ``dateline forecast --freeze`` does.
    """
    from dateline.relate.outlook import kept, outlook

    may_write(request)
    record = desk_of(request).record
    found = outlook(record, a, b, weeks)
    made = record.freeze(found.frozen)
    return Json(next(kept_json(one) for one in kept(record, found.source, found.target) if one.frozen == made), 201)


def _forecast(desk: Desk, a: str, b: str, weeks: int, track: bool) -> dict[str, Any]:
    from dateline.analyse.backtest import track_records
    from dateline.relate.outlook import outlook, past

    found = outlook(desk.record, a, b, weeks)
    passed = past(found, (1,) if weeks == 1 else (1, weeks)) if track else None
    return outlook_json(found, track_records(found.weekly, passed) if passed else (), None)


@router.get("/relations/{a}/{b}/words", response_model=list[models.WordsAndDeeds], responses=LATER)
async def words(
    request: Request, a: Side, b: Side, by: By = "month", since: From = None, to: To = None, wait: Wait = 5
) -> Response:
    """What the first said of the second, and what it did, in the same months or weeks."""

    def work(desk: Desk) -> list[dict[str, Any]]:
        from dateline.present.pictures import Unit
        from dateline.relate.series import Span
        from dateline.relate.words import said_and_done

        return [words_json(row) for row in said_and_done(desk.record, a, b, Unit(by), Span(since, to))]

    return await worked_out(request, ("api words", a, b, by, since, to), work, wait)


@router.get("/partners/{a}", response_model=models.PartnerList)
def partners(
    request: Request, a: Side, since: From = None, to: To = None,
    limit: Annotated[int, Parameter(ge=1, le=200, description="How many partners.")] = 20,
) -> Response:  # fmt: skip
    """With whom an actor dealt most: distinct events either way, the share of conflict, the last day."""
    from dateline.relate.partners import partners as partners_of
    from dateline.relate.series import Span

    found, total = partners_of(desk_of(request).record, a, Span(since, to), limit)
    return Json({"actor": a, "total": total, "partners": [partner_json(p) for p in found]})


@router.get("/forecasts", response_model=list[models.KeptForecast], responses=LATER)
async def forecasts(request: Request, source: Name = None, target: Name = None, wait: Wait = 5) -> Response:
    """The forecasts that were frozen, with the scores of their weeks that have passed."""

    def work(desk: Desk) -> list[dict[str, Any]]:
        from dateline.relate.outlook import kept

        return [kept_json(one) for one in kept(desk.record, source, target)]

    return await worked_out(request, ("api forecasts", source, target), work, wait)
