"""Connections to the encrypted file: SQLCipher with a raw key, through SQLAlchemy."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import StaticPool

from caseworker_app.kernel.errors import CaseworkerError


class WrongKey(CaseworkerError):
    """The key does not open this file."""

    def __init__(self) -> None:
        """Say that the file is not readable with this key."""
        super().__init__(
            "Le fichier chiffré ne s’ouvre pas avec cette clé, ou il est abîmé\u00a0: restaurez la dernière sauvegarde."
        )


class FileMissing(CaseworkerError):
    """There is no encrypted file where one was expected."""

    def __init__(self) -> None:
        """Say where to look."""
        super().__init__(
            "Le fichier chiffré est introuvable dans ce dossier\u00a0: vérifiez le dossier ou restaurez une sauvegarde."
        )


# 16 MiB.
_LONGEST_LOG_PAGES = 4096
_LOOK_SECONDS, _LONGEST_WAIT_SECONDS = 0.002, 10.0


def connect(path: Path, key_hex: str, *, writable: bool, create: bool = False) -> Any:
    """Open one SQLCipher connection with a raw 256-bit key (64 hexadecimal digits).

    Committed transactions are durable (WAL, `synchronous=FULL`); freed pages are overwritten (`secure_delete`).
    Raises FileMissing when there is no file, WrongKey when the key does not open it.
    """
    mode = "rwc" if create else "rw" if writable else "ro"
    if not create and not path.is_file():
        raise FileMissing
    raw = sqlcipher.connect(
        f"{path.as_uri()}?mode={mode}", uri=True, isolation_level=None, check_same_thread=False
    )
    try:
        # SQLCipher reports a wrong key on stderr by itself; the sentence of WrongKey is enough.
        raw.execute("PRAGMA cipher_log_level = NONE")
        raw.execute(f"PRAGMA key = \"x'{key_hex}'\"")
        raw.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        _tune(raw, writable=writable)
        if writable:
            _drop_stale_journal(raw, path)
    except sqlcipher.DatabaseError as error:
        raw.close()
        if isinstance(error, sqlcipher.OperationalError) and "not a database" not in str(error):
            raise
        raise WrongKey from error
    return raw


def make_engine(path: Path, key_hex: str, *, writable: bool, create: bool = False) -> Engine:
    """Return an engine over a single connection; a writer's transactions take the write lock when they begin."""
    engine = create_engine(
        "sqlite://",
        module=sqlcipher,
        creator=lambda: connect(path, key_hex, writable=writable, create=create),
        poolclass=StaticPool,
    )
    event.listen(engine, "begin", _begin_writing if writable else _begin_reading)
    return engine


def _begin_reading(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def _begin_writing(connection: Connection) -> None:
    """Take the write lock, waiting for another process of this program (a list being imported) to be between two
    transactions.

    SQLite's own waiting looks ever more rarely, and would miss the moment: this one looks every two milliseconds.
    Raises the driver's own error, « database is locked », after ten seconds.
    """
    raw: Any = connection.connection.driver_connection
    end = time.monotonic() + _LONGEST_WAIT_SECONDS
    while True:
        try:
            raw.execute("BEGIN IMMEDIATE")
        except sqlcipher.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > end:
                raise
            time.sleep(_LOOK_SECONDS)
        else:
            return


def _drop_stale_journal(raw: Any, path: Path) -> None:
    """Remove the rollback journal that a kill left while the file was going from one way of journalling to the other.

    What it had to roll back was, when the file was first read just now; in the way it is now, none is ever used.
    """
    if raw.execute("PRAGMA journal_mode").fetchone()[0] == "wal":
        with suppress(OSError):
            path.with_name(f"{path.name}-journal").unlink(missing_ok=True)


def _tune(raw: Any, *, writable: bool) -> None:
    raw.execute("PRAGMA busy_timeout = 5000")
    raw.execute("PRAGMA cache_size = -32768")
    raw.execute("PRAGMA temp_store = MEMORY")
    if not writable:
        raw.execute("PRAGMA query_only = ON")
        return
    raw.execute("PRAGMA journal_mode = WAL")
    raw.execute("PRAGMA synchronous = FULL")
    raw.execute("PRAGMA secure_delete = ON")
    # The log is folded between two commits (`EncryptedFile.fold_log`); where nobody does, by one in a hundred or so:
    # SQLite's own thousand pages are reached by one in thirty.
    raw.execute(f"PRAGMA wal_autocheckpoint = {_LONGEST_LOG_PAGES}")
    # A row that replaces another is told to the summaries as its removal.
    raw.execute("PRAGMA recursive_triggers = ON")
    # A transaction waits in its own way when it begins; nothing else it does has to wait.
    raw.execute("PRAGMA busy_timeout = 0")
