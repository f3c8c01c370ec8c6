"""The life of an open window: PIN first, lock and quick-hide, drafts, clipboard, another program on the file."""

from __future__ import annotations

import subprocess
import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog

from caseworker_app.bootstrap.office import create_office, open_demonstration, open_office
from caseworker_app.bootstrap.window import Program
from caseworker_app.features.diary.domain.entry import EntryZone
from caseworker_app.features.directory import service as directory
from caseworker_app.features.team.domain import NewOffice
from caseworker_app.security import network_share, quick_unlock, vault
from caseworker_app.security.errors import AlreadyOpen, OnNetworkShare, WrongPassphrase
from caseworker_app.security.growing_delay import GrowingDelay
from caseworker_app.security.keystore import Keystore
from caseworker_app.security.passphrase import THROW_AWAY
from caseworker_app.shell.cover import TITLE
from caseworker_app.shell.unlock import PASSPHRASE as PASSPHRASE_STEP
from caseworker_app.shell.unlock import PIN as PIN_STEP
from caseworker_app.shell.unlock import RECOVERY as RECOVERY_STEP
from caseworker_app.shell.unlock import UnlockWindow
from tests.bootstrap.programs import retire
from tests.security.stores import Remembering

PASSPHRASE, NEW, PIN = "girafe tambour cerise lampadaire", "verger plume cargo fanfare", "294715"


@pytest.fixture
def program(qtbot, tmp_path):
    made = Program(QApplication.instance(), tmp_path / "fichier")
    made.doors.keystore = Keystore(Remembering())
    made._delay = GrowingDelay(lambda _seconds: None)
    yield made
    retire(made)


@pytest.fixture
def recovery(tmp_path) -> str:
    """Make somebody's file; return its recovery key."""
    office, key = create_office(
        tmp_path / "fichier", PASSPHRASE, NewOffice("Les Amarres", "Claire Lenoir"), kdf=THROW_AWAY
    )
    office.close()
    return key


def wait(qtbot, condition) -> None:
    qtbot.waitUntil(condition)


def unlock(qtbot, program) -> None:
    program.begin()
    program.entrance.passphrase.setText(PASSPHRASE)
    program.entrance.open_button.click()
    wait(qtbot, lambda: program.window is not None and program.window.page is not None)


def with_pin(program) -> None:
    key = vault.open_with_passphrase(program.folder, PASSPHRASE)
    quick_unlock.set_pin(program.folder, key, PIN, program.doors.keystore, kdf=THROW_AWAY)


def test_the_pin_is_asked_first_and_opens(qtbot, recovery, program) -> None:
    with_pin(program)
    program.begin()
    entrance = program.entrance
    asked = entrance.other_way(PIN_STEP)
    assert entrance.asks_pin()
    asked.entry.setText("000111")
    asked.button.click()
    wait(qtbot, lambda: "4" in asked.field.sentence)
    asked.entry.setText(PIN)
    asked.button.click()
    wait(qtbot, lambda: program.window is not None)


def test_five_wrong_pins_ask_for_the_passphrase(qtbot, recovery, program) -> None:
    with_pin(program)
    program.begin()
    entrance = program.entrance
    asked = entrance.other_way(PIN_STEP)
    for left in ("4", "3", "2", "un essai"):
        asked.entry.setText("000111")
        entrance.try_pin()
        wait(qtbot, lambda told=left: told in asked.field.sentence)
    asked.entry.setText("000111")
    entrance.try_pin()
    wait(qtbot, lambda: entrance.steps.currentIndex() == PASSPHRASE_STEP)
    assert "phrase secrète" in entrance.passphrase_field.sentence


def test_an_emptied_key_store_asks_for_the_passphrase_without_any_error(qtbot, recovery, program) -> None:
    with_pin(program)
    program.doors.keystore = Keystore(Remembering())
    program.begin()
    wait(qtbot, lambda: program.entrance.steps.currentIndex() == PASSPHRASE_STEP)
    assert program.entrance.passphrase_field.sentence == ""
    assert program.entrance.passphrase.isVisible()


def test_nobody_there_locks_and_closes_every_window(qtbot, recovery, program) -> None:
    unlock(qtbot, program)
    window = program.window
    window.show_guide()
    dialog = QDialog(window)
    refused: list[bool] = []
    dialog.rejected.connect(lambda: refused.append(True))
    dialog.open()
    QApplication.clipboard().setText("06 39 98 12 47")
    program.vigil.clipboard._ours = hash("06 39 98 12 47")
    guide = window.guide
    program.vigil.presence.away.emit()
    assert not dialog.isVisible()
    assert not guide.isVisible()
    assert refused == []  # a refusal would throw the draft of a form away
    assert QApplication.clipboard().text() == ""
    wait(qtbot, lambda: isinstance(program.entrance, UnlockWindow))
    open_office(program.folder, PASSPHRASE).close()


def test_the_session_that_is_left_locks(qtbot, recovery, program) -> None:
    unlock(qtbot, program)
    program.vigil.session.left.emit()
    wait(qtbot, lambda: isinstance(program.entrance, UnlockWindow))
    assert program.office is None


