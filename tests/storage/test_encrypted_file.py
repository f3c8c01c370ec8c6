"""The file itself: encrypted, durable, refused with a sentence when it should be, never overwritten."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError

from caseworker_app.features.households import service as households
from caseworker_app.features.households import store
from caseworker_app.features.households.domain import NewHousehold, NewMember
from caseworker_app.features.team import service as team
from caseworker_app.features.team.domain import Who
from caseworker_app.storage import encrypted_file
from caseworker_app.storage.device import read_state
from caseworker_app.storage.encrypted_file import FILE_NAME, EncryptedFile, FileClosed, FileExists, NewerFile
from caseworker_app.storage.engine import FileMissing, WrongKey, connect
from caseworker_app.storage.integrity import verify
from caseworker_app.storage.revisions import FileIncomplete
from tests.ground import KEY


def test_no_word_is_in_clear_on_disk(file, who, household):
    content = b"".join(path.read_bytes() for path in file.folder.iterdir())
    assert b"SQLite format 3" not in content
    for word in ("Marchadier", "marchadier", "Tisserands", "39981247", "Claire Lenoir", "household"):
        assert word.encode() not in content


def test_a_wrong_key_is_refused(file, capfd):
    file.close()
    with pytest.raises(WrongKey):
        EncryptedFile.open(file.folder, "00" * 32)
    assert capfd.readouterr() == ("", "")


def test_an_absent_file_is_told(tmp_path):
    with pytest.raises(FileMissing):
        EncryptedFile.open(tmp_path, KEY)
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_never_overwritten(file):
    with pytest.raises(FileExists):
        EncryptedFile.create(file.folder, KEY)


def test_a_file_from_a_newer_version_is_refused(file, who):
    with file.unit_of_work(who.worker_id, "future") as uow:
        uow.connection.connection.driver_connection.execute("UPDATE alembic_version SET version_num = '9999'")
    file.close()
    with pytest.raises(NewerFile):
        EncryptedFile.open(file.folder, KEY)


@pytest.mark.parametrize("table", ["alembic_version", "household", "appointment"])
def test_a_file_that_lacks_a_table_is_told_incomplete_and_left_as_it_is(file, table):
    file.close()
    with closing(connect(file.folder / FILE_NAME, KEY, writable=True)) as raw:
        raw.execute(f"DROP TABLE {table}")
    before = (file.folder / FILE_NAME).read_bytes()
    with pytest.raises(FileIncomplete, match="restaurez"):
        EncryptedFile.open(file.folder, KEY)
    assert (file.folder / FILE_NAME).read_bytes() == before


def test_an_emptied_file_is_told_incomplete(file):
    file.close()
    (file.folder / FILE_NAME).write_bytes(b"")
    with pytest.raises(FileIncomplete):
        EncryptedFile.open(file.folder, KEY)


def test_a_copied_file_is_a_new_device(file, who, household, tmp_path):
    first = file.state
    file.close()
    shutil.copytree(file.folder, tmp_path / "copy")
    with EncryptedFile.open(tmp_path / "copy", KEY) as copy:
        assert copy.state.device_id != first.device_id
        assert copy.state.device_mark != first.device_mark
        new = households.create_household(copy, who, NewHousehold((NewMember("Okonski"),)))[0]
        with copy.reading() as connection:
            assert copy.state.device_mark in store.households.one(connection, new).reference
            assert verify(connection).sound
    with EncryptedFile.open(file.folder, KEY) as again:
        assert again.state.device_id == first.device_id


def test_pages_torn_by_a_power_cut_and_whole_in_the_log_are_no_damage(file, who, household, tmp_path):
    """The log is folded back at the opening: whoever checks the file alone would take such a page for forged."""
    path = file.folder / encrypted_file.FILE_NAME
    folder = tmp_path / "coupure"
    folder.mkdir()
    for name in (path.name, f"{path.name}-wal"):
        shutil.copyfile(file.folder / name, folder / name)
    log = (folder / f"{path.name}-wal").read_bytes()
    logged = {int.from_bytes(log[at : at + 4], "big") for at in range(32, len(log), 4096 + 24)}
    torn = max(page for page in logged if page > 1)
    with (folder / path.name).open("r+b") as stream:
        stream.seek((torn - 1) * 4096)
        stream.write(bytes(4096))
    with EncryptedFile.open(folder, KEY) as again, again.reading() as connection:
        assert verify(connection).sound
        assert [each.id for each in store.households.all(connection)] == [household]


def test_a_journal_left_by_a_kill_goes(file):
    file.close()
    stale = file.folder / f"{encrypted_file.FILE_NAME}-journal"
    stale.write_bytes(bytes(512))
    with EncryptedFile.open(file.folder, KEY):
        assert not stale.exists()


def test_the_reading_connection_cannot_write(file):
    with (
        file.reading() as connection,
        pytest.raises(DBAPIError, match="readonly"),
    ):
        connection.exec_driver_sql("DELETE FROM household")


def test_reading_sees_what_was_written(file, who, household):
    with file.reading() as connection:
        assert read_state(connection.connection.driver_connection).owner_id == who.worker_id
        assert store.households.one(connection, household).name == "Mme\u00a0Solène Marchadier"


KILLED = """
import os, signal, sys
from pathlib import Path
from caseworker_app.bootstrap.stores import load_stores
load_stores()
from caseworker_app.features.households import service
from caseworker_app.features.households.domain import NewHousehold, NewMember
from caseworker_app.features.team import service as team
from caseworker_app.storage.encrypted_file import EncryptedFile
file = EncryptedFile.open(Path(sys.argv[1]), sys.argv[2])
who = team.owner(file)
service.create_household(file, who, NewHousehold((NewMember("Confirmé"),)))
with file.unit_of_work(who.worker_id, "half") as uow:
    service.add_household(uow, NewHousehold((NewMember("Perdu"),)))
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")
def test_a_killed_process_keeps_what_was_confirmed_and_nothing_else(file):
    file.close()
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(file.folder), KEY], env={**os.environ}, check=False
    )
    assert done.returncode == -signal.SIGKILL
    with EncryptedFile.open(Path(file.folder), KEY) as again, again.reading() as connection:
        assert [h.name for h in store.households.all(connection)] == ["Confirmé"]
        assert verify(connection).sound
        assert team.owner(again).name == "Claire Lenoir"


