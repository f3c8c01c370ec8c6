"""A vault made, opened, changed, damaged: always the right key, or a sentence."""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import nullcontext, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseworker_app.kernel.clock import FixedClock, SystemClock
from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.security import vault
from caseworker_app.security.data_key import DataKey
from caseworker_app.security.errors import (
    AlteredHeader,
    CopyNotWritten,
    DamagedHeader,
    HeaderNotWritten,
    MistypedRecoveryKey,
    PassphraseRefused,
    SlotMissing,
    SlotNeeded,
    SlotsFull,
    VaultAlreadyExists,
    VaultMissing,
    WrongPassphrase,
    WrongRecoveryKey,
)
from caseworker_app.security.header import canonical, decode, encode
from caseworker_app.security.header_files import write_header
from caseworker_app.security.passphrase import THROW_AWAY
from caseworker_app.security.recovery_key import RecoveryKey

if TYPE_CHECKING:
    from conftest import Made

NEW = "lanterne 12 ruisseau cuivre"
MAIN, COPY = "passerelle.cle", "passerelle.cle.copie"


def files(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in (MAIN, COPY)}


def put(folder: Path, contents: dict[str, bytes]) -> None:
    for name, data in contents.items():
        (folder / name).write_bytes(data)


def change(made: Made) -> None:
    vault.change_passphrase(made.folder, made.data_key, NEW, kdf=THROW_AWAY)


# Making and opening


def test_passphrase_and_recovery_key_give_the_same_data_key(made: Made) -> None:
    assert vault.open_with_passphrase(made.folder, made.passphrase) == made.data_key
    assert vault.open_with_recovery_key(made.folder, made.recovery) == made.data_key


def test_two_vaults_share_nothing(tmp_path: Path) -> None:
    made = [vault.create_vault(tmp_path / name, NEW, kdf=THROW_AWAY) for name in ("un", "deux")]
    states = [vault.read_state(tmp_path / name) for name in ("un", "deux")]
    assert made[0].data_key != made[1].data_key
    assert made[0].recovery_key != made[1].recovery_key
    assert states[0].file_id != states[1].file_id
    with pytest.raises(WrongRecoveryKey):
        vault.open_with_recovery_key(tmp_path / "un", made[1].recovery_key.text)


def test_the_default_cost_is_the_calibrated_one(tmp_path: Path) -> None:
    made = vault.create_vault(tmp_path / "coffre", NEW)
    slot = vault.slots(tmp_path / "coffre")[0]
    assert slot.kdf["memory_kib"] == 64 * 1024
    assert slot.kdf["time"] >= 3  # type: ignore[operator]
    assert vault.open_with_passphrase(tmp_path / "coffre", NEW) == made.data_key


def test_what_making_gives_shows_no_key(tmp_path: Path) -> None:
    made = vault.create_vault(tmp_path / "coffre", NEW, kdf=THROW_AWAY)
    assert made.data_key.hex() not in repr(made)
    assert made.recovery_key.groups[0] not in repr(made)


@pytest.mark.skipif(os.name == "nt", reason="POSIX modes")
def test_folder_and_header_are_for_their_owner_alone(made: Made) -> None:
    assert made.folder.stat().st_mode & 0o777 == 0o700
    assert {(made.folder / name).stat().st_mode & 0o777 for name in (MAIN, COPY)} == {0o600}


def test_the_folder_holds_nothing_but_two_equal_copies(made: Made) -> None:
    assert sorted(path.name for path in made.folder.iterdir()) == [MAIN, COPY]
    assert len(set(files(made.folder).values())) == 1


@pytest.mark.parametrize("wrong", ["", "x", NEW, "pivoine tabouret 47 Orage", "é" * 100_000, "\udc80\x00"])
def test_a_wrong_passphrase_is_refused_with_one_sentence_without_a_hint(made: Made, wrong: str) -> None:
    with pytest.raises(WrongPassphrase) as refused:
        vault.open_with_passphrase(made.folder, wrong)
    assert refused.value.sentence == WrongPassphrase().sentence


def test_a_wrong_or_mistyped_recovery_key_is_refused(made: Made) -> None:
    with pytest.raises(WrongRecoveryKey) as wrong:
        vault.open_with_recovery_key(made.folder, RecoveryKey.generate().text)
    assert not isinstance(wrong.value, MistypedRecoveryKey)
    with pytest.raises(MistypedRecoveryKey):
        vault.open_with_recovery_key(made.folder, made.recovery[:-1])


def test_a_refused_passphrase_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(PassphraseRefused):
        vault.create_vault(tmp_path / "coffre", "court")
    assert not (tmp_path / "coffre").exists()


