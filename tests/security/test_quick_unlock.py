"""A PIN with the key store: five tries that closing gives none back, and no error when the store is not there."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseworker_app.security import quick_unlock, vault
from caseworker_app.security.errors import KeystoreNotThere, PinNotThere, PinRefused, WrongPin
from caseworker_app.security.header import KEYRING
from caseworker_app.security.keystore import Keystore
from caseworker_app.security.passphrase import THROW_AWAY
from caseworker_app.security.ways_in import WaysIn
from tests.security.stores import Failing, Remembering

if TYPE_CHECKING:
    from conftest import Made

PIN, WRONG = "294715", "294716"


@pytest.fixture
def backend() -> Remembering:
    return Remembering()


@pytest.fixture
def store(backend: Remembering) -> Keystore:
    return Keystore(backend)


def set_pin(made: Made, store: Keystore, pin: str = PIN) -> None:
    quick_unlock.set_pin(made.folder, made.data_key, pin, store, kdf=THROW_AWAY)


def test_the_pin_opens_and_gives_its_tries_back(made: Made, store: Keystore) -> None:
    assert not quick_unlock.has_pin(made.folder)
    set_pin(made, store)
    assert quick_unlock.has_pin(made.folder)
    with pytest.raises(WrongPin) as told:
        quick_unlock.open_with_pin(made.folder, WRONG, store)
    assert told.value.tries_left == 4
    assert quick_unlock.tries_left(made.folder, store) == 4
    assert quick_unlock.open_with_pin(made.folder, PIN, store) == made.data_key
    assert quick_unlock.tries_left(made.folder, store) == quick_unlock.TRIES


def test_after_five_wrong_ones_the_right_one_opens_nothing(made: Made, backend: Remembering) -> None:
    set_pin(made, Keystore(backend))
    for left in (4, 3, 2, 1, 0):
        with pytest.raises(WrongPin) as told:
            # Another store each time: closing the program gives no try back.
            quick_unlock.open_with_pin(made.folder, WRONG, Keystore(backend))
        assert told.value.tries_left == left
    assert backend.kept == {}
    with pytest.raises(PinNotThere):
        quick_unlock.open_with_pin(made.folder, PIN, Keystore(backend))
    assert vault.open_with_passphrase(made.folder, made.passphrase) == made.data_key


def test_a_store_that_does_not_count_down_lets_nobody_try(made: Made, backend: Remembering) -> None:
    set_pin(made, Keystore(backend))
    backend.set_password = lambda *_: None  # type: ignore[method-assign]
    with pytest.raises(PinNotThere):
        quick_unlock.open_with_pin(made.folder, PIN, Keystore(backend))


def test_an_emptied_locked_or_absent_store_only_means_the_passphrase(
    made: Made, backend: Remembering
) -> None:
    set_pin(made, Keystore(backend))
    backend.kept.clear()
    for store in (Keystore(backend), Keystore(Failing(OSError()))):
        assert quick_unlock.tries_left(made.folder, store) == 0
        with pytest.raises(PinNotThere):
            quick_unlock.open_with_pin(made.folder, PIN, store)
    assert vault.open_with_passphrase(made.folder, made.passphrase) == made.data_key


def test_no_store_no_pin_and_nothing_written(made: Made) -> None:
    before = vault.read_state(made.folder)
    with pytest.raises(KeystoreNotThere):
        set_pin(made, Keystore(Failing(OSError())))
    assert vault.read_state(made.folder) == before


def test_a_new_pin_takes_the_place_of_the_former(made: Made, store: Keystore) -> None:
    set_pin(made, store)
    set_pin(made, store, "806152")
    assert [slot.kind for slot in vault.slots(made.folder)].count(KEYRING) == 1
    with pytest.raises(WrongPin):
        quick_unlock.open_with_pin(made.folder, PIN, store)
    assert quick_unlock.open_with_pin(made.folder, "806152", store) == made.data_key


def test_taken_away_it_leaves_nothing(made: Made, store: Keystore, backend: Remembering) -> None:
    set_pin(made, store)
    (pin,) = [slot for slot in vault.slots(made.folder) if slot.kind == KEYRING]
    WaysIn(made.folder, keystore=store, kdf=THROW_AWAY).remove(made.passphrase, pin.id)
    assert backend.kept == {}
    assert not quick_unlock.has_pin(made.folder)


def test_neither_the_secret_alone_nor_the_pin_alone_opens(made: Made, store: Keystore) -> None:
    set_pin(made, store)
    secret = store.fetch(vault.read_state(made.folder).file_id)
    assert secret is not None
    assert vault.open_slot(made.folder, KEYRING, lambda _slot: secret[:32]) is None
    from caseworker_app.security import passphrase

    assert vault.open_slot(made.folder, KEYRING, lambda s: passphrase.wrapping_key(PIN, s.kdf)) is None


@pytest.mark.parametrize("kept", [b"", bytes(32), bytes(33), bytes(32) + b"\x06", bytes(40)])
def test_what_is_not_a_count_of_tries_is_nothing(made: Made, store: Keystore, kept: bytes) -> None:
    set_pin(made, store)
    store.store(vault.read_state(made.folder).file_id, kept)
    assert quick_unlock.tries_left(made.folder, store) == 0


@pytest.mark.parametrize(
    "pin", ["", "12345", "1234567890123", "12a456", "000000", "123456", "987654", "٣٤٥٦٧٨"]
)
def test_a_pin_that_is_guessed_at_once_is_refused(pin: str) -> None:
    with pytest.raises(PinRefused):
        quick_unlock.check_new_pin(pin)


@settings(max_examples=50, deadline=None)
@given(st.text("0123456789", min_size=6, max_size=12))
def test_any_other_run_of_digits_is_taken_or_refused_with_a_sentence(pin: str) -> None:
    regular = len({(int(b) - int(a)) % 10 for a, b in pairwise(pin)}) == 1
    try:
        quick_unlock.check_new_pin(pin)
    except PinRefused:
        refused = True
    else:
        refused = False
    assert regular or not refused
