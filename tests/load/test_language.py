"""Which language a report is in, and that only English is read."""

from __future__ import annotations

import pytest

from dateline.load import report_from_text
from dateline.load.language import language_code, language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The minister said on Monday that the talks were over and that nobody would come back.", "en"),
        ("Le ministre a déclaré lundi que la réunion était terminée et que personne ne reviendrait.", "fr"),
        ("Der Minister sagte am Montag, die Gespräche seien beendet und niemand werde zurückkehren.", "de"),
        ("اسلام آباد میں وزیر اعظم نے کہا کہ حکومت عوام کے مسائل حل کرے گی", "ur"),
        ("Министр заявил в понедельник, что переговоры завершены.", "ru"),
        ("Kurz und gut.", "en"),  # too short to tell
        ("Here are the scores of the league on Sunday:\n" + "Rossi 3, Bianchi 2, Ferrari 2, Esposito 1\n" * 20, "en"),
        ("12 13 14 15 16", "en"),
        ("", "en"),
        ("OSLO BERGEN STAVANGER WARSZAWA KRAKOW", "en"),
    ],
)
def test_guess(text: str, language: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    ("given", "code"),
    [("en", "en"), ("en-US", "en"), ("EN_gb", "en"), ("English", "en"), ("eng", "en"), ("Urdu", "ur"), ("ger", "de"),
     ("", None), ("  ", None), (None, None), (7, None), ("klingon", "klingon")],
)  # fmt: skip
def test_given(given: object, code: str | None) -> None:
    assert language_code(given) == code


def test_other_languages_are_kept_as_skipped() -> None:
    report = report_from_text("The minister said it.", language="Urdu")
    assert report.language == "ur"
    assert [(s.span, s.reason) for s in report.skipped] == [((0, 21), "language ur: not read")]
