"""The data key: what it gives, and what it does not let out."""

from __future__ import annotations

import copy
import pickle

import pytest

from caseworker_app.security.data_key import DataKey, derive
from caseworker_app.security.errors import VaultLocked

RAW = bytes(range(32))


def test_it_gives_sqlcipher_its_64_digits() -> None:
    assert DataKey(RAW).hex() == RAW.hex()


def test_two_generated_keys_differ() -> None:
    assert DataKey.generate() != DataKey.generate()


@pytest.mark.parametrize("size", [0, 16, 31, 33])
def test_another_length_is_a_mistake_of_the_program(size: int) -> None:
    with pytest.raises(ValueError):
        DataKey(bytes(size))


def test_it_shows_nothing_of_itself() -> None:
    key = DataKey(RAW)
    assert RAW.hex() not in f"{key!r} {key} {[key]}"


@pytest.mark.parametrize("take", [pickle.dumps, copy.copy, copy.deepcopy])
def test_it_is_neither_pickled_nor_copied(take: object) -> None:
    with pytest.raises(TypeError):
        take(DataKey(RAW))  # type: ignore[operator]


def test_wiping_overwrites_the_bytes_and_locks_every_use() -> None:
    key = DataKey(RAW)
    held = key._raw
    key.wipe()
    key.wipe()
    assert key.wiped
    assert bytes(held) == bytes(32)
    for use in (key.hex, key.raw, key.fingerprint, lambda: derive(key, "drafts")):
        with pytest.raises(VaultLocked):
            use()


def test_subkeys_differ_by_purpose_and_by_key_and_stay_the_same() -> None:
    key, other = DataKey(RAW), DataKey(bytes(32))
    derived = {derive(key, "drafts"), derive(key, "attachments"), derive(other, "drafts"), key.raw()}
    assert len(derived) == 4
    assert derive(key, "drafts") == derive(DataKey(RAW), "drafts")
    # Written down: drafts and attachments already encrypted must open with every later version.
    assert derive(key, "drafts").hex() == "12de58e897333c59096905bff4fba6646758269630c7a57a159eee42fd9dd9c8"


@pytest.mark.parametrize("purpose", ["", "brouillons é"])
def test_a_purpose_is_a_plain_name(purpose: str) -> None:
    with pytest.raises(ValueError):
        derive(DataKey(RAW), purpose)


def test_the_fingerprint_names_the_key_without_telling_it() -> None:
    fingerprint = DataKey(RAW).fingerprint()
    assert fingerprint == DataKey(RAW).fingerprint() != DataKey(bytes(32)).fingerprint()
    assert fingerprint not in RAW.hex()
