"""Changing the data key after a suspected theft: everything encrypted again, then in force at once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from caseworker_app.bootstrap.office import Office, opened
from caseworker_app.kernel.clock import Clock, SystemClock
from caseworker_app.kernel.errors import CaseworkerError

if TYPE_CHECKING:
    from caseworker_app.security.data_key import DataKey
    from caseworker_app.security.keystore import Keystore
    from caseworker_app.security.passphrase import Argon2Cost
    from caseworker_app.security.recovery_key import RecoveryKey
    from caseworker_app.storage.rekeying import Report


def change_data_key(
    folder: Path,
    key: DataKey,
    passphrase: str,
    recovery_key: RecoveryKey,
    *,
    keystore: Keystore | None = None,
    kdf: Argon2Cost | None = None,
    clock: Clock | None = None,
    report: Report | None = None,
) -> DataKey:
    """Encrypt a held, closed folder again under a new data key, opened by these two ways only; return that key.

    `recovery_key` was made, printed and checked before. Killed at any instant, the former ways in open the former
    file or the new ones the new file, with the same content. A PIN ends with the former key. Raises what
    `rekeying.prepare`, `vault.prepare_next_key` and `vault.put_in_force` raise.
    """
    from caseworker_app.security import vault
    from caseworker_app.security.errors import CopyNotWritten
    from caseworker_app.storage import rekeying

    next_key = vault.prepare_next_key(
        folder, key, passphrase, recovery_key, kdf=kdf, clock=clock or SystemClock()
    )
    rekeying.prepare(folder, key, next_key.data_key, report)
    late: CopyNotWritten | None = None
    try:
        vault.put_in_force(folder, next_key)
    except CopyNotWritten as error:
        late = error  # the new header counts all the same; its copy is written again at the next opening
    except CaseworkerError:
        rekeying.discard(folder)
        raise
    rekeying.finish(folder, next_key.data_key)
    rekeying.forget_former_contents(folder, next_key.data_key)
    if keystore is not None:
        keystore.forget(vault.read_state(folder).file_id)
    if late is not None:
        raise late
    return next_key.data_key


def change_open_office(
    office: Office, proof: str, passphrase: str, recovery_key: RecoveryKey, *, keystore: Keystore | None = None,
    kdf: Argon2Cost | None = None,
) -> tuple[Office, CaseworkerError | None]:  # fmt: skip
    """Change the data key of an open office; return the office open again, and why nothing was changed, if so.

    The folder stays held throughout. Raises WrongPassphrase, PassphraseRefused, SamePassphrase, before anything is
    closed.
    """
    from caseworker_app.security import vault

    key = vault.open_with_either(office.folder, proof)
    vault.prepare_next_key(office.folder, key, passphrase, recovery_key, kdf=kdf)
    clock = office.file.clock
    office.copies.empty()
    office.drafts.close()
    office.file.close()
    refused: CaseworkerError | None = None
    in_force: DataKey = key
    try:
        in_force = change_data_key(
            office.folder, key, passphrase, recovery_key, keystore=keystore, kdf=kdf, clock=clock
        )
    except CaseworkerError as error:
        refused = error
        # What is in force is read again: the copy of the header alone may have failed.
        in_force = _either(office.folder, passphrase, key)
    return opened(office.folder, clock, in_force, office.hold), refused


def _either(folder: Path, passphrase: str, former: DataKey) -> DataKey:
    from caseworker_app.security import vault
    from caseworker_app.security.errors import WrongPassphrase

    try:
        return vault.open_with_passphrase(folder, passphrase)
    except WrongPassphrase:
        return former