@pytest.mark.parametrize("left", [MAIN, COPY, "passerelle.db"])
def test_what_is_left_of_a_vault_is_never_overwritten(tmp_path: Path, left: str) -> None:
    (tmp_path / left).write_bytes(b"left")
    with pytest.raises(VaultAlreadyExists):
        vault.create_vault(tmp_path, NEW, kdf=THROW_AWAY)
    assert [path.name for path in tmp_path.iterdir()] == [left]


def test_a_file_where_the_folder_should_be_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "fichier").write_text("x")
    with pytest.raises(HeaderNotWritten):
        vault.create_vault(tmp_path / "fichier" / "coffre", NEW, kdf=THROW_AWAY)
    with pytest.raises(CaseworkerError):
        vault.open_with_passphrase(tmp_path / "fichier", NEW)


def test_a_folder_without_vault_is_told(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "absent"):
        with pytest.raises(VaultMissing):
            vault.open_with_passphrase(folder, NEW)


def test_a_database_without_its_header_is_damage_and_not_an_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "passerelle.db").write_bytes(b"data")
    with pytest.raises(DamagedHeader) as told:
        vault.open_with_passphrase(tmp_path, NEW)
    assert "sauvegarde" in told.value.sentence


def test_a_new_vault_whose_database_failed_is_taken_back(made: Made) -> None:
    vault.discard_new_vault(made.folder)
    assert list(made.folder.iterdir()) == []


def test_a_vault_with_a_database_is_not_taken_back(made: Made) -> None:
    (made.folder / "passerelle.db").write_bytes(b"data")
    with pytest.raises(VaultAlreadyExists):
        vault.discard_new_vault(made.folder)
    assert vault.open_with_passphrase(made.folder, made.passphrase) == made.data_key


# Changing the ways in


def test_the_new_passphrase_opens_the_same_data_and_the_former_does_not(made: Made) -> None:
    change(made)
    assert vault.open_with_passphrase(made.folder, NEW) == made.data_key
    assert vault.open_with_recovery_key(made.folder, made.recovery) == made.data_key
    with pytest.raises(WrongPassphrase):
        vault.open_with_passphrase(made.folder, made.passphrase)


@pytest.mark.parametrize("lost", [MAIN, COPY])
def test_no_copy_keeps_the_former_passphrase(made: Made, lost: str) -> None:
    change(made)
    (made.folder / lost).unlink()
    with pytest.raises(WrongPassphrase):
        vault.open_with_passphrase(made.folder, made.passphrase)


def test_a_former_header_put_back_shows_by_its_generation(made: Made) -> None:
    """A known limit: only another data key shuts out someone who kept an old header and its passphrase."""
    former = files(made.folder)
    change(made)
    generation = vault.read_state(made.folder).generation
    put(made.folder, former)
    assert vault.open_with_passphrase(made.folder, made.passphrase) == made.data_key
    assert vault.read_state(made.folder).generation < generation


def test_a_refused_new_passphrase_changes_nothing(made: Made) -> None:
    before = files(made.folder)
    with pytest.raises(PassphraseRefused):
        vault.change_passphrase(made.folder, made.data_key, "court", kdf=THROW_AWAY)
    assert files(made.folder) == before


def test_the_data_key_of_another_vault_changes_nothing(made: Made) -> None:
    before = files(made.folder)
    with pytest.raises(AlteredHeader):
        vault.change_passphrase(made.folder, DataKey.generate(), NEW, kdf=THROW_AWAY)
    assert files(made.folder) == before


def test_a_replaced_recovery_key_leaves_the_former_paper_useless(made: Made) -> None:
    new = RecoveryKey.generate()
    vault.replace_recovery_key(made.folder, made.data_key, new)
    assert vault.open_with_recovery_key(made.folder, new.text) == made.data_key
    assert vault.open_with_passphrase(made.folder, made.passphrase) == made.data_key
    with pytest.raises(WrongRecoveryKey):
        vault.open_with_recovery_key(made.folder, made.recovery)


def test_one_more_slot_opens_is_listed_and_goes(made: Made) -> None:
    wrapping, kdf = bytes(range(32)), {"name": "keystore", "salt": "00" * 16}
    slot = vault.add_slot(
        made.folder, made.data_key, kind="keyring", kdf=kdf, wrapping_key=wrapping, label="Ce PC"
    )
    assert [s.kind for s in vault.slots(made.folder)] == ["passphrase", "recovery", "keyring"]
    assert vault.slots(made.folder)[-1] == slot
    assert slot.label == "Ce PC"
    assert vault.open_slot(made.folder, "keyring", lambda _: wrapping) == made.data_key
    assert vault.open_slot(made.folder, "keyring", lambda _: bytes(32)) is None
    change(made)
    assert vault.open_slot(made.folder, "keyring", lambda _: wrapping) == made.data_key
    vault.remove_slot(made.folder, made.data_key, slot.id)
    assert vault.open_slot(made.folder, "keyring", lambda _: wrapping) is None
    with pytest.raises(SlotMissing):
        vault.remove_slot(made.folder, made.data_key, slot.id)


