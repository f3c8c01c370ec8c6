"""Enter presses the button that has the focus, as Space does: on every screen, once however long it is held."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QRadioButton, QWidget

from caseworker_app.ui_kit.buttons import Button, IconButton
from tests.desk.hands import Hands
from tests.desk.test_every_screen import OF_NOBODY, PLACES

KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
NONE = Qt.KeyboardModifier.NoModifier


@pytest.mark.slow
@pytest.mark.parametrize("place", PLACES, ids=lambda place: "-".join(filter(None, place)))
def test_every_button_of_every_screen_is_pressed_by_enter_and_by_space(
    hands: Hands, place: tuple[str, str]
) -> None:
    page, tab = place
    window = hands.window
    window.navigator.open(page, "" if page in OF_NOBODY else window.finder.recent[0], tab=tab)
    hands.rest()
    reached = [button for button in _buttons(window) if button.focusPolicy() & Qt.FocusPolicy.TabFocus]
    # Those of the bar are on every screen, even on one that begins with an empty search.
    assert len(reached) >= 3
    deaf = [(_words(b), key.name) for b in reached for key in KEYS if not _pressed_by(b, key)]
    assert deaf == []


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("make", [lambda: Button("Noter"), lambda: IconButton("x", "Fermer")])
def test_a_button_outside_a_dialog_is_pressed_by_key(qtbot: Any, make: Any, key: Qt.Key) -> None:
    button = make()
    qtbot.addWidget(button)
    button.show()
    pressed: list[bool] = []
    button.clicked.connect(lambda: pressed.append(True))
    qtbot.keyClick(button, key)
    assert pressed == [True]


def test_a_key_held_down_presses_once_and_ctrl_enter_belongs_to_the_form(qtbot: Any) -> None:
    button = Button("Noter")
    qtbot.addWidget(button)
    pressed: list[bool] = []
    button.clicked.connect(lambda: pressed.append(True))
    for repeated in (False, True, True):
        held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, NONE, "\r", repeated)
        QApplication.sendEvent(button, held)
    assert pressed == [True]
    saving = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    QApplication.sendEvent(button, saving)
    assert pressed == [True]
    assert not saving.isAccepted()


def _buttons(window: QWidget) -> list[QAbstractButton]:
    """Return the buttons a person may press; ticks and choices take Space and arrows."""
    return [
        button
        for button in window.findChildren(QAbstractButton)
        if button.isVisible() and button.isEnabled() and not isinstance(button, QCheckBox | QRadioButton)
    ]


def _words(button: QAbstractButton) -> str:
    return button.accessibleName() or button.text() or type(button).__name__


def _pressed_by(button: QAbstractButton, key: Qt.Key) -> bool:
    """Say whether a key presses a button, which tells nobody: what it does is not to be done here."""
    told = button.blockSignals(True)
    checked = button.isChecked()
    try:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, NONE)
            QApplication.sendEvent(button, event)
            if kind is QEvent.Type.KeyPress and not event.isAccepted():
                return False
    finally:
        if button.isCheckable():
            button.setChecked(checked)
        button.blockSignals(told)
    return True
