"""Who may change the record."""

from __future__ import annotations

from fastapi import HTTPException, Request

from dateline.present.desk.pages import desk_of


def may_write(request: Request) -> None:
    """Raises 403 where nobody may change anything."""
    if desk_of(request).settings.read_only:
        raise HTTPException(403, "this desk is read-only: nothing can be added, corrected or kept")
