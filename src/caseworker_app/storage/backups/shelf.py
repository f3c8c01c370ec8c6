"""How backups lie in a folder: one folder each, whole or absent; strays of a killed program are swept away."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from caseworker_app.security.folder_look import DATABASE_NAME
from caseworker_app.security.header_files import make_folder, sync_folder
from caseworker_app.storage.backups.manifest import (
    LASTING,
    MANIFEST_NAME,
    Manifest,
    ManifestUnreadable,
    decode,
)
from caseworker_app.storage.backups.refusals import BackupUnderWay, refusal_for, told_of
from caseworker_app.storage.backups.rotation import kept

PLACE_ENDING = "-sauvegardes"
LOCK_NAME = "sauvegardes.verrou"
# Of the contents of attachments that a backup needs.
LIST_NAME = "pieces.liste"
_UNDER_WAY, _ON_ITS_WAY_OUT = ".en-cours-", ".a-retirer-"
_NAME = "%Y-%m-%d_%H%M%S"


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup on a shelf; `manifest` is None when it cannot be read: the backup is damaged."""

    folder: Path
    manifest: Manifest | None

    @property
    def name(self) -> str:
        """Return the name it has in lists: its day and hour."""
        return self.folder.name

    @property
    def instant(self) -> datetime:
        """Return when it was made, as far as its name tells when it is damaged."""
        if self.manifest is not None:
            return self.manifest.instant
        try:
            return datetime.strptime(self.name[:17], _NAME).astimezone()
        except (ValueError, OverflowError):
            return datetime.min.replace(tzinfo=UTC)

    @property
    def database(self) -> Path:
        """Return its encrypted file."""
        return self.folder / DATABASE_NAME


def default_place(folder: Path) -> Path:
    """Return where the backups of a data folder lie: beside it, so that losing the one does not lose the other."""
    return folder.with_name(folder.name + PLACE_ENDING)


def is_backup(folder: Path) -> bool:
    """Say whether a folder is a backup, or what is left of one."""
    return (folder / MANIFEST_NAME).exists()


def list_backups(place: Path, file_id: str | None = None) -> list[Backup]:
    """Return the backups of a folder, newest first: those of one vault, or of any; damaged ones are among them.

    A folder that is not there, or cannot be read, has none.
    """
    try:
        folders = [each for each in place.iterdir() if not each.name.startswith(".") and is_backup(each)]
    except OSError:
        return []
    found = [read_backup(each) for each in folders]
    mine = [
        each for each in found if file_id is None or each.manifest is None or each.manifest.file_id == file_id
    ]
    return sorted(mine, key=lambda each: (each.instant, each.name), reverse=True)


def read_backup(folder: Path) -> Backup:
    """Return the backup of a folder, with what its manifest tells."""
    try:
        with (folder / MANIFEST_NAME).open("rb") as stream:
            return Backup(folder, decode(stream.read(1 << 16)))
    except (OSError, ManifestUnreadable):
        return Backup(folder, None)


def next_older(backup: Backup) -> Backup | None:
    """Return the newest sound-looking backup made before this one, in the same folder."""
    others = list_backups(backup.folder.parent)
    return next((each for each in others if each.manifest and each.instant < backup.instant), None)


@contextmanager
def held(place: Path, wait_seconds: float = 0) -> Iterator[None]:
    """Hold a folder of backups, made if needed: one backup at a time.

    Raises BackupUnderWay once `wait_seconds` have passed, or what the system refuses as a BackupRefused.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(place / LOCK_NAME, timeout=wait_seconds, thread_local=False, fallback_to_soft=False)
    try:
        make_folder(place)
        lock.acquire()
    except Timeout as error:
        raise BackupUnderWay from error
    except OSError as error:
        raise refusal_for(error, place) from error
    try:
        yield
    finally:
        lock.release(force=True)


@contextmanager
def staged(place: Path) -> Iterator[Path]:
    """Give a folder to fill, which `accept` turns into a backup; whatever goes wrong, nothing of it is left."""
    folder = place / f"{_UNDER_WAY}{secrets.token_hex(4)}"
    with told_of(place):
        folder.mkdir(mode=0o700)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def accept(folder: Path, manifest: Manifest) -> Backup:
    """Give a filled folder its name: from this instant on, it is a backup. Raises OSError."""
    for path in folder.iterdir():
        sync_file(path)
    sync_folder(folder)
    name = manifest.instant.astimezone().strftime(_NAME)
    named, number = folder.with_name(name), 1
    while named.exists():
        number += 1
        named = folder.with_name(f"{name}-{number}")
    folder.rename(named)
    sync_folder(named.parent)
    return Backup(named, manifest)


def sync_file(path: Path) -> None:
    """Make what was written in a file last through a power cut. Raises OSError."""
    with path.open("r+b") as stream:
        os.fsync(stream.fileno())


def sweep(place: Path) -> None:
    """Remove what a killed program left; only for whoever holds the folder."""
    for beginning in (_UNDER_WAY, _ON_ITS_WAY_OUT):
        for stray in place.glob(f"{beginning}*"):
            shutil.rmtree(stray, ignore_errors=True)


def rotate(made: Backup) -> list[str]:
    """Remove, from the folder of a backup just made, those of its vault that are not kept any more; return their names.

    Those of days to come are left alone (the clock was, or is, wrong), damaged ones are left to be looked at, and so
    are the last ones made before a migration and before an import.
    """
    file_id = made.manifest.file_id if made.manifest else None
    listed = list_backups(made.folder.parent, file_id)
    mine = [each for each in listed if each.manifest is not None and each.instant <= made.instant]
    stay = kept(each.instant.astimezone() for each in mine)
    lasting = [
        next((each for each in mine if each.manifest and each.manifest.reason == reason), None)
        for reason in LASTING
    ]
    gone = [each for each in mine if each.instant.astimezone() not in stay and each not in lasting]
    for each in gone:
        remove(each)
    return [each.name for each in gone]


def remove(backup: Backup) -> None:
    """Remove one backup: it loses its name first, so that a kill leaves no half of one."""
    out = backup.folder.with_name(f"{_ON_ITS_WAY_OUT}{secrets.token_hex(4)}")
    try:
        backup.folder.rename(out)
    except OSError:  # held by another program: the next rotation will have it
        return
    shutil.rmtree(out, ignore_errors=True)
