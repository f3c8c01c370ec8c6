"""The list worked on by keyboard and by mouse: filters, order, saved filters, columns, selection and its uses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from caseworker_app.bootstrap.renderers import renderers
from caseworker_app.features.directory import service
from caseworker_app.features.directory.domain.columns import ColumnKey
from caseworker_app.features.directory.domain.filters import FilterKind, ListQuery, Sort
from caseworker_app.features.directory.domain.saved import MINE
from caseworker_app.features.directory.screens import bodies
from caseworker_app.features.directory.screens.page import HouseholdsPage
from caseworker_app.features.dossier.domain.neighbours import ListWalk
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import NewAddress, NewHousehold, NewMember
from caseworker_app.features.measures import service as measures
from caseworker_app.features.measures.domain.measure import NewMeasure
from caseworker_app.features.team import service as team
from caseworker_app.features.team.domain import Role, Who
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.ui_kit import saving
from caseworker_app.ui_kit.changes import ChangeBroadcast
from caseworker_app.ui_kit.dress import dress
from caseworker_app.ui_kit.page import Navigator, Route
from caseworker_app.ui_kit.tasks import Tasks
from tests.ui_kit.inspection import bring_up, cut_words, nameless, spoken_name, unreachable

Make = Callable[..., HouseholdsPage]
NAMES = ("Abelin", "Bardo", "Cadet", "Delmas", "Ebrard", "Fabre")
TOWNS = ("Roubaix", "Lille", "Roubaix", "Hem", "Lille", "Roubaix")


@pytest.fixture
def six(file: EncryptedFile, who: Who) -> list[str]:
    """Six households, the first three followed; the last is protected."""
    with file.unit_of_work(who.worker_id, "create_household") as uow:
        ids = households.add_households(
            uow,
            [
                NewHousehold((NewMember(name, "Ana"),), (NewAddress(city=town),), protected=name == "Fabre")
                for name, town in zip(NAMES, TOWNS, strict=True)
            ],
        )
        ends = (date(2026, 12, 1), date(2027, 6, 1), date(2026, 11, 1))
        for household_id, end in zip(ids[:3], ends, strict=True):
            measures.open_measures(uow, [NewMeasure(household_id, "asll", date(2026, 11, 1), end)])
    return ids


@pytest.fixture
def page(
    qtbot: Any, file: EncryptedFile, who: Who, tasks: Tasks, changes: ChangeBroadcast, navigator: Navigator
) -> Make:
    def make(size: tuple[int, int] = (1174, 716), walk: ListWalk | None = None) -> HouseholdsPage:
        made = HouseholdsPage(file, who, tasks, changes, navigator, walk, renderers=renderers)
        qtbot.addWidget(made)
        made.resize(*size)
        bring_up(qtbot, made)
        made.enter(Route("households"))
        qtbot.waitUntil(lambda: made._bodies.currentIndex() != bodies.WAITING and not tasks.busy)
        return made

    return make


def names(made: HouseholdsPage) -> list[str]:
    held = [made.rows.row_at(number) for number in range(made.rows.rowCount())]
    return [row.title.partition(",")[0] for row in held if row is not None]


def shows(qtbot: Any, made: HouseholdsPage, *expected: str) -> None:
    qtbot.waitUntil(lambda: names(made) == list(expected))


def press(
    widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    QTest.keyClick(widget, key, modifier)


def ticked(made: HouseholdsPage, ids: list[str]) -> list[str]:
    return [name for name, key in zip(NAMES, ids, strict=True) if key in made.rows.ticked]


def test_a_filter_is_added_and_taken_away_by_keyboard(qtbot: Any, page: Make, six: list[str]) -> None:
    made = page()
    made.chips.adding.setFocus()
    press(made.chips.adding, Qt.Key.Key_Space)
    assert made.chips.menu.isVisible()
    offered = [action.text() for action in made.chips.menu.actions()]
    assert offered[:3] == ["Référent", "Mesure", "Fin de mesure"]
    assert "Équipe" not in offered
    press(made.chips.menu, Qt.Key.Key_Down)
    for _ in range(offered.index("Commune") - 1):
        press(made.chips.menu, Qt.Key.Key_Down)
    press(made.chips.menu, Qt.Key.Key_Return)
    popup = made.chips.popup
    assert popup.isVisible()
    assert [popup.boxes.item(row).text() for row in range(popup.boxes.count())] == ["Hem", "Lille", "Roubaix"]
    press(popup.boxes, Qt.Key.Key_Down)
    press(popup.boxes, Qt.Key.Key_Space)
    shows(qtbot, made, "Bardo", "Ebrard")
    press(popup.boxes, Qt.Key.Key_Up)
    press(popup.boxes, Qt.Key.Key_Space)
    shows(qtbot, made, "Bardo", "Delmas", "Ebrard")
    assert made.count.text() == "3 sur 6"
    press(popup, Qt.Key.Key_Escape)
    assert not popup.isVisible()
    chip = made.chips.chips[FilterKind.TOWN]
    assert spoken_name(chip) == "Filtre Commune\u00a0: Hem, Lille"
    assert chip.hasFocus()
    press(chip, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: made.rows.rowCount() == 6)
    assert made.chips.chips == {}
    assert made.chips.adding.hasFocus()


def test_a_protected_household_is_found_by_no_town(qtbot: Any, page: Make, six: list[str]) -> None:
    made = page()
    made.show_query(ListQuery().narrowed(FilterKind.TOWN, ["roubaix"]))
    shows(qtbot, made, "Abelin", "Cadet")
    made.chips.edit(FilterKind.TOWN)
    assert made.chips.popup.remark.isVisible()
    made.chips.popup.close()


def test_filters_and_words_go_together(qtbot: Any, page: Make, six: list[str]) -> None:
    made = page()
    made.show_query(ListQuery().narrowed(FilterKind.FOLLOWED, ["yes"]))
    shows(qtbot, made, "Abelin", "Bardo", "Cadet")
    made.search.setText("ana")
    qtbot.waitUntil(lambda: made.count.text() == "3\u00a0trouvés sur 6")
    made.search.setText("delmas")
    qtbot.waitUntil(lambda: made._bodies.currentIndex() == bodies.NOTHING)
    assert made.nothing.button is not None
    made.nothing.button.click()
    qtbot.waitUntil(lambda: made.rows.rowCount() == 6)
    assert (made.search.text(), made.query) == ("", ListQuery())


class Paints(QObject):
    """Counts how often some widgets are painted and laid out."""

    def __init__(self, *watched: QWidget) -> None:
        super().__init__()
        self.painted, self.laid_out = dict.fromkeys(watched, 0), dict.fromkeys(watched, 0)
        for widget in watched:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's own name)
        if isinstance(watched, QWidget) and event.type() == QEvent.Type.Paint:
            self.painted[watched] += 1
        if isinstance(watched, QWidget) and event.type() == QEvent.Type.LayoutRequest:
            self.laid_out[watched] += 1
        return False


def test_what_a_letter_finds_is_painted_once_and_lays_nothing_out_again(
    qtbot: Any, page: Make, six: list[str]
) -> None:
    made = page()
    made.search.setText("a")
    qtbot.waitUntil(lambda: made._shown is not None and made._shown.words == "a")
    qtbot.waitUntil(lambda: made.preview.household == made._current_key() and not made._tasks.busy)
    QApplication.processEvents()
    rows, titles = made.table.viewport(), made.table.horizontalHeader().viewport()
    paints = Paints(rows, titles, made.chips)
    made.search.setText("ab")
    qtbot.waitUntil(lambda: names(made)[:1] == ["Abelin"] and paints.painted[rows] > 0)
    for _ in range(3):
        QApplication.processEvents()
    assert paints.painted == {rows: 1, titles: 1, made.chips: 0}
    assert paints.laid_out[made.chips] == 0


def test_the_cross_of_a_chip_takes_it_away_and_the_rest_changes_it(
    qtbot: Any, page: Make, six: list[str]
) -> None:
    made = page()
    made.show_query(ListQuery().narrowed(FilterKind.FOLLOWED, ["yes"]).narrowed(FilterKind.TOWN, ["lille"]))
    shows(qtbot, made, "Bardo")
    chip = made.chips.chips[FilterKind.TOWN]
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(12, chip.height() // 2))
    assert made.chips.popup.isVisible()
    made.chips.popup.close()
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(chip.width() - 12, chip.height() // 2))
    shows(qtbot, made, "Abelin", "Bardo", "Cadet")
    made.chips.clearing.click()
    qtbot.waitUntil(lambda: made.rows.rowCount() == 6)


def test_a_title_sorts_and_the_menu_does_the_same_by_keyboard(qtbot: Any, page: Make, six: list[str]) -> None:
    made = page()
    made.table.title_clicked(4)
    shows(qtbot, made, "Cadet", "Abelin", "Bardo", "Delmas", "Ebrard", "Fabre")
    assert made.chips.sorting.text() == "Tri\u00a0: Fin de mesure"
    made.table.title_clicked(4)
    shows(qtbot, made, "Bardo", "Abelin", "Cadet", "Delmas", "Ebrard", "Fabre")
    assert made.chips.sorting.text() == "Tri\u00a0: Fin de mesure (inverse)"
    press(made.chips.sorting, Qt.Key.Key_Space)
    press(made.chips.sort_menu, Qt.Key.Key_Return)
    shows(qtbot, made, *NAMES)
    assert made.table.sort_key == "name"


def test_what_is_found_comes_by_likeness_until_it_is_sorted(qtbot: Any, page: Make, six: list[str]) -> None:
    made = page()
    made.show_query(ListQuery(sort=Sort(ColumnKey.NAME, descending=True)))
    shows(qtbot, made, *reversed(NAMES))
    made.search.setText("ana")
    qtbot.waitUntil(lambda: made.count.text() == "6\u00a0trouvés sur 6")
    assert made.chips.sorting.text() == "Tri\u00a0: par ressemblance"
    made.table.title_clicked(1)
    shows(qtbot, made, *NAMES)
    made.search.clear()
    shows(qtbot, made, *reversed(NAMES))


def test_what_is_opened_goes_on_in_the_order_shown(
    qtbot: Any, page: Make, six: list[str], navigator: Navigator
) -> None:
    walk = ListWalk()
    asked: list[Route] = []
    navigator.asked.connect(asked.append)
    made = page(walk=walk)
    made.show_query(
        ListQuery(sort=Sort(ColumnKey.NAME, descending=True)).narrowed(FilterKind.FOLLOWED, ["yes"])
    )
    shows(qtbot, made, "Cadet", "Bardo", "Abelin")
    made.table.setFocus()
    press(made.table, Qt.Key.Key_Down)
    press(made.table, Qt.Key.Key_Return)
    assert asked == [Route("dossier", six[1])]
    assert walk.found == (six[2], six[1], six[0])


def test_a_filter_is_saved_shown_renamed_and_deleted_with_its_undo(
    qtbot: Any, page: Make, six: list[str], navigator: Navigator
) -> None:
    said: list[tuple[str, Any]] = []
    navigator.confirmed.connect(lambda words, undo: said.append((words, undo)))
    made = page()
    saved = made.header.saved
    assert not saved.saving.isVisible()
    made.show_query(ListQuery().narrowed(FilterKind.TOWN, ["roubaix"]))
    shows(qtbot, made, "Abelin", "Cadet")
    saved.saving.click()
    made.desk.naming.entry.setText("Tous")
    made.desk.naming.confirm.click()
    qtbot.waitUntil(lambda: bool(made.desk.naming.field.sentence))
    made.desk.naming.entry.setText("Roubaix")
    made.desk.naming.confirm.click()
    qtbot.waitUntil(lambda: len(saved.desk.saved) == 1)
    qtbot.waitUntil(lambda: saved.tabs.tabData(3) == 2)
    assert [saved.tabs.tabText(n) for n in range(4)] == ["Tous", "Mes ménages", "Suivis", "Roubaix"]
    assert saved.tabs.accessibleTabName(3) == "Roubaix, 2"
    assert not saved.saving.isVisible()
    saved.tabs.choose("all")
    qtbot.waitUntil(lambda: made.rows.rowCount() == 6)
    saved.tabs.choose(saved.desk.saved[0].id)
    shows(qtbot, made, "Abelin", "Cadet")
    saved.rename_asked.emit()
    assert made.desk.naming.entry.text() == "Roubaix"
    made.desk.naming.entry.setText("Nord")
    made.desk.naming.confirm.click()
    qtbot.waitUntil(lambda: saved.tabs.tabText(3) == "Nord")
    saved.delete_asked.emit()
    qtbot.waitUntil(lambda: saved.tabs.count() == 3)
    qtbot.waitUntil(lambda: made.rows.rowCount() == 6)
    assert said[-1][0] == "Filtre «\u00a0Nord\u00a0» supprimé"
    said[-1][1]()
    qtbot.waitUntil(lambda: saved.tabs.count() == 4)


def test_the_page_opens_on_the_filter_and_the_columns_one_chose(
    qtbot: Any, page: Make, file: EncryptedFile, who: Who, six: list[str]
) -> None:
    service.open_on(file, who, MINE)
    service.choose_columns(file, who, (ColumnKey.NAME, ColumnKey.REFERENCE, ColumnKey.WORKER))
    made = page()
    shows(qtbot, made, "Abelin", "Bardo", "Cadet")
    assert made.header.saved.tabs.current_key() == MINE
    assert [column.title for column in made.rows.columns] == ["", "Ménage", "Référence", "Référent"]


def test_the_menu_of_filters_lets_one_choose_the_opening_one(
    qtbot: Any, page: Make, file: EncryptedFile, who: Who, six: list[str]
) -> None:
    made = page()
    made.header.saved.tabs.choose(MINE)
    shows(qtbot, made, "Abelin", "Bardo", "Cadet")
    made.header.saved.open_menu()
    menu = made.header.saved.menu
    opening = next(a for a in menu.actions() if a.text() == "Ouvrir la page sur ce filtre")
    opening.trigger()
    menu.close()
    qtbot.waitUntil(lambda: made.header.saved.desk.opening == MINE)
    with file.reading() as connection:
        assert service.list_desk(connection, who).opening == MINE


def test_columns_are_chosen_and_moved_by_keyboard(
    qtbot: Any, page: Make, file: EncryptedFile, who: Who, six: list[str]
) -> None:
    made = page()
    made._bodies.columns.click()
    dialog = made.columns
    boxes = dialog.boxes
    texts = [boxes.item(row).text() for row in range(boxes.count())]
    assert "Ménage" not in texts
    boxes.setCurrentRow(texts.index("Référence"))
    press(boxes, Qt.Key.Key_Space)
    for _ in range(texts.index("Référence")):
        press(boxes, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    dialog.confirm.click()
    qtbot.waitUntil(lambda: made.rows.keys[1] is ColumnKey.REFERENCE)
    qtbot.waitUntil(lambda: made.rows.row_at(0) is not None)
    assert made.rows.data(made.rows.index(0, 2)).startswith("2026-")
    with file.reading() as connection:
        assert service.list_desk(connection, who).columns[:3] == (
            ColumnKey.NAME, ColumnKey.REFERENCE, ColumnKey.TOWN,
        )  # fmt: skip


def test_rows_are_ticked_with_space_shift_and_all_of_them_but_the_protected(
    qtbot: Any, page: Make, six: list[str]
) -> None:
    made = page()
    table = made.table
    table.setFocus()
    shift = Qt.KeyboardModifier.ShiftModifier
    before = table.mapTo(made, QPoint(0, 0))
    press(table, Qt.Key.Key_Space)
    assert ticked(made, six) == ["Abelin"]
    qtbot.waitUntil(lambda: made.selection.isVisible() and made.selection.height() > 0)
    assert table.mapTo(made, QPoint(0, 0)) == before
    assert made.selection.count.text() == "1\u00a0ménage sélectionné"
    press(table, Qt.Key.Key_Down, shift)
    press(table, Qt.Key.Key_Down, shift)
    assert ticked(made, six) == ["Abelin", "Bardo", "Cadet"]
    press(table, Qt.Key.Key_Up, shift)
    assert ticked(made, six) == ["Abelin", "Bardo"]
    press(table, Qt.Key.Key_End, shift)
    qtbot.waitUntil(lambda: ticked(made, six) == ["Abelin", "Bardo", "Cadet", "Delmas", "Ebrard"])
    press(table, Qt.Key.Key_Escape)
    assert not made.rows.ticked
    assert not made.selection.isVisible()
    press(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(made.rows.ticked) == 5)
    assert made.selection.count.text() == (
        "5\u00a0ménages sélectionnés, 1\u00a0ménage protégé ou limité laissé de côté"
    )
    assert not made.selection.all.isVisible()


def test_a_protected_household_has_no_box_and_says_why(
    qtbot: Any, page: Make, six: list[str], navigator: Navigator
) -> None:
    said: list[str] = []
    navigator.confirmed.connect(lambda words, _undo: said.append(words))
    made = page()
    made._stand_on(5)
    made.table.setFocus()
    press(made.table, Qt.Key.Key_Space)
    assert not made.rows.ticked
    assert said
    assert "protégé" in said[0]
    assert not made.table.can_tick(5)
    assert made.rows.data(made.rows.index(5, 0), Qt.ItemDataRole.AccessibleTextRole) == "Fabre, Ana, protégé"


def test_all_of_a_long_list_is_selected_though_most_of_it_was_never_read(
    qtbot: Any, page: Make, file: EncryptedFile, who: Who
) -> None:
    with file.unit_of_work(who.worker_id, "create_household") as uow:
        households.add_households(
            uow,
            [NewHousehold((NewMember(f"Kowal{chr(97 + n // 26)}{chr(97 + n % 26)}"),)) for n in range(300)],
        )
    made = page()
    made.table.setFocus()
    press(made.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(made.rows.ticked) == 300)
    assert made.rows.row_at(250) is None
    assert made.selection.count.text() == "300\u00a0ménages sélectionnés"


def test_a_click_with_shift_takes_everything_in_between(qtbot: Any, page: Make, six: list[str]) -> None:
    made = page()
    made._stand_on(1)
    rect = made.table.visualRect(made.rows.index(4, 1))
    spot = QPointF(rect.center())
    for kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease):
        event = QMouseEvent(
            kind, spot, made.table.viewport().mapToGlobal(spot), Qt.MouseButton.LeftButton,
            Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier,
        )  # fmt: skip
        QApplication.sendEvent(made.table.viewport(), event)
    qtbot.waitUntil(lambda: ticked(made, six) == ["Bardo", "Cadet", "Delmas", "Ebrard"])


def test_what_is_selected_stays_when_the_list_changes_and_says_what_is_out_of_sight(
    qtbot: Any, page: Make, six: list[str]
) -> None:
    made = page()
    for row in (0, 4):
        made.rows.tick(row, True)
    made.show_query(ListQuery().narrowed(FilterKind.FOLLOWED, ["yes"]))
    shows(qtbot, made, "Abelin", "Bardo", "Cadet")
    assert made.selection.count.text() == "2\u00a0ménages sélectionnés, dont 1 hors de cette liste"
    made.selection.all.click()
    qtbot.waitUntil(lambda: len(made.rows.ticked) == 4)
    assert made.selecting.selected() == (*six[:3], six[4])


def test_a_selection_is_assigned_and_given_back(
    qtbot: Any, page: Make, file: EncryptedFile, who: Who, six: list[str], navigator: Navigator
) -> None:
    other, _ = team.add_worker(file, who, "Élie Aubry", Role.CASEWORKER)
    said: list[tuple[str, Any]] = []
    navigator.confirmed.connect(lambda words, undo: said.append((words, undo)))
    made = page()
    made.show_columns((*made.rows.keys, ColumnKey.WORKER))
    for row in (0, 1, 3):
        qtbot.waitUntil(lambda r=row: made.rows.row_at(r) is not None)
        made.rows.tick(row, True)
    made.selection.assigning.click()
    dialog = made.work.assigning
    qtbot.waitUntil(dialog.isVisible)
    dialog.confirm.click()
    assert dialog.field.sentence
    dialog.worker.choose(other)
    dialog.confirm.click()
    qtbot.waitUntil(lambda: not dialog.isVisible())
    qtbot.waitUntil(lambda: made.rows.row_at(0) is not None and made.rows.row_at(0).worker == "Élie Aubry")
    assert said[-1][0] == "2\u00a0ménages affectés à Élie Aubry, 1 sans mesure en cours"
    said[-1][1]()
    qtbot.waitUntil(lambda: made.rows.row_at(0) is not None and made.rows.row_at(0).worker == "Claire Lenoir")


@pytest.mark.slow
def test_a_selection_is_exported_and_printed_in_the_background(
    qtbot: Any, page: Make, six: list[str], navigator: Navigator, tasks: Tasks, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    said: list[str] = []
    navigator.confirmed.connect(lambda words, _undo: said.append(words))
    faults: list[object] = []
    tasks.crashed.connect(faults.append)
    made = page()
    for row in (0, 1):
        made.rows.tick(row, True)
    for suffix, button, dialog in (
        (".xlsx", made.selection.exporting, made.work.exporting),
        (".pdf", made.selection.printing, made.work.printing),
    ):
        place = tmp_path / f"selection{suffix}"
        # The only thing replaced is the system's own dialog.
        monkeypatch.setattr(saving.QFileDialog, "getSaveFileName", lambda *_, chosen=place: (str(chosen), ""))
        button.click()
        qtbot.waitUntil(dialog.isVisible)
        dialog.confirm.click()
        qtbot.waitUntil(lambda p=place: p.is_file() or bool(faults))
        qtbot.waitUntil(lambda: not tasks.busy)
    assert faults == []
    assert said == ["2\u00a0ménages exportés", "2\u00a0dossiers écrits dans «\u00a0selection.pdf\u00a0»"]


def test_the_preview_says_whom_it_reads_and_can_be_closed(qtbot: Any, page: Make, six: list[str]) -> None:
    made = page()
    qtbot.waitUntil(lambda: made.preview.household == six[0])
    made._stand_on(2)
    made._preview._due.stop()
    made._preview._ask()
    assert (made.preview.name.text(), made.preview.wait.isVisible()) == ("Cadet, Ana", True)
    qtbot.waitUntil(lambda: made.preview.household == six[2])
    assert not made.preview.wait.isVisible()
    made.preview.close_button.click()
    assert not made.preview.isVisible()
    made._bodies.show_preview.click()
    qtbot.waitUntil(lambda: made.preview.isVisible() and made.preview.household == six[2])


def test_a_list_that_cannot_be_read_says_so_and_offers_to_try_again(
    qtbot: Any, page: Make, file: EncryptedFile, six: list[str]
) -> None:
    made = page()
    file.close()
    made.read_again()
    qtbot.waitUntil(lambda: made._bodies.currentIndex() == bodies.REFUSED)
    assert made._bodies.why.text()
    assert made._bodies.refused.button is not None
    made._bodies.why.setText("")
    made._bodies.refused.button.click()
    qtbot.waitUntil(lambda: bool(made._bodies.why.text()))


def test_screen_readers_are_told_what_the_table_is(page: Make, six: list[str]) -> None:
    made = page()
    interface = QAccessible.queryAccessibleInterface(made.table)
    assert interface is not None
    assert interface.role() == QAccessible.Role.Table
    assert interface.text(QAccessible.Text.Name) == "Ménages"
    model = made.rows
    assert model.data(model.index(0, 0), Qt.ItemDataRole.AccessibleTextRole) == "Abelin, Ana, non sélectionné"
    model.tick(0, True)
    assert model.data(model.index(0, 0), Qt.ItemDataRole.AccessibleTextRole) == "Abelin, Ana, sélectionné"
    role = Qt.ItemDataRole.AccessibleTextRole
    assert model.headerData(0, Qt.Orientation.Horizontal, role) == "Sélection"


@pytest.mark.parametrize(("size", "scale"), [((1174, 716), 100), ((1728, 1028), 100), ((1078, 690), 150)])
def test_nothing_is_cut_nameless_or_out_of_reach_in_any_state(
    qapp: QApplication, qtbot: Any, page: Make, six: list[str], size: tuple[int, int], scale: int
) -> None:
    dress(qapp, "light", scale)
    try:
        made = page(size)
        query = (
            ListQuery()
            .narrowed(FilterKind.FOLLOWED, ["yes"])
            .narrowed(FilterKind.ALERT, ["ending", "overdue"])
        )
        made.show_query(query)
        shows(qtbot, made, "Abelin", "Cadet")
        made.rows.tick(0, True)
        made.rows.tick(1, True)
        work = made.work
        work.printing.ask(2)
        work.exporting.ask(2, tuple(ColumnKey))
        work.assigning.ask(2, [])
        made.desk.naming.ask("Enregistrer ce filtre")
        made.columns.ask(tuple(ColumnKey))
        made.chips.edit(FilterKind.ALERT)
        QApplication.processEvents()
        roots = (
            made, work.printing, work.exporting, work.assigning, made.desk.naming, made.columns, made.chips.popup,
        )  # fmt: skip
        for root in roots:
            assert cut_words(root) == []
            assert nameless(root) == []
            assert unreachable(root) == []
        made.chips.popup.close()
        made._bodies.refuse("Le fichier chiffré ne répond plus\u00a0: fermez Passerelle, puis rouvrez-la.")
        assert cut_words(made) == []
    finally:
        dress(qapp, "light", 100)
