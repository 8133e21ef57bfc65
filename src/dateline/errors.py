"""What can go wrong, one family for each kind of thing it is about. Every message names the thing and the reason."""

from __future__ import annotations


class DatelineError(Exception):
    """The base of all errors that Dateline raises on purpose."""


class ReadError(DatelineError):
    """Something could not be read. ``where`` is the file, with the line number where there is one."""

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(f"{where}: {reason}")
        self.where, self.reason = where, reason


class MissingInput(ReadError):
    """A named file or folder is not there."""


class UnreadableReport(ReadError):
    """The input was found, but no report could be read from it."""


class LexiconError(DatelineError):
    """A data file of codes or words has a line that makes no sense."""

    def __init__(self, name: str, line: int, reason: str) -> None:
        super().__init__(f"{name}, line {line}: {reason}")
        self.name, self.line, self.reason = name, line, reason


class ModelError(DatelineError):
    """A language model or a learned reader is missing, damaged or of the wrong kind."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name, self.reason = name, reason
