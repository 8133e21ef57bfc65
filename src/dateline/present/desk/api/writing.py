"""Who may change the record, and who keeps what is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import HTTPException, Request

from dateline.present.desk.pages import desk_of

if TYPE_CHECKING:
    from dateline.present.desk.api.keeper import Keeper


def may_write(request: Request) -> None:
    """Raises 403 where nobody may change anything."""
    if desk_of(request).settings.read_only:
        raise HTTPException(403, "this desk is read-only: nothing can be added, corrected or kept")


def keeper_of(request: Request) -> Keeper:
    """The process beside the desk in which reports are read."""
    found: Keeper = request.app.state.keeper
    return found
