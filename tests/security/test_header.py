"""The header as bytes: one way to write it, and whatever else is there is damage, never a key."""

from __future__ import annotations

import hashlib
import json
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.security.data_key import DataKey
from caseworker_app.security.errors import AlteredHeader, DamagedHeader, NewerFormat
from caseworker_app.security.folder_look import MAXIMUM_HEADER_BYTES
from caseworker_app.security.header import Header, Slot, canonical, decode, encode, seal

WRAPPING = bytes(range(32))
KEY = DataKey(bytes(32))
FILE = "ab" * 16


def make_slot(key: DataKey = KEY, kind: str = "recovery") -> Slot:
    kdf = {"name": "blake2b", "salt": "00" * 16}
    return seal(key, WRAPPING, file_id=FILE, kind=kind, kdf=kdf, made_at="2026-11-22T08:35:00Z")


def make_header(*slots: Slot) -> Header:
    bare = Header(FILE, 0, KEY.fingerprint(), slots or (make_slot(),), MappingProxyType({}))
    return bare.signed(KEY)


def rewritten(data: bytes, change: Any) -> bytes:
    """Change the content and put the right checksum on it, as an attacker can."""
    content = json.loads(data)
    del content["checksum"]
    change(content)
    return canonical({**content, "checksum": hashlib.sha256(canonical(content)).hexdigest()}) + b"\n"


def test_it_reads_back_as_written() -> None:
    header = make_header(make_slot(), make_slot(kind="keyring"))
    read = decode(encode(header))
    assert read == header
    read.authenticate(KEY)
    assert read.slots[0].open(WRAPPING, FILE) == KEY


def test_it_holds_no_key_and_no_name_in_clear() -> None:
    data = encode(make_header())
    assert KEY.hex().encode() not in data
    assert set(json.loads(data)) == {
        "checksum", "data_key", "file_id", "format", "generation", "macs", "slots",
    }  # fmt: skip


def test_a_slot_opens_with_its_own_wrapping_key_and_file_only() -> None:
    slot = make_slot()
    assert slot.open(bytes(32), FILE) is None
    assert slot.open(WRAPPING, "cd" * 16) is None
    assert slot.open(b"too short", FILE) is None


@pytest.mark.parametrize(
    "change",
    [
        {"id": "00" * 8},
        {"kind": "passphrase"},
        {"data_key": "00" * 8},
        {"kdf": {"name": "blake2b", "salt": "01" * 16}},
        {"sealed": "00" * 72},
        {"sealed": "00"},
    ],
)
def test_a_slot_altered_in_anything_bound_does_not_open(change: dict[str, Any]) -> None:
    slot = make_slot()
    fields = {name: getattr(slot, name) for name in Slot.__dataclass_fields__}
    assert Slot(**{**fields, **change}).open(WRAPPING, FILE) is None


def test_a_sealing_of_later_versions_is_told_as_such() -> None:
    data = rewritten(encode(make_header()), lambda c: c["slots"][0].update(sealing=2))
    with pytest.raises(NewerFormat):
        decode(data).slots[0].open(WRAPPING, FILE)


@pytest.mark.parametrize(
    "change",
    [
        lambda c: c["slots"].clear(),
        lambda c: c["slots"].pop(),
        lambda c: c["slots"].reverse(),
        lambda c: c["slots"].append(c["slots"][0]),
        lambda c: c["slots"][0].update(label="autre"),
        lambda c: c["slots"][0].update(made_at="2020-01-01T00:00:00Z"),
        lambda c: c.update(generation=7),
        lambda c: c.update(file_id="00" * 16),
        lambda c: c.update(data_key="00" * 8),
        lambda c: c["macs"].clear(),
        lambda c: c["macs"].update(dict.fromkeys(c["macs"], "00" * 32)),
    ],
)
def test_a_header_recomposed_without_the_key_is_noticed_with_it(change: Any) -> None:
    header = make_header(make_slot(), make_slot(kind="keyring"))
    header.authenticate(KEY)
    altered = decode(rewritten(encode(header), change))
    with pytest.raises(AlteredHeader):
        altered.authenticate(KEY)


def test_a_slot_of_an_older_header_is_noticed() -> None:
    older, newer = make_header(make_slot()), make_header(make_slot())
    mixed = Header(FILE, newer.generation, newer.data_key, (*newer.slots, *older.slots), newer.macs)
    assert mixed.slots[1].open(WRAPPING, FILE) == KEY
    with pytest.raises(AlteredHeader):
        mixed.authenticate(KEY)


