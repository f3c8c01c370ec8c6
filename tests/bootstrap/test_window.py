"""The life of the window: creating one's file, unlocking, locking, searching, closing; through the real services."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from caseworker_app.bootstrap.office import create_office, open_demonstration, open_office
from caseworker_app.bootstrap.window import Program
from caseworker_app.features.diary import service as diary
from caseworker_app.features.directory import service as directory
from caseworker_app.features.team.domain import NewOffice
from caseworker_app.features.team.service import the_association
from caseworker_app.security.passphrase import THROW_AWAY
from caseworker_app.shell.first_run import FirstRunWindow
from caseworker_app.shell.unlock import UnlockWindow
from tests.bootstrap.programs import retire

PASSPHRASE = "girafe tambour cerise lampadaire"


@pytest.fixture
def program(qtbot, tmp_path):
    app = QApplication.instance()
    made = Program(app, tmp_path / "fichier")
    yield made
    retire(made)


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
    program.entrance._open(program.doors.demonstration)
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
    program.window.activateWindow()
    program.window.finder.begin()
    qtbot.keyClicks(program.window.bar.search, "ferhao")
    results = program.window.results
    _wait(qtbot, lambda: results.current is not None and "Ferhaoui" in results.current.title)
    results.open_current()
    _wait(
        qtbot,
        lambda: program.window.navigator.here is not None and program.window.navigator.here.page == "dossier",
    )


def _stand_on_ferhaoui(program, qtbot) -> str:
    program.enter(open_demonstration())
    window = program.window
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    with program.office.file.reading() as connection:
        household = directory.search(connection, program.office.who, "ferhaoui", 1)[0].household_id
    window.navigator.open("dossier", household=household)
    return household


def test_a_note_is_written_over_the_dossier_and_taken_back(program, qtbot):
    household = _stand_on_ferhaoui(program, qtbot)
    window, office = program.window, program.office

    def notes() -> list[str]:
        with office.file.reading() as connection:
            entries = diary.entries_of(connection, office.who, household)
        return [each.observed for each in entries if each.observed == "Rappel du loyer"]

    qtbot.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    _wait(qtbot, lambda: window.sheet is not None and window.sheet.save.isEnabled())
    editor = window.sheet.form.zone.editor
    assert window.sheet.form.households.ids == (household,)
    qtbot.keyClicks(editor, "Rappel du loyer")
    window.navigator.open("settings")
    assert window.sheet.isVisible()
    editor.setFocus()
    qtbot.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    _wait(qtbot, lambda: notes() == ["Rappel du loyer"])
    _wait(qtbot, window.confirmation.isVisible)
    assert not window.sheet.isVisible()
    window.confirmation.undo()
    _wait(qtbot, lambda: notes() == [] and window.sheet.isVisible())
    _wait(qtbot, lambda: window.sheet.form.zone.text() == "Rappel du loyer")


def test_locking_keeps_the_note_being_typed(somebody, program, qtbot):
    program.begin()
    program.entrance.passphrase.setText(PASSPHRASE)
    program.entrance.open_button.click()
    _wait(qtbot, lambda: program.window is not None and program.window.page is not None)
    window = program.window
    window.command_asked.emit("note", "")
    _wait(qtbot, lambda: window.sheet is not None and window.sheet.save.isEnabled())
    qtbot.keyClicks(window.sheet.form.zone.editor, "Appel de la voisine")
    window.lock()
    _wait(qtbot, lambda: isinstance(program.entrance, UnlockWindow))
    with open_office(program.folder, PASSPHRASE) as office:
        draft = office.drafts.find("note:")
    assert draft.content["entry"]["observed"] == "Appel de la voisine"


def test_every_section_of_the_settings_opens_and_a_chosen_size_stays(program, qtbot):
    _stand_on_ferhaoui(program, qtbot)
    window = program.window
    window.navigator.open("settings")
    for key in window.page._sections:
        window.navigator.open("settings", subject=key)
        assert window.page.shown == key
    window.navigator.open("settings", subject="look")
    window.page.section("look").scale._options["125"].click()
    _wait(qtbot, lambda: program.preferences.text_scale == 125)
    _wait(qtbot, lambda: window.page is not None and window.page.shown == "look")
    program._choose_text_scale(100)


@pytest.mark.parametrize(
    ("typed", "page"),
    [
        ("nouvelle visite", "visit"),
        ("bilan", "document"),
        ("compte rendu", "document"),
        ("importer", "import"),
    ],
)
def test_what_the_palette_offers_about_a_household_is_done_for_the_one_stood_on(program, qtbot, typed, page):
    household = _stand_on_ferhaoui(program, qtbot)
    window = program.window
    window.finder.begin()
    qtbot.keyClicks(window.bar.search, typed)
    _wait(qtbot, lambda: window.results.current is not None and window.results.current.sought != ())
    window.results.open_current()
    _wait(qtbot, lambda: window.navigator.here.page == page)
    assert window.navigator.here.household == ("" if page == "import" else household)


@pytest.mark.parametrize("command", ["merge", "split"])
def test_the_palette_opens_the_dialogs_that_join_and_part_files(program, qtbot, command):
    household = _stand_on_ferhaoui(program, qtbot)
    window = program.window
    window.command_asked.emit(command, household)
    _wait(qtbot, lambda: window.page.joining.dialog is not None and window.page.joining.dialog.isVisible())
    window.page.joining.dialog.reject()
    _wait(qtbot, lambda: not program.tasks.busy)


def test_the_palette_begins_a_new_household(program, qtbot):
    _stand_on_ferhaoui(program, qtbot)
    program.window.command_asked.emit("new-household", "")
    _wait(qtbot, program.window.page.dialog.isVisible)
    program.window.page.dialog.reject()


def work_on(progress):
    """In another process: work until somebody stops it."""
    while True:
        progress.report(1, 0)


def test_locking_stops_long_work_before_the_passphrase_is_asked(program, qtbot):
    program.begin()
    program.entrance._open(program.doors.demonstration)
    _wait(qtbot, lambda: program.window is not None and program.window.isVisible())
    begun, ended = [], []
    task = program.tasks.compute(work_on, words="Essai", matters=True)
    task.stepped.connect(begun.append)
    task.ended.connect(lambda: ended.append(program.entrance))
    _wait(qtbot, lambda: bool(begun))
    program.lock()
    _wait(qtbot, lambda: program.entrance is not None and program.entrance.isVisible())
    # Nothing asked for the passphrase while the work was still going on.
    assert ended == [None]


def test_the_new_passphrase_may_not_be_made_of_the_association(program, qtbot):
    _stand_on_ferhaoui(program, qtbot)
    program.window.navigator.open("settings", subject="security")
    section = program.window.page.section("security")
    with program.office.file.reading() as connection:
        association = the_association(connection, program.office.who).name
    _wait(qtbot, lambda: association in section._desk.known())
    assert program.office.who.name in section._desk.known()
