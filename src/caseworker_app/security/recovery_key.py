"""The recovery key (« clé de secours ») printed on paper: 160 random bits that tell a typing mistake."""

from __future__ import annotations

import hashlib
import re
import secrets
import unicodedata
from collections.abc import Mapping
from typing import NoReturn

from caseworker_app.security.errors import DamagedHeader, MistypedRecoveryKey, NewerFormat

BLAKE2B = "blake2b"
GROUPS = 8
GROUP_SYMBOLS = 5
_SECRET_BYTES = 20

# Crockford's base 32: no I, L, O or U. What a hand or an eye confuses with one of these is read as that one.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans("OILU", "011V")
_SEPARATORS = re.compile(r"[\s\-_.,;:·•\u2010-\u2015\u2212\u00ad\u200b-\u200d\ufeff]+")
_PERSON = b"passerelle.recov"


class RecoveryKey:
    """A recovery key, to be shown and printed once; it does not show itself in a log by accident."""

    __slots__ = ("_secret",)
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, secret: bytes) -> None:
        """Keep 20 bytes; ValueError for any other length."""
        if len(secret) != _SECRET_BYTES:
            raise ValueError("a recovery key has 20 bytes")
        self._secret = secret

    @classmethod
    def generate(cls) -> RecoveryKey:
        """Return a new random key."""
        return cls(secrets.token_bytes(_SECRET_BYTES))

    @classmethod
    def parse(cls, text: str) -> RecoveryKey:
        """Read what a person typed from the paper: either case, any spaces or dashes, O for 0, I for 1.

        Raises MistypedRecoveryKey, whose sentence names the first group to read again. Within a group one
        wrong symbol, or two exchanged, never pass; groups in the wrong order never pass.
        """
        groups = _split(text)
        values = [_read_group(group, position) for position, group in enumerate(groups)]
        number = 0
        for value in (v for group in values for v in group[:-1]):
            number = number << 5 | value
        return cls(number.to_bytes(_SECRET_BYTES, "big"))

    @property
    def groups(self) -> tuple[str, ...]:
        """The key as printed: eight groups of four symbols followed by their check symbol."""
        number = int.from_bytes(self._secret, "big")
        symbols = [number >> shift & 31 for shift in range(_SECRET_BYTES * 8 - 5, -1, -5)]
        size = GROUP_SYMBOLS - 1
        parts = [symbols[i : i + size] for i in range(0, len(symbols), size)]
        return tuple(
            "".join(_ALPHABET[v] for v in [*part, _check_symbol(part, i)]) for i, part in enumerate(parts)
        )

    @property
    def text(self) -> str:
        """The groups joined by dashes, on one line."""
        return "-".join(self.groups)

    def wrapping_key(self, kdf: Mapping[str, int | str]) -> bytes:
        """Return the 32 bytes that wrap the data key in a recovery slot. Raises DamagedHeader, NewerFormat.

        One keyed BLAKE2b and no Argon2: a slow derivation makes up for secrets that people choose, and nobody
        tries 2¹⁶⁰ random keys however fast each is.
        """
        if kdf.get("name") != BLAKE2B:
            raise NewerFormat
        try:
            salt = bytes.fromhex(str(kdf.get("salt", "")))
            return hashlib.blake2b(b"", digest_size=32, key=self._secret, salt=salt, person=_PERSON).digest()
        except ValueError as error:
            raise DamagedHeader from error

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RecoveryKey) and secrets.compare_digest(self._secret, other._secret)

    def __repr__(self) -> str:
        return "<RecoveryKey>"

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("a recovery key is neither pickled nor copied")


def same_group(typed: str, group: str) -> bool:
    """Say whether what was copied from the paper is this group, read as `RecoveryKey.parse` reads one."""
    return secrets.compare_digest(_plain(typed).encode(), _plain(group).encode())


def new_kdf() -> dict[str, int | str]:
    """Return the parameters of a new recovery slot: a fresh random salt."""
    return {"name": BLAKE2B, "salt": secrets.token_hex(16)}


def _plain(text: str) -> str:
    upper = unicodedata.normalize("NFKC", text).upper().translate(_READ_AS)
    return _SEPARATORS.sub("", upper)


def _split(text: str) -> list[str]:
    upper = unicodedata.normalize("NFKC", text).upper().translate(_READ_AS)
    parts = [part for part in _SEPARATORS.split(upper) if part]
    whole = "".join(parts)
    if len(whole) != GROUPS * GROUP_SYMBOLS:
        _refuse_length(parts)
    return [whole[i : i + GROUP_SYMBOLS] for i in range(0, len(whole), GROUP_SYMBOLS)]


def _refuse_length(parts: list[str]) -> NoReturn:
    if len(parts) == GROUPS:
        position = next(i for i, part in enumerate(parts) if len(part) != GROUP_SYMBOLS)
        raise MistypedRecoveryKey(
            f"Le {_ordinal(position)} groupe de la clé de secours doit compter "
            f"{GROUP_SYMBOLS}\u00a0caractères\u00a0: relisez-le sur le papier.",
            position + 1,
        )
    fault = "il en manque" if sum(map(len, parts)) < GROUPS * GROUP_SYMBOLS else "il y en a trop"
    raise MistypedRecoveryKey(
        f"La clé de secours compte {GROUPS}\u00a0groupes de {GROUP_SYMBOLS}\u00a0caractères, {fault}\u00a0: "
        "relisez-la sur le papier."
    )


def _read_group(group: str, position: int) -> list[int]:
    values = [_ALPHABET.find(symbol) for symbol in group]
    if -1 in values or _check_symbol(values[:-1], position) != values[-1]:
        raise MistypedRecoveryKey(
            f"Le {_ordinal(position)} groupe de la clé de secours n’est pas le bon\u00a0: "
            "relisez-le sur le papier, caractère par caractère.",
            position + 1,
        )
    return values


def _check_symbol(values: list[int], position: int) -> int:
    """Return the check value of a group: a weighted sum over the field of 32 elements.

    Each place has a weight of its own, so that a substitution or an exchange always shows (a Damm scheme);
    starting from the group's position makes groups in the wrong order show too.
    """
    check = position + 1
    for value in values:
        check = _double(check ^ value)
    return check


def _double(value: int) -> int:
    # Multiplying by x modulo x⁵ + x² + 1, which is primitive: the powers of x are all different.
    value <<= 1
    return value ^ 0b100101 if value & 32 else value


def _ordinal(position: int) -> str:
    return "1er" if position == 0 else f"{position + 1}e"
