"""A backup comes back as it was: same rows, same chain, a device of its own; the present file is set aside, whole."""

from __future__ import annotations

import contextlib
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from caseworker_app.bootstrap.backups import backups_in, find_backup, restore_backup, state_of
from caseworker_app.bootstrap.office import Office, create_office, open_office
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import NewHousehold, NewMember
from caseworker_app.features.team.domain import NewOffice
from caseworker_app.kernel.clock import FixedClock
from caseworker_app.security import vault
from caseworker_app.security.errors import VaultMissing, WrongPassphrase
from caseworker_app.security.passphrase import THROW_AWAY
from caseworker_app.storage import integrity
from caseworker_app.storage.backups import making, restoring
from caseworker_app.storage.backups import shelf as shelves
from caseworker_app.storage.backups.main_place import place_of
from caseworker_app.storage.backups.manifest import ASKED
from caseworker_app.storage.backups.refusals import (
    BackupDamaged,
    BackupMissing,
    BackupNotOpened,
    BackupOfAnotherFile,
    NotRestored,
)
from caseworker_app.storage.backups.shelf import Backup
from caseworker_app.storage.changesets import broken_links
from caseworker_app.storage.declarations import declared_tables
from caseworker_app.storage.encrypted_file import NewerFile
from tests.ground import NOW
from tests.storage.backups.conftest import PASSPHRASE

CLOCK = FixedClock(NOW)


def by_passphrase(folder: Path):
    return vault.open_with_passphrase(folder, PASSPHRASE)


def rows_of(office: Office) -> dict[str, list[tuple]]:
    """Return every row of every table, and every changeset."""
    names = [*declared_tables(), "changeset", "change", "search_entry"]
    with office.file.reading() as connection:
        raw = connection.connection.driver_connection
        return {name: sorted(raw.execute(f'SELECT * FROM "{name}"').fetchall(), key=repr) for name in names}


@pytest.fixture
def backed_up(folder: Path) -> tuple[Backup, dict, str]:
    """A backup, the rows it holds, the mark of its device; one more household was written since."""
    with open_office(folder, PASSPHRASE, clock=CLOCK) as office:
        made = making.make_backup(office.file.access, place_of(folder), ASKED)
        rows, mark = rows_of(office), office.file.state.device_mark
        new = NewHousehold((NewMember("Belloumi", "Awa"),), (), ())
        households.create_household(office.file, office.who, new)
    return made, rows, mark


def test_the_restored_file_is_row_for_row_what_it_was_and_its_chain_holds(folder, backed_up) -> None:
    made, rows, mark = backed_up
    restored = restore_backup(folder, made, by_passphrase, CLOCK)
    with open_office(folder, PASSPHRASE, clock=CLOCK) as office:
        assert rows_of(office) == rows
        with office.file.reading() as connection:
            assert broken_links(connection) == []
            assert integrity.verify(connection).sound
            raw = connection.connection.driver_connection
            last = raw.execute("SELECT mark, reason FROM device ORDER BY rowid DESC").fetchone()
        assert last == (office.file.state.device_mark, "restore")
        assert office.file.state.device_mark != mark
    assert restored.lost_pieces == 0


def test_a_household_created_after_it_has_a_reference_nobody_had(folder, backed_up) -> None:
    made = backed_up[0]
    with open_office(folder, PASSPHRASE, clock=CLOCK) as office, office.file.reading() as connection:
        raw = connection.connection.driver_connection
        before = {row[0] for row in raw.execute("SELECT reference FROM household")}
    restore_backup(folder, made, by_passphrase, CLOCK)
    with open_office(folder, PASSPHRASE, clock=CLOCK) as office:
        new = NewHousehold((NewMember("Cazenave", "Luc"),), (), ())
        number = households.create_household(office.file, office.who, new)[0]
        with office.file.reading() as connection:
            raw = connection.connection.driver_connection
            reference = raw.execute("SELECT reference FROM household WHERE id = ?", (number,)).fetchone()[0]
            assert broken_links(connection) == []
    assert reference not in before


def test_the_former_file_is_set_aside_and_opens(folder, backed_up, tmp_path) -> None:
    restored = restore_backup(folder, backed_up[0], by_passphrase, CLOCK)
    again = Path(shutil.copytree(restored.aside, tmp_path / "again"))
    with open_office(again, PASSPHRASE, clock=CLOCK) as office:
        assert state_of(office.file).backups == ()
        assert len(rows_of(office)["household"]) == len(backed_up[1]["household"]) + 1


