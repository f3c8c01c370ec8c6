"""The vault (« coffre »): made once, opened by passphrase or recovery key, its slots changed with the data
key.

Whoever calls anything here but `slots` and `read_state` holds the folder (`single_use.hold_folder`): two
writers of one header would each undo what the other did.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from caseworker_app.kernel.clock import Clock, SystemClock, stamp
from caseworker_app.security import passphrase as passphrases
from caseworker_app.security import recovery_key as recovery_keys
from caseworker_app.security.data_key import DataKey
from caseworker_app.security.errors import (
    ChangedMeanwhile,
    CopyNotWritten,
    HeaderNotWritten,
    MistypedRecoveryKey,
    SamePassphrase,
    SlotMissing,
    SlotNeeded,
    SlotsFull,
    VaultAlreadyExists,
    WrongPassphrase,
    WrongRecoveryKey,
)
from caseworker_app.security.folder_look import COPY_NAME, DATABASE_NAME, HEADER_NAME, holds_vault
from caseworker_app.security.header import MAXIMUM_SLOTS, PASSPHRASE, RECOVERY, Header, Slot, seal
from caseworker_app.security.header_files import (
    discard_unfinished,
    make_folder,
    mend_copies,
    read_header,
    write_header,
)
from caseworker_app.security.passphrase import Argon2Cost
from caseworker_app.security.recovery_key import RecoveryKey

_CLOCK = SystemClock()


@dataclass(frozen=True, slots=True)
class NewVault:
    """What making a vault gives: the data key, and the recovery key to print, which is kept nowhere.

    `header`: what `found_vault` writes, so that both open it.
    """

    data_key: DataKey
    recovery_key: RecoveryKey
    header: Header = field(repr=False)


@dataclass(frozen=True, slots=True)
class VaultState:
    """What anyone may read of a vault without opening it: nothing here is authenticated.

    `generation` grows at each change of a slot: a lower one than before means that an older header was put
    back.
    """

    file_id: str
    generation: int
    slots: tuple[Slot, ...]
    both_copies_good: bool


def create_vault(
    folder: Path, passphrase: str, *, kdf: Argon2Cost | None = None, clock: Clock = _CLOCK
) -> NewVault:
    """Make a new vault with a passphrase and a recovery key, but not its database.

    Raises what `prepare_vault` and `found_vault` raise.
    """
    made = prepare_vault(folder, passphrase, kdf=kdf, clock=clock)
    found_vault(folder, made)
    return made


def prepare_vault(
    folder: Path, passphrase: str, *, kdf: Argon2Cost | None = None, clock: Clock = _CLOCK
) -> NewVault:
    """Make the ways into a new vault, a passphrase slot and a recovery slot; they open nothing yet.

    `kdf` is what Argon2id shall cost; by default it is calibrated to 0.3 s or more on this PC (tests and the
    demonstration pass a cheap one). The folder is made if needed, for its owner alone. Raises
    PassphraseRefused, VaultAlreadyExists, HeaderNotWritten.
    """
    passphrases.check_new(passphrase)
    _make_folder(folder)
    if holds_vault(folder):
        raise VaultAlreadyExists
    data_key, recovery_key = DataKey.generate(), RecoveryKey.generate()
    file_id = secrets.token_hex(16)
    ways_in = (
        _passphrase_slot(data_key, passphrase, file_id, kdf, clock),
        _recovery_slot(data_key, recovery_key, file_id, clock),
    )
    empty = Header(file_id, 0, data_key.fingerprint(), ways_in, MappingProxyType({}))
    return NewVault(data_key, recovery_key, empty.signed(data_key))


def found_vault(folder: Path, made: NewVault) -> None:
    """Write the header of a new vault: from this instant on there is one, and its ways in open it.

    Raises VaultAlreadyExists, HeaderNotWritten; nothing is left then.
    """
    if holds_vault(folder):
        raise VaultAlreadyExists
    try:
        write_header(folder, made.header)
    except CopyNotWritten as error:
        discard_new_vault(folder)  # nobody has seen its recovery key
        raise HeaderNotWritten from error


def discard_new_vault(folder: Path) -> None:
    """Take back a vault whose database could not be made. Raises VaultAlreadyExists if there is one."""
    if (folder / DATABASE_NAME).exists():
        raise VaultAlreadyExists
    try:
        (folder / COPY_NAME).unlink(missing_ok=True)
        (folder / HEADER_NAME).unlink(missing_ok=True)
    except OSError as error:
        raise HeaderNotWritten from error


def open_with_passphrase(folder: Path, passphrase: str) -> DataKey:
    """Return the data key; takes as long as the slot was calibrated for, so never in the thread of a window.

    Raises WrongPassphrase, VaultMissing, DamagedHeader, AlteredHeader, NewerFormat, NotEnoughMemory.
    """
    key = open_slot(folder, PASSPHRASE, lambda slot: passphrases.wrapping_key(passphrase, slot.kdf))
    if key is None:
        raise WrongPassphrase
    return key


def open_with_recovery_key(folder: Path, text: str) -> DataKey:
    """Return the data key, from the recovery key as typed from the paper.

    Raises MistypedRecoveryKey (which group to read again), WrongRecoveryKey, and the rest as
    `open_with_passphrase`.
    """
    recovery_key = RecoveryKey.parse(text)
    key = open_slot(folder, RECOVERY, lambda slot: recovery_key.wrapping_key(slot.kdf))
    if key is None:
        raise WrongRecoveryKey
    return key


def open_with_either(folder: Path, text: str) -> DataKey:
    """Return the data key from a passphrase or, as typed from the paper, the recovery key.

    It is how somebody proves who they are before a way in is changed: the one who forgot the passphrase has
    only the paper. Raises WrongPassphrase when it is neither, and the rest as `open_with_passphrase`.
    """
    with suppress(MistypedRecoveryKey, WrongRecoveryKey):
        return open_with_recovery_key(folder, text)
    return open_with_passphrase(folder, text)


def open_slot(folder: Path, kind: str, wrapping_key_of: Callable[[Slot], bytes]) -> DataKey | None:
    """Return the data key from the first slot of this kind that its wrapping key opens, or None.

    The whole header is then authenticated, and a copy found damaged or late is written again.
    """
    reading = read_header(folder)
    header = reading.header
    for slot in header.slots:
        if slot.kind != kind or slot.data_key != header.data_key:
            continue
        key = slot.open(wrapping_key_of(slot), header.file_id)
        if key is not None:
            header.authenticate(key)
            if not reading.both_good:
                mend_copies(folder, header)
            discard_unfinished(folder)
            return key
    return None


def change_passphrase(
    folder: Path, data_key: DataKey, new: str, *, kdf: Argon2Cost | None = None, clock: Clock = _CLOCK
) -> None:
    """Make `new` the only passphrase; the data is not encrypted again, so an old header keeps the old one.

    Raises PassphraseRefused, AlteredHeader, HeaderNotWritten, CopyNotWritten.
    """
    passphrases.check_new(new)
    header = _authenticated(folder, data_key)
    slot = _passphrase_slot(data_key, new, header.file_id, kdf, clock)
    _write(folder, data_key, header, _swap(header.slots, slot))


def replace_recovery_key(folder: Path, data_key: DataKey, new: RecoveryKey, *, clock: Clock = _CLOCK) -> None:
    """Make `new` (from `RecoveryKey.generate`) the only recovery key.

    It is made, shown and printed first and put in force last: a crash in between leaves the old paper good.
    """
    header = _authenticated(folder, data_key)
    slot = _recovery_slot(data_key, new, header.file_id, clock)
    _write(folder, data_key, header, _swap(header.slots, slot))


def new_slot(
    folder: Path,
    data_key: DataKey,
    *,
    kind: str,
    kdf: Mapping[str, int | str],
    wrapping_key: bytes,
    made_at: str,
    label: str = "",
) -> Slot:
    """Return a way in that is not in force yet; `kdf` says how `wrapping_key` (32 bytes) is made, `label` names
    nobody.
    """
    file_id = read_header(folder).header.file_id
    slot = seal(data_key, wrapping_key, file_id=file_id, kind=kind, kdf=kdf, made_at=made_at)
    return replace(slot, label=label)


def replace_slots(folder: Path, data_key: DataKey, slot: Slot) -> None:
    """Put a new way in in the place of all those of its kind.

    Raises SlotsFull, AlteredHeader, HeaderNotWritten, CopyNotWritten.
    """
    header = _authenticated(folder, data_key)
    ways_in = _swap(header.slots, slot)
    if len(ways_in) > MAXIMUM_SLOTS:
        raise SlotsFull
    _write(folder, data_key, header, ways_in)


def add_slot(
    folder: Path,
    data_key: DataKey,
    *,
    kind: str,
    kdf: Mapping[str, int | str],
    wrapping_key: bytes,
    label: str = "",
    clock: Clock = _CLOCK,
) -> Slot:
    """Add a way in beside those of its kind and return it, as `new_slot` makes it.

    Raises SlotsFull, AlteredHeader, HeaderNotWritten, CopyNotWritten.
    """
    header = _authenticated(folder, data_key)
    if len(header.slots) >= MAXIMUM_SLOTS:
        raise SlotsFull
    slot = new_slot(
        folder, data_key, kind=kind, kdf=kdf, wrapping_key=wrapping_key, made_at=stamp(clock), label=label
    )
    _write(folder, data_key, header, (*header.slots, slot))
    return slot


def remove_slot(folder: Path, data_key: DataKey, slot_id: str) -> None:
    """Remove one way in. Raises SlotMissing, SlotNeeded (the last passphrase, the last recovery key)."""
    header = _authenticated(folder, data_key)
    removed = next((slot for slot in header.slots if slot.id == slot_id), None)
    if removed is None:
        raise SlotMissing
    left = tuple(slot for slot in header.slots if slot is not removed)
    if removed.kind in {PASSPHRASE, RECOVERY} and all(slot.kind != removed.kind for slot in left):
        raise SlotNeeded
    _write(folder, data_key, header, left)


@dataclass(frozen=True, slots=True)
class NextKey:
    """A data key that is not in force yet, and the header that will put it in force."""

    data_key: DataKey
    header: Header = field(repr=False)


def prepare_next_key(
    folder: Path,
    data_key: DataKey,
    passphrase: str,
    recovery_key: RecoveryKey,
    *,
    kdf: Argon2Cost | None = None,
    clock: Clock = _CLOCK,
) -> NextKey:
    """Return another data key with the two ways to it; nothing is written.

    Every other way in ends with the former key: nobody is there to open it again. Raises PassphraseRefused,
    SamePassphrase, AlteredHeader.
    """
    passphrases.check_new(passphrase)
    header = _authenticated(folder, data_key)
    with suppress(WrongPassphrase):
        open_with_passphrase(folder, passphrase)
        raise SamePassphrase
    key = DataKey.generate()
    ways_in = (
        _passphrase_slot(key, passphrase, header.file_id, kdf, clock),
        _recovery_slot(key, recovery_key, header.file_id, clock),
    )
    fresh = replace(header, data_key=key.fingerprint(), slots=ways_in)
    return NextKey(key, fresh.signed(key))


def put_in_force(folder: Path, next_key: NextKey) -> None:
    """Write the header of the next data key: from this instant the former ways in open nothing here.

    Raises ChangedMeanwhile, HeaderNotWritten, CopyNotWritten.
    """
    if read_header(folder).header.generation + 1 != next_key.header.generation:
        raise ChangedMeanwhile
    write_header(folder, next_key.header)


def slots(folder: Path) -> tuple[Slot, ...]:
    """Return the ways in, oldest first. Raises VaultMissing, DamagedHeader, NewerFormat, HeaderUnreadable."""
    return read_state(folder).slots


def read_state(folder: Path) -> VaultState:
    """Return what needs no key. Raises VaultMissing, DamagedHeader, NewerFormat, HeaderUnreadable."""
    reading = read_header(folder)
    header = reading.header
    return VaultState(header.file_id, header.generation, header.slots, reading.both_good)


def _authenticated(folder: Path, data_key: DataKey) -> Header:
    header = read_header(folder).header
    header.authenticate(data_key)
    return header


def _write(folder: Path, data_key: DataKey, header: Header, ways_in: tuple[Slot, ...]) -> None:
    write_header(folder, replace(header, slots=ways_in).signed(data_key))


def _swap(ways_in: tuple[Slot, ...], new: Slot) -> tuple[Slot, ...]:
    return (*(slot for slot in ways_in if slot.kind != new.kind), new)


def _passphrase_slot(
    data_key: DataKey, passphrase: str, file_id: str, cost: Argon2Cost | None, clock: Clock
) -> Slot:
    kdf = passphrases.new_kdf(cost or passphrases.calibrate())
    key = passphrases.wrapping_key(passphrase, kdf)
    return seal(data_key, key, file_id=file_id, kind=PASSPHRASE, kdf=kdf, made_at=stamp(clock))


def _recovery_slot(data_key: DataKey, recovery_key: RecoveryKey, file_id: str, clock: Clock) -> Slot:
    kdf = recovery_keys.new_kdf()
    key = recovery_key.wrapping_key(kdf)
    return seal(data_key, key, file_id=file_id, kind=RECOVERY, kdf=kdf, made_at=stamp(clock))


def _make_folder(folder: Path) -> None:
    try:
        make_folder(folder)
    except OSError as error:
        raise HeaderNotWritten from error
