"""One process per data folder: a lock that the system itself frees when its holder ends, however it ends."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from caseworker_app.security.errors import AlreadyOpen, FolderNotHeld, HeldByAnotherPc, OnNetworkShare
from caseworker_app.security.header_files import make_folder
from caseworker_app.security.holder_note import HolderNote, held_by_another_pc, remove_note, write_note
from caseworker_app.security.network_share import is_network_share

if TYPE_CHECKING:
    from filelock import BaseFileLock

LOCK_NAME = "passerelle.verrou"


class FolderHold:
    """The data folder, held until `release`, the end of the `with` block, or the end of the process."""

    def __init__(self, lock: BaseFileLock, folder: Path) -> None:
        """Keep the lock already taken, and note which PC has it."""
        self._lock, self._folder = lock, folder
        self._note: HolderNote | None = write_note(folder)

    def release(self) -> None:
        """Let another process have the folder; releasing twice is harmless."""
        note, self._note = self._note, None
        if note is not None:
            remove_note(self._folder, note)
        self._lock.release(force=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def hold_folder(folder: Path) -> FolderHold:
    """Hold the data folder, made if needed for its owner alone; works as a `with` block or until `release`.

    Raises AlreadyOpen (another process, or another part of this one, has it), HeldByAnotherPc (a disk carried from a
    PC, a folder copied between several), OnNetworkShare, FolderNotHeld (the system refuses).
    Nothing waits: a person is told at once.
    """
    from filelock import FileLock, Timeout

    if is_network_share(folder):
        raise OnNetworkShare
    try:
        make_folder(folder)
        # No fall-back to a lock made of a file's mere existence: a killed process would leave it behind.
        lock = FileLock(folder / LOCK_NAME, blocking=False, thread_local=False, fallback_to_soft=False)
        lock.acquire()
    except Timeout as error:
        raise AlreadyOpen from error
    except (OSError, NotImplementedError) as error:
        raise FolderNotHeld from error
    host = held_by_another_pc(folder)
    if host:
        lock.release(force=True)
        raise HeldByAnotherPc(host)
    return FolderHold(lock, folder)