def test_restoring_twice_keeps_both_former_files(folder, backed_up) -> None:
    one = restore_backup(folder, backed_up[0], by_passphrase, CLOCK).aside
    two = restore_backup(folder, backed_up[0], by_passphrase, CLOCK).aside
    assert one != two
    assert (one / "passerelle.db").is_file()
    assert (two / "passerelle.db").is_file()


def test_into_an_empty_folder_with_the_contents_of_attachments(tmp_path, folder, backed_up) -> None:
    shutil.rmtree(folder)
    restored = restore_backup(folder, backed_up[0], by_passphrase, CLOCK)
    assert restored.aside is None
    with open_office(folder, PASSPHRASE, clock=CLOCK) as office:
        assert rows_of(office) == backed_up[1]
        assert office.file.contents.read(office.file.contents.put(b"a scanned page")) == b"a scanned page"
    assert len(list((folder / "pieces").iterdir())) == backed_up[0].manifest.pieces > 1


def test_with_the_recovery_key_and_a_damaged_present_file(folder, backed_up, filled_office) -> None:
    (folder / "passerelle.db").write_bytes(bytes(5000))
    restore_backup(
        folder, backed_up[0], lambda each: vault.open_with_recovery_key(each, filled_office[1]), CLOCK
    )
    with open_office(folder, PASSPHRASE, clock=CLOCK) as office:
        assert rows_of(office) == backed_up[1]


def test_with_the_header_of_the_present_file_lost(folder, backed_up) -> None:
    (folder / "passerelle.cle").write_bytes(b"")
    (folder / "passerelle.cle.copie").unlink()
    restore_backup(folder, backed_up[0], by_passphrase, CLOCK)
    with open_office(folder, PASSPHRASE, clock=CLOCK) as office:
        assert rows_of(office) == backed_up[1]


def test_the_passphrase_is_that_of_the_backup(folder, backed_up) -> None:
    vault.change_passphrase(folder, by_passphrase(folder), "une autre phrase ensuite", kdf=THROW_AWAY)
    with pytest.raises(WrongPassphrase):
        restore_backup(
            folder,
            backed_up[0],
            lambda each: vault.open_with_passphrase(each, "une autre phrase ensuite"),
            CLOCK,
        )
    open_office(folder, "une autre phrase ensuite").close()
    restore_backup(folder, backed_up[0], by_passphrase, CLOCK)
    open_office(folder, PASSPHRASE).close()


def test_what_a_change_of_data_key_left_does_not_come_back_over_it(folder, backed_up) -> None:
    stray = folder / "passerelle.db.nouveau"
    shutil.copy(folder / "passerelle.db", stray)
    restored = restore_backup(folder, backed_up[0], by_passphrase, CLOCK)
    assert not stray.exists()
    assert (restored.aside / stray.name).is_file()


def test_a_damaged_one_is_refused_and_changes_nothing(folder, backed_up) -> None:
    made = backed_up[0]
    content = bytearray(made.database.read_bytes())
    content[50_000] ^= 4
    made.database.write_bytes(content)
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    with pytest.raises(BackupDamaged, match="abîmée"):
        restore_backup(folder, made, by_passphrase, CLOCK)
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before
    assert not (folder / restoring.ASIDE).exists()


def test_one_header_copy_damaged_is_mended_and_both_are_told(folder, backed_up) -> None:
    made = backed_up[0]
    (made.folder / "passerelle.cle").write_bytes(b"x")
    restore_backup(folder, made, by_passphrase, CLOCK)
    (made.folder / "passerelle.cle").write_bytes(b"x")
    (made.folder / "passerelle.cle.copie").write_bytes(b"x")
    with pytest.raises(BackupDamaged, match="en-tête"):
        restore_backup(folder, made, by_passphrase, CLOCK)


def test_a_newer_one_is_refused(folder, backed_up) -> None:
    made = backed_up[0]
    key = by_passphrase(folder)
    later = restoring.Manifest(
        **{name: getattr(made.manifest, name) for name in made.manifest.__dataclass_fields__}
        | {"revision": "9999"}
    )
    (made.folder / "sauvegarde.json").write_bytes(making.encode_manifest(later.signed(key)))
    with pytest.raises(NewerFile, match="plus récente"):
        restore_backup(folder, shelves.read_backup(made.folder), by_passphrase, CLOCK)


