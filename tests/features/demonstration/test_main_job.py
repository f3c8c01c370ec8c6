"""The main job end to end: a landlord's list in, a followed household, the landlord's review out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pypdf import PdfReader

from caseworker_app.bootstrap.renderers import renderers
from caseworker_app.features.demonstration.service import play_main_job
from caseworker_app.storage.integrity import verify
from tests.features.demonstration.filled_file import demonstration


@pytest.fixture
def played(tmp_path: Path) -> tuple[list[Path], list[str]]:
    said: list[str] = []
    out = tmp_path / "out"
    out.mkdir()
    with demonstration(tmp_path / "file", 14) as (file, who):
        made = play_main_job(file, who, out, renderers=renderers(), say=said.append)
        with file.reading() as connection:
            assert verify(connection).sound
    return made, said


def words_of(path: Path) -> str:
    """Return the words of a PDF, as one line."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(path).pages).split())


def test_the_main_job_goes_from_list_to_review(played: tuple[list[Path], list[str]]) -> None:
    made, said = played
    assert [path.suffix for path in made] == [".csv", ".json", ".pdf", ".pdf"]
    assert all(path.stat().st_size for path in made)
    assert len(said) == 10
    assert all(line.endswith((".", ".csv.", ".pdf.")) for line in said)


def test_the_import_finds_who_is_known_already(played: tuple[list[Path], list[str]]) -> None:
    report = json.loads(played[0][1].read_text(encoding="utf-8"))
    assert (report["encoding"], report["separator"]) == ("cp1252", ";")
    assert (
        report["rows"] == report["created"] + report["merged"] + report["skipped"] + report["rows_in_error"]
    )
    assert report["skipped"] == 3
    assert {each["value"] for each in report["errors"]} >= {"31/02/1980", "abc"}


def test_the_review_says_what_was_shared_and_nothing_internal(played: tuple[list[Path], list[str]]) -> None:
    visit, review = words_of(played[0][2]), words_of(played[0][3])
    assert "fatigue" in visit
    for shown in ("DÉMONSTRATION", "Taverlin", "Joint de la douche", "virement permanent"):
        assert shown.casefold() in review.casefold(), shown
    for kept in ("fatigue", "118", "Salaire"):
        assert kept not in review, kept
