"""The whole way, with the language model: a date that a person sets moves what was counted from it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from dateline import Record

TEXT = """OSLO (NTB) - Norway expelled two Danish diplomats on Wednesday, the foreign ministry said.

Denmark's prime minister, Inger Dahl, denied on Wednesday that the diplomats had spied.
"""


def test_a_corrected_date_moves_wednesday_and_undo_moves_it_back(tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text(TEXT, encoding="utf-8")
    with Record(tmp_path / "r.db") as record:
        record.add([tmp_path / "report.txt"], published=date(2024, 5, 17))
        [key] = [r.key for r in record.reports()]
        reading = record.reading(key)
        assert {s.day for s in record.statements(stance="denies")} == {"2024-05-15"}
        made = record.correct("edit", key, who="Kari", field="date", value="2024-05-31")
        assert {s.day for s in record.statements(stance="denies")} == {"2024-05-29"}
        assert record.reading(key) == reading
        assert record.reread(everything=True).lost == 0
        assert {s.day for s in record.statements(stance="denies")} == {"2024-05-29"}
        assert record.add([tmp_path / "report.txt"], published=date(2024, 5, 17)).same == 1
        record.undo(made.id, who="Kari")
        assert {s.day for s in record.statements(stance="denies")} == {"2024-05-15"}
        assert record.reading(key) == reading
        assert record.reread().read == 0
        assert record.check() == []


def test_a_date_that_was_set_holds_for_the_next_version_too(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(TEXT, encoding="utf-8")
    with Record(tmp_path / "r.db") as record:
        [key] = record.add([path], published=date(2024, 5, 17)).keys
        record.correct("edit", key, who="Kari", field="date", value="2024-05-31")
        path.write_text(TEXT + "\nSweden expelled nobody.\n", encoding="utf-8")
        assert record.add([path], published=date(2024, 5, 17)).versions == 1
        assert {s.day for s in record.statements(stance="denies")} == {"2024-05-29"}
        assert record.reading(key)["published"]["value"] == "2024-05-17"
        assert record.add([path], published=date(2024, 5, 17)).same == 1
        second = record.correct("edit", key, who="Kari", field="date", value="2024-06-07")
        assert {s.day for s in record.statements(stance="denies")} == {"2024-06-05"}
        record.undo(second.id, who="Kari")
        assert {s.day for s in record.statements(stance="denies")} == {"2024-05-29"}


def test_a_rejected_statement_stays_rejected_when_all_is_read_anew(tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text(TEXT, encoding="utf-8")
    with Record(tmp_path / "r.db") as record:
        record.add([tmp_path / "report.txt"])
        denied = next(iter(record.statements(stance="denies")))
        record.correct("reject", denied.key, who="Kari", why="misread")
        assert record.reread(everything=True).changed == 0
        assert list(record.statements(stance="denies")) == []
        (tmp_path / "report.txt").write_text("OSLO - A word before.\n\n" + TEXT, encoding="utf-8")
        assert record.add([tmp_path / "report.txt"]).versions == 1
        assert [s.key for s in record.statements(judged="rejected", find="statements")] == [denied.key]
        assert record.add_reports(["It rained in Oslo."]).new == 1
