"""A list of 55,000 rows holds and asks for the few pages that are seen, and never mixes two lists."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt

from caseworker_app.ui_kit.row_list import Row, RowList
from caseworker_app.ui_kit.row_model import PAGE, LazyRows
from caseworker_app.ui_kit.row_table import RowTable
from caseworker_app.ui_kit.states import State
from tests.ui_kit.inspection import bring_up
from tests.ui_kit.samples import COLUMNS, cells_of

TOTAL = 55_012


@pytest.fixture
def rows(qapp) -> LazyRows:
    return LazyRows(cells_of, str, COLUMNS, ticks=True)


@pytest.fixture
def table(qtbot, dressed, rows) -> RowTable:
    made = RowTable("Ménages", rows)
    qtbot.addWidget(made)
    made.resize(1000, 500)
    return made


def answering(rows: LazyRows) -> list[int]:
    asked: list[int] = []

    def answer(generation: int, first: int, count: int) -> None:
        asked.append(first)
        rows.fill(generation, first, range(first, first + count))

    rows.page_wanted.connect(answer)
    return asked


def test_only_the_pages_that_are_seen_are_asked_for(qtbot, rows, table) -> None:
    asked = answering(rows)
    rows.start(TOTAL)
    table.show()
    qtbot.waitUntil(lambda: asked == [0])
    table.scrollToBottom()
    qtbot.waitUntil(lambda: len(asked) > 1)
    qtbot.waitUntil(lambda: rows.key_at(TOTAL - 1) == str(TOTAL - 1))
    assert len(asked) <= 3


def test_what_is_held_stays_bounded_over_a_long_scroll(rows) -> None:
    answering(rows)
    rows.start(TOTAL)
    for first in range(0, TOTAL, PAGE):
        rows.fill(rows.generation, first, range(first, min(first + PAGE, TOTAL)))
    assert sum(rows.row_at(n) is not None for n in range(0, TOTAL, PAGE)) <= 48


def test_a_short_list_given_whole_stays_whole(rows) -> None:
    rows.set_rows(range(PAGE * 100))
    assert rows.row_at(0) == 0
    assert rows.row_at(PAGE * 100 - 1) == PAGE * 100 - 1


def test_a_late_page_of_an_older_list_is_dropped(rows) -> None:
    old = rows.start(TOTAL)
    rows.start(3, [7, 8, 9])
    rows.fill(old, 0, range(100, 164))
    assert [rows.row_at(n) for n in range(3)] == [7, 8, 9]


def test_ticks_last_when_their_page_is_let_go(rows) -> None:
    rows.start(TOTAL, range(PAGE))
    rows.tick(3, ticked=True)
    for first in range(PAGE, PAGE * 60, PAGE):
        rows.fill(rows.generation, first, range(first, first + PAGE))
    assert rows.row_at(3) is None
    assert rows.ticked == {"3"}


def test_the_keyboard_ticks_moves_and_opens(qtbot, rows, table) -> None:
    rows.start(TOTAL, range(PAGE))
    opened, stood = [], []
    table.opened.connect(opened.append)
    table.stood_on.connect(stood.append)
    bring_up(qtbot, table)
    table.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_Space)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert (stood[-1], rows.ticked, opened) == ("1", {"1"}, ["1"])
    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert rows.ticked == set()


def test_a_click_on_the_first_column_ticks(qtbot, rows, table) -> None:
    rows.start(TOTAL, range(PAGE))
    table.show()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, 60))
    assert rows.ticked == {"1"}


def test_a_title_sorts_then_turns_round(rows, table) -> None:
    asked = []
    table.sort_asked.connect(lambda key, descending: asked.append((key, descending)))
    for section in (1, 1, 4, 2):
        table.title_clicked(section)
    assert asked == [("name", False), ("name", True), ("end", False)]


def test_the_box_of_the_title_ticks_all_then_none(rows, table) -> None:
    rows.start(TOTAL, range(PAGE))
    table.tick_all_asked.connect(lambda: rows.tick_keys(str(n) for n in range(TOTAL)))
    table.title_clicked(0)
    assert len(rows.ticked) == TOTAL
    table.title_clicked(0)
    assert rows.ticked == set()


def test_a_screen_reader_hears_both_lines(rows) -> None:
    rows.start(1, [4])
    assert rows.index(0, 1).data(Qt.ItemDataRole.AccessibleTextRole) == "Okonski, Maëlle, 1 adulte, 2 enfants"


def test_a_list_says_what_is_opened(qtbot, dressed) -> None:
    made, opened = RowList("Étapes", fit=True), []
    qtbot.addWidget(made)
    made.set_rows([Row("a", "Appeler", mark=State("Hier", "danger")), Row("b", "Écrire")])
    made.opened.connect(opened.append)
    bring_up(qtbot, made)
    made.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(made, Qt.Key.Key_Down)
    qtbot.keyClick(made, Qt.Key.Key_Return)
    qtbot.mouseClick(made.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(30, 20))
    assert opened == ["b", "a"]
    assert made.height() == 100
    assert made.rows.index(0, 0).data() == "Appeler, Hier"
