"""The page of a household on a real file: what it shows, what one does there, how it looks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from caseworker_app.features.dossier.domain.neighbours import ListWalk, Place
from caseworker_app.features.dossier.screens.page import DossierPage
from caseworker_app.features.goals import service as goals
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import NewHousehold, NewMember
from caseworker_app.features.team.domain import Who
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.ui_kit.changes import ChangeBroadcast
from caseworker_app.ui_kit.dress import dress
from caseworker_app.ui_kit.explain import Explain
from caseworker_app.ui_kit.page import Navigator, Route
from caseworker_app.ui_kit.tasks import Tasks
from caseworker_app.ui_kit.text import Label
from tests.ui_kit.inspection import bring_up, cut_words, nameless, unreachable

Make = Callable[..., DossierPage]


@pytest.fixture
def page(
    qtbot: Any, file: EncryptedFile, who: Who, tasks: Tasks, changes: ChangeBroadcast, navigator: Navigator
) -> Make:
    def make(
        household: str, tab: str = "", walk: ListWalk | None = None, size: tuple[int, int] = (1174, 716)
    ) -> DossierPage:
        made = DossierPage(file, who, tasks, changes, navigator, walk)
        qtbot.addWidget(made)
        made.resize(*size)
        bring_up(qtbot, made)
        made.enter(Route("dossier", household, tab=tab))
        qtbot.waitUntil(lambda: made.dossier is not None and not tasks.busy)
        return made

    return make


def test_the_overview_shows_the_household(page: Make, followed: str) -> None:
    made = page(followed)
    assert made.band.name.text() == "Mme\u00a0Solène Marchadier"
    assert made.band.follower.answer.text() == "Claire Lenoir, référent·e"
    assert made.overview.steps.rows.rows.rowCount() == 5
    assert made.overview.story.events.rows.rowCount() == len(made.dossier.thread if made.dossier else ())


def test_a_step_is_done_from_the_list_and_taken_back(
    qtbot: Any, page: Make, followed: str, navigator: Navigator, file: EncryptedFile, who: Who
) -> None:
    said: list[tuple[str, Any]] = []
    navigator.confirmed.connect(lambda words, undo: said.append((words, undo)))
    made = page(followed)
    assert made.dossier is not None
    menu = made.overview.steps.menu_of(made.dossier.to_do[0])
    menu.actions()[0].trigger()
    qtbot.waitUntil(lambda: made.overview.steps.rows.rows.rowCount() == 4)
    assert said[0][0] == "Étape faite\u00a0: Ouvrir un compte"
    said[0][1]()
    qtbot.waitUntil(lambda: made.overview.steps.rows.rows.rowCount() == 5)
    with file.reading() as connection:
        assert goals.goals_of(connection, who, followed)[0].done == 0


def test_a_change_made_elsewhere_is_shown(
    qtbot: Any, page: Make, followed: str, file: EncryptedFile, who: Who, changes: ChangeBroadcast
) -> None:
    made = page(followed)
    assert made.dossier is not None
    changes.announce(goals.complete_step(file, who, made.dossier.to_do[0].row_id))
    qtbot.waitUntil(lambda: made.overview.steps.rows.rows.rowCount() == 4)


def test_the_thread_is_narrowed_by_kind(page: Make, followed: str) -> None:
    story = page(followed).overview.story
    story.narrow("visits")
    assert story.events.rows.rowCount() == 1
    story.narrow("all")
    assert story.events.rows.rowCount() > 1


def test_a_figure_tells_how_it_was_made(page: Make, followed: str) -> None:
    made = page(followed)
    assert made.overview.explain(0) is None  # no budget: nothing to explain
    window = made.overview.explain(3)
    assert isinstance(window, Explain)
    assert "Payer le loyer chaque mois" in window.accessibleDescription()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isVisible()


def test_an_event_of_the_diary_opens_the_diary_on_it(page: Make, followed: str) -> None:
    made = page(followed)
    assert made.dossier is not None
    made.overview.event_opened.emit(f"entry:{made.dossier.entries[0].id}")
    assert made.band.tabs.current_key() == "diary"
    assert made.diary.pane.heading.text() == "Visite à domicile, 50\u00a0min"


def test_what_belongs_to_other_pages_is_asked_of_the_navigator(
    page: Make, followed: str, navigator: Navigator
) -> None:
    asked: list[Route] = []
    navigator.asked.connect(asked.append)
    made = page(followed)
    made.band.visit.click()
    made.band.print_menu().actions()[0].trigger()
    made.band.print_menu().actions()[1].trigger()
    assert made.dossier is not None
    assert asked == [
        Route("visit", followed),
        Route("document", followed, f"compte-rendu-visite:{made.dossier.last_visit_id}"),
        Route("document", followed),
    ]


def test_without_a_visit_there_is_no_report_to_print(page: Make, household: str) -> None:
    assert not page(household).band.print_menu().actions()[0].isEnabled()


def test_each_line_of_the_menu_of_prints_has_a_letter_of_its_own(page: Any, household: str) -> None:
    words = [each.text() for each in page(household).band.print_menu().actions() if not each.isSeparator()]
    letters = [each[each.index("&") + 1].casefold() for each in words]
    assert len(set(letters)) == len(letters) == 11


def test_the_next_household_of_the_list_is_a_key_away(
    page: Make, household: str, file: EncryptedFile, who: Who, navigator: Navigator
) -> None:
    other, _ = households.create_household(file, who, NewHousehold((NewMember("Zelmat"),)))
    asked: list[Route] = []
    navigator.asked.connect(asked.append)
    walk = ListWalk()
    walk.begin(household, Place(0, 2))
    made = page(household, walk=walk)
    assert made.band.place.text() == "1 sur 2"
    assert not made.band.before.isEnabled()
    made.band.after.click()
    assert asked == [Route("dossier", other, tab="overview")]


def test_the_history_is_read_when_it_is_looked_at(qtbot: Any, page: Make, followed: str) -> None:
    made = page(followed, tab="history")
    qtbot.waitUntil(lambda: made.history.rows.rows.rowCount() >= 4)


@pytest.mark.parametrize("tab", ["overview", "diary", "documents", "history"])
@pytest.mark.parametrize(("size", "scale"), [((1174, 716), 100), ((1728, 1028), 100), ((1150, 690), 150)])
def test_nothing_is_cut_nameless_or_out_of_reach(
    qapp: QApplication, page: Make, followed: str, tab: str, size: tuple[int, int], scale: int
) -> None:
    dress(qapp, "light", scale)
    try:
        made = page(followed, tab=tab, size=size)
        QApplication.processEvents()
        assert cut_words(made) == []
        assert nameless(made) == []
        assert unreachable(made) == []
    finally:
        dress(qapp, "light", 100)


def test_a_change_of_the_history_is_read_field_by_field_and_taken_back(
    qtbot: Any, page: Make, followed: str, file: EncryptedFile, who: Who, navigator: Navigator
) -> None:
    said: list[str] = []
    navigator.confirmed.connect(lambda words, _undo: said.append(words))
    made = page(followed)
    assert made.dossier is not None
    step = made.dossier.to_do[0].row_id
    goals.complete_step(file, who, step)
    made.band.tabs.choose("history")
    qtbot.waitUntil(lambda: "étape" in made.history.pane.heading.text().casefold())
    words = [label.text() for label in made.history.pane.findChildren(Label)]
    assert any("→ " in each for each in words)
    assert made.history.pane.undo.isVisible()
    made.history.pane.undo.click()
    qtbot.waitUntil(lambda: bool(said))
    assert said[0].startswith("Annulé\u00a0: ")
    with file.reading() as connection:
        assert goals.goals_of(connection, who, followed)[0].done == 0


def test_what_later_work_rests_on_says_so_instead_of_offering_to_undo(
    qtbot: Any, page: Make, followed: str
) -> None:
    made = page(followed, tab="history")
    qtbot.waitUntil(lambda: made.history.rows.rows.rowCount() >= 4)
    first = made.history.rows.rows.rowCount() - 1
    made.history.rows.setCurrentIndex(made.history.rows.rows.index(first, 0))
    qtbot.waitUntil(made.history.pane.obstacle.isVisible)
    assert not made.history.pane.undo.isVisible()
    assert made.history.pane.obstacle.accessibleName()
