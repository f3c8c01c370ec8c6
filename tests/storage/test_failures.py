"""What the engine says when the disk or the file fails becomes a sentence; a fault of ours does not."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.engine import connect
from caseworker_app.storage.failures import DiskFull, FileBusy, FileDamaged, FileReadOnly, refusal_of

KEY = "5a" * 32


def refusal(raised: pytest.ExceptionInfo[sqlcipher.DatabaseError]) -> type[CaseworkerError]:
    found = refusal_of(raised.value)
    assert found is not None, raised.value
    return type(found)


@pytest.fixture
def raw(tmp_path: Path):
    connection = connect(tmp_path / "f.db", KEY, writable=True, create=True)
    connection.execute("CREATE TABLE t (x)")
    yield connection
    connection.close()


def test_a_full_disk(raw) -> None:
    raw.execute("PRAGMA max_page_count = 3")
    with pytest.raises(sqlcipher.DatabaseError) as raised:
        raw.execute("INSERT INTO t VALUES (zeroblob(100000))")
    assert refusal(raised) is DiskFull


def test_a_file_that_may_only_be_read(raw, tmp_path: Path) -> None:
    reader = connect(tmp_path / "f.db", KEY, writable=False)
    with pytest.raises(sqlcipher.DatabaseError) as raised:
        reader.execute("INSERT INTO t VALUES (1)")
    reader.close()
    assert refusal(raised) is FileReadOnly


def test_a_file_another_program_holds(raw, tmp_path: Path) -> None:
    other = connect(tmp_path / "f.db", KEY, writable=True)
    other.execute("PRAGMA busy_timeout = 0")
    raw.execute("BEGIN IMMEDIATE")
    with pytest.raises(sqlcipher.DatabaseError) as raised:
        other.execute("BEGIN IMMEDIATE")
    raw.execute("ROLLBACK")
    other.close()
    assert refusal(raised) is FileBusy


def test_torn_pages(raw, tmp_path: Path) -> None:
    raw.executemany("INSERT INTO t VALUES (?)", [("x" * 500,)] * 100)
    raw.close()
    path = tmp_path / "f.db"
    content = bytearray(path.read_bytes())
    for offset in range(2 * 4096 + 50, len(content), 4096):
        content[offset] ^= 0xFF
    path.write_bytes(bytes(content))
    again = connect(path, KEY, writable=True)
    with pytest.raises(sqlcipher.DatabaseError) as raised:
        again.execute("SELECT sum(length(x)) FROM t").fetchall()
    again.close()
    assert refusal(raised) is FileDamaged


def test_a_fault_of_the_program_stays_one(file: EncryptedFile) -> None:
    with file.reading() as connection, pytest.raises(SQLAlchemyError) as raised:
        connection.execute(text("SELECT nothing_of_the_kind FROM household"))
    assert refusal_of(raised.value) is None
    assert refusal_of(ValueError("malformed")) is None


def test_a_table_nobody_made_is_a_fault_of_the_program(raw) -> None:
    with pytest.raises(sqlcipher.DatabaseError) as raised:
        raw.execute("SELECT * FROM nothing_of_the_kind")
    assert refusal_of(raised.value) is None


def test_what_sqlalchemy_wraps_is_seen_through(file: EncryptedFile) -> None:
    with file.reading() as connection, pytest.raises(SQLAlchemyError) as raised:
        connection.execute(text("DELETE FROM household"))
    assert isinstance(refusal_of(raised.value), FileReadOnly)
