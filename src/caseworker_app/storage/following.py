"""Transactions that follow one another: the rows of the next are made while the one before is being confirmed.

Confirming (summaries made again, pages sealed, the disk waited for) leaves the interpreter free; making rows takes
nothing but the interpreter. A long list so takes the longer of the two rather than both. Each transaction stays what it
is alone: begun once the one before is confirmed, written whole, in order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, Transaction

from caseworker_app.kernel.clock import Clock
from caseworker_app.storage.device import LocalState
from caseworker_app.storage.failures import told
from caseworker_app.storage.unit_of_work import UnitOfWork

Confirmed = Callable[[], None]


class Held(Protocol):
    """What a long write needs of the encrypted file it writes to."""

    folder: Path
    clock: Clock
    state: LocalState

    def hold(self) -> Transaction: ...  # noqa: D102 (see `EncryptedFile`)
    def let_go(self) -> None: ...  # noqa: D102
    def confirm(self, uow: UnitOfWork, transaction: Transaction) -> None: ...  # noqa: D102


class Following:
    """Units of work of one long write, each confirmed while the next is prepared: see `EncryptedFile.following`."""

    def __init__(self, file: Held, worker_id: str, tag: str) -> None:
        """Begin with none."""
        self._file, self._worker_id, self._tag = file, worker_id, tag
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="confirming")
        self._transaction: Transaction | None = None
        self._ending: Future[None] | None = None
        self._then: Confirmed | None = None
        self._reserved: dict[str, list[str]] = {}

    @property
    def confirming(self) -> bool:
        """Say whether the last one is still being confirmed, or waits for that to be told."""
        return self._ending is not None

    @contextmanager
    def unit_of_work(self, intention: str, then: Confirmed | None = None) -> Iterator[UnitOfWork]:
        """Open the next intention; `then` is called once it is confirmed, before the next transaction begins.

        Its transaction begins at its first need of the file, where what confirming the one before raised, or its
        `then`, is raised too. Raises FileClosed.
        """
        file = self._file
        uow = UnitOfWork(
            None, file.state, file.clock, self._worker_id, intention, self._tag, begin=self._begin,
            reserved=self._reserved,
        )  # fmt: skip
        try:
            with told(file.folder):
                yield uow
                uow.flush()
        except BaseException:
            self._take_back()
            raise
        if self._transaction is None:  # it needed nothing of the file
            self.settle()
            self._tell(then)
            return
        transaction, self._transaction = self._transaction, None
        self._then = then
        self._ending = self._pool.submit(file.confirm, uow, transaction)

    def settle(self) -> None:
        """Wait until what was written is confirmed, and tell so. Raises what confirming raised."""
        ending, self._ending = self._ending, None
        if ending is None:
            return
        try:
            ending.result()
        finally:
            self._file.let_go()
        then, self._then = self._then, None
        self._tell(then)

    @staticmethod
    def _tell(then: Confirmed | None) -> None:
        if then is not None:
            then()

    def close(self) -> None:
        """Wait for the last one, telling nothing more."""
        self._then = None
        try:
            self.settle()
        finally:
            self._pool.shutdown()

    def _begin(self) -> Connection:
        self.settle()
        self._transaction = self._file.hold()
        return self._transaction.connection

    def _take_back(self) -> None:
        transaction, self._transaction = self._transaction, None
        if transaction is not None:
            try:
                with told(self._file.folder):
                    transaction.rollback()
            finally:
                self._file.let_go()
