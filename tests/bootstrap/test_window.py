"""The life of the window: creating one's file, unlocking, locking, searching, closing; through the real services."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from caseworker_app.bootstrap.office import create_office, open_demonstration, open_office
from caseworker_app.bootstrap.window import Program
from caseworker_app.features.team.domain import NewOffice
from caseworker_app.security.passphrase import THROW_AWAY
from caseworker_app.shell.first_run import FirstRunWindow
from caseworker_app.shell.unlock import UnlockWindow

PASSPHRASE = "girafe tambour cerise lampadaire"


@pytest.fixture
def program(qtbot, tmp_path):
    app = QApplication.instance()
    made = Program(app, tmp_path / "fichier")
    yield made
    for window in (made.window, made.entrance):
        if window is not None:
            window.blockSignals(True)
            window.close()
    if made.office is not None:
        made.office.close()
    made.tasks.close()


@pytest.fixture
def somebody(tmp_path):
    create_office(
        tmp_path / "fichier", PASSPHRASE, NewOffice("Les Amarres", "Claire Lenoir"), kdf=THROW_AWAY
    )[0].close()


def _wait(qtbot, condition, milliseconds=20_000):
    qtbot.waitUntil(condition, timeout=milliseconds)


def test_without_a_file_the_first_run_opens(program):
    program.begin()
    assert isinstance(program.entrance, FirstRunWindow)
    assert program.entrance.windowTitle() == "Passerelle"


def test_the_demonstration_opens_in_a_throw_away_folder(program, qtbot):
    program.begin()
    program.entrance._open(program._open_demonstration)
    _wait(qtbot, lambda: program.window is not None and program.window.isVisible())
    folder = program.office.folder
    assert folder.is_dir()
    assert folder != program.folder
    assert program.entrance is None
    assert program.window.windowTitle() == "Passerelle"
    program.window.close()
    _wait(qtbot, lambda: not folder.exists())


def test_a_wrong_passphrase_says_so_and_the_right_one_opens(somebody, program, qtbot):
    program.begin()
    window = program.entrance
    assert isinstance(window, UnlockWindow)
    window.passphrase.setText("girafe tambour cerise lampion")
    window.open_button.click()
    _wait(qtbot, lambda: bool(window.passphrase_field.sentence))
    assert program.window is None
    window.passphrase.setText(PASSPHRASE)
    window.open_button.click()
    _wait(qtbot, lambda: program.window is not None)
    assert program.office.who.name == "Claire Lenoir"


def test_locking_closes_the_file_and_asks_again(somebody, program, qtbot):
    program.begin()
    program.entrance.passphrase.setText(PASSPHRASE)
    program.entrance.open_button.click()
    _wait(qtbot, lambda: program.window is not None)
    program.window.lock()
    _wait(qtbot, lambda: isinstance(program.entrance, UnlockWindow))
    assert program.office is None
    assert program.window is None
    open_office(program.folder, PASSPHRASE).close()


def test_the_search_of_the_bar_opens_a_household(program, qtbot):
    program.enter(open_demonstration())
    qtbot.keyClicks(program.window.bar.search, "ferhao")
    results = program.window.results
    _wait(qtbot, lambda: results.isVisible() and results.list.rows.rowCount() > 0)
    results.open_current()
    _wait(
        qtbot,
        lambda: program.window.navigator.here is not None and program.window.navigator.here.page == "dossier",
    )
