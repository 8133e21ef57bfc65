"""Dateline reads news reports and keeps a source-attributed record of public affairs."""

__version__ = "0.1.0"
