"""The unlock window: opens, refuses in a sentence, offers the ways out, and forgets what was typed."""

from __future__ import annotations

import os
import subprocess
import sys
import threading

import pytest
from PySide6.QtCore import Qt

from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.security.errors import HeldByAnotherPc
from caseworker_app.shell.entrance import CAPITALS
from caseworker_app.shell.unlock import PASSPHRASE, RECOVERY, UnlockDoors, UnlockWindow
from caseworker_app.storage.encrypted_file import NewerFile
from caseworker_app.ui_kit.tasks import Tasks
from tests.ui_kit.inspection import bring_up, cut_words, nameless, unreachable

RIGHT = "cheval lune agrafe"
SENTENCE = "Cette phrase secrète n’ouvre pas le coffre\u00a0: recommencez, ou utilisez votre clé de secours."


def by_passphrase(typed: str) -> str:
    if typed != RIGHT:
        raise CaseworkerError(SENTENCE)
    return "fichier"


def by_key(typed: str) -> str:
    return f"fichier par {typed}"


DOORS = UnlockDoors(by_passphrase, by_key, lambda: "démonstration")


@pytest.fixture
def window(qtbot, dressed, tasks: Tasks) -> UnlockWindow:
    made = UnlockWindow("Documents / Passerelle", DOORS, tasks)
    qtbot.addWidget(made)
    return made


def test_one_types_and_enters(qtbot, window) -> None:
    bring_up(qtbot, window)
    assert window.passphrase.hasFocus()
    qtbot.keyClicks(window.passphrase, RIGHT)
    with qtbot.waitSignal(window.opened) as signal:
        qtbot.keyClick(window.passphrase, Qt.Key.Key_Return)
    assert signal.args == ["fichier"]
    assert window.passphrase.text() == ""


def test_a_wrong_passphrase_is_said_beside_the_field_which_waits_for_another(qtbot, window) -> None:
    bring_up(qtbot, window)
    tall = window.steps.sizeHint().height()
    qtbot.keyClicks(window.passphrase, "mauvaise")
    window.try_passphrase()
    qtbot.waitUntil(lambda: window.passphrase_field.sentence == SENTENCE)
    assert window.passphrase.hasFocus()
    assert window.passphrase.selectedText()
    assert window.steps.sizeHint().height() == tall
    assert cut_words(window) == []


def test_nothing_typed_is_not_tried(window) -> None:
    window.try_passphrase()
    assert window.passphrase_field.sentence == "Écrivez votre phrase secrète."


def test_while_it_opens_nothing_can_be_asked_twice(qtbot, dressed, tasks) -> None:
    gate, tries = threading.Event(), []

    def slow(typed: str) -> str:
        tries.append(typed)
        gate.wait(120)
        return "fichier"

    window = UnlockWindow("x", UnlockDoors(slow, by_key), tasks)
    qtbot.addWidget(window)
    bring_up(qtbot, window)
    qtbot.keyClicks(window.passphrase, RIGHT)
    with qtbot.waitSignal(window.opened):
        qtbot.keyClick(window.passphrase, Qt.Key.Key_Return)
        assert window.open_button.text() == "Ouverture…"
        qtbot.keyClick(window.passphrase, Qt.Key.Key_Return)
        qtbot.mouseClick(window.open_button, Qt.MouseButton.LeftButton)
        gate.set()
    assert tries == [RIGHT]


def test_the_recovery_key_opens(qtbot, window) -> None:
    bring_up(qtbot, window)
    window.show_step(RECOVERY)
    entry = window.other_way(RECOVERY).entry
    assert entry.hasFocus()
    qtbot.keyClicks(entry, "7K2QX")
    with qtbot.waitSignal(window.opened) as signal:
        qtbot.keyClick(entry, Qt.Key.Key_Return)
    assert signal.args == ["fichier par 7K2QX"]


def test_the_other_ways_are_made_when_they_are_asked_for(window) -> None:
    assert window.steps.count() == 1
    window.show_step(RECOVERY)
    assert window.steps.currentWidget() is window.other_way(RECOVERY)
    window.other_way(RECOVERY).back.click()
    assert window.steps.currentIndex() == PASSPHRASE
    assert window.steps.count() == 2


def test_locked_capitals_are_noticed(qtbot, window) -> None:
    bring_up(qtbot, window)
    qtbot.keyClick(window.passphrase, "A")
    assert window.passphrase_field.line.hint == CAPITALS
    qtbot.keyClick(window.passphrase, "b")
    assert window.passphrase_field.line.hint == ""
    qtbot.keyClick(window.passphrase, "C", Qt.KeyboardModifier.ShiftModifier)
    assert window.passphrase_field.line.hint == ""


