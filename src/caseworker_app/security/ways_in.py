"""The ways into somebody's file, as the settings and the command line show and change them.

Whoever changes one proves each time that they know one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from caseworker_app.kernel.clock import Clock, SystemClock

if TYPE_CHECKING:
    from caseworker_app.security.data_key import DataKey
    from caseworker_app.security.keystore import Keystore
    from caseworker_app.security.passphrase import Argon2Cost

WORDS = {"passphrase": "Phrase secrète", "recovery": "Clé de secours", "keyring": "Code court"}


@dataclass(frozen=True, slots=True)
class WayIn:
    """One way in: `removable` unless it is the last of a kind that is always there; `works_here`: on this session."""

    id: str
    kind: str
    words: str
    made_at: datetime
    removable: bool
    works_here: bool = True


class WaysIn:
    """The ways into one folder, which the caller holds. Everything here takes time: never in a window's thread.

    `proof` is the passphrase, or the recovery key for whoever forgot it. `guard` runs each try: the window makes
    wrong ones wait ever longer.
    """

    def __init__(
        self,
        folder: Path,
        *,
        clock: Clock | None = None,
        keystore: Keystore | None = None,
        guard: Callable[[Callable[[], DataKey]], DataKey] | None = None,
        kdf: Argon2Cost | None = None,
    ) -> None:
        """Look at a folder; by default the key store of the session, and no wait."""
        self.folder, self._clock, self._kdf = folder, clock or SystemClock(), kdf
        self._store, self._guard = keystore, guard or (lambda unlock: unlock())

    @property
    def keystore(self) -> Keystore:
        """The key store of the session, looked for when it is first needed."""
        from caseworker_app.security.keystore import Keystore

        self._store = self._store or Keystore()
        return self._store

    def read(self) -> list[WayIn]:
        """Return them, oldest first. Raises VaultMissing, DamagedHeader, NewerFormat, HeaderUnreadable."""
        from caseworker_app.security import quick_unlock, vault
        from caseworker_app.security.header import KEYRING, PASSPHRASE, RECOVERY

        slots = vault.slots(self.folder)
        here = any(slot.kind == KEYRING for slot in slots) and bool(
            quick_unlock.tries_left(self.folder, self.keystore)
        )
        kinds = [slot.kind for slot in slots]
        return [
            WayIn(
                slot.id,
                slot.kind,
                WORDS.get(slot.kind, "Autre façon d’ouvrir"),
                datetime.fromisoformat(slot.made_at),
                removable=slot.kind not in {PASSPHRASE, RECOVERY} or kinds.count(slot.kind) > 1,
                works_here=here or slot.kind != KEYRING,
            )
            for slot in slots
        ]

    def check(self, proof: str) -> None:
        """Say nothing when the proof opens the file. Raises WrongPassphrase."""
        self._key(proof).wipe()

    def change_passphrase(self, proof: str, new: str) -> None:
        """Make `new` the only passphrase. Raises WrongPassphrase, PassphraseRefused, HeaderNotWritten."""
        from caseworker_app.security import passphrase, vault

        passphrase.check_new(new)
        vault.change_passphrase(self.folder, self._key(proof), new, kdf=self._kdf, clock=self._clock)

    def new_recovery_key(self) -> str:
        """Return a recovery key that opens nothing yet, to be printed and checked first."""
        from caseworker_app.security.recovery_key import RecoveryKey

        return RecoveryKey.generate().text

    def replace_recovery_key(self, proof: str, text: str) -> None:
        """Make the key printed the only recovery key. Raises WrongPassphrase, and as `vault.replace_recovery_key`."""
        from caseworker_app.security import vault
        from caseworker_app.security.recovery_key import RecoveryKey

        key = self._key(proof)
        vault.replace_recovery_key(self.folder, key, RecoveryKey.parse(text), clock=self._clock)

    def set_pin(self, proof: str, pin: str) -> None:
        """Make `pin` the PIN of this session. Raises WrongPassphrase, PinRefused, KeystoreNotThere…"""
        from caseworker_app.security import quick_unlock

        quick_unlock.check_new_pin(pin)
        key = self._key(proof)
        quick_unlock.set_pin(self.folder, key, pin, self.keystore, kdf=self._kdf, clock=self._clock)

    def remove(self, proof: str, slot_id: str) -> None:
        """Remove one way in. Raises WrongPassphrase, SlotMissing, SlotNeeded."""
        from caseworker_app.security import vault
        from caseworker_app.security.header import KEYRING

        key = self._key(proof)
        kind = next((slot.kind for slot in vault.slots(self.folder) if slot.id == slot_id), "")
        vault.remove_slot(self.folder, key, slot_id)
        if kind == KEYRING:
            self.keystore.forget(vault.read_state(self.folder).file_id)

    def _key(self, proof: str) -> DataKey:
        from caseworker_app.security import vault

        return self._guard(lambda: vault.open_with_either(self.folder, proof))
