"""What makes, opens or restores the file of one data folder: the doors that the entrance windows knock at."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from caseworker_app.bootstrap.office import Office
    from caseworker_app.security.data_key import DataKey
    from caseworker_app.security.growing_delay import GrowingDelay
    from caseworker_app.security.keystore import Keystore
    from caseworker_app.shell.backups_shown import OfferedBackup
    from caseworker_app.shell.first_run import FirstRun


class FolderDoors:
    """Each door runs on a thread of `Tasks` and raises CaseworkerError; wrong secrets wait longer each time."""

    def __init__(self, folder: Path) -> None:
        """Work for this folder, which may be changed for another one."""
        self.folder = folder
        self.keystore: Keystore | None = None
        self.created: Office | None = None
        self.by_recovery_key = False
        self._delay: GrowingDelay | None = None

    @property
    def delay(self) -> GrowingDelay:
        """What makes wrong secrets wait, the same for every door of this program."""
        from caseworker_app.security.growing_delay import GrowingDelay

        self._delay = self._delay or GrowingDelay()
        return self._delay

    def holds_file(self) -> bool:
        """Say whether the folder has somebody's file."""
        from caseworker_app.security.folder_look import holds_vault

        return holds_vault(self.folder)

    def create_file(self, asked: FirstRun) -> str:
        """Make the file, kept open until its key is noted; return the recovery key to print."""
        from caseworker_app.bootstrap.office import create_office
        from caseworker_app.features.team.domain import NewOffice

        new = NewOffice(asked.association, asked.worker, logo_png=asked.logo_png)
        self.created, recovery_key = create_office(self.folder, asked.passphrase, new)
        return recovery_key

    def take_created(self) -> Office | None:
        """Hand over, once, the file that has just been made."""
        created, self.created = self.created, None
        return created

    def save_recovery_sheet(self, path: Path, recovery_key: str) -> None:
        """Write the sheet of a file that has just been made."""
        from caseworker_app.features.team.documents import write_recovery_sheet
        from caseworker_app.kernel.clock import today

        if self.created is not None:
            write_recovery_sheet(recovery_key, today(self.created.file.clock), path)

    def read_logo(self, path: Path) -> bytes:
        """Return the picture of a file, as it heads letters."""
        from caseworker_app.pdf.logo_picture import logo_from_file

        return logo_from_file(path)

    def with_passphrase(self, passphrase: str) -> Office:
        """Open by the passphrase."""
        from caseworker_app.bootstrap.office import open_office

        return self.delay(lambda: open_office(self.folder, passphrase))

    def with_recovery_key(self, text: str) -> Office:
        """Open by the printed recovery key; a new passphrase is asked for once inside."""
        from caseworker_app.bootstrap.office import open_office_with_recovery_key

        office = self.delay(lambda: open_office_with_recovery_key(self.folder, text))
        self.by_recovery_key = True
        return office

    def with_pin(self, pin: str) -> Office:
        """Open by the PIN of this session."""
        from caseworker_app.bootstrap.office import open_office_with_pin

        return self.delay(lambda: open_office_with_pin(self.folder, pin, self.keystore))

    def has_pin(self) -> bool:
        """Say whether a PIN is to be asked first; a header that cannot be read has none to offer."""
        from caseworker_app.security.folder_look import may_name_kind

        # The cheapest answer first: nearly every file has no PIN, and the window starts the sooner.
        if not may_name_kind(self.folder, "keyring"):
            return False
        from caseworker_app.security.header_files import names_kind

        return names_kind(self.folder, "keyring")

    def pin_tries(self) -> int:
        """Return how many tries of the PIN this session has left."""
        from caseworker_app.security.keystore import Keystore
        from caseworker_app.security.quick_unlock import tries_left

        self.keystore = self.keystore or Keystore()
        return tries_left(self.folder, self.keystore)

    def take_over(self) -> None:
        """Forget that another PC held the folder: the person says that it does not any more."""
        from caseworker_app.security.holder_note import take_over

        take_over(self.folder)

    def keep_copy(self, passphrase: str, place: Path) -> str:
        """Keep a copy of a file that only a newer version opens; return where it lies."""
        from caseworker_app.bootstrap.newer_file import copy_newer
        from caseworker_app.security.vault import open_with_passphrase

        def unlock(folder: Path) -> DataKey:
            return self.delay(lambda: open_with_passphrase(folder, passphrase))

        return str(copy_newer(self.folder, unlock, place).folder)

    def demonstration(self) -> Office:
        """Make the demonstration in a throw-away file."""
        from caseworker_app.bootstrap.office import open_demonstration

        return open_demonstration()

    def offered_backups(self, place: Path | None) -> list[OfferedBackup]:
        """Return the backups of this file, or those of a folder that was chosen."""
        from caseworker_app.bootstrap.backup_words import offered
        from caseworker_app.bootstrap.backups import backups_for, backups_in

        return [offered(each) for each in (backups_in(place) if place else backups_for(self.folder))]

    def restore(self, backup: str, secret: str) -> Office:
        """Put a backup in place of the file and open it."""
        from caseworker_app.bootstrap.backups import restore_and_open

        return self.delay(lambda: restore_and_open(self.folder, Path(backup), secret))

    def existing(self, chosen: Path) -> Path:
        """Return a folder somebody chose, if it has a file or backups. Raises VaultMissing."""
        from caseworker_app.bootstrap.backups import backups_in
        from caseworker_app.security.errors import VaultMissing
        from caseworker_app.security.folder_look import holds_vault

        if not holds_vault(chosen) and not backups_in(chosen):
            raise VaultMissing
        return chosen

    def is_to_restore(self, chosen: Path) -> bool:
        """Say whether a folder is a backup, or a folder of them: restored, never worked in."""
        from caseworker_app.bootstrap.backups import backups_in
        from caseworker_app.security.folder_look import holds_vault
        from caseworker_app.storage.backups.shelf import is_backup

        return is_backup(chosen) or (not holds_vault(chosen) and bool(backups_in(chosen)))
