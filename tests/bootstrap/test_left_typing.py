"""What is typed survives the lock, in every page and dialog found by introspection; the first letters of a note too."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from caseworker_app.bootstrap.left_typing import KEY, LeftTyping
from caseworker_app.bootstrap.office import create_office, open_office
from caseworker_app.bootstrap.window import Program
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import NewHousehold, NewMember
from caseworker_app.features.team.domain import NewOffice
from caseworker_app.security.passphrase import THROW_AWAY
from caseworker_app.shell.left_typing_dialog import LeftTypingDialog
from caseworker_app.shell.unlock import UnlockWindow
from caseworker_app.ui_kit.unkept_typing import (
    Editor,
    editors,
    is_fleeting,
    is_kept,
    is_typed_in,
    text_of,
    unkept,
)
from tests.bootstrap.programs import retire
from tests.desk.test_every_screen import OF_NOBODY, PLACES

PASSPHRASE = "girafe tambour cerise lampadaire"
PATIENCE = 30_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    new = NewOffice("Les Amarres", "Claire Lenoir")
    office, _key = create_office(tmp_path / "fichier", PASSPHRASE, new, kdf=THROW_AWAY)
    with office:
        households.create_household(office.file, office.who, NewHousehold((NewMember("Essai", "Zo"),)))
    return tmp_path / "fichier"


@pytest.fixture
def program(qtbot: QtBot, folder: Path) -> Iterator[Program]:
    made = Program(QApplication.instance(), folder)
    made.enter(open_office(folder, PASSPHRASE))
    settle(qtbot, made)
    yield made
    retire(made)


def settle(qtbot: QtBot, program: Program) -> None:
    qtbot.waitUntil(lambda: not program.tasks.busy, timeout=PATIENCE)


def the_household(program: Program) -> str:
    with program.office.file.reading() as connection:
        return str(connection.exec_driver_sql("SELECT id FROM household").scalar())


def lock(qtbot: QtBot, program: Program) -> None:
    program.window.lock()
    qtbot.waitUntil(lambda: isinstance(program.entrance, UnlockWindow), timeout=PATIENCE)


def windows_of(program: Program) -> list[QWidget]:
    over = [each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog) and each.isVisible()]
    return [program.window, *over]


def reachable(program: Program) -> list[Editor]:
    """The entries somebody can write in now, but for those whose words nobody would miss."""
    found = [editor for window in windows_of(program) for editor in editors(window)]
    return [each for each in found if each.isVisible() and each.isEnabled() and not is_fleeting(each)]


def dialogs(program: Program) -> dict[str, Callable[[], object]]:
    """What opens each dialog in which one writes."""
    navigator, window, household = program.window.navigator, program.window, the_household(program)
    command = window.command_asked.emit

    def section(key: str) -> Any:
        navigator.open("settings", subject=key)
        return window.page.section(key)

    return {
        "new-household": lambda: command("new-household", ""),
        "note": lambda: command("note", household),
        "split": lambda: command("split", household),
        "merge": lambda: command("merge", household),
        "association": lambda: section("association"),
        "people": lambda: section("people"),
        **{f"{page}-{tab}": lambda page=page, tab=tab: navigator.open(
            page, "" if page in OF_NOBODY else household, tab=tab) for page, tab in PLACES},
    }  # fmt: skip


def test_whatever_is_typed_on_any_page_is_kept_or_given_back(
    qtbot: QtBot, program: Program, folder: Path
) -> None:
    """Write a word of its own in every entry of every page and dialog; each is found after the lock."""
    typed: dict[str, str] = {}
    for name, open_it in dialogs(program).items():
        for window in windows_of(program)[1:]:
            window.hide()
        open_it()
        settle(qtbot, program)
        for editor in reachable(program):
            word = f"mot{len(typed):03d}"
            editor.setFocus()
            qtbot.keyClicks(editor, word)
            if word in text_of(editor):
                typed[word] = f"{name}: {editor.accessibleName()}"
                assert is_kept(editor) or is_typed_in(editor)
        seen = {word: place for word, place in typed.items() if place.startswith(f"{name}: ")}
        program.window.leaving.emit()
        program.window.keep_drafts()
        settle(qtbot, program)
        kept = repr([draft.content for draft in program.office.drafts.all()])
        lost = {place for word, place in seen.items() if word not in kept}
        assert lost == set()
    assert len(typed) > 25, "entries were found"


def test_what_no_form_keeps_is_given_back_after_the_lock(
    qtbot: QtBot, program: Program, folder: Path
) -> None:
    program.window.command_asked.emit("new-household", "")
    dialog = program.window.page.dialog
    qtbot.waitUntil(dialog.isVisible)
    qtbot.keyClicks(dialog.entries["last_name"], "Marchadier")
    qtbot.keyClicks(dialog.entries["city"], "Valmere")
    lock(qtbot, program)
    program.entrance.passphrase.setText(PASSPHRASE)
    program.entrance.open_button.click()
    qtbot.waitUntil(lambda: program.window is not None, timeout=PATIENCE)
    left = program.window.findChild(LeftTyping)
    qtbot.waitUntil(lambda: left.dialog is not None, timeout=PATIENCE)
    assert [button.accessibleName() for button in left.dialog.copies] == [
        "Copier\u00a0: Nouveau ménage · Nom", "Copier\u00a0: Nouveau ménage · Commune",
    ]  # fmt: skip
    left.dialog.copies[0].click()
    assert QApplication.clipboard().text() == "Marchadier"
    left.dialog.done(LeftTypingDialog.DONE)
    settle(qtbot, program)
    assert program.office.drafts.find(KEY) is None


def test_what_is_not_copied_yet_is_given_back_again_with_what_was_typed_since(
    qtbot: QtBot, program: Program, folder: Path
) -> None:
    for word in ("Marchadier", "Ferhaoui"):
        program.window.navigator.open("households")
        settle(qtbot, program)
        program.window.command_asked.emit("new-household", "")
        qtbot.waitUntil(program.window.page.dialog.isVisible)
        qtbot.keyClicks(program.window.page.dialog.entries["last_name"], word)
        lock(qtbot, program)
        program.enter(open_office(folder, PASSPHRASE))
        left = program.window.findChild(LeftTyping)
        qtbot.waitUntil(lambda left=left: left.dialog is not None, timeout=PATIENCE)
        left.dialog.done(LeftTypingDialog.LATER)
    assert [each.text for each in left._earlier] == ["Marchadier", "Ferhaoui"]


def test_what_was_written_is_forgotten_and_a_kill_loses_two_seconds(qtbot: QtBot, program: Program) -> None:
    program.window.navigator.open("settings", subject="association")
    section = program.window.page.section("association")
    qtbot.waitUntil(lambda: bool(section.entries["name"].text()))
    qtbot.keyClicks(section.entries["city"], "Valmere")
    drafts = program.office.drafts
    qtbot.waitUntil(lambda: drafts.find(KEY) is not None, timeout=PATIENCE)
    section.save.click()
    qtbot.waitUntil(lambda: drafts.find(KEY) is None, timeout=PATIENCE)


def test_searches_and_secrets_are_kept_nowhere(qtbot: QtBot, program: Program) -> None:
    window = program.window
    window.finder.begin()
    qtbot.keyClicks(window.bar.search, "ferhao")
    window.navigator.open("settings", subject="security")
    section = window.page.section("security")
    section.change_passphrase()
    for entry in section.dialog.findChildren(QLineEdit):
        qtbot.keyClicks(entry, "cheval lune")
        entry.setEchoMode(QLineEdit.EchoMode.Normal)
    assert unkept(windows_of(program)) == []
    section.dialog.reject()


def test_the_first_letters_of_a_note_are_not_lost(qtbot: QtBot, program: Program) -> None:
    window = program.window
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    for text in ("rappeler", "demain"):
        # Typed at once: nothing is waited for between the shortcut and the letters.
        qtbot.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        qtbot.keyClicks(QApplication.focusWidget(), text)
        settle(qtbot, program)
        assert text in window.sheet.form.zone.text()
        window.sheet.dismiss()
        settle(qtbot, program)
    assert window.sheet.form.zone.text() == "rappeler\ndemain"
