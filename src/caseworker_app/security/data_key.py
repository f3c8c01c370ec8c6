"""The random key that encrypts a person's data, held so that it neither prints nor pickles by accident."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import NoReturn

from caseworker_app.security.errors import VaultLocked

KEY_BYTES = 32
_PERSON = b"passerelle.deriv"


class DataKey:
    """256 random bits (« clé des données »), wrapped by every key slot and given raw to SQLCipher.

    `wipe` overwrites the bytes held here. It cannot reach what `hex` and `derive` have returned, nor what the
    libraries copied for themselves: Python has no way to, so ask for those late and drop them early.
    """

    __slots__ = ("_raw", "_wiped")
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, raw: bytes | bytearray) -> None:
        """Copy 32 bytes; ValueError for any other length, which only a mistake in the program can bring."""
        if len(raw) != KEY_BYTES:
            raise ValueError("a data key has 32 bytes")
        self._raw = bytearray(raw)
        self._wiped = False

    @classmethod
    def generate(cls) -> DataKey:
        """Return a new random key."""
        return cls(secrets.token_bytes(KEY_BYTES))

    @property
    def wiped(self) -> bool:
        """Say whether the bytes were overwritten."""
        return self._wiped

    def hex(self) -> str:
        """Return 64 hexadecimal digits, as SQLCipher takes a raw key. Raises VaultLocked once wiped."""
        return self.raw().hex()

    def raw(self) -> bytes:
        """Return a copy of the 32 bytes. Raises VaultLocked once wiped."""
        if self._wiped:
            raise VaultLocked
        return bytes(self._raw)

    def fingerprint(self) -> str:
        """Return 16 hexadecimal digits that name this key and tell nothing about it."""
        return derive(self, "fingerprint")[:8].hex()

    def wipe(self) -> None:
        """Overwrite the bytes; every later use raises VaultLocked. Wiping twice is harmless."""
        self._raw[:] = bytes(KEY_BYTES)
        self._wiped = True

    def __eq__(self, other: object) -> bool:
        return isinstance(other, DataKey) and hmac.compare_digest(self._raw, other._raw)

    def __repr__(self) -> str:
        return "<DataKey>"

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("a data key is neither pickled nor copied")


def derive(data_key: DataKey, purpose: str) -> bytes:
    """Return the 32-byte subkey for one purpose (`"drafts"`, `"attachments"`…), always the same.

    Keyed BLAKE2b: the data key is uniformly random, so one keyed hash per purpose is enough. The purpose must
    be non-empty ASCII and is written once, as a constant of the room that uses it. Raises VaultLocked once
    wiped.
    """
    if not purpose or not purpose.isascii():
        raise ValueError("a purpose is a non-empty ASCII name")
    return hashlib.blake2b(
        purpose.encode(), digest_size=KEY_BYTES, key=data_key.raw(), person=_PERSON
    ).digest()
