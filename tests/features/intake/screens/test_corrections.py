"""Rows to correct in place: typed, taken by one key, taken everywhere, set aside; the counts always add up."""

from __future__ import annotations

from array import array
from typing import Any

from PySide6.QtCore import Qt

from caseworker_app.features.intake.domain.checked import ASIDE, TO_CORRECT, CheckedRow, RowsToCheck
from caseworker_app.features.intake.domain.fixes import CellToCheck, ProposedFix, RowToCheck
from caseworker_app.features.intake.domain.packing import pack
from caseworker_app.features.intake.screens.corrections_step import CorrectionsStep
from caseworker_app.features.intake.screens.page import ImportPage
from caseworker_app.sheets.sheet import SheetRow
from tests.features.intake.screens.walk import (
    KOWAL,
    LEFEVRE,
    PATIENCE,
    Listed,
    Make,
    settle,
    tallied,
    to_check,
    write_in,
)

WRONG_DAY = ("Kowal", "Élise", "31/02/1985", *KOWAL[3:])
OTHER_WRONG_DAY = (
    "Masurel",
    "Corentin",
    "31/04/1987",
    "06 39 98 40 11",
    "1 quai du Sartel",
    "59100",
    "Roubaix",
)


def sums_up(page: ImportPage) -> bool:
    counts = tallied(page)
    total = counts.pop("lignes en tout", 0) or counts.pop("ligne en tout", 0)
    return sum(counts.values()) == total


def test_a_wrong_cell_is_typed_anew_in_its_row(qtbot: Any, page: Make, listed: Listed) -> None:
    made = page()
    to_check(qtbot, made, listed(LEFEVRE, WRONG_DAY))
    assert tallied(made) == {"prête": 1, "à corriger": 1, "lignes en tout": 2}
    table = made.check.rows.table
    assert table.current is not None
    assert table.current.value == "31/02/1985"
    qtbot.keyClick(table, Qt.Key.Key_F2)
    assert table.editor is not None
    table.editor.selectAll()
    write_in(table.editor, "02/07/1985")
    qtbot.keyClick(table.editor, Qt.Key.Key_Return)
    settle(qtbot, made)
    assert tallied(made) == {"prêtes": 2, "lignes en tout": 2}
    assert made.check.rows.count(TO_CORRECT) == 0


def test_escape_gives_up_what_is_typed(qtbot: Any, page: Make, listed: Listed) -> None:
    made = page()
    to_check(qtbot, made, listed(LEFEVRE, WRONG_DAY))
    table = made.check.rows.table
    qtbot.keyClick(table, Qt.Key.Key_F2)
    assert table.editor is not None
    write_in(table.editor, "n’importe quoi")
    qtbot.keyClick(table.editor, Qt.Key.Key_Escape)
    assert table.editor is None
    assert made.assistant.choices.corrections == ()


def test_a_letter_begins_to_type_and_leaving_the_field_keeps_it(
    qtbot: Any, page: Make, listed: Listed
) -> None:
    made = page()
    to_check(qtbot, made, listed(LEFEVRE, WRONG_DAY))
    table = made.check.rows.table
    table.setFocus()
    qtbot.keyClick(table, "0")
    assert table.editor is not None
    assert table.editor.text() == "0"
    write_in(table.editor, "2/07/1985")
    made.foot.primary.setFocus(Qt.FocusReason.TabFocusReason)
    settle(qtbot, made)
    assert made.assistant.choices.corrections[0].value == "02/07/1985"


def test_the_proposal_is_taken_by_enter_and_undone(qtbot: Any, page: Make, listed: Listed) -> None:
    made = page()
    to_check(qtbot, made, listed(LEFEVRE, WRONG_DAY))
    table = made.check.rows.table
    assert table.current is not None
    assert table.current.fix == "Mettre 28/02/1985"
    qtbot.keyClick(table, Qt.Key.Key_Return)
    settle(qtbot, made)
    assert tallied(made) == {"prêtes": 2, "lignes en tout": 2}
    assert made.check.last.words.text() == "Ligne 3 corrigée"
    made.undo()
    settle(qtbot, made)
    assert tallied(made) == {"prête": 1, "à corriger": 1, "lignes en tout": 2}
    assert not made.check.last.isVisible()


