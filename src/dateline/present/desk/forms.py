"""Forms that change something: their fields, and who may send them."""

from __future__ import annotations

from fastapi import HTTPException, Request

from dateline.present.desk.pages import desk_of

#: A form has at most so many fields, each of at most so many characters.
FIELDS, LONGEST = 60, 4_096


async def fields_of(request: Request) -> dict[str, str]:
    """The text fields of a form that was sent; nobody may send one to a desk that is read-only."""
    if desk_of(request).settings.read_only:
        raise HTTPException(403, "this desk is read-only: nothing can be kept or changed here")
    async with request.form(max_files=0, max_fields=FIELDS) as form:
        return {name: value[:LONGEST] for name, value in form.items() if isinstance(value, str)}
