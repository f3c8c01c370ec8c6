"""What may be done with a file a newer version wrote, which this one does not open: look at its pages, keep a copy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from caseworker_app.kernel.clock import Clock, SystemClock
from caseworker_app.storage.backups.checking import Tell, no_tell

if TYPE_CHECKING:
    from caseworker_app.security.data_key import DataKey
    from caseworker_app.storage.backups.shelf import Backup
    from caseworker_app.storage.encrypted_file import Access

Unlock = Callable[[Path], "DataKey"]


def copy_newer(
    folder: Path,
    unlock: Unlock,
    place: Path | None = None,
    *,
    clock: Clock | None = None,
    tell: Tell = no_tell,
) -> Backup:
    """Keep a copy of a file this version does not open: a backup like the others, which its own version restores.

    Nothing is written in the file and no older backup gives way to it: they are what this version can restore.
    Raises WrongPassphrase, AlreadyOpen, BackupRefused, FileDamaged.
    """
    from caseworker_app.storage.backups.main_place import ready_place
    from caseworker_app.storage.backups.making import make_backup
    from caseworker_app.storage.backups.manifest import ASKED

    with _reached(folder, unlock, clock) as access:
        return make_backup(access, place or ready_place(folder), ASKED, tell=tell, rotating=False)


def pages_hold(folder: Path, unlock: Unlock) -> bool:
    """Say whether every page of such a file is as it was written. Raises WrongPassphrase, AlreadyOpen, FileDamaged."""
    from caseworker_app.storage.backups.making import is_damaged

    with _reached(folder, unlock, None) as access:
        return not is_damaged(access)


@contextmanager
def _reached(folder: Path, unlock: Unlock, clock: Clock | None) -> Iterator[Access]:
    from caseworker_app.security.single_use import hold_folder
    from caseworker_app.storage.encrypted_file import Access

    hold = hold_folder(folder)
    try:
        yield Access(folder, unlock(folder).hex(), clock or SystemClock())
    finally:
        hold.release()