def test_the_last_passphrase_and_the_last_recovery_key_stay(made: Made) -> None:
    before = files(made.folder)
    for slot in vault.slots(made.folder):
        with pytest.raises(SlotNeeded):
            vault.remove_slot(made.folder, made.data_key, slot.id)
    assert files(made.folder) == before


def test_slots_have_a_limit(made: Made) -> None:
    for _ in range(14):
        vault.add_slot(made.folder, made.data_key, kind="keyring", kdf={"name": "x"}, wrapping_key=bytes(32))
    with pytest.raises(SlotsFull):
        vault.add_slot(made.folder, made.data_key, kind="keyring", kdf={"name": "x"}, wrapping_key=bytes(32))


def test_slots_are_dated_and_generations_grow(tmp_path: Path) -> None:
    clock = FixedClock(datetime(2026, 11, 22, 8, 35, tzinfo=UTC))
    made = vault.create_vault(tmp_path, NEW, kdf=THROW_AWAY, clock=clock)
    assert {slot.made_at for slot in vault.slots(tmp_path)} == {"2026-11-22T08:35:00Z"}
    assert vault.read_state(tmp_path).generation == 1
    vault.replace_recovery_key(tmp_path, made.data_key, RecoveryKey.generate())
    assert vault.read_state(tmp_path).generation == 2


@pytest.mark.parametrize("first_in_force", [True, False])
def test_while_the_data_key_changes_the_key_in_force_is_the_one_given(
    made: Made, first_in_force: bool
) -> None:
    new = DataKey.generate()
    header = decode((made.folder / MAIN).read_bytes())
    slot = vault._passphrase_slot(new, made.passphrase, header.file_id, THROW_AWAY, SystemClock())
    in_force = made.data_key if first_in_force else new
    both = replace(header, slots=(*header.slots, slot), data_key=in_force.fingerprint())
    write_header(made.folder, both.signed(made.data_key, new))
    assert vault.open_with_passphrase(made.folder, made.passphrase) == in_force


# Damage, forgery, interruption


@pytest.mark.parametrize("lost", [MAIN, COPY])
@pytest.mark.parametrize("how", ["absent", "empty", "cut", "random", "folder", "huge"])
def test_either_copy_lost_in_any_way_opens_and_is_mended(made: Made, lost: str, how: str) -> None:
    whole = files(made.folder)
    path = made.folder / lost
    path.unlink()
    if how == "folder":
        path.mkdir()
    elif how != "absent":
        ruins = {"empty": b"", "cut": whole[lost][:200], "random": os.urandom(900), "huge": b"{" * 200_000}
        path.write_bytes(ruins[how])
    assert not vault.read_state(made.folder).both_copies_good
    assert vault.open_with_passphrase(made.folder, made.passphrase) == made.data_key
    if how != "folder":
        assert files(made.folder) == whole


@pytest.mark.parametrize("name", [MAIN, COPY])
def test_what_a_kill_left_half_written_goes_at_the_next_opening(made: Made, name: str) -> None:
    whole = files(made.folder)
    (made.folder / f"{name}.nouveau").write_bytes(whole[name][:300])
    assert vault.open_with_passphrase(made.folder, made.passphrase) == made.data_key
    assert files(made.folder) == whole


def test_a_wrong_passphrase_mends_nothing(made: Made) -> None:
    (made.folder / COPY).write_bytes(b"")
    with pytest.raises(WrongPassphrase):
        vault.open_with_passphrase(made.folder, NEW)
    assert (made.folder / COPY).read_bytes() == b""


def test_both_copies_lost_is_told_with_what_to_do(made: Made) -> None:
    put(made.folder, {MAIN: b"x", COPY: b""})
    with pytest.raises(DamagedHeader) as told:
        vault.open_with_passphrase(made.folder, made.passphrase)
    assert "sauvegarde" in told.value.sentence


FLIPS = st.lists(
    st.tuples(st.sampled_from([MAIN, COPY]), st.integers(0, 10_000), st.integers(1, 255)),
    min_size=1,
    max_size=4,
)


