"""The window: finds its way and back, keeps drafts, searches, locks, tells, and closes without losing
work.
"""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QVBoxLayout

from caseworker_app.shell.catalogue import KEYS, SCREENS
from caseworker_app.shell.dialogs import StillWorking
from caseworker_app.shell.main_window import MainWindow
from caseworker_app.shell.navigation import Navigation
from caseworker_app.ui_kit.entries import Entry
from caseworker_app.ui_kit.page import Navigator, Page, Route
from caseworker_app.ui_kit.tasks import Tasks
from caseworker_app.ui_kit.theme import theme
from tests.ui_kit import samples
from tests.ui_kit.inspection import bring_up, cut_words, nameless, unreachable


class NotedPage(Page):
    """A page that notes what happens to it."""

    def __init__(self) -> None:
        super().__init__()
        self.entered: list[Route] = []
        self.left = 0
        self.entry = Entry("Écrire ici")
        self.entry.setAccessibleName("Texte")
        QVBoxLayout(self).addWidget(self.entry)

    def enter(self, route: Route) -> None:
        self.entered.append(route)

    def leave(self) -> None:
        self.left += 1

    def focus_first(self) -> None:
        self.entry.setFocus()


@pytest.fixture
def built() -> list[NotedPage]:
    return []


@pytest.fixture
def window(qtbot, dressed, tasks: Tasks, built: list[NotedPage]) -> MainWindow:
    def build() -> NotedPage:
        built.append(NotedPage())
        return built[-1]

    pages = dict.fromkeys([page for screen in SCREENS for page in screen.pages], build)
    made = MainWindow("Claire Lenoir", pages, tasks, Navigator())
    qtbot.addWidget(made)
    bring_up(qtbot, made)
    made.navigator.open("households")
    return made


def test_the_title_never_names_anyone(window) -> None:
    window.navigator.open("dossier", household="a")
    assert window.windowTitle() == "Passerelle"


def test_every_entry_of_the_navigation_leads_somewhere(qtbot, window) -> None:
    views = (window.navigation.list, window.navigation.foot)
    models = [view.model() for view in views]
    shown = [model.index(i, 0).data() for model in models for i in range(model.rowCount())]
    assert shown == [screen.title for screen in sorted(SCREENS, key=lambda screen: screen.foot)]
    for screen in SCREENS:
        window.navigation.chosen.emit(screen.key)
        assert window.navigator.here == Route(screen.pages[0])


def test_a_page_is_built_once_and_filled_for_each_household(window, built) -> None:
    window.navigator.open("dossier", household="a")
    window.navigator.open("households")
    window.navigator.open("dossier", household="b")
    assert len(built) == 2
    assert [route.household for route in built[1].entered] == ["a", "b"]


def test_leaving_a_page_lets_it_keep_its_draft(window, built) -> None:
    window.navigator.open("visit", household="a")
    before = built[1].left
    window.navigator.open("households")
    assert built[1].left == before + 1


def test_one_goes_back_the_way_one_came(qtbot, window) -> None:
    window.navigator.open("dossier", household="a")
    window.navigator.open("visit", household="a")
    qtbot.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert window.navigator.here == Route("dossier", "a")
    window.navigator.back()
    assert window.navigator.here == Route("households")
    window.navigator.back()
    assert window.navigator.here == Route("households")


def test_the_lock_keeps_the_draft_first(qtbot, window, built) -> None:
    left = built[0].left
    with qtbot.waitSignal(window.lock_asked):
        qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert built[0].left == left + 1


def test_f5_reads_the_same_place_again(qtbot, window, built) -> None:
    window.navigator.open("dossier", household="a")
    qtbot.keyClick(window, Qt.Key.Key_F5)
    assert [route.household for route in built[1].entered] == ["a", "a"]


def test_settings_stand_at_the_foot_after_the_rest(qtbot, window) -> None:
    qtbot.keyClick(window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    assert window.navigator.here == Route("settings")
    entries = (window.navigation.list.entries, window.navigation.foot.entries)
    assert [each.here for each in entries] == ["settings", "settings"]
    assert window.navigation.foot.currentIndex().data() == "Réglages"
    window.navigator.open("households")
    assert [each.here for each in entries] == ["households", "households"]


def test_ctrl_n_asks_for_a_note_about_the_household_stood_on(qtbot, window) -> None:
    asked = []
    window.command_asked.connect(lambda *what: asked.append(what))
    qtbot.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    window.navigator.open("dossier", household="a")
    qtbot.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert asked == [("note", ""), ("note", "a")]


def test_f6_goes_between_navigation_and_page(qtbot, window, built) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F6)
    assert window.navigation.list.hasFocus()
    qtbot.keyClick(window, Qt.Key.Key_F6)
    assert built[0].entry.hasFocus()


def test_what_was_done_is_said_and_undone_with_ctrl_z(qtbot, window) -> None:
    undone = []
    window.navigator.confirm("Visite enregistrée.", lambda: undone.append(1))
    assert window.confirmation.isVisible()
    window.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == [1]


def test_a_refusal_nobody_took_is_said_at_the_foot(qtbot, window, tasks) -> None:
    tasks.refused.emit("Le disque est plein\u00a0: libérez de la place.")
    assert window.confirmation.accessibleName() == "Le disque est plein\u00a0: libérez de la place."
    assert cut_words(window.confirmation) == []


