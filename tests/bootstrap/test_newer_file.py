"""A file a newer version wrote: refused by a sentence, untouched; a copy is kept, or an older one restored."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from caseworker_app.bootstrap.backups import back_up, restore_backup
from caseworker_app.bootstrap.newer_file import copy_newer, pages_hold
from caseworker_app.bootstrap.office import create_office, open_office
from caseworker_app.bootstrap.window import Program
from caseworker_app.cli import main
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import NewHousehold, NewMember
from caseworker_app.features.team.domain import NewOffice
from caseworker_app.kernel.clock import SystemClock
from caseworker_app.security.passphrase import THROW_AWAY
from caseworker_app.security.vault import open_with_passphrase
from caseworker_app.storage.backups.main_place import place_of
from caseworker_app.storage.backups.shelf import list_backups
from caseworker_app.storage.encrypted_file import FILE_NAME, NewerFile
from caseworker_app.storage.engine import connect
from tests.bootstrap.programs import retire

PASSPHRASE = "girafe tambour cerise lampadaire"


def by_passphrase(folder: Path):
    return open_with_passphrase(folder, PASSPHRASE)


@pytest.fixture
def newer(tmp_path: Path, _stores: None) -> Path:
    """A file of a version to come, with a household; a backup of this version's day lies beside it."""
    folder = tmp_path / "fichier"
    new = NewOffice("Les Amarres", "Claire Lenoir")
    with create_office(folder, PASSPHRASE, new, kdf=THROW_AWAY)[0] as office:
        back_up(office.file.access, "asked")
        households.create_household(office.file, office.who, NewHousehold((NewMember("Belloumi"),)))
        key = office.file.access.key_hex
    raw = connect(folder / FILE_NAME, key, writable=True)
    raw.execute("ALTER TABLE household ADD COLUMN colour TEXT")
    raw.execute("CREATE TABLE holiday (id TEXT PRIMARY KEY, words TEXT)")
    raw.execute("INSERT INTO holiday VALUES ('a', 'mots d’une version à venir')")
    raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.close()
    return folder


def contents(folder: Path) -> dict[str, str]:
    """Return what the files hold that hold what is confirmed."""
    names = (FILE_NAME, "passerelle.cle", "brouillons.db")
    return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names}


def test_it_is_refused_and_left_as_it_is(newer: Path) -> None:
    before = contents(newer)
    with pytest.raises(NewerFile, match="rien n’y a été changé"):
        open_office(newer, PASSPHRASE)
    assert contents(newer) == before


def test_a_copy_is_whole_and_takes_the_place_of_no_older_backup(newer: Path, tmp_path: Path) -> None:
    place = place_of(newer)
    older = list_backups(place)
    made = copy_newer(newer, by_passphrase)
    assert {each.name for each in list_backups(place)} == {made.name, *(each.name for each in older)}
    raw = connect(made.database, by_passphrase(newer).hex(), writable=False)
    try:
        assert raw.execute("SELECT words FROM holiday").fetchall() == [("mots d’une version à venir",)]
    finally:
        raw.close()


def test_its_pages_are_looked_at(newer: Path) -> None:
    assert pages_hold(newer, by_passphrase)
    path = newer / FILE_NAME
    content = bytearray(path.read_bytes())
    content[-2000] ^= 1
    path.write_bytes(content)
    assert not pages_hold(newer, by_passphrase)


def test_the_command_line_copies_and_verifies_it(newer: Path, tmp_path: Path, monkeypatch, capsys) -> None:
    monkeypatch.setenv("CASEWORKER_PASSPHRASE", PASSPHRASE)
    before = contents(newer)
    assert main(["backup", "--to", str(tmp_path / "ailleurs"), "--data", str(newer)]) == 0
    (made,) = list_backups(tmp_path / "ailleurs")
    assert made.manifest is not None
    assert made.manifest.revision == "9999"
    capsys.readouterr()
    assert main(["verify", "--data", str(newer)]) == 1
    said = capsys.readouterr().err
    assert "plus récente" in said
    assert "Chacune de ses pages" in said
    assert main(["search", "belloumi", "--data", str(newer)]) == 1
    assert "plus récente" in capsys.readouterr().err
    assert contents(newer) == before


def test_an_older_backup_is_restored_and_the_newer_file_set_aside(newer: Path) -> None:
    before = contents(newer)
    (older,) = list_backups(place_of(newer))
    restored = restore_backup(newer, older, by_passphrase, SystemClock())
    assert restored.aside is not None
    assert contents(restored.aside)[FILE_NAME] == before[FILE_NAME]
    open_office(newer, PASSPHRASE).close()


def test_the_window_says_it_and_keeps_a_copy(qtbot, newer: Path, tmp_path: Path) -> None:
    program = Program(QApplication.instance(), newer)
    try:
        program.begin()
        window = program.entrance
        qtbot.waitUntil(window.isVisible)
        assert not window.copy_button.isVisible()
        window.passphrase.setText(PASSPHRASE)
        window.try_passphrase()
        qtbot.waitUntil(window.copy_button.isVisible)
        assert "plus récente" in window.passphrase_field.sentence
        (tmp_path / "clé").mkdir()
        window.keep_copy(tmp_path / "clé")
        qtbot.waitUntil(
            lambda: list_backups(tmp_path / "clé") != [] and window.steps.isEnabled(), timeout=30_000
        )
        assert str(tmp_path / "clé") in window.passphrase_field.line.hint
        window.passphrase.clear()
        window.keep_copy(tmp_path / "clé")
        assert "Écrivez" in window.passphrase_field.sentence
        window.show_restore()
        qtbot.waitUntil(lambda: window.restore_step.list.rows.rowCount() == 1)
        window.restore_step.secret.setText(PASSPHRASE)
        window.restore_step.restore_button.click()
        qtbot.waitUntil(lambda: program.window is not None)
    finally:
        retire(program)
