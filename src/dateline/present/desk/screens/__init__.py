"""The screens of the desk, a module each: from an address to a page."""

from dateline.present.desk.screens import claims, doors, sources

SCREENS = (doors.router, sources.router, claims.router)
