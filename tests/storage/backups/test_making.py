"""A backup is whole, opens with the secrets of its day, is checked, and takes the place of none that is still kept."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from caseworker_app.bootstrap.backups import back_up as back_up_file
from caseworker_app.bootstrap.backups import check, state_of
from caseworker_app.bootstrap.office import open_office
from caseworker_app.kernel.clock import FixedClock
from caseworker_app.security import vault
from caseworker_app.security.data_key import DataKey
from caseworker_app.security.passphrase import THROW_AWAY
from caseworker_app.storage import encrypted_file
from caseworker_app.storage.backups import making, shelf
from caseworker_app.storage.backups.checking import check_backup
from caseworker_app.storage.backups.manifest import ASKED, IMPORT, MIGRATION
from caseworker_app.storage.backups.pieces import read_list
from caseworker_app.storage.backups.refusals import (
    BackupDamaged,
    BackupDiskFull,
    BackupPlaceGone,
    BackupPlaceReadOnly,
    BackupUnderWay,
)
from caseworker_app.storage.failures import FileDamaged
from tests.ground import NOW
from tests.mortal import anybodys_place, hand, needs_rights, refused_like_anybody
from tests.storage.backups.conftest import PASSPHRASE


def names(place: Path) -> set[str]:
    """Return what lies in a folder of backups, beside its lock and the contents of attachments."""
    return {path.name for path in place.iterdir()} - {shelf.LOCK_NAME, "pieces"}


def test_it_opens_with_the_passphrase_and_the_recovery_key_of_its_day(
    office, folder, key, back_up, filled_office
) -> None:
    made = back_up()
    vault.change_passphrase(folder, key, "une autre phrase ensuite", kdf=THROW_AWAY)
    assert vault.open_with_passphrase(made.folder, PASSPHRASE) == key
    assert vault.open_with_recovery_key(made.folder, filled_office[1]) == key


def test_it_tells_what_it_holds_and_is_found_in_the_list(office, place, key, back_up) -> None:
    made = back_up()
    pieces = len(office.file.contents.hashes())
    assert pieces > 1
    assert shelf.list_backups(place) == [made]
    assert (made.manifest.households, made.manifest.reason, made.manifest.pieces) == (4, ASKED, pieces)
    assert made.manifest.made_at == "2026-11-24T13:00:00Z"
    assert made.manifest.size == made.database.stat().st_size
    assert check(made, key) == ""
    assert not state_of(office.file).changed


def test_nothing_in_it_can_be_read_without_the_key(back_up) -> None:
    made = back_up()
    with pytest.raises(sqlite3.DatabaseError):
        sqlite3.connect(made.database).execute("SELECT * FROM household").fetchall()
    everything = b"".join(path.read_bytes() for path in made.folder.iterdir())
    assert b"Ferhaoui" not in everything
    assert b"a scanned page" not in everything


def test_what_is_written_while_it_is_made_is_in_the_next_one(office, back_up, add_household, place) -> None:
    """The copy stands on one snapshot, and the writer never waits for it."""
    told: list[str] = []

    def write(done: int, total: int) -> None:
        if not told:
            told.append(add_household("Belloumi"))

    made = making.make_backup(office.file.access, place, ASKED, tell=write)
    assert told
    assert made.manifest.households == 4
    assert state_of(office.file).changed
    assert back_up(days=1).manifest.households == 5


def test_two_at_once_are_refused_and_waiting_has_them_follow(office, place) -> None:
    inside, go_on = threading.Event(), threading.Event()

    def slowly(_done: int, _total: int) -> None:
        inside.set()
        go_on.wait(120)

    first = threading.Thread(
        target=lambda: making.make_backup(office.file.access, place, ASKED, tell=slowly), daemon=True
    )
    first.start()
    assert inside.wait(120)
    with pytest.raises(BackupUnderWay):
        making.make_backup(office.file.access, place, ASKED)
    threading.Timer(0.1, go_on.set).start()
    making.make_backup(office.file.access, place, ASKED, wait_seconds=120)
    first.join()
    assert not [name for name in names(place) if name.startswith(".")]


def test_stopped_half_way_it_leaves_nothing(office, place, back_up) -> None:
    good = back_up()

    def stop(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        making.make_backup(office.file.access, place, ASKED, tell=stop)
    assert names(place) == {good.name}


@pytest.mark.parametrize("reason", [MIGRATION, IMPORT])
def test_older_ones_are_rotated_and_the_one_before_a_migration_or_an_import_stays(
    back_up, place, reason
) -> None:
    before = back_up(days=-60, reason=reason)
    for day in range(-59, 1):
        back_up(days=day)
    found = shelf.list_backups(place)
    assert before in found
    assert 11 <= len(found) <= 15
    assert len(found) == len(names(place))


def test_contents_go_with_the_last_backup_that_lists_them(office, back_up, place) -> None:
    first = back_up(days=-400)
    name = next(iter(read_list(first)))
    office.file.contents.sweep(set(), at_once=True)
    for day in range(-8, 0):
        back_up(days=day)
    assert first not in shelf.list_backups(place)
    assert not (place / "pieces" / name).exists()


def test_contents_are_kept_once_for_all(office, back_up, place) -> None:
    one = back_up()
    office.file.contents.put(b"another page")
    two = back_up(days=1)
    assert set(read_list(one)) < set(read_list(two))
    assert {path.name for path in (place / "pieces").iterdir()} == set(read_list(two))


def test_a_lost_content_is_told_by_the_check(back_up, key, place) -> None:
    made = back_up()
    next((place / "pieces").iterdir()).unlink()
    assert check(made, key) == "1\u00a0pièce jointe manque"


def test_the_folder_of_backups_made_again_when_it_vanished(back_up, place) -> None:
    back_up()
    shutil.rmtree(place)
    assert back_up(days=1) in shelf.list_backups(place)


def test_a_place_that_cannot_be_is_told(office, tmp_path: Path) -> None:
    (tmp_path / "fichier").write_text("not a folder")
    with pytest.raises(BackupPlaceGone, match="introuvable"):
        making.make_backup(office.file.access, tmp_path / "fichier" / "sauvegardes", ASKED)


@needs_rights
def test_a_read_only_place_is_told(filled_office) -> None:
    with anybodys_place() as reached:
        folder = Path(shutil.copytree(filled_office[0], reached / "data"))
        (reached / "sauvegardes").mkdir()
        hand(reached)
        (reached / "sauvegardes").chmod(0o500)
        refused = pytest.raises(BackupPlaceReadOnly, match="ne se laisse pas écrire")
        with refused_like_anybody(), open_office(folder, PASSPHRASE) as office, refused:
            making.make_backup(office.file.access, reached / "sauvegardes", ASKED)
        (reached / "sauvegardes").chmod(0o700)
        with open_office(folder, PASSPHRASE) as office:
            assert making.make_backup(office.file.access, reached / "sauvegardes", ASKED).manifest


def test_a_read_only_disk_is_told(office, place, monkeypatch) -> None:

    def refuse(*_arguments: object, **_options: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(BackupPlaceReadOnly):
        making.make_backup(office.file.access, place, ASKED)


def test_no_room_is_told_before_anything_is_written(office, place, monkeypatch, back_up) -> None:
    good = back_up()
    usage = shutil.disk_usage(place)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage._replace(free=1000))
    with pytest.raises(BackupDiskFull, match="plus assez de place"):
        making.make_backup(office.file.access, place, ASKED)
    assert names(place) == {good.name}


@pytest.fixture
def small_disk(tmp_path: Path):
    """A disk of 3 MB, where the system lets one be mounted."""
    point = tmp_path / "petit"
    point.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(point)]
    if sys.platform != "linux" or subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("no small disk can be mounted here")
    yield point
    subprocess.run(["umount", str(point)], check=True)


@pytest.mark.parametrize("free_kib", range(0, 2600, 130))
def test_a_full_disk_at_any_write_leaves_the_good_one_alone(
    office, key, small_disk: Path, monkeypatch, free_kib: int
) -> None:
    monkeypatch.setattr(making, "_LEFT_FREE", -(1 << 40))  # so that the disk itself says no
    place = small_disk / "sauvegardes"
    place.mkdir()
    fills = shutil.disk_usage(small_disk).free - free_kib * 1024
    (small_disk / "autre").write_bytes(bytes(max(0, fills)))
    made = None
    with contextlib.suppress(BackupDiskFull):
        made = making.make_backup(office.file.access, place, ASKED)
    assert made is None or check(made, key) == ""
    assert names(place) == ({made.name} if made else set())


def test_a_damaged_file_never_takes_the_place_of_its_backups(folder, place) -> None:
    with open_office(folder, PASSPHRASE) as office:
        access = office.file.access
    with (folder / encrypted_file.FILE_NAME).open("r+b") as stream:
        stream.seek(40 * 4096 + 100)
        stream.write(bytes(50))
    with pytest.raises(FileDamaged):
        making.make_backup(access, place, ASKED)
    assert names(place) == set()


def test_a_migration_begins_with_a_backup(folder, place, monkeypatch) -> None:
    """As a later version would see this file: older than its own revision."""
    later = str(int(encrypted_file.HEAD) + 1).zfill(4)
    monkeypatch.setattr(encrypted_file, "HEAD", later)
    kept_then: list[shelf.Backup] = []
    monkeypatch.setattr(
        encrypted_file, "_migrate", lambda _engine, _clock: kept_then.extend(shelf.list_backups(place))
    )
    open_office(folder, PASSPHRASE).close()
    assert [each.manifest.reason for each in kept_then] == [MIGRATION]


def test_the_last_one_is_due_after_a_day_or_when_the_clock_went_back(office, back_up) -> None:
    assert state_of(office.file).due
    back_up(days=-0.9)
    assert not state_of(office.file).due
    office.file.clock = FixedClock(NOW.replace(day=25, hour=20))
    assert state_of(office.file).due
    office.file.clock = FixedClock(NOW.replace(day=20))
    assert state_of(office.file).due


def test_a_clock_set_back_takes_nothing_away(back_up, place) -> None:
    known = {back_up(days=day) for day in range(9)}
    kept_before = set(shelf.list_backups(place))
    made = back_up(days=-30)
    assert set(shelf.list_backups(place)) == {*kept_before, made}
    assert kept_before <= known


def test_a_change_of_passphrase_calls_for_a_backup(office, folder, key, back_up) -> None:
    back_up()
    assert not state_of(office.file).changed
    vault.change_passphrase(folder, key, "une autre phrase ensuite", kdf=THROW_AWAY)
    assert state_of(office.file).changed
    assert state_of(office.file).due


@pytest.mark.parametrize("seed", range(60))
def test_any_byte_turned_over_in_a_backup_is_seen(back_up, key, seed: int) -> None:
    import random

    draw = random.Random(seed)
    made = back_up()
    path = draw.choice(sorted(made.folder.iterdir()))
    content = bytearray(path.read_bytes())
    if not content:
        pytest.skip("an empty file has no byte to turn over")
    content[draw.randrange(len(content))] ^= 1 << draw.randrange(8)
    path.write_bytes(content)
    damaged = shelf.read_backup(made.folder)
    assert check(damaged, key) != ""
    if path.name not in ("pieces.liste", "brouillons.db"):
        with pytest.raises(BackupDamaged, match="est abîmée"):
            check_backup(damaged, key)


def test_a_damaged_one_names_the_next_older(back_up, key) -> None:
    older, newer = back_up(), back_up(days=1)
    with newer.database.open("r+b") as stream:
        stream.truncate(8192)
    with pytest.raises(BackupDamaged, match=older.name):
        check_backup(newer, key)


def test_two_vaults_in_one_folder_keep_to_themselves(back_up, place, office, key, tmp_path) -> None:
    mine = back_up()
    stranger = place / "2020-01-01_000000"
    shutil.copytree(mine.folder, stranger)
    told = replace(mine.manifest, file_id="ab" * 16, made_at="2020-01-01T00:00:00Z").signed(key)
    (stranger / "sauvegarde.json").write_bytes(making.encode_manifest(told))
    for day in range(1, 10):
        back_up(days=day)
    assert stranger.is_dir()
    assert all(each.manifest.file_id == mine.manifest.file_id for each in state_of(office.file).backups)


def test_a_wrong_key_checks_nothing(back_up) -> None:
    assert "autre clé" in check(back_up(), DataKey.generate())


def test_elsewhere_when_asked(office, tmp_path: Path, place) -> None:
    made = back_up_file(office.file.access, ASKED, place=tmp_path / "ailleurs").backup
    assert made.folder.parent == tmp_path / "ailleurs"
    assert not place.exists()
