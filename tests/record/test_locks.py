"""A record that is open in one process is not pulled away by another that closes it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from dateline.keep import Record
from dateline.record.query import Query
from dateline.record.sqlite.connection import connect

_ANOTHER = """
import sys
from dateline.keep import Record
from dateline.record.query import Query
with Record(sys.argv[1]) as record:
    record.save(sys.argv[2], Query(words="y"))
"""


def test_the_log_stays_while_anybody_needs_it(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    with Record(path) as record:
        record.save("one", Query(words="x"))
        connect(path, create=False).close()  # as a second thread does
        with Record(path) as same:
            same.saved()
        for name in ("two", "three"):
            subprocess.run([sys.executable, "-c", _ANOTHER, str(path), name], check=True)
            assert (tmp_path / "r.db-wal").exists()
        record.save("four", Query(words="x"))
        assert sorted(record.saved()) == ["four", "one", "three", "two"]
    with Record(path) as record:
        assert len(record.saved()) == 4
        assert record.check() == []
