"""Opening, making and closing somebody's data folder: header, folder lock, encrypted file, drafts."""

from __future__ import annotations

import secrets
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Self

from caseworker_app.bootstrap.stores import load_stores
from caseworker_app.kernel.clock import Clock, SystemClock

if TYPE_CHECKING:
    from caseworker_app.features.team.domain import NewOffice, Who
    from caseworker_app.security.data_key import DataKey
    from caseworker_app.security.keystore import Keystore
    from caseworker_app.security.passphrase import Argon2Cost
    from caseworker_app.security.single_use import FolderHold
    from caseworker_app.storage.drafts import Drafts
    from caseworker_app.storage.encrypted_file import Access, EncryptedFile
    from caseworker_app.storage.open_copies import OpenCopies


@dataclass(slots=True)
class Office:
    """An open data folder: the encrypted file, its drafts, whose it is, and what a restore said does not come back."""

    folder: Path
    file: EncryptedFile
    drafts: Drafts
    who: Who
    hold: FolderHold
    throw_away: bool = False
    copies: OpenCopies = field(init=False)
    told: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Remove what a killed program left in clear of pieces opened in another one."""
        from caseworker_app.storage.open_copies import OpenCopies

        self.copies = OpenCopies(self.folder)
        self.copies.empty()

    @property
    def notices(self) -> list[str]:
        """Return what the person must be told on opening: sentences of what is gone or was set aside."""
        missing = self.file.missing
        told = [missing.sentence if missing is not None else None, self.drafts.notice, *self.told]
        return [sentence for sentence in told if sentence]

    def close(self) -> None:
        """Close everything, and empty the copies opened elsewhere; a throw-away folder (the demonstration) is
        removed.
        """
        self.copies.empty()
        self.drafts.close()
        self.file.close()
        self.hold.release()
        if self.throw_away:
            shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self) -> Self:
        """Use as a context manager."""
        return self

    def __exit__(self, *_exception: object) -> None:
        """Close."""
        self.close()


def has_office(folder: Path) -> bool:
    """Say whether a data folder already holds somebody's file, without opening it."""
    from caseworker_app.security.folder_look import holds_vault

    return holds_vault(folder)


def create_office(
    folder: Path,
    passphrase: str,
    new: NewOffice,
    *,
    clock: Clock | None = None,
    kdf: Argon2Cost | None = None,
) -> tuple[Office, str]:
    """Make somebody's file; return it open, with the recovery key to print, which is kept nowhere.

    Raises what `create_vault` and `found_office` raise; nothing is left of a file that could not be founded.
    """
    from caseworker_app.features.team.domain import checked_name
    from caseworker_app.security import vault
    from caseworker_app.security.single_use import hold_folder
    from caseworker_app.storage import rekeying

    checked_name(new.association, "le nom de l’association")
    checked_name(new.worker, "le nom de l’intervenant·e")
    clock = clock or SystemClock()
    load_stores()
    hold = hold_folder(folder)
    try:
        made = vault.prepare_vault(folder, passphrase, kdf=kdf, clock=clock)
        rekeying.discard(folder)  # what a making cut short has left: nobody was told of it
        try:
            _found(folder, made.data_key, new, clock)
            vault.found_vault(folder, made)
        except BaseException:
            rekeying.discard(folder)
            raise
        return opened(folder, clock, made.data_key, hold), made.recovery_key.text
    except BaseException:
        hold.release()
        raise


def _found(folder: Path, key: DataKey, new: NewOffice, clock: Clock) -> None:
    """Make the file whole under a name of its own: the header alone, written last, makes it somebody's.

    Whatever is killed before leaves a folder where nothing is; after, a file that opens, and that the opening puts
    in its place as after a change of data key.
    """
    from caseworker_app.features.team.service import found_office
    from caseworker_app.security.header_files import sync_folder
    from caseworker_app.storage.encrypted_file import FILE_NAME, EncryptedFile
    from caseworker_app.storage.rekeying import IN_THE_MAKING

    with EncryptedFile.create(folder, key.hex(), clock, FILE_NAME + IN_THE_MAKING) as file:
        found_office(file, new)
    sync_folder(folder)


def open_office(folder: Path, passphrase: str, *, clock: Clock | None = None) -> Office:
    """Open somebody's file with its passphrase. Raises WrongPassphrase, VaultMissing, AlreadyOpen, DamagedHeader…"""
    from caseworker_app.security.vault import open_with_passphrase

    return _open(folder, clock or SystemClock(), lambda: open_with_passphrase(folder, passphrase))


