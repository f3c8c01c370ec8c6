"""The key store of the system (Windows, GNOME, KDE, macOS) through keyring: one random secret, or None.

It is never the only way in: it is emptied with a new profile, and some sessions have none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from keyring.backend import KeyringBackend

_SERVICE = "Passerelle"

# Stores that encrypt for the session. Anything else keyring may find (a plain file of another package, a
# store chosen by an environment variable) is treated as no store at all.
_TRUSTED = (
    "keyring.backends.SecretService",
    "keyring.backends.libsecret",
    "keyring.backends.kwallet",
    "keyring.backends.Windows",
    "keyring.backends.macOS",
)


class Keystore:
    """The key store of this session; absent, locked or emptied, it answers None or False and never fails.

    A locked store may ask the person for its password and wait for it: call from a thread, not from a
    window's.
    """

    def __init__(self, backend: KeyringBackend | None = None) -> None:
        """Use this backend; by default the best of the trusted ones, looked for at the first use."""
        self._backend = backend

    def store(self, file_id: str, secret: bytes) -> bool:
        """Keep the secret of the file with this random id; say whether it reads back."""
        self._ask(lambda backend: backend.set_password(_SERVICE, file_id, secret.hex()))
        return self.fetch(file_id) == secret

    def fetch(self, file_id: str) -> bytes | None:
        """Return the secret of this file, or None when the store has none that can be read."""
        text = self._ask(lambda backend: backend.get_password(_SERVICE, file_id))
        try:
            return bytes.fromhex(text) if isinstance(text, str) and text else None
        except ValueError:
            return None

    def forget(self, file_id: str) -> bool:
        """Remove the secret of this file; say whether none is left to be read."""
        self._ask(lambda backend: backend.delete_password(_SERVICE, file_id))
        return self.fetch(file_id) is None

    def _ask(self, question: Callable[[KeyringBackend], object]) -> object:
        try:
            self._backend = self._backend or _best_trusted()
            return question(self._backend) if self._backend is not None else None
        except Exception:  # noqa: BLE001  each system's store fails in its own way; all mean « not available »
            return None


def _best_trusted() -> KeyringBackend | None:
    from keyring.backend import get_all_keyring

    usable = [backend for backend in get_all_keyring() if type(backend).__module__.startswith(_TRUSTED)]
    return max(usable, key=lambda backend: backend.priority, default=None)
