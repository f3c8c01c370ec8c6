"""The page « Ménages » on a real file: listed, searched, walked through, added to, empty."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from caseworker_app.features.directory import service
from caseworker_app.features.directory.domain import HouseholdForm
from caseworker_app.features.directory.screens.page import HouseholdsPage
from caseworker_app.features.dossier.domain.neighbours import ListWalk, Place
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import NewHousehold, NewMember
from caseworker_app.features.team.domain import Who
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.ui_kit.changes import ChangeBroadcast
from caseworker_app.ui_kit.dress import dress
from caseworker_app.ui_kit.page import Navigator, Route
from caseworker_app.ui_kit.tasks import Tasks
from tests.ui_kit.inspection import bring_up, cut_words, nameless, unreachable

Make = Callable[..., HouseholdsPage]


@pytest.fixture
def page(
    qtbot: Any, file: EncryptedFile, who: Who, tasks: Tasks, changes: ChangeBroadcast, navigator: Navigator
) -> Make:
    def make(size: tuple[int, int] = (1174, 716), walk: ListWalk | None = None) -> HouseholdsPage:
        made = HouseholdsPage(file, who, tasks, changes, navigator, walk)
        qtbot.addWidget(made)
        made.resize(*size)
        bring_up(qtbot, made)
        made.enter(Route("households"))
        qtbot.waitUntil(lambda: made._bodies.currentIndex() != 0 and not tasks.busy)
        return made

    return make


def fill(file: EncryptedFile, who: Who, count: int) -> None:
    names = [f"Kowal{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(count)]
    with file.unit_of_work(who.worker_id, "create_household") as uow:
        households.add_households(uow, [NewHousehold((NewMember(name, "Ana"),)) for name in names])


def type_text(entry: QWidget, text: str) -> None:
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(entry, event)


def titles(page: HouseholdsPage) -> list[str]:
    held = [page.rows.row_at(i) for i in range(page.rows.rowCount())]
    return [row.title for row in held if row is not None]


def test_an_empty_file_offers_both_ways_to_begin(page: Make, navigator: Navigator) -> None:
    asked: list[Route] = []
    navigator.asked.connect(asked.append)
    made = page()
    assert made.nobody.isVisible()
    assert not made.adding.isVisible()
    made.import_first.click()
    assert asked == [Route("import")]
    assert made.nobody.button is not None
    made.nobody.button.click()
    assert made.dialog.isVisible()


def test_the_list_fetches_what_is_looked_at(qtbot: Any, page: Make, file: EncryptedFile, who: Who) -> None:
    fill(file, who, 300)
    made = page()
    assert made.count.text() == "300"
    assert made.rows.rowCount() == 300
    assert made.rows.row_at(299) is None
    made.table.scrollToBottom()
    qtbot.waitUntil(lambda: made.rows.row_at(299) is not None)
    assert made.rows.row_at(299).title == "Kowalln, Ana"
    assert made.foot.text().endswith("à 300 sur 300")


def test_typing_finds_and_clearing_comes_back(qtbot: Any, page: Make, file: EncryptedFile, who: Who) -> None:
    fill(file, who, 30)
    service.add_from_form(file, who, HouseholdForm("Lefèvre", "Gaël"))
    made = page()
    type_text(made.search, "gaë")
    qtbot.waitUntil(lambda: titles(made) == ["Lefèvre, Gaël"])
    assert made.count.text() == "1\u00a0trouvé sur 31"
    QTest.keyClick(made.search, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: made.rows.rowCount() == 31)


def test_only_the_last_thing_typed_is_answered(qtbot: Any, page: Make, file: EncryptedFile, who: Who) -> None:
    fill(file, who, 30)
    made = page()
    seen: list[int] = []
    made.rows.modelReset.connect(lambda: seen.append(made.rows.rowCount()))
    for typed in ("k", "ko", "kow", "kowalad"):
        made.search.setText(typed)
    qtbot.waitUntil(lambda: titles(made) == ["Kowalad, Ana"])
    assert len(seen) <= 2


def test_nothing_found_says_so_and_offers_the_way_back(qtbot: Any, page: Make, household: str) -> None:
    made = page()
    type_text(made.search, "introuvable")
    qtbot.waitUntil(made.nothing.isVisible)
    assert made.nothing.button is not None
    made.nothing.button.click()
    qtbot.waitUntil(made.table.isVisible)


def test_one_walks_from_the_search_and_opens_with_enter(
    qtbot: Any, page: Make, file: EncryptedFile, who: Who, navigator: Navigator
) -> None:
    fill(file, who, 5)
    asked: list[Route] = []
    navigator.asked.connect(asked.append)
    walk = ListWalk()
    made = page(walk=walk)
    QTest.keyClick(made.search, Qt.Key.Key_Down)
    QTest.keyClick(made.search, Qt.Key.Key_Down)
    QTest.keyClick(made.search, Qt.Key.Key_Return)
    third = made.rows.key_at(2)
    assert asked == [Route("dossier", third)]
    assert walk.place_of(third) == Place(2, 5)


def test_typing_on_the_list_searches(qtbot: Any, page: Make, household: str) -> None:
    made = page()
    made.table.setFocus()
    QTest.keyClick(made.table, Qt.Key.Key_M)
    assert made.search.text() == "m"
    assert made.search.hasFocus()


def test_the_preview_follows_the_row(qtbot: Any, page: Make, household: str, navigator: Navigator) -> None:
    asked: list[Route] = []
    navigator.asked.connect(asked.append)
    made = page()
    qtbot.waitUntil(lambda: made.preview.name.text() == "Mme\u00a0Solène Marchadier")
    made.preview.open.click()
    made.preview.visit.click()
    assert asked == [Route("dossier", household), Route("visit", household)]


def test_a_change_keeps_ones_place(
    qtbot: Any, page: Make, file: EncryptedFile, who: Who, changes: ChangeBroadcast
) -> None:
    fill(file, who, 300)
    made = page()
    made._stand_on(200)
    qtbot.waitUntil(lambda: made.rows.row_at(200) is not None)
    top = made.table.verticalScrollBar().value()
    _, told = service.add_from_form(file, who, HouseholdForm("Zelmat"))
    changes.announce(told)
    qtbot.waitUntil(lambda: made.rows.rowCount() == 301)
    assert made.table.currentIndex().row() == 200
    assert made.table.verticalScrollBar().value() == top


def test_a_long_error_in_a_row_of_the_new_household_moves_none_of_its_neighbours(
    qtbot: Any, page: Make
) -> None:
    made = page()
    made.add_household()
    dialog = made.dialog
    places = [field.mapTo(dialog, QPoint(0, 0)).y() for field in (dialog.civility, dialog.first_name)]
    dialog.refuse(InvalidEntry("Ce texte est trop long\u00a0: 120\u00a0caractères au plus.", "last_name"))
    QApplication.processEvents()
    shown = [field.mapTo(dialog, QPoint(0, 0)).y() for field in (dialog.civility, dialog.first_name)]
    assert shown == places
    assert shown[1] == dialog.last_name.mapTo(dialog, QPoint(0, 0)).y()


def test_a_household_is_created_from_the_short_form(
    qtbot: Any, page: Make, file: EncryptedFile, who: Who, navigator: Navigator
) -> None:
    asked: list[Route] = []
    said: list[Any] = []
    navigator.asked.connect(asked.append)
    navigator.confirmed.connect(lambda words, undo: said.append(undo))
    made = page()
    made.add_household()
    for name, text in (
        ("last_name", "Lefèvre"),
        ("first_name", "Gaël"),
        ("birth_date", "31/02/1979"),
        ("phone", "06 39 98 22 10"),
    ):
        type_text(made.dialog.entries[name], text)
    made.dialog.save.click()
    qtbot.waitUntil(lambda: bool(made.dialog.birth_date.sentence))
    assert made.dialog.entries["last_name"].text() == "Lefèvre"
    made.dialog.entries["birth_date"].setText("14/03/1979")
    made.dialog.save.click()
    qtbot.waitUntil(lambda: bool(asked))
    with file.reading() as connection:
        people = households.open_household(connection, who, asked[0].household)
    assert people.household.name == "Gaël Lefèvre"
    assert people.contacts[0].value == "+33639982210"
    assert not made.dialog.isVisible()
    assert made.dialog.entries["last_name"].text() == ""
    said[0]()
    qtbot.waitUntil(lambda: asked[-1] == Route("households"))
    with file.reading() as connection:
        assert service.count_listed(connection, who) == 0


def test_what_was_typed_in_the_form_stays_when_it_is_closed(page: Make) -> None:
    made = page()
    made.add_household()
    type_text(made.dialog.entries["last_name"], "Lefèvre")
    made.dialog.reject()
    made.add_household()
    assert made.dialog.form.last_name == "Lefèvre"


@pytest.mark.parametrize(("size", "scale"), [((1174, 716), 100), ((1728, 1028), 100), ((1150, 690), 150)])
@pytest.mark.parametrize("empty", [True, False])
def test_nothing_is_cut_nameless_or_out_of_reach(
    qapp: QApplication,
    qtbot: Any,
    page: Make,
    file: EncryptedFile,
    who: Who,
    size: tuple[int, int],
    scale: int,
    empty: bool,
) -> None:
    if not empty:
        fill(file, who, 40)
    dress(qapp, "light", scale)
    try:
        made = page(size)
        if not empty and made.preview.isVisible():
            qtbot.waitUntil(lambda: bool(made.preview.name.text()))
        made.add_household()
        QApplication.processEvents()
        for root in (made, made.dialog):
            assert cut_words(root) == []
            assert nameless(root) == []
            assert unreachable(root) == []
    finally:
        dress(qapp, "light", 100)
