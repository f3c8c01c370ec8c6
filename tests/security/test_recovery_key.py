"""The recovery key: read back however it is typed, and every single slip told."""

from __future__ import annotations

import copy
import pickle
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseworker_app.security import recovery_key
from caseworker_app.security.errors import DamagedHeader, MistypedRecoveryKey, NewerFormat
from caseworker_app.security.recovery_key import RecoveryKey

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
KEY = RecoveryKey(bytes.fromhex("00112233445566778899aabbccddeeff01234567"))
SECRETS = st.binary(min_size=20, max_size=20)


def refused(text: str) -> MistypedRecoveryKey:
    with pytest.raises(MistypedRecoveryKey) as caught:
        RecoveryKey.parse(text)
    return caught.value


@settings(deadline=None)
@given(SECRETS)
def test_what_is_printed_reads_back(secret: bytes) -> None:
    key = RecoveryKey(secret)
    assert [len(group) for group in key.groups] == [5] * 8
    assert RecoveryKey.parse(key.text) == key


def test_the_print_is_written_down() -> None:
    # A paper in a drawer for five years must still open the file.
    assert KEY.text == "008JM-4CT4F-ANK7N-F24SP-NAXWH-SQFEA-ZW0J3-6HB70"


@pytest.mark.parametrize(
    "rewrite",
    [
        str.lower,
        lambda text: text.replace("-", ""),
        lambda text: text.replace("-", " "),
        lambda text: text.replace("-", "\u202f–\u00a0"),
        lambda text: "\n".join(text.split("-")),
        lambda text: " - ".join(text.replace("-", "")),
        lambda text: text.replace("0", "O"),
        lambda text: text.replace("0", "o").replace("1", "l"),
        lambda text: text.replace("1", "I"),
        lambda text: text.replace("V", "u"),
        lambda text: "".join(chr(ord(c) + 0xFEE0) if c != "-" else c for c in text),
        lambda text: f"\ufeff  {text}.\n",
    ],
)
def test_ways_of_typing_the_same_key(rewrite: object) -> None:
    key = RecoveryKey(bytes.fromhex("00769f003b4f801da7c00ed3e00769f003b4f801"))
    assert set("01V") <= set(key.text)
    assert RecoveryKey.parse(rewrite(key.text)) == key  # type: ignore[operator]


def test_every_single_wrong_symbol_is_told_with_its_group() -> None:
    whole = "".join(KEY.groups)
    for place, right in enumerate(whole):
        for wrong in ALPHABET.replace(right, ""):
            assert refused(whole[:place] + wrong + whole[place + 1 :]).group == place // 5 + 1


def test_every_exchange_of_two_symbols_is_told() -> None:
    whole = "".join(KEY.groups)
    for first, second in combinations(range(40), 2):
        if whole[first] != whole[second]:
            symbols = list(whole)
            symbols[first], symbols[second] = symbols[second], symbols[first]
            assert refused("".join(symbols)).group == first // 5 + 1


@settings(deadline=None)
@given(SECRETS, st.permutations(range(8)))
def test_groups_in_another_order_are_told(secret: bytes, order: list[int]) -> None:
    groups = RecoveryKey(secret).groups
    moved = [groups[i] for i in order]
    if order != list(range(8)):
        first = next(i for i, place in enumerate(order) if place != i)
        assert refused("-".join(moved)).group == first + 1


def test_the_sentence_names_the_group_to_read_again() -> None:
    groups = list(KEY.groups)
    groups[2] = "ZZZZZ"
    error = refused("-".join(groups))
    assert error.group == 3
    assert error.sentence.startswith("Le 3e groupe")
    assert refused("-".join(["22222", *KEY.groups[1:]])).sentence.startswith("Le 1er groupe")


def test_a_group_too_short_is_named() -> None:
    error = refused("-".join([*KEY.groups[:4], KEY.groups[4][:4], *KEY.groups[5:]]))
    assert error.group == 5
    assert "5\u00a0caractères" in error.sentence


@pytest.mark.parametrize(
    ("text", "word"),
    [("", "manque"), ("abc", "manque"), ("-" * 50, "manque"), ("0" * 41, "trop"), ("x" * 99_999, "trop")],
)
def test_a_key_of_another_length_is_told(text: str, word: str) -> None:
    error = refused(text)
    assert error.group == 0
    assert word in error.sentence


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_refused_with_a_sentence(text: str) -> None:
    assert refused(text).sentence.endswith(".")


def test_a_symbol_outside_the_alphabet_is_told() -> None:
    assert refused(KEY.text[:-1] + "é").group == 8


def test_each_slot_has_its_salt_and_a_key_of_its_own() -> None:
    first, second = recovery_key.new_kdf(), recovery_key.new_kdf()
    other = RecoveryKey(bytes(20))
    keys = {KEY.wrapping_key(first), KEY.wrapping_key(second), other.wrapping_key(first)}
    assert len(keys) == 3
    assert {len(key) for key in keys} == {32}


@pytest.mark.parametrize("salt", ["zz", "00" * 17, "0"])
def test_a_forged_salt_is_damage(salt: str) -> None:
    with pytest.raises(DamagedHeader):
        KEY.wrapping_key({"name": "blake2b", "salt": salt})


def test_a_derivation_of_later_versions_is_told_as_such() -> None:
    with pytest.raises(NewerFormat):
        KEY.wrapping_key({"name": "blake4", "salt": "00" * 16})


def test_it_shows_nothing_of_itself() -> None:
    assert KEY.groups[0] not in f"{KEY!r} {KEY}"
    for take in (pickle.dumps, copy.copy):
        with pytest.raises(TypeError):
            take(KEY)


def test_two_generated_keys_differ() -> None:
    assert RecoveryKey.generate() != RecoveryKey.generate()
    with pytest.raises(ValueError):
        RecoveryKey(bytes(19))