@settings(deadline=None)
@given(flips=FLIPS)
def test_bytes_flipped_anywhere_give_the_right_key_or_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, flips: list[tuple[str, int, int]]
) -> None:
    folder = tmp_path_factory.mktemp("coffre")
    key = vault.create_vault(folder, NEW, kdf=THROW_AWAY).data_key
    contents = {name: bytearray(data) for name, data in files(folder).items()}
    for name, place, mask in flips:
        contents[name][place % len(contents[name])] ^= mask
    # Both copies hit may be told as damage; one hit must open all the same.
    hit = {name for name, data in contents.items() if bytes(data) != files(folder)[name]}
    put(folder, {name: bytes(data) for name, data in contents.items()})
    with suppress(DamagedHeader) if len(hit) == 2 else nullcontext():
        assert vault.open_with_passphrase(folder, NEW) == key


def test_a_slot_taken_out_by_hand_is_refused_even_with_the_right_passphrase(made: Made) -> None:
    header = decode((made.folder / MAIN).read_bytes())
    short = replace(header, slots=header.slots[:1])
    put(made.folder, {MAIN: encode(short), COPY: encode(short)})
    with pytest.raises(AlteredHeader):
        vault.open_with_passphrase(made.folder, made.passphrase)


@pytest.mark.parametrize(
    "forged", [{"memory_kib": 1 << 31}, {"time": 1 << 50}, {"parallelism": 0}, {"memory_kib": -1}]
)
def test_a_header_that_asks_for_a_terabyte_or_a_year_is_refused(made: Made, forged: dict[str, int]) -> None:
    content = json.loads((made.folder / MAIN).read_bytes())
    del content["checksum"]
    content["slots"][0]["kdf"].update(forged)
    data = canonical({**content, "checksum": hashlib.sha256(canonical(content)).hexdigest()}) + b"\n"
    put(made.folder, {MAIN: data, COPY: data})
    with pytest.raises(DamagedHeader):
        vault.open_with_passphrase(made.folder, made.passphrase)


def test_a_change_interrupted_between_the_two_copies_holds_and_is_finished_at_opening(made: Made) -> None:
    before = files(made.folder)
    change(made)
    put(made.folder, {COPY: before[COPY]})
    with pytest.raises(WrongPassphrase):
        vault.open_with_passphrase(made.folder, made.passphrase)
    assert vault.open_with_passphrase(made.folder, NEW) == made.data_key
    assert vault.read_state(made.folder).both_copies_good
    assert len(set(files(made.folder).values())) == 1


@pytest.mark.parametrize(
    ("main", "copy"),
    [("before", "before"), ("after", "before"), ("after", "after"), ("", "before"), ("after", "")],
)
@pytest.mark.parametrize("half", [b"", b'{"checksum":"00'])
def test_a_kill_at_each_step_of_a_change_leaves_one_passphrase_good(
    made: Made, main: str, copy: str, half: bytes
) -> None:
    before = files(made.folder)
    change(made)
    states = {"before": before, "after": files(made.folder), "": {MAIN: b"", COPY: b""}}
    put(made.folder, {MAIN: states[main][MAIN], COPY: states[copy][COPY]})
    put(made.folder, {f"{MAIN}.nouveau": half, f"{COPY}.nouveau": half})
    good, bad = (NEW, made.passphrase) if main == "after" else (made.passphrase, NEW)
    assert vault.open_with_passphrase(made.folder, good) == made.data_key
    assert vault.open_with_recovery_key(made.folder, made.recovery) == made.data_key
    with pytest.raises(WrongPassphrase):
        vault.open_with_passphrase(made.folder, bad)
    vault.change_passphrase(made.folder, made.data_key, "encore une autre phrase", kdf=THROW_AWAY)
    assert sorted(path.name for path in made.folder.iterdir()) == [MAIN, COPY]


def test_a_header_that_cannot_be_written_changes_nothing(made: Made) -> None:
    before = files(made.folder)
    (made.folder / f"{MAIN}.nouveau").mkdir()  # what the system refuses to open for writing
    with pytest.raises(HeaderNotWritten):
        change(made)
    assert files(made.folder) == before
    assert vault.open_with_passphrase(made.folder, made.passphrase) == made.data_key


def test_a_copy_that_cannot_be_written_is_told_and_made_good_later(made: Made) -> None:
    (made.folder / f"{COPY}.nouveau").mkdir()
    with pytest.raises(CopyNotWritten):
        change(made)
    assert vault.open_with_passphrase(made.folder, NEW) == made.data_key
    assert not vault.read_state(made.folder).both_copies_good
    (made.folder / f"{COPY}.nouveau").rmdir()
    vault.open_with_passphrase(made.folder, NEW)
    assert vault.read_state(made.folder).both_copies_good


def test_a_vault_of_which_one_copy_failed_is_not_made_at_all(tmp_path: Path) -> None:
    (tmp_path / f"{COPY}.nouveau").mkdir()
    with pytest.raises(HeaderNotWritten):
        vault.create_vault(tmp_path, NEW, kdf=THROW_AWAY)
    assert not (tmp_path / MAIN).exists()
