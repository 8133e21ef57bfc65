"""The record in one SQLite file: WAL, full text and rollups in the same transaction as the entries."""

from dateline.record.sqlite.store import SqliteStore

__all__ = ["SqliteStore"]