def open_office_with_recovery_key(folder: Path, text: str, *, clock: Clock | None = None) -> Office:
    """Open somebody's file with the printed recovery key. Raises WrongRecoveryKey, VaultMissing, AlreadyOpen…"""
    from caseworker_app.security.vault import open_with_recovery_key

    return _open(folder, clock or SystemClock(), lambda: open_with_recovery_key(folder, text))


def open_office_with_pin(
    folder: Path, pin: str, keystore: Keystore | None = None, *, clock: Clock | None = None
) -> Office:
    """Open somebody's file with the PIN of this session. Raises WrongPin, PinNotThere, AlreadyOpen…"""
    from caseworker_app.security.keystore import Keystore
    from caseworker_app.security.quick_unlock import open_with_pin

    return _open(folder, clock or SystemClock(), lambda: open_with_pin(folder, pin, keystore or Keystore()))


def open_demonstration(households: int = 24, seed: int = 1, *, clock: Clock | None = None) -> Office:
    """Make the demonstration in a throw-away encrypted file, removed when it is closed."""
    from caseworker_app.features.demonstration.service import DEMONSTRATION_OFFICE, fill
    from caseworker_app.security.passphrase import THROW_AWAY

    folder = Path(tempfile.mkdtemp(prefix="passerelle-demonstration-"))
    # Nobody types this passphrase again and the file is removed: it need not be slow to guess.
    passphrase = secrets.token_urlsafe(24)
    office, _ = create_office(folder, passphrase, DEMONSTRATION_OFFICE, clock=clock, kdf=THROW_AWAY)
    office.throw_away = True
    fill(office.file, office.who, households=households, seed=seed)
    return office


def _open(folder: Path, clock: Clock, unlock: Callable[[], DataKey]) -> Office:
    from caseworker_app.security.errors import VaultMissing
    from caseworker_app.security.single_use import hold_folder
    from caseworker_app.storage.backups.refusals import BackupNotOpened
    from caseworker_app.storage.backups.restoring import finish_restore
    from caseworker_app.storage.backups.shelf import is_backup

    if not has_office(folder):
        raise VaultMissing
    if is_backup(folder):
        raise BackupNotOpened
    hold = hold_folder(folder)
    try:
        finish_restore(folder)
        return opened(folder, clock, unlock(), hold)
    except BaseException:
        hold.release()
        raise


def opened(folder: Path, clock: Clock, key: DataKey, hold: FolderHold) -> Office:
    """Open, in a folder that is held, what the data key opens; a change of data key cut short is finished first.

    Raises FileMissing, WrongKey, NewerFile, NotFound.
    """
    from caseworker_app.features.retention.service.cleaning import finish_erasures
    from caseworker_app.features.retention.service.returned import plan_returned
    from caseworker_app.features.team.service import owner
    from caseworker_app.storage import rekeying
    from caseworker_app.storage.access_log import AccessKind
    from caseworker_app.storage.encrypted_file import EncryptedFile

    load_stores()
    rekeying.finish(folder, key)
    file = EncryptedFile.open(folder, key.hex(), clock, _back_up_before_migration)
    try:
        who = owner(file)
        file.accesses.note(who.worker_id, AccessKind.UNLOCKED)
        drafts = _drafts(folder, key, clock)
        # An erasure killed half-way: its rows are gone, what lay beside them goes before anybody looks.
        finish_erasures(file, drafts)
        back = plan_returned(file)
        return Office(folder, file, drafts, who, hold, told=[] if back is None else [back])
    except BaseException:
        file.close()
        raise


def _back_up_before_migration(access: Access) -> None:
    from caseworker_app.storage.backups.main_place import place_before_migration
    from caseworker_app.storage.backups.making import make_backup
    from caseworker_app.storage.backups.manifest import MIGRATION

    make_backup(access, place_before_migration(access.folder), MIGRATION)


def _drafts(folder: Path, key: DataKey, clock: Clock) -> Drafts:
    from caseworker_app.security.data_key import derive
    from caseworker_app.storage.drafts import PURPOSE, Drafts

    return Drafts(folder, derive(key, PURPOSE).hex(), clock)


def warm_up() -> None:
    """Import what opening a file needs, ahead of the moment it is asked."""
    for module in (
        "security.vault",
        "security.passphrase",
        "storage.encrypted_file",
        "storage.drafts",
        "features.team.service",
        "features.retention.service.cleaning",
    ):
        import_module(f"caseworker_app.{module}")
    import_module("argon2.low_level")
    import_module("nacl.bindings")
