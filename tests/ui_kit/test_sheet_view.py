"""A sheet used as a spreadsheet, by its keys: typed into, refused, filled, copied, pasted, folded."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.ui_kit import sheet_clip
from caseworker_app.ui_kit.sheet_fill import SheetEntry
from caseworker_app.ui_kit.sheet_model import SheetCell, SheetColumn, SheetRow
from caseworker_app.ui_kit.sheet_view import SheetView
from caseworker_app.ui_kit.unkept_typing import unkept
from tests.ui_kit.inspection import bring_up, spoken_name

Key = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
COLUMNS = (
    SheetColumn("name", "Poste", 150, amounts=False),
    SheetColumn("oct", "Octobre", 90),
    SheetColumn("nov", "Novembre", 90, strong=True, spoken="novembre 2026"),
)


def check(_row: str, text: str) -> None:
    if text and not text.replace(",", "").replace(" ", "").isdigit():
        raise InvalidEntry("Ce montant n’est pas lisible.")


def line(key: str, name: str, *amounts: str) -> SheetRow:
    cells = tuple(SheetCell(each, each, editable=True) for each in amounts)
    return SheetRow(key, "line", (SheetCell(name), *cells), 1, opens=True)


def computed(key: str, name: str, *amounts: str, folded: bool | None = None) -> SheetRow:
    cells = tuple(SheetCell(each, each) for each in amounts)
    return SheetRow(key, "band" if folded is None else "group", (SheetCell(name), *cells), 0, folded)


ROWS = (
    computed("income", "Ressources", "950", "960"),
    line("wage", "Salaire", "600", "610"),
    line("apl", "APL", "350", "350"),
    computed("housing", "Logement", "500", "500", folded=True),
    line("food", "Alimentation", "300", ""),
)


class Heard:
    """What a sheet asked for."""

    def __init__(self, view: SheetView) -> None:
        self.entered: list[tuple[SheetEntry, ...]] = []
        self.told: list[str] = []
        view.entered.connect(self.entered.append)
        view.toggled.connect(self.told.append)
        view.row_opened.connect(lambda key: self.told.append(f"open {key}"))
        view.undo_asked.connect(lambda: self.told.append("undo"))
        view.noticed.connect(self.told.append)


@pytest.fixture
def view(qtbot, dressed) -> SheetView:
    made = SheetView("Budget", check)
    qtbot.addWidget(made)
    made.resize(500, 300)
    made.show_sheet(COLUMNS, ROWS)
    bring_up(qtbot, made)
    made.setFocus()
    return made


@pytest.fixture
def heard(view) -> Heard:
    return Heard(view)


def here(view: SheetView) -> tuple[str, str]:
    index = view.currentIndex()
    return view.sheet.rows[index.row()].key, view.sheet.columns[index.column()].key


def press(
    target: QWidget, *keys: Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    for key in keys:
        QTest.keyClick(target, key, modifiers)


def type_over(view: SheetView, text: str) -> None:
    QTest.keyClicks(view, text[0])
    QTest.keyClicks(view.editor, text[1:])


def test_one_begins_in_the_column_one_works_in(view) -> None:
    assert here(view) == ("wage", "nov")


def test_typing_replaces_and_enter_goes_down(view, heard) -> None:
    type_over(view, "650")
    press(view.editor, Key.Key_Return)
    assert heard.entered == [(SheetEntry("wage", "nov", "650"),)]
    assert here(view) == ("apl", "nov")
    assert view.hasFocus()
    assert not view.editing


def test_f2_and_enter_correct_what_is_there(view, heard) -> None:
    for key in (Key.Key_F2, Key.Key_Return):
        view.stand_on("wage", "nov")
        press(view, key)
        assert view.editor.text() == "610"
        press(view.editor, Key.Key_End)
        QTest.keyClicks(view.editor, ",5")
        press(view.editor, Key.Key_Return)
    assert heard.entered == [(SheetEntry("wage", "nov", "610,5"),)] * 2


def test_escape_gives_up_what_was_typed(view, heard) -> None:
    type_over(view, "9")
    press(view.editor, Key.Key_Escape)
    assert heard.entered == []
    assert view.hasFocus()


def test_only_a_refused_cell_is_given_back_after_the_lock(view, heard) -> None:
    type_over(view, "9")
    QTest.keyClicks(view.editor, "5")
    assert [each.text for each in unkept([view])] == ["95"]
    press(view.editor, Key.Key_Return)
    assert heard.entered
    assert unkept([view]) == []
    type_over(view, "8")
    QTest.keyClicks(view.editor, "x")
    view.finish()
    assert [each.text for each in unkept([view])] == ["8x"]


def test_arrows_leave_a_cell_being_replaced_and_move_in_one_being_corrected(view, heard) -> None:
    type_over(view, "7")
    press(view.editor, Key.Key_Left)
    assert here(view) == ("wage", "oct")
    press(view, Key.Key_F2)
    press(view.editor, Key.Key_Left)
    assert view.editing
    press(view.editor, Key.Key_Down)
    assert here(view) == ("apl", "oct")


def test_tab_goes_through_cells_to_type_into_then_enter_under_where_it_began(view, heard) -> None:
    view.stand_on("wage", "oct")
    type_over(view, "1")
    press(view.editor, Key.Key_Tab)
    assert here(view) == ("wage", "nov")
    type_over(view, "2")
    press(view.editor, Key.Key_Return)
    assert here(view) == ("apl", "oct")
    press(view, Key.Key_Tab, Key.Key_Tab)
    assert here(view) == ("food", "oct")
    press(view, Key.Key_Backtab)
    assert here(view) == ("apl", "nov")


def test_tab_leaves_after_the_last_cell_and_after_escape(qtbot, dressed) -> None:
    frame = QWidget()
    column = QVBoxLayout(frame)
    view, after = SheetView("Budget", check), QLineEdit()
    column.addWidget(view)
    column.addWidget(after)
    view.show_sheet(COLUMNS, ROWS)
    qtbot.addWidget(frame)
    frame.resize(500, 400)
    bring_up(qtbot, frame)
    view.setFocus()
    view.stand_on("food", "nov")
    press(view, Key.Key_Tab)
    assert after.hasFocus()
    view.setFocus()
    view.stand_on("wage", "oct")
    press(view, Key.Key_Escape, Key.Key_Tab)
    assert after.hasFocus()


def test_a_refused_amount_stays_in_its_cell_with_its_sentence(view, heard) -> None:
    type_over(view, "abc")
    press(view.editor, Key.Key_Return)
    assert view.editing
    assert view.sentence.sentence == "Ce montant n’est pas lisible."
    assert heard.entered == []
    press(view.editor, Key.Key_Escape)
    assert view.sentence.sentence == ""


def test_a_refused_amount_left_by_the_pointer_waits_to_be_corrected(qtbot, view, heard) -> None:
    type_over(view, "abc")
    QTest.mouseClick(
        view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(view.sheet.index(4, 1)).center()
    )
    view.editor.clearFocus()
    assert view.refused_text("wage", "nov") == "abc"
    assert not view.finish()
    view.stand_on("wage", "nov")
    press(view, Key.Key_F2)
    assert view.editor.text() == "abc"
    view.editor.setText("12")
    press(view.editor, Key.Key_Return)
    assert heard.entered == [(SheetEntry("wage", "nov", "12"),)]
    assert view.finish()


def test_what_a_service_refuses_comes_back_to_its_cell(view) -> None:
    view.refuse(SheetEntry("apl", "oct", "99"), "Cette fiche a changé.")
    assert here(view) == ("apl", "oct")
    assert view.refused_text("apl", "oct") == "99"
    assert view.sentence.sentence == "Cette fiche a changé."
    press(view, Key.Key_Escape)
    assert view.refused_text("apl", "oct") is None


def test_delete_empties_what_is_chosen_and_nothing_computed(view, heard) -> None:
    view.stand_on("income", "nov")
    press(view, Key.Key_Down, Key.Key_Down, modifiers=SHIFT)
    press(view, Key.Key_Delete)
    assert heard.entered == [(SheetEntry("wage", "nov", ""), SheetEntry("apl", "nov", ""))]


def test_filling_down_and_right_repeat_the_first_cell(view, heard) -> None:
    view.stand_on("wage", "oct")
    press(view, Key.Key_Right, modifiers=SHIFT)
    press(view, Key.Key_R, modifiers=CTRL)
    view.stand_on("apl", "nov")
    press(view, Key.Key_D, modifiers=CTRL)
    assert heard.entered == [(SheetEntry("wage", "nov", "600"),), (SheetEntry("apl", "nov", "610"),)]


def test_filling_over_a_folded_group_says_to_unfold_it(view, heard) -> None:
    view.stand_on("apl", "oct")
    press(view, Key.Key_Down, Key.Key_Down, modifiers=SHIFT)
    press(view, Key.Key_D, modifiers=CTRL)
    assert heard.entered == []
    assert "Logement" in view.sentence.sentence


def test_the_handle_fills_what_it_is_drawn_over(view, heard) -> None:
    view.stand_on("wage", "oct")
    corner = view._handle().center()
    target = view.visualRect(view.sheet.place("wage", "nov")).center()
    port = view.viewport()
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=corner)
    QTest.mouseMove(port, target)
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=target)
    assert heard.entered == [(SheetEntry("wage", "nov", "600"),)]


def test_copying_takes_amounts_and_never_names(view, heard) -> None:
    view.selectAll()
    press(view, Key.Key_C, modifiers=CTRL)
    text = QApplication.clipboard().text()
    assert text == "950\t960\n600\t610\n350\t350\n500\t500\n300\t\n"
    view.setCurrentIndex(view.sheet.index(1, 0))
    press(view, Key.Key_C, modifiers=CTRL)
    assert QApplication.clipboard().text() == text
    assert heard.told[-1].startswith("Seuls les montants")


def test_what_was_copied_is_pasted_where_it_was_and_changes_nothing_else(view, heard) -> None:
    view.selectAll()
    press(view, Key.Key_C, modifiers=CTRL)
    view.setCurrentIndex(view.sheet.index(0, 1))
    press(view, Key.Key_V, modifiers=CTRL)
    pasted = heard.entered[-1]
    assert {(e.row, e.column): e.text for e in pasted} == {
        ("wage", "oct"): "600", ("wage", "nov"): "610", ("apl", "oct"): "350", ("apl", "nov"): "350",
        ("food", "oct"): "300",
    }  # fmt: skip


def test_cutting_copies_then_empties(view, heard) -> None:
    view.stand_on("apl", "oct")
    press(view, Key.Key_X, modifiers=CTRL)
    assert QApplication.clipboard().text() == "350\n"
    assert heard.entered == [(SheetEntry("apl", "oct", ""),)]


def test_one_amount_fills_every_cell_chosen(view, heard) -> None:
    QApplication.clipboard().setText("42")
    view.stand_on("wage", "oct")
    press(view, Key.Key_Down, modifiers=SHIFT)
    press(view, Key.Key_V, modifiers=CTRL)
    assert heard.entered == [(SheetEntry("wage", "oct", "42"), SheetEntry("apl", "oct", "42"))]


@pytest.mark.parametrize(
    ("text", "row", "said"),
    [
        ("1\nabc\n", "wage", "«\u00a0abc\u00a0»"),
        ("1\n2\n3\n", "wage", "replié"),
        ("1\n2\n", "food", "trop courte de 1\u00a0ligne"),
        ("1\t2\n", "wage", "plus de colonnes"),
        ("1\n2\n", "income", "se calcule"),
        ("", "wage", "aucun montant"),
    ],
)
def test_a_paste_with_one_bad_cell_is_refused_whole(view, heard, text: str, row: str, said: str) -> None:
    QApplication.clipboard().setText(text)
    view.stand_on(row, "nov")
    press(view, Key.Key_V, modifiers=CTRL)
    assert heard.entered == []
    assert said in view.sentence.sentence
    assert QApplication.clipboard().text() == text


def test_an_empty_cell_of_a_paste_leaves_what_is_there(view, heard) -> None:
    QApplication.clipboard().setText("\t5\n6\t\n")
    view.stand_on("wage", "oct")
    press(view, Key.Key_V, modifiers=CTRL)
    assert heard.entered == [(SheetEntry("wage", "nov", "5"), SheetEntry("apl", "oct", "6"))]


def test_groups_fold_and_lines_open_from_the_keyboard(view, heard) -> None:
    view.setCurrentIndex(view.sheet.index(3, 0))
    press(view, Key.Key_Return, Key.Key_Space, Key.Key_Right)
    view.setCurrentIndex(view.sheet.index(1, 0))
    press(view, Key.Key_F2)
    assert heard.told == ["housing", "housing", "housing", "open wage"]


def test_the_window_s_undo_is_the_sheet_s_while_one_stands_in_it(view, heard) -> None:
    press(view, Key.Key_Z, modifiers=CTRL)
    assert heard.told == ["undo"]


def test_the_keyboard_asks_for_the_menu_of_a_row(view) -> None:
    asked: list[str] = []
    view.menu_asked.connect(lambda key, _point: asked.append(key))
    point = view.visualRect(view.currentIndex()).center()
    from PySide6.QtGui import QContextMenuEvent

    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(0, 0), view.mapToGlobal(point))
    QApplication.sendEvent(view.viewport(), event)
    assert asked == ["wage"]


def test_an_input_method_types_the_euro(view, heard) -> None:
    event = QInputMethodEvent()
    event.setCommitString("12")
    QApplication.sendEvent(view, event)
    assert view.editing
    assert view.editor.text() == "12"
    euro = QInputMethodEvent()
    euro.setCommitString("€")
    QApplication.sendEvent(view.editor, euro)
    press(view.editor, Key.Key_Return)
    assert view.sentence.sentence
    press(view.editor, Key.Key_Backspace, Key.Key_Return)
    assert heard.entered == [(SheetEntry("wage", "nov", "12"),)]


def test_rows_read_again_keep_the_place_and_what_is_typed(view) -> None:
    view.stand_on("food", "oct")
    type_over(view, "31")
    view.show_sheet(COLUMNS, (*ROWS[:3], line("new", "Crédit", "1", "2"), *ROWS[3:]))
    assert here(view) == ("food", "oct")
    assert view.editing
    assert view.editor.text() == "31"
    assert view.editor.geometry().intersects(view.visualRect(view.currentIndex()))


def test_every_cell_speaks(view) -> None:
    table = QAccessible.queryAccessibleInterface(view)
    assert spoken_name(view) == "Budget"
    assert table.role() == QAccessible.Role.Table
    told = {table.child(n).text(QAccessible.Text.Name) for n in range(table.childCount())}
    assert {
        "Salaire, novembre 2026\u00a0: 610",
        "Alimentation, novembre 2026\u00a0: vide",
        "Logement, replié",
        "novembre 2026",
    } <= told
    press(view, Key.Key_F2)
    assert spoken_name(view.editor) == "Salaire, novembre 2026"


def test_what_was_copied_does_not_outlive_the_sheet(qtbot, dressed) -> None:
    view = SheetView("Budget", check)
    view.show_sheet(COLUMNS, ROWS)
    view.stand_on("wage", "nov")
    view.copy()
    assert sheet_clip.taken() == [["610"]]
    view.deleteLater()
    qtbot.waitUntil(lambda: not QApplication.clipboard().text())
