"""The columns of a list: recognised, changed by keyboard, remembered as a profile."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt

from caseworker_app.features.intake.domain.list_kind import ListKind
from caseworker_app.features.intake.screens.page import ImportPage
from tests.features.intake.screens.walk import (
    KOWAL,
    LEFEVRE,
    MASUREL,
    PATIENCE,
    Listed,
    Make,
    settle,
    to_columns,
    write_in,
)

WITH_REMARKS = ("Nom", "Prénom", "Né(e) le", "Zzz")
ROWS = (
    ("Lefèvre", "Gaël", "14/03/1979", "sonner deux fois"),
    ("Kowal", "Élise", "02/07/1985", "interphone en panne"),
    ("Masurel", "Corentin", "23/02/1987", "passer par la cour"),
)


def ours(page: ImportPage) -> dict[str, str]:
    found = page.assistant.found
    assert found is not None
    return {column.theirs: column.ours for column in found.columns}


def choose(qtbot: Any, page: ImportPage, theirs: str, words: str) -> None:
    """Say what a column holds, by keyboard alone."""
    table = page.columns.table
    row = next(i for i, column in enumerate(table.listed) if column.theirs == theirs)
    table.setCurrentIndex(table.rows.index(row, 0))
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Return)
    qtbot.waitUntil(page.columns.picker.isVisible, timeout=PATIENCE)
    write_in(page.columns.picker.search, words)
    qtbot.keyClick(page.columns.picker.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not page.columns.picker.isVisible(), timeout=PATIENCE)


def test_columns_are_recognised_with_examples(qtbot: Any, page: Make, listed: Listed) -> None:
    made = page()
    to_columns(qtbot, made, listed(LEFEVRE, KOWAL, MASUREL))
    assert ours(made)["Né(e) le"] == "birth_date"
    first = made.columns.table.listed[0]
    assert first.samples[0] in made.columns.table.rows.index(0, 1).data()
    assert "Aperçu de la ligne 2" in made.columns.preview.title.text()


def test_a_column_is_chosen_by_keyboard_and_the_preview_follows(
    qtbot: Any, page: Make, listed: Listed
) -> None:
    made = page()
    to_columns(qtbot, made, listed(*ROWS, header=WITH_REMARKS))
    assert ours(made)["Zzz"] == ""
    choose(qtbot, made, "Zzz", "remarq")
    assert ours(made)["Zzz"] == "remarks"
    assert any("sonner deux fois" in line.value for line in made.columns.preview.table.listed)


def test_a_column_is_left_out_with_one_key_and_stays_in_place(qtbot: Any, page: Make, listed: Listed) -> None:
    made = page()
    to_columns(qtbot, made, listed(LEFEVRE, KOWAL, MASUREL))
    table = made.columns.table
    row = next(i for i, column in enumerate(table.listed) if column.theirs == "Ville")
    table.setCurrentIndex(table.rows.index(row, 0))
    qtbot.keyClick(table, Qt.Key.Key_Delete)
    assert ours(made)["Ville"] == ""
    assert table.listed[row].theirs == "Ville"
    assert table.currentIndex().row() == row


def test_what_is_never_kept_cannot_be_chosen(qtbot: Any, page: Make, listed: Listed) -> None:
    header = ("Nom", "Prénom", "N° de sécurité sociale")
    made = page()
    to_columns(qtbot, made, listed(("Lefèvre", "Gaël", "179035951200123"), header=header))
    table = made.columns.table
    row = next(i for i, column in enumerate(table.listed) if column.withheld)
    table.setCurrentIndex(table.rows.index(row, 0))
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert not made.columns.picker.isVisible()


def test_the_kind_of_list_can_be_changed(qtbot: Any, page: Make, listed: Listed) -> None:
    made = page()
    to_columns(qtbot, made, listed(LEFEVRE, KOWAL, MASUREL))
    choice = made.columns.bar.kind
    choice.choose(ListKind.TRACKER)
    choice.activated.emit(choice.currentIndex())
    assert made.assistant.found is not None
    assert made.assistant.found.kind is ListKind.TRACKER
    assert made.columns.bar.measure.isVisible()


def test_columns_remembered_are_known_the_next_time_and_renamed_and_forgotten(
    qtbot: Any, page: Make, listed: Listed, said: list[tuple[str, Any]]
) -> None:
    made = page()
    to_columns(qtbot, made, listed(*ROWS, header=WITH_REMARKS))
    choose(qtbot, made, "Zzz", "remarq")
    made.columns.bar.save.click()
    write_in(made.keeping.dialog.name, "Liste du mardi")
    made.keeping.dialog.save.click()
    qtbot.waitUntil(lambda: made.columns.bar.profile.currentText() == "Liste du mardi", timeout=PATIENCE)
    assert said[-1][0] == "Colonnes retenues sous «\u00a0Liste du mardi\u00a0»"
    to_columns(qtbot, made, listed(*ROWS, header=WITH_REMARKS, name="autre.csv"))
    settle(qtbot, made)
    assert ours(made)["Zzz"] == "remarks"
    profile = made.columns.bar.profile.current_key()
    made.columns.bar.rename_asked.emit(profile)
    made.keeping.dialog.name.clear()
    write_in(made.keeping.dialog.name, "Liste du jeudi")
    made.keeping.dialog.save.click()
    qtbot.waitUntil(lambda: made.columns.bar.profile.currentText() == "Liste du jeudi", timeout=PATIENCE)
    made.columns.bar.forget_asked.emit(profile)
    qtbot.waitUntil(lambda: made.columns.bar.profile.findData(profile) < 0, timeout=PATIENCE)


def test_another_sheet_of_the_workbook_is_read(qtbot: Any, page: Make, workbook: Callable[..., Path]) -> None:
    path = workbook(
        "suivi.xlsx",
        Familles=[("Nom", "Prénom", "Né(e) le"), *(row[:3] for row in (LEFEVRE, KOWAL))],
        Archives=[("Nom", "Prénom", "Né(e) le"), MASUREL[:3]],
    )
    made = page()
    to_columns(qtbot, made, path)
    sheet = made.columns.bar.sheet
    assert sheet.isVisible()
    sheet.choose("Archives")
    sheet.activated.emit(sheet.currentIndex())
    qtbot.waitUntil(
        lambda: made.assistant.found is not None and made.assistant.found.row_count == 1, timeout=PATIENCE
    )
    made.foot.primary.click()
    qtbot.waitUntil(lambda: made.stage == "check", timeout=PATIENCE)
    assert made.assistant.now is not None
    assert made.assistant.now.plan.row_count == 1
