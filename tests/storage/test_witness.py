"""What was confirmed and is gone is told, once; a power cut, another process or a lost witness tell nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from caseworker_app.features.households import service as households
from caseworker_app.features.households import store
from caseworker_app.features.households.domain import NewHousehold, NewMember
from caseworker_app.kernel.clock import FixedClock
from caseworker_app.storage.access_log import AccessKind
from caseworker_app.storage.encrypted_file import FILE_NAME, EncryptedFile
from caseworker_app.storage.integrity import verify
from caseworker_app.storage.witness import ENDING, Missing
from tests.ground import KEY, NOW

WITNESS = FILE_NAME + ENDING


def create(file, who, name: str) -> str:
    return households.create_household(file, who, NewHousehold((NewMember(name),)))[0]


def opened(folder: Path) -> EncryptedFile:
    return EncryptedFile.open(folder, KEY, FixedClock(NOW))


@pytest.fixture
def older(file, who, household, tmp_path):
    """A data folder whose file was put back as it was three changes and one access ago, beside the witness of today."""
    file.close()
    with opened(file.folder) as again:
        before = shutil.copytree(file.folder, tmp_path / "before")
        for name in ("Okonski", "Dubœuf", "Çelik"):
            create(again, who, name)
        again.accesses.note(who.worker_id, AccessKind.OPENED, household)
    (before / WITNESS).write_bytes((file.folder / WITNESS).read_bytes())
    return before


def test_an_older_file_put_back_is_told_with_how_much_and_until_when(older):
    with opened(older) as file:
        assert file.missing == Missing(3, 1, "2026-11-24T13:00:00Z")
        sentence = file.missing.sentence
    assert sentence.startswith("Il manque 3\u00a0modifications à la fin du fichier")
    assert "24/11/2026 à 1" in sentence


def test_it_is_told_until_work_goes_on_and_no_number_is_given_twice(older, who):
    with opened(older) as file:
        first = file.state
    with opened(older) as file:
        assert file.missing is not None
        assert file.state.device_id != first.device_id
        new = create(file, who, "Ferhaoui")
        with file.reading() as connection:
            assert file.state.device_mark in store.households.one(connection, new).reference
            assert verify(connection).sound
    with opened(older) as file:
        assert file.missing is None


def test_the_end_of_the_log_of_accesses_alone_is_told(file, who, household, tmp_path):
    with opened(file.folder) as again:
        before = shutil.copytree(file.folder, tmp_path / "before")
        again.accesses.note(who.worker_id, AccessKind.OPENED, household)
        again.keep_accesses()
        (before / WITNESS).write_bytes((file.folder / WITNESS).read_bytes())
    with opened(before) as cut:
        assert cut.missing is not None
        assert cut.missing.changesets == 0
        assert "journal des accès" in cut.missing.sentence


def test_another_end_in_place_of_the_one_confirmed_is_told(file, who, tmp_path):
    file.close()
    other = shutil.copytree(file.folder, tmp_path / "other")
    for folder, names in ((file.folder, ("Okonski",)), (other, ("Dubœuf", "Çelik"))):
        with opened(folder) as again:
            for name in names:
                create(again, who, name)
    (other / WITNESS).write_bytes((file.folder / WITNESS).read_bytes())
    with opened(other) as again:
        assert again.missing is not None
        assert again.missing.changesets is None
        assert again.missing.sentence.startswith("Il manque des modifications")


def test_a_witness_late_torn_forged_or_gone_accuses_nobody(file, who):
    """It is written without waiting for the disk: a power cut may leave any former state of it."""
    create(file, who, "Okonski")
    late = (file.folder / WITNESS).read_bytes()
    create(file, who, "Dubœuf")
    file.close()
    there = (file.folder / WITNESS).read_bytes()
    for content in (late, there[:4096], there[:60], b"", bytes(8192), there[:4096] + late[4096:], None):
        if content is None:
            (file.folder / WITNESS).unlink()
        else:
            (file.folder / WITNESS).write_bytes(content)
        with opened(file.folder) as again:
            assert again.missing is None
            create(again, who, "Çelik")


def test_each_place_alone_is_enough_to_tell(older):
    whole = (older / WITNESS).read_bytes()
    for hurt in (0, 4096):
        (older / WITNESS).write_bytes(whole[:hurt] + bytes([whole[hurt] ^ 1]) + whole[hurt + 1 :])
        with opened(older) as file:
            assert file.missing is not None
            assert file.missing.changesets >= 2


def test_two_processes_on_one_file_leave_a_witness_that_accuses_nobody(file, who):
    with EncryptedFile.beside(file.access) as other:
        for name in ("Okonski", "Dubœuf", "Çelik"):
            create(other, who, name)
            create(file, who, f"{name}-N’Diaye")
        create(other, who, "Le Goff")
    file.close()
    with opened(file.folder) as again:
        assert again.missing is None


def test_a_folder_that_refuses_the_witness_refuses_nothing_else(file, who):
    file.close()
    (file.folder / WITNESS).unlink(missing_ok=True)
    (file.folder / WITNESS).mkdir()
    with opened(file.folder) as again:
        create(again, who, "Okonski")
        assert again.missing is None


def test_the_witness_holds_no_word(file, who):
    create(file, who, "Okonski")
    content = (file.folder / WITNESS).read_bytes()
    for word in ("Okonski", "okonski", who.name, "household"):
        assert word.encode() not in content
