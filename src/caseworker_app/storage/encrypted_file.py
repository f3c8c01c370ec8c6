"""One person's encrypted file: one writer, one read-only connection, and the way in and out of it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Connection, Engine, Transaction
from sqlalchemy.exc import DBAPIError
from sqlcipher3.dbapi2 import DatabaseError, OperationalError

from caseworker_app.kernel.clock import Clock, SystemClock, today
from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.storage import device
from caseworker_app.storage.access_log import AccessLog, attach
from caseworker_app.storage.attachments import Contents, contents_of
from caseworker_app.storage.engine import make_engine
from caseworker_app.storage.failures import told
from caseworker_app.storage.following import Following
from caseworker_app.storage.place import Place
from caseworker_app.storage.restriction import restricted_now, says_restrictions
from caseworker_app.storage.revisions import HEAD, refuse_incomplete, revision_of
from caseworker_app.storage.summaries import refresh_summaries
from caseworker_app.storage.unit_of_work import UnitOfWork
from caseworker_app.storage.witness import End, Missing, Witness, end_of

FILE_NAME = "passerelle.db"
# So many commits in the write-ahead log, and folding it is worth the pages written.
_LONG_LOG = 10


class FileExists(CaseworkerError):
    """An encrypted file is already there."""

    def __init__(self) -> None:
        """Say that nothing was overwritten."""
        super().__init__(
            "Ce dossier contient déjà un fichier Passerelle\u00a0: ouvrez-le, ou choisissez un autre dossier."
        )


class NewerFile(CaseworkerError):
    """The file was written by a newer version of the program."""

    def __init__(self) -> None:
        """Say what to do, and that nothing is lost."""
        super().__init__(
            "Ce fichier a été écrit par une version plus récente de Passerelle, rien n’y a été changé\u00a0: installez "
            "cette version pour l’ouvrir. En attendant, vous pouvez en garder une copie, ou restaurer une sauvegarde "
            "plus ancienne."
        )


class FileClosed(CaseworkerError):
    """The file was closed while something was still to be read or written."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__("Le fichier est fermé\u00a0: ouvrez-le de nouveau.")


@dataclass(frozen=True, slots=True)
class Access:
    """What another process of this program needs to work on a file that is open here.

    It holds the key: handed over in memory only, never written nor shown.
    """

    folder: Path
    key_hex: str = field(repr=False)
    clock: Clock


