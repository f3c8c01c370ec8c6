"""Quick unlock: a short PIN (« code court ») and a secret of the system's key store together open a slot.

Neither is worth anything without the other: the file taken away lacks the secret, the key store read by another
program lacks the PIN. The tries left lie beside the secret and are counted before each try, so that closing the
program gives none back; after the fifth wrong one the secret is gone and the passphrase is asked. Whoever can
read the key store of an open session *and* has the file can try every PIN: it is a convenience for interviews,
not a second passphrase.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

from caseworker_app.kernel.clock import Clock, SystemClock, stamp
from caseworker_app.security import passphrase, vault
from caseworker_app.security.data_key import KEY_BYTES, DataKey
from caseworker_app.security.errors import KeystoreNotThere, PinNotThere, PinRefused, WrongPin
from caseworker_app.security.header import KEYRING, Slot
from caseworker_app.security.keystore import Keystore
from caseworker_app.security.passphrase import Argon2Cost

TRIES = 5
SHORTEST, LONGEST = 6, 12
_PERSON = b"passerelle.pin"
_CLOCK = SystemClock()
# A PIN is short whatever is spent on it: the usual cost, not a longer one.
_COST = Argon2Cost()


def check_new_pin(pin: str) -> None:
    """Refuse a PIN that is not 6 to 12 digits, repeats one digit or counts up or down. Raises PinRefused."""
    if not (pin.isascii() and pin.isdigit() and SHORTEST <= len(pin) <= LONGEST):
        raise PinRefused(f"Choisissez un code de {SHORTEST} à {LONGEST}\u00a0chiffres.")
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(pin)}
    if steps <= {0} or steps in ({1}, {9}):
        raise PinRefused("Ce code se devine trop vite\u00a0: évitez 123456, 000000 et leurs pareils.")


def set_pin(
    folder: Path,
    data_key: DataKey,
    pin: str,
    store: Keystore,
    *,
    kdf: Argon2Cost | None = None,
    clock: Clock = _CLOCK,
) -> Slot:
    """Make `pin` the only PIN of this file on this session, and return its slot.

    The secret is kept first: interrupted in between, the former PIN is out of use and the passphrase opens.
    Raises PinRefused, KeystoreNotThere, SlotsFull, AlteredHeader, HeaderNotWritten, CopyNotWritten.
    """
    check_new_pin(pin)
    file_id = vault.read_state(folder).file_id
    secret = DataKey.generate().raw()
    if not store.store(file_id, secret + bytes([TRIES])):
        raise KeystoreNotThere
    parameters = passphrase.new_kdf(kdf or _COST)
    wrapping_key = _wrapping_key(pin, parameters, secret)
    slot = vault.new_slot(
        folder, data_key, kind=KEYRING, kdf=parameters, wrapping_key=wrapping_key, made_at=stamp(clock)
    )
    vault.replace_slots(folder, data_key, slot)
    return slot


def has_pin(folder: Path) -> bool:
    """Say whether the header holds a PIN, without asking the key store, which may be absent or locked."""
    return any(slot.kind == KEYRING for slot in vault.slots(folder))


def tries_left(folder: Path, store: Keystore) -> int:
    """Return how many wrong PINs are still allowed; 0 when the PIN cannot be used on this session."""
    state = vault.read_state(folder)
    if all(slot.kind != KEYRING for slot in state.slots):
        return 0
    kept = _kept(store, state.file_id)
    return kept[1] if kept else 0


def open_with_pin(folder: Path, pin: str, store: Keystore) -> DataKey:
    """Return the data key. Raises PinNotThere, WrongPin, and the rest as `vault.open_with_passphrase`.

    A key store that does not keep the count down lets nobody try.
    """
    state = vault.read_state(folder)
    kept = _kept(store, state.file_id)
    if kept is None or all(slot.kind != KEYRING for slot in state.slots):
        raise PinNotThere
    secret, tries = kept
    left = tries - 1
    if not store.store(state.file_id, secret + bytes([left])):
        raise PinNotThere
    key = vault.open_slot(folder, KEYRING, lambda slot: _wrapping_key(pin, slot.kdf, secret))
    if key is None:
        if not left:
            store.forget(state.file_id)
        raise WrongPin(left)
    store.store(state.file_id, secret + bytes([TRIES]))
    return key


def _kept(store: Keystore, file_id: str) -> tuple[bytes, int] | None:
    kept = store.fetch(file_id)
    if kept is None or len(kept) != KEY_BYTES + 1 or not 1 <= kept[-1] <= TRIES:
        return None
    return kept[:-1], kept[-1]


def _wrapping_key(pin: str, kdf: Mapping[str, int | str], secret: bytes) -> bytes:
    derived = passphrase.wrapping_key(pin, kdf)
    return hashlib.blake2b(derived, digest_size=KEY_BYTES, key=secret, person=_PERSON).digest()