def test_the_foot_says_only_what_is_true(window) -> None:
    state = window.navigation.file_state
    assert not state._encrypted.isVisible()
    window.show_file_state(encrypted=True)
    assert state._encrypted.isVisible()
    assert not state._saved.isVisible()
    window.show_file_state(encrypted=True, saved_at="10\u00a0h\u00a032")
    assert state._saved.text() == "Sauvegardé à\u00a010\u00a0h\u00a032"


@pytest.mark.parametrize("scale", [100, 150])
def test_the_page_keeps_its_width_when_a_backup_is_made(dressed, scale) -> None:
    dressed("light", scale)
    pane = Navigation()
    width = pane.width()
    pane.show_file_state(
        encrypted=True, saved_at="12\u00a0h\u00a048", late="Pas de copie depuis 12\u00a0jours"
    )
    pane.resize(pane.width(), 900)
    pane.show()
    assert cut_words(pane) == []
    assert pane.width() == width
    pane.close()


def test_work_that_lasts_is_shown_and_may_be_stopped(qtbot, window, tasks, monkeypatch) -> None:
    window.bar.busy._offer.setInterval(10)
    gate = threading.Event()

    def work(progress) -> None:
        progress.report(1, 4, "Lignes lues")
        gate.wait(120)
        progress.report(2, 4)

    task = tasks.run_long(work, words="Import de la liste")
    qtbot.waitUntil(window.bar.busy.isVisible)
    qtbot.waitUntil(window.bar.busy.stop.isVisible)
    window.bar.busy.stop.click()
    gate.set()
    qtbot.waitUntil(lambda: not window.bar.busy.isVisible())
    assert task.cancelled


def test_closing_while_work_runs_asks_once(qtbot, window, tasks, monkeypatch) -> None:
    asked, gate = [], threading.Event()
    answers = iter([StillWorking.STAY, StillWorking.STOP])
    monkeypatch.setattr(StillWorking, "exec", lambda self: (asked.append(1), next(answers))[1])
    task = tasks.run_long(lambda _progress: gate.wait(120), words="Import")
    window.close()
    assert window.isVisible()
    with qtbot.waitSignal(window.closed):
        window.close()
    assert task.cancelled
    assert len(asked) == 2
    gate.set()


def test_closing_while_a_page_is_only_being_drawn_asks_nothing(qtbot, window, tasks, monkeypatch) -> None:
    monkeypatch.setattr(StillWorking, "exec", lambda self: pytest.fail("asked"))
    gate = threading.Event()
    task = tasks.read(lambda: gate.wait(120), words="Mise en page")
    assert not task.matters
    with qtbot.waitSignal(window.closed):
        window.close()
    gate.set()


def test_closing_with_nothing_running_asks_nothing(qtbot, window, built, monkeypatch) -> None:
    monkeypatch.setattr(StillWorking, "exec", lambda self: pytest.fail("asked"))
    left = built[0].left
    with qtbot.waitSignal(window.closed):
        window.close()
    assert built[0].left == left + 1


def test_text_grows_in_the_open_window_and_one_stays_where_one_is(qtbot, dressed, window, built) -> None:
    window.show_file_state(encrypted=True, saved_at="10\u00a0h\u00a032")
    window.navigator.open("dossier", household="a")
    small = window.bar.height()
    dressed("light", 150)
    window.rebuild()
    assert window.bar.height() == round(small * 1.5)
    assert built[-1].entered == [Route("dossier", "a")]
    qtbot.waitUntil(window.navigation.file_state._encrypted.isVisible)
    window.navigator.back()
    assert window.navigator.here == Route("households")


def test_the_workers_menu_shows_what_is_in_force(window) -> None:
    menu = window.bar.make_menu()
    ticked = [
        action.text()
        for inner in menu.findChildren(QMenu)
        for action in inner.actions()
        if action.isChecked()
    ]
    assert ticked == ["Claire", "100\u00a0%"]
    chosen = []
    window.text_scale_chosen.connect(chosen.append)
    next(
        a for inner in menu.findChildren(QMenu) for a in inner.actions() if a.text() == "150\u00a0%"
    ).trigger()
    assert chosen == [150]
    assert theme().scale == 100


def test_every_shortcut_shown_is_one_the_window_has(window) -> None:
    from PySide6.QtGui import QShortcut

    have = {shortcut.key().toString() for shortcut in window.findChildren(QShortcut)}
    assert {key.sequence for key in KEYS if key.sequence} <= have


@pytest.mark.parametrize("appearance", ["light", "dark"])
@pytest.mark.parametrize(
    ("size", "scale"),
    # 150 % begins at the width of a laptop's screen.
    [((1024, 690), 100), ((1366, 690), 100), ((1920, 1080), 100), ((1366, 690), 150), ((1920, 1080), 150)],
)
def test_the_window_shows_every_word(qtbot, dressed, tasks, appearance, scale, size) -> None:
    dressed(appearance, scale)
    made = MainWindow(
        "Claire Lenoir", samples.PAGES | {"households": samples.households_page}, tasks, Navigator()
    )
    qtbot.addWidget(made)
    made.resize(*size)
    made.show_file_state(encrypted=True, saved_at="10\u00a0h\u00a032")
    made.show()
    for page in ("dossier", "households", "visit"):
        made.navigator.open(page)
        assert (made.width(), made.height()) == size
        assert (page, cut_words(made), nameless(made), unreachable(made)) == (page, [], [], [])