class EncryptedFile:
    """An open file. Services write through `unit_of_work` and read through `reading`; nothing else touches it.

    `contents`: those of its attachments, in a folder beside it. `accesses`: who read what, noted in memory and
    written with the next intention, by `keep_accesses`, or when the file is closed. `missing`: what was confirmed once
    and was no longer there on opening, to be told; None when all is well.
    """

    def __init__(
        self, access: Access, writer: Engine, reader: Engine, witness: Witness, missing: Missing | None = None
    ) -> None:
        """Hold both connections; use `create` or `open` to make one."""
        self.access = access
        self.folder = access.folder
        self.clock = access.clock
        self._writer_engine, self._reader_engine = writer, reader
        self._writer, self._reader = writer.connect(), reader.connect()
        self._place = Place.of(self._writer.connection.driver_connection, access.folder / FILE_NAME)
        self._writing, self._reading = threading.RLock(), threading.RLock()
        self._closed = False
        self._unfolded = 0
        self._witness, self.missing = witness, missing
        self.contents: Contents = contents_of(access)
        with self._reader.begin():
            self.state = device.read_state(self._reader.connection.driver_connection)
        self.accesses = AccessLog(access.clock, self.state.device_id)
        for connection in (self._writer, self._reader):
            attach(connection, self.accesses)
        with self._reader.begin():
            self.accesses.kept_inside = restricted_now(self._reader)

    @classmethod
    def create(cls, folder: Path, key_hex: str, clock: Clock | None = None, name: str = FILE_NAME) -> Self:
        """Make an empty file in `folder`; `name`: while its folder is being founded, the one it has until then.

        Raises FileExists rather than overwrite anything, or what else `failures` tells.
        """
        path, clock = folder / name, clock or SystemClock()
        if path.exists():
            raise FileExists
        writer = make_engine(path, key_hex, writable=True, create=True)
        reader = make_engine(path, key_hex, writable=False)
        try:
            with told(folder):
                _migrate(writer, clock)
                with writer.begin() as connection:
                    device.first_incarnation(connection.connection.driver_connection, path, clock)
                return cls(Access(folder, key_hex, clock), writer, reader, Witness(path, key_hex))
        except BaseException:
            for engine in (reader, writer):
                engine.dispose()
            raise

    @classmethod
    def open(
        cls, folder: Path, key_hex: str, clock: Clock | None = None,
        before_migration: Callable[[Access], object] | None = None,
    ) -> Self:  # fmt: skip
        """Open the file of `folder`, bringing an older one up to this version, once `before_migration` has
        kept it as it was.

        Raises FileMissing, WrongKey, NewerFile, FileIncomplete, FileDamaged, or what else `failures` tells.
        """
        access, path = Access(folder, key_hex, clock or SystemClock()), folder / FILE_NAME
        stopped = path.with_name(f"{FILE_NAME}-wal").exists()
        writer, reader = (make_engine(path, key_hex, writable=writable) for writable in (True, False))
        try:
            with told(folder):
                if stopped:
                    _fold_log(writer)
                _bring_up_to_date(writer, access, before_migration)
                witness = Witness(path, key_hex)
                missing = _settle(writer, access, witness)
                return cls(access, writer, reader, witness, missing)
        except BaseException:
            for engine in (reader, writer):
                engine.dispose()
            raise

    @classmethod
    def beside(cls, access: Access) -> Self:
        """Open, in another process of this program, the file that is open here: each waits for the other's
        transactions.

        Raises FileMissing or WrongKey.
        """
        path = access.folder / FILE_NAME
        writer = make_engine(path, access.key_hex, writable=True)
        reader = make_engine(path, access.key_hex, writable=False)
        return cls(access, writer, reader, Witness(path, access.key_hex))

    @contextmanager
    def unit_of_work(
        self, worker_id: str, intention: str, *, tag: str | None = None, undoes: str | None = None
    ) -> Iterator[UnitOfWork]:
        """Open the transaction of one intention: committed whole at the end, or not at all. Raises FileClosed."""
        with self._writing:
            self._refuse_when_at_work()
            with told(self.folder), self._writer.begin():
                uow = UnitOfWork(self._writer, self.state, self.clock, worker_id, intention, tag, undoes)
                yield uow
                uow.flush()
                ended = self._ended()
            self._confirmed(uow, *ended)

    @contextmanager
    def following(self, worker_id: str, tag: str) -> Iterator[Following]:
        """Open a long write of several transactions joined by `tag`, each confirmed while the next is prepared.

        Raises, at the end too, what confirming the last one raised.
        """
        several = Following(self, worker_id, tag)
        try:
            yield several
            several.settle()
        finally:
            several.close()

    def hold(self) -> Transaction:
        """Begin a transaction of a long write: nobody else here writes until `let_go`. Raises FileClosed."""
        self._writing.acquire()
        try:
            self._refuse_when_at_work()
            with told(self.folder):
                return self._writer.begin()
        except BaseException:
            self._writing.release()
            raise

    def let_go(self) -> None:
        """Let the rest of this process write: what `hold` began is confirmed, or taken back."""
        self._writing.release()

    def confirm(self, uow: UnitOfWork, transaction: Transaction) -> None:
        """Commit what a unit of work has written since `hold`; any thread may."""
        with told(self.folder), transaction:
            ended = self._ended()
        self._confirmed(uow, *ended)

    def _refuse_when_at_work(self) -> None:
        self._refuse_when_closed()
        if self._writer.in_transaction():
            raise RuntimeError("intentions do not nest: give the unit of work to the other room's step")

    def _ended(self) -> tuple[End, int]:
        """Do what comes just before a commit; return where the file will end, and how many accesses were written."""
        raw: Any = self._writer.connection.driver_connection
        refresh_summaries(raw, today(self.clock))
        written = self.accesses.write(raw)
        end = end_of(raw)
        self._place.refuse_when_gone()
        return end, written

    def _confirmed(self, uow: UnitOfWork, end: End, written: int) -> None:
        self._committed(end)
        self.accesses.written(written)
        if any(map(says_restrictions, uow.changes.tables)):
            self._read_restrictions()

    def keep_accesses(self) -> None:
        """Write the accesses noted until now; within an intention, they are written with it. Raises FileClosed."""
        with self._writing:
            self._refuse_when_closed()
            if not self.accesses.pending or self._writer.in_transaction():
                return
            with told(self.folder), self._writer.begin():
                written = self.accesses.write(self._writer.connection.driver_connection)
                end = end_of(self._writer.connection.driver_connection)
            self._committed(end)
            self.accesses.written(written)

    @contextmanager
    def receiving(self) -> Iterator[Any]:
        """Open the transaction in which a changeset made elsewhere is applied. Raises FileClosed."""
        with self._writing:
            self._refuse_when_closed()
            with told(self.folder), self._writer.begin():
                yield self._writer.connection.driver_connection
                refresh_summaries(self._writer.connection.driver_connection, today(self.clock))
                end = end_of(self._writer.connection.driver_connection)
                self._place.refuse_when_gone()
            self._committed(end)
            self._read_restrictions()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give the read-only connection, on a snapshot that no writer disturbs. Raises FileClosed."""
        with self._reading:
            self._refuse_when_closed()
            if self._reader.in_transaction():  # the same thread reads within its own reading: one snapshot
                yield self._reader
                return
            with told(self.folder), self._reader.begin():
                yield self._reader

    @property
    def log_is_long(self) -> bool:
        """Say whether `fold_log` has enough to do."""
        return self._unfolded >= _LONG_LOG

    def fold_log(self) -> None:
        """Fold the write-ahead log into the file, when nothing else waits for the writer.

        Else a commit does it once the log is large (`engine`), and whoever confirms waits; and what lies in the log is
        what a damaged byte there takes away (ADR 15). Raises FileClosed, or what `failures` tells.
        """
        with self._writing:
            self._refuse_when_closed()
            if self._writer.in_transaction():
                return
            # Whatever comes of it: a full disk is not asked again before as many commits.
            self._unfolded = 0
            raw: Any = self._writer.connection.driver_connection
            with told(self.folder):
                raw.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()

    def wipe_freed(self) -> bool:
        """Write the file anew so that nothing erased is left in it: search index, freed places, write-ahead log.

        Every page is written again, which takes the room of the file in memory and twice on the disk meanwhile. False
        when another process of this program is at work on the file, or there is no room: to be called again. Raises
        FileClosed.
        """
        with self._writing, self._reading:
            self._refuse_when_closed()
            raw: Any = self._writer.connection.driver_connection
            try:
                for index in ("search_identity", "search_body"):
                    raw.execute(f"INSERT INTO {index}({index}) VALUES ('optimize')")
                raw.execute("VACUUM")
                busy = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            except OperationalError as error:
                if not any(word in str(error) for word in ("locked", "busy", "full")):
                    raise
                return False
            return not busy

    def close(self) -> None:
        """Close both connections; the write-ahead log is folded back into the file."""
        with self._writing, self._reading:
            # A full disk must not keep anyone from closing: the rows themselves are in the file.
            with suppress(DatabaseError, DBAPIError, CaseworkerError):
                self.keep_accesses()
            self._closed = True
            self._reader.close()
            self._reader_engine.dispose()
            self._writer.close()
            self._writer_engine.dispose()
            self._witness.close()

    def _committed(self, end: End) -> None:
        self._unfolded += 1
        self._witness.keep(end)

    def _read_restrictions(self) -> None:
        with self._writer.begin():
            self.accesses.kept_inside = restricted_now(self._writer)

    def _refuse_when_closed(self) -> None:
        if self._closed:
            raise FileClosed

    def __enter__(self) -> Self:
        """Use as a context manager."""
        return self

    def __exit__(self, *_exception: object) -> None:
        """Close."""
        self.close()


def _bring_up_to_date(
    engine: Engine, access: Access, before_migration: Callable[[Access], object] | None
) -> None:
    if _revision(engine) != HEAD:
        if before_migration is not None:
            before_migration(access)
        _migrate(engine, access.clock)
    with engine.begin() as connection:
        refuse_incomplete(connection.connection.driver_connection)


def _settle(engine: Engine, access: Access, witness: Witness) -> Missing | None:
    """Mint a new device where the file was copied, or lost its end; return what it lacks."""
    path = access.folder / FILE_NAME
    with engine.begin() as connection:
        raw = connection.connection.driver_connection
        missing = witness.missing(raw)
        if missing is not None:
            # The numbers of what is missing were given: they are never given again.
            device.mint(raw, path, access.clock, "gap")
            witness.begin_again()
        elif device.lies_elsewhere(raw, path):
            device.mint(raw, path, access.clock, "copy")
    return missing


def _revision(engine: Engine) -> str:
    with engine.begin() as connection:
        found = revision_of(connection.connection.driver_connection)
    if found > HEAD:
        raise NewerFile
    return found


def _fold_log(engine: Engine) -> None:
    """Fold back the write-ahead log that a kill or a power cut left.

    A power cut may leave pages of the file torn that are whole in the log: whoever checks the file alone, page by
    page, would take it for damaged. A full disk leaves the log as good as it is.
    """
    with suppress(DatabaseError, DBAPIError), engine.connect() as connection:
        raw: Any = connection.connection.driver_connection
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _migrate(engine: Engine, clock: Clock) -> None:
    # Alembic takes two thirds of a second to import: only when there is something to migrate.
    from caseworker_app.storage.migrate import upgrade

    upgrade(engine, clock=clock)
