"""From a passphrase (« phrase secrète ») to a key: normalisation, minimal rule, Argon2id and its cost."""

from __future__ import annotations

import math
import secrets
import time
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from caseworker_app.security.errors import DamagedHeader, NewerFormat, NotEnoughMemory, PassphraseRefused

ARGON2ID = "argon2id"
MINIMUM_CHARACTERS = 8
MAXIMUM_CHARACTERS = 1024
TARGET_SECONDS = 0.3

# A header is read before anything in it is authenticated: without these bounds a forged one could ask for a
# terabyte of memory or a day of work. One GiB is sixteen times what this program writes itself.
_MAXIMUM_MEMORY_KIB = 1024 * 1024
_MAXIMUM_PARALLELISM = 16
MAXIMUM_WORK_KIB = 16 * 1024 * 1024
"""Memory times passes, in KiB, that all the slots of a header together may ask for (about ten seconds)."""

_SALT_BYTES = 16
_LONGEST_CALIBRATED_TIME = 32


@dataclass(frozen=True, slots=True)
class Argon2Cost:
    """What Argon2id is asked to spend: memory in KiB, number of passes, lanes."""

    memory_kib: int = 64 * 1024
    time: int = 3
    parallelism: int = 4

    @property
    def work_kib(self) -> int:
        """Memory times passes: what deriving one key takes, in KiB."""
        return self.memory_kib * self.time

    def is_bearable(self) -> bool:
        """Say whether Argon2 accepts these values and a header may ask for them."""
        return (
            1 <= self.parallelism <= _MAXIMUM_PARALLELISM
            and 8 * self.parallelism <= self.memory_kib <= _MAXIMUM_MEMORY_KIB
            and self.time >= 1
            and self.work_kib <= MAXIMUM_WORK_KIB
        )


THROW_AWAY = Argon2Cost(memory_kib=64, time=1, parallelism=1)
"""Next to nothing: for tests, and for the demonstration, whose passphrase is no secret; given by argument."""


def new_kdf(cost: Argon2Cost) -> dict[str, int | str]:
    """Return the parameters of a new slot: this cost and a fresh random salt."""
    return {
        "name": ARGON2ID,
        "memory_kib": cost.memory_kib,
        "time": cost.time,
        "parallelism": cost.parallelism,
        "salt": secrets.token_hex(_SALT_BYTES),
    }


def read_cost(kdf: Mapping[str, int | str]) -> Argon2Cost:
    """Read a slot's parameters, which nothing authenticates yet. Raises DamagedHeader out of bounds."""
    values = [kdf.get(name) for name in ("memory_kib", "time", "parallelism")]
    memory_kib, passes, parallelism = (value if isinstance(value, int) else 0 for value in values)
    cost = Argon2Cost(memory_kib, passes, parallelism)
    if not cost.is_bearable() or len(_salt_of(kdf)) < 8:
        raise DamagedHeader
    return cost


def normalise(passphrase: str) -> bytes:
    """Return the bytes that are hashed, the same whatever keyboard or system the passphrase was typed on.

    As the OpaqueString profile of RFC 8265: every Unicode space becomes a plain one, then NFC; case, accents
    and punctuation count. Beyond it, spaces and line ends around the whole (and a byte order mark in front)
    are dropped: they come from a pasted line or from the end of a file, and are not seen.
    """
    plain = "".join(" " if unicodedata.category(c) == "Zs" else c for c in passphrase.lstrip("\ufeff"))
    return unicodedata.normalize("NFC", plain.strip()).encode("utf-8", "surrogatepass")


def check_new(passphrase: str) -> None:
    """Refuse a new passphrase that is empty, under 8 or over 1,024 characters, or not sure to be typed alike.

    Raises PassphraseRefused. Control characters and characters that Unicode has not assigned yet are refused
    because another system may drop or normalise them differently. How hard it is to guess is another
    question.
    """
    text = normalise(passphrase).decode("utf-8", "surrogatepass")
    if not text:
        raise PassphraseRefused(
            "Choisissez une phrase secrète\u00a0: sans elle, rien ne protège vos données."
        )
    if len(text) < MINIMUM_CHARACTERS:
        raise PassphraseRefused(
            f"Choisissez une phrase secrète d’au moins {MINIMUM_CHARACTERS}\u00a0caractères, "
            "par exemple quatre ou cinq mots qui n’ont rien à voir entre eux."
        )
    if len(text) > MAXIMUM_CHARACTERS:
        raise PassphraseRefused("Choisissez une phrase secrète de 1\u202f024\u00a0caractères au plus.")
    if any(unicodedata.category(c) in {"Cc", "Cs", "Cn"} for c in text):
        raise PassphraseRefused(
            "Cette phrase secrète contient un caractère invisible ou inconnu\u00a0: retapez-la au clavier."
        )


def wrapping_key(passphrase: str, kdf: Mapping[str, int | str]) -> bytes:
    """Return the 32 bytes that wrap the data key in a passphrase slot.

    Raises DamagedHeader for parameters out of bounds, NewerFormat for a derivation this version does not
    know, NotEnoughMemory when the system refuses the memory.
    """
    if kdf.get("name") != ARGON2ID:
        raise NewerFormat
    return _argon2id(normalise(passphrase), _salt_of(kdf), read_cost(kdf))


def calibrate(measure: Callable[[Argon2Cost], float] | None = None) -> Argon2Cost:
    """Return a cost that takes at least 0.3 s on this PC: 64 MiB, 4 lanes, and 3 to 32 passes.

    `measure` gives the seconds one derivation takes (by default the shorter of two real ones: a busy moment
    must not be taken for a slow PC).
    """
    measure = measure or _measure
    cost = Argon2Cost()
    while (seconds := measure(cost)) < TARGET_SECONDS and cost.time < _LONGEST_CALIBRATED_TIME:
        wanted = math.ceil(cost.time * TARGET_SECONDS / max(seconds, 0.001))
        cost = Argon2Cost(time=min(max(wanted, cost.time + 1), _LONGEST_CALIBRATED_TIME))
    return cost


def _measure(cost: Argon2Cost) -> float:
    durations = []
    for _ in range(2):
        start = time.perf_counter()
        _argon2id(b"a passphrase of usual length", bytes(_SALT_BYTES), cost)
        durations.append(time.perf_counter() - start)
    return min(durations)


def _argon2id(secret: bytes, salt: bytes, cost: Argon2Cost) -> bytes:
    from argon2.exceptions import HashingError
    from argon2.low_level import Type, hash_secret_raw

    try:
        return hash_secret_raw(secret, salt, cost.time, cost.memory_kib, cost.parallelism, 32, Type.ID)
    except HashingError as error:
        raise NotEnoughMemory from error


def _salt_of(kdf: Mapping[str, int | str]) -> bytes:
    try:
        return bytes.fromhex(str(kdf.get("salt", "")))
    except ValueError:
        return b""