def test_escape_twice_covers_and_a_key_brings_everything_back(qtbot, program) -> None:
    program.enter(open_demonstration())
    window = program.window
    window.activateWindow()
    wait(qtbot, window.isActiveWindow)
    handle = window.windowHandle()
    # « Twice » is within 0.7 s, which a machine that stalls may take between two keys.
    program.vigil.presence._clocks = (lambda: 1000.0, lambda: 5000.0)
    qtbot.keyClick(handle, Qt.Key.Key_Escape)
    qtbot.keyClick(handle, Qt.Key.Key_Escape)
    assert program.vigil.covering.on
    assert window.windowTitle() == TITLE
    assert not window.content.isVisible()
    qtbot.keyClick(handle, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert not program.vigil.covering.on
    assert window.windowTitle() == "Passerelle"
    assert window.content.isVisible()
    assert not window.results.isVisible()


def test_a_lock_while_covered_leaves_nothing_covered(qtbot, recovery, program) -> None:
    unlock(qtbot, program)
    program.vigil.hide_all()
    program.vigil.lock()
    wait(qtbot, lambda: isinstance(program.entrance, UnlockWindow))
    assert not program.vigil.covering.on
    assert not program.vigil.presence.covered
    assert program.entrance.windowTitle() == "Passerelle"


def test_the_recovery_key_leads_to_a_new_passphrase(qtbot, recovery, program) -> None:
    program.begin()
    program.entrance.show_step(RECOVERY_STEP)
    program.entrance.other_way(RECOVERY_STEP).entry.setText(recovery)
    program.entrance.try_recovery_key()
    wait(qtbot, lambda: program.window is not None and program.window.page is not None)
    assert program.window.navigator.here.subject == "security"


def test_the_data_key_changed_from_the_window_goes_on_with_the_file(qtbot, recovery, program) -> None:
    unlock(qtbot, program)
    before = program.window
    new = vault.RecoveryKey.generate().text
    program.renew(PASSPHRASE, NEW, new)
    wait(qtbot, lambda: program.window is not None and program.window is not before)
    program.window.lock()
    wait(qtbot, lambda: isinstance(program.entrance, UnlockWindow))
    with pytest.raises(WrongPassphrase):
        open_office(program.folder, PASSPHRASE)
    open_office(program.folder, NEW).close()


HOLDER = """
import sys
from pathlib import Path
from caseworker_app.bootstrap.office import open_office
office = open_office(Path(sys.argv[1]), sys.argv[2])
print("open", flush=True)
sys.stdin.readline()
office.close()
"""


def test_a_file_opened_by_another_program_is_told_and_opens_once_it_is_closed(
    qtbot, recovery, program
) -> None:
    command = [sys.executable, "-c", HOLDER, str(program.folder), PASSPHRASE]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8") as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        program.begin()
        entrance = program.entrance
        entrance.passphrase.setText(PASSPHRASE)
        entrance.open_button.click()
        wait(qtbot, lambda: entrance.passphrase_field.sentence == AlreadyOpen().sentence)
        other.communicate("\n")
    entrance.passphrase.setText(PASSPHRASE)
    entrance.open_button.click()
    wait(qtbot, lambda: program.window is not None)


def test_a_network_share_is_told_before_anything_opens(
    qtbot, recovery, program, monkeypatch, tmp_path
) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/sda1 / ext4 rw 0 0\n//serveur/partage {program.folder} cifs rw 0 0\n")
    monkeypatch.setattr(network_share, "_MOUNTS", mounts)
    program.begin()
    entrance = program.entrance
    entrance.passphrase.setText(PASSPHRASE)
    entrance.open_button.click()
    wait(qtbot, lambda: entrance.passphrase_field.sentence == OnNetworkShare().sentence)
    assert program.window is None


@pytest.mark.parametrize("form", ["visit", "note"])
def test_what_is_typed_in_a_long_form_survives_the_lock(qtbot, program, form) -> None:
    program.enter(open_demonstration())
    window, office = program.window, program.office
    with office.file.reading() as connection:
        household = directory.search(connection, office.who, "ferhaoui", 1)[0].household_id
    typed = {"visit": visit, "note": note}[form](qtbot, window, household)
    kept: list[str] = []
    office.file.close, office.hold.release = lambda: None, lambda: None  # what is kept is read before it goes
    close = office.drafts.close

    def read_then_close() -> None:
        kept.extend(str(each.content) for each in office.drafts.all())
        close()

    office.drafts.close = read_then_close
    office.throw_away = False
    window.lock()
    wait(qtbot, lambda: program.window is None and program.entrance is not None)
    assert any(typed in content for content in kept)


def visit(qtbot, window, household) -> str:
    window.navigator.open("visit", household)
    page = window.page
    wait(qtbot, lambda: page.material is not None and page.body.zones[EntryZone.OBSERVED].editor.isVisible())
    return type_into(qtbot, page.body.zones[EntryZone.OBSERVED].editor, "Fenetre reparee")


def note(qtbot, window, household) -> str:
    window.command_asked.emit("note", household)
    wait(qtbot, lambda: window.sheet is not None and window.sheet.save.isEnabled())
    return type_into(qtbot, window.sheet.form.zone.editor, "Rappel de la voisine")


def type_into(qtbot, editor, words: str) -> str:
    editor.setFocus()
    qtbot.keyClicks(editor, words)
    return words
