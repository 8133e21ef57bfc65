"""The screens of the desk, a module each: from an address to a page."""

from dateline.present.desk.screens import (
    actors,
    adding,
    brief,
    claims,
    codebook,
    corrections,
    doors,
    export,
    frozen,
    partners,
    relation,
    reports,
    saved,
    search,
    sources,
)

SCREENS = (
    doors.router,
    relation.router,
    partners.router,
    search.router,
    saved.router,
    frozen.router,
    export.router,
    reports.router,
    corrections.router,
    actors.router,
    claims.router,
    sources.router,
    codebook.router,
    brief.router,
    adding.router,
)
