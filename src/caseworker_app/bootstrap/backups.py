"""Backups of somebody's data folder: where they lie, when one is due, made in another process, brought back."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from caseworker_app.kernel.french import plural
from caseworker_app.storage.backups.checking import Tell, check_backup, no_tell
from caseworker_app.storage.backups.main_place import (
    MainPlace,
    own_backups,
    places_of,
    read_main,
    ready_place,
)
from caseworker_app.storage.backups.making import make_backup
from caseworker_app.storage.backups.manifest import IMPORT
from caseworker_app.storage.backups.moving import choose_main_place, finish_move
from caseworker_app.storage.backups.pieces import damaged, read_list
from caseworker_app.storage.backups.refusals import BackupDamaged, BackupMissing, BackupRefused
from caseworker_app.storage.backups.restoring import Restored, restore
from caseworker_app.storage.backups.second_place import (
    Standing,
    choose_place,
    copy_latest,
    read_standing,
    shelves_in,
)
from caseworker_app.storage.backups.shelf import Backup, is_backup, list_backups, read_backup
from caseworker_app.storage.backups.typed import fault_in
from caseworker_app.storage.history import count_changesets

if TYPE_CHECKING:
    from caseworker_app.bootstrap.office import Office
    from caseworker_app.kernel.clock import Clock
    from caseworker_app.security.data_key import DataKey
    from caseworker_app.storage.drafts import Drafts
    from caseworker_app.storage.encrypted_file import Access, EncryptedFile
    from caseworker_app.ui_kit.work import Progress

EVERY = timedelta(days=1)
# A backup stopped a moment ago lets go of its folder within this.
_PATIENCE_SECONDS = 20.0
_TELL_SECONDS = 0.05
_NO_LIST = "la liste de ses pièces jointes est altérée"


@dataclass(frozen=True, slots=True)
class BackupState:
    """How the backups of a file stand: newest first, the second place, whether the file or its ways in changed."""

    backups: tuple[Backup, ...]
    standing: Standing
    changed: bool
    now: datetime
    ways_changed: bool = False
    main: MainPlace = field(default_factory=MainPlace)

    @property
    def last(self) -> Backup | None:
        """Return the newest one that is not damaged."""
        return next((each for each in self.backups if each.manifest is not None), None)

    @property
    def due(self) -> bool:
        """Say whether the last one is older than a day, of a day to come (a clock set back), or opens by other ways."""
        return (
            self.ways_changed or self.last is None or not timedelta(0) <= self.now - self.last.instant < EVERY
        )


@dataclass(frozen=True, slots=True)
class BackedUp:
    """A backup made and checked, and how its copy went."""

    backup: Backup
    standing: Standing


def state_of(file: EncryptedFile, drafts: Drafts | None = None) -> BackupState:
    """Read how the backups of an open file stand; `drafts`: what is typed counts as a change too."""
    from caseworker_app.security.vault import read_state

    vault = read_state(file.folder)
    backups = tuple(own_backups(file.folder, vault.file_id))
    with file.reading() as connection:
        changesets = count_changesets(connection)
    last = next((each.manifest for each in backups if each.manifest is not None), None)
    ways_changed = last is not None and last.generation != vault.generation
    changed = last is None or ways_changed or last.changesets != changesets
    changed = changed or (drafts is not None and last is not None and drafts.newest() > last.made_at)
    standing, now = read_standing(file.folder), file.clock.now()
    return BackupState(backups, standing, changed, now, ways_changed, read_main(file.folder))


def back_up(access: Access, reason: str, *, place: Path | None = None, tell: Tell = no_tell) -> BackedUp:
    """Make a backup and copy it to the second place, if one is chosen; `place`: elsewhere than usual, not copied.

    Raises BackupRefused, DamagedHeader, FileDamaged. What the second place refuses is in the standing.
    """
    made = make_backup(
        access, place or ready_place(access.folder), reason, wait_seconds=_PATIENCE_SECONDS, tell=tell
    )
    if place is None and made.manifest is not None:
        finish_move(access.folder, made.manifest.file_id)
    standing = read_standing(access.folder)
    if place is None:
        standing = copy_latest(access.folder, made, access.clock.now(), tell=tell)
    return BackedUp(made, standing)


def back_up_apart(progress: Progress, access: Access, reason: str) -> BackedUp:
    """Make a backup, in another process (`Tasks.compute`)."""
    return back_up(access, reason, tell=_telling(progress))


def back_up_before_import(file: EncryptedFile, progress: Progress) -> None:
    """Make a backup of what changed since the last one, before a list is written.

    One that cannot be made stops no import: the import itself is taken back whole, and late backups are told.
    """
    if not state_of(file).changed:
        return
    telling = _telling(progress)
    with suppress(BackupRefused):
        make_backup(
            file.access, ready_place(file.folder), IMPORT, wait_seconds=_PATIENCE_SECONDS, tell=telling
        )


def copy_apart(progress: Progress, access: Access, backup: Path) -> Standing:
    """Copy a backup to the second place again, in another process."""
    return copy_latest(access.folder, read_backup(backup), access.clock.now(), tell=_telling(progress))


def move_apart(progress: Progress, access: Access, place: Path | None) -> None:
    """Make `place` the main place of the backups (None: beside the file) and move them, in another process.

    Raises BackupRefused: nothing has then changed.
    """
    choose_main(access.folder, place, tell=_telling(progress))


def choose_main(folder: Path, place: Path | None, *, tell: Tell = no_tell) -> None:
    """Do the same here."""
    from caseworker_app.security.vault import read_state

    choose_main_place(folder, place, read_state(folder).file_id, tell=tell)


def choose_second_place(folder: Path, place: Path) -> Standing:
    """Try a second place and keep it. Raises BackupRefused."""
    from caseworker_app.security.vault import read_state

    own = (folder, *places_of(folder))
    if any(place.resolve().is_relative_to(each.resolve()) for each in own) or _is_main(folder, place):
        raise BackupRefused(
            "Ce dossier est celui du fichier ou de ses sauvegardes\u00a0: choisissez une clé USB ou un dossier réseau."
        )
    return choose_place(folder, place, read_state(folder).file_id)


def _is_main(folder: Path, place: Path) -> bool:
    """Say whether our folder of backups lies right there: one disk that dies would take both."""
    chosen = read_main(folder).place
    return bool(chosen) and Path(chosen).parent.resolve() == place.resolve()


def backups_in(place: Path) -> list[Backup]:
    """Return the backups found in a folder somebody names: a folder of backups, a stick, or one backup itself."""
    if is_backup(place):
        return [read_backup(place)]
    found = [each for shelf in shelves_in(place) for each in list_backups(shelf)]
    return sorted(found, key=lambda each: each.instant, reverse=True)


def backups_for(folder: Path) -> list[Backup]:
    """Return the backups of a data folder, then the copies of its second place that are not among them."""
    found = own_backups(folder)
    standing = read_standing(folder)
    known = {each.manifest for each in found}
    copies = backups_in(Path(standing.place)) if standing.place else []
    found += [each for each in copies if each.manifest not in known]
    return sorted(found, key=lambda each: each.instant, reverse=True)


def find_backup(folder: Path, named: str) -> Backup:
    """Return the backup of a data folder that has this name, or lies at this path. Raises BackupMissing."""
    for candidate in (*(place / named for place in places_of(folder)), Path(named).expanduser()):
        if is_backup(candidate):
            return read_backup(candidate)
    raise BackupMissing(named)


def restore_backup(
    folder: Path, backup: Backup, unlock: Callable[[Path], DataKey], clock: Clock, *, tell: Tell = no_tell
) -> Restored:
    """Put a backup in place of the file of a data folder; `unlock` opens a folder with a secret of that day.

    Raises what `restore` and `unlock` raise, AlreadyOpen.
    """
    from caseworker_app.security.errors import DamagedHeader
    from caseworker_app.security.single_use import hold_folder

    with hold_folder(folder):
        try:
            key = unlock(backup.folder)
        except DamagedHeader as error:
            raise BackupDamaged(backup.name, "son en-tête est altéré") from error
        return restore(folder, backup, key, clock, tell=tell)


def restore_and_open(folder: Path, backup: Path, secret: str) -> Office:
    """Restore a backup with a passphrase or a recovery key of its day, then open the file, which tells what lacks.

    Raises what `restore_backup` and `open_office` raise.
    """
    from caseworker_app.bootstrap import office
    from caseworker_app.kernel.clock import SystemClock
    from caseworker_app.security import vault

    by_key = _is_recovery_key(secret)
    unlock = vault.open_with_recovery_key if by_key else vault.open_with_passphrase
    restored = restore_backup(folder, read_backup(backup), lambda each: unlock(each, secret), SystemClock())
    opened = (office.open_office_with_recovery_key if by_key else office.open_office)(folder, secret)
    opened.told += restored.lacks
    return opened


def _is_recovery_key(text: str) -> bool:
    from caseworker_app.security.errors import MistypedRecoveryKey
    from caseworker_app.security.recovery_key import RecoveryKey

    try:
        RecoveryKey.parse(text)
    except MistypedRecoveryKey:
        return False
    return True


def check_all(access: Access, *, tell: Tell = no_tell) -> list[tuple[Backup, str]]:
    """Check every backup of an open file; return each with what is wrong with it, "" when nothing is."""
    from caseworker_app.security.data_key import DataKey
    from caseworker_app.security.vault import read_state

    key = DataKey(bytes.fromhex(access.key_hex))
    found = own_backups(access.folder, read_state(access.folder).file_id)
    return [(each, check(each, key, tell=tell)) for each in found]


def check(backup: Backup, key: DataKey, *, tell: Tell = no_tell) -> str:
    """Return what is wrong with a backup, in French, "" when nothing is.

    A backup made under another data key is not checked through: it says so.
    """
    from caseworker_app.kernel.errors import CaseworkerError
    from caseworker_app.security.vault import read_state

    try:
        if backup.manifest is not None and read_state(backup.folder).slots[0].data_key != key.fingerprint():
            return "faite sous une autre clé\u00a0: elle se vérifie en la restaurant dans un dossier vide"
        check_backup(backup, key, tell=tell)
        lost = damaged(backup.folder.parent, (read_list(backup) or {}).values())
        if lost or read_list(backup) is None:
            return (
                f"{plural(len(lost), 'pièce jointe manque', 'pièces jointes manquent')}" if lost else _NO_LIST
            )
        return fault_in(backup, key)
    except BackupDamaged as error:
        return error.what
    except CaseworkerError as error:
        return error.sentence


def _telling(progress: Progress) -> Tell:
    """Tell no more than twenty times a second: each telling crosses to the other process."""
    last = 0.0

    def tell(done: int, total: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= _TELL_SECONDS:
            last = now
            progress.report(done, total)

    return tell
