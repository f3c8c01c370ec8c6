"""Drafts are in the backups: copied, checked, brought back, and never over newer ones."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from caseworker_app.bootstrap.backups import check, restore_and_open, restore_backup, state_of
from caseworker_app.bootstrap.new_key import change_open_office
from caseworker_app.bootstrap.office import Office, open_office
from caseworker_app.kernel.clock import FixedClock
from caseworker_app.security import vault
from caseworker_app.security.passphrase import THROW_AWAY
from caseworker_app.security.recovery_key import RecoveryKey
from caseworker_app.storage.backups.main_place import place_of
from caseworker_app.storage.backups.making import make_backup
from caseworker_app.storage.backups.manifest import ASKED, decode, encode
from caseworker_app.storage.backups.second_place import copy_to, shelf_at
from caseworker_app.storage.backups.shelf import Backup, read_backup
from caseworker_app.storage.drafts import FILE_NAME
from tests.ground import NOW
from tests.storage.backups.conftest import PASSPHRASE

CLOCK, LATER = FixedClock(NOW), FixedClock(NOW + timedelta(hours=1))


def by_passphrase(folder: Path):
    return vault.open_with_passphrase(folder, PASSPHRASE)


def spoil(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def typed(office: Office) -> dict[str, str]:
    return {each.key: each.content["text"] for each in office.drafts.all()}


@pytest.fixture
def backed_up(folder: Path) -> Backup:
    """A backup with two drafts; one was confirmed since, the other typed on, a third begun."""
    with open_office(folder, PASSPHRASE, clock=CLOCK) as office:
        office.drafts.keep("visit:1", {"text": "ce jour-là"}, "1")
        office.drafts.keep("note:2", {"text": "confirmé depuis"}, "2")
        made = make_backup(office.file.access, place_of(folder), ASKED)
    with open_office(folder, PASSPHRASE, clock=LATER) as office:
        office.drafts.forget("note:2")
        office.drafts.keep("visit:1", {"text": "plus récent"}, "1")
        office.drafts.keep("visit:3", {"text": "commencé depuis"}, "3")
    return made


def test_newer_drafts_stay_and_those_of_the_backup_come_back(folder, backed_up) -> None:
    restored = restore_backup(folder, backed_up, by_passphrase, LATER)
    assert (restored.lost_drafts, restored.drafts_aside, restored.lacks) == (False, False, [])
    with open_office(folder, PASSPHRASE, clock=LATER) as office:
        assert typed(office) == {
            "visit:1": "plus récent",
            "note:2": "confirmé depuis",
            "visit:3": "commencé depuis",
        }
        assert office.notices == []


def test_the_former_drafts_are_set_aside_whole_with_their_file(folder, backed_up, tmp_path) -> None:
    restored = restore_backup(folder, backed_up, by_passphrase, LATER)
    again = Path(shutil.copytree(restored.aside, tmp_path / "again"))
    with open_office(again, PASSPHRASE, clock=LATER) as office:
        assert typed(office) == {"visit:1": "plus récent", "visit:3": "commencé depuis"}


def test_on_a_new_pc_the_drafts_of_the_backup_are_there(tmp_path, backed_up) -> None:
    restore_backup(tmp_path / "neuf", backed_up, by_passphrase, LATER)
    with open_office(tmp_path / "neuf", PASSPHRASE, clock=LATER) as office:
        assert typed(office) == {"visit:1": "ce jour-là", "note:2": "confirmé depuis"}


def test_they_are_not_in_clear_in_the_backup(backed_up) -> None:
    written = (backed_up.folder / FILE_NAME).read_bytes()
    assert "confirmé".encode() not in written
    assert not written.startswith(b"SQLite format 3")


def test_drafts_of_another_data_key_are_set_aside_and_it_is_told(folder, backed_up) -> None:
    office = open_office(folder, PASSPHRASE, clock=LATER)
    changed, refused = change_open_office(
        office, PASSPHRASE, "cinq mots après un vol", RecoveryKey.generate(), kdf=THROW_AWAY
    )
    assert refused is None
    changed.close()
    with restore_and_open(folder, backed_up.folder, PASSPHRASE) as opened:
        assert typed(opened) == {"visit:1": "ce jour-là", "note:2": "confirmé depuis"}
        assert "mis de côté" in opened.notices[0]
    aside = next((folder / "mis-de-cote").iterdir())
    shutil.copytree(aside, folder.with_name("again"))
    with open_office(folder.with_name("again"), "cinq mots après un vol", clock=LATER) as former:
        assert typed(former)["visit:3"] == "commencé depuis"


def test_damaged_ones_in_a_backup_are_told_and_stop_no_restore(folder, backed_up) -> None:
    spoil(backed_up.folder / FILE_NAME)
    assert check(backed_up, by_passphrase(folder)) == "ses brouillons sont altérés"
    restored = restore_backup(folder, backed_up, by_passphrase, LATER)
    assert restored.lost_drafts
    assert "brouillons de la sauvegarde" in restored.lacks[0]
    with open_office(folder, PASSPHRASE, clock=LATER) as office:
        assert typed(office) == {"visit:1": "plus récent", "visit:3": "commencé depuis"}


def test_missing_ones_are_told_too(folder, backed_up) -> None:
    (backed_up.folder / FILE_NAME).unlink()
    assert check(backed_up, by_passphrase(folder)) == "ses brouillons sont altérés"


def test_present_ones_that_are_damaged_are_set_aside(folder, backed_up) -> None:
    (folder / FILE_NAME).write_bytes(b"x" * 5000)
    restored = restore_backup(folder, backed_up, by_passphrase, LATER)
    assert restored.drafts_aside
    assert (restored.aside / FILE_NAME).read_bytes() == b"x" * 5000
    with open_office(folder, PASSPHRASE, clock=LATER) as office:
        assert "note:2" in typed(office)


def test_damaged_ones_stop_no_backup(folder, office) -> None:
    office.drafts.close()
    (folder / FILE_NAME).write_bytes(b"x" * 5000)
    made = make_backup(office.file.access, place_of(folder), ASKED)
    assert made.manifest.drafts_sha256 == ""
    assert not (made.folder / FILE_NAME).exists()
    assert check(made, by_passphrase(folder)) == ""


def test_a_backup_of_before_has_none_and_still_reads(folder, backed_up) -> None:
    key = by_passphrase(folder)
    former = replace(backed_up.manifest, drafts_sha256="").signed(key)
    assert b"drafts" not in encode(former)
    assert decode(encode(former)) == former
    (backed_up.folder / "sauvegarde.json").write_bytes(encode(former))
    (backed_up.folder / FILE_NAME).unlink()
    made = read_backup(backed_up.folder)
    assert check(made, key) == ""
    restore_backup(folder, made, by_passphrase, LATER)
    with open_office(folder, PASSPHRASE, clock=LATER) as office:
        assert typed(office) == {"visit:1": "plus récent", "visit:3": "commencé depuis"}


def test_what_is_typed_counts_as_a_change_until_it_is_saved(folder, office) -> None:
    make_backup(office.file.access, place_of(folder), ASKED)
    assert not state_of(office.file, office.drafts).changed
    office.drafts._clock = LATER
    office.drafts.keep("visit:1", {"text": "encore"}, "1")
    assert state_of(office.file, office.drafts).changed
    make_backup(replace(office.file.access, clock=LATER), place_of(folder), ASKED)
    assert not state_of(office.file, office.drafts).changed


def test_the_second_place_has_them_and_writes_again_what_does_not_read_back(
    tmp_path, folder, backed_up
) -> None:
    place = tmp_path / "clé"
    shelf_at(place, backed_up.manifest.file_id).mkdir(parents=True)
    copied = copy_to(place, backed_up, backed_up.manifest)
    assert check(copied, by_passphrase(folder)) == ""
    spoil(copied.folder / FILE_NAME)
    again = copy_to(place, backed_up, backed_up.manifest)
    assert check(again, by_passphrase(folder)) == ""