def test_every_proposal_is_taken_at_once(qtbot: Any, page: Make, listed: Listed) -> None:
    made = page()
    to_check(qtbot, made, listed(LEFEVRE, WRONG_DAY, OTHER_WRONG_DAY))
    assert made.check.rows.all.text() == "&Tout accepter (2\u00a0propositions)"
    made.check.rows.all.click()
    settle(qtbot, made)
    assert tallied(made) == {"prêtes": 3, "lignes en tout": 3}


def test_the_same_proposal_is_taken_everywhere_by_one_key(qtbot: Any, page: Make, listed: Listed) -> None:
    made = page()
    to_check(qtbot, made, listed(LEFEVRE, WRONG_DAY, OTHER_WRONG_DAY))
    table = made.check.rows.table
    assert "2\u00a0lignes semblables" in made.check.rows.hint.text()
    qtbot.keyClick(table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, made)
    assert [correction.row for correction in made.assistant.choices.corrections] == [3, 4]


def test_a_row_is_set_aside_and_taken_again(qtbot: Any, page: Make, listed: Listed) -> None:
    made = page()
    to_check(qtbot, made, listed(LEFEVRE, WRONG_DAY))
    table = made.check.rows.table
    qtbot.keyClick(table, Qt.Key.Key_Delete)
    settle(qtbot, made)
    assert tallied(made) == {"prête": 1, "écartée": 1, "lignes en tout": 2}
    assert made.check.rows.count(ASIDE) == 1
    made.check.rows.choose(ASIDE)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    settle(qtbot, made)
    assert tallied(made) == {"prête": 1, "à corriger": 1, "lignes en tout": 2}


def test_another_cell_of_the_row_is_corrected_beside_it(qtbot: Any, page: Make, listed: Listed) -> None:
    made = page()
    to_check(qtbot, made, listed(LEFEVRE, WRONG_DAY))
    card = made.check.rows.card
    row = next(i for i, line in enumerate(card.table.listed) if line.theirs == "Ville")
    card.table.stand_on(row)
    card.table.begin_typing("Croix")
    card.table.end_typing(keep=True)
    settle(qtbot, made)
    assert [(c.row, c.value) for c in made.assistant.choices.corrections] == [(3, "Croix")]
    assert sums_up(made)


def test_forty_thousand_rows_to_correct_are_opened_as_they_are_seen(qtbot: Any, dressed: None) -> None:
    def wrong(row: int) -> CheckedRow:
        fix = ProposedFix(row, 1, "31/02/1985", "28/02/1985", "dernier jour du mois")
        cells = (
            CellToCheck(0, "Nom", "nom", f"Nom{row}"),
            CellToCheck(
                1, "Né(e) le", "date de naissance", "31/02/1985", "Ce jour n’existe pas.", "error", fix
            ),
        )
        shown = RowToCheck(row, f"Nom{row}", cells, "error")
        return CheckedRow(shown, SheetRow(row, [f"Nom{row}", "31/02/1985"]), (), ())

    numbers = range(2, 40_002)
    rows = pack(map(wrong, numbers))
    step = CorrectionsStep()
    qtbot.addWidget(step)
    step.resize(1100, 500)
    many = array("H", [1] * len(numbers))
    step.show_rows(
        RowsToCheck(rows, array("q", numbers), bytes([TO_CORRECT]) * len(numbers), many),
        lambda row: (str(row), ""),
        begin=True,
    )
    step.show()
    assert len(step.wrong) == 40_000
    assert sum(len(page) for page in step.table.rows._pages.values()) <= 4 * 64
    assert len(rows._open) <= 4
    step.table.stand_on(39_999)
    qtbot.waitUntil(lambda: step.table.rows.key_at(39_999) == "40001:1", timeout=PATIENCE)
