"""The section « Sécurité » on a real vault: what opens the file is changed by whoever proves that they know it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from caseworker_app.security import vault
from caseworker_app.security.errors import WrongPassphrase
from caseworker_app.security.keystore import Keystore
from caseworker_app.security.passphrase import THROW_AWAY
from caseworker_app.security.ways_in import WaysIn
from caseworker_app.shell.settings_security import SecurityDesk, SecuritySection
from caseworker_app.ui_kit.page import Navigator
from tests.security.stores import Remembering
from tests.ui_kit.inspection import bring_up, cut_words, nameless, unreachable

OLD, NEW, PIN = "girafe tambour cerise lampadaire", "verger plume cargo fanfare", "294715"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    vault.create_vault(tmp_path / "coffre", OLD, kdf=THROW_AWAY)
    return tmp_path / "coffre"


@pytest.fixture
def section(qtbot, dressed, tasks, folder) -> SecuritySection:
    return made(qtbot, tasks, folder)


def made(qtbot, tasks, folder: Path, *, lasting: bool = True) -> SecuritySection:
    ways = WaysIn(folder, keystore=Keystore(Remembering()), kdf=THROW_AWAY)
    desk = SecurityDesk(
        ways, tasks, Navigator(), lambda: 10, lambda _path, _key: None, lambda: ("Claire Lenoir",), lasting
    )
    shown = SecuritySection(desk)
    qtbot.addWidget(shown)
    shown.resize(900, 760)
    shown.show_section()
    bring_up(qtbot, shown)
    if lasting:
        qtbot.waitUntil(lambda: shown.list.rows.rowCount() == 2)
    return shown


def fill(dialog, proof: str = OLD, choice: str = "") -> None:
    dialog.proof.setText(proof)
    if dialog.choice is not None:
        dialog.choice.first.setText(choice)
        dialog.choice.again.setText(choice)


def test_the_passphrase_is_changed(qtbot, section, folder) -> None:
    section.passphrase.click()
    fill(section.dialog, choice=NEW)
    with qtbot.waitSignal(section._desk.navigator.confirmed):
        qtbot.keyClick(section.dialog.choice.again, Qt.Key.Key_Return)
    with pytest.raises(WrongPassphrase):
        vault.open_with_passphrase(folder, OLD)
    vault.open_with_passphrase(folder, NEW)


def test_a_wrong_proof_is_said_beside_it_and_nothing_changes(qtbot, section, folder) -> None:
    section.passphrase.click()
    dialog = section.dialog
    fill(dialog, "pas la bonne phrase", NEW)
    dialog.go_on.click()
    qtbot.waitUntil(lambda: bool(dialog.proof_field.sentence))
    assert dialog.proof.hasFocus()
    vault.open_with_passphrase(folder, OLD)


def test_a_weak_passphrase_is_refused_beside_it(section) -> None:
    section.passphrase.click()
    fill(section.dialog, choice="Claire Lenoir")
    section.dialog.submit()
    assert section.dialog.choice.passphrase.sentence


def test_the_recovery_key_changes_only_once_a_group_was_copied_back(qtbot, section, folder) -> None:
    before = vault.slots(folder)
    section.recovery.click()
    dialog = section.dialog
    fill(dialog)
    dialog.go_on.click()
    qtbot.waitUntil(lambda: dialog.recovery is not None)
    key = "-".join(label.text() for label in dialog.recovery._groups)
    assert vault.slots(folder) == before
    dialog.recovery.go_on.click()
    dialog.recovery.group.setText(key.split("-")[dialog.recovery.asked_group - 1])
    with qtbot.waitSignal(section._desk.navigator.confirmed):
        dialog.recovery.end.click()
    vault.open_with_recovery_key(folder, key)


def test_closing_before_the_group_leaves_the_old_paper_good(qtbot, section, folder) -> None:
    before = vault.slots(folder)
    section.recovery.click()
    dialog = section.dialog
    fill(dialog)
    dialog.go_on.click()
    qtbot.waitUntil(lambda: dialog.recovery is not None)
    section.leave()
    assert vault.slots(folder) == before
    assert section.dialog is None


def test_a_pin_is_chosen_and_taken_away(qtbot, section, folder) -> None:
    section.pin.click()
    fill(section.dialog, choice=PIN)
    with qtbot.waitSignal(section._desk.navigator.confirmed):
        section.dialog.submit()
    qtbot.waitUntil(section.remove.isVisible)
    section.remove.click()
    fill(section.dialog)
    with qtbot.waitSignal(section._desk.navigator.confirmed):
        section.dialog.submit()
    qtbot.waitUntil(lambda: not section.remove.isVisible())
    assert {slot.kind for slot in vault.slots(folder)} == {"passphrase", "recovery"}


def test_a_new_data_key_is_asked_with_a_key_that_was_copied_back(qtbot, section) -> None:
    section.new_key.click()
    dialog = section.dialog
    fill(dialog, choice=NEW)
    dialog.go_on.click()
    qtbot.waitUntil(lambda: dialog.recovery is not None)
    key = "-".join(label.text() for label in dialog.recovery._groups)
    dialog.recovery.go_on.click()
    dialog.recovery.group.setText(key.split("-")[dialog.recovery.asked_group - 1])
    with qtbot.waitSignal(section.new_key_asked) as asked:
        dialog.recovery.end.click()
    assert asked.args == [OLD, NEW, key]


def test_the_delay_is_chosen(qtbot, section) -> None:
    with qtbot.waitSignal(section.lock_after_chosen) as chosen:
        section.delay._options["30"].click()
    assert chosen.args == [30]


def test_the_demonstration_has_nothing_to_change(qtbot, dressed, tasks, folder) -> None:
    section = made(qtbot, tasks, folder, lasting=False)
    assert section.unlasting.isVisible()
    assert not section.passphrase.isVisible()
    assert not section.new_key.isVisible()


@pytest.mark.parametrize(("appearance", "scale"), [("light", 100), ("dark", 150)])
def test_every_word_is_shown_and_every_control_reached(
    qtbot, dressed, tasks, folder, appearance, scale
) -> None:
    dressed(appearance, scale)
    section = made(qtbot, tasks, folder)
    section.resize(1080, 1400)
    assert (cut_words(section), nameless(section), unreachable(section)) == ([], [], [])
    for act in (
        section.change_passphrase,
        section.set_pin,
        section.renew_recovery_key,
        section.change_data_key,
    ):
        act()
        dialog = section.dialog
        assert (cut_words(dialog), nameless(dialog), unreachable(dialog)) == ([], [], [])
        dialog.reject()


def test_tab_in_the_dialog_goes_from_secret_to_secret(qtbot, section) -> None:
    section.passphrase.click()
    dialog = section.dialog
    qtbot.waitUntil(dialog.proof.hasFocus)
    for expected in (dialog.choice.first, dialog.choice.again):
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
        assert dialog.focusWidget() is expected
