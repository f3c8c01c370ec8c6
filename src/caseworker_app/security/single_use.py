"""One process per data folder: a lock that the system itself frees when its holder ends, however it ends."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from caseworker_app.security.errors import AlreadyOpen, FolderNotHeld, OnNetworkShare
from caseworker_app.security.header_files import make_folder
from caseworker_app.security.network_share import is_network_share

if TYPE_CHECKING:
    from filelock import BaseFileLock

LOCK_NAME = "passerelle.verrou"


class FolderHold:
    """The data folder, held until `release`, the end of the `with` block, or the end of the process."""

    def __init__(self, lock: BaseFileLock) -> None:
        """Keep the lock already taken."""
        self._lock = lock

    def release(self) -> None:
        """Let another process have the folder; releasing twice is harmless."""
        self._lock.release(force=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def hold_folder(folder: Path) -> FolderHold:
    """Hold the data folder, made if needed for its owner alone; works as a `with` block or until `release`.

    Raises AlreadyOpen (another process, or another part of this one, has it), OnNetworkShare, FolderNotHeld
    (the system refuses). Nothing waits: a person is told at once.
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
    return FolderHold(lock)
