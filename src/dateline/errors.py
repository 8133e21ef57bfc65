"""What can go wrong, one family for each kind of thing it is about. Every message names the thing and the reason."""

from __future__ import annotations


class DatelineError(Exception):
    """The base of all errors that Dateline raises on purpose."""

    def __reduce__(self) -> tuple[object, ...]:
        # an error comes back whole from another process, whatever its own ``__init__`` takes
        return _again, (type(self), self.args, self.__dict__)


def _again(kind: type[DatelineError], args: tuple[object, ...], facts: dict[str, object]) -> DatelineError:
    error = kind.__new__(kind)
    error.args = args
    error.__dict__.update(facts)
    return error


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


class WorkerLost(DatelineError):
    """A process that read beside others ended before its time."""

    def __init__(self) -> None:
        super().__init__("a worker process was ended from outside, perhaps for want of memory: try fewer --workers")


class RecordError(DatelineError):
    """A record cannot be opened, read or written. ``path`` is its file."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path, self.reason = path, reason


class QueryError(DatelineError):
    """A filter or a search cannot be understood."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name, self.reason = name, reason


class CorrectionError(DatelineError):
    """A correction cannot be made: what it is about is not there, or the value makes no sense."""

    def __init__(self, target: str, reason: str) -> None:
        super().__init__(f"{target}: {reason}")
        self.target, self.reason = target, reason


class ExportError(DatelineError):
    """An export cannot be written."""

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(f"{where}: {reason}")
        self.where, self.reason = where, reason


class TableError(DatelineError):
    """A table of events, or a question about it, cannot be used. ``where`` is the file, with the row if any."""

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(f"{where}: {reason}")
        self.where, self.reason = where, reason


class ForecastError(DatelineError):
    """A forecast cannot be made: too few weeks are known, or the weeks asked for are none that can be forecast."""


class DeskError(DatelineError):
    """The desk cannot be served: a users file that is none, or an address that would let everybody in."""