def _names_alone(file: EncryptedFile, beside: Path) -> int:
    """Return how many households the file holds without its write-ahead log, as a copy of it alone would."""
    shutil.copyfile(file.folder / FILE_NAME, beside)
    with closing(connect(beside, KEY, writable=True)) as alone:
        return int(alone.execute("SELECT count(*) FROM household").fetchone()[0])


def _ten_more(file: EncryptedFile, who: Who) -> None:
    for number in range(10):
        households.create_household(file, who, NewHousehold((NewMember(f"Okonski {number}"),)))


def test_the_log_is_folded_between_two_commits_once_it_is_worth_it(
    file: EncryptedFile, who: Who, household: str, tmp_path: Path
) -> None:
    file.fold_log()
    assert not file.log_is_long
    before = _names_alone(file, tmp_path / "before.db")
    _ten_more(file, who)
    assert file.log_is_long
    assert _names_alone(file, tmp_path / "unfolded.db") == before
    file.fold_log()
    assert not file.log_is_long
    assert _names_alone(file, tmp_path / "folded.db") == before + 10


def test_no_commit_folds_the_log_of_a_usual_day(file: EncryptedFile) -> None:
    raw: Any = file._writer.connection.driver_connection
    assert raw.execute("PRAGMA wal_autocheckpoint").fetchone() == (4096,)
    assert raw.execute("PRAGMA synchronous").fetchone() == (2,)


def test_the_log_is_not_folded_within_an_intention(file: EncryptedFile, who: Who) -> None:
    _ten_more(file, who)
    with file.unit_of_work(who.worker_id, "create_household"):
        file.fold_log()
        assert file.log_is_long


def test_a_closed_file_folds_nothing(file: EncryptedFile) -> None:
    file.close()
    with pytest.raises(FileClosed):
        file.fold_log()
