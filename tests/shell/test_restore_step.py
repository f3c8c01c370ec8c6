"""Restoring from the unlock window: the list, the secret of that day, the next older one when one is damaged."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.shell.backups_shown import OfferedBackup
from caseworker_app.shell.restore_step import RestoreDoors
from caseworker_app.shell.unlock import UnlockDoors, UnlockWindow
from caseworker_app.storage.backups.refusals import BackupDamaged
from tests.ui_kit.inspection import bring_up, cut_words, nameless, unreachable

SECRET = "cheval lune agrafe"
OFFERED = [
    OfferedBackup(
        "/s/2026-11-24_140205",
        "mardi 24\u00a0novembre 2026 à 14\u00a0h\u00a002",
        "24\u00a0ménages · 12\u00a0Mo",
    ),
    OfferedBackup(
        "/s/2026-11-23_120000", "2026-11-23_120000", "Abîmée\u00a0: elle ne se restaure pas", usable=False
    ),
    OfferedBackup(
        "/s/2026-11-22_180000",
        "dimanche 22\u00a0novembre 2026 à 18\u00a0h\u00a000",
        "23\u00a0ménages · 12\u00a0Mo",
    ),
]


def restore(key: str, secret: str) -> str:
    if secret != SECRET:
        raise CaseworkerError("Cette phrase secrète n’ouvre pas le coffre\u00a0: recommencez.")
    if key.endswith("_140205"):
        raise BackupDamaged("2026-11-24_140205", "son fichier est altéré", "2026-11-22_180000")
    return f"restaurée {key}"


def offered(place: Path | None) -> list[OfferedBackup]:
    return OFFERED if place is None else []


DOORS = UnlockDoors(str, str, lambda: "démonstration", restore=lambda: RestoreDoors(offered, restore))


@pytest.fixture
def window(qtbot, dressed, tasks) -> UnlockWindow:
    made = UnlockWindow("Documents / Passerelle", DOORS, tasks)
    qtbot.addWidget(made)
    bring_up(qtbot, made)
    made.show_restore()
    qtbot.waitUntil(lambda: made.restore_step.list.rows.rowCount() == 3)
    return made


def current(window: UnlockWindow) -> str:
    return window.restore_step._current()


def test_the_newest_is_stood_on_and_the_secret_is_asked(window, qtbot) -> None:
    assert current(window) == OFFERED[0].key
    qtbot.waitUntil(window.restore_step.secret.hasFocus)


def test_a_damaged_one_is_told_and_the_next_older_offered_then_restored(window, qtbot) -> None:
    step = window.restore_step
    qtbot.keyClicks(step.secret, SECRET)
    qtbot.keyClick(step.secret, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "est abîmée" in step.field.sentence)
    assert current(window) == OFFERED[2].key
    assert step.isEnabled()
    with qtbot.waitSignal(window.opened) as signal:
        step.restore_button.click()
    assert signal.args == [f"restaurée {OFFERED[2].key}"]
    assert step.secret.text() == ""


def test_a_wrong_secret_is_said_beside_the_field(window, qtbot) -> None:
    step = window.restore_step
    qtbot.keyClicks(step.secret, "mauvaise")
    step.restore_button.click()
    qtbot.waitUntil(lambda: "n’ouvre pas" in step.field.sentence)
    assert current(window) == OFFERED[0].key
    assert step.secret.selectedText()
    assert cut_words(window) == []


def test_nothing_typed_or_a_damaged_one_chosen_is_not_tried(window) -> None:
    step = window.restore_step
    step.restore()
    assert "Écrivez" in step.field.sentence
    step.list.stand_on(OFFERED[1].key)
    step.restore()
    assert "Choisissez" in step.field.sentence


def test_an_empty_place_says_what_to_do(window, qtbot, tmp_path) -> None:
    window.restore_step.show_backups(tmp_path)
    qtbot.waitUntil(window.restore_step.empty.isVisible)
    assert not window.restore_step.rows.isVisible()


def test_one_returns_to_the_passphrase_and_closing_forgets_what_was_typed(window, qtbot) -> None:
    qtbot.keyClicks(window.restore_step.secret, "secret")
    window.restore_step.back_asked.emit()
    assert window.steps.currentIndex() == 0
    window.close()
    assert window.restore_step.secret.text() == ""


@pytest.mark.parametrize(
    ("appearance", "scale"), [("light", 100), ("dark", 100), ("light", 150), ("dark", 150)]
)
def test_it_shows_every_word(qtbot, dressed, tasks, appearance: str, scale: int) -> None:
    dressed(appearance, scale)
    window = UnlockWindow("Documents / Passerelle", DOORS, tasks)
    qtbot.addWidget(window)
    window.show()
    window.show_restore()
    qtbot.waitUntil(lambda: window.restore_step.list.rows.rowCount() == 3)
    window.restore_step.field.refuse(
        BackupDamaged("2026-11-24_140205", "son fichier est altéré", "x").sentence
    )
    assert window.width() <= 1366
    assert window.height() <= 690
    assert (cut_words(window), nameless(window), unreachable(window)) == ([], [], [])