def test_slots_of_two_data_keys_stand_side_by_side_while_the_key_changes() -> None:
    new = DataKey(bytes([7]) * 32)
    slots = (make_slot(KEY), make_slot(new))
    for in_force in (KEY, new):
        bare = Header(FILE, 1, in_force.fingerprint(), slots, MappingProxyType({}))
        header = decode(encode(bare.signed(KEY, new)))
        header.authenticate(in_force)
        with pytest.raises(AlteredHeader):
            header.authenticate(new if in_force is KEY else KEY)
        assert [slot.open(WRAPPING, FILE) for slot in header.slots] == [KEY, new]


def test_kinds_and_derivations_of_later_versions_are_kept_as_they_are() -> None:
    def add(content: dict[str, Any]) -> None:
        kdf = {"name": "tpm2", "handle": 12}
        content["slots"].append({**content["slots"][0], "kind": "tpm", "kdf": kdf})

    data = rewritten(encode(make_header()), add)
    assert encode(decode(data)) == data


def test_a_later_format_is_told_as_such_and_a_damaged_one_is_not() -> None:
    data = rewritten(encode(make_header()), lambda c: c.update(format=2, vaults={"new": None}))
    with pytest.raises(NewerFormat):
        decode(data)
    with pytest.raises(DamagedHeader):
        decode(encode(make_header()).replace(b'"format":1', b'"format":2'))


@pytest.mark.parametrize(
    "data",
    [
        b"", b"{}", b"null", b"[]", b"1", b'"x"', b"NaN", b'{"checksum":NaN}', b"\xff\xfe{}", b"[" * 60_000,
        b'{"a":' * 10_000, b" " * 70_000, b'{"format":' + b"9" * 5_000 + b"}",
    ],
)  # fmt: skip
def test_other_bytes_are_damage(data: bytes) -> None:
    with pytest.raises(DamagedHeader):
        decode(data)


@pytest.mark.parametrize(
    "rewrite",
    [
        lambda data: data[:-1],
        lambda data: data + b"\n",
        lambda data: data.replace(b",", b", "),
        lambda data: json.dumps(json.loads(data), indent=1).encode(),
        lambda data: data.replace(b'{"checksum"', b'{"format":1,"checksum"'),
        lambda data: data.decode().encode("utf-16"),
    ],
)
def test_the_same_content_written_otherwise_is_damage(rewrite: Any) -> None:
    with pytest.raises(DamagedHeader):
        decode(rewrite(encode(make_header())))


def test_more_slots_than_the_limit_are_refused() -> None:
    decode(encode(make_header(*[make_slot()] * 16)))
    with pytest.raises(DamagedHeader):
        decode(encode(make_header(*[make_slot()] * 17)))


def test_slots_that_together_ask_too_much_work_are_refused() -> None:
    greedy = {"name": "argon2id", "memory_kib": 1 << 20, "time": 9, "parallelism": 4, "salt": "00" * 16}
    slots = [seal(KEY, WRAPPING, file_id=FILE, kind="passphrase", kdf=greedy, made_at="") for _ in range(2)]
    decode(encode(make_header(slots[0])))
    with pytest.raises(DamagedHeader):
        decode(encode(make_header(*slots)))


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
TOP = ["format", "file_id", "generation", "data_key", "slots", "macs", "more"]
INNER = ["id", "kind", "label", "data_key", "sealing", "kdf", "sealed", "made_at", "more"]


@settings(deadline=None)
@given(st.sampled_from(TOP), JSON)
def test_any_value_in_any_field_is_read_or_refused_with_a_sentence(name: str, value: Any) -> None:
    check_altered(rewritten(encode(make_header()), lambda content: content.update({name: value})))


@settings(deadline=None)
@given(st.sampled_from(INNER), JSON)
def test_any_value_in_any_field_of_a_slot_is_read_or_refused_with_a_sentence(name: str, value: Any) -> None:
    check_altered(rewritten(encode(make_header()), lambda content: content["slots"][0].update({name: value})))


@settings(deadline=None)
@given(JSON)
def test_any_slot_is_read_or_refused_with_a_sentence(value: Any) -> None:
    check_altered(rewritten(encode(make_header()), lambda content: content["slots"].append(value)))


def check_altered(data: bytes) -> None:
    """Whatever is read, no other key than ours comes out, and nothing altered authenticates."""
    try:
        header = decode(data)
        keys = [slot.open(WRAPPING, header.file_id) for slot in header.slots]
        assert all(key is None or key == KEY for key in keys)
        header.authenticate(KEY)
    except CaseworkerError:
        return
    assert header.slots[0].open(WRAPPING, FILE) == KEY


def test_the_limits_leave_room_for_sixteen_full_slots() -> None:
    assert len(encode(make_header(*[make_slot()] * 16))) < MAXIMUM_HEADER_BYTES // 4
