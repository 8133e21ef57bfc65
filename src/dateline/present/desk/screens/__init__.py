"""The screens of the desk, a module each: from an address to a page."""

from dateline.present.desk.screens import (
    claims,
    codebook,
    corrections,
    doors,
    reports,
    search,
    sources,
)

SCREENS = (
    doors.router,
    search.router,
    reports.router,
    corrections.router,
    claims.router,
    sources.router,
    codebook.router,
)
