"""The window makes the backups by itself, tells how they stand, offers them in the settings, and restores them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from caseworker_app.bootstrap.backup_keeper import BackupKeeper
from caseworker_app.bootstrap.backup_words import foot_words, offered
from caseworker_app.bootstrap.backups import BackupState, back_up, choose_main
from caseworker_app.bootstrap.office import create_office, open_demonstration, open_office
from caseworker_app.bootstrap.window import Program
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import NewHousehold, NewMember
from caseworker_app.features.team.domain import NewOffice
from caseworker_app.kernel.clock import FixedClock
from caseworker_app.security.passphrase import THROW_AWAY
from caseworker_app.shell.unlock import UnlockWindow
from caseworker_app.storage.backups.main_place import MAIN_NAME, place_of
from caseworker_app.storage.backups.second_place import Standing, keep_standing, read_standing
from caseworker_app.storage.backups.shelf import Backup, list_backups
from tests.bootstrap.programs import retire

PASSPHRASE = "girafe tambour cerise lampadaire"
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "fichier"
    create_office(made, PASSPHRASE, NewOffice("Les Amarres", "Claire Lenoir"), kdf=THROW_AWAY)[0].close()
    return made


@pytest.fixture
def program(qtbot, folder: Path):
    made = Program(QApplication.instance(), folder)
    yield made
    retire(made)


def _keeper(program) -> BackupKeeper:
    program.enter(open_office(program.folder, PASSPHRASE))
    return program.window.findChild(BackupKeeper)


def _wait(qtbot, condition, milliseconds=30_000) -> None:
    qtbot.waitUntil(condition, timeout=milliseconds)


def test_the_first_look_makes_one_and_the_foot_says_when(program, qtbot) -> None:
    keeper = _keeper(program)
    with qtbot.waitSignal(keeper.told, timeout=30_000, check_params_cb=lambda saved, _late: bool(saved)):
        keeper.look()
    assert len(list_backups(place_of(program.folder))) == 1
    foot = program.window.navigation.file_state
    assert foot._saved.text().startswith("Sauvegardé à\u00a0")
    assert not foot._lines[foot._late].isVisibleTo(foot)
    with qtbot.waitSignal(keeper.told):
        keeper.look()
    assert not keeper.under_way


def test_closing_backs_up_what_changed_then_closes(program, qtbot) -> None:
    keeper = _keeper(program)
    office = program.office
    back_up(office.file.access, "asked")
    households.create_household(
        office.file, office.who, NewHousehold((NewMember("Belloumi", "Awa"),), (), ())
    )
    program.window.close()
    _wait(qtbot, lambda: program.office is None)
    newest = list_backups(place_of(program.folder))[0]
    assert (newest.manifest.reason, newest.manifest.households) == ("closing", 1)
    assert keeper is not None
    _wait(qtbot, lambda: not program.tasks.busy)
    open_office(program.folder, PASSPHRASE).close()


def test_closing_without_a_change_makes_none(program, qtbot) -> None:
    _keeper(program)
    back_up(program.office.file.access, "asked")
    program.window.close()
    _wait(qtbot, lambda: program.office is None and not program.tasks.busy)
    assert [each.manifest.reason for each in list_backups(place_of(program.folder))] == ["asked"]


def test_a_place_that_fails_does_not_keep_the_window_from_closing(program, qtbot) -> None:
    _keeper(program)
    place_of(program.folder).write_text("a file where the folder should be")
    program.window.close()
    _wait(qtbot, lambda: program.office is None and not program.tasks.busy)


def test_a_failure_is_said_once_a_day(program, qtbot) -> None:
    keeper = _keeper(program)
    place_of(program.folder).write_text("a file where the folder should be")
    told: list[str] = []
    program.tasks.refused.connect(told.append)
    keeper.look()
    _wait(qtbot, lambda: bool(told))
    keeper.look()
    _wait(qtbot, lambda: not program.tasks.busy)
    assert len(told) == 1
    assert "sauvegarde" in told[0]


def test_copies_that_fail_for_days_are_told_once_and_at_the_foot(program, qtbot, tmp_path) -> None:
    keeper = _keeper(program)
    back_up(program.office.file.access, "asked")
    since = (datetime.now(UTC) - timedelta(days=4, hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    keep_standing(program.folder, Standing(str(tmp_path / "clé"), "", since, "Rebranchez la clé."))
    told: list[str] = []
    program.tasks.refused.connect(told.append)
    for _ in range(2):
        with qtbot.waitSignal(keeper.told):
            keeper.look()
    assert told == ["Aucune copie des sauvegardes depuis 4\u00a0jours. Rebranchez la clé."]
    foot = program.window.navigation.file_state
    assert foot._late.text() == "Pas de copie depuis 4\u00a0jours"
    assert read_standing(program.folder).told_on


def test_the_demonstration_is_not_backed_up(program, qtbot) -> None:
    program.enter(open_demonstration())
    folder = program.office.folder
    program.window.navigator.open("settings")
    assert "backups" not in program.window.page._sections
    program.window.close()
    _wait(qtbot, lambda: not folder.exists())
    assert not place_of(folder).exists()


def test_the_settings_save_choose_copy_and_forget(program, qtbot, tmp_path) -> None:
    _keeper(program)
    (tmp_path / "clé").mkdir()
    program.window.navigator.open("settings", subject="backups")
    section = program.window.page.section("backups")
    _wait(qtbot, lambda: "Aucune" in section.last.text())
    section.save.click()
    _wait(qtbot, lambda: "Relue et saine" in section.last.text() and section.list.rows.rowCount() == 1)
    section._choose(tmp_path / "clé")
    _wait(qtbot, section.copy.isVisible)
    section.test.click()
    _wait(qtbot, lambda: "relu sans erreur" in section.place_line.hint)
    section.copy.click()
    _wait(qtbot, lambda: "relue et identique" in section.place_words.text())
    assert list(next((tmp_path / "clé").iterdir()).iterdir())
    section.forget.click()
    _wait(qtbot, lambda: not section.copy.isVisible())
    assert read_standing(program.folder) == Standing()


def test_the_settings_say_what_a_place_refuses(program, qtbot, tmp_path) -> None:
    _keeper(program)
    program.window.navigator.open("settings", subject="backups")
    section = program.window.page.section("backups")
    section._choose(tmp_path / "absent")
    _wait(qtbot, lambda: "introuvable" in section.place_line.sentence)


def test_restoring_from_the_entrance_opens_what_was_saved(program, qtbot) -> None:
    with open_office(program.folder, PASSPHRASE) as office:
        back_up(office.file.access, "asked")
        new = NewHousehold((NewMember("Belloumi", "Awa"),), (), ())
        households.create_household(office.file, office.who, new)
    program.begin()
    window = program.entrance
    window.show_restore()
    step = window.restore_step
    _wait(qtbot, lambda: step.list.rows.rowCount() == 1)
    step.secret.setText(PASSPHRASE)
    step.restore_button.click()
    _wait(qtbot, lambda: program.window is not None)
    with program.office.file.reading() as connection:
        raw = connection.connection.driver_connection
        assert raw.execute("SELECT count(*) FROM household").fetchone() == (0,)
    assert list((program.folder / "mis-de-cote").iterdir())


def test_a_folder_of_backups_chosen_on_a_new_pc_is_restored(program, qtbot, tmp_path) -> None:
    with open_office(program.folder, PASSPHRASE) as office:
        back_up(office.file.access, "asked")
    saved = place_of(program.folder)
    program.doors.folder = tmp_path / "pc neuf"
    program.begin()
    program.entrances.opened_by_first_run(program.doors.existing(saved))
    assert isinstance(program.entrance, UnlockWindow)
    step = program.entrance.restore_step
    _wait(qtbot, lambda: step.list.rows.rowCount() == 1)
    step.secret.setText(PASSPHRASE)
    step.restore_button.click()
    _wait(qtbot, lambda: program.window is not None)
    assert program.office.folder == tmp_path / "pc neuf"


def _state(made: Backup, **changes) -> BackupState:
    return replace(BackupState((made,), Standing(), False, NOON), **changes)


def test_what_the_foot_says(folder) -> None:
    with open_office(folder, PASSPHRASE, clock=FixedClock(NOON - timedelta(minutes=5))) as office:
        made = back_up(office.file.access, "asked").backup
    local = (NOON - timedelta(minutes=5)).astimezone()
    hour = f"{local.hour}\u00a0h\u00a0{local.minute:02d}"
    assert foot_words(_state(made)) == (hour, "")
    assert foot_words(_state(made, now=NOON + timedelta(days=2))) == ("le 24\u00a0nov.", "")
    late = foot_words(_state(made, now=NOON + timedelta(days=5)))
    assert late == ("le 24\u00a0nov.", "Pas de sauvegarde depuis 5\u00a0jours")
    assert foot_words(BackupState((), Standing(), True, NOON)) == ("", "")
    assert offered(Backup(made.folder, None)).usable is False
    assert offered(made).title.startswith("mardi 24\u00a0novembre\u00a02026 à ")


def test_the_settings_move_the_backups_and_bring_them_back(program, qtbot, tmp_path) -> None:
    _keeper(program)
    made = back_up(program.office.file.access, "asked").backup
    disk = tmp_path / "disque"
    disk.mkdir()
    program.window.navigator.open("settings", subject="backups")
    section = program.window.page.section("backups")
    _wait(qtbot, lambda: "à côté du fichier" in section.folder_words.text())
    assert not section.bring_back.isVisible()
    section._choose_main(disk)
    _wait(qtbot, section.bring_back.isVisible)
    assert str(disk) in section.folder_words.text()
    assert section.save.isEnabled()
    assert [each.name for each in list_backups(place_of(program.folder))] == [made.name]
    section.bring_back.click()
    _wait(qtbot, lambda: not section.bring_back.isVisible())
    assert list(disk.iterdir()) == []
    assert [each.name for each in list_backups(place_of(program.folder))] == [made.name]


def test_the_settings_say_why_a_main_place_is_refused(program, qtbot, tmp_path) -> None:
    _keeper(program)
    program.window.navigator.open("settings", subject="backups")
    section = program.window.page.section("backups")
    section._choose_main(tmp_path / "absent")
    _wait(qtbot, lambda: "introuvable" in section.line.sentence)
    assert section.elsewhere.isEnabled()


def test_the_entrance_finds_the_backups_of_the_folder_chosen(program, qtbot, tmp_path) -> None:
    with open_office(program.folder, PASSPHRASE) as office:
        back_up(office.file.access, "asked")
    (tmp_path / "disque").mkdir()
    choose_main(program.folder, tmp_path / "disque")
    program.begin()
    program.entrance.show_restore()
    _wait(qtbot, lambda: program.entrance.restore_step.list.rows.rowCount() == 1)


def test_a_damaged_setting_of_the_main_place_is_told(program, qtbot) -> None:
    keeper = _keeper(program)
    back_up(program.office.file.access, "asked")
    (program.folder / MAIN_NAME).write_bytes(b"x")
    told: list[str] = []
    program.tasks.refused.connect(told.append)
    keeper.look()
    _wait(qtbot, lambda: bool(told))
    assert "à côté du fichier" in told[0]
