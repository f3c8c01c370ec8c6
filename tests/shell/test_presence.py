"""Nobody there: minutes counted on two clocks; Escape twice; keys and clicks taken while all is hidden."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from caseworker_app.kernel.clock import SystemClock, today
from caseworker_app.shell.clipboard import OwnClipboard
from caseworker_app.shell.cover import TITLE, Covering
from caseworker_app.shell.presence import COVERED_MINUTES, Presence
from tests.ui_kit.inspection import bring_up


class Clocks:
    """Two clocks set by hand."""

    def __init__(self) -> None:
        self.steady, self.wall = 1000.0, 5000.0

    def forward(self, minutes: float) -> None:
        self.steady += minutes * 60
        self.wall += minutes * 60

    def pair(self):
        return (lambda: self.steady, lambda: self.wall)


@pytest.fixture
def clocks() -> Clocks:
    return Clocks()


@pytest.fixture
def presence(qapp, clocks):
    made = Presence(qapp, lambda: 10, clocks.pair())
    yield made
    made.deleteLater()


@pytest.fixture
def window(qtbot, dressed, presence) -> QWidget:
    made = QWidget()
    QLineEdit(made)
    qtbot.addWidget(made)
    bring_up(qtbot, made)
    return made


def test_after_the_minutes_told_nobody_is_there(qtbot, presence, clocks) -> None:
    clocks.forward(9.9)
    with qtbot.assertNotEmitted(presence.away):
        presence.look()
    clocks.forward(0.2)
    with qtbot.waitSignal(presence.away):
        presence.look()


def test_a_key_counts_from_anew(qtbot, presence, clocks, window) -> None:
    clocks.forward(9)
    qtbot.keyClick(window.windowHandle(), "a")
    clocks.forward(9)
    with qtbot.assertNotEmitted(presence.away):
        presence.look()


def test_a_pc_that_slept_is_seen_by_the_other_clock(qtbot, presence, clocks) -> None:
    clocks.wall += 3600
    with qtbot.waitSignal(presence.away):
        presence.look()


def test_escape_twice_hides_and_slowly_does_not(qtbot, presence, clocks, window) -> None:
    with qtbot.assertNotEmitted(presence.hide_asked):
        qtbot.keyClick(window.windowHandle(), Qt.Key.Key_Escape)
        clocks.steady += 2
        qtbot.keyClick(window.windowHandle(), Qt.Key.Key_Escape)
        clocks.steady += 2
    qtbot.keyClick(window.windowHandle(), Qt.Key.Key_Escape)
    clocks.steady += 0.3
    with qtbot.waitSignal(presence.hide_asked):
        qtbot.keyClick(window.windowHandle(), Qt.Key.Key_Escape)


def test_hidden_the_first_key_brings_back_and_is_typed_nowhere(qtbot, presence, window) -> None:
    entry = window.findChild(QLineEdit)
    entry.setFocus()
    presence.covered = True
    with qtbot.assertNotEmitted(presence.returned):
        qtbot.keyClick(window.windowHandle(), Qt.Key.Key_Escape)
        qtbot.keyClick(window.windowHandle(), Qt.Key.Key_Shift)
        qtbot.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(presence.returned):
        qtbot.keyClick(window.windowHandle(), "a")
    assert entry.text() == ""


def test_hidden_it_locks_sooner(qtbot, presence, clocks) -> None:
    presence.covered = True
    clocks.forward(COVERED_MINUTES + 0.1)
    with qtbot.waitSignal(presence.away):
        presence.look()


def test_the_cover_hides_the_content_and_the_title_and_gives_both_back(qtbot, window) -> None:
    window.setWindowTitle("Passerelle")
    content = window.findChild(QLineEdit)
    other = QWidget()
    qtbot.addWidget(other)
    other.show()
    covering = Covering()
    covering.cover(window, content, today(SystemClock()))
    assert {window.windowTitle(), other.windowTitle()} == {TITLE}
    assert not content.isVisible()
    assert all(window.childAt(x, 5) is window.childAt(5, 5) for x in (10, window.width() - 2))
    window.resize(700, 500)
    assert window.childAt(690, 490) is window.childAt(5, 5)
    covering.uncover()
    assert window.windowTitle() == "Passerelle"
    assert content.isVisible()


def test_what_we_copied_is_taken_away_and_what_others_copied_stays(qtbot, qapp, window) -> None:
    board = OwnClipboard(qapp)
    QApplication.clipboard().setText("06 39 98 12 47")
    board.empty()
    assert QApplication.clipboard().text() == ""
    QApplication.clipboard().setText("ancien")
    board._ours = None  # as after another program copied the same
    board.empty()
    assert QApplication.clipboard().text() == "ancien"
    board.deleteLater()
