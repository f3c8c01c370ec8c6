"""The main place of backups: chosen, moved to with everything in it, refused with a sentence, never a backup lost."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from caseworker_app.bootstrap import backups as joined
from caseworker_app.bootstrap.backups import (
    back_up,
    backups_for,
    check,
    choose_main,
    choose_second_place,
    find_backup,
    restore_backup,
    state_of,
)
from caseworker_app.bootstrap.office import open_office
from caseworker_app.kernel.clock import FixedClock
from caseworker_app.security import network_share, vault
from caseworker_app.storage.backups import main_place, moving, shelf
from caseworker_app.storage.backups.main_place import (
    MAIN_NAME,
    MainPlace,
    place_before_migration,
    place_of,
    read_main,
    ready_place,
)
from caseworker_app.storage.backups.refusals import BackupDiskFull, BackupPlaceGone, BackupRefused
from caseworker_app.storage.backups.shelf import default_place, list_backups
from tests.ground import NOW
from tests.storage.backups.conftest import PASSPHRASE


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    made = tmp_path / "autre disque"
    made.mkdir()
    return made


def names(folder: Path) -> list[str]:
    return [each.name for each in backups_for(folder)]


def test_those_made_before_are_moved_whole_and_the_next_ones_go_there(
    office, folder, back_up, disk, key, filled_office
) -> None:
    made = [back_up(days=day) for day in (-40, -2, 0)]
    choose_main(folder, disk)
    assert place_of(folder).parent == disk
    assert names(folder) == [each.name for each in reversed(made)]
    assert not default_place(folder).exists()
    assert all(check(each, key) == "" for each in backups_for(folder))
    again = joined.back_up(office.file.access, "asked").backup
    assert again.folder.parent == place_of(folder)
    assert state_of(office.file).last == again


def test_one_moved_is_restored_by_its_name(folder, disk, filled_office) -> None:
    with open_office(folder, PASSPHRASE, clock=FixedClock(NOW)) as office:
        made = back_up(office.file.access, "asked").backup
    choose_main(folder, disk)
    found = find_backup(folder, made.name)
    assert found.folder.parent.parent == disk
    restore_backup(folder, found, lambda each: vault.open_with_passphrase(each, PASSPHRASE), FixedClock(NOW))
    assert place_of(folder).parent == disk
    open_office(folder, PASSPHRASE).close()


def test_back_beside_the_file(folder, back_up, disk) -> None:
    made = back_up()
    choose_main(folder, disk)
    choose_main(folder, None)
    assert read_main(folder).place == ""
    assert [each.name for each in list_backups(default_place(folder))] == [made.name]
    assert list(disk.iterdir()) == []


def test_choosing_the_same_again_changes_nothing(folder, back_up, disk) -> None:
    back_up()
    choose_main(folder, disk)
    before = sorted(disk.rglob("*"))
    with pytest.raises(BackupRefused, match="choisissez-en un autre"):
        choose_main(folder, place_of(folder))
    choose_main(folder, disk)
    assert sorted(disk.rglob("*")) == before


def test_a_damaged_one_stays_where_it_was_and_is_listed(folder, back_up, disk) -> None:
    sound, hurt = back_up(days=-1), back_up()
    content = bytearray(hurt.database.read_bytes())
    content[50_000] ^= 4
    hurt.database.write_bytes(content)
    choose_main(folder, disk)
    assert [each.name for each in list_backups(place_of(folder))] == [sound.name]
    assert [each.name for each in list_backups(default_place(folder))] == [hurt.name]
    assert names(folder) == [hurt.name, sound.name]


def test_a_place_that_reads_nothing_back_is_refused_and_nothing_moved(
    folder, back_up, disk, monkeypatch
) -> None:
    made = back_up()
    monkeypatch.setattr("caseworker_app.storage.backups.second_place._reads_back", lambda *_a: False)
    with pytest.raises(BackupRefused, match="Rien n’a été déplacé"):
        choose_main(folder, disk)
    assert place_of(folder) == default_place(folder)
    assert names(folder) == [made.name]
    assert not list(disk.rglob("passerelle.db"))


def test_stopped_half_way_nothing_is_changed(folder, back_up, disk, monkeypatch) -> None:
    made = [back_up(days=-1), back_up()]
    copy, count = moving.copy_into, 0

    def stopped(*arguments, **named):
        nonlocal count
        count += 1
        if count == 2:
            raise KeyboardInterrupt
        return copy(*arguments, **named)

    monkeypatch.setattr(moving, "copy_into", stopped)
    with pytest.raises(KeyboardInterrupt):
        choose_main(folder, disk)
    assert read_main(folder) == MainPlace()
    assert names(folder) == [made[1].name, made[0].name]
    assert not list(disk.rglob("passerelle.db"))
    assert not list(disk.rglob("*.piece"))


def test_killed_once_chosen_the_next_backup_takes_the_rest_away(
    office, folder, back_up, disk, monkeypatch
) -> None:
    made = back_up(days=-1)
    monkeypatch.setattr(moving, "_take_away", lambda *_a: None)
    choose_main(folder, disk)
    monkeypatch.undo()
    assert len(list_backups(default_place(folder))) == 1
    assert names(folder) == [made.name], "each is listed once"
    joined.back_up(office.file.access, "asked")
    assert list_backups(default_place(folder)) == []
    assert len(list_backups(place_of(folder))) == 2


def test_a_disk_that_is_not_there_is_said_and_no_folder_is_made(office, folder, back_up, disk) -> None:
    back_up()
    choose_main(folder, disk)
    shutil.rmtree(place_of(folder))
    with pytest.raises(BackupPlaceGone, match="introuvable"):
        joined.back_up(office.file.access, "asked")
    with pytest.raises(BackupPlaceGone):
        ready_place(folder)
    assert list(disk.iterdir()) == []
    assert place_before_migration(folder) == default_place(folder), "a migration is never kept waiting"


@pytest.mark.parametrize("inside", ["", "pieces", "backups"])
def test_the_files_own_folders_are_refused(office, folder, back_up, inside: str) -> None:
    back_up()
    chosen = default_place(folder) if inside == "backups" else folder / inside
    with pytest.raises(BackupRefused, match="celui du fichier"):
        choose_main(folder, chosen)


def test_main_and_second_place_are_never_the_same_folder(folder, back_up, disk, tmp_path) -> None:
    back_up()
    choose_second_place(folder, disk)
    with pytest.raises(BackupRefused, match="copie des sauvegardes"):
        choose_main(folder, disk)
    (tmp_path / "tiers").mkdir()
    choose_main(folder, tmp_path / "tiers")
    with pytest.raises(BackupRefused):
        choose_second_place(folder, tmp_path / "tiers")


def test_a_network_share_is_refused_as_main_place(folder, back_up, disk, monkeypatch, tmp_path) -> None:
    table = tmp_path / "mounts"
    table.write_text(f"srv:/partage {str(disk.resolve()).replace(' ', chr(92) + '040')} nfs4 rw 0 0\n")
    monkeypatch.setattr(network_share, "_MOUNTS", table)
    with pytest.raises(BackupRefused, match="partage réseau"):
        choose_main(folder, disk)
    assert list(disk.iterdir()) == []


def test_a_place_too_small_or_absent_is_refused(folder, back_up, disk, monkeypatch) -> None:
    made = back_up()
    with pytest.raises(BackupPlaceGone):
        choose_main(folder, disk / "absent")
    usage = shutil._ntuple_diskusage(10, 9, 1)
    monkeypatch.setattr(shutil, "disk_usage", lambda _place: usage)
    with pytest.raises(BackupDiskFull, match="plus assez de place"):
        choose_main(folder, disk)
    assert names(folder) == [made.name]
    assert place_of(folder) == default_place(folder)


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"\xff", b'{"place": "/x", "others": []}'])
def test_a_damaged_setting_is_told_and_backups_go_beside_the_file(
    office, folder, back_up, content: bytes
) -> None:
    back_up()
    (folder / MAIN_NAME).write_bytes(content)
    assert not read_main(folder).readable
    assert place_of(folder) == default_place(folder)
    assert not state_of(office.file).main.readable


def test_a_flipped_bit_of_the_setting_never_names_another_place(folder, back_up, disk) -> None:
    back_up()
    choose_main(folder, disk)
    whole = (folder / MAIN_NAME).read_bytes()
    for place in range(len(whole)):
        hurt = bytearray(whole)
        hurt[place] ^= 1
        (folder / MAIN_NAME).write_bytes(hurt)
        read = read_main(folder)
        assert not read.readable or read.place == str(main_place.Path(disk / shelf_name(disk)))


def shelf_name(disk: Path) -> str:
    return next(disk.iterdir()).name


def test_the_shelf_of_another_file_in_the_same_place_is_left_alone(folder, back_up, disk) -> None:
    back_up()
    (disk / "Passerelle-sauvegardes-00000000").mkdir()
    (disk / "photo.jpg").write_bytes(b"x")
    choose_main(folder, disk)
    choose_main(folder, None)
    assert {each.name for each in disk.iterdir()} == {"Passerelle-sauvegardes-00000000", "photo.jpg"}
    assert shelf.list_backups(default_place(folder))