def test_closing_forgets_what_was_typed(qtbot, window) -> None:
    bring_up(qtbot, window)
    qtbot.keyClicks(window.passphrase, "secret")
    with qtbot.waitSignal(window.left):
        window.close()
    assert window.passphrase.text() == ""


def test_the_title_says_nothing_of_anyone(window) -> None:
    assert window.windowTitle() == "Passerelle"


@pytest.mark.parametrize("step", [0, 1, 2])
@pytest.mark.parametrize(
    ("appearance", "scale"), [("light", 100), ("dark", 100), ("light", 150), ("dark", 150)]
)
def test_every_step_shows_every_word(qtbot, dressed, tasks, appearance: str, scale: int, step: int) -> None:
    dressed(appearance, scale)
    window = UnlockWindow("Documents / Passerelle", DOORS, tasks)
    qtbot.addWidget(window)
    window.show_step(step)
    window.passphrase_field.refuse(SENTENCE)
    window.show()
    assert window.width() <= 1366
    assert window.height() <= 690
    assert (cut_words(window), nameless(window), unreachable(window)) == ([], [], [])


def test_the_window_needs_nothing_heavy() -> None:
    program = (
        "import sys, caseworker_app.ui_kit.dress, caseworker_app.shell.unlock;"
        "import caseworker_app.shell.first_run, caseworker_app.shell.main_window;"
        "print(sorted({'sqlalchemy', 'reportlab', 'nacl', 'argon2', 'alembic', 'sqlcipher3', 'pikepdf',"
        " 'keyring', 'phonenumbers', 'concurrent.futures.process'} & set(sys.modules)))"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, env=environment
    )
    assert done.stdout.strip() == "[]"


def test_a_file_another_pc_holds_is_said_and_taken_over_knowingly(qtbot, dressed, tasks) -> None:
    holders = ["PC-ACCUEIL"]

    def door(typed: str) -> str:
        if holders:
            raise HeldByAnotherPc(holders[0])
        return f"fichier par {typed}"

    window = UnlockWindow("D: / Passerelle", UnlockDoors(door, by_key, take_over=holders.clear), tasks)
    qtbot.addWidget(window)
    bring_up(qtbot, window)
    assert not window.take_over_button.isVisible()
    window.passphrase.setText(RIGHT)
    window.try_passphrase()
    qtbot.waitUntil(window.take_over_button.isVisible)
    assert "PC-ACCUEIL" in window.passphrase_field.sentence
    assert cut_words(window) == []
    assert nameless(window) == []
    with qtbot.waitSignal(window.opened) as signal:
        window.take_over_button.click()
    assert signal.args == [f"fichier par {RIGHT}"]


def test_another_refusal_offers_no_taking_over(qtbot, window) -> None:
    bring_up(qtbot, window)
    window.passphrase.setText("mauvaise")
    window.try_passphrase()
    qtbot.waitUntil(lambda: window.passphrase_field.sentence == SENTENCE)
    assert not window.take_over_button.isVisible()


def test_a_file_of_a_newer_version_is_said_and_a_copy_kept(qtbot, dressed, tasks, tmp_path) -> None:
    def door(_typed: str) -> str:
        raise NewerFile

    asked: list[tuple[str, object]] = []

    def keep(typed: str, place: object) -> str:
        asked.append((typed, place))
        return "clé USB / 2026-11-24_140205"

    doors = UnlockDoors(door, by_key, lambda: "démonstration", restore=lambda: None, keep_copy=keep)
    window = UnlockWindow("D: / Passerelle", doors, tasks)
    qtbot.addWidget(window)
    bring_up(qtbot, window)
    assert not window.copy_button.isVisible()
    window.passphrase.setText(RIGHT)
    window.try_passphrase()
    qtbot.waitUntil(window.copy_button.isVisible)
    assert "plus récente" in window.passphrase_field.sentence
    assert cut_words(window) == []
    assert nameless(window) == []
    assert unreachable(window) == []
    window.keep_copy(tmp_path)
    qtbot.waitUntil(lambda: "clé USB" in window.passphrase_field.line.hint)
    assert asked == [(RIGHT, tmp_path)]
    assert window.passphrase_field.sentence == ""
    assert cut_words(window) == []
