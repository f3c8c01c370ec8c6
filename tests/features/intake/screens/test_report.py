"""The report of an import: read row by row, saved as a workbook and as data, read back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from caseworker_app.features.households import service as households
from caseworker_app.features.intake.documents import ReportNotWritten, write_report
from caseworker_app.features.intake.domain.report_lines import Outcome
from caseworker_app.features.intake.screens.page import ImportPage
from caseworker_app.features.intake.service import importing
from caseworker_app.features.team.domain import Who
from caseworker_app.storage.encrypted_file import EncryptedFile
from tests.features.intake.screens.walk import (
    KOWAL,
    LEFEVRE,
    MASUREL,
    PATIENCE,
    Listed,
    Make,
    report,
    to_done,
)

WRONG_DAY = ("Masurel", "Corentin", "31/02/1987", *MASUREL[3:])


def test_every_row_is_told_with_what_became_of_it(
    qtbot: Any, page: Make, listed: Listed, file: EncryptedFile, who: Who
) -> None:
    importing.import_list(file, who, listed(LEFEVRE))
    made = page()
    to_done(qtbot, made, listed(LEFEVRE, KOWAL, WRONG_DAY, name="suite.csv"))
    told = {line.number: line.outcome for line in report(made)}
    assert told == {"2": Outcome.LEFT, "3": Outcome.CREATED, "4": Outcome.REFUSED}
    why = {line.number: line.remark for line in report(made)}
    assert "même date de naissance" in why["2"]
    assert "31/02/1987" in why["4"]
    assert made.done.chips.current_key() == Outcome.REFUSED


def test_the_report_is_saved_as_a_workbook_and_as_data(
    qtbot: Any, page: Make, listed: Listed, tmp_path: Path, said: list[tuple[str, Any]]
) -> None:
    made = page()
    to_done(qtbot, made, listed(LEFEVRE, KOWAL, WRONG_DAY))
    made.done.save_asked.emit(tmp_path / "rapport.xlsx")
    qtbot.waitUntil(lambda: bool(said) and "rapport.xlsx" in said[-1][0], timeout=PATIENCE)
    rows = CalamineWorkbook.from_path(tmp_path / "rapport.xlsx").get_sheet_by_name("Lignes").to_python()
    assert [row[0] for row in rows] == ["Ligne", "2", "3", "4"]
    assert rows[3][3] == "Non importée"
    made.done.save_asked.emit(tmp_path / "rapport.json")
    qtbot.waitUntil(lambda: "rapport.json" in said[-1][0], timeout=PATIENCE)
    data = json.loads((tmp_path / "rapport.json").read_text(encoding="utf-8"))
    assert data["rows"] == data["created"] + data["merged"] + data["skipped"] + data["rows_in_error"] == 3


def test_the_households_it_made_may_be_watched_over(
    qtbot: Any, page: Make, listed: Listed, file: EncryptedFile, who: Who
) -> None:
    importing.import_list(file, who, listed(LEFEVRE))
    asked: list[tuple[str, ...]] = []
    made = page(watch=lambda _parent, ids: asked.append(ids))
    to_done(qtbot, made, listed(LEFEVRE, KOWAL, MASUREL, name="suite.csv"))
    qtbot.waitUntil(made.done.watch.isVisible, timeout=PATIENCE)
    made.done.watch.click()
    with file.reading() as connection:
        known = households.page_of_households(connection, who, offset=0, limit=9)
        names = [households.open_household(connection, who, key).household.name for key in asked[0]]
    assert set(asked[0]) < set(known)
    assert sorted(name.split()[-1] for name in names) == ["Kowal", "Masurel"]


def test_no_veille_is_offered_where_nothing_was_made_nor_to_whoever_opens_none(
    qtbot: Any, page: Make, listed: Listed, file: EncryptedFile, who: Who
) -> None:
    importing.import_list(file, who, listed(LEFEVRE))
    made = page()
    to_done(qtbot, made, listed(LEFEVRE, KOWAL, name="suite.csv"))
    qtbot.waitUntil(lambda: not made._tasks.busy, timeout=PATIENCE)
    assert made.done.watch.isHidden()


def save(made: ImportPage, path: Path) -> None:
    done = made.done.imported
    assert done is not None
    write_report(None, path, "liste.csv", done.plan, done.counts, done.lines, done.data)


def test_a_text_that_looks_like_a_formula_stays_text(
    qtbot: Any, page: Make, listed: Listed, tmp_path: Path
) -> None:
    made = page()
    to_done(qtbot, made, listed(LEFEVRE, ("=1+1", "Élise", *KOWAL[2:])))
    save(made, tmp_path / "rapport.xlsx")
    rows = CalamineWorkbook.from_path(tmp_path / "rapport.xlsx").get_sheet_by_name("Lignes").to_python()
    assert "=1+1" in rows[2][5]


def test_a_place_where_nothing_can_be_written_is_told(
    qtbot: Any, page: Make, listed: Listed, tmp_path: Path
) -> None:
    made = page()
    to_done(qtbot, made, listed(LEFEVRE))
    for name in ("rapport.xlsx", "rapport.json"):
        with pytest.raises(ReportNotWritten, match="choisissez un autre dossier"):
            save(made, tmp_path / "absent" / name)
