"""The whole file encrypted again under another key: same content, no former key, nothing left of a change cut short."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher

from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.security.data_key import DataKey, derive
from caseworker_app.storage import rekeying
from caseworker_app.storage.attachments import Contents
from caseworker_app.storage.drafts import PURPOSE, Drafts
from caseworker_app.storage.encrypted_file import FILE_NAME, EncryptedFile
from caseworker_app.storage.engine import WrongKey, connect
from caseworker_app.storage.failures import DiskFull, FileBusy, FileDamaged
from caseworker_app.storage.integrity import verify
from tests.ground import KEY

OLD = DataKey(bytes.fromhex(KEY))


@pytest.fixture
def folder(blank_folder: Path, tmp_path: Path, clock) -> Path:
    made = tmp_path / "fichier"
    shutil.copytree(blank_folder, made)
    EncryptedFile.open(made, KEY, clock).close()
    with Drafts(made, derive(OLD, PURPOSE).hex(), clock) as drafts:
        drafts.keep("visit:1", {"observed": "Fenêtre réparée"})
    Contents(made, derive(OLD, "attachments")).put(b"une photo")
    return made


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def mark_of(folder: Path, key: DataKey, clock) -> str:
    with EncryptedFile.open(folder, key.hex(), clock) as file:
        return file.state.device_mark


def test_the_new_key_opens_the_same_content_and_the_old_one_nothing(folder: Path, clock) -> None:
    before, new = mark_of(folder, OLD, clock), DataKey.generate()
    rekeying.prepare(folder, OLD, new)
    rekeying.finish(folder, new)
    rekeying.forget_former_contents(folder, new)
    with EncryptedFile.open(folder, new.hex(), clock) as file:
        with file.reading() as connection:
            assert verify(connection).sound
        assert file.state.device_mark == before
    with Drafts(folder, derive(new, PURPOSE).hex(), clock) as drafts:
        assert drafts.notice is None
        assert drafts.find("visit:1").content == {"observed": "Fenêtre réparée"}
    contents = Contents(folder, derive(new, "attachments"))
    assert [contents.read(each) for each in contents.hashes()] == [b"une photo"]
    assert Contents(folder, derive(OLD, "attachments")).hashes() == []
    for path, key in ((FILE_NAME, OLD), ("brouillons.db", DataKey(derive(OLD, PURPOSE)))):
        with pytest.raises(WrongKey):
            connect(folder / path, key.hex(), writable=False)
    assert not [name for name in names(folder) if name.endswith(rekeying.IN_THE_MAKING)]


def test_what_was_prepared_and_never_put_in_force_is_taken_away_at_the_next_opening(
    folder: Path, clock
) -> None:
    rekeying.prepare(folder, OLD, DataKey.generate())
    rekeying.finish(folder, OLD)
    assert not [name for name in names(folder) if rekeying.IN_THE_MAKING in name]
    mark_of(folder, OLD, clock)


def test_a_finish_stopped_between_two_files_goes_on_later(folder: Path, clock) -> None:
    new = DataKey.generate()
    rekeying.prepare(folder, OLD, new)
    (folder / (FILE_NAME + rekeying.IN_THE_MAKING)).replace(folder / FILE_NAME)
    rekeying.finish(folder, new)
    with Drafts(folder, derive(new, PURPOSE).hex(), clock) as drafts:
        assert drafts.find("visit:1") is not None


def test_a_file_that_is_open_elsewhere_is_refused_and_left_as_it_was(folder: Path, clock) -> None:
    with (
        EncryptedFile.open(folder, KEY, clock) as file,
        file.unit_of_work("w", "found_office"),
        pytest.raises(FileBusy),
    ):
        rekeying.prepare(folder, OLD, DataKey.generate())
    assert not [name for name in names(folder) if rekeying.IN_THE_MAKING in name]
    mark_of(folder, OLD, clock)


def test_a_damaged_page_stops_the_change_with_a_sentence(folder: Path) -> None:
    path = folder / FILE_NAME
    data = bytearray(path.read_bytes())
    data[4096 * 9 + 100] ^= 1
    path.write_bytes(data)
    with pytest.raises(CaseworkerError, match="abîmé"):
        rekeying.prepare(folder, OLD, DataKey.generate())
    assert not [name for name in names(folder) if rekeying.IN_THE_MAKING in name]


def test_how_far_it_is_reaches_the_end(folder: Path) -> None:
    told: list[tuple[int, int]] = []
    rekeying.prepare(folder, OLD, DataKey.generate(), lambda done, total: told.append((done, total)))
    assert told[-1][0] == told[-1][1] > 0


def test_no_room_for_what_the_engine_works_with_is_a_full_disk_and_no_damage(
    folder: Path, monkeypatch
) -> None:
    """On a disk without room the engine cannot share its memory, and says that the disk fails."""
    usage = shutil.disk_usage(folder)

    def without_room(*_given: object, **_named: object) -> None:
        raise sqlcipher.OperationalError("disk I/O error")

    with monkeypatch.context() as patched:
        patched.setattr(shutil, "disk_usage", lambda _path: usage._replace(free=4096))
        patched.setattr(rekeying, "connect", without_room)
        with pytest.raises(DiskFull):
            rekeying.prepare(folder, DataKey(bytes.fromhex(KEY)), DataKey.generate())
        patched.setattr(shutil, "disk_usage", lambda _path: usage._replace(free=1 << 40))
        with pytest.raises(FileDamaged):
            rekeying.prepare(folder, DataKey(bytes.fromhex(KEY)), DataKey.generate())