def test_that_of_another_file_is_refused(tmp_path, backed_up) -> None:
    other = tmp_path / "autre"
    create_office(other, PASSPHRASE, NewOffice("Les Amarres", "Claire Lenoir"), kdf=THROW_AWAY)[0].close()
    with pytest.raises(BackupOfAnotherFile, match="autre fichier"):
        restore_backup(other, backed_up[0], by_passphrase, CLOCK)


def test_nobody_works_inside_a_backup(backed_up) -> None:
    with pytest.raises(BackupNotOpened, match="Restaurer une sauvegarde"):
        open_office(backed_up[0].folder, PASSPHRASE)


def test_a_backup_is_found_by_name_and_by_path(folder, backed_up, tmp_path) -> None:
    made = backed_up[0]
    assert find_backup(folder, made.name) == made
    assert find_backup(folder, str(made.folder)) == made
    assert backups_in(made.folder) == [made]
    with pytest.raises(BackupMissing):
        find_backup(folder, "2001-01-01_000000")


def test_a_full_disk_restores_nothing(folder, backed_up, monkeypatch) -> None:
    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copyfileobj", full)
    with pytest.raises(NotRestored, match="Rien n’a été restauré"):
        restore_backup(folder, backed_up[0], by_passphrase, CLOCK)
    assert not (folder / "restauration").exists()
    open_office(folder, PASSPHRASE).close()


@pytest.mark.parametrize("stop", range(1, 17))
def test_stopped_between_any_two_moves_the_next_opening_finishes(
    folder, backed_up, monkeypatch, stop: int
) -> None:
    """The program is gone after so many renames; what is then on the disk opens as the one or the other."""
    count = 0
    rename = Path.replace

    class Gone(BaseException):
        """The process was killed."""

    def counted(path: Path, target: Path) -> Path:
        nonlocal count
        count += 1
        if count == stop:
            raise Gone
        return rename(path, target)

    monkeypatch.setattr(Path, "replace", counted)
    monkeypatch.setattr(shutil, "rmtree", lambda *_a, **_k: None)  # a killed process removes nothing either
    with contextlib.suppress(Gone):
        restore_backup(folder, backed_up[0], by_passphrase, CLOCK)
    monkeypatch.undo()
    with open_office(folder, PASSPHRASE, clock=CLOCK) as office:
        found = rows_of(office)
        with office.file.reading() as connection:
            assert integrity.verify(connection).sound
    former = len(found["household"]) == len(backed_up[1]["household"]) + 1
    assert former or found == backed_up[1]
    assert former != (folder / restoring.ASIDE).is_dir()


PROGRAM = """
import sys
from pathlib import Path
from caseworker_app.bootstrap.backups import find_backup, restore_backup
from caseworker_app.kernel.clock import SystemClock
from caseworker_app.security.vault import open_with_passphrase
folder = Path(sys.argv[1])
print("ready", flush=True)
chosen = find_backup(folder, sys.argv[2])
restore_backup(folder, chosen, lambda each: open_with_passphrase(each, sys.argv[3]), SystemClock())
"""


@pytest.mark.parametrize("seed", range(6))
def test_killed_at_any_instant_one_of_the_two_files_is_there(folder, backed_up, seed: int) -> None:
    command = [sys.executable, "-c", PROGRAM, str(folder), backed_up[0].name, PASSPHRASE]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="ascii") as process:
        assert process.stdout is not None
        process.stdout.readline()
        try:
            process.wait(random.Random(seed).uniform(0, 0.5))
        except subprocess.TimeoutExpired:
            process.kill()
    with open_office(folder, PASSPHRASE, clock=CLOCK) as office:
        found = rows_of(office)
        with office.file.reading() as connection:
            assert integrity.verify(connection).sound
    assert found == backed_up[1] or len(found["household"]) == len(backed_up[1]["household"]) + 1


def test_without_anything_there_is_no_vault(tmp_path) -> None:
    with pytest.raises(VaultMissing):
        open_office(tmp_path / "rien", PASSPHRASE)
